"""How people answered: what leaving people out changes, what may be told of it, and unusual answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_waves import CBI_PERSONAL, a_scale, a_wave, random_wave

from analytics import answered, careless, leaving_out
from analytics.finding import quality as said
from analytics.protect import thresholds
from analytics.wave import Answering

SIZES = thresholds(8)


def codes_of(rng, people, items=12, straight=0, level=3):
    codes = np.clip(np.round(rng.normal(3, 1, (people, items))), 1, 5).astype(int)
    codes[:straight] = level
    return codes


def wave_of(codes):
    scale = a_scale("OWN.a", "burnout", [f"Q{n}" for n in range(codes.shape[1])])
    return a_wave({item: codes[:, n] for n, item in enumerate(scale.columns)}, [scale])


def test_averages_are_of_everybody_with_a_score():
    codes = np.array([[1, 1, 0], [5, 5, 5], [0, 0, 5]])
    assert careless.means(wave_of(codes)) == {"OWN.a": (50.0, 2)}
    assert careless.means(wave_of(codes), np.array([False, True, True])) == {"OWN.a": (100.0, 1)}


@pytest.mark.parametrize(("out", "told"), [(0, True), (1, False), (7, False), (8, True), (40, True)])
def test_an_effect_is_told_for_nobody_or_for_enough_people(out, told):
    codes = codes_of(np.random.default_rng(1), 200, straight=out)
    wave, gone = wave_of(codes), np.arange(200) < out
    found = careless.effects(careless.means(wave), careless.means(wave, ~gone), SIZES)
    assert bool(found) is told


@pytest.mark.parametrize("mean", [40.0, 60.0])
def test_an_effect_that_would_show_how_all_of_them_answered_is_not_told(mean):
    """40 people at 0, or at 100: their average would be known to within a few points of the end."""
    assert careless.effects({"a": (mean, 200)}, {"a": (50.0, 160)}, SIZES) == {}
    assert careless.effects({"a": (50.0, 200)}, {"a": (50.0, 160)}, SIZES)


def test_what_is_told_never_proves_on_which_side_of_a_line_anybody_is():
    """Over random sets of people left out: some exact averages that round to what is told let anyone be anything."""
    rng = np.random.default_rng(3)
    for _ in range(300):
        out, n = int(rng.integers(8, 60)), int(rng.integers(60, 400))
        mean_out, mean = rng.uniform(0, 100), rng.uniform(20, 80)
        everybody = {"a": ((mean_out * out + mean * n) / (out + n), out + n)}
        for effect in careless.effects(everybody, {"a": (mean, n)}, SIZES).values():
            low, high = effect.everybody.low, effect.everybody.high
            least = ((out + n) * low - n * effect.published.high) / out
            most = ((out + n) * high - n * effect.published.low) / out
            # one knows the own answer, the others stand at an end: still anybody else may be at 0, or at 100
            assert out * least - 100 * (out - 1 - SIZES.insiders) - 100 * SIZES.insiders <= 0
            assert out * most >= 100


def test_an_answering_record_is_told_in_bands_from_k_people_on():
    wave = wave_of(codes_of(np.random.default_rng(2), 150))
    one = Answering(162, {"straightliner": 12, "speeder": 7}, ("straightliner",), 12, {"OWN.a": (50.2, 162)})
    told = answered.told(replace(wave, answering=one), SIZES)
    flags = {entry["flag"]: (entry["low"], entry["high"]) for entry in told["flags"]}
    assert flags["straightliner"] == (12, 19) and "speeder" not in flags
    assert told["left_out"] == {"low": 12, "high": 19} and told["people"] == {"low": 100, "high": 199}
    assert "162" not in str(told) and "'low': 12" in str(told)


def test_nobody_left_out_and_too_few_look_alike():
    wave = wave_of(codes_of(np.random.default_rng(2), 150))
    told = [
        answered.told(replace(wave, answering=Answering(150, flags, ("speeder",), 0)), SIZES)
        for flags in ({}, {"speeder": 7})
    ]
    assert told[0] == told[1]


def test_who_hardly_varies_and_whose_combination_is_rare_is_counted():
    rng = np.random.default_rng(5)
    level = rng.normal(3, 1, 400)
    codes = np.clip(np.round(level[:, None] + rng.normal(0, 0.5, (400, 12))), 1, 5).astype(int)
    codes[:4] = 3
    codes[4:9] = [1, 5] * 6
    found = careless.unusual(wave_of(codes))
    assert found["low_variability"] >= 4
    assert 5 <= found["odd_pattern"] <= 25


def test_few_among_normal_answers_are_odd():
    wave = wave_of(np.clip(np.round(np.random.default_rng(6).normal(50, 10, (4000, 5))), 1, 101).astype(int))
    assert careless.unusual(wave).get("odd_pattern", 0) <= 4000 * 0.001 + 4 * 2


def test_the_screen_offers_only_what_may_be_left_out():
    codes = codes_of(np.random.default_rng(4), 120, straight=20)
    marked = {
        "straightliner": np.arange(120) < 20,
        "speeder": np.arange(120) < 5,
        "half_filled_matrix": np.arange(120) < 30,
    }
    told = leaving_out.offered(wave_of(codes), marked, ("straightliner",), SIZES)
    rows = {row["flag"]: row for row in told["flags"]}
    assert rows["straightliner"]["offered"] and rows["straightliner"]["words"].startswith("20 people")
    assert rows["straightliner"]["effect"].startswith("Without them")
    assert not rows["speeder"]["offered"] and "5 people" not in rows["speeder"]["words"]
    assert not rows["half_filled_matrix"]["offered"]  # the questionnaire's own missing rule is for that
    assert told["chosen"].startswith("20 people are left out.")
    few = leaving_out.offered(wave_of(codes), marked, ("speeder",), SIZES)
    assert few["chosen"] == said.TOO_FEW_OUT


def test_a_wave_of_nothing_unusual_tells_nothing():
    assert careless.unusual(random_wave(n=30, scales=(CBI_PERSONAL,))) == {}
