"""The overview of an organisation whose teams are all too small to be shown."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from analytics import flow
from analytics.protect import Thresholds
from analytics.release import NOT_SHOWN
from analytics.wave import Tree, Unit
from data.store import Store
from pages.common import frame
from tests.pages.conftest import small_wave

CREWS = 30  # of five people each


def crews():
    """The invented people, in teams of five."""
    wave = small_wave("Crews", 11)
    units = (Unit("Whole organisation", -1), *(Unit(f"Crew {place}", 0) for place in range(CREWS)))
    return replace(wave, unit=(np.arange(len(wave)) % CREWS + 1).astype(np.int32), tree=Tree(units))


@pytest.fixture
def overview(app, published, clean):
    """That page, chosen in the list of waves."""
    wave, store = crews(), Store.open(published)
    wave_id = store.keep(wave, "{}", records=range(2, len(wave) + 2))
    made = flow.publish(wave, Thresholds(), created="2026-11-25T00:00:00+00:00", code_version="test")
    store.publish(wave_id, made.release, made.memberships)
    app.run()
    record = next(one for one in store.waves() if one.id == wave_id)
    return app.selectbox(key="wave").set_value(frame.label(record)).run()


@pytest.mark.long
def test_it_says_so_once_per_card_and_points_at_nobody(overview):
    assert not overview.exception
    headers = [header.value for header in overview.header]
    assert "Where to act first" in headers
    told = [line.value for line in (*overview.markdown, *overview.caption)]
    assert NOT_SHOWN in told
    assert any("Teams are not shown, to protect anonymity." in line for line in told)
    silent = ("worrying end", "stand out clearly", "beyond chance", "Grey teams", "What teams can try")
    assert [words for words in silent if any(words in line for line in [*headers, *told])] == []
    assert "What teams can try" not in [fold.label for fold in overview.expander]
