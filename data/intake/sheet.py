"""A worksheet as texts: every different text once, and which of them stands in each cell."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from data.intake.grid import Range
from data.intake.rows import NUMBER
from data.intake.sheet_cells import SheetCells

_PLAIN = (str, float)  # kinds of cells that never equal each other


@dataclass(frozen=True)
class Sheet:
    """``texts``: the sheet's different texts, the first one empty; ``codes``: rows by columns, each cell's place among
    them, without blank rows below and blank columns to the right. ``cells`` counts the filled ones, and
    ``numbers_as_text`` those of them that hold a number as text."""

    name: str
    texts: np.ndarray = field(repr=False)
    codes: np.ndarray = field(repr=False)
    merged: tuple[Range, ...] = ()
    cells: int = 0
    numbers_as_text: int = 0

    def records(self, start: int = 0, stop: int | None = None) -> list[list[str]]:
        """The rows of the sheet from ``start`` to before ``stop``, as text."""
        found: list[list[str]] = self.texts[self.codes[start:stop]].tolist()
        return found


def of_rows(name: str, rows: list[list[Any]], merged: Sequence[Range]) -> Sheet:
    """A sheet from its rows of cells, as the library reads them."""
    known = _Codes()
    width = max(map(len, rows), default=0)
    codes = np.zeros((len(rows), width), np.int32)
    for place, row in enumerate(rows):
        codes[place, : len(row)] = [known[cell if type(cell) in _PLAIN else (type(cell), cell)] for cell in row]
    return _sheet(name, known.cells, codes, merged)


class _Codes(dict[Any, int]):
    """A code for each different cell, an empty one's first. Cells of different kinds may be equal and differ."""

    def __init__(self) -> None:
        super().__init__({"": 0})
        self.cells: list[Any] = [""]

    def __missing__(self, key: Any) -> int:
        self.cells.append(key if type(key) in _PLAIN else key[1])
        self[key] = len(self)
        return self[key]


def of_cells(name: str, cells: SheetCells, meant: list[list[Any]], merged: Sequence[Range]) -> Sheet:
    """A sheet from the places of its cells and what each different one of them means."""
    values = [row[0] if row else "" for row in meant]
    values += [""] * (len(cells.written) - len(values))  # empty cells at the end are not handed out
    codes = np.zeros(cells.size[::-1], np.int32)
    codes[cells.columns, cells.rows] = cells.codes + 1
    return _sheet(name, ["", *values], codes.T, merged)


def _sheet(name: str, values: list[Any], codes: np.ndarray, merged: Sequence[Range]) -> Sheet:
    """A sheet from its different cells, whose texts may be equal, and the places of these in it."""
    same, texts = pd.factorize(np.array([text(value) for value in values], dtype=object))
    counts = np.bincount(codes.ravel(), minlength=len(values))
    as_text = sum(
        count for value, count in zip(values, counts.tolist(), strict=True) if type(value) is str and _is_number(value)
    )
    codes = same.astype(np.int32)[codes]
    filled = codes != 0
    height, width = (_last(filled.any(axis=axis)) for axis in (1, 0))
    return Sheet(name, texts, codes[:height, :width], tuple(merged), int(filled.sum()), as_text)


def _last(filled: np.ndarray) -> int:
    return int(np.flatnonzero(filled)[-1]) + 1 if filled.any() else 0


def _is_number(cell: str) -> bool:
    return bool(cell) and bool(NUMBER.fullmatch(cell))


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
