"""Means and covariances of scores with gaps, by full information: nobody is dropped, nothing is filled in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_ROUNDS = 2000
_STILL = 1e-9


@dataclass(frozen=True)
class NormalMoments:
    """Means (d), covariances (d by d, divided by n) and the log-likelihood of what was observed, over ``n`` people."""

    n: int
    means: np.ndarray
    covariances: np.ndarray
    loglik: float


def normal_moments(x: np.ndarray) -> NormalMoments:
    """The maximum-likelihood means and covariances of one normal distribution, values missing at random (FIML).

    ``x``: people by scales, NaN missing; empty rows are left out. Expectation-maximisation over the patterns of
    gaps. Raises ``ValueError`` for a scale without at least two values.
    Source: Little & Rubin 2002, doi:10.1002/9781119013563, chapter 11.
    Checked against: lavaan (missing = "fiml") on airquality: means to 1e-3, covariances to 1e-2.
    """
    x = np.asarray(x, np.float64)[~np.isnan(x).all(axis=1)]
    held = (~np.isnan(x)).sum(axis=0)
    if not len(x) or held.min() < 2:
        raise ValueError(f"Every scale should have 2 or more values, but one has {held.min() if len(x) else 0}.")
    centre, spread = np.nanmean(x, axis=0), np.maximum(np.nanstd(x, axis=0), 1e-12)
    z = (x - centre) / spread
    groups = _by_gaps(z)
    means, covariances = np.zeros(z.shape[1]), np.diag(np.nanmean(z**2, axis=0))
    for _ in range(_ROUNDS):
        new_means, new_covariances = _step(groups, means, covariances, len(z))
        moved = max(np.abs(new_means - means).max(), np.abs(new_covariances - covariances).max())
        means, covariances = new_means, new_covariances
        if moved < _STILL:
            break
    loglik = _loglik(groups, means, covariances) - float(held @ np.log(spread))
    return NormalMoments(len(z), centre + spread * means, covariances * np.outer(spread, spread), loglik)


_Groups = list[tuple[np.ndarray, np.ndarray]]  # which scales were observed, and the rows that have just those


def _by_gaps(z: np.ndarray) -> _Groups:
    patterns, place = np.unique(~np.isnan(z), axis=0, return_inverse=True)
    return [(seen, z[place.ravel() == at][:, seen]) for at, seen in enumerate(patterns)]


def _step(groups: _Groups, means: np.ndarray, covariances: np.ndarray, n: int) -> tuple[np.ndarray, np.ndarray]:
    """Expected sums and products given what was observed, then new moments."""
    total, products = np.zeros(len(means)), np.zeros_like(covariances)
    for seen, rows in groups:
        filled = np.empty((len(rows), len(means)))
        filled[:, seen] = rows
        slope = np.linalg.solve(covariances[np.ix_(seen, seen)], covariances[np.ix_(seen, ~seen)])
        filled[:, ~seen] = means[~seen] + (rows - means[seen]) @ slope
        total += filled.sum(axis=0)
        products += filled.T @ filled
        left = covariances[np.ix_(~seen, ~seen)] - covariances[np.ix_(~seen, seen)] @ slope
        products[np.ix_(~seen, ~seen)] += len(rows) * left
    mean = total / n
    return mean, products / n - np.outer(mean, mean)


def _loglik(groups: _Groups, means: np.ndarray, covariances: np.ndarray) -> float:
    total = 0.0
    for seen, rows in groups:
        part = covariances[np.ix_(seen, seen)]
        apart = rows - means[seen]
        distance = (apart * np.linalg.solve(part, apart.T).T).sum()
        total -= (len(rows) * (seen.sum() * np.log(2 * np.pi) + np.linalg.slogdet(part)[1]) + distance) / 2
    return float(total)
