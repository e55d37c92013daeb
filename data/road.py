"""One file on its way to a wave: read, recognised, answered by a recipe, assembled."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from data import inspection
from data.assemble import Assembled
from data.import_report import FEWEST
from data.inspection import Seen
from data.intake import Limits
from data.recipe import Recipe, RecipeError
from data.remembered import Remembered
from data.table import Refused

STANDARD_INPUT = "-"


def look(file: str, name: str, recipe: Path | None, remembered: Sequence[Remembered] = ()) -> Seen:
    """What a file is, with a recipe's answers; ``name``: what it is called when it comes through standard input;
    ``remembered``: recipes of earlier waves, of which the one that fits is taken.

    Raises ``Refused`` when the file or the recipe cannot be used.
    """
    return inspection.look(content_of(file), name or Path(file).name, recipe_of(recipe), limits_of(file), remembered)


def assemble(
    seen: Seen, units: Path | None, survey: str, wave: str, salt: bytes, sample: bool = False, fewest: int = FEWEST
) -> Assembled:
    """The wave that a file gives; ``units``: a units file; ``fewest``: people who may be left out because of flags.
    ``Refused`` while something is open or wrong."""
    return inspection.assemble(seen, inspection.units_file(units), survey, wave, sample, salt, fewest)


def content_of(file: str) -> bytes:
    """What a file holds, or what comes through standard input; ``Refused`` when it cannot be opened."""
    if file == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        return Path(file).read_bytes()
    except OSError:
        raise Refused("unreadable", "The file could not be opened. Check its name and that you may read it.") from None


def limits_of(file: str) -> Limits:
    """The limits for a file here, or the tighter ones for what a page hands over; as the operator set them."""
    return (Limits() if file == STANDARD_INPUT else Limits.for_script()).as_set(os.environ)


def recipe_of(file: Path | None) -> Recipe:
    """The recipe that was named, or an empty one; ``Refused`` when it cannot be opened or is none."""
    if file is None:
        return Recipe()
    try:
        return Recipe.from_json(file.read_text(encoding="utf-8"))
    except OSError:
        told = "The recipe could not be opened. Check its name and that you may read it."
        raise Refused("recipe", told) from None
    except RecipeError as reason:
        raise Refused("recipe", str(reason)) from None
