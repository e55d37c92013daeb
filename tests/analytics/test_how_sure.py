"""How often a page would be wrong, on fresh invented companies of the sample's size and shape."""

import math
from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from analytics.compare import compare
from analytics.drivers import drivers, team_moments
from analytics.measured import measure
from analytics.protect import display
from analytics.protect.cells import Coarsening, counted
from analytics.protect.family import family
from analytics.protect.split_cells import splitting
from analytics.protect.thresholds import Thresholds
from analytics.shrink import Moments, states
from analytics.systems import systems
from analytics.tallies import tallies
from data import road
from data.samples.company import file_of, teams

pytestmark = pytest.mark.long

SD, ICC, MEASURES, MEAN = 18.0, 0.06, 12, 45.0
ANSWERED = 0.88
TEAMS = teams()
DIVISIONS = sorted({team.division for team in TEAMS})
IN_DIVISION = np.array([DIVISIONS.index(team.division) for team in TEAMS])
CLEAR = ["higher", "lower"]
LEVEL = [0] + [1] * len(DIVISIONS) + [2] * len(TEAMS)


def sizes():
    return np.array([max(1, round(team.size * ANSWERED)) for team in TEAMS])


def summed(values, groups):
    """Sums over teams, with those of the divisions and the organisation before them."""
    own = np.bincount(groups, values, len(TEAMS))
    return np.concatenate([[own.sum()], np.bincount(IN_DIVISION, own), own])


def states_of(rng, icc, lifted=None, by=0.0):
    """The states of every unit on twelve correlated scores; one team of 40 may lie ``by`` points above."""
    size = sizes()
    if lifted is not None:
        size[lifted] = 40
    groups = np.repeat(np.arange(len(TEAMS)), size)
    mix = np.linalg.cholesky(0.5 * (np.eye(MEASURES) + 1))
    truth = MEAN + SD * math.sqrt(icc) * rng.normal(size=(len(TEAMS), MEASURES)) @ mix.T
    if lifted is not None:
        truth[lifted, 0] = MEAN + by
    values = truth[groups] + SD * math.sqrt(1 - icc) * rng.normal(size=(len(groups), MEASURES)) @ mix.T
    parts = [np.column_stack([summed(values[:, m] ** power, groups) for m in range(MEASURES)]) for power in (0, 1, 2)]
    shown = np.concatenate([[True] * (1 + len(DIVISIONS)), size >= 8])[:, None] & np.ones((1, MEASURES), bool)
    return states(Moments(*parts), LEVEL, shown=shown)


def test_without_true_differences_a_page_shows_a_flag_in_at_most_a_tenth_of_companies():
    flagged = sum(
        np.isin(states_of(np.random.default_rng(seed), 0.0), ["higher", "lower"]).any() for seed in range(200)
    )
    assert flagged <= 20


def test_a_team_of_forty_that_lies_twelve_points_above_is_flagged_in_at_least_half():
    found = 0
    for seed in range(200):
        rng = np.random.default_rng(10_000 + seed)
        team = int(rng.integers(len(TEAMS)))
        found += states_of(rng, ICC, team, 12.0)[1 + len(DIVISIONS) + team, 0] == "higher"
    assert found >= 100


def exact_share(hits, n):
    low = stats.beta.ppf(0.025, hits, n - hits + 1) if hits else 0.0
    return low, stats.beta.ppf(0.975, hits + 1, n - hits) if hits < n else 1.0


def displayed(rng, n, kind):
    """The displayed figure of one team, its true value and the width of the exact interval."""
    truth = rng.normal(MEAN, SD * math.sqrt(ICC))
    if kind == "mean":
        values = rng.normal(truth, SD, n)
        exact = 2 * stats.t.ppf(0.975, n - 1) * values.std(ddof=1) / math.sqrt(n)
        return display.mean(float(values.mean()), n, 1, SD), truth, exact
    share = float(stats.norm.sf(50, truth, SD))
    hits = int((rng.random(n) < share).sum())
    low, high = exact_share(hits, n)
    return display.share(hits, n, 1), 100 * share, 100 * (high - low)


@pytest.mark.parametrize("kind", ["mean", "share"])
def test_shown_intervals_cover_the_true_value_and_are_not_much_wider_than_exact_ones(kind):
    rng = np.random.default_rng(77)
    covered, wider = [], []
    for n in rng.choice(sizes()[sizes() >= 8], 4000):
        figure, truth, exact = displayed(rng, int(n), kind)
        if math.isnan(figure.ci_low):
            continue
        covered.append(figure.ci_low <= truth <= figure.ci_high)
        if n >= 20:
            wider.append((figure.ci_high - figure.ci_low) / exact)
    assert len(covered) > 3000 and np.mean(covered) >= 0.93
    assert np.mean(wider) <= 1.5


def survey_of(beta, seed):
    """The moments of 2,000 people in 60 teams whose scales a, b, c ... go together by r = .30."""
    p = len(beta)
    correlation = 0.3 * (np.ones((p, p)) - np.eye(p)) + np.eye(p)
    rng = np.random.default_rng(seed)
    x = rng.normal(size=(2000, p)) @ np.linalg.cholesky(correlation).T
    y = x @ beta + math.sqrt(1 - beta @ correlation @ beta) * rng.normal(size=2000)
    return team_moments(50 + 15 * np.column_stack((x, y)), [*"abcdefgh"[:p], "y"], np.arange(2000) % 60, 60)


def test_drivers_five_points_apart_come_out_in_order_in_correlated_scales():
    beta, right = np.array([0.34336, 0.25332, 0.13228, 0.06189]), 0  # shares of R2: .15, .10, .05 and .03
    for seed in range(200):
        found = drivers(survey_of(beta, 20_000 + seed), draws=2)
        right += [one.name for one in found.drivers[:3]] == ["a", "b", "c"]
    assert right >= 190


def test_no_wrong_order_is_shown_where_two_drivers_lie_five_points_of_the_explained_part_apart():
    """What 2,000 people cannot tell apart is shown as not told apart: .40, .35 and .25 of an R2 of .30."""
    beta, wrong = np.array([0.28909, 0.26069, 0.19624]), 0
    for seed in range(100):
        place = {one.name: one.place for one in drivers(survey_of(beta, 40_000 + seed), draws=300).drivers}
        wrong += place["a"] > place["b"] or place["a"] > place["c"] or place["b"] > place["c"]
    assert wrong <= 5


def test_people_of_the_sample_in_teams_by_lot_are_flagged_on_a_page_in_at_most_a_tenth_of_companies():
    """The sample's own answers, scores, shares and single questions, its units and what they may show; only who is in
    which team is drawn by lot, so that no true difference is left."""
    sample = road.look(str(file_of("Autumn 2026", False)), "", None)
    wave, sizes = road.assemble(sample, None, "S", "W", False, b"").wave, Thresholds()
    measured = measure(wave)
    every, pages = systems(measured.measures), {one.id: one.view for one in measured.measures}
    flagged = dict.fromkeys(set(pages.values()), 0)
    for seed in range(100):
        drawn = replace(wave, unit=np.random.default_rng(30_000 + seed).permutation(wave.unit))
        units = family(drawn.tree, np.bincount(drawn.unit, minlength=len(drawn.tree)), sizes.k)
        tables = tallies(drawn, measured.codes, measured.boundary, every, splitting(drawn, units, sizes), None).units
        shown = [counted(one, table, units, sizes, Coarsening()) for one, table in zip(every, tables, strict=True)]
        clear = {name for name, found in compare(shown, units).states.items() if np.isin(found, CLEAR).any()}
        for page in {pages[name] for name in clear}:
            flagged[page] += 1
    assert len(flagged) > 1 and max(flagged.values()) <= 10
