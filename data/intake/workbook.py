"""A workbook's data sheet: the fullest sheet, and what was noticed about it."""

from __future__ import annotations

import io
from dataclasses import dataclass

import python_calamine as calamine

from data.intake import refusals, sheet
from data.intake.grid import Grid
from data.intake.limits import Limits
from data.intake.sheet import Sheet
from data.intake.sheet_cells import MOST_ROWS
from data.intake.sheet_xml import SheetFacts
from data.intake.shortened import Shortened, shorten

_MOST_CELLS = 30_000_000
_MOST_NOT_WRITTEN = 10_000_000  # cells that a sheet has and its file does not


@dataclass(frozen=True)
class Workbook:
    """The sheet that holds the data, and what was noticed."""

    data: Sheet
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    def grid(self, stop: int | None = None) -> Grid:
        """The records of the sheet, or those before ``stop``."""
        records = self.data.records(0, stop)
        return Grid(records, blank_counts=True, merged=self.data.merged, warnings=self.warnings, notes=self.notes)


def read_workbook(content: bytes, limits: Limits) -> Workbook:
    """The sheet that holds the data; raises ``Refused`` for a locked, damaged or empty workbook."""
    short = shorten(content)
    for facts in short.facts.values():
        _refuse_size(facts, limits)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(short.content)) as book:
            sheets = [_sheet(book, name, short) for name in _worksheets(book)]
    except calamine.PasswordError:
        raise refusals.password_protected() from None
    except calamine.CalamineError:
        raise refusals.archive_unreadable("a damaged workbook") from None
    best = max(sheets, key=lambda one: (one.cells > 0, one.codes.shape[1] >= 2, one.cells), default=None)
    if best is None or not best.cells:
        raise refusals.empty_file()
    others = [one.name for one in sheets if one is not best and one.cells]
    warnings, notes = _noticed(best, others, short.facts.get(best.name, SheetFacts()))
    return Workbook(best, warnings, notes)


def _worksheets(book: calamine.CalamineWorkbook) -> list[str]:
    kinds = (calamine.SheetTypeEnum.WorkSheet,)
    return [sheet.name for sheet in book.sheets_metadata if sheet.typ in kinds]


def _sheet(book: calamine.CalamineWorkbook, name: str, short: Shortened) -> Sheet:
    read = book.get_sheet_by_name(name)
    rows, merged = read.to_python(False), read.merged_cell_ranges or ()
    cells = short.cells.get(name)
    return sheet.of_rows(name, rows, merged) if cells is None else sheet.of_cells(name, cells, rows, merged)


def _refuse_size(facts: SheetFacts, limits: Limits) -> None:
    """One cell far out at the edge, or one repeated a million times, makes a sheet of billions of cells: its size is
    known before it is opened."""
    cells = facts.last_row * facts.last_column
    if facts.last_row <= MOST_ROWS and cells <= _MOST_CELLS and cells - facts.written <= _MOST_NOT_WRITTEN:
        return
    if facts.last_column > limits.max_columns:
        raise refusals.too_many_columns(facts.last_column, facts.last_row, limits.max_columns)
    if facts.last_row > MOST_ROWS:
        raise refusals.too_large(f"{facts.last_row:,} rows in a worksheet", f"{MOST_ROWS:,} rows")
    if cells > _MOST_CELLS:
        raise refusals.too_large(f"{facts.last_row:,} rows in a worksheet", f"{_MOST_CELLS:,} cells")
    raise refusals.too_large(f"{cells - facts.written:,} blank or repeated cells", f"{_MOST_NOT_WRITTEN:,} of them")


def _noticed(best: Sheet, others: list[str], facts: SheetFacts) -> tuple[tuple[str, ...], tuple[str, ...]]:
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
