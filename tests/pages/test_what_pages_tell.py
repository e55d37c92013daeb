"""What the pages tell: change, plans, units that were renamed, questions, and how sure the figures are."""

from __future__ import annotations

import json
import re

import pytest

from data.access import LOCAL_ANALYST
from tests.pages.conftest import EARLIER, NAME, OLD_NAME, SURVEY

OWN = "Borealis / Quartzite"
PLAN = "No meetings after five."


def on(app, page, wave=NAME):
    app.run().switch_page(f"pages/{page}.py").run()
    return app.selectbox(key="wave").set_value(f"{wave} · {SURVEY}").run()


def as_manager(app, path, page="team", wave=NAME):
    app.run()
    app.selectbox(key="view_as").set_value(path).run()
    return on(app, f"manager/{page}", wave)


def said(app) -> str:
    every = [*app.title, *app.header, *app.markdown, *app.caption]
    return "\n".join(one.value for one in every).replace("\\", "")


def headings_of_change(app) -> list[str]:
    return [one.value for one in app.header if one.value.endswith("since last time")]


@pytest.mark.parametrize("page", ["analyst/change", "manager/team", "manager/trend"])
def test_the_first_survey_shows_no_change(app, page):
    assert "First survey: no change shown yet." in said(on(app, page, EARLIER))


@pytest.mark.parametrize("page", ["analyst/change", "manager/team", "manager/trend"])
def test_a_later_survey_does(app, page):
    on(app, page)
    assert not app.exception
    assert "First survey" not in said(app)
    assert headings_of_change(app)


def test_a_renamed_unit_breaks_its_line_until_somebody_says_what_it_was(app):
    on(app, "analyst/change")
    lists = [box for box in app.selectbox if OLD_NAME in box.label]
    assert [box.label for box in lists] == [f"Zephyr / {OLD_NAME} is now"]
    told = app.table[-1].value
    assert told.loc[told["Figure"] == "Sirocco", "Change"].tolist() == ["new"]
    lists[0].set_value(("Zephyr", "Sirocco")).run()
    assert not app.exception
    told = app.table[-1].value
    assert told.loc[told["Figure"] == "Sirocco", "Change"].tolist() != ["new"]
    _unsaid()


@pytest.fixture
def pair(published):
    """The two waves' ids, with nothing said of their units, before and after."""
    yield _unsaid()
    _unsaid()


def _unsaid() -> list[str]:
    from pages.common import load

    ids = [wave.id for wave in reversed(load.store().waves())]
    load.store().unit_maps.say(LOCAL_ANALYST, *ids, {("Zephyr", OLD_NAME): ()})
    return ids


@pytest.mark.parametrize("page", ["team", "trend"])
def test_the_pages_of_a_renamed_units_manager_say_that_its_line_breaks_or_draw_it(app, pair, page):
    from pages.common import load

    broken = f"No change shown: {EARLIER} has no unit of this name and place."
    as_manager(app, "Zephyr / Sirocco", page)
    assert broken in said(app) and "First survey" not in said(app) and not headings_of_change(app)
    load.store().unit_maps.say(LOCAL_ANALYST, *pair, {("Zephyr", OLD_NAME): ("Zephyr", "Sirocco")})
    app.run()
    assert not app.exception
    assert broken not in said(app) and headings_of_change(app)


def test_a_managers_trend_is_of_the_own_unit_alone(app):
    as_manager(app, OWN, "trend")
    sent = said(app) + "".join(one.proto.spec for one in app.get("plotly_chart"))
    assert "Tiredness" in sent
    assert not any(name in sent for name in ("Feldspar", "Tradewind", "Sirocco", OLD_NAME))


def test_a_plan_is_kept_and_shown_beside_the_next_surveys_change(app):
    as_manager(app, OWN, wave=EARLIER)
    app.text_area[0].set_value(PLAN)
    app.text_input[0].set_value("Asha")
    app.button[0].click().run()
    assert [note.value for note in app.success] == ["Kept."]
    app.selectbox(key="wave").set_value(f"{NAME} · {SURVEY}").run()
    assert f"What the team set out to try after {EARLIER}" in said(app)
    assert f"{PLAN} (Asha)" in said(app)


def test_nobody_elses_page_has_the_plan(app):
    as_manager(app, OWN, wave=EARLIER)
    app.text_area[0].set_value(PLAN)
    app.button[0].click().run()
    as_manager(app, "Zephyr / Tradewind")
    assert PLAN not in said(app)


def test_questions_can_be_searched_and_say_when_nothing_is_found(app):
    on(app, "analyst/questions")
    assert "No question contains" not in said(app)
    app.text_input(key="search").set_value("salery").run()
    assert "No question contains “salery”" in said(app)


def test_the_overview_says_where_to_act_first_and_leads_there(app):
    on(app, "analyst/overview")
    assert "out clearly: talk there first" in said(app)
    (link,) = (one.proto for one in app.get("page_link") if one.proto.label == "**Quartzite**")
    assert link.page == "team" and "Quartzite" in link.query_string
    assert re.search("^Tiredness", said(app).split("Most figures first")[1], re.MULTILINE)


def test_quality_says_what_each_verdict_means_and_leads_to_assurance(app):
    on(app, "analyst/quality")
    assert set(app.table[0].value["Verdict"]) <= {"good", "low", "too low", "not known"}
    assert "The rules of this release" in said(app)


def test_compare_has_the_unit_those_above_and_those_inside(app):
    as_manager(app, "Borealis", "compare")
    names = app.table[0].value.iloc[:, 0].tolist()
    assert names[:2] == ["Whole organisation", "Borealis"]
    assert {"Quartzite", "Feldspar"} <= set(names)
    assert not {"Zephyr", "Tradewind"} & set(names)


def test_a_managers_questions_are_six_at_most(app):
    as_manager(app, OWN)
    asked = [one for one in app.get("plotly_chart") if any(f"tired.{n}" in one.proto.spec for n in range(1, 7))]
    notes = [json.loads(one.proto.spec)["layout"]["annotations"] for one in asked]
    rows = [[note for note in drawn if note["x"] == 0 and note.get("yanchor") == "top"] for drawn in notes]
    assert rows and all(0 < len(names) <= 6 for names in rows)
