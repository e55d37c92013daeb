"""The two steps of the mixture: the likelihood only rises, gaps are skipped, empty classes do no harm."""

import numpy as np
import pytest
from scipy import stats

from analytics.mixture import LEAST_VARIANCE, climb, expected
from analytics.patterns import Patterns


def some_patterns(seed=0, n=80):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(n, 2)) + np.where(np.arange(n) % 2, 1.5, -1.5)[:, None]
    observed = (rng.random((n, 2)) < 0.9).astype(float)
    observed[:, 0] = np.where(observed.any(axis=1), observed[:, 0], 1)
    return Patterns(values * observed, observed, rng.integers(1, 5, n).astype(float))


def halves(n, lean=0.7):
    first = np.where(np.arange(n) % 2, lean, 1 - lean)
    return np.column_stack([first, 1 - first])


@pytest.mark.parametrize(("seed", "lean"), [(0, 0.7), (24, 0.52), (40, 0.52)])
def test_each_round_raises_the_likelihood(seed, lean):
    patterns = some_patterns(seed)
    reached = [climb(patterns, halves(80, lean), rounds, 0.0, 0.0).loglik for rounds in range(2, 30)]
    assert (np.diff(reached) > -1e-9).all() and reached[-1] > reached[0] + 1


def test_memberships_are_bayes_rule_over_what_was_observed():
    patterns = Patterns(np.array([[0.5, 0.0]]), np.array([[1.0, 0.0]]), np.array([3.0]))
    means, shares = np.array([[0.0, 9.0], [1.5, -9.0]]), np.array([0.25, 0.75])
    chances, loglik = expected(patterns, means, np.array([0.81, 1.0]), shares)
    joint = shares * stats.norm.pdf(0.5, means[:, 0], 0.9)
    np.testing.assert_allclose(chances[0], joint / joint.sum())
    np.testing.assert_allclose(loglik, 3 * np.log(joint.sum()))


def test_counts_stand_for_repeated_rows():
    patterns = some_patterns()
    times = patterns.counts.astype(int)
    repeated = Patterns(
        patterns.values.repeat(times, axis=0), patterns.observed.repeat(times, axis=0), np.ones(times.sum())
    )
    short = climb(patterns, halves(80), 40, 0.0, 0.0)
    full = climb(repeated, halves(80).repeat(times, axis=0), 40, 0.0, 0.0)
    np.testing.assert_allclose(short.means, full.means)
    np.testing.assert_allclose(short.loglik, full.loglik)


def test_a_class_of_nobody_and_a_variance_of_nought_keep_the_fit_finite():
    patterns = Patterns(np.array([[1.0], [-1.0]]), np.ones((2, 1)), np.array([5.0, 5.0]))
    sure = np.array([[1.0, 0.0, 0.0], [0.0, 1.0, 0.0]])
    fitted = climb(patterns, sure, 50, 1e-9, 1e-9)
    assert fitted.variances[0] == LEAST_VARIANCE and np.isfinite(fitted.loglik)
    assert fitted.shares[2] == 0 and fitted.converged


def test_too_few_steps_are_reported_as_not_converged():
    assert not climb(some_patterns(), halves(80), 2, 1e-12, 1e-12).converged
