"""Text files: encoding, delimiter, header, and which records are people."""

from __future__ import annotations

from dataclasses import fields

import pytest

from data.intake import Limits, read
from data.intake.limits import SETTINGS
from data.records import NotPossible
from data.table import RawTable, Refused

HEADER = "id,team,q1,note\n"
ROWS = "".join(f"{n},Team {n % 3},{n % 5 + 1},x\n" for n in range(1, 13))
ACCENTS = "".join(f"{n},Réception,{n % 5 + 1},à côté\n" for n in range(1, 13))


def table(text: str | bytes, name: str = "", **limits: int) -> RawTable:
    content = text.encode() if isinstance(text, str) else text
    return read(content, name, limits=Limits(**limits))


def refused(content: str | bytes, **limits: int) -> Refused:
    with pytest.raises(Refused) as caught:
        table(content, **limits)
    return caught.value


def names(raw: RawTable) -> list[str]:
    return [column.name for column in raw.columns]


def kinds(raw: RawTable) -> dict[int, str]:
    return {row.line: row.kind for row in raw.set_aside}


def test_a_plain_file_stays_text() -> None:
    raw = table("code,team,q1\n" + "007,NA,1-5\n" + "008,None,null\n")
    assert raw.cells.to_numpy().tolist() == [["007", "NA", "1-5"], ["008", "None", "null"]]
    assert list(raw.cells.columns) == [0, 1, 2]
    assert raw.lines == (2, 3)
    assert (raw.tool, raw.encoding, raw.delimiter, raw.header_rows, raw.raw_records) == ("unknown", "utf-8", ",", 1, 3)


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ((HEADER + ROWS).encode(), "utf-8"),
        ((HEADER + ACCENTS).encode("utf-8-sig"), "utf-8-sig"),
        ((HEADER + ACCENTS).encode("utf-16"), "utf-16"),
        ((HEADER + ACCENTS).encode("utf-16-le"), "utf-16-le"),
        ((HEADER + ACCENTS).encode("utf-16-be"), "utf-16-be"),
        ((HEADER + ACCENTS).encode("cp1252"), "cp1252"),
        ((HEADER + ACCENTS).replace("\n", "\r").encode("mac_roman"), "mac_roman"),
        ((HEADER + ACCENTS).encode().decode("cp1252").encode(), "utf-8 (double)"),
    ],
)
def test_encodings(content: bytes, encoding: str) -> None:
    raw = table(content)
    assert raw.encoding == encoding
    assert raw.cells.shape == (12, 4)
    if b"eception" not in content:
        assert raw.cells[1].iloc[0] in ("Réception", "Team 1")
        assert raw.cells[3].iloc[0] in ("à côté", "x")


def test_two_encodings_in_one_file() -> None:
    raw = table((HEADER + ACCENTS).encode("utf-8-sig") + "13,Größe,3,ok\n".encode("cp1252"))
    assert raw.encoding == "mixed utf-8-sig + cp1252"
    assert raw.cells[1].iloc[[0, 12]].tolist() == ["Réception", "Größe"]
    assert "mixed_encoding_repaired" in raw.warnings
    assert any("1 line was converted" in note for note in raw.notes)


def test_a_word_that_only_looks_encoded_twice_is_left_alone() -> None:
    raw = table("id,team\n1,AMANHÃ”\n2,São\n3,Ação\n4,Não\n")
    assert raw.encoding == "utf-8"
    assert raw.cells[1].iloc[0] == "AMANHÃ”"


def test_zero_bytes_are_removed_and_said() -> None:
    raw = table((HEADER + ROWS).replace("Team 1", "Team 1\0\0").encode() + b"\0" * 60)
    assert raw.cells.shape == (12, 4)
    assert raw.warnings == ("nul_bytes_removed",)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiters_with_the_others_inside_quotes(delimiter: str) -> None:
    cell = '"a, b; c\td | e\nsecond line"'
    rows = "".join(delimiter.join([str(n), cell, "4"]) + "\n" for n in range(12))
    raw = table(delimiter.join(["id", "note, if any", "q1"]).replace("note, if any", '"note, if any"') + "\n" + rows)
    assert raw.delimiter == delimiter
    assert names(raw) == ["id", "note, if any", "q1"]
    assert set(raw.cells[1]) == {"a, b; c\td | e\nsecond line"}


def test_a_separator_line_is_taken_at_its_word() -> None:
    raw = table("sep=;\r\n" + (HEADER + ROWS).replace(",", ";"))
    assert (raw.tool, raw.delimiter, raw.raw_records, raw.lines[0]) == ("excel_csv", ";", 14, 3)


def test_lines_quoted_as_a_whole_are_opened() -> None:
    raw = table(HEADER + "".join(f'"{n},""Team, {n % 3}"",4,x"\n' for n in range(12)))
    assert raw.cells.iloc[4].tolist() == ["4", "Team, 1", "4", "x"]


def test_quotes_after_a_blank_are_quotes() -> None:
    raw = table("id, team, q1\n" + "".join(f'{n}, "Team, {n % 3}", "3"\n' for n in range(12)))
    assert raw.cells.iloc[4].tolist() == ["4", "Team, 1", "3"]


def test_rows_that_do_not_fit_are_listed_and_never_shifted() -> None:
    raw = table(HEADER + ROWS + "13,Team 1\n" + "14,Team 2,4,too, many\n" + "15,Team 2,4,x,\n" + "\n16,Team 1,3,x\n")
    assert kinds(raw) == {14: "too_few_cells_padded", 15: "too_many_cells"}
    assert raw.cells.iloc[12].tolist() == ["13", "Team 1", "", ""]
    assert raw.lines[-3:] == (14, 16, 18)
    assert raw.set_aside[0].cells == ("14", "Team 2", "4", "too", " many")
    assert {"long_rows_set_aside", "short_rows_padded"} <= set(raw.warnings)
    assert raw.raw_records == 17


def test_a_broken_first_row_does_not_become_the_header() -> None:
    raw = table(HEADER + "1,a, b, c, d, e, f, g,2,x\n" + ROWS)
    assert names(raw) == ["id", "team", "q1", "note"]
    assert kinds(raw) == {2: "too_many_cells"}


def test_preamble_totals_footer_and_repeated_header_are_no_people() -> None:
    raw = table(
        "Wellbeing survey,,,\nDate: 4 May,,,\n\n" + HEADER + ROWS + HEADER + ",,,\nAverage,,3.1,\nConfidential,,,\n"
    )
    assert len(raw.cells) == 12
    assert kinds(raw) == {17: "repeated_header", 19: "summary_or_footer", 20: "summary_or_footer"}
    assert set(raw.warnings) == {"preamble_skipped", "repeated_header_removed", "summary_rows_excluded"}
    assert raw.lines[0] == 5


@pytest.mark.parametrize("word", ["Total", "Mean", "कुल", "Durchschnitt", "Total responses: 12"])
def test_summary_words(word: str) -> None:
    assert kinds(table(HEADER + ROWS + f"{word},,3.5,\n")) == {14: "summary_or_footer"}


@pytest.mark.parametrize("others", ["Team 1,4,x", "4,4,4"])
def test_the_answer_average_is_a_person(others: str) -> None:
    rows = "".join(f"{('Average', 'Good', 'Poor')[n % 3]},{others}\n" for n in range(12))
    raw = table("rating,b,c,d\n" + rows)
    assert len(raw.cells) == 12
    assert not raw.set_aside


def test_a_person_who_gave_only_the_team_stays() -> None:
    rows = "".join(f"Team {n % 3},{n % 5 + 1},2,3\n" for n in range(12))
    raw = table("team,q1,q2,q3\n" + rows + "Team 1,,,\nEnd of report,,,\n")
    assert len(raw.cells) == 13
    assert kinds(raw) == {15: "summary_or_footer"}


def test_a_person_who_only_wrote_a_comment_stays() -> None:
    raw = table("team,q1,q2,q3,note\n" + "T1,1,2,3,\n" * 12 + ",,,,More quiet rooms please\n")
    assert len(raw.cells) == 13


def test_a_header_of_numbers_is_a_header() -> None:
    raw = table("team,1,2,3,4,5\n" + "".join(f"T{n % 3},often,never,often,never,often\n" for n in range(12)))
    assert names(raw) == ["team", "1", "2", "3", "4", "5"]
    assert len(raw.cells) == 12


def test_names_that_occur_twice_or_not_at_all() -> None:
    raw = table("a,a,a (2),b,\n" + "1,2,3,4,5\n" * 12)
    assert names(raw) == ["a", "a (3)", "a (2)", "b", "Column 5"]
    assert raw.columns[1].label == "a"
    assert "duplicate_headers_renamed" in raw.warnings


def test_row_names_without_a_column_name_of_their_own() -> None:
    raw = table("team,q1,q2\n" + "".join(f"{n},T{n % 3},4,5\n" for n in range(1, 13)))
    assert names(raw) == ["Column 1", "team", "q1", "q2"]


def test_trailing_blanks_that_an_editor_dropped() -> None:
    raw = table("id,team,q1,q2,q3,q4,q5,note\n" + "".join(f"{n},T{n % 3}{',3' * (n % 6)}\n" for n in range(30)))
    assert len(raw.cells) == 30
    assert len(raw.set_aside) == 30


def test_a_very_long_cell_is_cut_and_said() -> None:
    raw = table(HEADER + ROWS + "13,T,2," + "y" * 40 + "\n", max_cell=30)
    assert raw.cells[3].iloc[-1] == "y" * 30
    assert any("very long cell" in note for note in raw.notes)


@pytest.mark.parametrize(
    ("content", "kind", "words"),
    [
        (b"", "empty_file", "no column names and no answers"),
        (b"\xef\xbb\xbf\r\n \n", "empty_file", "This file is empty"),
        (b",,,\n,,,\n", "empty_file", "This file is empty"),
        (HEADER.encode(), "no_rows", "There are 4 column names but no answers below them. Was a filter on"),
        ((HEADER + "1,a,2,x\n").encode(), "too_few_rows", "Only 1 answer. Below 8 people any chart would show"),
        (
            b"%PDF-1.7 \n1 0 obj",
            "not_text",
            "This is a PDF document; we read csv, tsv, txt, xlsx, xls, ods, sav",
        ),
        (bytes(range(256)) * 20, "not_text", "This is a binary file; we read csv"),
        (b"Dear all,\nthis is a letter.\nIt has lines.\nBye\n", "not_text", "a text without columns; we read csv"),
        (b"\xef\xbb\xbf <!DOCTYPE HTML><table>", "html_as_xls", 'save it as "Excel workbook (.xlsx)"'),
        ("<html>".encode("utf-16"), "html_as_xls", "This is a web page saved with the ending .xls."),
        (b"\x1f\x8b\x08" + b"\0" * 50, "archive_unreadable", "This is a gzip archive; we read"),
        (
            b"Q1. How?\nAnswer Choices,Responses,\nGood,40%,4\nBad,60%,6\n",
            "aggregated_not_raw",
            "In SurveyMonkey choose",
        ),
    ],
)
def test_refusals(content: bytes, kind: str, words: str) -> None:
    refusal = refused(content)
    assert refusal.kind == kind
    assert words in refusal.message


def test_limits_are_named_with_both_numbers() -> None:
    assert refused(HEADER + ROWS, max_bytes=100).kind == "too_large"
    assert "12 rows; 10 rows is the most" in refused(HEADER + ROWS, max_rows=10).message
    wide = refused("a,b,c,d\n" + "1,2,3,4\n" * 9, max_columns=3)
    assert wide.message.startswith("4 columns and 9 rows. More than 3 columns usually means one column per answer")


def test_a_script_may_read_more_than_a_browser() -> None:
    assert Limits.for_script().max_rows > Limits().max_rows


def test_an_operator_sets_the_limits() -> None:
    given = Limits().as_set({"EVENKEEL_MAX_ROWS": " 10 ", "EVENKEEL_MAX_COLUMNS": "", "PATH": "/bin"})
    assert given == Limits(max_rows=10)
    with pytest.raises(Refused, match="12 rows; 10 rows is the most"):
        read((HEADER + ROWS).encode(), "survey.csv", limits=given)
    for wrong in ("0", "-5", "many", "1e6"):
        with pytest.raises(NotPossible, match="EVENKEEL_MAX_CELL should be a whole number of 1 or more"):
            Limits().as_set({"EVENKEEL_MAX_CELL": wrong})


def test_every_limit_of_a_file_is_a_setting() -> None:
    assert set(SETTINGS.values()) == {field.name for field in fields(Limits) if field.name.startswith("max_")}


def test_a_file_without_column_names_loses_no_row() -> None:
    rows = [f"2026-05-0{n} 10:00:00,p{n}@example.org,{n % 5 + 1},{n % 3 + 1}" for n in range(1, 10)]
    raw = read("\n".join(rows).encode())
    assert (raw.header_rows, len(raw.cells), raw.lines[0]) == (0, 9, 1)
    assert [column.name for column in raw.columns] == [f"Column {n}" for n in range(1, 5)]
    assert "column_names_missing" in raw.warnings


def test_numbers_may_name_columns_when_they_are_all_different() -> None:
    raw = read(b"team,1,2,3,4,5\n" + b"a,5,4,3,2,1\n" * 9)
    assert (raw.header_rows, [column.name for column in raw.columns][1:]) == (1, list("12345"))
