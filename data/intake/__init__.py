"""Bytes to a raw table: container, encoding, dialect, tool, header and rows; everything stays text.

In the order of the road: ``container``, ``encoding`` and ``dialect`` (or ``workbook``, or ``spss``), ``tools``,
``headers``, ``rows``, ``table``; ``refusals`` holds every sentence with which a file is turned away.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace

from data.intake import container, dialect, encoding, fast, fast_sheet, refusals, spss, table, workbook
from data.intake.headers import source_columns
from data.intake.limits import Limits
from data.table import RawTable

__all__ = ["Limits", "read"]

_BROWSER = Limits()


def read(content: bytes, filename: str = "", *, limits: Limits = _BROWSER) -> RawTable:
    """The table in a file's bytes: header records taken off, rows that are no people listed, every cell text.

    ``filename`` is a hint for the delimiter and never opened. Raises ``Refused`` with a kind and a plain sentence for
    a file that cannot be used; no other error leaves here, whatever the bytes are.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    opened = container.open_file(content, filename, limits)
    if opened.kind == "spss":
        return _of_spss(spss.read_spss(opened.content), sha256, limits)
    if opened.kind == "workbook":
        book = workbook.read_workbook(opened.content, limits)
        return fast_sheet.read(book, sha256, limits) or table.build(book.grid(), sha256, limits)
    likely = "\t" if opened.name.lower().endswith((".tsv", ".tab")) else ""
    if len(opened.content) >= fast.FROM_BYTES and not opened.archived:
        quick = fast.read(opened.content, likely, sha256, limits)
        if quick is not None:
            return quick
    grid = dialect.split(encoding.decode(opened.content), likely)
    # An archive has no encoding of its own; its file's encoding is not the archive's.
    return table.build(replace(grid, encoding=None) if opened.archived else grid, sha256, limits)


def _of_spss(file: spss.SpssFile, sha256: str, limits: Limits) -> RawTable:
    rows, columns = len(file.rows), len(file.columns)
    if columns > limits.max_columns:
        raise refusals.too_many_columns(columns, rows, limits.max_columns)
    if not rows:
        raise refusals.no_rows(columns)
    if rows < limits.min_rows:
        raise refusals.too_few_rows(rows, limits.smallest_group)
    if rows > limits.max_rows:
        raise refusals.too_large(f"{rows:,} rows", f"{limits.max_rows:,} rows")
    return RawTable(
        tool="spss",
        encoding=file.encoding,
        delimiter=None,
        header_rows=0,
        raw_records=rows,
        columns=source_columns(file.columns)[0],
        cells=table.frame(file.rows, columns),
        lines=tuple(range(1, rows + 1)),
        sha256=sha256,
        warnings=("user_missing_values_as_missing",) if file.missing else (),
        notes=("Codes that the file itself declares as missing are read as no answer.",) if file.missing else (),
        value_labels=file.value_labels,
        missing=file.missing,
    )
