"""What a worksheet's own XML says and the reader does not: its true size, hidden columns, errors, empty formulas."""

from __future__ import annotations

import html
import re
import zipfile
from dataclasses import dataclass
from posixpath import join, normpath

import numpy as np

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_CELL = re.compile(rb"<(?:\w+:)?c\s")
_STYLE_ONLY = re.compile(rb"<(?:\w+:)?c\s[^<>]*/>")
_LARGE = 1_000_000
_ERROR = b' t="e"'
_UNCALCULATED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>")
_BLOCK = 1 << 20  # bytes that are looked at together; more would not stay close to the processor
_REFERENCE = 20  # the longest attribute of a place, such as ' r="XFD1048576"'
_BLANK, _R, _EQUALS, _ZERO, _A = b" r=0A"


@dataclass(frozen=True)
class SheetFacts:
    """The last row and column in use (one-based), hidden columns (zero-based), cells that hold an error, formulas
    without a result, and how many cells are written for all that."""

    last_row: int = 0
    last_column: int = 0
    hidden: tuple[int, ...] = ()
    errors: int = 0
    uncalculated: int = 0
    written: int = 0


def sheet_paths(archive: zipfile.ZipFile) -> dict[str, str]:
    """The member of an xlsx file that holds each sheet, by the sheet's name; none in other workbooks."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return {}
    relations = {at["Id"]: at["Target"] for at in _all(_RELATION, archive.read("xl/_rels/workbook.xml.rels"))
                 if {"Id", "Target"} <= at.keys()}  # fmt: skip
    found: dict[str, str] = {}
    for at in _all(_SHEET, archive.read("xl/workbook.xml")):
        target = relations.get(at.get("r:id", ""), "")
        path = normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
        if path in names:
            found.setdefault(html.unescape(at.get("name", "")), path)
    return found


def sheet_facts(xml: bytes) -> SheetFacts:
    """The facts of a sheet from its whole XML."""
    row, column = _extent(xml)
    if row * column > _LARGE:  # cells that only have a style do not count
        row, column = _extent(_STYLE_ONLY.sub(b"", xml))
    hidden = hidden_columns(xml[: xml.find(b"sheetData")])
    return SheetFacts(row, column, hidden, errors(xml), uncalculated(xml), len(_CELL.findall(xml)))


def errors(xml: bytes) -> int:
    """How many cells hold an error such as #DIV/0!."""
    return xml.count(_ERROR)


def uncalculated(xml: bytes) -> int:
    """How many cells hold a formula and no result."""
    return len(_UNCALCULATED.findall(xml)) if b"f>" in xml else 0


def hidden_columns(head: bytes) -> tuple[int, ...]:
    """The hidden columns that the XML before a sheet's cells declares, zero-based."""
    found: set[int] = set()
    for at in _all(_COL, head):
        ends = at.get("min", ""), at.get("max", "")
        if at.get("hidden") in ("1", "true") and all(end.isdecimal() and len(end) < 6 for end in ends):
            first, last = map(int, ends)
            # Hiding everything to the right of a table is a habit of tidy people, not a hidden column.
            found.update(range(first - 1, last) if last - first < 100 else ())
    return tuple(sorted(found))


def _all(pattern: re.Pattern[bytes], xml: bytes) -> list[dict[str, str]]:
    return [
        {key.decode(): value.decode("utf-8", "replace") for key, value in _ATTRIBUTE.findall(match)}
        for match in pattern.findall(xml)
    ]


def _extent(xml: bytes) -> tuple[int, int]:
    """The last row and the last column that any place in a sheet's XML names, wherever it stands."""
    last = np.zeros(2, np.int64)
    for start in range(0, len(xml), _BLOCK):
        block = np.frombuffer(xml[start : start + _BLOCK + _REFERENCE] + bytes(_REFERENCE), np.uint8)
        last = np.maximum(last, _last_place(block))
    return int(last[0]), int(last[1])


def _last_place(block: np.ndarray) -> np.ndarray:
    blank, r, equals = block[:-_REFERENCE] <= _BLANK, block[1 : 1 - _REFERENCE] == _R, block[2 : 2 - _REFERENCE]
    at = np.flatnonzero(blank & r & (equals == _EQUALS)) + 4
    at, columns = _read(block, at, _A, 26, 3, 1)
    at, rows = _read(block, at, _ZERO, 10, 10, 0)
    return np.array([rows.max(initial=0), columns.max(initial=0)])


def _read(
    block: np.ndarray, at: np.ndarray, zero: int, base: int, most: int, lowest: int
) -> tuple[np.ndarray, np.ndarray]:
    """Numbers written in ``base`` signs from ``zero`` on, at most ``most`` of them; and the bytes after them."""
    numbers, going = np.zeros(len(at), np.int64), np.ones(len(at), bool)
    for _ in range(most):
        sign = block[at].astype(np.int64) - zero
        going = going & (sign >= 0) & (sign < base)
        numbers = np.where(going, numbers * base + sign + lowest, numbers)
        at = at + going
    return at, numbers
