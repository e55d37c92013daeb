"""Who may open what, in allowed and refused pairs; and what the browser is sent."""

from __future__ import annotations

import json

import pytest

from pages.common import words

ANALYST_PAGES = [
    "upload",
    "overview",
    "questions",
    "teams",
    "leanings",
    "waves",
    "drivers",
    "change",
    "quality",
    "assurance",
    "questionnaire",
]
MANAGER_PAGES = ["team", "compare", "trend"]
OWN, OTHER = "Borealis / Quartzite", "Zephyr / Tradewind"


def as_manager(app, path):
    app.run()
    return app.selectbox(key="view_as").set_value(path).run()


def sent(app) -> str:
    """Everything of the page that goes to the browser, except the list of eyes to look through."""
    main = "".join(str(element.proto) for element in app.main)
    return main + "".join(element.proto.spec + element.proto.alt for element in app.get("plotly_chart"))


@pytest.mark.parametrize("page", ANALYST_PAGES)
def test_the_analyst_opens_every_page(app, page):
    app.run().switch_page(f"pages/analyst/{page}.py").run()
    assert not app.exception
    assert app.title


@pytest.mark.parametrize("page", ANALYST_PAGES)
def test_a_manager_opens_no_analyst_page(app, page):
    as_manager(app, OWN)
    with pytest.raises(ValueError, match="not"):
        app.switch_page(f"pages/analyst/{page}.py").run()


@pytest.mark.parametrize("page", MANAGER_PAGES)
def test_the_analyst_opens_a_managers_page_too(app, page):
    app.run().switch_page(f"pages/manager/{page}.py").run()
    assert not app.exception
    assert app.title


@pytest.mark.parametrize("page", MANAGER_PAGES)
def test_a_stranger_opens_no_managers_page(app, page, monkeypatch):
    monkeypatch.setattr("pages.common.viewer.served", lambda: True)
    monkeypatch.setattr("pages.common.viewer.signed_in", lambda: False)
    app.run()
    with pytest.raises(ValueError, match="not"):
        app.switch_page(f"pages/manager/{page}.py").run()
    assert "Quartzite" not in sent(app)


@pytest.mark.parametrize("page", MANAGER_PAGES)
def test_a_manager_sees_the_own_team(app, page):
    as_manager(app, OWN).switch_page(f"pages/manager/{page}.py").run()
    assert not app.exception
    assert "Quartzite" in app.title[0].value


@pytest.mark.parametrize("page", MANAGER_PAGES)
def test_a_manager_sees_nothing_of_another_team(app, page):
    as_manager(app, OWN).switch_page(f"pages/manager/{page}.py").run()
    assert "Quartzite" in sent(app)
    for name in ("Feldspar", "Tradewind", "Sirocco", "Zephyr", "Pumice", "Other teams"):
        assert name not in sent(app)


@pytest.mark.parametrize("asked", [OTHER, "Zephyr", "Whole organisation", "No such team", "'; drop table"])
def test_an_address_never_widens_what_a_manager_sees(app, asked):
    app.query_params["team"] = asked
    as_manager(app, OWN)
    assert words.NOT_YOURS in [note.value for note in app.info]
    assert "Quartzite" in app.title[0].value
    assert "Tradewind" not in sent(app)


def test_the_own_address_is_no_surprise(app):
    app.query_params["team"] = OWN
    as_manager(app, OWN)
    assert words.NOT_YOURS not in [note.value for note in app.info]


def test_an_unknown_wave_shows_the_own_one(app):
    app.query_params["wave"] = "Autumn 1066 · Somebody else"
    app.run()
    assert words.NOT_YOURS in [note.value for note in app.info]
    assert "Spring 2026" in "".join(note.value for note in app.caption)


def forged(app, key, value):
    """The page run again with what a browser that lies would send for one list."""
    told = app._tree.get_widget_states()
    lists = {box.key: box.id for box in app.selectbox}
    for widget in told.widgets:
        if widget.id == lists[key]:
            widget.string_value = value
    return app._run(told)


def test_a_wave_that_is_not_in_the_list_is_not_looked_for(app):
    as_manager(app, OWN)
    forged(app, "wave", OTHER)
    assert not app.exception
    assert "Quartzite" in app.title[0].value
    assert "Tradewind" not in sent(app)


@pytest.mark.parametrize("key", ["team", "score", "division", "outcome"])
@pytest.mark.parametrize("page", MANAGER_PAGES)
def test_forged_state_never_widens(app, key, page):
    as_manager(app, OWN).switch_page(f"pages/manager/{page}.py").run()
    if key in {box.key for box in app.selectbox}:
        forged(app, key, OTHER)
    else:
        app.session_state[key] = OTHER
        app.run()
    assert not app.exception
    assert "Quartzite" in app.title[0].value
    assert "Tradewind" not in sent(app)


def test_a_manager_of_two_units_cannot_forge_a_third(app):
    as_manager(app, "Borealis")
    forged(app, "team", "Zephyr / Tradewind")
    assert not app.exception
    assert "Tradewind" not in sent(app)


def test_forged_eyes_leave_the_analyst_the_analyst(app):
    app.run()
    forged(app, "view_as", "Manager of Somebody / Else")
    assert not app.exception
    assert app.title[0].value == "Overview"


@pytest.mark.parametrize("page", ["overview", "questions", "teams", "leanings", "change"])
def test_a_chart_holds_displayed_values_only(app, page):
    app.run().switch_page(f"pages/analyst/{page}.py").run()
    charts = app.get("plotly_chart")
    assert charts
    for chart in charts:
        assert chart.proto.alt
        assert all(round(number, 2) == number for number in numbers(json.loads(chart.proto.spec)["data"]))


def numbers(spec):
    """Every number of a chart's data."""
    if isinstance(spec, dict):
        return [n for value in spec.values() for n in numbers(value)]
    if isinstance(spec, list):
        return [n for value in spec for n in numbers(value)]
    return [spec] if isinstance(spec, float) else []


def test_a_team_that_is_not_shown_leads_to_the_one_above(app):
    as_manager(app, "Borealis / Obsidian")
    assert not app.exception
    assert any("Your people's answers count in Borealis" in text.value for text in app.markdown)
    assert "Other teams in Borealis" in sent(app)
    for name in ("Tradewind", "Zephyr", "Feldspar", "Quartzite", "Pumice"):
        assert name not in sent(app)


def test_groups_of_other_teams_have_no_page(app):
    app.run()
    assert not any("Other teams" in option for option in app.selectbox(key="view_as").options)
    app.switch_page("pages/manager/team.py").run()
    assert not any("Other teams" in option for option in app.selectbox(key="team").options)


def test_beyond_this_machine_nobody_is_served_without_sign_in(app, monkeypatch):
    import streamlit

    real = streamlit.get_option
    monkeypatch.setattr(streamlit, "get_option", lambda key: "0.0.0.0" if key == "server.address" else real(key))
    app.run()
    assert "does not start" in app.error[0].value
    assert "Quartzite" not in sent(app)
