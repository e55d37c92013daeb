"""Would the two profiles come again: resampled people, and each half of the people alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import comb

from analytics.mixture import Mixture, climb, expected
from analytics.patterns import Patterns, Standardised, standardised
from analytics.profiles import Profiles

STABLE_ARI = 0.80
STABLE_JACCARD = 0.75
PATTERN_JACCARD = 0.60
SPLIT_HALF_FROM = 400
DRAWS = 100
_NOTHING = float("nan")


@dataclass(frozen=True)
class Stability:
    """Median agreement of refits with the fit (adjusted Rand index, 1 = the same), each class's mean Jaccard
    likeness (0-1), and the agreement between the two halves' own fits (NaN below 400 people)."""

    ari: float
    jaccard: tuple[float, ...]
    split_half: float
    verdict: str
    sentence: str


def stability(
    x: np.ndarray,
    profiles: Profiles,
    index: np.ndarray,
    weights: np.ndarray | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> Stability:
    """Refit ``profiles`` to resampled people, classify everyone by each refit, and compare.

    ``x``, ``weights`` and ``index`` as in ``profiles.fit``. Classes are matched by their mean index. Stable: median
    ARI of .80 and every Jaccard of .75 or more; a pattern: every Jaccard of .60 or more.
    Source: Hennig 2007, doi:10.1016/j.csda.2006.11.025. Checked against: fpc::clusterboot on faithful (within .02).
    """
    data = standardised(x, weights, index)
    random = np.random.default_rng(seed)
    people = data.patterns.counts
    own = _classes(data, _in_standard_units(profiles, data), people)
    tables = []
    for _ in range(draws):
        counts = random.multinomial(round(people.sum()), people / people.sum()).astype(np.float64)
        again = _classes(data, _refit(data, own, counts, profiles.k), counts)
        tables.append(_table(own, again, people, profiles.k))
    ari = float(np.median([adjusted_rand(table) for table in tables]))
    likeness = tuple(float(value) for value in np.mean([jaccard(table) for table in tables], axis=0))
    verdict, sentence = _said(ari, likeness)
    return Stability(ari, likeness, _split_half(data, own, profiles.k, random), verdict, sentence)


def adjusted_rand(table: np.ndarray) -> float:
    """The adjusted Rand index of two classifications from their table of counts: 1 the same, 0 by chance.

    Source: Hubert & Arabie 1985, doi:10.1007/BF01908075. Checked against: mclust::adjustedRandIndex, scikit-learn.
    """
    pairs, rows, columns = (comb(part, 2).sum() for part in (table, table.sum(axis=1), table.sum(axis=0)))
    chance = rows * columns / comb(table.sum(), 2)
    most = (rows + columns) / 2
    return float((pairs - chance) / (most - chance)) if most > chance else 1.0


def jaccard(table: np.ndarray) -> np.ndarray:
    """Per class, people in it both times over people in it either time, from the table of counts; NaN for nobody."""
    both = np.diag(table)
    either = table.sum(axis=1) + table.sum(axis=0) - both
    likeness: np.ndarray = np.where(either > 0, both / np.where(either > 0, either, 1), np.nan)
    return likeness


def _said(ari: float, likeness: tuple[float, ...]) -> tuple[str, str]:
    figures = f"median ARI {ari:.1f}; lowest Jaccard {min(likeness):.1f}"
    if ari >= STABLE_ARI and min(likeness) >= STABLE_JACCARD:
        return "stable", f"The profiles come again when people are resampled ({figures})."
    if min(likeness) >= PATTERN_JACCARD:
        return "pattern", f"The profiles come again in outline only when people are resampled ({figures})."
    return "unstable", f"The profiles change when people are resampled ({figures})."


def _refit(data: Standardised, own: np.ndarray, counts: np.ndarray, k: int) -> Mixture:
    held = counts > 0
    sample = Patterns(data.patterns.values[held], data.patterns.observed[held], counts[held])
    starts = (np.eye(k)[own[held]], _cut_by_index(data.index[held], counts[held], k))
    return max((climb(sample, start, 300, 1e-6, np.inf) for start in starts), key=lambda one: one.loglik)


def _cut_by_index(index: np.ndarray, counts: np.ndarray, k: int) -> np.ndarray:
    order = np.argsort(index, kind="stable")
    label = np.empty(len(order), np.int64)
    label[order] = np.minimum((np.cumsum(counts[order]) / counts.sum() - 1e-12) * k, k - 1)
    start: np.ndarray = np.eye(k)[label]
    return start


def _classes(data: Standardised, fitted: Mixture, counts: np.ndarray) -> np.ndarray:
    """Each pattern's most likely class, classes numbered by their mean index among the people counted."""
    chances, _ = expected(data.patterns, fitted.means, fitted.variances, fitted.shares)
    people = chances * counts[:, None]
    along = (data.index @ people) / np.maximum(people.sum(axis=0), 1e-300)
    place: np.ndarray = np.argsort(np.argsort(along, kind="stable"))[chances.argmax(axis=1)]
    return place


def _table(own: np.ndarray, again: np.ndarray, people: np.ndarray, k: int) -> np.ndarray:
    return np.bincount(own * k + again, people, k * k).reshape(k, k)


def _split_half(data: Standardised, own: np.ndarray, k: int, random: np.random.Generator) -> float:
    people = data.patterns.counts
    whole = np.round(people).astype(np.int64)
    if whole.sum() < SPLIT_HALF_FROM or not np.allclose(whole, people):
        return _NOTHING
    first = random.multivariate_hypergeometric(whole, int(whole.sum()) // 2, method="marginals").astype(np.float64)
    halves = [_classes(data, _refit(data, own, counts, k), counts) for counts in (first, people - first)]
    return adjusted_rand(_table(halves[0], halves[1], people, k))


def _in_standard_units(profiles: Profiles, data: Standardised) -> Mixture:
    means = ((profiles.means - data.centre) / data.spread)[:, data.columns]
    variances = (profiles.variances / data.spread**2)[data.columns]
    return Mixture(means, variances, profiles.shares, profiles.loglik, profiles.converged)
