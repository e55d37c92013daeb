"""What the confirm screen makes of an analyst's choices."""

from __future__ import annotations

from datetime import datetime

import pytest

from pages.common import confirm, held

COLUMNS = [
    {"name": "Mail", "label": "", "role": "pii", "scale": None, "sure": True, "why": ""},
    {"name": "Team", "label": "", "role": "segment", "scale": None, "sure": True, "why": "unit"},
    {"name": "Site", "label": "", "role": "segment", "scale": None, "sure": True, "why": ""},
    {"name": "Q1", "label": "Tired?", "role": "item", "scale": "CBI.PB1", "sure": True, "why": ""},
    {"name": "Q2", "label": "Worn?", "role": "item", "scale": None, "sure": False, "why": ""},
]
QUESTION = {"key": "direction", "text": "What does 1 mean?", "options": [["low_first", "never"]]}


def upload(name="survey.csv", questions=()):
    return held.Upload(name, b"", {"columns": COLUMNS, "questions": list(questions)})


def test_nothing_changed_gives_an_empty_recipe():
    assert upload().recipe() == {"evenkeel_recipe": 1, "answers": {}, "roles": {}}


def test_a_changed_role_is_seen_on_the_screen_and_in_the_recipe():
    changed = upload()
    changed.roles["Q2"] = "drop"
    assert changed.recipe()["roles"] == {"Q2": "drop"}
    assert [column["role"] for column in changed.columns][-1] == "drop"


def test_the_button_waits_for_every_answer():
    asked = upload(questions=[QUESTION])
    assert asked.open == ["direction"]
    asked.answers["direction"] = "low_first"
    assert asked.open == []
    assert asked.recipe()["answers"] == {"direction": "low_first"}


def test_teams_may_come_from_another_column():
    moved = upload()
    moved.unit = "Site"
    assert moved.recipe()["unit"] == "Site"


def test_a_scale_of_ones_own_is_in_the_recipe():
    named = upload()
    named.custom.append({"id": "custom.tired", "title": "Tired", "role": "burnout", "columns": ["Q2"], "reversed": []})
    assert named.recipe()["custom"][0]["columns"] == ["Q2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Pulse_Autumn-2025.csv", "Autumn 2025"), ("q3 2026.xlsx", "Q3 2026"), ("export.csv", "November 2026")],
)
def test_a_wave_gets_a_first_name(name, expected):
    assert confirm.default_wave(upload(name), datetime(2026, 11, 24)) == expected


WAVES = {
    "key": "wave",
    "text": '"Year" splits this file into 2 waves. Which one is this?',
    "options": [["2024", "2024 (59 rows)"], ["2025", "2025 (1,060 rows)"], ["all", "They are no waves"]],
}


def test_every_wave_of_a_file_is_kept_without_a_question():
    several = upload(questions=[WAVES])
    assert several.open == [] and several.parts == [("2024", "2024"), ("2025", "2025")]
    assert several.recipe()["answers"] == {"wave": "2025"}
    several.only = "all"
    assert several.recipe()["answers"] == {"wave": "all"}


def test_what_is_said_now_goes_over_what_was_said_last_time():
    recipe = {
        "evenkeel_recipe": 1,
        "columns": [{"name": "Q1", "role": "item", "levels": 5, "codes": {"often": 4}}],
        "roles": {"Q2": "drop", "Site": "drop"},
        "answers": {"direction": "low_first"},
        "merges": {"Team": {"HR ": "HR"}},
        "exclusions": ["speeder"],
        "country": "IN",
    }
    seen = {"columns": COLUMNS, "questions": [], "recalled": {"recipe": recipe}}
    again = held.received("next.csv", b"", seen, 8)
    assert (again.exclusions, again.country) == (["speeder"], "IN")
    again.roles["Site"] = "segment"
    again.exclusions = []
    again.accepted.append({"roles": {}, "merges": {"Team": {"Hr.": "HR"}}})
    again.values["Q1"] = {"offten": 4}
    again.repairs = {"7": {"Team": "HR"}}
    made = again.recipe()
    assert made["roles"] == {"Q2": "drop", "Site": "segment"} and "exclusions" not in made
    assert made["merges"] == {"Team": {"HR ": "HR", "Hr.": "HR"}} and made["answers"] == {"direction": "low_first"}
    assert made["columns"][0]["codes"] == {"often": 4, "offten": 4} and made["repairs"] == {"7": {"Team": "HR"}}
