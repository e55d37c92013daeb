"""Latent profiles on the boundary scales: fitted on distinct rows with counts, ordered and named by the index B."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from sklearn.cluster import kmeans_plusplus

from analytics.mixture import Mixture, climb, expected
from analytics.patterns import Patterns, Standardised, standardised

MIN_PEOPLE = 100
NAMED_FROM_POINTS = 10.0
NAMED_FROM_SD = 0.5
_SAME_LIKELIHOOD = 1e-3


@dataclass(frozen=True)
class Profiles:
    """A fitted set of classes, in the units of the data.

    ``means``: classes by scales; ``variances``: one per scale, common to the classes; ``shares`` sum to 1; ``bic``
    is -2 log-likelihood + parameters x ln n (lower is better); ``replicated``: share of starts that reached the same
    likelihood.
    """

    k: int
    n: int
    loglik: float
    npar: int
    bic: float
    means: np.ndarray
    variances: np.ndarray
    shares: np.ndarray
    converged: bool
    replicated: float


@dataclass(frozen=True)
class Oriented:
    """Profiles ordered by their mean B, lowest first, with names where the data bear them, and why."""

    profiles: Profiles
    names: tuple[str, ...]
    labelled: bool
    index_means: tuple[float, ...]
    sentence: str


def fit(
    x: np.ndarray,
    k: int,
    weights: np.ndarray | None = None,
    seed: int = 0,
    starts: int = 50,
    index: np.ndarray | None = None,
) -> Profiles:
    """Fit ``k`` classes with their own means and one variance per scale (mclust's EEI), missing values skipped.

    ``x``: people by scales, NaN missing, rows without any value left out; ``weights``: how many people each row
    stands for; ``index``: the value by which the first starts are split and classes are ordered (the mean of the
    standardised scales when not given). Starts: halves and thirds of the index, then ``starts`` seeded k-means++ draws.
    Rows and columns are sorted first, so their order changes nothing. Raises ``ValueError`` for fewer distinct rows
    than classes or a scale that does not vary.
    Source: Spurk et al. 2020, doi:10.1016/j.jvb.2020.103445; Fraley & Raftery 2002, doi:10.1198/016214502760047131.
    Checked against: mclust (BIC of EEI on faithful and diabetes, one and two classes, within 0.01) and, for one
    class, scikit-learn's GaussianMixture.
    """
    data = standardised(np.asarray(x, np.float64), weights, index)
    if not 1 <= k <= len(data.index):
        raise ValueError(f"The classes should number 1 to {len(data.index)} (the distinct rows), but got {k}.")
    tried = [climb(data.patterns, start, 500, 1e-7, np.inf) for start in _starts(data, k, seed, starts)]
    best, replicated = _best(tried, data)
    begin, _ = expected(data.patterns, best.means, best.variances, best.shares)
    final = climb(data.patterns, begin, 20_000, 1e-8, 1e-12)
    return _in_units(_by_index(final, data), data, replicated)


def memberships(x: np.ndarray, profiles: Profiles) -> np.ndarray:
    """Each row's probability of belonging to each class (people by classes, rows sum to 1); NaN for empty rows."""
    log_joint = np.empty((len(x), profiles.k))
    for one in range(profiles.k):
        distance = (x - profiles.means[one]) ** 2 / profiles.variances + np.log(profiles.variances)
        log_joint[:, one] = np.log(max(profiles.shares[one], 1e-300)) - np.nansum(distance, axis=1) / 2
    chances: np.ndarray = np.exp(log_joint - log_joint.max(axis=1, keepdims=True))
    chances /= chances.sum(axis=1, keepdims=True)
    chances[np.isnan(x).all(axis=1)] = np.nan
    return chances


def entropy(chances: np.ndarray, weights: np.ndarray | None = None) -> float:
    """How clearly people are classified: 1 for certain, 0 for a coin toss; NaN for one class. Never used to choose k.

    Source: Celeux & Soromenho 1996, doi:10.1007/BF01246098. Checked against: mclust on faithful.
    """
    count = np.ones(len(chances)) if weights is None else np.asarray(weights, np.float64)
    if chances.shape[1] < 2 or not count.sum():
        return float("nan")
    surprise = np.where(chances > 0, -chances * np.log(np.where(chances > 0, chances, 1)), 0.0).sum(axis=1)
    return float(1 - (count @ surprise) / (count.sum() * np.log(chances.shape[1])))


def oriented(x: np.ndarray, profiles: Profiles, index: np.ndarray, weights: np.ndarray | None = None) -> Oriented:
    """Order the classes by their mean B and name the ends, when the ends lie far enough apart.

    ``index``: B of each row (NaN left out). The last class is balance-leaning and the first integration-leaning only
    if they differ by 10 points and by half a standard deviation of B; otherwise the sentence says why not.
    """
    count = np.ones(len(x)) if weights is None else np.asarray(weights, np.float64)
    chances = memberships(x, profiles)
    use = ~np.isnan(index) & ~np.isnan(chances[:, 0])
    people = chances[use] * count[use, None]
    average = (people * index[use, None]).sum(axis=0) / people.sum(axis=0)
    order = np.argsort(average, kind="stable")
    means = tuple(float(value) for value in average[order])
    mean = np.average(index[use], weights=count[use])
    spread = float(np.sqrt(np.average((index[use] - mean) ** 2, weights=count[use])))
    names, labelled, sentence = _names(means, spread)
    return Oriented(_reordered(profiles, order), names, labelled, means, sentence)


def _names(means: tuple[float, ...], spread: float) -> tuple[tuple[str, ...], bool, str]:
    k, gap = len(means), means[-1] - means[0]
    if k == 1:
        return ("everyone",), False, "One profile describes everyone."
    if gap < NAMED_FROM_POINTS or gap < NAMED_FROM_SD * spread:
        numbered = tuple(f"profile {place}" for place in range(1, k + 1))
        return numbered, False, "The profiles do not order on the boundary dimension, so they carry no names."
    middle = tuple(f"mixed {place}" for place in range(1, k - 1))
    return ("integration", *middle, "balance"), True, "The profiles are named by their mean Boundary Index."


def _reordered(profiles: Profiles, order: np.ndarray) -> Profiles:
    return replace(profiles, means=profiles.means[order], shares=profiles.shares[order])


def _starts(data: Standardised, k: int, seed: int, starts: int) -> Iterator[np.ndarray]:
    if k == 1:
        yield np.ones((len(data.index), 1))
        return
    cuts = [np.arange(1, k) / k] + ([np.array([1 / 3]), np.array([2 / 3])] if k == 2 else [])
    order = np.argsort(data.index, kind="stable")
    reached = np.cumsum(data.patterns.counts[order]) / data.patterns.counts.sum()
    for cut in cuts:
        label = np.empty(len(order), np.int64)
        label[order] = np.searchsorted(cut, reached - 1e-12, side="left")
        yield np.eye(k)[label]
    random = np.random.RandomState(seed)
    for _ in range(starts):
        yield _plus_plus(data.patterns, k, random)


def _plus_plus(patterns: Patterns, k: int, random: np.random.RandomState) -> np.ndarray:
    centres, _ = kmeans_plusplus(patterns.values, k, sample_weight=patterns.counts, random_state=random)
    distance = ((patterns.values[:, None, :] - centres) ** 2).sum(axis=2)
    nearest: np.ndarray = np.eye(k)[distance.argmin(axis=1)]
    return nearest


def _best(tried: list[Mixture], data: Standardised) -> tuple[Mixture, float]:
    """The fit with the highest likelihood (among equals the one whose classes lie further apart on the index)."""
    top = max(one.loglik for one in tried)
    equal = [one for one in tried if one.loglik >= top - _SAME_LIKELIHOOD]
    return max(equal, key=lambda one: float(np.ptp(_index_means(one, data)))), len(equal) / len(tried)


def _index_means(fitted: Mixture, data: Standardised) -> np.ndarray:
    chances, _ = expected(data.patterns, fitted.means, fitted.variances, fitted.shares)
    people = chances * data.patterns.counts[:, None]
    means: np.ndarray = (data.index @ people) / np.maximum(people.sum(axis=0), 1e-300)
    return means


def _by_index(fitted: Mixture, data: Standardised) -> Mixture:
    order = np.argsort(_index_means(fitted, data), kind="stable")
    return replace(fitted, means=fitted.means[order], shares=fitted.shares[order])


def _in_units(fitted: Mixture, data: Standardised, replicated: float) -> Profiles:
    k, d = fitted.means.shape
    back = np.argsort(data.columns)
    means = data.centre + data.spread * fitted.means[:, back]
    variances = data.spread**2 * fitted.variances[back]
    size = data.patterns.counts @ data.patterns.observed
    loglik = fitted.loglik - float(size @ np.log(data.spread[data.columns]))
    n, npar = data.patterns.counts.sum(), k - 1 + k * d + d
    bic = -2 * loglik + npar * float(np.log(n))
    return Profiles(k, round(n), loglik, npar, bic, means, variances, fitted.shares, fitted.converged, replicated)
