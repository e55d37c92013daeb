"""How large the sheets of an OpenDocument spreadsheet are once their repeated rows and cells are written out."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator

from data.intake.sheet_xml import SheetFacts

CONTENT = "content.xml"
_ROW_END = b"</table:table-row>"
_TAG = re.compile(rb"<table:table(?P<row>-row)?(?P<attributes>(?:\s[^<>]*?)?)(?P<empty>/?)>")
_NAME = re.compile(rb"table:name=[\"']([^\"']*)")
_ROWS = re.compile(rb"number-rows-repeated=[\"'](\d+)")
_COLUMNS = re.compile(rb"number-columns-repeated=[\"'](\d+)")
_CELL, _COVERED, _CELL_END, _VALUE = (
    b"<table:table-cell",
    b"<table:covered-table-cell",
    b"</table:table-cell>",
    b":value-type=",
)


def sheet_sizes(xml: bytes) -> dict[str, SheetFacts]:
    """The last row and column in use of each sheet, by its name. Blank rows and cells at the end do not count: there is
    always a million of them."""
    found: dict[str, SheetFacts] = {}
    name, row, last_row, last_column, written = "", 0, 0, 0, 0
    for tag, cells in _rows(xml):
        times = int(match[1]) if (match := _ROWS.search(tag["attributes"])) else 1
        if not tag["row"]:
            named = _NAME.search(tag["attributes"])
            name = html.unescape(named[1].decode("utf-8", "replace")) if named else ""
            row, last_row, last_column, written = 0, 0, 0, 0
            continue
        row += times
        width, count = _width(cells)
        if width:
            last_row, last_column, written = row, max(last_column, width), written + count
            found[name] = SheetFacts(last_row, last_column, written=written)
    return found


def _rows(xml: bytes) -> Iterator[tuple[re.Match[bytes], bytes]]:
    """Every tag of a sheet and of a row, with the cells that follow it."""
    start = 0
    while (end := xml.find(_ROW_END, start)) >= 0:
        first = xml.find(_CELL, start, end)
        tags = list(_TAG.finditer(xml, start, first if first >= 0 else end))
        for tag in tags:
            yield tag, b"" if tag is not tags[-1] or tag["empty"] else xml[tag.end() : end]
        start = end + len(_ROW_END)


def _width(cells: bytes) -> tuple[int, int]:
    """How many columns a row's cells take up to its last filled one, and how many cells are written for that."""
    filled = cells[: max(cells.rfind(_CELL_END), cells.rfind(_VALUE)) + 1]
    count = filled.count(_CELL) + filled.count(_COVERED)
    last = cells.find(b">", cells.rfind(_CELL, 0, len(filled)))
    repeated = [int(times) for times in _COLUMNS.findall(cells, 0, last)] if count else []
    return count + sum(repeated) - len(repeated), count
