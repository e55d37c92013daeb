"""Who belongs where: each respondent's unit in the tree, and the groups by which answers may be split."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.wave import Tree
from data.cells import Column, Groups, Rows, groups
from data.joining import with_joined
from data.recipe import Recipe
from data.settled import find, title
from data.table import ColumnGuess, Problem
from data.units import UnitsFile, path_sign, place, share_known

MOST_GROUPS = 200
MOST_UNITS = 20_000
_LONG = 60  # characters: a longer name on average is somebody's own words
_LISTED = 0.5  # share of a column's names that a units file has to list for the column to be the units


@dataclass(frozen=True)
class Members:
    """Each row's unit (int32 place in ``tree``; blank is the whole), and the column that said so."""

    tree: Tree
    unit: np.ndarray
    invited: tuple[int | None, ...]
    column: ColumnGuess | None
    is_path: bool
    joined: tuple[tuple[str, tuple[str, ...]], ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True)
class Splits:
    """Each row's groups: int16 per column (0 = no answer), the groups' names, spellings that were joined."""

    codes: dict[str, np.ndarray]
    labels: dict[str, tuple[str, ...]]
    joined: dict[str, tuple[tuple[str, tuple[str, ...]], ...]]
    problems: tuple[Problem, ...]


def members(
    rows: Rows,
    unit: ColumnGuess | None,
    merges: Mapping[str, Mapping[str, str]],
    file: UnitsFile | None,
    candidates: Sequence[ColumnGuess],
) -> Members:
    """Everybody's unit: from the unit column, placed by the units file where there is one.

    With a units file and no unit column named, the group column whose names it lists is taken. Without units everybody
    belongs to the whole.
    """
    problems = list(file.problems) if file is not None else []
    if file is not None and (unit is None or not _is_listed(rows, unit, file)):
        unit = next((column for column in candidates if _is_listed(rows, column, file)), unit)
    if unit is None:
        if file is not None:
            problems.append(_no_column())
        placed = place([], [])
        nobody = np.zeros(len(rows), np.int32)
        return Members(placed.tree, nobody, placed.invited, None, False, (), tuple(problems))
    column = rows.column(unit)
    joined = _merges(merges, unit, rows)
    found = groups(column, joined, _in_one_line)
    counts = [0] * len(found.names)
    for at, people in zip(found.of_text, column.people.tolist(), strict=True):
        if at >= 0:
            counts[at] += people
    problems += [found.problem] if found.problem else []
    if len(found.names) > max(MOST_GROUPS, len(rows) // 2) or len(found.names) > MOST_UNITS:
        problems.append(_too_many(column, len(found.names), len(rows)))
    sign = None if unit.why == "unit" else path_sign(found.names)
    listed = with_joined(file, joined) if file is not None else None
    placed = place(found.names, counts, sign=sign, file=listed)
    problems += _strangers(column, found, placed.strangers)
    where = np.append(placed.places, np.int32(0))  # the last one is for blank cells, whose place is -1
    of_row = where[np.array(found.of_text, np.int64)][column.places] if found.of_text else np.zeros(len(rows), np.int32)
    return Members(
        placed.tree, of_row.astype(np.int32), placed.invited, unit, sign is not None, found.joined, tuple(problems)
    )


def splits(rows: Rows, columns: Sequence[ColumnGuess], recipe: Recipe) -> Splits:
    """The group columns, coded; one with too many or too long names is left out and says so."""
    codes: dict[str, np.ndarray] = {}
    labels: dict[str, tuple[str, ...]] = {}
    joined: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {}
    problems: list[Problem] = []
    for guess in columns:
        column = rows.column(guess)
        found = groups(column, _merges(recipe.merges, guess, rows))
        problems += [found.problem] if found.problem else []
        if not found.names:
            continue
        if _is_prose(found) or len(found.names) > MOST_GROUPS:
            problems.append(_left_out(column, found))
            continue
        name = _free_name(guess, codes)
        codes[name] = column.spread(np.array(found.of_text) + 1, np.int16)
        labels[name] = found.names
        joined[name] = found.joined
    return Splits(codes, labels, joined, tuple(problems))


def _merges(merges: Mapping[str, Mapping[str, str]], column: ColumnGuess, rows: Rows) -> dict[str, str]:
    """What the recipe joins in one column, whichever way it calls the column."""
    mine = [names for ref, names in merges.items() if find([column], ref) is not None]
    return {name: other for names in mine for name, other in names.items()}


def _is_listed(rows: Rows, column: ColumnGuess, file: UnitsFile) -> bool:
    read = rows.column(column)
    said = [text for text, blank in zip(read.texts, read.blank, strict=True) if not blank]
    return share_known(said, file) >= _LISTED


def _strangers(column: Column, found: Groups, unknown: Sequence[int]) -> list[Problem]:
    """The rows whose unit the units file does not list: they count for the whole organisation only."""
    strange = (
        np.isin(np.array(found.of_text, np.int64), list(unknown)) if unknown else np.zeros(len(column.texts), bool)
    )
    sentence = (
        f"{{column}}: {{rows}} a unit that the units file does not list ({len(unknown)} different names). These people "
        "count for the whole organisation only."
    )
    problem = column.problem("unit_not_listed", strange, sentence)
    return [problem] if problem else []


def _is_prose(found: Groups) -> bool:
    return sum(map(len, found.names)) > _LONG * len(found.names)


def _left_out(column: Column, found: Groups) -> Problem:
    why = "long texts" if _is_prose(found) else f"{len(found.names):,} different names, and {MOST_GROUPS} are the most"
    sentence = f'Column "{column.name}" is not kept as a group: it holds {why}.'
    return Problem(column.name, "no_group", len(column.lines), (), sentence)


def _too_many(column: Column, names: int, people: int) -> Problem:
    sentence = (
        f'Column "{column.name}" should name units of several people each, but got {names:,} different names for '
        f"{people:,} people. Choose another column for the teams."
    )
    return Problem(column.name, "no_units", names, (), sentence, blocking=True)


def _no_column() -> Problem:
    sentence = "A units file was given, but no column says which of its units a person belongs to. Name it as the unit."
    return Problem("", "no_unit_column", 0, (), sentence, blocking=True)


def _free_name(guess: ColumnGuess, taken: Mapping[str, np.ndarray]) -> str:
    name = title(guess)
    return name if name not in taken else f"{name} ({guess.index})"


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
