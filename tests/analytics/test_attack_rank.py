"""Exact recovery: linear algebra against the closed form, and the attacker's teeth on a naive release."""

from __future__ import annotations

import numpy as np
import pytest
from attack_companies import Style, company, deep_company, members, publish

from analytics import attack
from analytics.attack import rank


def test_linear_algebra_agrees_with_the_closed_form_on_300_random_trees():
    agree = 0
    for seed in range(300):
        rng = np.random.default_rng(10_000 + seed)
        truth = deep_company(rng, levels=int(rng.integers(2, 6)), size=9)
        units = [{"rest": False} for _ in truth.tree.units]
        kept = [place for place in range(len(units)) if rng.random() < 0.6] or [0]
        inside, size, _ = rank.blocks(np.array([members(units, place, truth) for place in kept]))
        closed = {leak.block.tobytes() for leak in rank.residual_blocks(inside, size) if 0 < leak.size < 6}
        every_block = np.eye(len(size), dtype=bool)[(size < 6) & inside.any(axis=0)]
        linear = {every_block[place].tobytes() for place, _ in rank.separable(inside, every_block)}
        agree += closed == linear
    assert agree == 300


def test_a_certificate_names_the_groups_that_combine_to_the_leak():
    whole, women, a, b, a_women, b_women = (np.zeros(50, bool) for _ in range(6))
    whole[:] = True
    a[:18], b[18:36] = True, True
    women[[*range(9), *range(18, 27), *range(36, 40)]] = True
    a_women[:9], b_women[18:27] = True, True
    inside, size, _ = rank.blocks(np.array([whole, women, a, b, a_women, b_women]))
    found = rank.leaks(inside, size, 8, families=[[1, 4, 5]])
    assert [(leak.size, leak.groups) for leak in found] == [(4, (1, 4, 5))]


def test_a_group_that_cannot_be_separated_is_not_reported():
    inside = np.array([[True, True, False, False], [False, True, True, False], [False, False, True, True]])
    assert rank.separable(inside, np.eye(4, dtype=bool)) == []


@pytest.mark.parametrize(
    ("with_truth", "times"), [(True, 20), (False, 6), pytest.param(False, 20, marks=pytest.mark.long)]
)
def test_a_safe_release_gives_no_group_away(with_truth, times):
    for seed in range(times):
        truth = company(seed)
        report = attack.audit(*publish(truth), truth if with_truth else None)
        assert report["groups"] == 0


def test_hiding_small_teams_alone_is_broken_in_at_least_150_of_200_companies():
    broken = 0
    for seed in range(200):
        truth = company(seed)
        cells, manifest = publish(truth, Style(k=5, safe=False, rests=False, exact=True))
        shown = sorted(set(cells["node"][cells["shown"] & (cells["measure"] == "score")]))
        inside, size, _ = rank.blocks(np.array([members(manifest["units"], node, truth) for node in shown]))
        broken += bool(rank.leaks(inside, size, 5))
    assert broken >= 150
