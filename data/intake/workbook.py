"""A workbook's data sheet as records of text: the fullest sheet, dates as ISO text, whole numbers without ``.0``."""

from __future__ import annotations

import datetime
import io
from dataclasses import dataclass
from typing import Any

import python_calamine as calamine

from data.intake import refusals
from data.intake.grid import Grid, Range
from data.intake.limits import Limits
from data.intake.rows import NUMBER
from data.intake.sheet_xml import SheetFacts, sheet_facts

_MOST_CELLS = 30_000_000


@dataclass(frozen=True)
class _Sheet:
    name: str
    rows: list[list[str]]
    merged: tuple[Range, ...]
    cells: int
    numbers_as_text: int


def read_workbook(content: bytes, limits: Limits) -> Grid:
    """The records of the sheet that holds the data; raises ``Refused`` for a locked, damaged or empty workbook."""
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
            facts = {sheet.name: sheet_facts(content, sheet.name) for sheet in book.sheets_metadata}
            sheets = [_sheet(book, name, facts[name], limits) for name in _worksheets(book)]
    except calamine.PasswordError:
        raise refusals.password_protected() from None
    except calamine.CalamineError:
        raise refusals.archive_unreadable("a damaged workbook") from None
    best = max(sheets, key=lambda sheet: (sheet.cells > 0, _columns(sheet) >= 2, sheet.cells), default=None)
    if best is None or not best.cells:
        raise refusals.empty_file()
    others = [sheet.name for sheet in sheets if sheet is not best and sheet.cells]
    warnings, notes = _noticed(best, others, facts[best.name])
    return Grid(best.rows, blank_counts=True, merged=best.merged, warnings=warnings, notes=notes)


def _worksheets(book: calamine.CalamineWorkbook) -> list[str]:
    kinds = (calamine.SheetTypeEnum.WorkSheet,)
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ in kinds]


def _sheet(book: calamine.CalamineWorkbook, name: str, facts: SheetFacts, limits: Limits) -> _Sheet:
    # One cell far out at the edge makes a sheet of billions of empty ones: its size is read before it is opened.
    if facts.last_row * facts.last_column > _MOST_CELLS:
        if facts.last_column > limits.max_columns:
            raise refusals.too_many_columns(facts.last_column, facts.last_row, limits.max_columns)
        raise refusals.too_large(f"{facts.last_row:,} rows in a worksheet", f"{_MOST_CELLS:,} cells")
    sheet = book.get_sheet_by_name(name)
    numbers = _Numbers()
    found = sheet.to_python(False)
    rows = [
        [cell if type(cell) is str else numbers[cell] if type(cell) is float else text(cell) for cell in row]
        for row in found
    ]
    while rows and not any(rows[-1]):
        rows.pop()
    width = max((_length(row) for row in rows), default=0)
    rows = [row if len(row) == width else row[:width] for row in rows]
    cells = sum(len(row) - row.count("") for row in rows)
    return _Sheet(name, rows, tuple(sheet.merged_cell_ranges or ()), cells, _numbers_as_text(found))


def _numbers_as_text(rows: list[list[Any]]) -> int:
    known = _NumberLike()
    return sum(sum(known[cell] for cell in row if type(cell) is str) for row in rows)


class _NumberLike(dict[str, bool]):
    """Whether a text is a number, asked once for each."""

    def __missing__(self, cell: str) -> bool:
        self[cell] = bool(cell) and bool(NUMBER.fullmatch(cell))
        return self[cell]


class _Numbers(dict[float, str]):
    """Each number's text, made once: a survey has millions of cells and few different numbers."""

    def __missing__(self, number: float) -> str:
        self[number] = text(number)
        return self[number]


def _length(row: list[str]) -> int:
    return next((place + 1 for place in range(len(row) - 1, -1, -1) if row[place]), 0)


def _columns(sheet: _Sheet) -> int:
    return len(sheet.rows[0]) if sheet.rows else 0


def text(cell: Any) -> str:
    """A cell as text: whole numbers without decimals, dates as ISO 8601, truth as Excel shows it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime.datetime):
        return cell.isoformat(sep="T", timespec="seconds")
    if isinstance(cell, datetime.date | datetime.time):
        return cell.isoformat()
    return "" if cell is None else str(cell)


def _noticed(best: _Sheet, others: list[str], facts: SheetFacts) -> tuple[tuple[str, ...], tuple[str, ...]]:
    found: list[tuple[str, str]] = []
    if others:
        listed = ", ".join(f'"{other}"' for other in others)
        found.append(("other_sheets_ignored", f'The sheet "{best.name}" was read; not read: {listed}.'))
    if best.numbers_as_text:
        count = f"{best.numbers_as_text:,} numbers are stored as text"
        found.append(("numbers_as_text_converted", f"{count} in the workbook; they are read as numbers."))
    if facts.hidden:
        places = ", ".join(str(column + 1) for column in facts.hidden)
        found.append(("hidden_columns_found", f"Hidden in the worksheet, but in the file: column {places}."))
    if facts.errors:
        found.append(
            ("error_cells_as_missing", f"{facts.errors:,} cells hold an error such as #DIV/0!; taken as blank.")
        )
    if facts.uncalculated:
        count = f"{facts.uncalculated:,} formulas have no results"
        found.append(("formulas_without_results", f"{count}: open the file in Excel and save it again."))
    return tuple(kind for kind, _ in found), tuple(note for _, note in found)
