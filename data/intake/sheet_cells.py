"""A long worksheet taken apart fast: where each cell stands, and which of the sheet's different cells it is.

What a cell means is left to the library that knows workbooks. It is asked once for each different cell, and a survey
has millions of cells and few different ones. A sheet that is not written plainly is left to the library whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

import numpy as np
import pyarrow as pa

MOST_ROWS, MOST_COLUMNS = 1 << 20, 1 << 14  # what a worksheet can have
_MOST_DIFFERENT = 1_000_000
_MOST_HELD = 8_000_000  # bytes without the end of a row; the longest row of a survey has a tenth of it
_START, _END, _ROW_END = b"<sheetData>", b"</sheetData>", b"</row>"
_EMPTY_ROWS = rb"\s*(?:<row(?: [^<>]*)?/>\s*)*"
_ROW = re.compile(_EMPTY_ROWS + rb'<row(?: [^<>]*?)? r="([1-9]\d{0,6})"[^<>]*(?<!/)>')
_BETWEEN = re.compile(_EMPTY_ROWS)
_CELL = re.compile(
    rb'(?: (?:s|t|cm|vm|ph)="\w*")* ?(?:/>|>'
    rb"(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>[^<]*</v>|<v\s*/>)?'
    rb'(?:<is>(?:<t(?: xml:space="preserve")?>[^<]*</t>|<t\s*/>)</is>)?</c>)'
)
_PREFIX = re.compile(rb"<(\w+:)worksheet[ >]")
_LOOKED_AT = 2_000
_PLACE = len(b'<c r="')
_BEYOND = b" " * 16  # a reference may be looked for past the end of the last row
_ZERO, _A, _QUOTE = b'0A"'


class NotPlain(Exception):
    """The sheet is written in a way that is not taken apart here."""


@dataclass(frozen=True)
class SheetCells:
    """``head`` and ``tail``: the XML before and after the cells. For each filled cell in the sheet's order: ``rows``
    and ``columns`` (zero-based) and ``codes``, its place in ``written``, the XML of every different cell after its
    reference."""

    head: bytes
    tail: bytes
    rows: np.ndarray
    columns: np.ndarray
    codes: np.ndarray
    written: list[bytes]

    @property
    def counts(self) -> np.ndarray:
        """How often each different cell stands in the sheet."""
        return np.bincount(self.codes, minlength=len(self.written))

    @property
    def size(self) -> tuple[int, int]:
        """The last row and the last column that hold a cell, one-based."""
        return int(self.rows.max(initial=-1)) + 1, int(self.columns.max(initial=-1)) + 1


def scan(pieces: Iterator[bytes]) -> SheetCells:
    """The cells of a worksheet's XML, which comes in pieces; raises ``NotPlain`` for the library's sheets."""
    pieces = _without_prefix(pieces)
    head, held = _until_cells(pieces)
    known: dict[bytes, int] = {}
    blocks: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for piece in chain([b""], pieces):
        held += piece
        if (end := held.rfind(_ROW_END) + len(_ROW_END)) >= len(_ROW_END):
            blocks.append(_block(held[:end], known))
            held = held[end:]
        if _END in held:
            break
        if len(held) > _MOST_HELD:
            raise NotPlain
    above, _, tail = held.partition(_END)
    if _END not in held or not _BETWEEN.fullmatch(above) or not all(map(_CELL.fullmatch, known)):
        raise NotPlain
    return _joined(head, tail + b"".join(pieces), blocks, list(known))


def _joined(
    head: bytes, tail: bytes, blocks: list[tuple[np.ndarray, np.ndarray, np.ndarray]], written: list[bytes]
) -> SheetCells:
    """The filled cells of all blocks, which go from left to right and from top to bottom, each place once."""
    none = [np.zeros(0, np.int32)] * 3
    rows, columns, codes = (np.concatenate(parts) for parts in zip(none, *blocks, strict=True))
    places = rows.astype(np.int64) * MOST_COLUMNS + columns
    if not (np.diff(places) > 0).all():
        raise NotPlain
    # A cell that only has a style is no reason to make a sheet larger.
    filled = np.array([b"<v" in cell or b"<is" in cell or b"<f" in cell for cell in written], bool)
    keep = filled[codes] if len(codes) else np.zeros(0, bool)
    return SheetCells(head, tail, rows[keep], columns[keep], codes[keep], written)


def _without_prefix(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The pieces without the prefix that some programs put before every name, as in ``<x:row>``."""
    first = next(pieces, b"")
    found = _PREFIX.search(first[:_LOOKED_AT])
    if found is None:
        yield from chain([first], pieces)
        return
    held = b""
    for piece in chain([first], pieces):
        held += piece
        cut = max(held.rfind(b"<"), 0)
        yield held[:cut].replace(b"<" + found[1], b"<").replace(b"</" + found[1], b"</")
        held = held[cut:]
    yield held.replace(b"</" + found[1], b"</")


def _until_cells(pieces: Iterator[bytes]) -> tuple[bytes, bytes]:
    head = b""
    for piece in pieces:
        head += piece
        if _START in head:
            before, _, held = head.partition(_START)
            return before, held
        if len(head) > _MOST_HELD:
            break
    raise NotPlain


def _block(block: bytes, known: dict[bytes, int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Row, column and code of each cell in a block of whole rows."""
    numbers, starts, ends = _rows(block)
    xml = np.frombuffer(block + _BEYOND, np.uint8)
    cells = np.flatnonzero((xml[:-2] == ord("<")) & (xml[1:-1] == ord("c")) & (xml[2:] == ord(" ")))
    first, beyond = np.searchsorted(cells, starts), np.searchsorted(cells, ends)
    # Every byte of a row belongs to its own tag or to one of its cells.
    begun = np.append(cells, -1)[first] == starts
    if not np.where(beyond > first, begun, starts == ends).all() or (beyond - first).sum() != len(cells):
        raise NotPlain
    row = np.repeat(numbers, beyond - first)
    columns, after = _references(xml, cells, row)
    until = np.append(cells[1:], 0)
    until[beyond[beyond > first] - 1] = ends[beyond > first]
    return (row - 1).astype(np.int32), columns, _codes(block, after, until, known)


def _rows(block: bytes) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Each row's number, and the bytes at which its cells start and end."""
    found: list[tuple[int, int, int]] = []
    at = 0
    for piece in block.split(_ROW_END)[:-1]:
        tag = _ROW.match(piece)
        if tag is None:
            raise NotPlain
        found.append((int(tag[1]), at + tag.end(), at + len(piece)))
        at += len(piece) + len(_ROW_END)
    numbers, starts, ends = np.array(found, np.int64).reshape(-1, 3).T
    return numbers, starts, ends


def _references(xml: np.ndarray, cells: np.ndarray, row: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Each cell's column, and the byte after its reference, which has to name the row that the cell stands in."""
    for place, sign in enumerate(b'r="', start=3):
        if not (xml[cells + place] == sign).all():
            raise NotPlain
    at, column = cells + _PLACE, np.zeros(len(cells), np.int64)
    for _ in range(3):
        letter = xml[at].astype(np.int64) - _A
        is_letter = (letter >= 0) & (letter < 26)
        column = np.where(is_letter, column * 26 + letter + 1, column)
        at = at + is_letter
    number, is_digit = np.zeros(len(cells), np.int64), np.ones(len(cells), bool)
    for _ in range(7):
        digit = xml[at].astype(np.int64) - _ZERO
        is_digit &= (digit >= 0) & (digit < 10)
        if not is_digit.any():
            break
        number = np.where(is_digit, number * 10 + digit, number)
        at = at + is_digit
    if not ((number == row) & (column > 0) & (column <= MOST_COLUMNS) & (row <= MOST_ROWS) & (xml[at] == _QUOTE)).all():
        raise NotPlain
    return (column - 1).astype(np.int32), at + 1


def _codes(block: bytes, after: np.ndarray, until: np.ndarray, known: dict[bytes, int]) -> np.ndarray:
    """What stands after each reference as its place among all that is known, which grows."""
    if not len(after):
        return np.zeros(0, np.int32)
    bounds = np.column_stack((after, until)).astype(np.int32).ravel()
    pieces = pa.Array.from_buffers(pa.binary(), len(bounds) - 1, [None, pa.py_buffer(bounds), pa.py_buffer(block)])
    written = pieces.take(pa.array(np.arange(0, len(bounds), 2))).dictionary_encode()
    codes = [known.setdefault(cell, len(known)) for cell in written.dictionary.to_pylist()]
    if len(known) > _MOST_DIFFERENT:
        raise NotPlain
    found: np.ndarray = np.array(codes, np.int32)[written.indices.to_numpy()]
    return found
