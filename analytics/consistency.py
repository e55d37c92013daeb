"""Whether a person's answers agree with each other: halves of scales, and questions that others answer alike.

Only for long questionnaires: a correlation inside one person needs many pairs to say anything. People who answer
honestly can be flagged, so this is reported and never a reason to leave anybody out.
"""

from __future__ import annotations

import numpy as np

from analytics.reliability import keyed
from analytics.score import answer_codes
from analytics.wave import Wave

FEWEST_ITEMS, FEWEST_SCALES, FEWEST_PAIRS = 30, 10, 5
LEAST_EVEN_ODD, ALIKE = 0.30, 0.60
_LEAST_PEOPLE = 100  # for a correlation between two questions


def even_odd(wave: Wave) -> np.ndarray:
    """Each person's even-odd consistency (-1 to 1): the correlation, over scales, of the means of a scale's odd and of
    its even questions, stepped up by Spearman and Brown; NaN without at least 10 scales.

    float64, one per person; all NaN for fewer than 30 questions.
    Source: Johnson 2005, doi:10.1016/j.jrp.2004.09.009. Checked against: rows worked out by hand.
    """
    scales = [scale for scale in wave.scales if len(scale.columns) > 1]
    if wave.answers.shape[1] < FEWEST_ITEMS or len(scales) < FEWEST_SCALES:
        return np.full(len(wave), np.nan)
    turned = [keyed(answer_codes(wave.answers, scale), scale) for scale in scales]
    odd, even = (np.column_stack([_mean(one[:, first::2]) for one in turned]) for first in (0, 1))
    r = _within(odd, even, FEWEST_SCALES)
    return np.asarray(np.clip(2 * r / np.maximum(1 + r, 1e-9), -1, 1))


def synonyms(codes: np.ndarray) -> np.ndarray:
    """Each person's correlation (-1 to 1) over pairs of questions that people answer alike (r of .60 or more).

    ``codes``: people by questions, 0 missing. float64, one per person; NaN for fewer than 5 pairs that a person
    answered; all NaN for fewer than 30 questions.
    Source: Meade & Craig 2012, doi:10.1037/a0028085. Checked against: rows worked out by hand.
    """
    if codes.shape[1] < FEWEST_ITEMS or len(codes) < _LEAST_PEOPLE:
        return np.full(len(codes), np.nan)
    held = np.where(codes > 0, codes, np.nan).astype(np.float64)
    left, right = np.nonzero(np.triu(_correlations(held), 1) >= ALIKE)
    return _within(held[:, left], held[:, right], FEWEST_PAIRS)


def inconsistent(wave: Wave) -> dict[str, int]:
    """How many people's halves of scales hardly agree (below .30), and how many answer the other way round what others
    answer alike (below 0), by flag."""
    halves = int((even_odd(wave) < LEAST_EVEN_ODD).sum())
    pairs = int((synonyms(wave.answers.to_numpy(np.float64)) < 0).sum())
    return {"uneven_halves": halves, "unlike_synonyms": pairs}


def _mean(held: np.ndarray) -> np.ndarray:
    there = (~np.isnan(held)).sum(axis=1)
    return np.asarray(np.where(there > 0, np.nansum(held, axis=1) / np.maximum(there, 1), np.nan))


def _correlations(held: np.ndarray) -> np.ndarray:
    """Correlations of columns over the people who answered both; 0 where too few did."""
    there = ~np.isnan(held)
    z = np.where(there, held - np.nansum(held, axis=0) / np.maximum(there.sum(axis=0), 1), 0.0)
    both = there.T.astype(np.float64) @ there
    spread = np.sqrt((z**2).T @ there)
    product = spread * spread.T
    r = np.divide(z.T @ z, product, out=np.zeros_like(product), where=product > 0)
    return np.asarray(np.where(both >= _LEAST_PEOPLE, r, 0.0))


def _within(left: np.ndarray, right: np.ndarray, fewest: int) -> np.ndarray:
    """Each row's correlation of two tables over the columns that both have; NaN for fewer than ``fewest`` or no
    spread."""
    both = ~np.isnan(left) & ~np.isnan(right)
    count = both.sum(axis=1)
    a, b = (np.where(both, one, 0.0) for one in (left, right))
    a, b = (np.where(both, one - one.sum(axis=1, keepdims=True) / np.maximum(count, 1)[:, None], 0.0) for one in (a, b))
    spread = np.sqrt((a**2).sum(axis=1) * (b**2).sum(axis=1))
    told = (count >= fewest) & (spread > 1e-12)
    return np.asarray(np.where(told, (a * b).sum(axis=1) / np.where(told, spread, 1.0), np.nan))
