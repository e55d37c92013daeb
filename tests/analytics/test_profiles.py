"""Latent profiles against mclust, scikit-learn and a likelihood written out anew; and what must not change them."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from sklearn.mixture import GaussianMixture
from small_waves import reference, reference_table

from analytics.profiles import entropy, fit, memberships, oriented

# Data sets of R's datasets package: the eruptions of Old Faithful, and New York air quality with gaps.
FILES = Path(__file__).parents[1] / "data_files"
NAN = np.nan


def faithful():
    return pd.read_csv(FILES / "faithful.csv").to_numpy(float)


def airquality():
    return pd.read_csv(FILES / "airquality4.csv").to_numpy(float)


def two_groups(seed=0, n=300, gaps=0.05, apart=30.0):
    """Scores of two groups on three scales, rounded like scale scores, with gaps; and their index."""
    rng = np.random.default_rng(seed)
    group = np.arange(n) % 2
    x = np.clip(np.round((35 + apart * group[:, None] + rng.normal(0, 10, (n, 3))) / 6.25) * 6.25, 0, 100)
    x[rng.random(x.shape) < gaps] = NAN
    x = x[~np.isnan(x).all(axis=1)]
    return x, np.nanmean(x, axis=1)


def likelihood(x, means, variances, shares):
    """The log-likelihood written out with scipy, row by row, skipping what is missing."""
    total = 0.0
    for row in x:
        seen = ~np.isnan(row)
        parts = [
            share * np.prod(stats.norm.pdf(row[seen], mean[seen], np.sqrt(variances[seen])))
            for share, mean in zip(shares, means, strict=True)
        ]
        total += np.log(sum(parts))
    return total


@pytest.mark.parametrize(("k", "bic"), [(1, 3055.8349), (2, 2354.6006)])
def test_faithful_has_the_bic_of_mclust(k, bic):
    found = fit(faithful(), k)
    assert found.bic == pytest.approx(bic, abs=0.01)
    assert found.converged and found.n == 272 and found.npar == {1: 4, 2: 7}[k]


def test_faithful_has_the_classes_of_mclust():
    found = fit(faithful(), 2)
    np.testing.assert_allclose(found.means, [[2.045467, 54.584362], [4.295524, 80.032666]], rtol=1e-4)
    np.testing.assert_allclose(found.shares, [0.358987, 0.641013], atol=1e-4)


@pytest.mark.parametrize(("k", "bic"), [(1, 5530.1295), (2, 5169.3994)])
def test_diabetes_has_the_bic_of_mclust(k, bic):
    values = reference_table("diabetes_mclust.csv").iloc[:, 1:].to_numpy(float)
    assert fit(values, k).bic == pytest.approx(bic, abs=0.01)


def test_bic_values_are_those_of_the_reference():
    table = reference()["mixtures"]["values"]["faithful"]["bic"]["EEI"]
    for k in (1, 2):
        assert fit(faithful(), k).bic == pytest.approx(-table[f"G{k}"], abs=0.01)


def test_one_class_is_the_gaussian_of_scikit_learn():
    found = fit(faithful(), 1)
    model = GaussianMixture(1, covariance_type="diag", reg_covar=0).fit(faithful())
    assert found.bic == pytest.approx(model.bic(faithful()), abs=1e-6)
    np.testing.assert_allclose(found.means, model.means_)
    np.testing.assert_allclose(found.variances, model.covariances_[0])


def test_two_classes_reach_the_likelihood_written_out_and_no_step_away_is_better():
    x, _ = two_groups()
    found = fit(x, 2)
    top = likelihood(x, found.means, found.variances, found.shares)
    assert found.loglik == pytest.approx(top, abs=1e-8)
    for scale in range(3):
        for step in (-0.2, 0.2):
            means, variances = found.means.copy(), found.variances.copy()
            means[0, scale] += step
            assert likelihood(x, means, found.variances, found.shares) < top
            variances[scale] *= np.exp(step / 4)
            assert likelihood(x, found.means, variances, found.shares) < top
    assert likelihood(x, found.means, found.variances, found.shares + np.array([0.01, -0.01])) < top


def test_the_fit_stands_still_to_ten_digits():
    """Means worked out once more from the memberships are the means themselves."""
    x, _ = two_groups(seed=2, apart=18)
    found = fit(x, 2)
    people = np.where(np.isnan(x)[:, None, :], 0, memberships(x, found)[:, :, None])
    again = (people * np.nan_to_num(x)[:, None, :]).sum(axis=0) / people.sum(axis=0)
    np.testing.assert_allclose(again, found.means, rtol=1e-10)


def test_two_separate_classes_agree_with_scikit_learns_own_variances_per_class():
    x, _ = two_groups(gaps=0, apart=45, n=1000)
    ours = fit(x, 2)
    model = GaussianMixture(2, covariance_type="diag", reg_covar=0, random_state=0, tol=1e-8, max_iter=500).fit(x)
    order = np.argsort(model.means_[:, 0])
    np.testing.assert_allclose(ours.means, model.means_[order], atol=0.3)
    agree = (memberships(x, ours).argmax(axis=1) == np.argsort(order)[model.predict(x)]).mean()
    assert agree > 0.99


def test_missing_answers_are_skipped_and_not_filled_in():
    """One class on air quality: each mean is that of the values at hand (full information without covariances)."""
    found = fit(airquality(), 1)
    np.testing.assert_allclose(found.means[0], [42.12931034, 185.93150685, 9.95751634, 77.88235294], atol=1e-8)
    assert found.n == 153
    np.testing.assert_allclose(found.loglik, likelihood(airquality(), found.means, found.variances, [1.0]), atol=1e-8)


def test_with_classes_missing_answers_lean_on_the_class_of_the_person():
    """Values missing in one class only: full information moves the mean away from that of the values at hand."""
    x, _ = two_groups(gaps=0, n=600)
    truth = x[:, 0].mean()
    x[(x[:, 1] > 55) & (np.arange(600) % 3 > 0), 0] = NAN
    found = fit(x, 2)
    estimate = float(found.shares @ found.means[:, 0])
    assert abs(estimate - truth) < 2 < abs(np.nanmean(x[:, 0]) - truth)


def test_weighted_distinct_rows_give_the_same_fit_as_all_rows():
    x, index = two_groups(n=500)
    rows, place, counts = np.unique(np.nan_to_num(x, nan=-1), axis=0, return_inverse=True, return_counts=True)
    assert len(rows) < len(x)
    few = np.where(rows < 0, NAN, rows)
    full, short = fit(x, 2, index=index), fit(few, 2, weights=counts, index=np.nanmean(few, axis=1))
    assert short.n == full.n
    assert short.bic == pytest.approx(full.bic, abs=1e-6)
    np.testing.assert_allclose(memberships(few, short)[place.ravel()], memberships(x, full), atol=1e-8)


@pytest.mark.parametrize("case", ["rows", "columns", "seed", "constant", "codings"])
def test_order_seed_constants_and_codings_change_nothing(case):
    x, index = two_groups(seed=2, apart=18)
    before = memberships(x, fit(x, 2, index=index))
    rng = np.random.default_rng(1)
    rows, columns = np.arange(len(x)), np.arange(3)
    y, seed = x, 0
    if case == "rows":
        rows = rng.permutation(len(x))
    elif case == "columns":
        columns = np.array([2, 0, 1])
    elif case == "seed":
        seed = 99
    elif case == "constant":
        y = x + 1000
    else:
        y = 100 - x
    y = y[rows][:, columns]
    after = memberships(y, fit(y, 2, seed=seed, index=index[rows]))
    np.testing.assert_allclose(after, before[rows], atol=1e-8)


def test_swapping_every_key_swaps_the_labels():
    x, index = two_groups(seed=3)
    plain = oriented(x, fit(x, 2, index=index), index)
    turned = oriented(100 - x, fit(100 - x, 2, index=100 - index), 100 - index)
    assert plain.names == turned.names == ("integration", "balance") and plain.labelled
    assert plain.index_means == pytest.approx([100 - m for m in reversed(turned.index_means)], abs=1e-6)
    here, there = memberships(x, plain.profiles), memberships(100 - x, turned.profiles)
    np.testing.assert_allclose(here, there[:, ::-1], atol=1e-8)


def test_the_last_class_has_the_higher_index_whatever_the_order_of_fitting():
    x, index = two_groups(seed=4)
    found = oriented(x, fit(x, 2, index=-index), index)
    assert found.index_means[0] < found.index_means[1]
    assert found.profiles.means[0].mean() < found.profiles.means[1].mean()
    three = oriented(x, fit(x, 3, index=index, starts=10), index)
    assert three.names == ("integration", "mixed 1", "balance")


def test_profiles_that_do_not_order_on_the_index_carry_no_names():
    x, index = two_groups(seed=5)
    unrelated = np.random.default_rng(0).permutation(index)
    found = oriented(x, fit(x, 2, index=index), unrelated)
    assert not found.labelled and found.names == ("profile 1", "profile 2") and "no names" in found.sentence
    near = oriented(x / 5, fit(x / 5, 2, index=index), index / 5)
    assert near.index_means[1] - near.index_means[0] < 10 and not near.labelled
    wide = np.where(np.random.default_rng(0).random(len(x)) < np.where(index > 50, 0.6, 0.42), 100.0, 0.0)
    half = oriented(x, fit(x, 2, index=index), wide)
    assert 10 < half.index_means[1] - half.index_means[0] < 0.5 * wide.std() and not half.labelled
    assert oriented(x, fit(x, 1), index).names == ("everyone",)


def test_repeated_answers_do_not_collapse_a_variance():
    x = np.repeat([[0.0, 0.0], [100.0, 100.0], [0.0, 100.0]], [60, 60, 3], axis=0)
    found = fit(x, 3)
    assert (found.variances >= 1e-3 * x.var(axis=0) * (1 - 1e-9)).all() and np.isfinite(found.bic)


def test_entropy_is_that_of_mclust_for_clear_and_nought_for_even_chances():
    chances = memberships(faithful(), fit(faithful(), 2))
    assert entropy(chances) == pytest.approx(0.992933, abs=1e-5)
    assert entropy(np.full((4, 2), 0.5)) == pytest.approx(0)
    assert entropy(np.array([[1.0, 0.0], [0.5, 0.5]]), np.array([3, 1])) == pytest.approx(0.75)
    assert np.isnan(entropy(np.ones((4, 1))))


def test_rows_without_any_answer_are_left_out_and_have_no_membership():
    x, index = two_groups(seed=6)
    with_empty = np.vstack([x, [[NAN] * 3]])
    found = fit(with_empty, 2, index=np.append(index, NAN))
    assert found.n == len(x)
    assert np.isnan(memberships(with_empty, found)[-1]).all()


def test_what_cannot_be_fitted_is_refused_with_numbers():
    with pytest.raises(ValueError, match=r"1 of 2 do not"):
        fit(np.array([[1.0, 2], [3, 2]]), 1)
    with pytest.raises(ValueError, match=r"1 to 2 .* but got 3"):
        fit(np.array([[1.0, 2], [3, 4], [3, 4]]), 3)
