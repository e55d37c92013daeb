"""What a worksheet's own XML says and the reader does not: its true size, hidden columns, errors, empty formulas."""

from __future__ import annotations

import html
import io
import re
import zipfile
from dataclasses import dataclass
from posixpath import join, normpath

_SHEET = re.compile(rb"<(?:\w+:)?sheet\s([^>]*)>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\s([^>]*)>")
_COL = re.compile(rb"<(?:\w+:)?col\s([^>]*)>")
_ATTRIBUTE = re.compile(rb'([\w:]+)="([^"]*)"')
_PLACE = re.compile(rb' r="([A-Z]{0,3})(\d{1,10})"')
_FAR_PLACE = re.compile(rb' r="([A-Z]{3}|[A-Z]{0,3}(?=\d{7}))(\d{1,10})"')
_UNCALCULATED = re.compile(rb"</(?:\w+:)?f>(?:<(?:\w+:)?v\s*/>)?</(?:\w+:)?c>")
# In a long sheet only places far out are looked for: every cell would take longer than reading the sheet.
_LONG = 20_000_000


@dataclass(frozen=True)
class SheetFacts:
    """The last row and column in use (at least; one-based), hidden columns (zero-based), errors, empty formulas."""

    last_row: int = 0
    last_column: int = 0
    hidden: tuple[int, ...] = ()
    errors: int = 0
    uncalculated: int = 0


def sheet_facts(content: bytes, sheet: str) -> SheetFacts:
    """The facts of one sheet of an xlsx file; none for other workbooks, where nothing of the kind is declared."""
    if not content.startswith(b"PK"):
        return SheetFacts()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        path = _path(archive, sheet)
        if path is None:
            return SheetFacts()
        return _facts(archive.read(path))


def _facts(xml: bytes) -> SheetFacts:
    head = xml[: xml.find(b"sheetData")]
    places = (_PLACE if len(xml) < _LONG else _FAR_PLACE).findall(xml)
    last_column = max(map(_number, {letters for letters, _ in places}), default=0)
    last_row = max(map(int, {row for _, row in places}), default=0)
    uncalculated = len(_UNCALCULATED.findall(xml)) if b"f>" in xml else 0
    return SheetFacts(last_row, last_column, _hidden(head), xml.count(b' t="e"'), uncalculated)


def _path(archive: zipfile.ZipFile, sheet: str) -> str | None:
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return None
    relations = {at["Id"]: at["Target"] for at in _all(_RELATION, archive.read("xl/_rels/workbook.xml.rels"))
                 if {"Id", "Target"} <= at.keys()}  # fmt: skip
    for at in _all(_SHEET, archive.read("xl/workbook.xml")):
        if html.unescape(at.get("name", "")) == sheet:
            target = relations.get(at.get("r:id", ""), "")
            path = normpath(target.lstrip("/") if target.startswith("/") else join("xl", target))
            return path if path in names else None
    return None


def _hidden(head: bytes) -> tuple[int, ...]:
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


def _number(letters: bytes) -> int:
    total = 0
    for letter in letters:
        total = total * 26 + letter - 64
    return total
