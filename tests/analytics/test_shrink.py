"""Random effects, shrinkage and the states of units, against lme4 and published examples."""

import numpy as np
import pytest
from small_waves import reference, reference_table

from analytics.shrink import (
    LEAST_SHARE_DIFFERENCE,
    Effects,
    Moments,
    benjamini_hochberg,
    moments,
    random_effects,
    shrunk,
    states,
)


def by_group(values, groups):
    """Moments of each group from rows, groups in sorted order."""
    _, place = np.unique(groups, return_inverse=True)
    return Moments(
        np.bincount(place).astype(float), np.bincount(place, values), np.bincount(place, np.asarray(values) ** 2)
    )


def side_by_side(*figures):
    """Moments of several measures in the same units."""
    return Moments(*(np.hstack([getattr(f, part) for f in figures]) for part in ("n", "total", "squares")))


def with_whole(units):
    """The organisation first, then its units."""
    return Moments(*(np.append(part.sum(), part)[:, None] for part in (units.n, units.total, units.squares)))


def company(rng, sizes, spread, sd=18.0):
    """One measure on 0-100 in units of the given sizes whose true means vary with SD ``spread``."""
    groups = np.repeat(np.arange(len(sizes)), sizes)
    truth = rng.normal(45, spread, len(sizes)) if spread else np.full(len(sizes), 45.0)
    return by_group(truth[groups] + rng.normal(0, sd, len(groups)), groups)


def test_shrunk_means_of_bh1996_are_those_of_lme4():
    table = reference_table("bh1996.csv")
    expected = reference()["aggregation"]["values"]["HRS"]
    groups = by_group(table["HRS"].to_numpy(), table["GRP"].to_numpy())
    effects = random_effects(groups)
    assert effects.mu == pytest.approx(expected["REML_intercept"], abs=1e-3)
    assert effects.tau2 == pytest.approx(expected["REML_tau2"], abs=1e-3)
    assert effects.sigma2 == pytest.approx(expected["REML_sigma2"], abs=1e-3)
    drawn, names = shrunk(groups, effects), np.unique(table["GRP"].to_numpy())
    for example in expected["shrinkage_examples"]:
        place = int(np.flatnonzero(names == int(example["group"]))[0])
        assert groups.n[place] == example["n"]
        assert drawn.estimate[place] == pytest.approx(example["EB_mean"], abs=1e-3)
        assert drawn.reliability[place] == pytest.approx(example["reliability"], abs=1e-3)


@pytest.mark.parametrize(
    ("n", "raw", "estimate", "reliability"), [(15, 11.8, 11.661, 0.690), (226, 10.354, 10.383, 0.971)]
)
def test_shrinkage_of_two_bh1996_groups_from_the_fitted_variances(n, raw, estimate, reliability):
    effects = Effects(11.351793, 0.0, 0.665332, 4.482825)
    drawn = shrunk(Moments(np.array([n]), np.array([n * raw]), np.array([n * raw**2])), effects)
    assert drawn.estimate[0] == pytest.approx(estimate, abs=1e-3)
    assert drawn.reliability[0] == pytest.approx(reliability, abs=1e-3)


def test_balanced_groups_have_the_closed_form_of_the_analysis_of_variance():
    rng = np.random.default_rng(4)
    groups = company(rng, [20] * 12, 8)
    mean = groups.total / groups.n
    msw = (groups.squares - groups.total * mean).sum() / (12 * 19)
    msb = 20 * mean.var(ddof=1)
    effects = random_effects(groups)
    assert effects.sigma2 == pytest.approx(msw, rel=1e-6)
    assert effects.tau2 == pytest.approx((msb - msw) / 20, rel=1e-5)
    assert effects.mu == pytest.approx(mean.mean())


def test_units_that_vary_less_than_chance_have_no_variance_between():
    values = np.tile([30.0, 50.0, 70.0], 8)
    effects = random_effects(by_group(values, np.repeat(np.arange(8), 3)))
    assert effects.tau2 == 0 and effects.mu == 50
    drawn = shrunk(by_group(values, np.repeat(np.arange(8), 3)), effects)
    assert (drawn.estimate == 50).all() and (drawn.reliability == 0).all()


def test_a_single_group_or_one_person_each_is_not_split():
    assert random_effects(by_group([1.0, 3.0], [0, 0])).tau2 == 0
    assert random_effects(by_group([1.0, 3.0, 8.0], [0, 1, 2])).tau2 == 0
    assert np.isnan(random_effects(Moments(np.zeros(2), np.zeros(2), np.zeros(2))).mu)


def test_moments_from_counts_leave_missing_out():
    found = moments(np.array([[9, 2, 1], [4, 0, 0]]), (np.nan, 25.0, 100.0))
    assert found.n.tolist() == [3, 0] and found.total.tolist() == [150, 0] and found.squares.tolist() == [11250, 0]
    with pytest.raises(ValueError, match=r"got 2 for 3 codes"):
        moments(np.zeros((1, 3)), (np.nan, 1.0))


def test_benjamini_hochberg_of_1995():
    p = [
        0.0001,
        0.0004,
        0.0019,
        0.0095,
        0.0201,
        0.0278,
        0.0298,
        0.0344,
        0.0459,
        0.324,
        0.4262,
        0.5719,
        0.6528,
        0.759,
        1,
    ]
    adjusted = benjamini_hochberg(np.array(p))
    expected = [0.0015, 0.003, 0.0095, 0.035625, 0.0603, 0.06385714, 0.06385714, 0.0645, 0.0765, 0.486, 0.58118182]
    np.testing.assert_allclose(adjusted[:11], expected, atol=1e-8)
    assert (adjusted <= 0.05).sum() == 4
    shuffled = np.array(p)[::-1].reshape(3, 5)
    np.testing.assert_allclose(benjamini_hochberg(shuffled).ravel()[::-1], adjusted)
    with_gap = benjamini_hochberg(np.array([*p, np.nan]))
    np.testing.assert_allclose(with_gap[:-1], adjusted)
    assert np.isnan(with_gap[-1])


def test_a_unit_far_above_the_rest_is_higher_and_its_mirror_lower():
    rng = np.random.default_rng(7)
    groups = np.repeat(np.arange(12), 40)
    shift = np.zeros(12)
    shift[2], shift[9] = 22, -22
    figures = with_whole(by_group(45 + shift[groups] + rng.normal(0, 15, len(groups)), groups))
    found = states(figures, [0] + [1] * 12)[:, 0].tolist()
    assert found[0] == "" and found[3] == "higher" and found[10] == "lower"
    assert {found[i] for i in range(1, 13) if i not in (3, 10)} == {"unclear"}


def test_a_difference_below_the_least_is_not_clear_however_certain():
    rng = np.random.default_rng(8)
    groups = np.repeat(np.arange(4), 5000)
    values = 45 + np.array([0, 0, 0, 4.0])[groups] + rng.normal(0, 10, len(groups))
    figures = with_whole(by_group(values, groups))
    assert set(states(figures, [0, 1, 1, 1, 1])[1:, 0]) == {"unclear"}
    assert states(figures, [0, 1, 1, 1, 1], least=2.0)[4, 0] == "higher"


def test_a_unit_whose_estimate_is_mostly_noise_is_not_clear():
    """One unit 20 points up among 40 alike: certain and large after shrinking, but its reliability is below .50."""
    alike = np.tile([30.0, 45.0, 60.0], 8)
    lifted = by_group(np.concatenate([alike + 20, np.tile(alike, 39)]), np.repeat(np.arange(40), 24))
    drawn = shrunk(lifted, random_effects(lifted))
    assert drawn.reliability[0] < 0.5 and drawn.estimate[0] - 45 > 5
    assert states(with_whole(lifted), [0] + [1] * 40)[1, 0] == "unclear"
    twice = Moments(2 * lifted.n, 2 * lifted.total, 2 * lifted.squares)
    assert states(with_whole(twice), [0] + [1] * 40)[1, 0] == "higher"


def test_shares_are_compared_in_hundredths_of_one():
    rng = np.random.default_rng(9)
    groups = np.repeat(np.arange(10), 60)
    chance = np.where(groups == 5, 0.75, 0.3)
    figures = with_whole(by_group((rng.random(600) < chance).astype(float), groups))
    found = states(figures, [0] + [1] * 10, least=LEAST_SHARE_DIFFERENCE)[:, 0]
    assert found[6] == "higher"
    assert (states(figures, [0] + [1] * 10)[1:, 0] == "unclear").all()


def test_a_unit_without_answers_or_not_shown_or_alone_is_not_tested():
    units = Moments(np.array([0.0, 30, 30]), np.array([0.0, 900, 2400]), np.array([0.0, 30_000, 195_000]))
    figures = with_whole(units)
    shown = np.array([True, True, True, False])[:, None]
    assert states(figures, [0, 1, 1, 1], shown=shown)[:, 0].tolist()[1] == ""
    assert states(figures, [0, 1, 1, 1], shown=shown)[:, 0].tolist()[3] == ""
    alone = with_whole(Moments(np.array([30.0]), np.array([900.0]), np.array([30_000.0])))
    assert states(alone, [0, 1])[:, 0].tolist() == ["", ""]


def test_measures_are_corrected_together():
    """A difference that is clear among 10 tests is not clear among 310, all others being exactly alike."""
    alike = np.tile([30.0, 45.0, 60.0], 10)
    quiet = with_whole(by_group(np.tile(alike, 10), np.repeat(np.arange(10), 30)))
    lifted = np.concatenate([alike + 7, np.tile(alike, 8), alike - 7])
    weak = with_whole(by_group(lifted, np.repeat(np.arange(10), 30)))
    level = [0] + [1] * 10
    assert states(weak, level, least=2.0)[1, 0] == "higher"
    assert states(side_by_side(weak, *[quiet] * 30), level, least=2.0)[1, 0] == "unclear"


def test_companies_without_differences_are_rarely_flagged():
    rng = np.random.default_rng(11)
    sizes = rng.integers(8, 50, 25)
    flagged = 0
    for _ in range(60):
        found = states(side_by_side(*(with_whole(company(rng, sizes, 0)) for _ in range(3))), [0] + [1] * 25)
        flagged += int(np.isin(found, ["higher", "lower"]).any())
    assert flagged <= 6


def test_a_company_with_large_differences_is_flagged():
    rng = np.random.default_rng(12)
    found = states(with_whole(company(rng, [40] * 25, 12)), [0] + [1] * 25)
    assert np.isin(found, ["higher", "lower"]).sum() >= 8


def test_levels_are_compared_on_their_own():
    """Two divisions of three teams: the difference lies between divisions, and both levels say so."""
    rng = np.random.default_rng(13)
    groups = np.repeat(np.arange(6), 60)
    values = 45 + np.array([10.0, 10, 10, -10, -10, -10])[groups] + rng.normal(0, 15, 360)
    teams = by_group(values, groups)
    parts = []
    for part in (teams.n, teams.total, teams.squares):
        parts.append(np.concatenate([[part.sum()], [part[:3].sum(), part[3:].sum()], part])[:, None])
    found = states(Moments(*parts), [0, 1, 1, 2, 2, 2, 2, 2, 2])[:, 0].tolist()
    assert found[1:3] == ["higher", "lower"]
    assert found[3:] == ["higher"] * 3 + ["lower"] * 3


def test_levels_are_corrected_together():
    """A page shows all levels: a division that is clear alone is not clear among 300 quiet units below it."""
    alike = np.tile([30.0, 45.0, 60.0], 10)
    values = np.concatenate([alike + 7, np.tile(alike, 8), alike - 7])
    divisions, pairs = by_group(values, np.repeat(np.arange(10), 30)), by_group(values, np.repeat(np.arange(150), 2))
    alone = with_whole(divisions)
    deep = Moments(
        *(np.vstack([getattr(alone, part), *[getattr(pairs, part)[:, None]] * 2]) for part in ("n", "total", "squares"))
    )
    assert states(alone, [0] + [1] * 10, least=2.0)[1, 0] == "higher"
    assert states(deep, [0] + [1] * 10 + [2] * 150 + [3] * 150, least=2.0)[1, 0] == "unclear"
