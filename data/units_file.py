"""The list of an organisation's units: a CSV with unit and parent, and perhaps invited and merged_into."""

from __future__ import annotations

import codecs
import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from data.check import text_identifiers
from data.labels import clean_label
from data.table import Problem, Problems, Refused

MOST_UNITS = 20_000
_COLUMNS = ("unit", "parent", "invited", "merged_into")


@dataclass(frozen=True)
class UnitRow:
    """One unit as listed: its record number in the file, its name, its parent's name ("" for the top)."""

    record: int
    name: str
    parent: str
    invited: int | None = None
    merged_into: str = ""


@dataclass(frozen=True)
class UnitsFile:
    """The units in file order, and everything that is wrong with the list."""

    rows: tuple[UnitRow, ...]
    problems: Problems = field(default_factory=Problems)


def key(name: str) -> str:
    """The form in which names of units are compared."""
    return clean_label(name).casefold()


def read_units_file(content: bytes) -> UnitsFile:
    """The units in a CSV's bytes; raises ``Refused`` when there is no list of units in them.

    What is wrong with single units (two of one name, an unknown parent, a circle) comes back as blocking problems, all
    of them at once.
    """
    records = _records(content)
    header = [cell.strip().casefold().replace(" ", "_") for cell in records[0]] if records else []
    missing = [name for name in _COLUMNS[:2] if name not in header]
    if missing:
        raise Refused(
            "units_file",
            f"The units file should have the columns unit and parent (and may have invited and merged_into), but "
            f"{' and '.join(missing)} {'is' if len(missing) == 1 else 'are'} not in its first row.",
        )
    if len(records) - 1 > MOST_UNITS:
        raise Refused(
            "units_file", f"The units file should list at most {MOST_UNITS:,} units, but got {len(records) - 1:,}."
        )
    found: list[Problem] = []
    cells = [(n, dict(zip(header, map(str.strip, record), strict=False))) for n, record in enumerate(records[1:], 2)]
    rows = tuple(_row(n, cell, found) for n, cell in cells if any(cell.values()))
    if not rows:
        raise Refused("units_file", "The units file has column names but lists no units below them.")
    return UnitsFile(rows, Problems((*found, *_problems(rows))))


def after_merging(file: UnitsFile) -> tuple[dict[str, tuple[str, ...]], dict[str, str], dict[str, int]]:
    """The units that stay, each with its path of names from the top down; every listed unit's key -> the key of the
    unit that it is part of; the people invited by key of the units that stay. Needs a file without problems."""
    rows = {key(row.name): row for row in file.rows}
    part_of = {own: _last(own, rows) for own in rows}
    paths: dict[str, tuple[str, ...]] = {}
    for own in set(part_of.values()):
        line = [clean_label(rows[own].name)]
        above = own
        while rows[above].parent:
            above = part_of[key(rows[above].parent)]
            line.append(clean_label(rows[above].name))
        paths[own] = tuple(reversed(line))
    invited: dict[str, int] = defaultdict(int)
    for own, row in rows.items():
        if row.invited is not None:
            invited[part_of[own]] += row.invited
    return paths, part_of, dict(invited)


def _records(content: bytes) -> list[list[str]]:
    text = _text(content)
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise Refused("units_file", "The units file could not be read as a CSV. Save it as CSV (UTF-8).") from None


def _text(content: bytes) -> str:
    utf16 = content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding).replace("\x00", "")
        except UnicodeDecodeError:
            continue
    raise Refused("units_file", "The units file is not text. Save it as CSV (UTF-8).")


def _row(record: int, cells: Mapping[str, str], found: list[Problem]) -> UnitRow:
    name, invited = cells.get("unit", ""), cells.get("invited", "")
    if not name:
        found.append(_wrong("unit", "unit_without_name", [record], "should name a unit, but the cell is empty"))
    if text_identifiers([name]):
        found.append(_wrong("unit", "identifier", [record], "should name a unit, but holds an identifier of a person"))
    if invited and not invited.isdecimal():
        found.append(_wrong("invited", "not_a_number", [record], "should hold a whole number of people"))
    count = int(invited) if invited.isdecimal() and len(invited) < 9 else None
    return UnitRow(record, name, cells.get("parent", ""), count, cells.get("merged_into", ""))


def _problems(rows: tuple[UnitRow, ...]) -> list[Problem]:
    by_key: dict[str, list[UnitRow]] = defaultdict(list)
    for row in rows:
        by_key[key(row.name)].append(row)
    found = [
        _wrong("unit", "unit_twice", _records_of(same), f"name the same unit, {same[0].name!r}; each is listed once")
        for same in by_key.values()
        if len(same) > 1
    ]
    for column, rule in (("parent", "unknown_parent"), ("merged_into", "unknown_unit")):
        named = [row for row in rows if getattr(row, column) and key(getattr(row, column)) not in by_key]
        found += [
            _wrong(column, rule, [row.record], f"names {getattr(row, column)!r}, which is not listed as a unit")
            for row in named
        ]
    return found or _circles({name: same[0] for name, same in by_key.items()})


def _circles(rows: Mapping[str, UnitRow]) -> list[Problem]:
    """Units that, followed upwards through parents and merges, come back to themselves."""
    merging = [own for own in rows if _last(own, rows) == ""]
    if merging:
        said = f"merge {_named(merging, rows)} into each other in a circle"
        return [_wrong("merged_into", "circle", _records_of(rows[own] for own in merging), said)]
    up = {own: _last(key(row.parent), rows) if row.parent else "" for own, row in rows.items()}
    own_parent = [own for own in rows if _last(own, rows) == own and _comes_back(own, up)]
    if not own_parent:
        return []
    said = f"put {_named(own_parent, rows)} above each other in a circle"
    return [_wrong("parent", "circle", _records_of(rows[own] for own in own_parent), said)]


def _last(own: str, rows: Mapping[str, UnitRow]) -> str:
    """The unit that a unit is part of after every merge; "" when the merges form a circle."""
    seen = set()
    while rows[own].merged_into:
        if own in seen:
            return ""
        seen.add(own)
        own = key(rows[own].merged_into)
    return own


def _comes_back(own: str, up: Mapping[str, str]) -> bool:
    seen: set[str] = set()
    at = up[own]
    while at and at != own and at not in seen:
        seen.add(at)
        at = up[at]
    return at == own


def _named(keys: list[str], rows: Mapping[str, UnitRow]) -> str:
    names = [repr(clean_label(rows[own].name)) for own in keys[:5]]
    return ", ".join(names) + (f" and {len(keys) - 5} more" if len(keys) > 5 else "")


def _records_of(rows: Iterable[UnitRow]) -> list[int]:
    return [row.record for row in rows]


def _wrong(column: str, rule: str, records: list[int], said: str) -> Problem:
    """A blocking problem of the units file; units are no people, so their names may be said."""
    where = f"row {records[0]}" if len(records) == 1 else f"rows {', '.join(map(str, records[:10]))}"
    return Problem(
        f"units file, {column}",
        rule,
        len(records),
        tuple(records),
        f"Units file, column {column}: {where} {said}.",
        blocking=True,
    )
