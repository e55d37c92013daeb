"""One population or two: by how much a fit of two profiles beats the best fit of a single population."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from analytics.mixture import LEAST_VARIANCE
from analytics.reliability import one_factor

_ROUNDS = 400
_GAIN = 1e-5
_CHECK_EVERY = 5
_START_CUTS = (0.5, 1 / 3, 2 / 3, 0.15, 0.85)
_LOG_2PI = float(np.log(2 * np.pi))


def contrast(scores: np.ndarray) -> float:
    """T = BIC of the best single population - BIC of two profiles; above 0 favours two profiles.

    ``scores``: people by scales, no gaps. The single population is one normal distribution with free covariances or,
    from four scales, one factor, whichever is better. Two profiles differ in means and share one variance per scale
    (the model of ``profiles.fit``), started from cuts through the first principal component. NaN when a scale does
    not vary: nothing can be fitted then.
    Source: Bauer & Curran 2003, doi:10.1037/1082-989X.8.3.338 (why two profiles alone prove nothing).
    Checked against: log-likelihoods of scikit-learn's GaussianMixture and FactorAnalysis.
    """
    spread = scores.std(axis=0)
    if not (spread > 0).all():
        return float("nan")
    z = (scores - scores.mean(axis=0)) / spread
    n, d = z.shape
    one = min(_one_normal(z), _one_factor(z)) if d > 3 else _one_normal(z)
    two = -2 * max(_two_profiles(z, start) for start in _starts(z)) + (1 + 3 * d) * np.log(n)
    return float(one - two)


def _one_normal(z: np.ndarray) -> float:
    n, d = z.shape
    correlation = z.T @ z / n
    sign, log_volume = np.linalg.slogdet(correlation)
    if sign <= 0:
        return np.inf
    return float(n * (d * _LOG_2PI + log_volume + d) + (d + d * (d + 1) / 2) * np.log(n))


def _one_factor(z: np.ndarray) -> float:
    n, d = z.shape
    correlation = z.T @ z / n
    loadings, unique = one_factor(correlation)
    implied = np.outer(loadings, loadings) + np.diag(unique)
    misfit = np.linalg.slogdet(implied)[1] + np.trace(np.linalg.solve(implied, correlation))
    return float(n * (d * _LOG_2PI + misfit) + 3 * d * np.log(n))


def _starts(z: np.ndarray) -> list[np.ndarray]:
    along = z @ np.linalg.eigh(z.T @ z)[1][:, -1]
    return [np.where(along > np.quantile(along, cut), 0.99, 0.01) for cut in _START_CUTS]


def _two_profiles(z: np.ndarray, upper: np.ndarray) -> float:
    """The log-likelihood that is reached when each person starts in the upper profile with the chance given."""
    n = len(z)
    total, squares, reached = z.sum(axis=0), (z**2).sum(axis=0), -np.inf
    for step in range(_ROUNDS):
        size = np.array([n - upper.sum(), upper.sum()])
        sums = upper @ z
        low, high = (total - sums) / max(size[0], 1e-9), sums / max(size[1], 1e-9)
        variance = np.maximum((squares - size[0] * low**2 - size[1] * high**2) / n, LEAST_VARIANCE)
        share = np.log(np.maximum(size / n, 1e-300))
        odds = z @ ((high - low) / variance) + share[1] - share[0] - (((high**2 - low**2) / variance).sum()) / 2
        if step % _CHECK_EVERY == 0:
            loglik = _loglik(z, low, variance, share[0], odds)
            if loglik - reached < _GAIN:
                return loglik
            reached = loglik
        upper = expit(odds)
    return reached


def _loglik(z: np.ndarray, low: np.ndarray, variance: np.ndarray, log_share: float, odds: np.ndarray) -> float:
    distance = ((z - low) ** 2) @ (1 / variance)
    constant = z.shape[1] * _LOG_2PI + np.log(variance).sum()
    return float((log_share - (distance + constant) / 2 + np.logaddexp(0, odds)).sum())
