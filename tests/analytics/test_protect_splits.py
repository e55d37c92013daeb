"""Splits by one attribute: the one-way rule, and the repair by rank beside least squares on people."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from analytics.protect import splits
from analytics.protect.family import family
from analytics.protect.splits import Split
from analytics.protect.thresholds import Thresholds
from analytics.wave import Tree, Unit

RULE = Thresholds(n_demo=30)


def company(seed, divisions=3, teams=4, attributes=2):
    """A random company: tree, unit per person, and codes of some attributes (0 for none)."""
    rng = np.random.default_rng(seed)
    units = [Unit("Whole", -1)]
    unit = []
    for division in range(divisions):
        units.append(Unit(f"D{division}", 0))
        parent = len(units) - 1
        for team in range(teams):
            units.append(Unit(f"T{division}.{team}", parent))
            unit += [len(units) - 1] * int(rng.integers(6, 26))
    unit = np.array(unit)
    lean = rng.random(len(units))
    codes = {
        f"attribute {at}": np.where(rng.random(len(unit)) < 0.02, 0, 1 + (rng.random(len(unit)) < lean[unit]) + 0)
        for at in range(attributes)
    }
    return Tree(tuple(units)), unit, codes


def worked_out(tree, unit, codes):
    groups = family(tree, np.bincount(unit, minlength=len(tree)), RULE.k)
    people = splits.kinds(groups, unit, codes)
    everyone = people.sizes(np.ones(len(unit), bool))
    total = groups.rolled_up(np.bincount(people.group, everyone, minlength=len(groups.groups)))
    large = tuple(at for at, g in enumerate(groups.groups) if not g.rest and total[at] >= RULE.n_demo)
    shown = np.ones(len(groups.groups), bool)
    kept, why = splits.allowed(groups, people, large, everyone, shown, None, RULE)
    return groups, people, everyone, kept, why


def of_group(groups, place, unit):
    """Who is in one group of the family."""
    below = np.zeros(len(groups.groups), bool)
    for at, parent in enumerate(groups.parents):
        below[at] = at == place or (parent >= 0 and below[parent])
    return below[groups.place[unit]]


def rows_of(groups, unit, codes, kept):
    tree_rows = [of_group(groups, at, unit) for at in range(len(groups.groups))]
    return np.array(tree_rows + [of_group(groups, s.group, unit) & (codes[s.segment] == s.code) for s in kept], float)


def is_worked_out(rows, target):
    weights = np.linalg.lstsq(rows.T, target.astype(float), rcond=None)[0]
    return np.abs(rows.T @ weights - target).max() < 1e-7


def small_targets(groups, unit, codes, rows, k):
    """Small kinds of people, and small overlaps and differences of every two published groups."""
    kinds = np.unique(np.column_stack([groups.place[unit], *codes.values()]), axis=0, return_inverse=True)[1].ravel()
    found = [kinds == kind for kind in np.unique(kinds)]
    blocks = [groups.place[unit] == place for place in range(len(groups.groups))]
    around = [of_group(groups, at, unit) for at in range(len(blocks))]
    sets = [group & (code == category) for group in around for code in codes.values() for category in range(3)]
    for one, other in combinations([*rows.astype(bool), *blocks, *sets], 2):
        found += [one & other, one & ~other, other & ~one]
    return [target for target in found if 0 < target.sum() < k]


@pytest.mark.parametrize("seed", range(12))
def test_no_small_group_can_be_worked_out_after_the_repair(seed):
    tree, unit, codes = company(seed)
    groups, _, _, kept, _ = worked_out(tree, unit, codes)
    rows = rows_of(groups, unit, codes, kept)
    assert not [t for t in small_targets(groups, unit, codes, rows, RULE.k) if is_worked_out(rows, t)]


@pytest.mark.parametrize("seed", range(12))
def test_each_certificate_gives_a_small_group_away(seed):
    tree, unit, codes = company(seed)
    groups, _, _, kept, why = worked_out(tree, unit, codes)
    offered = [
        Split(place, segment, code)
        for place in range(len(groups.groups))
        for segment in codes
        for code in (1, 2)
        if Split(place, segment, code) in kept or any(one.hidden == Split(place, segment, code) for one in why)
    ]
    rows = rows_of(groups, unit, codes, offered)
    if why:
        assert any(is_worked_out(rows, t) for t in small_targets(groups, unit, codes, rows, RULE.k))
    assert all(one.hidden in [split for split, _ in one.together] for one in why)


@pytest.mark.parametrize("seed", range(12))
def test_categories_and_what_is_left_of_a_group_are_large_enough(seed):
    tree, unit, codes = company(seed)
    groups, _, _, kept, _ = worked_out(tree, unit, codes)
    for split in kept:
        assert (of_group(groups, split.group, unit) & (codes[split.segment] == split.code)).sum() >= RULE.k_demo


def test_some_company_needs_the_repair():
    assert any(worked_out(*company(seed))[4] for seed in range(12))


def test_a_group_below_the_floor_is_not_split():
    tree = Tree((Unit("Whole", -1),))
    unit = np.zeros(29, int)
    assert worked_out(tree, unit, {"site": np.repeat([1, 2], [15, 14])})[3] == ()
    unit = np.zeros(30, int)
    assert len(worked_out(tree, unit, {"site": np.repeat([1, 2], [15, 15])})[3]) == 2


def test_a_small_remainder_takes_the_smallest_category_with_it():
    tree, unit = Tree((Unit("Whole", -1),)), np.zeros(60, int)
    kept = worked_out(tree, unit, {"site": np.repeat([1, 2, 3], [35, 21, 4])})[3]
    assert [split.code for split in kept] == [1]
