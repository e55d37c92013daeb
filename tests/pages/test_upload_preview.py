"""The confirm screen's panel: what managers will see, the effect of k, one click for a proposal, red that stops."""

from __future__ import annotations

import pytest
import streamlit as st

from data.access import LOCAL_ANALYST
from data.store import Store
from pages.common import foreseen, several, work
from tests.pages.confirming import opened, settled
from tests.small_company import MAIL, company

pytestmark = pytest.mark.usefixtures("at_once")
NAME = "company.csv"


@pytest.fixture
def screen(app):
    """The confirm screen of a file, as it stands once everything is worked out."""

    return lambda content, **changes: opened(app, NAME, content, **changes)


def panel(app):
    return next(one for one in app.expander if one.label == foreseen.TITLE)


def texts(app):
    return [one.value for one in panel(app).markdown]


def use(app):
    return app.button(key="use")


def test_a_file_without_trouble_stays_one_click(screen):
    app = screen(company({"Alder": 40, "Birch": 30}))
    assert not app.exception
    assert not panel(app).proto.expanded
    assert not use(app).disabled
    assert texts(app)[0].startswith("2 of 2 teams will be shown on their own")
    assert not app.error


def test_the_effect_of_k_is_a_table(screen):
    app = screen(company())
    (table,) = panel(app).table
    assert table.value["Smallest group"].tolist() == ["5", "8", "10", "12"]
    assert table.value["Teams on their own"].tolist()[1] == "3"


def test_a_join_is_accepted_with_one_click_and_taken_back(screen):
    app = screen(company())
    assert "Join Birch, Cedar and Dogwood in North\\: as one team they will be shown." in texts(app)
    settled(app.button(key="Join_0").click().run())
    merges = app.session_state["upload"].recipe()["merges"]["Team"]
    assert set(merges.values()) == {"North / Birch + Cedar + Dogwood"}
    assert texts(app)[0].startswith("4 of 4 teams")
    settled(app.button(key="take_back").click().run())
    assert "merges" not in app.session_state["upload"].recipe()
    assert texts(app)[0].startswith("3 of 6 teams")


def test_a_coarser_column_is_accepted_with_one_click(screen):
    ages = [str(20 + n % 40) for n in range(88)]
    app = screen(company(more={"Age": ages}), roles={"Age": "segment"})
    assert panel(app).proto.expanded  # amber
    settled(app.button(key="Use this_0").click().run())
    recipe = app.session_state["upload"].recipe()
    assert "Age" in recipe["roles"] or "Age" in recipe["merges"]
    assert not panel(app).proto.expanded


def test_the_smallest_group_goes_into_publishing_and_has_a_floor(screen):
    app = screen(company())
    chosen = app.number_input(key="k")
    assert (chosen.value, chosen.min) == (8, 5)
    settled(chosen.set_value(12).run())
    assert app.session_state["upload"].k == 12
    assert app.number_input(key="k").value == 12


def test_red_stops_and_nobody_can_wave_it_through(screen):
    app = screen(company(), roles={MAIL: "segment"})
    assert "identifies people" in app.error[0].value
    assert use(app).disabled
    assert panel(app).proto.expanded
    assert "person0@" not in "".join(str(one.proto) for one in app.main)


def test_a_file_of_too_few_rows_is_red(screen):
    app = screen(company({"Alder": 6}))
    assert "8 answers or more" in app.error[0].value
    assert use(app).disabled


def test_names_from_the_file_are_shown_and_never_obeyed(screen):
    teams = {"<img onerror>": 3, "=cmd|x": 4, "$\\href{x}$": 5, "../../x": 40}
    app = screen(company(teams))
    said = " ".join(texts(app))
    for sign in ("<img", "$\\", "../..", "=cmd"):
        assert sign not in said


def test_taking_the_file_goes_on_with_the_chosen_smallest_group(screen):
    app = screen(company(), k=10)
    app.text_input(key="survey_name").set_value("Another survey").run()
    app.button(key="use").click().run(timeout=120)
    assert not app.exception
    store = Store.open()
    (made,) = (wave for wave in store.waves() if wave.survey == "Another survey")
    assert store.read(LOCAL_ANALYST, made.id, 0, "indicators").manifest["thresholds"]["k"] == 10
    store.delete(made.id)
    st.cache_resource.clear()


def nameless(people=40):
    """Answers to questions of nobody's: levels, and no questionnaire that is known."""
    rows = [f"{1 + at % 5},{1 + at % 4},{1 + (at * 3) % 5}" for at in range(people)]
    return "\n".join(["Colour of the walls,Noise of the lifts,Taste of the tea", *rows]).encode()


def test_a_file_with_nothing_to_show_says_so_before_the_button_and_opens_the_way_out(screen):
    app = screen(nameless())
    assert any(one.value.startswith("No questionnaire was recognised") for one in app.error)
    assert use(app).disabled
    assert next(one for one in app.expander if one.label == "Name a scale of your own").proto.expanded


def test_a_refusal_stays_until_something_else_is_said(screen, monkeypatch):
    app = screen(company({"Alder": 40, "Birch": 30}))
    said = "There is no room left for another wave."
    monkeypatch.setattr(several, "keep", lambda *_: [work.Kept(sentence=said)])
    settled(use(app).click().run())
    assert said in [one.value for one in app.run().error]
    app.session_state["upload"].answers["more"] = "said"
    assert said not in [one.value for one in app.run().error]
