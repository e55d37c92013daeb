"""Response rates by unit: totals of those invited, and bands for shown units alone."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from analytics.protect.family import family
from analytics.protect.response import response, totals
from analytics.protect.thresholds import Thresholds
from analytics.wave import Tree, Unit, Wave

TREE = Tree((Unit("Whole", -1), Unit("North", 0), Unit("South", 0), Unit("Small", 0)))


def cells(invited, people=(0, 40, 20, 3)):
    unit = np.repeat(np.arange(4), people)
    empty = pd.DataFrame(index=range(len(unit)))
    wave = Wave("S", "W", False, empty, empty, empty, {}, unit, TREE, (), tuple(invited))
    found = family(TREE, np.bincount(unit, minlength=4), 8)
    return {cell["node"]: cell for cell in response(wave, found, Thresholds())}


@pytest.mark.parametrize(
    ("invited", "total"),
    [
        ((None, 50, 40, 10), (100, 50, 40, 10)),
        ((100, 50, 40, 10), (100, 50, 40, 10)),
        ((5, 50, 40, 10), (105, 50, 40, 10)),
        ((None, 50, None, 10), (None, 50, None, 10)),
        ((120, None, None, None), (120, None, None, None)),
    ],
)
def test_a_unit_s_own_number_is_its_total_unless_it_is_smaller_than_what_is_inside(invited, total):
    assert tuple(totals(TREE, invited)) == total


def test_a_rate_lies_in_its_band_and_a_small_unit_tells_nothing():
    found = cells((None, 50, 40, 10), people=(0, 40, 20, 9))
    assert (found[1]["low"], found[1]["high"]) == (80, 90) and found[1]["low"] <= 100 * 40 / 50 <= found[1]["high"]
    assert found[2]["text"] == "40–60 %"
    hidden = cells((None, 50, 40, 10), people=(0, 40, 20, 3))
    assert not hidden[2]["shown"] and not hidden[3]["shown"] and np.isnan(hidden[3]["low"])


def test_more_answers_than_invitations_are_not_turned_into_a_rate():
    assert not cells((None, 30, 40, 10))[1]["shown"]


def test_without_a_list_of_units_there_is_no_view():
    assert cells(()) == {}
