"""Answers that agree with each other or not: halves of scales and questions that most people answer alike."""

from __future__ import annotations

import numpy as np
from small_waves import a_scale, a_wave

from analytics import careless, consistency

SCALES = [a_scale(f"X.s{n}", "burnout", [f"{n}{at}" for at in range(4)]) for n in range(10)]
COLUMNS = [column for scale in SCALES for column in scale.columns]


def long_wave(people=200, seed=1):
    """Forty questions in ten scales that people answer with a level of their own in each scale."""
    rng = np.random.default_rng(seed)
    level = rng.normal(3, 1, (people, 10)).repeat(4, axis=1)
    return np.clip(np.round(level + rng.normal(0, 0.4, (people, 40))), 1, 5).astype(int)


def wave_of(codes):
    return a_wave(dict(zip(COLUMNS, codes.T, strict=True)), SCALES)


def test_even_odd_consistency_is_the_correlation_of_halves_stepped_up():
    codes = long_wave()
    found = consistency.even_odd(wave_of(codes))
    odd, even = (codes[7].reshape(10, 4)[:, first::2].mean(axis=1) for first in (0, 1))
    r = np.corrcoef(odd, even)[0, 1]
    np.testing.assert_allclose(found[7], 2 * r / (1 + r), atol=1e-12)
    assert np.nanmedian(found) > 0.9


def test_whoever_answers_anyhow_is_flagged_by_both_and_careful_people_hardly():
    codes = long_wave()
    codes[:30] = np.random.default_rng(2).integers(1, 6, (30, 40))
    wave = wave_of(codes)
    assert (consistency.even_odd(wave)[:30] < consistency.LEAST_EVEN_ODD).mean() > 0.5
    assert (consistency.even_odd(wave)[30:] < consistency.LEAST_EVEN_ODD).mean() < 0.02
    assert (consistency.synonyms(codes)[:30] < 0).sum() >= 8
    assert (consistency.synonyms(codes)[30:] < 0).mean() < 0.02
    found = careless.unusual(wave)
    assert 15 <= found["uneven_halves"] <= 35 and 8 <= found["unlike_synonyms"] <= 20


def test_synonyms_are_pairs_that_people_answer_alike():
    codes = long_wave()
    r = np.corrcoef(codes, rowvar=False)
    left, right = np.nonzero(np.triu(r, 1) >= consistency.ALIKE)
    expected = np.corrcoef(codes[3, left], codes[3, right])[0, 1]
    np.testing.assert_allclose(consistency.synonyms(codes)[3], expected, atol=1e-12)
    some = codes.copy()
    some[3, 4:] = 0  # one scale answered: six pairs, of which answers all alike tell nothing
    some[3, :4] = 2
    assert np.isnan(consistency.synonyms(some)[3])


def test_short_questionnaires_and_few_people_are_told_nothing():
    codes = long_wave()
    short = a_wave(dict(zip(COLUMNS[:28], codes.T[:28], strict=True)), SCALES[:7])
    assert np.isnan(consistency.even_odd(short)).all() and np.isnan(consistency.synonyms(codes[:, :28])).all()
    assert np.isnan(consistency.synonyms(codes[:50])).all()
    assert consistency.inconsistent(short) == {"uneven_halves": 0, "unlike_synonyms": 0}
