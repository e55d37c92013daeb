"""Reliability against psych and lavaan, and a case worked by hand."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from sklearn.decomposition import FactorAnalysis
from small_waves import REFERENCE, a_scale, reference, reference_table

from analytics.polychoric import ordinal_alpha, polychoric
from analytics.reliability import (
    Reliability,
    cronbach,
    feldt,
    item_rest,
    omega,
    one_factor,
    reliability,
    spearman_brown,
    standard_error,
    verdict,
)

BFI = {
    "agree": ("12345", "1"),
    "conscientious": ("12345", "45"),
    "extraversion": ("12345", "12"),
    "neuroticism": ("12345", ""),
    "openness": ("12345", "25"),
}


@pytest.mark.parametrize("name", list(BFI))
def test_the_five_bfi_scales(name):
    table, expected = reference_table("bfi.csv"), reference()["reliability_bfi"]["scales"][name]
    letter = name[0].upper()
    numbers, turned = BFI[name]
    scale = a_scale(f"BFI.{name}", "other", list(numbers), 6, tuple(turned))
    codes = table[[f"{letter}{i}" for i in numbers]].fillna(0).to_numpy(np.int8)
    got = reliability(codes, scale)
    assert (got.n, got.items) == (expected["n_complete"], 5)
    assert got.alpha == pytest.approx(expected["alpha_raw_listwise"], abs=1e-5)
    assert (got.alpha_low, got.alpha_high) == pytest.approx(expected["alpha_feldt_ci95_listwise"], abs=1e-5)
    assert got.omega == pytest.approx(expected["omega_one_factor_ML_cov_lavaan"]["omega_raw"], abs=1e-5)
    assert got.item_rest == pytest.approx(expected["corrected_item_total_listwise"], abs=1e-5)
    complete = codes[(codes > 0).all(axis=1)].astype(float)
    signs = np.array([-1 if n in turned else 1 for n in numbers])
    standardised = omega(np.corrcoef(complete * signs, rowvar=False))
    assert standardised == pytest.approx(expected["omega_one_factor_ML_corr"]["omega_std"], abs=1e-5)


AGREEMENT = ("strongly disagree", "somewhat disagree", "neither agree nor disagree", "somewhat agree", "strongly agree")


def test_exhaustion_of_115_students_has_its_published_alpha():
    path = REFERENCE.parent / "corpus" / "datasets" / "o14_qualtrics_labels_workaholism.xlsx"
    if not path.exists():
        pytest.skip("the workbook of the workaholism study is not beside this repository")
    answers = pd.read_excel(path, engine="calamine", dtype=str).filter(like="Emotional")
    codes = answers.apply(lambda column: column.str.strip().str.lower().map(AGREEMENT.index) + 1).to_numpy(np.int8)
    got = reliability(codes, a_scale("custom.exhaustion", "burnout", list("12345")))
    assert (got.n, got.items) == (115, 5) and got.alpha == pytest.approx(0.941, abs=5e-4)


# Three items, covariance worked by hand: variances 2, sums of covariances 1 + 1 + 1.
BY_HAND = np.array([[2.0, 1, 1], [1, 2, 1], [1, 1, 2]])


def test_alpha_omega_and_item_rest_by_hand():
    assert cronbach(BY_HAND) == pytest.approx(1.5 * (1 - 6 / 12))
    assert omega(BY_HAND) == pytest.approx(9 / 12, abs=1e-6)
    assert item_rest(BY_HAND) == pytest.approx([2 / np.sqrt(2 * 6)] * 3)


@pytest.mark.parametrize(
    ("alpha", "n", "k", "low", "high"),
    [
        (0.87, 1917, 6, 0.86077309, 0.87881269),
        (0.8, 50, 5, 0.69663347, 0.87586759),
        (0.7, 100, 3, 0.58150755, 0.78916157),
        (0.6, 30, 4, 0.30121606, 0.79105786),
    ],
)
def test_feldt_intervals_of_psych(alpha, n, k, low, high):
    assert feldt(alpha, n, k) == pytest.approx((low, high), abs=1e-6)


def test_two_items_give_spearman_brown_and_one_gives_nothing():
    assert omega(np.array([[1.0, 0.6], [0.6, 1.0]])) == pytest.approx(0.75)
    one = reliability(np.array([[1], [2], [4], [5]], np.int8), a_scale("X.one", "other", ["1"]))
    assert one.n == 4 and np.isnan(one.alpha) and np.isnan(one.omega)


def test_reversed_items_are_turned_and_an_item_with_the_wrong_key_shows_as_negative():
    rng = np.random.default_rng(5)
    trait = rng.normal(size=400)
    codes = np.clip(np.round(3 + trait[:, None] + 0.6 * rng.normal(size=(400, 4))), 1, 5).astype(np.int8)
    codes[:, 3] = 6 - codes[:, 3]
    right = reliability(codes, a_scale("X.s", "other", list("1234"), reversed_codes=("4",)))
    wrong = reliability(codes, a_scale("X.s", "other", list("1234")))
    assert min(right.item_rest) > 0.5 and right.alpha > 0.8
    assert wrong.item_rest[3] < -0.5 and min(wrong.item_rest[:3]) > 0


def test_omega_agrees_with_the_factor_model_of_scikit_learn():
    rng = np.random.default_rng(6)
    values = rng.normal(size=(500, 1)) * [1, 0.8, 0.6, 0.4] + 0.7 * rng.normal(size=(500, 4))
    model = FactorAnalysis(1, tol=1e-10, max_iter=10_000, svd_method="lapack").fit(values)
    common = model.components_.sum() ** 2
    assert omega(np.cov(values, rowvar=False)) == pytest.approx(
        common / (common + model.noise_variance_.sum()), abs=1e-5
    )


def test_only_complete_rows_enter_and_too_few_give_nothing():
    scale = a_scale("X.s", "other", list("12"))
    codes = np.array([[1, 2], [2, 2], [0, 5], [4, 5], [5, 0]], np.int8)
    assert reliability(codes, scale).n == 3
    assert np.isnan(reliability(codes[:2], scale).alpha)


def test_an_item_that_never_varies_has_no_item_rest_figure():
    codes = np.array([[1, 3, 2], [2, 3, 2], [4, 3, 5], [5, 3, 4]], np.int8)
    got = reliability(codes, a_scale("X.s", "other", list("123")))
    assert np.isnan(got.item_rest[1]) and np.isnan(got.omega) and not np.isnan(got.item_rest[0])


@pytest.mark.parametrize("name", list(BFI))
def test_other_figures_of_the_five_scales_follow_from_the_same_functions(name):
    """Alpha from pairwise covariances, from correlations, and without each item in turn."""
    table, expected = reference_table("bfi.csv"), reference()["reliability_bfi"]["scales"][name]
    letter, (numbers, turned) = name[0].upper(), BFI[name]
    items = table[[f"{letter}{i}" for i in numbers]]
    items = items.assign(**{f"{letter}{i}": 7 - items[f"{letter}{i}"] for i in turned})
    complete = items.dropna()
    assert cronbach(items.cov().to_numpy()) == pytest.approx(expected["alpha_raw_pairwise"], abs=1e-5)
    spread = items.std().to_numpy()
    pairwise = cronbach(items.cov().to_numpy() / np.outer(spread, spread))
    assert pairwise == pytest.approx(expected["alpha_std_pairwise"], abs=1e-5)
    assert cronbach(complete.corr().to_numpy()) == pytest.approx(expected["alpha_std_listwise"], abs=1e-5)
    dropped = [cronbach(complete.drop(columns=column).cov().to_numpy()) for column in complete]
    assert dropped == pytest.approx(expected["alpha_if_dropped_listwise"], abs=1e-5)
    loadings, _ = one_factor(complete.corr().to_numpy())
    wanted = np.abs(expected["omega_one_factor_ML_corr"]["loadings"])
    np.testing.assert_allclose(np.abs(loadings), wanted, atol=1e-5)


def test_alpha_and_its_interval_are_those_of_pingouin():
    complete = reference_table("bfi.csv")[["N1", "N2", "N3", "N4", "N5"]].dropna()
    alpha, (low, high) = pingouin.cronbach_alpha(complete)
    got = reliability(complete.to_numpy(np.int8), a_scale("BFI.n", "other", list("12345"), 6))
    assert got.alpha == pytest.approx(alpha, abs=1e-9)
    assert (got.alpha_low, got.alpha_high) == pytest.approx((low, high), abs=1e-3)


def test_ordinal_alpha_of_neuroticism():
    codes = reference_table("bfi.csv")[["N1", "N2", "N3", "N4", "N5"]].fillna(0).to_numpy(np.int8)
    expected = reference()["ordinal_alpha_bfi_N"]
    np.testing.assert_allclose(polychoric(codes), expected["poly_r"], atol=1e-3)
    assert ordinal_alpha(codes) == pytest.approx(expected["ordinal_alpha"], abs=1e-3)


def test_polychoric_recovers_a_known_correlation():
    rng = np.random.default_rng(0)
    responses = rng.multivariate_normal([0, 0], [[1, -0.6], [-0.6, 1]], 20_000)
    codes = np.column_stack([np.digitize(responses[:, 0], [-1, 0.5]), np.digitize(responses[:, 1], [0, 1, 2])]) + 1
    assert polychoric(codes.astype(np.int8))[0, 1] == pytest.approx(-0.6, abs=0.015)
    assert np.isnan(ordinal_alpha(codes[:, :1].astype(np.int8)))


def test_spearman_brown_and_error_of_measurement():
    entry = reference()["spearman_brown_two_item"]
    assert spearman_brown(entry["r"]) == pytest.approx(entry["sb"])
    assert standard_error(18, 0.87) == pytest.approx(reference()["reliable_change"]["values"]["sem"], abs=1e-6)
    codes = np.array([[1, 1], [5, 5], [1, 3], [3, 1], [5, 3]], np.int8)
    got = reliability(codes, a_scale("X.s", "other", list("12")))
    points = (codes.mean(axis=1) - 1) * 25
    assert got.sem == pytest.approx(points.std(ddof=1) * np.sqrt(1 - got.omega))


@pytest.mark.parametrize(("held", "word"), [(0.59, "too low"), (0.6, "low"), (0.69, "low"), (0.7, "good")])
def test_verdict_in_words(held, word):
    one = Reliability(100, 3, held, 0.0, 1.0, held, (0.5, 0.5, 0.5))
    assert verdict(one)[0] == word and verdict(one)[1].endswith(".")
    assert verdict(Reliability(9, 1, np.nan, np.nan, np.nan, np.nan, (np.nan,)))[0] == "unknown"


@pytest.mark.parametrize(("name", "items"), [("visual", "123"), ("textual", "456"), ("speed", "789")])
def test_alpha_of_301_pupils_on_tests_that_are_no_ratings(name, items):
    table, expected = reference_table("holzinger1939.csv"), reference()["measurement_invariance"]["alpha_omega"][name]
    covariance = table[[f"x{item}" for item in items]].cov().to_numpy()
    assert cronbach(covariance) == pytest.approx(expected["alpha"], abs=1e-6)
    # The reference fits all three factors at once; one factor alone holds the items no worse.
    assert omega(covariance) == pytest.approx(expected["omega_from_3factor_cfa"], abs=0.03)
