"""The page for works councils and auditors: for analysts alone, from the release alone, with nothing left out."""

from __future__ import annotations

import pytest

from analytics import assurance, attack
from analytics.release import VIEWS
from data.access import LOCAL_ANALYST, Refusal
from data.store import Store
from tests.pages.conftest import NAME, SURVEY, UNITS


@pytest.fixture
def page(app):
    app.query_params["wave"] = f"{NAME} · {SURVEY}"
    return app.run().switch_page("pages/analyst/assurance.py").run()


@pytest.fixture
def release(published):
    """The wave's id, its tables at the whole organisation, and the report of the attack."""
    store = Store.open(published)
    (wave,) = (one for one in store.waves() if one.name == NAME)
    views = [store.read(LOCAL_ANALYST, wave.id, 0, view) for view in VIEWS]
    return wave.id, views, store.audit(LOCAL_ANALYST, wave.id)


def said(page):
    return "\n\n".join(one.value for one in page.markdown).replace("\\", "")


def test_the_page_says_what_was_attacked_first(page):
    assert not page.exception
    assert page.title[0].value == "Assurance"
    assert "Attacked with everything that all viewers together can see: 0 groups, 0 people" in said(page)


def test_the_rules_are_those_of_the_release(page, release):
    sizes = release[1][0].manifest["thresholds"]
    assert f"No figure stands for fewer than {sizes['k']} people" in said(page)
    assert f"units of {sizes['n_demo']} or more" in said(page)
    assert "can raise them but not lower them" in said(page)


def test_every_published_table_is_listed_with_its_number_of_figures(page, release):
    table = page.table[0].value
    views = [p for p in release[1] if len(p.cells)]
    assert len(table) == len(views)
    assert table["Figures shown"].tolist() == [f"{int(p.cells['shown'].sum()):,}" for p in views]
    assert table["Figures hidden"].tolist() == [f"{int((~p.cells['shown']).sum()):,}" for p in views]
    tested = dict(zip(table["Table"], table["How tested"], strict=True))
    assert tested["Scores and shares of the units"] == "Attacked"
    assert tested["Reliability of the scales"] == "Outside the linear audit"


def test_the_units_with_figures_are_named_and_hidden_ones_only_counted(page, release):
    units = release[1][0].manifest["units"]
    assert all(unit["name"] in said(page) for unit in units if unit["shown"])
    hidden = [unit["name"] for unit in units if not unit["shown"]]
    assert hidden
    assert not any(name in said(page) for name in hidden)
    assert any(name in UNITS for name in hidden)


def test_hash_retention_and_what_is_outside_are_on_the_page(page, release):
    assert release[1][0].manifest["hash"] in said(page)
    assert "The file that was uploaded is not kept." in said(page)
    assert "the attack by equations leaves them out" in said(page)


def test_no_manager_reads_it(app, release):
    app.run().selectbox(key="view_as").set_value("Borealis / Quartzite").run()
    with pytest.raises(ValueError, match="not"):
        app.switch_page("pages/analyst/assurance.py").run()
    manager = LOCAL_ANALYST.as_manager("", "Borealis / Quartzite")
    with pytest.raises(Refusal):
        Store.open().audit(manager, release[0])


def test_the_list_of_waves_leads_to_it(app):
    app.run().switch_page("pages/analyst/waves.py").run()
    links = [one.proto.page for one in app.get("page_link") if one.proto.label == "Assurance"]
    assert links == ["assurance"] * len(Store.open().waves())


CERTIFICATES = [
    {"hidden": "North, Site: Pune", "because_of": ["+ North", "- North, Site: Goa", "- A, Site: Pune"]},
    {"hidden": "North, Site: Agra", "because_of": ["+ x"] * 40},
    {"hidden": "South, Age: 20-29", "because_of": ["+ x"] * 7},
]


def test_hidden_categories_are_explained_by_unit():
    lines = assurance.explanations({"certificates": CERTIFICATES})
    assert "3 categories would give a small group away" in lines[0]
    assert lines[1:3] == ["North, Site: Pune, Agra.", "South, Age: 20-29."]
    assert "audit.json" in lines[3]
    assert assurance.explanations({}) == []


def test_the_report_begins_with_what_came_of_the_attack_and_leaves_nothing_out(release):
    lines = assurance.attacked(release[2])
    assert lines[0].startswith("Attacked with everything")
    assert set(attack.in_words(release[2])) - set(lines) == {release[2]["outside"]["sentence"]}
