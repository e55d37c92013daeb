"""The direction trap and the habit of agreeing."""

import numpy as np
import pytest
from small_waves import PREFERENCE, TO_HOME, a_scale, a_wave

from analytics.acquiescence import acquiescence, opposite_pairs
from analytics.direction import direction_conflicts
from data import questionnaires


def one_trait(n, items, rng):
    eta = rng.normal(size=n)
    return np.clip(np.round(2.5 + 0.8 * eta[:, None] + 0.5 * rng.normal(size=(n, items))), 1, 4).astype(np.int8)


def olbi(n=300):
    """Answers as stored (1 = strongly disagree) of people who differ in burnout."""
    scales = questionnaires.load()["OLBI"].scales
    burnt = one_trait(n, 16, np.random.default_rng(1))
    items = [item for scale in scales for item in scale.items]
    return {i.id: 5 - c if i.reversed else c for i, c in zip(items, burnt.T, strict=True)}, scales


def test_answers_in_the_right_direction_raise_nothing():
    answers, scales = olbi()
    assert direction_conflicts(a_wave(answers, scales)) == ()


def test_one_item_coded_the_other_way_is_named():
    answers, scales = olbi()
    answers["OLBI.3"] = 5 - answers["OLBI.3"]
    (found,) = direction_conflicts(a_wave(answers, scales))
    assert (found.item, found.scale, found.n) == ("OLBI.3", "OLBI.disengagement", 300)
    assert found.item_rest < -0.3 and found.clear and "confirm the direction" in found.sentence


def test_a_whole_scale_turned_round_cannot_show_but_mixed_wording_does():
    """All items flipped keep their correlations: that is why import asks what 1 means. Half of them do not."""
    answers, scales = olbi()
    assert direction_conflicts(a_wave({item: 5 - codes for item, codes in answers.items()}, scales)) == ()
    reversed_only = {i.id: 5 - answers[i.id] if i.reversed else answers[i.id] for s in scales for i in s.items}
    assert len(direction_conflicts(a_wave(reversed_only, scales))) >= 8


def test_two_items_are_both_named_and_chance_is_told_from_certainty():
    rng = np.random.default_rng(2)
    first = rng.integers(1, 6, 30)
    scale = a_scale("X.two", "other", ["1", "2"])
    sure = direction_conflicts(a_wave({"X.1": first, "X.2": 6 - first}, (scale,)))
    assert [one.item for one in sure] == ["X.1", "X.2"] and all(one.clear for one in sure)
    nearly = np.array([1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 1, 2]), np.array([3, 3, 4, 3, 3, 4, 2, 3, 3, 2, 3, 3])
    weak = direction_conflicts(a_wave({"X.1": nearly[0], "X.2": nearly[1]}, (scale,)))
    assert len(weak) == 2 and not weak[0].clear


def test_too_few_answers_or_items_are_not_judged():
    scale = a_scale("X.two", "other", ["1", "2"])
    assert direction_conflicts(a_wave({"X.1": [1, 5, 2], "X.2": [5, 1, 4]}, (scale,))) == ()
    assert direction_conflicts(a_wave({"X.1": [1, 5] * 20}, (scale,))) == ()
    absent = a_wave({"X.1": [1, 5] * 20, "X.2": [0, 0] * 20}, (scale,))
    assert direction_conflicts(absent) == ()


def test_agreeing_by_hand():
    answers = {
        "EVK.PREF1": [5, 1, 3, 5],
        "EVK.PREF2": [4, 2, 3, 0],
        "EVK.PREF3": [5, 1, 3, 1],
        "EVK.PREF4": [4, 2, 3, 5],
    }
    wave = a_wave(answers, (PREFERENCE,))
    found = acquiescence(wave, np.array([70.0, 30, 50, 55]), np.array([1.0, 2, 3, np.nan]))
    agreement = np.array([(1 + 0.75) / 2, (0 + 0.25) / 2, 0.5, 0.5])
    assert found.pairs == 2
    assert found.r == pytest.approx(np.corrcoef(agreement, [70, 30, 50, 55])[0, 1])
    assert found.r_burnout == pytest.approx(np.corrcoef(agreement[:3], [1, 2, 3])[0, 1])
    assert "noticeably" in found.sentence
    np.testing.assert_allclose(np.corrcoef(found.adjusted, agreement)[0, 1], 0, atol=1e-9)
    assert found.adjusted.mean() == pytest.approx(51.25)


def test_scales_that_point_one_way_say_nothing():
    wave = a_wave({"EVK.ENAW1": [1, 2, 3], "EVK.ENAW2": [2, 3, 1]}, (TO_HOME,))
    found = acquiescence(wave, np.array([1.0, 2, 3]))
    assert found.pairs == 0 and np.isnan(found.r) and np.isnan(found.adjusted).all() and "one way" in found.sentence
    assert opposite_pairs(TO_HOME) == [] and opposite_pairs(PREFERENCE) == [
        ("EVK.PREF1", "EVK.PREF3"),
        ("EVK.PREF2", "EVK.PREF4"),
    ]
