"""Later waves on the first wave's groups, and items whose meaning moves."""

import numpy as np
import pytest
from simulated import EVK, answers, survey
from small_waves import a_scale

from analytics.anchored import anchored, invariance, tucker
from analytics.profiles import fit, memberships, oriented

SCALE = a_scale("X.s", "preference", list("1234"))


def first_wave(seed=1):
    x = survey("classes", 500, EVK, seed, delta=6).scores() * 100
    return x, oriented(x, fit(x, 2, index=x.mean(axis=1)), x.mean(axis=1)).profiles


def test_the_first_wave_gets_its_own_memberships_back():
    x, profiles = first_wave()
    found = anchored(profiles, x, x.mean(axis=1))
    np.testing.assert_array_equal(found.memberships, memberships(x, profiles))
    assert found.refit_agreement == pytest.approx(1.0)
    np.testing.assert_allclose(found.shares, profiles.shares, atol=1e-6)


def test_a_shift_of_everyone_shows_as_shares_and_does_not_move_the_groups():
    x, profiles = first_wave()
    rng = np.random.default_rng(2)
    upper = x[x.mean(axis=1) > 55]
    later = np.vstack([x, upper[rng.integers(0, len(upper), 500)]])
    later[0] = np.nan
    found = anchored(profiles, later, later.mean(axis=1))
    assert np.isnan(found.memberships[0]).all()
    assert found.shares[1] > profiles.shares[1] + 0.15 and found.refit_agreement > 0.9


def one_scale(n, seed, shift=0.0):
    codes = answers("continuum", n, (4,), np.random.default_rng(seed))
    if shift:
        moved = np.random.default_rng(seed + 1).random(n) < shift
        codes[moved, 2] = np.minimum(codes[moved, 2] + 1, 5)
    return codes


def test_the_same_scale_twice_means_the_same():
    found = invariance(one_scale(600, 1), one_scale(500, 2), SCALE)
    assert found.phi > 0.99 and found.same and not any(one.drifts for one in found.drifts)
    assert "same in both waves" in found.sentence


def test_a_changed_item_drifts_and_is_named():
    found = invariance(one_scale(600, 1), one_scale(500, 2, shift=0.6), SCALE)
    (moved,) = [one for one in found.drifts if one.drifts]
    assert moved.item == "X.3" and moved.shift > 5 and moved.shift > 1.96 * moved.se
    assert not found.same and "X.3" in found.sentence


def test_a_real_change_of_everyone_is_no_drift():
    later = answers("continuum", 800, (4,), np.random.default_rng(5))
    raised = answers("floor", 800, (4,), np.random.default_rng(5))
    found = invariance(later, raised, SCALE)
    assert later.mean() > raised.mean() + 0.5
    assert max(abs(one.shift) for one in found.drifts) < 5 and found.same


def test_items_that_hang_together_otherwise_end_the_trend():
    later = one_scale(500, 2)
    later[:, :2] = np.random.default_rng(0).integers(1, 6, (500, 2))
    later[:, 1] = np.where(np.arange(500) % 2, later[:, 1], 6 - later[:, 0])
    found = invariance(one_scale(600, 1), later, SCALE)
    assert found.phi < 0.95 and not found.same


def test_gaps_and_few_people_are_borne():
    first, later = one_scale(300, 1), one_scale(300, 2)
    first[np.random.default_rng(0).random(first.shape) < 0.1] = 0
    assert invariance(first, later, SCALE).phi > 0.98
    few = invariance(first[:20], later[:20], SCALE)
    assert np.isnan(few.phi) and all(np.isnan(one.shift) for one in few.drifts) and "Too few" in few.sentence


def test_of_two_items_both_are_named():
    first, later = one_scale(600, 1)[:, 1:3], one_scale(600, 2, shift=0.9)[:, 1:3]
    pair = a_scale("X.two", "enactment_wh", ["2", "3"])
    found = invariance(first, later, pair)
    assert np.isnan(found.phi) and [one.drifts for one in found.drifts] == [True, True]
    assert invariance(first, one_scale(600, 4)[:, 1:3], pair).same


def test_congruence_by_hand():
    a = np.array([0.8, 0.6])
    assert tucker(a, 2 * a) == pytest.approx(1) and tucker(a, np.array([0.6, -0.8])) == pytest.approx(0)
