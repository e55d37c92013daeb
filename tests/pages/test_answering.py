"""The confirm screen: people left out for how they answered, scales of one's own, the direction trap on the page."""

from __future__ import annotations

import csv
import io

import numpy as np
import pytest
import streamlit as st

from data.access import LOCAL_ANALYST
from data.store import Store
from pages.common import answering
from tests.pages.confirming import opened, settled

pytestmark = pytest.mark.usefixtures("at_once")
NAME = "own.csv"
ITEMS = [f"worn out {n}" for n in range(1, 13)]


def file_of(straight=10, people=130, turned=(), seed=2):
    """Twelve numbered questions, answered alike by the first ``straight`` people; ``turned`` ones run the other way."""
    rng = np.random.default_rng(seed)
    level = rng.normal(3, 0.8, people)
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(["Team", *ITEMS])
    for at in range(people):
        codes = [int(np.clip(round(level[at] + rng.normal(0, 0.8)), 1, 5)) for _ in ITEMS]
        codes = [6 - code if item in turned else code for item, code in zip(ITEMS, codes, strict=True)]
        writer.writerow([("North", "South")[at % 2], *([3] * len(ITEMS) if at < straight else codes)])
    return sink.getvalue().encode()


@pytest.fixture
def screen(app):
    """The confirm screen of such a file, whose questions are named as one scale."""

    return lambda content, **changes: opened(app, NAME, content, answer="low_first", **changes)


def scale(turned=()):
    return [{"id": "custom.worn", "title": "Worn out", "role": "burnout", "columns": ITEMS, "reversed": list(turned)}]


def panel(app):
    return next(one for one in app.expander if one.label == answering.TITLE)


def said(elements):
    return [one.value.replace("\\", "") for one in elements]


def taken(app, survey):
    app.text_input(key="survey_name").set_value(survey).run()
    app.button(key="use").click().run(timeout=120)
    assert not app.exception
    return [wave for wave in Store.open().waves() if wave.survey == survey]


def test_enough_people_can_be_left_out_and_the_release_says_so(screen):
    app = screen(file_of(), custom=scale())
    (box,) = panel(app).checkbox
    assert box.label.replace("\\", "").startswith("Leave out: 10 people gave one and the same answer")
    assert "Without them" in " ".join(said(panel(app).caption))
    settled(box.check().run())
    assert app.session_state["upload"].recipe()["exclusions"] == ["straightliner"]
    assert app.session_state["upload"].answering["chosen"].startswith("10 people are left out")
    (made,) = taken(app, "Left out")
    told = Store.open().read(LOCAL_ANALYST, made.id, 0, "quality").manifest["answering"]
    assert made.rows == 120 and told["exclusions"] == ["straightliner"]
    assert told["left_out"] == {"low": 8, "high": 11} and told["effects"][0]["scale"] == "custom.worn"
    Store.open().delete(made.id)
    st.cache_resource.clear()


@pytest.mark.long
def test_too_few_people_are_not_offered_and_not_counted(screen):
    app = screen(file_of(straight=4), custom=scale())
    assert not panel(app).checkbox
    assert "fewer than 8 people" in panel(app).markdown[0].value
    assert not any("4 people" in one.value for one in panel(app).markdown)


def test_a_scale_of_ones_own_with_range_reversed_questions_and_role(screen):
    app = screen(file_of(straight=0, turned=ITEMS[:1], seed=5))  # other people: rows once published are known again
    assert [one.value for one in panel(app).markdown] == [answering.NOBODY]
    next(one for one in app.text_input if one.label == "Name of the scale").set_value("Strain")
    next(one for one in app.selectbox if one.label == "It measures").set_value("other")
    own, turned = (one for one in app.multiselect if "uestions" in one.label)
    own.set_value(ITEMS)
    turned.set_value(ITEMS[:1])
    lowest, highest = (one for one in app.number_input if one.label.endswith("where answers are numbers"))
    lowest.set_value(1)
    highest.set_value(5)
    next(one for one in app.button if one.label == "Add this scale").click().run()
    (made,) = app.session_state["upload"].recipe()["custom"]
    assert made["range"] == [1, 5] and made["reversed"] == ITEMS[:1] and made["role"] == "other"
    settled(app)
    (wave,) = taken(app, "Own scale")
    p = Store.open().read(LOCAL_ANALYST, wave.id, 0, "reliability")
    (told,) = p.manifest["scales"]
    assert (told["title"], told["n_items"], told["levels"], told["role"]) == ("Strain", 12, 5, "other")
    assert told["reversed"] == ITEMS[:1] and "your own" in told["badge"]
    Store.open().delete(wave.id)
    st.cache_resource.clear()


def test_a_question_against_its_scale_blocks_on_the_page_until_it_is_confirmed(screen):
    app = screen(file_of(straight=0, turned=ITEMS[:1], seed=4), custom=scale())
    assert taken(app, "Trap") == []
    assert any("runs against the other questions" in one.value for one in app.warning)
    app.button(key="directions").click().run()
    assert app.session_state["upload"].recipe()["answers"]["confirm:custom.worn.1"] == "yes"
    (wave,) = taken(app, "Trap")
    Store.open().delete(wave.id)
    st.cache_resource.clear()
