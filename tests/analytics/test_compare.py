"""Which groups differ: against scipy, and nothing that depends on a hidden group alone."""

from dataclasses import replace
from math import isnan

import numpy as np
import pytest
from company_waves import company_wave, protected
from scipy import stats

from analytics.compare import LEAST_SPREAD, compare
from analytics.protect.cells import Coarsening

# Company > two divisions > teams; two teams are too small to be shown, one division keeps a rest of nine.
PARENTS = [-1, 0, 0, 1, 1, 1, 1, 2, 2, 2]
OWN = [0, 0, 0, 30, 25, 5, 4, 28, 12, 40]


def lifted(wave, unit, by):
    """The wave with every burnout answer of one unit raised."""
    answers = wave.answers.copy()
    rows = wave.unit == unit
    for scale in (s for s in wave.scales if s.role == "burnout"):
        for item in scale.items:
            step = -by if item.reversed else by
            held = answers.loc[rows, item.id]
            answers.loc[rows, item.id] = np.where(held > 0, (held + step).clip(1, item.levels), 0).astype(np.int8)
    return replace(wave, answers=answers)


@pytest.fixture(scope="module")
def made():
    return protected(lifted(company_wave(PARENTS, OWN, seed=4), 9, 2))


def groups_of_people(made, name):
    """Each shown group's scores without those of the shown groups inside it."""
    one = next(c for c in made.counted if c.system.name == name)
    mean = next(m for m in one.system.measures if m.kind == "mean")
    values = np.array(mean.weights)[made.codes[name].to_numpy()]
    home = made.family.place[made.wave.unit]
    while not one.shown[home].all():
        parents = np.array(made.family.parents)
        home = np.where(one.shown[home], home, parents[home])
    held = [values[(home == place) & ~np.isnan(values)] for place in np.flatnonzero(one.shown)]
    return [scores for scores in held if len(scores)]


def test_the_spread_is_the_pooled_one_in_whole_points(made):
    for name in ("CBI.work", "EVK.preference", "B"):
        groups = groups_of_people(made, name)
        inside = sum(((scores - scores.mean()) ** 2).sum() for scores in groups)
        pooled = np.sqrt(inside / (sum(map(len, groups)) - len(groups)))
        assert made.found.spread[name] == round(pooled)


def test_groups_differ_when_the_f_test_says_so(made):
    assert made.found.differ["CBI.work"]
    for name in ("CBI.work", "CBI.personal", "EVK.preference", "EVK.supply", "B"):
        p = stats.f_oneway(*groups_of_people(made, name)).pvalue
        if p > 0.05:
            assert not made.found.differ[name]
        if p < 0.01:
            assert made.found.differ[name]


def test_the_lifted_team_is_clearly_higher_and_random_teams_are_not(made):
    place = next(at for at, group in enumerate(made.family.groups) if group.name == "Unit 9")
    assert made.found.states["CBI.work"][place] == "higher"
    other = [s for at, s in enumerate(made.found.states["EVK.supply"]) if made.family.groups[at].level == 2]
    assert "higher" not in other and "lower" not in other


def test_the_organisation_and_residual_groups_have_no_state(made):
    for states in made.found.states.values():
        assert states[0] == ""
        assert all(states[at] == "" for at, group in enumerate(made.family.groups) if group.rest)


def test_no_spread_is_told_of_fewer_than_fifty_people():
    few = protected(company_wave([-1, 0, 0], [0, 25, 24], missing=0.0))
    assert all(isnan(spread) for spread in few.found.spread.values())
    assert few.cells[["ci_low", "ci_high"]][few.cells["kind"] == "mean"].isna().all().all()
    enough = protected(company_wave([-1, 0, 0], [0, 25, 25], missing=0.0))
    assert not any(isnan(spread) for spread in enough.found.spread.values())


def test_nothing_depends_on_a_hidden_team_alone():
    """Two hidden teams of a division exchange their people: no state, no spread, no difference changes."""
    wave = lifted(company_wave(PARENTS, OWN, seed=4), 5, 3)
    unit = wave.unit.copy()
    unit[wave.unit == 5], unit[wave.unit == 6] = 6, 5
    one, other = protected(wave), protected(replace(wave, unit=unit))
    assert not one.family.shown[5] and not one.family.shown[6]
    assert one.found.spread == other.found.spread and one.found.differ == other.found.differ
    for name, states in one.found.states.items():
        np.testing.assert_array_equal(states, other.found.states[name])


def test_a_residual_group_that_is_dropped_is_in_its_parents_block():
    wave = company_wave(PARENTS, OWN, seed=4)
    rest = next(group for group in protected(wave).family.groups if group.rest)
    dropped = protected(wave, coarse=Coarsening().without("CBI.work", rest.id))
    groups = groups_of_people(dropped, "CBI.work")
    inside = sum(((scores - scores.mean()) ** 2).sum() for scores in groups)
    assert dropped.found.spread["CBI.work"] == round(np.sqrt(inside / (sum(map(len, groups)) - len(groups))))


def test_the_same_answer_from_everybody_differs_nowhere_and_its_spread_is_not_told():
    """A spread near 0 beside a mean would tell what everybody answered."""
    wave = company_wave(PARENTS, OWN, missing=0.0)
    alike = replace(wave, answers=wave.answers * 0 + 3)
    found = protected(alike).found
    assert not any(found.differ.values()) and set(found.spread.values()) == {LEAST_SPREAD}
    assert {state for states in found.states.values() for state in states} <= {"", "unclear"}


def test_nothing_counted_is_nothing_compared(made):
    found = compare([], made.family)
    assert found.spread == {} and found.differ == {} and found.states == {}
