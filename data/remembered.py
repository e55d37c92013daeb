"""Recipes of the waves that are kept: the next wave's file is read as the one before it was."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import Engine

from data import ledger
from data.catalogue import reading
from data.recipe import Recipe, RecipeError
from data.recipe_reuse import OF_ONE_FILE, Match, adapt, matches
from data.table import RawTable

MOST = 60  # waves that are looked at, the newest first


@dataclass(frozen=True)
class Remembered:
    """A kept wave's recipe, and which wave of which survey it made."""

    recipe: Recipe
    survey: str
    wave: str


@dataclass(frozen=True)
class Recalled:
    """The remembered recipe that fits a file best, as far as it holds for it, and how well it fits."""

    of: Remembered
    match: Match
    recipe: Recipe


class Recipes:
    """The recipes of the kept waves in a data folder."""

    def __init__(self, engine: Engine, folder: Path) -> None:
        self._engine, self._folder = engine, folder

    def remembered(self) -> list[Remembered]:
        """Every kept wave's recipe, newest first; the invented sample's are none of the analyst's own."""
        with reading(self._engine) as connection:
            lines = [line for line in ledger.lines(connection) if not line.sample]
        found = [(self._read(line.folder), line) for line in lines[:MOST]]
        return [Remembered(recipe, line.survey, line.name) for recipe, line in found if recipe is not None]

    def _read(self, folder: str) -> Recipe | None:
        try:
            return Recipe.from_json((self._folder / folder / "recipe.json").read_text(encoding="utf-8"))
        except (OSError, RecipeError):
            return None  # removed meanwhile, or a wave that no file was read for


def recall(remembered: Iterable[Remembered], raw: RawTable) -> Recalled | None:
    """The recipe that fits a file best, the newest of several alike; None when none has 60 % of its headers.

    What was said of the earlier file alone (which of its waves, changed answers, cells set right, rows left out) is not
    said of this one.
    """
    found = [(one, matches(one.recipe, raw)) for one in remembered]
    near = [pair for pair in found if pair[1].verdict != "other"]
    if not near:
        return None
    of, match = max(near, key=lambda pair: pair[1].share)
    kept = adapt(of.recipe, raw)
    answers = {key: answer for key, answer in kept.answers.items() if key not in OF_ONE_FILE}
    return Recalled(of, match, replace(kept, sha256="", exclude=(), answers=answers, repairs={}))
