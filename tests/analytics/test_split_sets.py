"""Splits, as sets of people: large enough, true, and no small overlap or difference of two groups can be worked out."""

from dataclasses import replace
from itertools import combinations

import numpy as np
import pandas as pd
import pytest
from company_waves import company_wave, people_of_nodes, protected
from small_waves import CBI_WORK

from analytics import count
from analytics.manifest import units
from analytics.protect import split_cells
from analytics.protect.cells import Coarsening
from analytics.protect.display import n_band
from analytics.protect.thresholds import thresholds

LABELS = {"sex": ("a", "b", "c"), "site": ("A", "B", "C", "D"), "tenure": ("new", "some", "long")}
SIZES = thresholds(8)


def split_wave(seed):
    """Two levels; a rare sex, uneven sites, and a tenure that mostly goes with the team."""
    rng = np.random.default_rng(seed)
    parents = [-1, 0, 0, 0, *rng.integers(1, 4, 9).tolist()]
    own = [0] * 4 + rng.integers(5, 45, 9).tolist()
    missing = float(rng.choice([0.0, 0.05, 0.3]))
    wave = company_wave(parents, own, seed, scales=(CBI_WORK,), hours=False, missing=missing)
    n = len(wave)
    mostly = np.where(rng.random(n) < 0.9, 1 + wave.unit % 3, rng.integers(0, 4, n))
    sex = rng.choice(4, n, p=[0.03, 0.5, 0.44, 0.03])
    site = rng.choice(5, n, p=rng.dirichlet([2, 1, 0.3, 0.3, 0.1]))
    segments = pd.DataFrame({"sex": sex, "site": site, "tenure": mostly}).astype(np.int16)
    return replace(wave, segments=segments, segment_labels=LABELS)


def split_rows(made):
    """The split cells of the one system of a wave, as publishing makes them."""
    (one,), wave = made.counted, made.wave
    found = split_cells.splitting(wave, made.family, SIZES)
    groupings = split_cells.groupings(found, one.system)
    codes = made.codes["CBI.work"].to_numpy()
    batch = {"CBI.work": codes} | split_cells.columns(wave, found)
    tables = count.tables(count.tally([batch], groupings), groupings)
    return list(split_cells.cells(one, codes > 0, tables, found, SIZES, Coarsening(), made.found.spread))


def sets_shown(made, rows):
    """Who is behind each shown group and category: (node, attribute, label) -> people who answered."""
    members = people_of_nodes(made.wave, units(made.family))
    answered = frozenset(np.flatnonzero(made.codes["CBI.work"].to_numpy()).tolist())
    found = {(node, "", ""): members[node] & answered for node in made.cells["node"][made.cells["shown"]].unique()}
    for row in (row for row in rows if row["shown"]):
        segment, label = row["part"].split("|")[:2]
        code = LABELS[segment].index(label) + 1
        people = set(np.flatnonzero(made.wave.segments[segment].to_numpy() == code).tolist())
        found[row["node"], segment, label] = members[row["node"]] & answered & people
    return found


@pytest.mark.parametrize("seed", range(12))
def test_categories_and_what_is_left_beside_them_are_large_enough_and_true(seed):
    made = protected(split_wave(seed), SIZES)
    rows = split_rows(made)
    found = sets_shown(made, rows)
    mean = np.array(made.measures[0].weights)[made.codes["CBI.work"].to_numpy()]
    for row in (row for row in rows if row["shown"]):
        people = found[row["node"], *row["part"].split("|")[:2]]
        assert len(people) >= SIZES.k_demo and len(found[row["node"], "", ""]) >= SIZES.n_demo
        assert (row["n_low"], row["n_high"]) == n_band(len(people))
        if row["kind"] == "mean":
            assert row["low"] - 1e-9 <= mean[list(people)].mean() <= row["high"] + 1e-9
    for node, segment in {key[:2] for key in found if key[1]}:
        shown = [people for key, people in found.items() if key[:2] == (node, segment)]
        left = len(found[node, "", ""].difference(*shown))
        assert left == 0 or left >= SIZES.k


@pytest.mark.parametrize("seed", [1, 2, 9, 12, 21, 39])
def test_no_small_overlap_or_difference_of_two_groups_can_be_worked_out(seed):
    made = protected(split_wave(seed), SIZES)
    found = list(sets_shown(made, split_rows(made)).values())
    rows = np.zeros((len(found), len(made.wave)))
    for place, people in enumerate(found):
        rows[place, list(people)] = 1
    _, size, basis = np.linalg.svd(rows, full_matrices=False)
    basis = basis[size > 1e-9 * size.max()]
    for one, other in combinations(found, 2):
        for people in (one & other, one - other, other - one):
            if 0 < len(people) < SIZES.k:
                target = np.zeros(len(made.wave))
                target[list(people)] = 1
                assert len(people) - ((basis @ target) ** 2).sum() > 1e-7, (len(people), seed)
