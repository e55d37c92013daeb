"""What publishing a file would show, and to whom its columns could point, before anything is kept: one page of it.

Red: an identifier in a column that would be kept, or too few rows. Amber: something that is better looked at first:
columns that single people out in whatever team, many small teams that could be joined, whatever else would stop the
file. Green: nothing of that. Changes of the recipe are proposed with either.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from data import uniqueness
from data.assemble import Assembled, assemble
from data.cells import Rows
from data.identifiers import kinds_in
from data.import_report import FEWEST, size_in_words
from data.inspection import Seen
from data.joining import alike, composed, renamed
from data.labels import clean_label
from data.records import TOO_FEW
from data.settled import Settled, find, settle, title
from data.table import ColumnGuess, Problem
from data.uniqueness import Coarsening, Combination
from data.units import UnitsFile, path_sign

RED, AMBER, GREEN = "red", "amber", "green"
ENOUGH = 0.8  # share of people who see their own team; below it, joining small teams is worth a look
IDENTIFYING = "identifying"
_OPEN = "open_question"
HOURS = "hours"  # the one number column from which figures are made
_COMPARED = 400  # names below one unit that are compared, and that a list offers
_NAMED, _ROWS = 8, 20  # columns, and row numbers, that a sentence names
_KINDS = {"mail": "e-mail addresses", "aadhaar": "Aadhaar numbers", "pan": "PANs", "phone": "telephone numbers"}

Managers = Mapping[str, Any]


def assembled(seen: Seen, units: UnitsFile | None, fewest: int = FEWEST) -> Assembled:
    """The wave that a file would make as far as it is settled; open questions do not matter here.

    ``fewest``: people who may be left out for how they answered.
    """
    return assemble(seen.raw, seen.recognition, seen.recipe, units, "", "", fewest=fewest)


def people(made: Assembled) -> np.ndarray:
    """How many people belong to each unit of the tree and to none below it."""
    return np.bincount(made.wave.unit, minlength=len(made.wave.tree))


def too_few(rows: int, k: int) -> str:
    """The sentence that refuses a file of fewer than ``k`` rows, "" for enough."""
    if rows >= k:
        return ""
    return f"A survey needs {k} answers or more to be shown, but this file has {rows}. {TOO_FEW}"


def report(seen: Seen, made: Assembled, units: UnitsFile | None, k: int, managers: Managers) -> dict[str, Any]:
    """The whole page as plain values.

    ``managers``: what will be shown, as ``words``, ``by_k``, ``share`` (of people who see their own team) and ``joins``
    (``units``, ``name``, ``words``). Sentences name columns, units and record numbers, and never what was answered.
    """
    settled = settle(seen.recognition, seen.recipe)
    columns = Columns(seen, made, settled)
    attributes, figures = columns.attributes(), columns.figures()
    apart = uniqueness.combinations(columns.known_to_others(attributes) | figures)
    ways = uniqueness.coarsenings(
        attributes, made.wave.segment_labels, uniqueness.large_places(made.wave.tree, made.wave.unit)
    )
    stop = [problem.sentence for problem in made.problems.blocking if problem.rule == IDENTIFYING]
    stop += [sentence for sentence in [too_few(len(made.wave), k)] if sentence]
    wrong = [one.sentence for one in made.problems.blocking if one.rule not in (IDENTIFYING, _OPEN)]
    joins = [columns.join(join, units is not None) for join in managers["joins"]]
    few_see = managers["share"] is not None and managers["share"] < ENOUGH and bool(joins)
    pointing = [name for name in figures if any(name in one.columns for one in apart if one.alone)]
    apart_anywhere = uniqueness.exposed(attributes | figures) > uniqueness.MOST_LEFT * len(made.wave)
    return {
        "outcome": "accept",
        "verdict": RED if stop else AMBER if wrong or apart_anywhere or few_see else GREEN,
        "k": k,
        "rows": len(made.wave),
        "stop": stop,
        "problems": wrong,
        "removed": removed(settled),
        "cells": cells(seen, columns.rows, made.problems),
        "singles_out": singles_out(apart, len(made.wave)),
        "managers": list(managers["words"]),
        "by_k": list(managers["by_k"]),
        "joins": joins,
        "alike": columns.alike(units is not None),
        "teams": columns.teams(),
        "coarsenings": [*(columns.without(name) for name in pointing), *(columns.coarser(way) for way in ways)],
    }


def in_words(document: Mapping[str, Any]) -> list[str]:
    """The page in plain sentences, for a person at a terminal."""
    parts = ("stop", "problems", "removed", "cells", "singles_out", "managers")
    lines = [sentence for part in parts for sentence in document[part]]
    told = document.get("answering", {})
    lines += [f"{one['words']} {one['effect']}".strip() for one in told.get("flags", ())]
    lines += [told["chosen"]] if told.get("chosen") else []
    return [*lines, *(one["words"] for part in ("joins", "coarsenings") for one in document[part])]


def removed(settled: Settled) -> list[str]:
    """Which columns are left out because they identify people, or hold free text."""
    said = {"pii": "because they identify people, devices or places", "text": "because they hold free text"}
    found = {role: [one for one in settled.columns if one.role == role] for role in said}
    return [f"Columns left out {why}: {_listed(found[role])}." for role, why in said.items() if found[role]]


def cells(seen: Seen, rows: Rows, problems: Sequence[Problem] | Any) -> list[str]:
    """Cells that look like identifiers, by column and record number, never the cells themselves."""
    made = []
    for guess in (one for one in seen.recognition.columns if one.index in seen.recognition.text_pii):
        column = rows.column(guess)
        kinds = [kinds_in(text) for text in column.texts]
        lines = column.lines[np.array([bool(found) for found in kinds], bool)[column.places]].tolist()
        if lines:
            what = " or ".join(_KINDS[kind] for kind in _KINDS if any(kind in found for found in kinds))
            looks = "1 cell looks" if len(lines) == 1 else f"{len(lines):,} cells look"
            made.append(f'In "{_name(guess)}" {looks} like {what}: {_numbered(lines)}. This column is not kept.')
    blanked = (problem for problem in problems if problem.rule == "identifier_in_group")
    return made + [f"{problem.sentence} They are in {_numbered(problem.rows)}." for problem in blanked]


def singles_out(found: Sequence[Combination], of: int) -> list[str]:
    """Which columns, known together, leave people alone."""
    said = [
        f"By {_and(one.columns)}{' together' if len(one.columns) > 1 else ''}, {size_in_words(one.alone)} of {of:,} "
        f"people stand alone, and {size_in_words(one.small)} are in groups of fewer than {uniqueness.SMALL}."
        for one in uniqueness.first_to_single_out(found)
    ]
    if not said:
        return ["Nobody stands alone by any three of the groups in this file."]
    return [*said, f"What is published shows one of these at a time, and only in units of {uniqueness.LARGE} or more."]


class Columns:
    """The columns of a file by the names under which the wave has them."""

    def __init__(self, seen: Seen, made: Assembled, settled: Settled) -> None:
        self.rows = Rows(seen.raw, made.keep)
        self._made, self._recipe = made, seen.recipe
        self._unit = find(settled.columns, made.recipe.unit) if made.recipe.unit else None
        self._named = _segments(settled, made)
        self._figures = _figures(settled, made)

    def attributes(self) -> dict[str, np.ndarray]:
        """The groups' codes by name, those columns that a recipe can name beyond doubt."""
        return {name: self._made.wave.segments[name].to_numpy() for name in self._named}

    def figures(self) -> dict[str, np.ndarray]:
        """Codes of the number columns from which nothing is worked out, such as age: others know these, too."""
        values = self._made.wave.numbers
        return {name: uniqueness.of_numbers(values[name].to_numpy()) for name in self._figures}

    def without(self, name: str) -> dict[str, Any]:
        """A number column that singles people out, as a proposal to leave it out."""
        words = f"{name} left out: it is a number that tells people apart, and nothing is worked out from it."
        return {"words": words, "recipe": {"roles": {self._figures[name].name: "drop"}, "merges": {}}}

    def known_to_others(self, attributes: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
        """What others know of a person: the own unit, and the groups."""
        unit = {} if self._unit is None else {_name(self._unit): self._made.wave.unit}
        return unit | dict(attributes)

    def join(self, join: Mapping[str, Any], is_listed: bool) -> dict[str, Any]:
        """Teams to join, in words and as a change of the recipe."""
        assert self._unit is not None  # without units there is nothing to join
        column = self.rows.column(self._unit)
        texts = renamed(column, self._made.wave.unit, join["units"], join["name"], is_listed)
        return {"words": join["words"], "recipe": {"roles": {}, "merges": {self._unit.name: texts}}}

    def alike(self, is_listed: bool) -> list[dict[str, Any]]:
        """Units below the same one whose names look alike, as proposals to join them under the larger one's name."""
        tree, of = self._made.wave.tree, people(self._made)
        found = []
        for siblings in tree.children if self._unit is not None else ():
            for pair in alike([tree.units[place].name for place in siblings][:_COMPARED]):
                small, large = sorted((siblings[at] for at in pair), key=lambda place: int(of[place]))
                name, other = tree.units[large].name, tree.units[small].name
                said = f'"{other}" and "{name}" look like one team in two spellings.'
                found.append(self.join({"units": [small, large], "name": name, "words": said}, is_listed))
        return found

    def teams(self) -> dict[str, Any] | None:
        """The names of the unit column as the file writes them, and the sign between the parts of a path."""
        if self._unit is None:
            return None
        column = self.rows.column(self._unit)
        names = [text for text, blank in zip(column.texts, column.blank.tolist(), strict=True) if not blank]
        sign = None if self._unit.why == "unit" else path_sign(names)
        return {"column": self._unit.name, "names": sorted(names)[:_COMPARED], "sign": sign}

    def coarser(self, way: Coarsening) -> dict[str, Any]:
        """Columns made coarser, in words and as a change of the recipe."""
        said = _and([f"{name} {level.words}" for name, level in way.changes])
        rest = f"{size_in_words(way.left)} people are" if way.left else "nobody is"
        words = (
            f"{said}: then {rest} still in a group of fewer than {uniqueness.SMALL} by any of these in a unit of "
            f"{uniqueness.LARGE} or more."
        )
        gone = {self._named[name].name: "drop" for name, level in way.changes if level.is_dropped}
        kept = {
            self._named[name].name: composed(self._before(self._named[name]), level.merges)
            for name, level in way.changes
            if not level.is_dropped
        }
        return {"words": words, "recipe": {"roles": gone, "merges": kept}}

    def _before(self, guess: ColumnGuess) -> dict[str, str]:
        mine = [names for ref, names in self._recipe.merges.items() if find([guess], ref) is not None]
        return {name: clean_label(other) for names in mine for name, other in names.items()}


def _segments(settled: Settled, made: Assembled) -> dict[str, ColumnGuess]:
    """The group columns by the wave's names for them; a column whose header comes twice cannot be named."""
    headers = [column.name.strip() for column in settled.columns]
    found: dict[str, ColumnGuess] = {}
    for guess in (one for one in settled.columns if one.role == "segment"):
        name = title(guess) if title(guess) not in found else f"{title(guess)} ({guess.index})"
        if name in made.wave.segments and headers.count(guess.name.strip()) == 1 and guess.name != made.recipe.unit:
            found[name] = guess
    return found


def _figures(settled: Settled, made: Assembled) -> dict[str, ColumnGuess]:
    """The number columns by the wave's names for them, hours worked left out: they are what is asked about."""
    headers = [column.name.strip() for column in settled.columns]
    numbers = (one for one in settled.columns if one.role == "number" and headers.count(one.name.strip()) == 1)
    named = {title(guess): guess for guess in numbers if guess.item != HOURS}
    return {name: guess for name, guess in named.items() if name in made.wave.numbers and name != HOURS}


def _name(guess: ColumnGuess) -> str:
    return clean_label(guess.name.strip().rstrip("?:.* "))


def _listed(columns: Sequence[ColumnGuess]) -> str:
    more = f" and {len(columns) - _NAMED} more" if len(columns) > _NAMED else ""
    return ", ".join(map(_name, columns[:_NAMED])) + more


def _numbered(lines: Sequence[int]) -> str:
    more = f" and {len(lines) - _ROWS} more" if len(lines) > _ROWS else ""
    return f"{'row' if len(lines) == 1 else 'rows'} {', '.join(map(str, lines[:_ROWS]))}{more}"


def _and(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
