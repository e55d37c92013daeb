"""A workbook made short: its long plain sheets hold each of their different cells once.

The library that knows workbooks then reads in no time what every different cell means: numbers, dates, shared texts.
Where the cells stand is kept apart.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from data.intake.open_document import CONTENT, sheet_sizes
from data.intake.sheet_cells import NotPlain, SheetCells, scan
from data.intake.sheet_xml import SheetFacts, errors, hidden_columns, sheet_facts, sheet_paths, uncalculated

FROM_BYTES = 1_000_000
_PIECE = 1 << 20
_DIMENSION = re.compile(rb"<dimension [^<>]*>")


@dataclass(frozen=True)
class Shortened:
    """A workbook's bytes; by the sheet's name what its XML says of it, and the cells of the sheets that were
    shortened, whose different cells stand below each other in column A in the order of ``SheetCells.written``."""

    content: bytes = field(repr=False)
    facts: Mapping[str, SheetFacts] = field(default_factory=dict)
    cells: Mapping[str, SheetCells] = field(default_factory=dict, repr=False)


def shorten(content: bytes) -> Shortened:
    """An xlsx file with its long plain sheets made short; every other workbook as it is."""
    if not content.startswith(b"PK"):
        return Shortened(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        if CONTENT in archive.namelist():
            return Shortened(content, sheet_sizes(archive.read(CONTENT)))
        paths = sheet_paths(archive)
        cells = {path: _cells(archive, path) for path in paths.values()}
        plain = {path: found for path, found in cells.items() if found is not None}
        facts = {path: _facts(archive, path, plain) for path in cells}
        short = _rewritten(archive, plain) if plain else content
    named = {name: plain[path] for name, path in paths.items() if path in plain}
    return Shortened(short, {name: facts[path] for name, path in paths.items()}, named)


def _cells(archive: zipfile.ZipFile, path: str) -> SheetCells | None:
    if archive.getinfo(path).file_size < FROM_BYTES:
        return None
    try:
        return scan(_pieces(archive, path))
    except NotPlain:
        return None


def _pieces(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    with archive.open(path) as file:
        while piece := file.read(_PIECE):
            yield piece


def _facts(archive: zipfile.ZipFile, path: str, plain: Mapping[str, SheetCells]) -> SheetFacts:
    if path not in plain:
        return sheet_facts(archive.read(path))
    cells = plain[path]
    counted = list(zip(cells.written, cells.counts.tolist(), strict=True))
    return SheetFacts(
        *cells.size,
        hidden_columns(cells.head),
        sum(count * errors(cell) for cell, count in counted),
        sum(count * uncalculated(cell) for cell, count in counted),
        len(cells.codes),
    )


def _rewritten(archive: zipfile.ZipFile, plain: Mapping[str, SheetCells]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as short:
        for member in archive.namelist():
            found = plain.get(member)
            short.writestr(member, archive.read(member) if found is None else _short_sheet(found))
    return out.getvalue()


def _short_sheet(cells: SheetCells) -> bytes:
    rows = (
        b'<row r="%d"><c r="A%d"%b</row>' % (place, place, written) for place, written in enumerate(cells.written, 1)
    )
    head = _DIMENSION.sub(b"", cells.head)
    return b"".join((head, b"<sheetData>", *rows, b"</sheetData>", cells.tail))
