"""The fast way to read a long clean text file: the same table as the careful way, or nothing at all.

Whatever is not plainly clean (another encoding than UTF-8, a row that does not fit, a blank line, a total, the header
again, an answer per row) makes it give up, and the careful way reads the file from the start.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow_csv

from data.columns import Texts, texts_of
from data.intake import dialect, long_format
from data.intake.encoding import Decoded, utf16_without_mark
from data.intake.grid import Grid
from data.intake.limits import Limits
from data.intake.rows import Sorted, are_foreign, is_header_again, is_suspect, may_start_summary, starts_summary
from data.intake.table import Layout, find_layout, finish, is_decoded
from data.table import RawTable, Refused

FROM_BYTES = 1_000_000
_HEAD = 400_000  # bytes in which the header, the separator and the tool are looked for
_FEWEST = 300  # records that have to lie in them
_BLOCK = 2_000_000  # larger ones leave the processor's own memory
_MOST_TEXTS = 20_000  # different texts from which a column is kept as it is
_MOST_SUSPECTS = 2_000
_LOOKED_AT = 500
# The beginning of a character that was encoded twice: the careful way looks at it.
_TWICE = re.compile(rb"\xc3[\x82-\xb4][\xc2\xc5\xc6\xcb\xe2]")


@dataclass(frozen=True)
class _Start:
    """What the head of a file says: its records, the header, and the byte at which the first row below begins."""

    grid: Grid
    layout: Layout
    offset: int


def read(content: bytes, likely: str, sha256: str, limits: Limits) -> RawTable | None:
    """The table of a long clean text file, None when the careful way has to read it."""
    try:
        start = _start(content, likely)
        cells = None if start is None else _cells(content, start)
    except (Refused, pa.ArrowInvalid, UnicodeDecodeError, csv.Error, StopIteration):
        return None
    if start is None or cells is None:
        return None
    records = sum(1 for record in start.grid.records[: start.layout.below] if record) + len(cells)
    return people_only(start.grid, start.layout, cells, records, sha256, limits)


def people_only(
    grid: Grid, layout: Layout, cells: pd.DataFrame, raw_records: int, sha256: str, limits: Limits
) -> RawTable | None:
    """The table of the cells below a header, None when a row of them is no person's or there are too many."""
    if not limits.min_rows <= len(cells) <= limits.max_rows or len(cells.columns) > limits.max_columns:
        return None
    if not _are_people(cells, layout, limits.max_cell):
        return None
    first = layout.below + 1
    people = Sorted(lines=list(range(first, first + len(cells))))
    return finish(grid, raw_records, layout, layout.tool.columns(layout.records), people, cells, sha256, [])


def suits(layout: Layout) -> bool:
    """Whether the rows below a header can be taken as they are: no code of the tool's own, no row per answer."""
    tool = layout.tool
    return not (is_decoded(tool) or tool.one_answer_per_row or long_format.may_be_long(tool.columns(layout.records)))


def _start(content: bytes, likely: str) -> _Start | None:
    mark = len(codecs.BOM_UTF8) if content.startswith(codecs.BOM_UTF8) else 0
    other = content[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) or utf16_without_mark(content)
    if other or b"\0" in content or b"\n" not in content:
        return None
    if not content.isascii() and _TWICE.search(content):
        return None
    end = len(content) if len(content) <= _HEAD else content.rfind(b"\n", 0, _HEAD) + 1
    text = content[mark:end].decode("utf-8")
    grid = dialect.split(Decoded(text, "utf-8-sig" if mark else "utf-8"), likely)
    widths = {len(record) for record in grid.records[:-1]}
    plain = list(csv.reader(io.StringIO(text, newline=""), delimiter=grid.delimiter or ","))
    if (
        grid.warnings
        or len(widths) != 1
        or plain != grid.records
        or (len(grid.records) < _FEWEST and end < len(content))
    ):
        return None
    layout = find_layout(grid)
    if not suits(layout) or len(layout.records[0]) != widths.pop():
        return None
    return _Start(grid, layout, mark + _bytes_of(text, layout.below, grid.delimiter or ","))


def _bytes_of(text: str, records: int, delimiter: str) -> int:
    """How many bytes the first records of a text take, line breaks inside their cells included."""
    lines = io.StringIO(text, newline="")
    reader = csv.reader(iter(lines.readline, ""), delimiter=delimiter)
    for _ in range(records):
        next(reader)
    return len(text[: lines.tell()].encode()) if records else 0


def _cells(content: bytes, start: _Start) -> pd.DataFrame:
    end = len(content)
    while end > start.offset and content[end - 1] in b"\r\n":
        end -= 1
    columns = [_Column() for _ in start.layout.records[0]]
    for batch in _batches(content, start, end):
        for column, cells in zip(columns, batch.columns, strict=True):
            column.add(cells)
    return pd.DataFrame({place: column.series() for place, column in enumerate(columns)})


def _batches(content: bytes, start: _Start, end: int) -> Iterator[pa.RecordBatch]:
    names = [str(place) for place in range(len(start.layout.records[0]))]
    body = pa.py_buffer(content).slice(start.offset, end - start.offset)
    if not body.size:
        return iter(())
    return iter(
        arrow_csv.open_csv(
            pa.BufferReader(body),
            read_options=arrow_csv.ReadOptions(column_names=names, block_size=_BLOCK, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=start.grid.delimiter,
                newlines_in_values=content.find(b'"', start.offset) >= 0,
                ignore_empty_lines=False,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types={name: pa.dictionary(pa.int32(), pa.binary()) for name in names},
                null_values=[],
                strings_can_be_null=False,
            ),
        )
    )


class _Column:
    """A column as it comes in, batch by batch: its different texts in order of first appearance, and their places."""

    def __init__(self) -> None:
        self.known: dict[bytes, int] = {}
        self.places: list[np.ndarray] = []
        self.whole: list[pa.Array] = []

    def add(self, cells: pa.DictionaryArray) -> None:
        """One batch more. A column of very many different texts is kept as it stands from then on."""
        if self.whole or len(self.known) + len(cells.dictionary) > _MOST_TEXTS:
            self.whole.append(cells.dictionary_decode().cast(pa.string()))
            return
        known = [self.known.setdefault(text, len(self.known)) for text in cells.dictionary.to_pylist()]
        self.places.append(
            np.array(known, np.int16 if len(self.known) < 1 << 15 else np.int32)[cells.indices.to_numpy()]
        )

    def series(self) -> pd.Series:
        """The column as text, or as codes of its few texts."""
        places = np.concatenate(self.places) if self.places else np.zeros(0, np.int32)
        self.places = []
        if not self.whole:
            return pd.Series(pd.Categorical.from_codes(places, pd.Index(self._texts(), dtype="str")))
        texts = pa.array(self._texts(), pa.string())
        early = pa.DictionaryArray.from_arrays(pa.array(places, pa.int32()), texts).cast(pa.string())
        joined = pa.chunked_array([early, *self.whole])
        self.whole = []
        return pd.Series(pd.array(joined, dtype="str"))

    def _texts(self) -> list[str]:
        return [text.decode("utf-8") for text in self.known]


def _are_people(cells: pd.DataFrame, layout: Layout, max_cell: int) -> bool:
    """Whether every row is a person's: none is blank, too long, a total, a note, or the header again."""
    columns = [texts_of(cells[place]) for place in cells.columns]
    filled = np.zeros(len(cells), np.int16)
    suspects = np.zeros(len(cells), bool)
    for column in columns:
        if max(map(len, column.texts), default=0) > max_cell:
            return False
        if may_start_summary(column.texts):
            suspects |= (filled == 0) & column.where(starts_summary)
        filled += 1 if all(map(str.strip, column.texts)) else column.where(str.strip)
    again = _rows_with(columns[0], layout.records[0][0].strip())
    if not filled.all() or max(len(again), int(np.count_nonzero(suspects))) > _MOST_SUSPECTS:
        return False
    if layout.named and any(is_header_again(_row(cells, row), layout.records) for row in again.tolist()):
        return False
    width = len(columns)
    suspects |= filled == 1
    if np.count_nonzero(suspects) > _MOST_SUSPECTS:
        return False
    rows = {place: _row(cells, place) for place in np.flatnonzero(suspects).tolist()}
    doubtful = {place: row for place, row in rows.items() if is_suspect(row, width)}
    if not doubtful:
        return True
    others = [_row(cells, place) for place in range(min(len(cells), _LOOKED_AT + len(rows))) if place not in doubtful]
    return not any(are_foreign(list(doubtful.values()), others, width))


def _rows_with(column: Texts, text: str) -> np.ndarray:
    wanted = [place for place, cell in enumerate(column.texts) if cell.strip() == text]
    return np.flatnonzero(np.isin(column.places, wanted))


def _row(cells: pd.DataFrame, place: int) -> list[str]:
    return [str(cells[column].iloc[place]) for column in cells.columns]
