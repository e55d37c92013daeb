"""OpenDocument spreadsheets whose few bytes stand for billions of cells are refused at once, with their size."""

from __future__ import annotations

import io
import time
import zipfile

import pytest

from data.intake import read
from data.intake.open_document import sheet_sizes
from data.table import Refused
from tests.data.export_parts import open_document

PLAIN = open_document([["id", "team", "q1"], *([f"r{n}", "A", float(n % 5)] for n in range(20))])
FULL = '<table:table-cell office:value-type="string"{}><text:p>x</text:p></table:table-cell>'
TIMES = ' table:number-{}-repeated="{}"'
BILLION = 10**9


def cells(count: int) -> str:
    return FULL.format(TIMES.format("columns", count))


def blank(count: int, kind: str = "table-cell") -> str:
    return f"<table:{kind}{TIMES.format('columns', count)}/>"


def row(content: str, times: int = 1) -> str:
    return f"<table:table-row{TIMES.format('rows', times)}>{content}</table:table-row>"


def with_rows(rows: str) -> bytes:
    """The plain spreadsheet with rows added below its own."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(PLAIN)) as archive, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as changed:
        for name in archive.namelist():
            content = archive.read(name)
            changed.writestr(name, content.replace(b"</table:table>", rows.encode() + b"</table:table>"))
    return out.getvalue()


@pytest.mark.parametrize(
    ("rows", "size"),
    [
        (row(cells(BILLION)), "1,000,000,000 columns and 22 rows"),
        (row(blank(BILLION) + cells(1)), "1,000,000,001 columns and 22 rows"),
        (row(blank(BILLION, "covered-table-cell") + cells(1)), "1,000,000,001 columns"),
        (row(cells(1), BILLION), "1,000,000,021 rows"),
        (row(blank(1), BILLION) + row(cells(1)), "1,000,000,022 rows"),
        ("<table:table-row" + TIMES.format("rows", BILLION) + "/>" + row(cells(1)), "1,000,000,022 rows"),
        (row(cells(9_999), 9_999), "9,999 columns and 10,020 rows"),
        (row(cells(100), 110_000), "blank or repeated cells; 10,000,000 of them is the most"),
    ],
)
def test_a_repeated_cell_is_refused_with_the_number_it_stands_for(rows: str, size: str) -> None:
    content = with_rows(rows)
    begun = time.process_time()
    with pytest.raises(Refused) as caught:
        read(content, "survey.ods")
    assert size in caught.value.message
    assert time.process_time() - begun < 0.5 and len(content) < 5_000


def test_blank_cells_and_rows_to_the_edge_of_the_sheet_do_no_harm() -> None:
    edge = row(blank(16_384), 1_048_555)
    content = with_rows(row(cells(2) + FULL.format("") + blank(16_381)) + edge)
    assert read(content, "survey.ods").cells.shape == (21, 3)


def test_sizes_of_every_sheet() -> None:
    xml = (
        f'<table:table table:name="A &amp; B"><table:table-column/>{row(cells(3) + blank(7), 4)}{row(blank(5), 9)}'
        f'</table:table><table:table table:name="C">{row("")}{row(blank(2) + cells(1))}</table:table>'
    )
    sizes = sheet_sizes(xml.encode())
    assert {name: (one.last_row, one.last_column) for name, one in sizes.items()} == {"A & B": (4, 3), "C": (2, 3)}
