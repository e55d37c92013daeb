"""The fit table against mclust, scikit-learn and StepMix, and the bootstrap likelihood-ratio test."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from simulated import EVK, survey
from sklearn.mixture import GaussianMixture
from small_waves import reference, reference_table
from stepmix.stepmix import StepMix

from analytics.likelihood_ratio import bootstrap_p
from analytics.profiles import entropy, fit
from analytics.selection import class_certainty, fit_row, select
from analytics.stability import adjusted_rand

FILES = Path(__file__).parents[1] / "data_files"
NAN = np.nan


def faithful():
    return pd.read_csv(FILES / "faithful.csv").to_numpy(float)


def likelihood(bic, npar, n):
    return (bic + npar * np.log(n)) / 2


DATA = {
    "faithful": lambda: faithful(),
    "diabetes": lambda: reference_table("diabetes_mclust.csv").iloc[:, 1:].to_numpy(float),
    "iris": lambda: reference_table("iris.csv").iloc[:, :4].to_numpy(float),
}


@pytest.mark.parametrize("name", list(DATA))
def test_one_to_five_profiles_reach_the_likelihood_of_mclust(name):
    x, expected = DATA[name](), reference()["mixtures"]["values"][name]["bic"]["EEI"]
    for row in select(x, starts=20).rows:
        listed = likelihood(expected[f"G{row.k}"], row.npar, len(x))
        if row.k <= 2:
            assert row.bic == pytest.approx(-expected[f"G{row.k}"], abs=0.01)
        assert row.loglik >= listed - 0.05, row.k


@pytest.mark.parametrize("at", [0, 1], ids=["eruptions", "waiting"])
def test_one_scale_alone_is_that_of_mclust(at):
    x, entry = faithful()[:, [at]], reference()["mixtures"]["values"]["faithful_1d"][at]
    for row in select(x, starts=20).rows[:4]:
        listed = likelihood(entry["bic"]["E"][f"G{row.k}"], row.npar, len(x))
        assert row.loglik >= listed - 0.05
        assert row.k > 2 or row.bic == pytest.approx(-entry["bic"]["E"][f"G{row.k}"], abs=0.01)
    two = fit_row(x, fit(x, 2))
    assert two.aic == pytest.approx(entry["E2"]["AIC"], abs=0.01)
    assert two.entropy == pytest.approx(entry["E2"]["entropy"], abs=1e-4)


def test_the_figures_of_two_profiles_are_those_of_mclust():
    entry = reference()["mixtures"]["values"]["faithful"]["eei2"]
    row = fit_row(faithful(), fit(faithful(), 2))
    assert (row.loglik, row.npar) == (pytest.approx(entry["loglik"], abs=0.005), entry["npar"])
    assert (row.aic, row.bic, row.sabic) == pytest.approx(
        (entry["AIC"], entry["BIC_lower_better"], entry["SABIC"]), abs=0.01
    )
    assert row.entropy == pytest.approx(entry["entropy"], abs=1e-5)
    assert row.smallest == min(entry["class_sizes"])
    assert row.least_avepp == pytest.approx(min(entry["avg_posterior_by_assigned"]), abs=1e-5)
    assert row.least_occ > 5 and row.replicated > 0.2
    assert row.icl == pytest.approx(row.bic + 2 * (1 - row.entropy) * 272 * np.log(2))


PEERS = {"VII": "spherical", "VVI": "diag", "EEE": "tied", "VVV": "full"}


@pytest.mark.parametrize("name", list(DATA))
@pytest.mark.parametrize("model", list(PEERS))
def test_other_shapes_are_those_of_scikit_learn(name, model):
    """The sensitivity models are scikit-learn's own; the reference says that it is the same model and likelihood."""
    x, expected = DATA[name](), reference()["mixtures"]["values"][name]["bic"][model]
    for k in (1, 2):
        found = [
            GaussianMixture(
                k, covariance_type=PEERS[model], reg_covar=1e-9, random_state=seed, tol=1e-9, max_iter=5000, n_init=3
            ).fit(x)
            for seed in range(4)
        ]
        best = min(one.bic(x) for one in found)
        assert best <= -expected[f"G{k}"] + 0.05
        if k == 1:
            assert best == pytest.approx(-expected["G1"], abs=0.01)


@pytest.mark.parametrize("name", list(DATA))
@pytest.mark.parametrize("model", list(PEERS))
def test_other_shapes_with_more_classes_are_no_worse_than_in_mclust(name, model):
    """From three classes on mclust starts from one tree of mergers; many starts find at least as much likelihood."""
    x, expected = DATA[name](), reference()["mixtures"]["values"][name]["bic"][model]
    for k in (3, 4, 5):
        tries = (
            GaussianMixture(
                k,
                covariance_type=PEERS[model],
                reg_covar=1e-6,
                random_state=seed,
                tol=1e-8,
                max_iter=2000,
                init_params=by,
            ).fit(x)
            for seed in range(40)
            for by in ("kmeans", "k-means++")
        )
        assert any(one.bic(x) <= -expected[f"G{k}"] + 0.1 for one in tries), k  # 0.05 in the log-likelihood


DETAILS = {
    "faithful": {"best": "VVV", "vvi2": "VVI", "eee2": "EEE", "eee3": "EEE"},
    "diabetes": {"best": "VVV"},
    "iris": {"best": "VVV", "three": "VVV"},
}


def from_the_reference(x, entry, shape):
    """scikit-learn's fit at the reference's likelihood: from its means, else from as many starts as it takes."""
    means, shares = np.array(entry["mean"]), np.array(entry["pro"]) / sum(entry["pro"])
    told = {"covariance_type": shape, "reg_covar": 1e-9, "tol": 1e-10, "max_iter": 20_000}
    starts = ({"weights_init": shares, "means_init": means}, *({"random_state": seed} for seed in range(30)))
    fits = (GaussianMixture(len(shares), **told, **start).fit(x) for start in starts)
    return next(one for one in fits if one.score(x) * len(x) == pytest.approx(entry["loglik"], abs=0.05))


@pytest.mark.parametrize(("name", "entry"), [(name, entry) for name in DETAILS for entry in DETAILS[name]])
def test_criteria_of_the_other_shapes_by_the_formulas_of_the_table(name, entry):
    """The reference's AIC, BIC, SABIC, entropy, ICL, sizes and certainties, from memberships that scikit-learn fits."""
    x, expected = DATA[name](), reference()["mixtures"]["values"][name][entry]
    shape, n = PEERS[DETAILS[name][entry]], len(x)
    peer = from_the_reference(x, expected, shape)
    chances, loglik, npar = peer.predict_proba(x), peer.score(x) * n, expected["npar"]
    # mclust stops at a relative gain of 1e-5: from three classes on, people at an edge may be assigned otherwise.
    near, few = (1e-3, 0) if len(expected["pro"]) <= 2 else (1e-2, 2)
    assert entropy(chances) == pytest.approx(expected["entropy"], abs=near)
    sizes, certainty = class_certainty(chances, np.ones(n))
    np.testing.assert_allclose(sorted(sizes), sorted(expected["class_sizes"]), atol=few)
    np.testing.assert_allclose(sorted(certainty), sorted(expected["avg_posterior_by_assigned"]), atol=near)
    assert -2 * loglik + 2 * npar == pytest.approx(expected["AIC"], abs=0.1)
    assert peer.bic(x) == pytest.approx(expected["BIC_lower_better"], abs=0.1)
    assert -2 * loglik + npar * np.log((n + 2) / 24) == pytest.approx(expected["SABIC"], abs=0.1)
    hard = peer.bic(x) - 2 * np.log(chances.max(axis=1)).sum()  # mclust's ICL counts the most likely class alone
    assert hard == pytest.approx(-expected["ICL_mclust"], abs=0.01 if few == 0 else 1)


def test_three_free_classes_find_the_species_and_the_diagnoses_as_in_mclust():
    for name, file, column in (("iris", "iris.csv", -1), ("diabetes", "diabetes_mclust.csv", 0)):
        values, x = reference()["mixtures"]["values"][name], DATA[name]()
        entry = values["three" if name == "iris" else "best"]
        peer = from_the_reference(x, entry, "full")
        known = reference_table(file).iloc[:, column]
        table = pd.crosstab(known, peer.predict(x)).to_numpy(float)
        wanted = values["ari_3VVV_species"] if name == "iris" else values["ari_best_vs_class"]
        assert adjusted_rand(table) == pytest.approx(wanted, abs=1e-3)
        if name == "diabetes":
            assert 1 - table.max(axis=0).sum() / table.sum() == pytest.approx(values["classerror"], abs=1e-3)


def test_no_figure_is_worse_than_that_of_stepmix():
    """StepMix's diagonal model has its own variances per class; scaled data with one class are the same model."""
    x = faithful()
    z = (x - x.mean(axis=0)) / x.std(axis=0)
    one = StepMix(1, measurement="gaussian_diag", random_state=0, progress_bar=0).fit(z)
    assert fit(z, 1).loglik == pytest.approx(one.score(z) * len(z), abs=0.05)
    two = StepMix(2, measurement="gaussian_diag", n_init=5, random_state=0, abs_tol=1e-10, progress_bar=0).fit(z)
    ours = fit(z, 2)
    assert ours.loglik <= two.score(z) * len(z)
    order = np.argsort(two.get_mm_df().to_numpy()[0])
    np.testing.assert_allclose(ours.shares, two.weights_[np.argsort(two.weights_)], atol=0.01)
    assert len(order) == 2


def test_likelihood_ratio_of_faithful_is_clear():
    """mclust's bootstrap rejects one class for two on these data (p .002 of 499 there)."""
    x = faithful()
    assert bootstrap_p(fit(x, 1), x, 0, 39) == pytest.approx(1 / 40)


def test_one_class_is_not_split_when_one_class_made_the_data():
    rng = np.random.default_rng(4)
    x = np.round(rng.normal(50, 15, (500, 3)) / 12.5) * 12.5
    assert bootstrap_p(fit(x, 1), x, 1, 39) > 0.05
    fine = [rng.normal(50, 15, (150, 2)) for _ in range(12)]
    assert sum(bootstrap_p(fit(one, 1), one, 1, 19) <= 0.05 for one in fine) <= 3


def test_the_ratios_stop_at_the_first_that_is_not_significant():
    x = survey("classes", 400, EVK, 3, delta=6).scores() * 100
    found = [row.blrt_p for row in select(x, starts=5, blrt_draws=39).rows]
    assert np.isnan(found[0]) and found[1] == pytest.approx(1 / 40)
    tried = [p for p in found[1:] if not np.isnan(p)]
    assert all(p < 0.05 for p in tried[:-1]) and (len(tried) == 4 or tried[-1] >= 0.05)


def test_gaps_and_weights_count():
    x = np.array([[0.0, 0], [0, NAN], [100, 100], [NAN, 100], [50, 40], [NAN, NAN]])
    weights = np.array([30, 10, 25, 5, 10, 0])
    row = select(x, weights, starts=3).rows[1]
    assert row.smallest in range(30, 51) and 0 < row.smallest_share < 0.7
    assert len(select(x, weights, starts=2).rows) == 5


def test_no_more_classes_than_distinct_rows():
    x = np.array([[0.0, 0], [100, 100], [100, 0]] * 40)
    assert [row.k for row in select(x, starts=2).rows] == [1, 2, 3]
