"""Intervals of shares and differences, prevalence over many teams, reliable change, against R."""

import numpy as np
import pytest
from scipy import stats
from small_waves import reference

from analytics.intervals import newcombe, prevalence, reliable_change, welch, wilson
from analytics.shrink import Moments, benjamini_hochberg


def of(values):
    return Moments(np.array(len(values)), np.array(sum(values)), np.array(sum(v * v for v in values)))


def test_wilson_is_that_of_prop_test():
    for case in reference()["intervals"]["wilson95"]:
        assert wilson(case["x"], case["n"]) == pytest.approx([case["lo"], case["hi"]], abs=1e-6)


def test_wilson_takes_arrays_and_leaves_empty_groups_empty():
    found = wilson(np.array([0, 5, 0]), np.array([12, 20, 0]))
    assert found[1] == pytest.approx([0.111862, 0.468701], abs=1e-6)
    assert found[0, 0] == 0 and np.isnan(found[2]).all()


def test_newcombe_is_his_method_ten():
    for case in reference()["intervals"]["newcombe_difference"]:
        found = newcombe((case["x2"], case["n2"]), (case["x1"], case["n1"]))
        assert float(found.estimate) == pytest.approx(case["diff"], abs=1e-6)
        assert (float(found.low), float(found.high)) == pytest.approx((case["lo"], case["hi"]), abs=1e-6)


def test_newcombe_of_the_reversed_pair_is_the_mirror_image():
    there, back = newcombe((5, 40), (16, 30)), newcombe((16, 30), (5, 40))
    assert float(there.low) == pytest.approx(-float(back.high))
    assert np.isnan(newcombe((0, 0), (3, 9)).low)


def test_welch_is_that_of_scipy():
    rng = np.random.default_rng(3)
    a, b = rng.normal(40, 18, 25), rng.normal(48, 9, 60)
    found = welch(of(a), of(b))
    expected = stats.ttest_ind(b, a, equal_var=False).confidence_interval()
    assert (float(found.low), float(found.high)) == pytest.approx((expected.low, expected.high))
    assert float(found.estimate) == pytest.approx(b.mean() - a.mean())


def test_welch_without_spread_has_no_width_and_one_person_has_no_interval():
    same = welch(of([40.0, 40.0]), of([50.0, 50.0]))
    assert (float(same.low), float(same.high)) == (10, 10)
    assert np.isnan(welch(of([40.0]), of([50.0, 60.0])).low)


def test_prevalence_over_twelve_teams_is_that_of_the_beta_binomial_fit():
    values = reference()["empirical_bayes_prevalence"]["values"]
    found = prevalence(values["x"], values["n"])
    assert found.alpha == pytest.approx(values["alpha"], abs=1e-3)
    assert found.beta == pytest.approx(values["beta"], abs=1e-3)
    for part, name in (("mean", "post_mean"), ("low", "post_lo"), ("high", "post_hi")):
        assert getattr(found, part) == pytest.approx(np.array(values[name]), abs=1e-3)


def test_teams_that_do_not_vary_beyond_chance_share_one_prevalence():
    found = prevalence(np.full(12, 5), np.full(12, 20))
    assert found.mean == pytest.approx(np.full(12, 0.25), abs=1e-3)
    assert found.alpha + found.beta > 1e4


def test_a_team_of_few_is_drawn_further_than_a_team_of_many():
    found = prevalence(np.array([6, 60, 10, 20, 2]), np.array([8, 80, 40, 90, 30]))
    assert found.mean[0] < found.mean[1] < 0.75
    with pytest.raises(ValueError, match="at least 1 answer, but 2 units gave 0"):
        prevalence(np.zeros(2), np.zeros(2))


def test_reliable_change_of_the_worked_example():
    values = reference()["reliable_change"]["values"]
    found = reliable_change(values["x1"], values["x2"], values["sd"], values["rel"])
    assert found.index == pytest.approx(values["rci"], abs=1e-6)
    assert found.least_change == pytest.approx(values["critical_raw_diff95"], abs=1e-6)
    with pytest.raises(ValueError, match=r"got 18 and 1\.0"):
        reliable_change(45, 60, 18, 1.0)


def test_corrected_p_values_are_those_of_p_adjust():
    blocks = reference()["multiplicity"]
    for block in (blocks["p_adjust"], blocks["benjamini_hochberg_1995_example"]):
        assert benjamini_hochberg(np.array(block["p"])) == pytest.approx(np.array(block["BH"]), abs=1e-6)
