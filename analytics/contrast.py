"""One population or two: by how much a fit of two profiles beats the best fit of a single population."""

from __future__ import annotations

import numpy as np
from scipy.special import expit

from analytics.mixture import LEAST_VARIANCE
from analytics.reliability import one_factor

_ROUNDS = 400
_GAIN = 1e-3
_CHECK_EVERY = 5
_SCREENED_AFTER = 10
_KEPT = 2
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
    two = -2 * _two_profiles(z, _starts(z)) + (1 + 3 * d) * np.log(n)
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


def _starts(z: np.ndarray) -> np.ndarray:
    """Starts by people: the chance of each person to be in the upper profile."""
    along = z @ np.linalg.eigh(z.T @ z)[1][:, -1]
    return np.where(along > np.quantile(along, _START_CUTS)[:, None], 0.99, 0.01)


def _two_profiles(z: np.ndarray, upper: np.ndarray) -> float:
    """The highest log-likelihood reached from several starts at once; the best two are followed to the end.

    Good to about a hundredth, which is enough to compare T with what simulated data give.
    """
    reached = np.full(len(upper), -np.inf)
    for step in range(_ROUNDS):
        base, odds = _step(z, upper)
        upper = expit(odds)
        if step % _CHECK_EVERY == 0:
            loglik = base + np.logaddexp(0, odds).sum(axis=1)
            if (loglik - reached).max() < _GAIN:
                break
            reached = loglik
        if step == _SCREENED_AFTER:
            kept = np.argsort(reached)[-_KEPT:]
            upper, reached = upper[kept], reached[kept]
    return float(reached.max())


def _step(z: np.ndarray, upper: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Per start: the log-likelihood if everyone were in the lower profile, and each person's log odds of the upper."""
    n, d = z.shape
    high_size = np.maximum(upper.sum(axis=1, keepdims=True), 1e-9)
    low_size = np.maximum(n - high_size, 1e-9)
    sums = upper @ z
    low, high = (z.sum(axis=0) - sums) / low_size, sums / high_size
    squares = (z**2).sum(axis=0)
    variance = np.maximum((squares - low_size * low**2 - high_size * high**2) / n, LEAST_VARIANCE)
    share = np.log(high_size / low_size)[:, 0]
    odds = ((high - low) / variance) @ z.T + (share - ((high**2 - low**2) / variance).sum(axis=1) / 2)[:, None]
    distance = ((squares - 2 * low * z.sum(axis=0) + n * low**2) / variance).sum(axis=1)
    constant = d * _LOG_2PI + np.log(variance).sum(axis=1)
    return n * np.log(low_size[:, 0] / n) - (distance + n * constant) / 2, odds
