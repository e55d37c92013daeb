"""Survey tools: each known by its documented signature, in small files made here."""

from __future__ import annotations

import pytest

from data.intake import read
from data.table import RawTable


def table(*lines: str) -> RawTable:
    return read("\n".join(lines).encode())


def names(raw: RawTable) -> list[str]:
    return [column.name for column in raw.columns]


QUALTRICS = (
    "StartDate,EndDate,Status,ResponseId,Q1_1,Team",
    'Anfang,Ende,Antworttyp,Antwort-ID,"Last weeks:\nchoose - How tired?",Team',
    '"{""ImportId"":""startDate"",""timeZone"":""Asia/Kolkata""}","{""ImportId"":""endDate""}","{""ImportId"":""status""}"'
    ',"{""ImportId"":""_recordId""}","{""ImportId"":""QID1_1""}","{""ImportId"":""Team""}"',
)
ANSWERS = tuple(f"2026-05-0{n} 10:00:00,2026-05-0{n} 10:05:00,0,R_2YPOQ602ER1jkf{n},{n % 5 + 1},A" for n in range(1, 9))


def test_qualtrics_with_three_header_records() -> None:
    raw = table(*QUALTRICS, *ANSWERS)
    assert (raw.tool, raw.header_rows, raw.timezone, len(raw.cells)) == ("qualtrics", 3, "Asia/Kolkata", 8)
    assert raw.columns[4].label == "Last weeks:\nchoose - How tired?"
    assert raw.columns[5].label == ""
    assert raw.lines[0] == 4


def test_qualtrics_without_the_identifiers_has_two_or_one() -> None:
    assert table(*QUALTRICS[:2], *ANSWERS).header_rows == 2
    only_keys = table(QUALTRICS[0], *ANSWERS)
    assert (only_keys.tool, only_keys.header_rows, len(only_keys.cells)) == ("qualtrics", 1, 8)


def test_legacy_qualtrics_with_a_trailing_comma() -> None:
    rows = (f"R_2YPOQ602ER1jkf{n},Set,0,{n}," for n in range(8))
    raw = table("V1,V2,V7,Q1,", "ResponseID,ResponseSet,Status,How tired?,", *rows)
    assert (raw.tool, raw.header_rows, len(raw.columns), len(raw.cells)) == ("qualtrics", 2, 5, 8)
    assert raw.columns[3].label == "How tired?"


def test_surveymonkey_joins_question_and_option() -> None:
    raw = table(
        "Respondent ID,Collector ID,Start Date,Which team?,,Which tools?,,Anything else?",
        ",,,Response,Other (please specify),E-mail,Phone,Open-Ended Response",
        *(f"11870{n},4,04/12/2026 10:15:32 AM,Sales,,E-mail,,no" for n in range(9)),
    )
    assert (raw.tool, raw.header_rows) == ("surveymonkey", 2)
    assert names(raw)[3:] == [
        "Which team?",
        "Which team? | Other (please specify)",
        "Which tools? | E-mail",
        "Which tools? | Phone",
        "Anything else?",
    ]


def test_surveymonkey_spelt_without_a_blank_and_without_a_collector() -> None:
    rows = (f"{n},Yes,Often" for n in range(9))
    raw = table("RespondentID,Have you seen it?,How tired?", ",Response,Response", *rows)
    assert (raw.tool, raw.header_rows, names(raw)[1]) == ("surveymonkey", 2, "Have you seen it?")


VV = (
    "Response ID\tDate\tLast\tLanguage\tHow {newline}tired?\tWhy?",
    "id\tsubmitdate\tlastpage\tstartlanguage\tPB_1\twhy",
    *(f"{n}\t1980-01-01 00:00:00\t4\ten\t{{question_not_shown}}\t{{quote}}x{{quote}} {{lbrace}}cr}}" for n in range(9)),
)


def test_limesurvey_vv_has_texts_over_keys_and_escapes() -> None:
    raw = table(*VV)
    assert (raw.tool, raw.header_rows, names(raw)[4]) == ("limesurvey", 2, "PB_1")
    assert raw.cells[4].iloc[0] == ""
    assert raw.cells[5].iloc[0] == '"x" {cr}'
    assert "not_shown_as_missing" in raw.warnings


def test_limesurvey_code_and_text_headings_keep_the_text_as_label() -> None:
    head = ",".join(f"sat[a{n}]. [I like part {n}]" for n in range(4))
    raw = table(head, *("4,5,3,2" for _ in range(9)))
    assert raw.tool == "limesurvey"
    assert (raw.columns[1].name, raw.columns[1].label) == ("sat[a1]. [I like part 1]", "[I like part 1]")


def test_kobo_with_and_without_a_tag_record() -> None:
    head = '"dept";"pb1";"_id";"_uuid";"_submission_time"'
    rows = [f'"a";"often";"{n}";"u{n}";"2026-01-10T04:11:02"' for n in range(9)]
    plain, tagged = table(head, *rows), table(head, '"#org+dept";"";"";"";""', *rows)
    assert (plain.tool, plain.header_rows, plain.timezone) == ("kobo", 1, "UTC")
    assert (tagged.tool, tagged.header_rows, len(tagged.cells)) == ("kobo", 2, 9)
    assert tagged.warnings == ("hxl_tag_row_skipped",)


@pytest.mark.parametrize(
    ("tool", "header", "row"),
    [
        (
            "typeform",
            "#,How tired?,Response Type,Start Date (UTC),Network ID",
            "ab12,Often,completed,2026-01-01 10:00:00,f",
        ),
        ("limesurvey", "id,submitdate,lastpage,startlanguage,PB[SQ001]", "3,1980-01-01 00:00:00,4,en,A5"),
        ("limesurvey", "Response ID,Date submitted,Last page,Start language,How tired?", "3,,4,en,Often"),
        ("redcap", "record_id,redcap_event_name,pb1", "1,base_arm_1,3"),
        ("redcap", "record_id,pb1,burnout_complete", "1,3,2"),
        ("viva_glint", "User e-mail,ENG1,ENG1_COMMENTS", "a@example.com,4,"),
        ("google_forms", "Horodatage inconnu,Équipe,Q", "2026/02/05 10:54:08 pm GMT+5:30,A,oui"),
        ("google_forms", "Zeitstempel,Team,Frage", "05.02.2026 10:54:08,A,oft"),
        (
            "microsoft_forms",
            "ID,Start time,Completion time,Email,Name,Q",
            "1,7/2/20 11:00:22,7/2/20 11:03:22,anonymous,,x",
        ),
        ("unknown", "Timestamped,Team,Q", "05.02.2026 10:54:08,A,x"),
    ],
)
def test_signatures(tool: str, header: str, row: str) -> None:
    raw = table(header, *[row] * 9)
    assert (raw.tool, raw.header_rows, len(raw.cells)) == (tool, 1, 9)


def test_one_row_per_answer_becomes_one_row_per_person() -> None:
    head = "employeeId,answerId,answerScore,answerComment,categoryId,questionId,questionText,Team"
    rows = [f"e{n // 2},{n},{n % 11},{'why' if n == 3 else ''},c,{'q1' if n % 2 else 'q2'},How?,T" for n in range(20)]
    raw = table(head, *rows)
    assert raw.tool == "peakon"
    assert names(raw) == ["employeeId", "Team", "q2", "q1", "q1_comment"]
    assert raw.cells.iloc[1].tolist() == ["e1", "T", "2", "3", "why"]
    assert raw.lines[:3] == (2, 4, 6)
    assert (len(raw.cells), raw.raw_records) == (10, 21)
