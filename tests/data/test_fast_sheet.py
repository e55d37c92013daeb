"""A worksheet taken apart fast gives what the library gives, cell by cell; a long clean one the careful way's table."""

from __future__ import annotations

import random
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.intake import Limits, fast_sheet, shortened, table, workbook
from data.intake.sheet_cells import NotPlain, scan
from data.intake.sheet_xml import sheet_facts
from data.table import Refused
from tests.data.export_parts import worksheet
from tests.data.test_intake_workbook import DATE, MOMENT, people, sheet
from tests.data.test_intake_workbook import workbook as made

LIMITS = Limits.for_script()
CELLS = st.sampled_from(
    ["", "A", "007", "3", "R & D <x>", "कभी नहीं", "two\nlines", 1, 4.25, -7, 1e16, (DATE, 46143), (MOMENT, 46143.5),
     "#DIV/0!", "=A1"]
)  # fmt: skip
RARE = {
    "self-closed": '<c r="{}" s="1"/>',
    "blank before the end": '<c r="{}" s="2" />',
    "truth": '<c r="{}" t="b"><v>1</v></c>',
    "no value": '<c r="{}" t="n"><v/></c>',
    "formula with a result": '<c r="{}" t="str"><f>A1&amp;"x"</f><v> x </v></c>',
    "spaces kept": '<c r="{}" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c>',
}
UNPLAIN = {
    "comment": '<!--<c r="{}"/>-->',
    "rich text": '<c r="{}" t="inlineStr"><is><r><t>a</t></r></is></c>',
    "no place": "<c><v>1</v></c>",
    "another row's place": '<c r="Z9999"><v>1</v></c>',
    "single quotes": "<c r='{}'><v>1</v></c>",
    "place last": '<c t="n" r="{}"><v>1</v></c>',
    "cdata": '<c r="{}" t="str"><v><![CDATA[x]]></v></c>',
}


def both(content: bytes, monkeypatch: pytest.MonkeyPatch) -> tuple[workbook.Workbook, workbook.Workbook]:
    """A workbook read with its sheets taken apart, and as the library reads them."""
    with monkeypatch.context() as patched:
        patched.setattr(shortened, "FROM_BYTES", 1)
        quick = workbook.read_workbook(content, LIMITS)
    return quick, workbook.read_workbook(content, LIMITS)


def same(quick: workbook.Workbook, slow: workbook.Workbook) -> None:
    assert quick.data.records() == slow.data.records()
    for name in ("merged", "cells", "numbers_as_text", "name"):
        assert getattr(quick.data, name) == getattr(slow.data, name), name
    assert (quick.warnings, quick.notes) == (slow.warnings, slow.notes)


def with_cells(shape: str, rows: int = 30) -> str:
    """A sheet with one cell more in some rows, written in the given way."""
    xml = sheet([["id", "team", "q1"], *people(count=rows)])
    return re.sub(r'<row r="(\d*7)">(.*?)</row>', lambda row: row[0][:-6] + shape.format(f"D{row[1]}") + "</row>", xml)


def is_plain(xml: str) -> bool:
    try:
        scan(iter([xml.encode()]))
    except NotPlain:
        return False
    return True


@settings(max_examples=60, deadline=None)
@given(st.lists(st.lists(CELLS, max_size=6), min_size=1, max_size=12))
def test_any_cells_in_any_place(rows: list[list[object]]) -> None:
    content = made(Data=sheet([["id", "x"], *rows], hidden=2, merged=("A1:B1",)))
    with pytest.MonkeyPatch.context() as patched:
        same(*both(content, patched))


@pytest.mark.parametrize("way", RARE)
def test_rare_ways_to_write_a_cell(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert is_plain(with_cells(RARE[way]))
    same(*both(made(Data=with_cells(RARE[way])), monkeypatch))


@pytest.mark.parametrize("way", UNPLAIN)
def test_what_is_not_plain_is_left_to_the_library(way: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not is_plain(with_cells(UNPLAIN[way]))
    same(*both(made(Data=with_cells(UNPLAIN[way])), monkeypatch))


def outcome(content: bytes) -> object:
    try:
        book = workbook.read_workbook(content, LIMITS)
    except Refused as refusal:
        return refusal.kind
    return book.data.records(), book.data.merged, book.warnings, book.notes


def test_a_damaged_sheet_gives_the_same_either_way(monkeypatch: pytest.MonkeyPatch) -> None:
    whole = [with_cells(shape).encode() for shape in RARE.values()]
    for seed in range(150):
        chance = random.Random(seed)
        xml = chance.choice(whole)
        for _ in range(chance.choice((1, 1, 2))):
            at = chance.randrange(len(xml))
            xml = xml[:at] + chance.choice((b"", b"<", b">", b'"', b"/", b"r", b"=", b"9", b"&", b"x:")) + xml[at + 1 :]
        content = made(Data=xml.decode())
        monkeypatch.setattr(shortened, "FROM_BYTES", 1)
        quick = outcome(content)
        monkeypatch.setattr(shortened, "FROM_BYTES", len(xml) + 1)
        assert quick == outcome(content), seed


def test_pieces_of_any_size_and_names_with_a_prefix(monkeypatch: pytest.MonkeyPatch) -> None:
    xml = with_cells(RARE["spaces kept"], 200).encode()
    whole = scan(iter([xml]))
    prefixed = re.sub(rb"<(/?)(?=[a-z])", rb"<\1x:", xml)
    for text, size in ((xml, 997), (xml, 5_000), (prefixed, 1_201), (prefixed, 100_000)):
        found = scan(text[at : at + size] for at in range(0, len(text), size))
        assert found.written == whole.written and found.codes.tolist() == whole.codes.tolist()
        assert found.columns.tolist() == whole.columns.tolist()
    monkeypatch.setattr(shortened, "_PIECE", 701)
    same(*both(made(Data=prefixed.decode()), monkeypatch))


def long_sheet(rows: int, seed: int) -> str:
    draw = random.Random(seed)
    answers = ["Never", "Seldom", "Sometimes", "Often", "Always"]
    body = [
        [f"R{n}", draw.choice(["IT", "HR ", "R & D"]), 36.5 + n % 4, *draw.choices(answers, k=5)] for n in range(rows)
    ]
    return worksheet([["Respondent", "Team", "Hours", *(f"Question {n}" for n in range(5))], *body])


def added(*rows: str) -> str:
    """Rows below those of a long sheet, each its first cells."""
    return "".join(
        f'<row r="{y}">'
        + "".join(f'<c r="{c}{y}" t="str"><v>{v}</v></c>' for c, v in zip("ABC", row, strict=False))
        + "</row>"
        for y, row in enumerate(rows, start=1203)
    )


ADDED = {
    "nothing": ("", True),
    "an empty row": ('<row r="1203"></row>', True),
    "a total": (added("T19").replace("<v>T<", "<v>Total<"), False),
    "a blank row between": (added("", "R1"), False),
    "a lone note": (added("").replace("</row>", '<c r="A1203" t="str"><v>Note: invented</v></c></row>'), False),
}


@pytest.mark.parametrize("extra", ADDED)
def test_a_long_clean_sheet_is_the_careful_ways_table(extra: str) -> None:
    rows, is_quick = ADDED[extra]
    book = workbook.read_workbook(
        made(Data=long_sheet(1_200, 5).replace("</sheetData>", rows + "</sheetData>")), LIMITS
    )
    quick, slow = fast_sheet.read(book, "0", LIMITS), table.build(book.grid(), "0", LIMITS)
    assert (quick is not None) == is_quick
    if quick is not None:
        assert all(quick.cells[column].tolist() == slow.cells[column].tolist() for column in slow.cells.columns)
        assert replace(quick, cells=slow.cells) == slow


def test_cells_with_nothing_but_a_style_make_a_sheet_no_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    ghost = '<row r="1048576"><c r="XFD1048576" s="1"/></row></sheetData>'
    quick, slow = both(made(Data=with_cells(RARE["truth"]).replace("</sheetData>", ghost)), monkeypatch)
    same(quick, slow)
    assert quick.data.codes.shape == (31, 4)


@pytest.mark.parametrize("place", ['r="ZZ999999"', "r='ZZ999999'", 'r="XFD40000"'])
def test_a_cell_far_out_in_a_long_sheet_is_refused_with_its_size(place: str) -> None:
    far = f"<row><c {place}><v>1</v></c></row></sheetData>"
    xml = long_sheet(12_000, 6).replace("</sheetData>", far)
    assert sheet_facts(xml.encode()).last_row in (999_999, 40_000)
    with pytest.raises(Refused, match=r"(999,999|40,000) rows|columns and 40,000"):
        workbook.read_workbook(made(Data=xml), LIMITS)
