"""The promise on 200 seeded companies: releases give no group and no person away, and show as many teams as can be."""

from __future__ import annotations

import numpy as np
import pytest
from company_waves import company_wave, no_profiles
from small_waves import CBI_WORK, PREFERENCE, TO_HOME, TO_WORK

from analytics import flow
from analytics.protect.thresholds import Thresholds

SCALES = (CBI_WORK, PREFERENCE, TO_HOME, TO_WORK)


def company(seed, divisions):
    """Divisions of four to eight teams with eight people on average, answers from uniform to extreme."""
    rng = np.random.default_rng(seed)
    parents, own = [-1], [0]
    for _ in range(divisions):
        parents.append(0)
        own.append(0)
        division = len(parents) - 1
        for _ in range(rng.integers(4, 9)):
            parents.append(division)
            own.append(int(max(1, rng.negative_binomial(3, 3 / 11))))
    return company_wave(parents, own, seed, extreme=(0.0, 0.5, 0.9)[seed % 3], scales=SCALES, hours=False)


@pytest.mark.parametrize(
    ("seeds", "divisions"),
    [pytest.param(range(3), 2, id="3"), pytest.param(range(200), 4, id="200", marks=pytest.mark.long)],
)
def test_releases_of_seeded_companies_withstand_the_attack(monkeypatch, seeds, divisions):
    narrowest = 100.0
    if len(seeds) < 200:
        no_profiles(monkeypatch)
    for seed in seeds:
        made = flow.publish(company(seed, divisions), Thresholds(), created="2026-11-25", code_version="test")
        report = made.release.audit
        assert report["findings"] == [] and report["sizes"] == "exact" and report["insiders"] == [0, 1]
        assert (report["groups"], report["people"], report["classes_proven"]) == (0, 0, 0)
        narrowest = min(narrowest, report["narrowest_interval"])
    assert narrowest >= 60
