"""A whole release must not depend on the order of people, questions or scales, nor on how questions are coded."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from company_waves import company_wave, reordered
from small_waves import CBI_WORK, PREFERENCE, SUPPLY, TO_HOME, TO_WORK

from analytics import flow
from analytics.protect.thresholds import Thresholds
from analytics.wave import Wave

pytestmark = pytest.mark.long
BOUNDARY = (PREFERENCE, TO_HOME, TO_WORK)
ADDRESS = ["view", "node", "measure", "part"]


def cells(wave: Wave) -> pd.DataFrame:
    made = flow.publish(wave, Thresholds(), created="now", code_version="test").release.cells
    return made.sort_values(ADDRESS, ignore_index=True)


def of_scales(found: pd.DataFrame) -> pd.DataFrame:
    """All cells but those of single boundary questions (I11 is one), which are in the file's own coding."""
    items = "|".join(item.id.replace(".", r"\.") for scale in BOUNDARY for item in scale.items)
    single = (found["measure"] + " " + found["part"]).str.contains(rf"(?:{items}|I11)\b", regex=True)
    return found[~single].reset_index(drop=True)


@pytest.fixture(scope="module")
def wave() -> Wave:
    return company_wave([-1, 0, 0], [0, 70, 80], scales=(*BOUNDARY, SUPPLY, CBI_WORK), hours=False)


@pytest.fixture(scope="module")
def plain(wave) -> pd.DataFrame:
    found = cells(wave)
    assert (found["shown"] & (found["view"] == "profiles")).any()
    return found


@pytest.mark.parametrize("case", ["rows", "columns", "scales"])
def test_order_changes_no_cell(wave, plain, case):
    if case == "rows":
        changed = reordered(wave, np.random.default_rng(5).permutation(len(wave)))
    elif case == "columns":
        changed = replace(wave, answers=wave.answers[wave.answers.columns[::-1]])
    else:
        changed = replace(wave, scales=wave.scales[::-1])
    pd.testing.assert_frame_equal(cells(changed), plain, rtol=0, atol=1e-8)


def recoded(wave: Wave) -> Wave:
    """The boundary questions coded the other way round, and their keys with them."""
    answers = wave.answers.copy()
    for scale in BOUNDARY:
        for item in scale.items:
            codes = answers[item.id]
            answers[item.id] = codes.where(codes == 0, item.levels + 1 - codes).astype(codes.dtype)
    return replace(wave, answers=answers, scales=turned(wave))


def turned(wave: Wave):
    """Every scale, those of the boundary with all their keys swapped."""
    return tuple(
        replace(scale, items=tuple(replace(item, reversed=not item.reversed) for item in scale.items))
        if scale in BOUNDARY
        else scale
        for scale in wave.scales
    )


def test_coding_changes_no_cell(wave, plain):
    expected = of_scales(plain)
    assert 0 < len(expected) < len(plain)
    pd.testing.assert_frame_equal(of_scales(cells(recoded(wave))), expected, rtol=0, atol=1e-8)
