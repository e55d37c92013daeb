"""Workbooks and archives: the data sheet, dates, hidden columns, merged headers, and what cannot be opened."""

from __future__ import annotations

import io
import struct
import time
import zipfile
from xml.sax.saxutils import escape

import pytest

from data.intake import Limits, read
from data.table import RawTable, Refused

HEADER = b"id,team,q1,note\n"
ROWS = b"".join(b"%d,Team %d,%d,x\n" % (n, n % 3, n % 5 + 1) for n in range(1, 13))
DATE, MOMENT = "date", "moment"


def cell(place: str, value: object) -> str:
    if isinstance(value, tuple):
        kind, serial = value
        return f'<c r="{place}" s="{1 if kind == DATE else 2}"><v>{serial}</v></c>'
    if value == "#DIV/0!":
        return f'<c r="{place}" t="e"><v>#DIV/0!</v></c>'
    if value == "=A1":
        return f'<c r="{place}"><f>A1</f></c>'
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{escape(value)}</t></is></c>' if value else ""
    return f'<c r="{place}"><v>{value}</v></c>'


def sheet(rows: list[list[object]], hidden: int = 0, merged: tuple[str, ...] = ()) -> str:
    body = "".join(
        f'<row r="{y}">' + "".join(cell(f"{chr(64 + x)}{y}", value) for x, value in enumerate(row, 1)) + "</row>"
        for y, row in enumerate(rows, 1)
    )
    cols = f'<cols><col min="{hidden}" max="{hidden}" width="9" hidden="1"/></cols>' if hidden else ""
    spans = "".join(f'<mergeCell ref="{span}"/>' for span in merged)
    merges = f"<mergeCells>{spans}</mergeCells>" if merged else ""
    return (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"{cols}<sheetData>{body}</sheetData>{merges}</worksheet>"
    )


def workbook(**sheets: str) -> bytes:
    main = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006/relationships"
    listed = "".join(f'<sheet name="{name}" sheetId="{n}" r:id="r{n}"/>' for n, name in enumerate(sheets, 1))
    links = "".join(
        f'<Relationship Id="r{n}" Type="{office}/worksheet" Target="worksheets/sheet{n}.xml"/>'
        for n in range(1, len(sheets) + 1)
    )
    formats = '<cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="22"/></cellXfs>'
    styles = f"<styleSheet {main}>{formats}</styleSheet>"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            '<Default Extension="xml" ContentType="application/xml"/></Types>',
        )
        root = f'<Relationship Id="b" Type="{office}/officeDocument" Target="xl/workbook.xml"/>'
        archive.writestr("_rels/.rels", f'<Relationships xmlns="{package}">{root}</Relationships>')
        archive.writestr("xl/workbook.xml", f'<workbook {main} xmlns:r="{office}"><sheets>{listed}</sheets></workbook>')
        relations = f'{links}<Relationship Id="s" Type="{office}/styles" Target="styles.xml"/>'
        archive.writestr("xl/_rels/workbook.xml.rels", f'<Relationships xmlns="{package}">{relations}</Relationships>')
        archive.writestr("xl/styles.xml", styles)
        for n, xml in enumerate(sheets.values(), 1):
            archive.writestr(f"xl/worksheets/sheet{n}.xml", xml)
    return out.getvalue()


def zipped(**files: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name.replace("__", "."), content)
    return out.getvalue()


def refused(content: bytes, **limits: int) -> Refused:
    with pytest.raises(Refused) as caught:
        read(content, limits=Limits(**limits))
    return caught.value


def people(*extra: object, count: int = 9) -> list[list[object]]:
    return [[n, f"Team {n % 3}", n % 5 + 1, *extra] for n in range(1, count + 1)]


def names(raw: RawTable) -> list[str]:
    return [column.name for column in raw.columns]


def test_numbers_dates_and_blanks_as_text() -> None:
    rows = people((DATE, 46143), (MOMENT, 46143.5), 1.6667, "", "007")
    raw = read(workbook(Data=sheet([["id", "team", "q1", "day", "at", "mean", "none", "code"], *rows])))
    assert raw.cells.iloc[0].tolist() == ["1", "Team 1", "2", "2026-05-01", "2026-05-01T12:00:00", "1.6667", "", "007"]
    assert (raw.encoding, raw.delimiter, raw.raw_records, raw.lines[0]) == (None, None, 10, 2)
    assert raw.warnings == ("numbers_as_text_converted",)
    assert raw.notes[0].startswith("9 numbers are stored as text")


def test_the_fullest_sheet_is_read_and_the_others_are_named() -> None:
    notes = sheet([["How to read this file"], ["1 = never"]])
    raw = read(workbook(Notes=notes, Answers=sheet([["id", "team", "q1"], *people()])))
    assert len(raw.cells) == 9
    assert raw.warnings == ("other_sheets_ignored",)
    assert '"Answers" was read; not read: "Notes"' in raw.notes[0]


def test_merged_sections_join_their_questions_and_a_title_does_not() -> None:
    rows = [["Check 2026", "", "", ""], ["Who", "", "Burnout", "Work"], ["No.", "Team", "Tired?", "Rest?"], *people(3)]
    raw = read(workbook(Data=sheet(rows, hidden=2, merged=("A1:D1", "A2:B2"))))
    assert names(raw) == ["Who | No.", "Who | Team", "Burnout | Tired?", "Work | Rest?"]
    assert (raw.header_rows, len(raw.cells), raw.raw_records) == (2, 9, 12)
    assert set(raw.warnings) == {"hidden_columns_found", "merged_header_joined", "preamble_skipped"}
    assert any("column 2" in note for note in raw.notes)


def test_a_header_cell_merged_downwards_names_its_column_once() -> None:
    rows = [["No.", "Who", "", "Burnout", ""], ["", "Team", "Site", "Tired?", "Worn out?"], *people(3, 4)]
    raw = read(workbook(Data=sheet(rows, merged=("A1:A2", "B1:C1", "D1:E1"))))
    assert names(raw) == ["No.", "Who | Team", "Who | Site", "Burnout | Tired?", "Burnout | Worn out?"]
    assert (raw.header_rows, len(raw.cells)) == (2, 9)


def test_section_names_without_merged_cells_are_not_spread() -> None:
    raw = read(workbook(Data=sheet([["Who", "", "Burnout"], ["No.", "Team", "Tired?"], *people()])))
    assert names(raw) == ["No.", "Team", "Tired?"]
    assert raw.warnings == ("preamble_skipped",)


def test_error_cells_and_formulas_without_results_are_said() -> None:
    raw = read(workbook(Data=sheet([["id", "team", "q1", "e", "f"], *people("#DIV/0!", "=A1")])))
    assert raw.cells[3].tolist() == [""] * 9
    assert set(raw.warnings) == {"error_cells_as_missing", "formulas_without_results"}


def test_microsoft_forms_by_its_data_in_any_language() -> None:
    moments = ((MOMENT, 46143.5), (MOMENT, 46143.6), "anonymous")
    rows = [[n, *moments, "", "Sometimes"] for n in range(1, 10)]
    head = ["Id", "Hora de inicio", "Hora de finalización", "Correo electrónico", "Nombre", "¿Cansado?"]
    assert read(workbook(Form1=sheet([head, *rows]))).tool == "microsoft_forms"
    rows[4][1], rows[4][2] = rows[4][2], rows[4][1]
    assert read(workbook(Form1=sheet([head, *rows]))).tool == "unknown"


def test_a_zip_with_one_table_is_opened() -> None:
    raw = read(zipped(Wellbeing__csv=HEADER + ROWS, readme__pdf=b"%PDF"))
    assert (len(raw.cells), raw.encoding, raw.delimiter) == (12, None, ",")
    inside = zipped(Answers__xlsx=workbook(Data=sheet([["id", "team", "q1"], *people()])))
    assert len(read(inside).cells) == 9


def test_archives_that_cannot_be_used() -> None:
    assert "with 2 data files" in refused(zipped(a__csv=ROWS, b__csv=ROWS)).message
    assert "with 0 data files" in refused(zipped(a__png=b"x")).message
    assert "inside a zip archive" in refused(zipped(a__csv=zipped(b__csv=ROWS))).message
    assert refused(b"PK\x03\x04 broken").kind == "archive_unreadable"
    assert refused(zipped(word__xml=b"x").replace(b"word.xml", b"word/xml")).kind == "not_text"


def test_a_bomb_is_refused_before_it_goes_off() -> None:
    bomb = zipped(a__csv=HEADER + b"1,a,2,x\n" * 1_500_000)
    assert len(bomb) < 100_000
    start = time.process_time()
    refusal = refused(bomb, max_unpacked=10_000_000)
    assert time.process_time() - start < 0.5
    assert (refusal.kind, "12.0 MB (10.0 MB is the most)" in refusal.message) == ("archive_unreadable", True)


def test_a_workbook_that_lies_about_its_size_is_refused() -> None:
    content = workbook(Data=sheet([["id", "team", "q1"], *people()]))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        size = archive.getinfo("xl/worksheets/sheet1.xml").file_size
    lie = content.replace(struct.pack("<L", size), struct.pack("<L", 10))
    assert refused(lie).kind == "archive_unreadable"


def test_a_single_cell_far_out_does_not_fill_the_memory() -> None:
    rows = sheet([["id", "team", "q1"], *people()])
    far = rows.replace("</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    assert "16,384 columns and 1,048,576 rows" in refused(workbook(Data=far)).message


def test_locked_files() -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504
    locked = refused(ole + "EncryptedPackage".encode("utf-16-le"))
    assert locked.message == (
        "This file is protected with a password. Save a copy without it; please do not send us the password."
    )
    archive = bytearray(zipped(a__csv=ROWS))
    archive[archive.rindex(b"PK\x01\x02") + 8] |= 1
    assert refused(bytes(archive)).kind == "password_protected"
    assert refused(ole + "WordDocument".encode("utf-16-le")).kind == "not_text"
    assert refused(ole + "Workbook".encode("utf-16-le")).kind == "archive_unreadable"


def test_a_damaged_system_file() -> None:
    refusal = refused(b"$FL2@(#) SPSS DATA FILE" + b"\0" * 300)
    assert (refusal.kind, "a damaged SPSS file" in refusal.message) == ("not_text", True)


@pytest.mark.parametrize("columns", [5_000, 100_000])
def test_too_many_columns_is_said_quickly(columns: int) -> None:
    content = (",".join(f"c{n}" for n in range(columns)) + "\n" + (",".join("1" * columns) + "\n") * 10).encode()
    start = time.process_time()
    refusal = refused(content)
    assert time.process_time() - start < 2
    assert refusal.kind == "too_many_columns"
    assert refusal.message.startswith(f"{columns:,} columns and 10 rows. More than 2,000 columns usually means")
