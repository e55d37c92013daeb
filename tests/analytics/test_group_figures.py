"""Figures of the two groups in a release: burnout by group, how sure it is, and what must not change a single cell."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from releases import cell, mean_measure, release, scale
from simulated import EVK, answers
from small_waves import PREFERENCE, TO_HOME, TO_WORK, a_wave

from analytics import chart, finding, modelled
from analytics.groups import groups
from analytics.instrument import custom_scale
from analytics.manifest import groups as told_of
from analytics.measured import measure
from analytics.outcomes import OutcomeMeans
from analytics.protect import Protected, model
from analytics.protect.thresholds import Thresholds

TIRED = custom_scale("custom.tired", "Tiredness", "burnout", ["custom.tired.1", "custom.tired.2"], 5)
BOUNDARY = (PREFERENCE, TO_HOME, TO_WORK)
TURNED = ("EVK.PREF3", "EVK.PREF4", "EVK.ENAW1", "EVK.ENAW2", "EVK.ENAH1", "EVK.ENAH2")


def tired_wave(n: int = 300, delta: float = 7.0, apart: float = 1.0):
    """The boundary questions of two groups, and two questions on tiredness in which they differ."""
    rng = np.random.default_rng(1)
    codes = answers("classes", n, EVK, rng, delta)
    items = [item.id for one in BOUNDARY for item in one.items]
    table = {item: 6 - column if item in TURNED else column for item, column in zip(items, codes.T, strict=True)}
    lean = np.sign(codes.mean(axis=1) - codes.mean())
    for item in TIRED.columns:
        table[item] = np.clip(np.round(3 - apart * lean + rng.normal(0, 0.8, n)), 1, 5).astype(int)
    return a_wave(table, (*BOUNDARY, TIRED))


@pytest.fixture(scope="module")
def two():
    measured = measure(tired_wave())
    return measured, groups(measured.scores, measured.boundary, tired_wave(), blrt_draws=0)


def outcome_cells(measured, found) -> list[dict[str, Any]]:
    return list(modelled._outcomes(measured, found, Thresholds()))


def test_tiredness_is_released_by_group_in_steps_where_the_test_supports_groups(two):
    assert two[1].verdict == "two groups"
    cells = {row["part"]: row for row in outcome_cells(*two)}
    assert set(cells) == {"integration", "balance"}
    assert {row["kind"] for row in cells.values()} == {"model"}
    assert {row["view"] for row in cells.values()} == {"profiles"}
    assert cells["integration"]["value"] == pytest.approx(75, abs=6)
    assert cells["balance"]["value"] == pytest.approx(25, abs=6)
    for row in cells.values():
        assert row["value"] % 5 == 0 and row["ci_low"] < row["value"] < row["ci_high"]
        assert row["text"] == f"{row['value']:.0f}" and row["n_low"] >= 100


@pytest.mark.parametrize("verdict", ["continuum", "uneven", "too few"])
def test_no_outcome_by_group_under_any_other_verdict(two, verdict):
    assert outcome_cells(two[0], replace(two[1], verdict=verdict)) == []


def test_no_outcome_by_group_where_the_profiles_carry_no_names(two):
    assert outcome_cells(two[0], replace(two[1], profiles=replace(two[1].profiles, labelled=False))) == []


@pytest.mark.parametrize(("people", "shown"), [((75.0, 25.0), True), ((76.0, 24.0), False), ((49.0, 50.0), False)])
def test_classes_of_25_and_100_people_or_nothing(people, shown):
    found = OutcomeMeans(np.array([30.0, 60.4]), np.array([2.0, 3.0]), np.array([30.0, 60.0]), np.array(people))
    made = list(model.outcomes("T", ("integration", "balance"), found, Thresholds()))
    assert bool(made) is shown


def test_classes_that_cannot_be_told_apart_show_nothing():
    found = OutcomeMeans(np.full(2, np.nan), np.full(2, np.nan), np.full(2, 50.0), np.array([80.0, 80.0]))
    assert list(model.outcomes("T", ("integration", "balance"), found, Thresholds())) == []


def by_group(integration: int, balance: int, margin: int = 4) -> Protected:
    rows = [
        cell("profiles", 0, "outcome:CBI.work", str(value), part=group, kind="model", value=float(value))
        | {"low": float(value), "high": float(value), "ci_low": float(value - margin), "ci_high": float(value + margin)}
        for group, value in (("integration", integration), ("balance", balance))
    ]
    return release(rows, measures=[mean_measure("CBI.work")], scales=[scale("CBI.work", "Work burnout")])


def test_the_heading_names_a_group_only_where_the_intervals_tell_them_apart():
    said = finding.outcomes(by_group(48, 39))
    assert said == "Integration-leaning people report more work burnout: association, not a cause"
    assert finding.outcomes(by_group(39, 48)).startswith("Balance-leaning people report more")
    assert finding.outcomes(by_group(44, 41)) == "No clear difference in work burnout between the two groups"
    assert "not supported" in finding.outcomes(release([]))


def test_burnout_by_group_is_drawn_with_its_intervals():
    made = chart.outcomes(by_group(48, 39))
    assert made.numbers["Likely between"].tolist() == ["35 to 43", "44 to 52"]
    assert made.numbers["Group"].tolist() == ["Balance-leaning", "Integration-leaning"]
    assert "Bolck" in " ".join(made.method) and "not a cause" in made.subline
    assert not chart.outcomes(release([])).rows


def judged(**more: Any) -> Protected:
    told = {"tested": True, "verdict": "continuum", "sentence": "S.", "certain": 65.0, "entropy": 0.61}
    return release([], groups={**told, "avepp": [0.91, 0.87], "stable_sentence": "Stable.", "split_half": 0.9, **more})


def test_how_sure_the_profiles_are_is_said_and_nothing_before_a_test():
    said = " ".join(finding.sureness(judged(agreeing_sentence="A habit of agreeing.")))
    for told in ("How stable: stable.", "0.90 (adjusted Rand", "65 %", "87 %", "Entropy 0.61", "A habit of agreeing."):
        assert told in said
    assert "fitted to" not in said
    assert finding.sureness(release([])) == ()


def test_a_fit_to_a_part_of_the_people_is_said():
    assert "fitted to 20,000 people" in " ".join(finding.sureness(judged(sampled=20_000)))


def test_the_manifest_says_whether_all_were_fitted(two):
    whole = told_of(two[1])
    assert whole["sampled"] is None and len(whole["avepp"]) == 2 and whole["agreeing_sentence"]
    assert told_of(replace(two[1], fitted=120))["sampled"] == 120


def test_the_table_of_fits_says_that_it_never_decides():
    rows = [cell("profiles", 0, f"fit:{k}", "900", part="bic") for k in range(1, 6)]
    assert "never decides by itself" in chart.fits(release(rows)).subline
