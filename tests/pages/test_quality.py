"""The quality page: for analysts alone, every card from the release, no figure of a hidden team."""

from __future__ import annotations

import pytest

from tests.pages.conftest import NAME, SURVEY, UNITS


@pytest.fixture
def page(app):
    app.query_params["wave"] = f"{NAME} · {SURVEY}"
    return app.run().switch_page("pages/analyst/quality.py").run()


def test_every_card_is_there_and_says_what_it_found(page):
    assert not page.exception
    heads = [one.value for one in page.header]
    for expected in ("What that means for teams", "How people answered", "What singles people out"):
        assert expected in heads
    said = " ".join(one.value for one in page.markdown).replace("\\", "")
    assert "of all answers are there" in said and "Nobody was left out for how they answered." in said
    assert "Tiredness and Keeping apart: a scale of your own" in said


def test_tables_have_every_scale_and_name_no_team(page):
    reliability, questions, agreement, gaps = (table.value for table in page.table)
    assert reliability["Scale"].tolist() == ["Tiredness", "Keeping apart"]
    assert len(questions) == len(gaps) == 10
    assert set(agreement["ICC(1)"]) != {"–"}
    cells = " ".join(str(cell) for table in page.table for cell in table.value.to_numpy().ravel())
    assert not any(team in cells for team in UNITS)
