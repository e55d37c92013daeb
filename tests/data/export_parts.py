"""Parts of an exported file: columns with their header cells, moments, numbered cells, separated text, worksheets."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape

from tests.data.test_intake_workbook import cell

ASIDE = "id quality drop"


@dataclass
class Col:
    """A column: its header cells, its cells, the roles that are right for it, its item and number of levels."""

    head: tuple[str, ...]
    cells: list[str]
    roles: str
    item: str | None = None
    levels: int | None = None


def texts(columns: Sequence[Col]) -> list[list[str]]:
    heads = [list(record) for record in zip(*(column.head for column in columns), strict=True)]
    return heads + [list(record) for record in zip(*(column.cells for column in columns), strict=True)]


def separated(records: list[list[str]], delimiter: str = ",", every: bool = False, end: str = "\r\n") -> str:
    out = io.StringIO()
    quoting = csv.QUOTE_ALL if every else csv.QUOTE_MINIMAL
    csv.writer(out, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(records)
    return out.getvalue()


def worksheet(records: list[list[str]]) -> str:
    """A worksheet of any width, every cell a text or, where it is all digits, a number."""
    body = "".join(
        f'<row r="{y}">' + "".join(cell(f"{letters(x)}{y}", value) for x, value in enumerate(record, 1)) + "</row>"
        for y, record in enumerate(records, 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<worksheet xmlns="{space}"><sheetData>{body}</sheetData></worksheet>'


def letters(column: int) -> str:
    """The letters of a worksheet column, counted from 1."""
    found = ""
    while column:
        column, rest = divmod(column - 1, 26)
        found = chr(65 + rest) + found
    return found


def same(value: str, people: int) -> list[str]:
    return [value] * people


def numbered(people: int, start: int = 1, form: str = "{}") -> list[str]:
    return [form.format(start + n) for n in range(people)]


def moments(people: int, form: str, later: int = 0) -> list[str]:
    """Moments a few hours apart in a form with {d} {H} {M} and, for other clocks, {h} {ap}."""
    made = []
    for n in range(people):
        hour, minute = (7 + 3 * n) % 24, (13 * n + later) % 60
        day = 4 + n // 3
        made.append(
            form.format(
                d=day,
                H=hour,
                M=minute,
                h=hour % 12 or 12,
                ap="AM" if hour < 12 else "PM",
                a="am" if hour < 12 else "pm",
            )
        )
    return made


def open_document(records: list[list[object]]) -> bytes:
    """A spreadsheet in the OpenDocument format."""
    space = "urn:oasis:names:tc:opendocument:xmlns:"
    names = " ".join(f'xmlns:{name}="{space}{name}:1.0"' for name in ("office", "table", "text"))
    rows = "".join(f"<table:table-row>{''.join(map(_open_cell, record))}</table:table-row>" for record in records)
    sheet = f'<office:body><office:spreadsheet><table:table table:name="Data">{rows}</table:table>'
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    listed = f'<m:file-entry m:full-path="/" m:media-type="{kind}"/>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", kind)
        end = "</office:spreadsheet></office:body></office:document-content>"
        archive.writestr("content.xml", f'<office:document-content {names} office:version="1.2">{sheet}{end}')
        archive.writestr("META-INF/manifest.xml", f'<m:manifest xmlns:m="{space}manifest:1.0">{listed}</m:manifest>')
    return out.getvalue()


def _open_cell(value: object) -> str:
    if value == "":
        return "<table:table-cell/>"
    kind = 'float" office:value="{}' if isinstance(value, float) else "string"
    shown = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="{kind.format(value)}">{shown}</table:table-cell>'
