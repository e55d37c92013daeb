"""The fast way gives exactly what the careful way gives, cell by cell, or nothing."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import intake
from data.assemble import assemble
from data.intake import Limits, dialect, encoding, fast, table
from data.questionnaires import load
from data.recipe import Recipe
from data.recognise import recognise
from data.table import RawTable, Refused
from tests.data.commercial_tools import google, qualtrics, surveymonkey
from tests.data.export_parts import separated, texts
from tests.data.invented_survey import invented
from tests.data.mutations import mutated, sources
from tests.data.open_tools import kobo, limesurvey

LIMITS = Limits.for_script()
SOURCES = {name: content for name, content in sources().items() if name.endswith(("csv", "tsv"))}


def careful(content: bytes) -> RawTable:
    return table.build(dialect.split(encoding.decode(content)), "0", LIMITS)


def same(quick: RawTable, slow: RawTable) -> None:
    assert list(quick.cells.columns) == list(slow.cells.columns)
    for column in slow.cells.columns:
        assert quick.cells[column].tolist() == slow.cells[column].tolist(), column
    assert replace(quick, cells=slow.cells) == slow


def is_quick(content: bytes) -> bool:
    """Compare both ways; whether the fast one dared to read the file."""
    quick = fast.read(content, "", "0", LIMITS)
    if quick is None:
        return False
    same(quick, careful(content))
    return True


WIDE = invented(400, seed=3)
CLEAN = {
    "one header record": separated(texts(google(WIDE))),
    "every cell quoted": separated(texts(kobo(WIDE, labels=True)), ";", every=True),
    "three header records": separated(texts(qualtrics(WIDE))),
    "two header records": separated(texts(surveymonkey(WIDE))),
    "tabs": separated(texts(limesurvey(WIDE, heading="text", full=True)), "\t", end="\n"),
}


@pytest.mark.parametrize("name", CLEAN)
def test_clean_files_are_read_the_fast_way(name: str) -> None:
    assert is_quick(CLEAN[name].encode())
    assert is_quick(CLEAN[name].encode("utf-8-sig"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\n", "\n\n"),
        ("Sales", "Sales,,,,"),
        ("Sales", "S\u0085"),
        ("Sales", "Vertrieb RÃ©ception"),
        ("Sales", '"Sales"s'),
    ],
)
def test_files_that_are_not_clean_are_left_to_the_careful_way_or_read_alike(old: str, new: str) -> None:
    head, _, body = CLEAN["two header records"].partition("\r\n")
    is_quick((head + "\r\n" + body.replace(old, new, 3)).encode())


@pytest.mark.parametrize("line", ["Total,,,,", "Average", ",,,,", "Wave ends here,,,,", "1,2", "Team,a,b,c,d"])
def test_a_row_that_is_no_person_is_left_to_the_careful_way(line: str) -> None:
    rows = [f"T{n % 7},{n % 5},{n % 3},x{n},y" for n in range(500)]
    rows.insert(300, line)
    content = "\n".join(["Team,a,b,c,d", *rows]).encode()
    assert not is_quick(content)
    assert len(careful(content).lines) + len(careful(content).set_aside) >= 500


def test_a_team_called_total_rewards_is_a_team() -> None:
    rows = [f"{('Total rewards', 'Sales')[n % 2]},{n % 5},{n % 3},x{n},y" for n in range(500)]
    assert is_quick("\n".join(["Team,a,b,c,d", *rows]).encode())


def test_the_wave_is_the_same_whichever_way_was_taken() -> None:
    content = CLEAN["one header record"].encode()
    waves = []
    for raw in (fast.read(content, "", "0", LIMITS), careful(content)):
        assert raw is not None
        recognition = recognise(raw, load())
        waves.append(assemble(raw, recognition, Recipe(), None, "S", "W", False, b"salt"))
    quick, slow = waves
    assert quick.wave.answers.equals(slow.wave.answers) and quick.wave.segments.equals(slow.wave.segments)
    assert quick.wave.numbers.equals(slow.wave.numbers) and quick.wave.tree == slow.wave.tree
    assert quick.recipe == slow.recipe and quick.report == slow.report
    assert quick.respondent is None or quick.respondent.tolist() == slow.respondent.tolist()


def test_columns_of_very_many_texts_are_kept_as_they_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "_MOST_TEXTS", 50)
    monkeypatch.setattr(fast, "_BLOCK", 4_000)
    assert is_quick(CLEAN["three header records"].encode())


def test_the_front_door_takes_the_fast_way_for_long_files(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fast, "FROM_BYTES", 1)
    raw = intake.read(CLEAN["one header record"].encode(), "survey.csv")
    assert raw.cells.dtypes.iloc[2] == "category"


@pytest.mark.skipif(not SOURCES, reason="the shared corpus of survey files is not beside this repository")
@pytest.mark.parametrize("times", [50, pytest.param(400, marks=pytest.mark.long)])
def test_real_files_and_their_mutations_are_read_alike(times: int) -> None:
    read = sum(is_quick(content) for content in SOURCES.values())
    assert read >= 5
    chance = random.Random("fast")
    for n in range(times):
        content = mutated(SOURCES[sorted(SOURCES)[n % len(SOURCES)]], chance)
        try:
            is_quick(content)
        except Refused as refusal:
            raise AssertionError(f"the careful way refuses mutation {n}: {refusal.kind}") from None


CELL = st.one_of(
    st.sampled_from(["", " ", "1", "Agree", '"', '""', 'a"b', '"a"', "x\ny", "x\r", "Total", "é", "a,b", "#", "'"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.lists(CELL, min_size=3, max_size=3), min_size=3, max_size=8),
    st.sampled_from(",;\t"),
    st.booleans(),
    st.sampled_from(["\n", "\r\n"]),
)
def test_any_table_is_read_alike(rows: list[list[str]], delimiter: str, quoted: bool, end: str) -> None:
    lines = [["one", "two", "three"], *rows]
    text = separated(lines, delimiter, end=end) if quoted else end.join(delimiter.join(row) for row in lines)
    try:
        is_quick(text.encode())
    except Refused as refusal:
        raise AssertionError(f"the careful way refuses what the fast way reads: {refusal.kind}") from None
