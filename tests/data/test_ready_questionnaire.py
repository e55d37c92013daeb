"""The ready questionnaire: complete, self-contained, and recognised without a question when it comes back."""

from __future__ import annotations

import csv
import io
from html.parser import HTMLParser

import pytest

from data import questionnaires
from data.intake import read
from data.ready_questionnaire import Setting, background, blocks, for_limesurvey, for_qualtrics, notice, page
from data.recognise import recognise
from tests.data.export_parts import separated

SETTING = Setting("Sample & Sons", "Asha in people services <asha>", teams=("Sales", "R & D"), least=10)
KNOWN = questionnaires.load()
N = 40


def test_every_question_of_both_questionnaires_is_asked_once_with_its_own_answers() -> None:
    asked = [item.id for block in blocks(SETTING) for item in block.items]
    assert sorted(asked) == sorted(item.id for key in ("EVK", "CBI") for item in KNOWN[key].items)
    for block in blocks(SETTING):
        assert {KNOWN[item.id[:3]].answer_sets[item.answers] for item in block.items} == {block.answers}
    assert not any("CB" in item.id[4:6] for block in blocks(Setting(with_clients=False)) for item in block.items)


def test_the_notice_says_what_for_what_never_and_whom_to_ask() -> None:
    told = " ".join(notice(SETTING))
    for said in ("Why we ask", "never shown", "fewer than 10 people", "Asha in people services", "no diagnosis"):
        assert said in told


def test_the_page_is_whole_well_formed_and_asks_nothing_from_outside() -> None:
    class Tags(HTMLParser):
        open: list[str] = []  # noqa: RUF012

        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            assert not {"src", "href"} & {name for name, _ in attrs}
            if tag != "meta":
                self.open.append(tag)

        def handle_endtag(self, tag: str) -> None:
            assert self.open.pop() == tag

    text = page(SETTING)
    Tags().feed(text)
    assert "Sample &amp; Sons" in text and "&lt;asha&gt;" in text and "http" not in text
    assert all(
        item.text.replace('"', "&quot;").replace("'", "&#x27;") in text for b in blocks(SETTING) for item in b.items
    )


def test_the_qualtrics_file_has_the_tags_of_its_advanced_format() -> None:
    lines = for_qualtrics(SETTING).split("\r\n\r\n")
    assert lines[0] == "[[AdvancedFormat]]"
    assert lines.count("[[Question:Matrix]]") == lines.count("[[Answers]]") == len(blocks(SETTING))
    assert "R & D" in lines and "[[ID:HOURS]]" in lines
    assert not any(line.startswith("[[") and not line.rstrip().endswith("]]") for line in lines)


def test_the_limesurvey_file_has_its_columns_and_codes() -> None:
    text = for_limesurvey(SETTING)
    assert text.startswith("\ufeffclass\ttype/scale\tname\trelevance\ttext")
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter="\t"))
    codes = [row["name"] for row in rows if row["class"] == "Q"]
    assert len(codes) == len(set(codes)) and all(code.isalnum() and code[0].isalpha() for code in codes)
    assert sum(row["class"] == "SQ" for row in rows) == sum(len(block.items) for block in blocks(SETTING))
    assert {row["text"] for row in rows if row["name"] == "anonymized"} == {"Y"}


@pytest.mark.parametrize("tool", ["qualtrics", "limesurvey"])
def test_what_comes_back_is_recognised_without_a_question(tool: str) -> None:
    columns: list[tuple[str, str, list[str]]] = []
    for question in background(SETTING):
        cells = [question.options[n % len(question.options)] if question.options else str(36 + n % 9) for n in range(N)]
        columns.append((question.code, question.text, cells))
    for block in blocks(SETTING):
        for row, item in enumerate(block.items, start=1):
            cells = [block.answers[(n + row) % len(block.answers)] for n in range(N)]
            text = f"{block.intro} - {item.text}" if tool == "qualtrics" else f"{block.intro} [{item.text}]"
            columns.append((f"{block.code}_{row}", text, cells))
    if tool == "qualtrics":
        ids = [f'{{"ImportId":"QID{n}"}}' for n in range(len(columns))]
        heads = [[code for code, _, _ in columns], [text for _, text, _ in columns], ids]
    else:
        meta = [("id", [str(n) for n in range(N)]), ("submitdate", ["2026-05-01 10:00:00"] * N)]
        meta += [("lastpage", ["7"] * N), ("startlanguage", ["en"] * N)]
        columns = [(name, name, cells) for name, cells in meta] + columns
        heads = [[text for _, text, _ in columns]]
    rows = [list(row) for row in zip(*(cells for _, _, cells in columns), strict=True)]
    found = recognise(read(separated(heads + rows).encode()), KNOWN)
    assert (
        found.instruments == {"CBI": len(KNOWN["CBI"].items), "EVK": len(KNOWN["EVK"].items)} and found.questions == ()
    )
    assert [column.role for column in found.columns if column.role in ("segment", "number")] == ["segment"] * 4 + [
        "number"
    ]
    assert next(column for column in found.columns if column.role == "number").item == "hours"
    assert "team" in next(column.label or column.name for column in found.columns if column.why == "unit")
