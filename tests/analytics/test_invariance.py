"""Questions whose meaning moves between waves, told from the waves' own answers and from what they publish."""

from itertools import pairwise

import numpy as np
import pytest
from simulated import answers
from small_waves import a_scale

from analytics.invariance import MOST_PEOPLE, compared, factor, published, read, tucker

SCALE = a_scale("X.s", "preference", list("1234"))


def one_scale(n, seed, shift=0.0):
    codes = answers("continuum", n, (4,), np.random.default_rng(seed))
    if shift:
        moved = np.random.default_rng(seed + 1).random(n) < shift
        codes[moved, 2] = np.minimum(codes[moved, 2] + 1, 5)
    return codes


def as_published(codes, scale=SCALE):
    """A wave's model as another wave reads it from the manifest."""
    return read({"items": [{"id": item} for item in scale.columns], "factor": published(factor(codes, scale))})


def of(first, later, scale=SCALE, tests=1):
    """The verdict from the answers of both, after what is published of both has given the same."""
    exact = compared(factor(first, scale), factor(later, scale), tests)
    told = compared(as_published(first, scale), as_published(later, scale), tests)
    assert told.verdict == exact.verdict and told.drifting == exact.drifting
    np.testing.assert_allclose([one.shift for one in told.drifts], [one.shift for one in exact.drifts], atol=8)
    return exact


def test_items_of_which_one_follows_from_the_others_have_no_factor():
    codes = one_scale(300, 3)
    codes[:, 1] = codes[:, 0]
    assert factor(codes, SCALE) is None


def test_the_same_scale_twice_means_the_same():
    found = of(one_scale(600, 1), one_scale(500, 2))
    assert found.phi > 0.99 and found.verdict == "same" and not found.drifting


def test_a_changed_item_drifts_and_is_named():
    found = of(one_scale(600, 1), one_scale(500, 2, shift=0.6))
    (moved,) = [one for one in found.drifts if one.drifts]
    assert moved.item == "X.3" and moved.shift > 5 and moved.shift > 1.96 * moved.se
    assert found.verdict == "drift" and found.drifting == ("X.3",)


def test_with_many_items_looked_at_a_move_has_to_be_larger():
    first, later = one_scale(200, 1), one_scale(200, 2, shift=0.45)
    alone, among = (compared(factor(first, SCALE), factor(later, SCALE), tests) for tests in (1, 4000))
    assert alone.verdict == "drift" and among.verdict == "same"


def test_a_real_change_of_everyone_is_no_drift():
    later = answers("continuum", 800, (4,), np.random.default_rng(5))
    raised = answers("floor", 800, (4,), np.random.default_rng(5))
    found = of(later, raised)
    assert later.mean() > raised.mean() + 0.5
    assert max(abs(one.shift) for one in found.drifts) < 5 and found.verdict == "same"


def test_items_that_hang_together_otherwise_are_another_scale():
    later = one_scale(500, 2)
    later[:, :2] = np.random.default_rng(0).integers(1, 6, (500, 2))
    later[:, 1] = np.where(np.arange(500) % 2, later[:, 1], 6 - later[:, 0])
    found = of(one_scale(600, 1), later)
    assert found.phi < 0.95 and found.verdict == "other"


def test_gaps_are_borne_and_of_few_people_nothing_is_said():
    first, later = one_scale(300, 1), one_scale(300, 2)
    first[np.random.default_rng(0).random(first.shape) < 0.1] = 0
    assert of(first, later).phi > 0.98
    assert factor(first[:40], SCALE) is None and factor(first[:, :1], a_scale("X.s", "preference", ["1"])) is None
    unknown = compared(factor(first[:40], SCALE), factor(later, SCALE))
    assert unknown.verdict == "unknown" and np.isnan(unknown.phi) and not unknown.drifting


def test_chance_alone_is_never_another_scale():
    """Among 20 pairs of small waves of one population, and among scales of pure noise, none is called different."""
    rng = np.random.default_rng(0)
    weak = [
        np.clip(np.round(3 + 0.5 * rng.normal(size=(120, 1)) + 0.7 * rng.normal(size=(120, 4))), 1, 5).astype(np.int8)
        for _ in range(40)
    ]
    noise = [rng.integers(1, 6, (150, 4)).astype(np.int8) for _ in range(10)]
    verdicts = [
        compared(factor(a, SCALE), factor(b, SCALE), 4).verdict for a, b in zip(weak[::2], weak[1::2], strict=True)
    ]
    assert verdicts.count("other") == 0 and verdicts.count("drift") <= 2
    assert {compared(factor(a, SCALE), factor(b, SCALE), 4).verdict for a, b in pairwise(noise)} == {"unknown"}


def test_one_person_less_moves_no_displayed_figure_by_more_than_a_step():
    codes = one_scale(600, 3)
    told = published(factor(codes, SCALE))
    for row in (int(codes.sum(axis=1).argmax()), int(codes.sum(axis=1).argmin()), 7):
        less = published(factor(np.delete(codes, row, axis=0), SCALE))
        for part, step in (("means", 2), ("spreads", 2), ("loadings", 0.05)):
            assert np.abs(np.subtract(less[part], told[part])).max() <= step + 1e-9


def test_of_two_items_both_are_named():
    first, later = one_scale(600, 1)[:, 1:3], one_scale(600, 2, shift=0.9)[:, 1:3]
    pair = a_scale("X.two", "enactment_wh", ["2", "3"])
    found = of(first, later, pair)
    assert np.isnan(found.phi) and len(found.drifting) == 2
    assert of(first, one_scale(600, 4)[:, 1:3], pair).verdict == "same"


def test_other_items_under_the_same_name_are_not_compared():
    other = a_scale("X.s", "preference", list("1235"))
    assert compared(factor(one_scale(300, 1), SCALE), factor(one_scale(300, 2), other)).verdict == "unknown"


def test_what_is_published_is_in_steps_and_leads_back_to_the_model():
    exact = factor(one_scale(900, 3), SCALE)
    told = published(exact)
    assert told["n"] == 500 and all(float(value).is_integer() for value in told["means"] + told["spreads"])
    back = as_published(one_scale(900, 3))
    np.testing.assert_allclose(back.means, exact.means, atol=1)
    np.testing.assert_allclose(back.loadings, exact.loadings, atol=2)
    assert back.step == 2 and published(factor(one_scale(300, 3), SCALE))["means"] == [50.0, 50.0, 55.0, 50.0]
    assert read({"items": [], "factor": None}) is None and read(None) is None


def test_of_many_people_an_even_sample_stands_for_all_in_any_order():
    codes = one_scale(3 * MOST_PEOPLE, 7)
    found, turned = factor(codes, SCALE), factor(codes[::-1], SCALE)
    np.testing.assert_allclose(found.means, turned.means, atol=1e-9)
    np.testing.assert_allclose(found.means, 25 * (codes - 1).mean(axis=0), atol=0.5)


def test_congruence_by_hand():
    a = np.array([0.8, 0.6])
    assert tucker(a, 2 * a) == pytest.approx(1) and tucker(a, np.array([0.6, -0.8])) == pytest.approx(0)
