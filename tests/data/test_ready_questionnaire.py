"""The ready questionnaire: complete, self-contained, and recognised without a question when it comes back."""

from __future__ import annotations

import csv
import io
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import main
from data import questionnaires
from data.intake import read
from data.questionnaire_files import LIMESURVEY, QUALTRICS, files, for_limesurvey, for_qualtrics
from data.ready_questionnaire import Setting, blocks, notice, page
from data.recognise import recognise
from tests.data.export_parts import separated

SETTING = Setting("Sample & Sons", "Asha in people services <asha>", teams=("Sales", "R & D"), least=10, country="IN")
KNOWN = questionnaires.load()
N = 40
Column = tuple[str, str, list[str]]  # the code of a question, its text as exported, its answers to choose from


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
    for said in ("Digital Personal Data Protection Act, 2023", "consent", "erased", "Data Protection Board of India"):
        assert said in told
        assert said not in " ".join(notice(Setting()))


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


def questions_of_qualtrics(text: str) -> list[tuple[str, dict[str, list[str]]]]:
    """The questions of a file in Qualtrics' advanced format: kind, and the lines of each of their parts."""
    head, *parts = text.rstrip("\r\n").split("\r\n\r\n")
    assert head == "[[AdvancedFormat]]"
    found = []
    for part in parts:
        first, *lines = part.split("\r\n")
        if block := re.fullmatch(r"\[\[Block:([^\[\]]+)\]\]", first):
            assert block[1] and not lines
            continue
        kind = re.fullmatch(r"\[\[Question:(DB|Matrix|TE:SingleLine|MC:SingleAnswer:Vertical)\]\]", first)
        assert kind is not None, first
        cut: dict[str, list[str]] = {"text": []}
        name = "text"
        for line in lines:
            if tag := re.fullmatch(r"\[\[(ID:\w{1,20}|Choices|Answers)\]\]", line):
                name = tag[1] if not tag[1].startswith("ID:") else "text"
                cut |= {"ID": [tag[1][3:]]} if tag[1].startswith("ID:") else {name: []}
            else:
                assert line.strip() and "[[" not in line
                cut[name].append(line)
        assert len(cut["text"]) == 1
        found.append((kind[1], cut))
    return found


def exported_by_qualtrics(setting: Setting) -> list[Column]:
    """The columns that Qualtrics exports of the questionnaire it imported: a matrix row is named "text - row"."""
    columns: list[Column] = []
    for kind, parts in questions_of_qualtrics(for_qualtrics(setting)):
        (code,), (text,) = parts["ID"], parts["text"]
        if kind == "Matrix":
            rows = enumerate(parts["Choices"], start=1)
            columns += [(f"{code}_{row}", f"{text} - {words}", parts["Answers"]) for row, words in rows]
        elif kind != "DB":
            columns.append((code, text, parts.get("Choices", [str(hours) for hours in range(36, 45)])))
    return columns


def exported_by_limesurvey(setting: Setting) -> list[Column]:
    """The columns that LimeSurvey exports, with full texts: a row of an array is named "text [row]"."""
    rows = list(csv.DictReader(io.StringIO(for_limesurvey(setting)[1:]), delimiter="\t"))
    columns: list[Column] = []
    for at, row in enumerate(rows):
        if row["class"] != "Q":
            continue
        mine = []
        for below in rows[at + 1 :]:
            if below["class"] not in ("SQ", "A"):
                break
            mine.append(below)
        answers = [one["text"] for one in mine if one["class"] == "A"] or [str(hours) for hours in range(36, 45)]
        parts = [one for one in mine if one["class"] == "SQ"]
        columns += [(f"{row['name']}_{one['name']}", f"{row['text']} [{one['text']}]", answers) for one in parts]
        columns += [] if parts else [(row["name"], row["text"], answers)]
    return columns


EXPORTS = {"qualtrics": exported_by_qualtrics, "limesurvey": exported_by_limesurvey}


def levels(text: str, place: int, people: int) -> list[int]:
    """Answers from 0 to 4 of people who mean the same by all questions of a kind, also by those that are reversed."""
    turned = any(
        one.reversed for instrument in KNOWN.values() for one in instrument.items if one.text and one.text in text
    )
    plain = [(n + (n * (place + 3) % 7 == 0)) % 5 for n in range(people)]
    return [4 - level for level in plain] if turned else plain


def filled_in(tool: str, setting: Setting, people: int = N) -> bytes:
    """The CSV that a tool hands out after people answered."""
    columns = [
        (code, text, [answers[level % len(answers)] for level in levels(text, place, people)])
        for place, (code, text, answers) in enumerate(EXPORTS[tool](setting))
    ]
    if tool == "qualtrics":
        ids = [f'{{"ImportId":"QID{n}"}}' for n in range(len(columns))]
        heads = [[code for code, _, _ in columns], [text for _, text, _ in columns], ids]
    else:
        meta = [("id", [str(n) for n in range(people)]), ("submitdate", ["2026-05-01 10:00:00"] * people)]
        meta += [("lastpage", ["7"] * people), ("startlanguage", ["en"] * people)]
        columns = [(name, name, cells) for name, cells in meta] + columns
        heads = [[text for _, text, _ in columns]]
    rows = [list(row) for row in zip(*(cells for _, _, cells in columns), strict=True)]
    return separated(heads + rows).encode()


def test_the_limesurvey_file_has_its_columns_and_codes() -> None:
    text = for_limesurvey(SETTING)
    assert text.startswith("\ufeffclass\ttype/scale\tname\trelevance\ttext")
    rows = list(csv.DictReader(io.StringIO(text[1:]), delimiter="\t"))
    codes = [row["name"] for row in rows if row["class"] == "Q"]
    assert len(codes) == len(set(codes)) and all(code.isalnum() and code[0].isalpha() for code in codes)
    assert all(len(row["name"]) <= {"Q": 20, "SQ": 20, "A": 5}.get(row["class"], 200) for row in rows)
    assert {row["type/scale"] for row in rows if row["class"] == "Q"} == {"L", "N", "F"}
    assert sum(row["class"] == "SQ" for row in rows) == sum(len(block.items) for block in blocks(SETTING))
    assert {row["text"] for row in rows if row["name"] == "anonymized"} == {"Y"}
    assert "&lt;asha&gt;" in text and "<asha>" not in text


def test_a_team_with_the_signs_of_a_tag_or_of_a_line_breaks_nothing() -> None:
    odd = Setting(teams=("[[Question:MC]]", "Two\r\n\r\nlines", "Tab\there"))
    choices = next(
        parts["Choices"] for _, parts in questions_of_qualtrics(for_qualtrics(odd)) if parts["ID"] == ["TEAM"]
    )
    assert choices == ["[Question:MC]", "Two lines", "Tab here"]
    assert exported_by_limesurvey(odd)[0][2] == choices


@pytest.mark.parametrize("tool", EXPORTS)
def test_what_comes_back_is_recognised_without_a_question(tool: str) -> None:
    found = recognise(read(filled_in(tool, SETTING)), KNOWN)
    assert found.instruments == {"CBI": len(KNOWN["CBI"].items), "EVK": len(KNOWN["EVK"].items)}
    assert found.questions == () and not found.problems
    kinds = [column.role for column in found.columns if column.role in ("segment", "number")]
    assert kinds == ["segment"] * 4 + ["number"]
    assert next(column for column in found.columns if column.role == "number").item == "hours"
    assert "team" in next(column.label or column.name for column in found.columns if column.why == "unit")


def test_the_command_writes_what_a_tool_hands_back_and_keeping_it_asks_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))
    argv = ["questionnaire", "--out", str(tmp_path / "made"), "--organisation", "Sample & Sons", "--team", "Sales"]
    done = CliRunner().invoke(main, [*argv, "--team", "R & D", "--country", "IN", "--k", "10"])
    assert done.exit_code == 0, done.output
    setting = Setting("Sample & Sons", "", ("Sales", "R & D"), least=10, country="IN")
    assert {file.name: file.read_bytes() for file in (tmp_path / "made").iterdir()} == files(setting)
    assert {QUALTRICS, LIMESURVEY} < set(files(setting))
    for tool in EXPORTS:
        (tmp_path / "answers.csv").write_bytes(filled_in(tool, setting, 60))
        done = CliRunner().invoke(main, ["keep", str(tmp_path / "answers.csv"), "--survey", "S", "--wave", tool])
        assert done.exit_code == 0 and '"rows": 60' in done.output, done.output
