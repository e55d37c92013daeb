"""Files with several waves in them: seen, asked about, and split without losing a row."""

from __future__ import annotations

from data import questionnaires
from data.assemble import assemble, open_questions
from data.intake import read
from data.recipe import Recipe
from data.recognise import recognise
from tests.data.export_parts import separated, texts
from tests.data.invented_survey import invented
from tests.data.open_tools import redcap
from tests.data.recognise_tables import AGREE, OFTEN, seen, turning

N = 24
TEXTS = ("How often do you feel tired?", "How often are you physically exhausted?", "How often do you feel worn out?")
ITEMS = {text: turning(OFTEN, N, 1 + place, place) for place, text in enumerate(TEXTS)}


def wave_question(columns):  # type: ignore[no-untyped-def]
    return next((question for question in seen(columns).questions if question.key == "wave"), None)


def test_a_wave_column_is_asked_about_with_its_rows() -> None:
    asked = wave_question({"Wave": ["Spring"] * 10 + ["Autumn"] * 14, **ITEMS})
    assert [option for option, _ in asked.options] == ["Spring", "Autumn", "all"]
    assert "2 waves" in asked.text and asked.options[1][1] == "Autumn (14 rows)"


def test_one_wave_is_no_question() -> None:
    assert wave_question({"Wave": ["Spring"] * N, **ITEMS}) is None


def test_a_year_tells_waves_apart_only_where_people_come_again() -> None:
    years = ["2025"] * 12 + ["2026"] * 12
    keys = [f"K{n % 12}" for n in range(N)]
    assert wave_question({"Key": keys, "Year": years, **ITEMS}).text.count("12 people answered more than once")
    assert wave_question({"Key": [f"K{n}" for n in range(N)], "Year": years, **ITEMS}) is None


def test_events_of_a_redcap_file_become_waves_and_no_row_is_lost() -> None:
    survey = invented(40)
    raw = read(separated(texts(redcap(survey, labels=True, events=2))).encode())
    recognition = recognise(raw, questionnaires.load())
    assert "several_waves_per_respondent" in recognition.warnings
    assert "duplicate_respondent" not in recognition.flags
    assert [question.key for question in open_questions(recognition, Recipe())] == ["wave"]
    sizes = {}
    for wave in ("Baseline", "Follow-up", "all"):
        made = assemble(raw, recognition, Recipe(answers={"wave": wave}), None, "Survey", wave, False, b"")
        assert not made.problems.blocking and made.excluded == ()
        sizes[wave] = len(made.wave)
        assert made.report["rows"].get("other_waves", 0) == 40 - len(made.wave)
    assert sizes == {"Baseline": 20, "Follow-up": 20, "all": 40}


def test_a_rating_called_session_is_no_wave() -> None:
    assert wave_question({"Session": turning(AGREE, N), **ITEMS}) is None
