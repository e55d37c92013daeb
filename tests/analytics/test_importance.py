"""Shares of R² from correlations, against relaimpo and domir."""

import numpy as np
import pytest
from small_waves import reference, reference_table

from analytics.importance import coefficients, lmg, relative_weights, subset_r2


def correlation_of(name):
    expected = reference()["drivers"][name]
    table = reference_table(f"{name}.csv")[[*expected["predictors"], expected["outcome"]]]
    return np.corrcoef(table.to_numpy(float), rowvar=False), expected


def random_correlation(predictors, seed=0):
    rng = np.random.default_rng(seed)
    return np.corrcoef(rng.normal(size=(80, predictors + 1)) @ rng.normal(size=(predictors + 1,) * 2), rowvar=False)


@pytest.mark.parametrize("name", ["swiss", "attitude"])
def test_shares_are_those_of_relaimpo_and_domir(name):
    correlation, expected = correlation_of(name)
    assert lmg(correlation) == pytest.approx(list(expected["lmg"].values()), abs=1e-6)
    assert lmg(correlation) == pytest.approx(list(expected["general_dominance_domir"].values()), abs=1e-6)
    assert lmg(correlation).sum() == pytest.approx(expected["R2"], abs=1e-6)


@pytest.mark.parametrize("name", ["swiss", "attitude"])
def test_relative_weights_are_those_of_johnson(name):
    correlation, expected = correlation_of(name)
    assert relative_weights(correlation) == pytest.approx(list(expected["relative_weights_johnson"].values()), abs=1e-6)


@pytest.mark.parametrize("name", ["swiss", "attitude"])
def test_coefficients_and_single_and_last_gains_are_those_of_r(name):
    correlation, expected = correlation_of(name)
    assert coefficients(correlation) == pytest.approx(list(expected["beta_std"].values()), abs=1e-6)
    r2 = subset_r2(correlation)
    p = len(expected["predictors"])
    assert [r2[1 << j] for j in range(p)] == pytest.approx(list(expected["first"].values()), abs=1e-6)
    full = 2**p - 1
    assert [r2[full] - r2[full ^ (1 << j)] for j in range(p)] == pytest.approx(
        list(expected["last"].values()), abs=1e-6
    )


def test_every_subset_has_the_r2_of_its_own_regression():
    correlation = random_correlation(6)
    r2 = subset_r2(correlation)
    for mask in range(1, 64):
        held = [j for j in range(6) if mask >> j & 1]
        to_outcome = correlation[held, -1]
        direct = to_outcome @ np.linalg.solve(correlation[np.ix_(held, held)], to_outcome)
        assert r2[mask] == pytest.approx(direct, abs=1e-9)


def test_many_matrices_at_once_give_what_each_gives_alone():
    stack = np.stack([random_correlation(4, seed) for seed in range(3)])
    for work in (lmg, relative_weights, coefficients):
        assert work(stack) == pytest.approx(np.stack([work(one) for one in stack]))


def test_a_copy_of_a_predictor_shares_with_it_and_breaks_nothing():
    correlation = random_correlation(3)
    twice = correlation[np.ix_([0, 0, 1, 2, 3], [0, 0, 1, 2, 3])]
    shares = lmg(twice)
    assert shares[0] == pytest.approx(shares[1])
    assert shares.sum() == pytest.approx(lmg(correlation).sum())
    assert relative_weights(twice).sum() == pytest.approx(lmg(correlation).sum(), abs=1e-6)


def test_uncorrelated_predictors_get_their_squared_correlations():
    correlation = np.eye(4)
    correlation[-1, :3] = correlation[:3, -1] = (0.5, -0.3, 0.0)
    for work in (lmg, relative_weights):
        assert work(correlation) == pytest.approx([0.25, 0.09, 0.0])


def test_more_than_twelve_predictors_and_noise_are_refused_by_the_exact_way():
    assert lmg(random_correlation(13)).shape == (13,)
    with pytest.raises(ValueError, match="1 to 13 predictors, but got 14"):
        lmg(random_correlation(14))
    assert relative_weights(random_correlation(14)).shape == (14,)
