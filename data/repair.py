"""Repairs: cells that were set right in place, and left-out records that come back with their line numbers."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from data.intake import aside
from data.table import RawTable, Refused, SetAside
from data.vocabulary import normalise

LINE = "line"
_TELLING = aside.LISTED  # columns of left_out_rows.csv that are no columns of the survey


@dataclass(frozen=True)
class Repaired:
    """A table with its repairs, and how many records came back, how many cells changed, and which lines fit nothing."""

    raw: RawTable
    rows: int
    cells: int
    strange: tuple[int, ...] = ()


def with_cells(raw: RawTable, changes: Mapping[tuple[int, int], str]) -> Repaired:
    """The table with single cells set right: (record number, column index) -> the new cell."""
    places = {line: place for place, line in enumerate(raw.lines)}
    known = {
        (line, index): text for (line, index), text in changes.items() if line in places and index < len(raw.columns)
    }
    cells = raw.cells.copy()
    for index in {index for _, index in known}:
        column = cells[index].astype("str")
        for line, _ in (key for key in known if key[1] == index):
            column.iloc[places[line]] = known[line, index]
        cells[index] = column
    strange = tuple(sorted({line for line, index in changes if (line, index) not in known}))
    return Repaired(replace(raw, cells=cells), 0, len(known), strange)


def with_rows(raw: RawTable, repairs: Mapping[str, Mapping[str, str]]) -> Repaired:
    """The table with cells and whole records set right: record number -> column -> the cell as it should be.

    By their numbers, records take the place of what was set aside, or cells of a kept record change. Blank cells
    change nothing, and a column whose name comes twice cannot be named.
    """
    names = [normalise(column.name) for column in raw.columns]
    at = {name: place for place, name in enumerate(names) if names.count(name) == 1}
    rows = {
        int(line): {at[normalise(name)]: cell for name, cell in cells.items() if normalise(name) in at and cell.strip()}
        for line, cells in repairs.items()
    }
    was_aside = {row.line for row in raw.set_aside}
    back = {line: cells for line, cells in rows.items() if line in was_aside and line not in raw.lines and cells}
    changes = {(line, index): cell for line, cells in rows.items() if line not in back for index, cell in cells.items()}
    made = with_cells(_with_records(raw, back), changes)
    filled = {line for line, cells in rows.items() if line in was_aside and line in raw.lines and cells}
    left = tuple(row for row in made.raw.set_aside if row.line not in filled)
    return replace(made, raw=_told_anew(replace(made.raw, set_aside=left), raw.set_aside), rows=len(back))


def _told_anew(raw: RawTable, before: tuple[SetAside, ...]) -> RawTable:
    """The table whose sentences tell of the rows that are set aside now, no longer of those that were ``before``."""
    was, now = dict(aside.noticed(before)), dict(aside.noticed(raw.set_aside))
    notes = [note for note in raw.notes if note not in was.values()]
    warnings = [one for one in raw.warnings if one not in aside.WARNINGS]
    return replace(raw, notes=(*notes, *now.values()), warnings=(*warnings, *now))


def read_repaired(content: bytes) -> dict[str, dict[str, str]]:
    """What a repaired ``left_out_rows.csv`` says: record number -> column -> cell, without the blank ones.

    Raises ``Refused`` for a file without line numbers, because nobody could tell where its records belong.
    """
    text = content.decode("utf-8-sig", errors="replace")
    first = text.partition("\n")[0]
    table = csv.DictReader(io.StringIO(text), delimiter=max(",;\t", key=first.count))
    names = {name: normalise(name) for name in table.fieldnames or () if name}
    line = next((name for name, plain in names.items() if plain == LINE), None)
    if line is None:
        raise Refused("repaired_rows", "A file of repaired rows should have the column line, as it was downloaded.")
    own = [name for name, plain in names.items() if plain not in _TELLING]
    found: dict[str, dict[str, str]] = {}
    for record in table:
        filled = {name.removeprefix("'"): (record[name] or "").removeprefix("'").strip() for name in own}
        if (number := (record[line] or "").strip()).isdecimal() and (said := {n: c for n, c in filled.items() if c}):
            found.setdefault(number, {}).update(said)
    return found


def _with_records(raw: RawTable, back: Mapping[int, Mapping[int, str]]) -> RawTable:
    """The table with records that had been set aside, in the order of the file."""
    if not back:
        return raw
    new = pd.DataFrame(
        [[cells.get(column.index, "") for column in raw.columns] for cells in back.values()], dtype="str"
    )
    joined = pd.concat([raw.cells.astype("str"), new], ignore_index=True)
    lines = [*raw.lines, *back]
    order = sorted(range(len(lines)), key=lines.__getitem__)
    return replace(
        raw,
        cells=joined.iloc[order].reset_index(drop=True),
        lines=tuple(lines[place] for place in order),
        set_aside=tuple(row for row in raw.set_aside if row.line not in back),
    )
