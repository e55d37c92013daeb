"""Two groups or one continuum: the test's verdicts on surveys whose truth is known, and what must not change them."""

from collections import Counter

import numpy as np
import pytest
from simulated import EVK, FOUR, survey
from sklearn.decomposition import FactorAnalysis
from sklearn.mixture import GaussianMixture

from analytics.contrast import contrast
from analytics.honesty import DRAWS, MOST_PEOPLE, SENTENCES, two_group_test
from analytics.ordinal import Questions, latent_correlation
from analytics.peaked import single_peaked

LAYOUTS = pytest.mark.parametrize("layout", [EVK, FOUR], ids=["EVK", "four scales"])


def verdicts(kind, n, layout, reps, delta=0.0, first=0, draws=DRAWS):
    return Counter(
        two_group_test(survey(kind, n, layout, [first, seed], delta), seed, draws).verdict
        for seed in range(first, first + reps)
    )


def upper_wilson(x, n, z=1.959964):
    p = x / n
    return (p + z * z / (2 * n) + z * np.sqrt(p * (1 - p) / n + z * z / (4 * n * n))) / (1 + z * z / n)


@LAYOUTS
def test_a_continuum_and_a_strong_floor_are_not_two_groups(layout):
    for kind in ("continuum", "floor"):
        found = verdicts(kind, 300, layout, 10, draws=59)
        assert found["two groups"] == 0, kind
        assert found["continuum"] >= 8, kind


@LAYOUTS
def test_skew_is_uneven_at_most(layout):
    found = verdicts("skew", 1000, layout, 3, draws=59)
    assert found["two groups"] == 0 and found["uneven"] >= 1


@LAYOUTS
def test_two_clear_groups_are_found(layout):
    assert verdicts("classes", 600, layout, 1, delta=7)["two groups"] == 1


def test_the_sentence_is_that_of_the_verdict():
    found = two_group_test(survey("continuum", 300, EVK, 1))
    assert found.sentence == SENTENCES[found.verdict] == "One continuum; the two labels mark its ends."
    assert found.people == 300 and np.isnan(found.p_peaked) and found.p_normal >= 0.05


def mixed_up(questions, case):
    rng = np.random.default_rng(5)
    codes, levels, scale = questions.codes, questions.levels, questions.scale
    if case == "rows":
        codes = codes[rng.permutation(len(codes))]
    elif case == "items":
        order = rng.permutation(codes.shape[1])
        codes, levels, scale = codes[:, order], levels[order], scale[order]
    elif case == "scales":
        scale = scale.max() - scale
    else:
        codes = np.where(codes > 0, 6 - codes, 0).astype(np.int8)
    return Questions(codes, levels, scale)


@pytest.mark.parametrize("case", ["rows", "items", "scales", "codings"])
def test_order_and_coding_change_nothing(case):
    plain = survey("classes", 150, EVK, 3, delta=7)
    plain.codes[np.random.default_rng(0).random(plain.codes.shape) < 0.03] = 0
    before, after = two_group_test(plain), two_group_test(mixed_up(plain, case))
    assert before.verdict == after.verdict and before.people == after.people
    assert after.statistic == pytest.approx(before.statistic, abs=1e-8)
    assert (after.p_normal, after.p_peaked) == (before.p_normal, before.p_peaked)


def test_gaps_are_carried_into_what_is_compared():
    questions = survey("continuum", 400, EVK, 4)
    questions.codes[np.random.default_rng(1).random(questions.codes.shape) < 0.15] = 0
    found = two_group_test(questions)
    assert found.verdict == "continuum" and 380 < found.people <= 400


def test_too_few_people_or_one_answer_for_all_are_not_tested():
    few = two_group_test(survey("continuum", 99, EVK, 1))
    assert few.verdict == "too few" and "100" in few.sentence and "99" in few.sentence
    same = Questions(np.full((200, 4), 3, np.int8), np.full(4, 5), np.array([0, 0, 1, 1]))
    assert two_group_test(same).verdict == "too few"


def test_many_people_are_sampled_evenly():
    big = survey("classes", MOST_PEOPLE + 500, EVK, 2, delta=6)
    found = two_group_test(big, draws=39)
    assert found.verdict == "uneven"  # 39 draws cannot show what the claim needs
    assert found.people == MOST_PEOPLE and found.statistic > 100


def test_two_profiles_and_one_population_have_the_likelihoods_of_scikit_learn():
    questions = survey("classes", 500, FOUR, 6, delta=5)
    z = questions.scores()
    z = (z - z.mean(axis=0)) / z.std(axis=0)
    n, d = z.shape
    full = GaussianMixture(1, reg_covar=0).fit(z).bic(z)
    factor = -2 * FactorAnalysis(1, tol=1e-8, max_iter=5000, svd_method="lapack").fit(z).score(z) * n + 3 * d * np.log(
        n
    )
    profiles = GaussianMixture(
        2,
        covariance_type="tied",
        reg_covar=0,
        means_init=np.vstack([np.full(d, -0.8), np.full(d, 0.8)]),
        tol=1e-9,
        max_iter=1000,
    ).fit(z)  # free common covariances: at least as likely as ours
    two = min(full, factor) - contrast(questions.scores())
    assert -2 * profiles.score(z) * n <= two - (1 + 3 * d) * np.log(n) + 1e-6
    hard = (z.sum(axis=1) > 0).astype(int)
    means = np.array([z[hard == group].mean(axis=0) for group in (0, 1)])
    spread = np.sqrt(((z - means[hard]) ** 2).mean(axis=0))
    joint = [
        np.log(0.5) - (((z - m) / spread) ** 2 / 2 + np.log(spread) + np.log(2 * np.pi) / 2).sum(axis=1) for m in means
    ]
    by_hand = -2 * np.logaddexp(*joint).sum()
    assert two - (1 + 3 * d) * np.log(n) <= by_hand + 1e-6


def test_a_scale_that_does_not_vary_has_no_contrast():
    assert np.isnan(contrast(np.column_stack([np.ones(50), np.arange(50.0)])))


def test_correlations_behind_the_answers_are_recovered():
    questions = survey("continuum", 20_000, EVK, 8)
    found = latent_correlation(questions.codes)
    across = questions.scale[:, None] != questions.scale
    assert found[across].mean() == pytest.approx(0.64 * 0.64, abs=0.02)
    np.testing.assert_allclose(np.diag(found), 1)
    assert np.linalg.eigvalsh(found).min() > 0


@pytest.mark.parametrize(("kind", "third", "fourth"), [("skew", 1.3, 5.0), ("flat", 0.0, 1.85), ("continuum", 0, 3.1)])
def test_the_single_peak_takes_the_shape_of_the_trait(kind, third, fourth):
    questions = survey(kind, 8000, FOUR, 9)
    found = single_peaked(questions)
    places, chances = found.trait.places, found.trait.chances
    assert chances @ places == pytest.approx(0, abs=1e-9) and chances @ places**2 == pytest.approx(1)
    assert abs(chances @ places**3) == pytest.approx(third, abs=0.3)
    assert chances @ places**4 == pytest.approx(fourth, abs=0.8)
    peak = chances.argmax()
    assert (np.diff(chances[: peak + 1]) > -1e-9).all() and (np.diff(chances[peak:]) < 1e-9).all()


def test_single_peaked_answers_look_like_the_real_ones():
    questions = survey("skew", 8000, EVK, 10)
    drawn = single_peaked(questions).draw(8000, np.random.default_rng(0))
    for real, new in zip(questions.codes.T, drawn.T, strict=True):
        np.testing.assert_allclose(np.bincount(new, minlength=6), np.bincount(real, minlength=6), atol=250)
    real, new = (np.corrcoef(codes, rowvar=False) for codes in (questions.codes, drawn))
    np.testing.assert_allclose(new, real, atol=0.05)


@pytest.mark.long
@LAYOUTS
@pytest.mark.parametrize("n", [300, 1000])
@pytest.mark.parametrize("kind", ["continuum", "floor", "skew"])
def test_one_continuum_in_300_is_hardly_ever_two_groups(kind, n, layout):
    found = verdicts(kind, n, layout, 300, first=10_000)
    print(kind, n, layout, dict(found))
    assert upper_wilson(found["two groups"], 300) <= 0.03


@pytest.mark.long
@LAYOUTS
def test_two_groups_six_apart_are_found_in_97_of_100(layout):
    found = verdicts("classes", 1000, layout, 300, delta=6, first=20_000)
    assert found["two groups"] >= 0.97 * 300


# Shares of the rule without a single-peaked comparison (T > 10 with variances of each class) in the reference.
POWER = {(4, 300): 0.085, (4, 1000): 0.21, (5, 300): 0.46, (5, 1000): 0.985}


@pytest.mark.long
@LAYOUTS
@pytest.mark.parametrize(("delta", "n"), list(POWER))
def test_power_is_not_below_the_reference(delta, n, layout):
    found = verdicts("classes", n, layout, 200, delta=delta, first=30_000)
    print(delta, n, layout, dict(found))
    assert found["two groups"] >= (POWER[delta, n] if layout == FOUR else 0.1) * 200
    assert found["continuum"] <= 0.1 * 200
