"""Teams of which all, or all but one, answer alike: nobody's answer is told, and no reason for a missing figure."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from company_waves import company_wave
from small_waves import CBI_WORK

from analytics import flow
from analytics.protect.thresholds import thresholds
from analytics.release import NOT_SHOWN

REVERSED = [item.reversed for item in CBI_WORK.items]


def company(size, high, low, seed=3):
    """A division of three ordinary teams and one of ``size`` people: ``high`` of them answer all at the top, ``low`` of
    them all at the bottom, the others anything."""
    wave = company_wave(
        [-1, 0, 1, 1, 1, 1], [0, 0, size, 11, 14, 9], seed, missing=0.0, scales=(CBI_WORK,), hours=False
    )
    answers = wave.answers.copy()
    for rows, level in ((slice(0, high), 5), (slice(high, high + low), 1)):
        answers.iloc[rows] = np.where(REVERSED, 6 - level, level)
    return replace(wave, answers=answers.astype(np.int8))


@pytest.mark.parametrize("k", [5, 8])
@pytest.mark.parametrize(
    ("size", "high", "low"),
    [(6, 6, 0), (6, 5, 1), (6, 0, 6), (8, 8, 0), (8, 7, 1), (9, 0, 9), (9, 1, 8), (12, 12, 0)],
)
def test_a_team_of_one_kind_tells_nobodys_answer_and_no_reason(size, high, low, k):
    release = flow.publish(company(size, high, low), thresholds(k), created="2026-11-25", code_version="test").release
    report, cells = release.audit, release.cells
    assert report["findings"] == [] and report["narrowest_interval"] >= 60
    assert (report["groups"], report["people"], report["classes_proven"]) == (0, 0, 0)
    hidden = cells[~cells["shown"]]
    assert set(hidden["text"]) <= {NOT_SHOWN} and set(hidden["state"]) <= {""}
    assert hidden[["value", "low", "high", "ci_low", "ci_high"]].isna().all().all()
