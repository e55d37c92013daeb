"""The confirm screen on files with broken rows and with several waves: set right, kept in order, or not at all."""

from __future__ import annotations

import numpy as np
import pytest

from data.store import Store
from pages.common.several import WAVES
from tests.pages.confirming import dropped, settled

pytestmark = pytest.mark.usefixtures("at_once")
TEXTS = (
    "How often do you feel tired?",
    "How often are you physically exhausted?",
    "How often are you emotionally exhausted?",
    "How often do you feel worn out?",
)
WORDS = ("Never", "Seldom", "Sometimes", "Often", "Always")


def row(rng: np.random.Generator, team: str, *more: str) -> str:
    level = rng.integers(0, 4)
    return ",".join([team, *more, *(WORDS[min(4, level + rng.integers(0, 2))] for _ in TEXTS)])


def broken_file(seed: int) -> bytes:
    """Forty people, of whom line 7 has two cells too many, line 9 a cell too few, and line 10 an unknown answer."""
    rng = np.random.default_rng(seed)
    lines = [",".join(["Team", *TEXTS])]
    lines += [row(rng, ("North", "South")[n % 2]) for n in range(40)]
    lines[6] += ",and, split"
    lines[8] = lines[8].rpartition(",")[0]
    lines[9] = ",".join(["South", "Offen", *lines[9].split(",")[2:]])
    return "\n".join(lines).encode()


def file_of_waves(seed: int, **people: int) -> bytes:
    """People per wave, the waves in the order in which they are named."""
    rng = np.random.default_rng(seed)
    lines = [",".join(["Team", "Wave", *TEXTS])]
    for wave, count in people.items():
        lines += [row(rng, ("North", "South")[n % 2], wave.replace("_", " ")) for n in range(count)]
    return "\n".join(lines).encode()


def said(app) -> str:
    return " ".join(one.value.replace("\\", "") for one in [*app.markdown, *app.caption])


def refused(app) -> list[str]:
    return [one.value.replace("\\", "") for one in app.error]


def used(app, survey: str):
    app.text_input(key="survey_name").set_value(survey).run()
    return app.button(key="use").click().run(timeout=240)


def waves(survey: str) -> list:
    """The waves of a survey, the earliest first."""
    return [one for one in reversed(Store.open().waves()) if one.survey == survey]


def test_a_row_and_an_answer_are_set_right_in_place(app, clean):
    app = dropped(app, "own.csv", broken_file(1))
    assert "39 people" in said(app) and "1 row with more cells than column names, set aside: line 7." in said(app)
    app.selectbox(key="value_How often do you feel tired?_Offen").set_value("Often").run(timeout=120)
    assert "values" not in app.session_state["upload"].seen["repair"] or "Offen" not in said(app)
    app.selectbox(key="repair_row").set_value(0).run()
    for name, cell in zip(("Team", *TEXTS), ("North", *WORDS[:4]), strict=True):
        app.text_input(key=f"row_7_{name}").set_value(cell)
    next(one for one in app.button if one.label == "Use this row").click().run(timeout=120)
    assert "40 people" in said(app) and "set aside" not in said(app) and "Rows set right: 1." in said(app)
    assert "1 row with fewer cells than column names, kept with blanks: line 9." in said(app)
    used(settled(app), "Repaired")
    assert not app.exception and app.title[0].value == "Overview"
    assert [(one.rows, one.state) for one in waves("Repaired")] == [(40, "published")]


@pytest.mark.long
def test_repairs_are_taken_back_with_what_was_said_of_them(app):
    app = dropped(app, "own.csv", broken_file(2))
    (upload,) = [app.session_state["upload"]]
    app.file_uploader(key=f"back_{upload.brought}").upload(
        "left_out_rows.csv", repaired(upload.seen["repair"]["csv"]), "text/csv"
    ).run(timeout=120)
    assert "40 people" in said(app) and "set aside" not in said(app)
    app.button(key="repairs_back").click().run(timeout=120)
    assert "39 people" in said(app) and "set aside: line 7." in said(app)


def repaired(csv: str) -> bytes:
    """The downloaded rows with line 7 typed into its columns and the unknown answer replaced."""
    lines = csv.splitlines()
    whole, single = (next(n for n, one in enumerate(lines) if one.startswith(f"{line},")) for line in (7, 10))
    lines[whole] = ",".join([*lines[whole].split(",")[:1], "", "", "", "North", *WORDS[1:5]])
    lines[single] = ",".join(["10", "", "", "", "", "Often", "", "", ""])
    return "\n".join(lines).encode()


@pytest.mark.long
def test_repaired_rows_brought_back_join_the_same_wave(app, clean):
    app = dropped(app, "own.csv", broken_file(3))
    upload = app.session_state["upload"]
    app.file_uploader(key="back_0").upload("left_out_rows.csv", repaired(upload.seen["repair"]["csv"]), "text/csv")
    app.run(timeout=120)
    assert "40 people" in said(app) and app.session_state["upload"].brought == 1
    used(settled(app), "Brought back")
    assert [(one.rows, one.state) for one in waves("Brought back")] == [(40, "published")]


@pytest.mark.long
def test_several_waves_are_published_in_order_of_time(app, clean):
    app = dropped(app, "pulse.csv", file_of_waves(4, Spring_2026=24, Autumn_2025=20))
    assert "splits this file into 2 waves" in said(app)
    assert app.selectbox(key="waves").label == WAVES and not app.session_state["upload"].open
    used(app, "Pulse")
    assert not app.exception and app.title[0].value == "Overview"
    told = [(one.name, one.rows, one.state) for one in waves("Pulse")]
    assert told == [("Autumn 2025", 20, "published"), ("Spring 2026", 24, "published")]


def test_a_name_that_is_taken_stops_the_whole_file_and_the_next_try_brings_it_once(app, clean):
    used(dropped(app, "first.csv", file_of_waves(5, Spring_2026=20, Autumn_2026=20)), "Taken")
    app.session_state["upload"] = None
    del app.session_state["upload"]
    used(dropped(app, "again.csv", file_of_waves(6, Autumn_2025=20, Spring_2026=22)), "Taken")
    (error,) = refused(app)
    assert "Spring 2026: This survey has a published wave of that name already" in error
    assert "Nothing of this file was kept" in error
    assert [one.name for one in waves("Taken")] == ["Spring 2026", "Autumn 2026"]
    used(app, "Taken no more")
    assert [(one.name, one.state) for one in waves("Taken no more")] == [
        ("Autumn 2025", "published"),
        ("Spring 2026", "published"),
    ]


@pytest.mark.long
def test_a_wave_of_too_few_people_is_left_out_and_said(app, clean):
    used(dropped(app, "small.csv", file_of_waves(7, Autumn_2025=4, Spring_2026=22)), "Small")
    assert [one.name for one in waves("Small")] == ["Spring 2026"]
    assert app.title[0].value == "Waves" and "Autumn 2025: A survey needs 8 answers" in refused(app)[0]
