"""Expectation-maximisation for classes that differ in their means and share one variance per scale.

Works on standardised patterns with counts, missing values skipped (full information); ``patterns`` prepares the data.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.patterns import Patterns

LEAST_VARIANCE = 1e-3
_LOG_2PI = float(np.log(2 * np.pi))


@dataclass(frozen=True)
class Mixture:
    """Class means (k by d), common variances (d), class shares (k), and the log-likelihood they give."""

    means: np.ndarray
    variances: np.ndarray
    shares: np.ndarray
    loglik: float
    converged: bool


def climb(patterns: Patterns, memberships: np.ndarray, max_steps: int, gain: float, shift: float) -> Mixture:
    """Alternate both steps from given memberships (patterns by classes, rows sum to 1).

    Stops when one step gains less than ``gain`` in log-likelihood and moves no parameter by more than ``shift``.
    Variances never fall below 1e-3 of a scale's total variance, because repeated answers would make them collapse.
    Source: McLachlan & Peel 2000, doi:10.1002/0471721182. Checked against: mclust EEI on faithful and diabetes.
    """
    means, variances, shares = _estimate(patterns, memberships, None)
    before = -np.inf
    for _ in range(max_steps):
        memberships, loglik = expected(patterns, means, variances, shares)
        new_means, new_variances, new_shares = _estimate(patterns, memberships, means)
        moved = max(
            float(np.abs(new_means - means).max()),
            float(np.abs(new_variances - variances).max()),
            float(np.abs(new_shares - shares).max()),
        )
        means, variances, shares = new_means, new_variances, new_shares
        if loglik - before < gain and moved < shift:
            return Mixture(means, variances, shares, loglik, True)
        before = loglik
    return Mixture(means, variances, shares, before, False)


def expected(
    patterns: Patterns, means: np.ndarray, variances: np.ndarray, shares: np.ndarray
) -> tuple[np.ndarray, float]:
    """The membership probabilities of each pattern, and the log-likelihood of all people."""
    precision = 1 / variances
    distance = (
        (patterns.values**2 @ precision)[:, None]
        - 2 * patterns.values @ (means * precision).T
        + patterns.observed @ (means**2 * precision).T
    )
    constant = patterns.observed @ (_LOG_2PI + np.log(variances))
    with np.errstate(divide="ignore"):
        log_joint = np.log(shares) - (distance + constant[:, None]) / 2
    peak = log_joint.max(axis=1, keepdims=True)
    joint = np.exp(log_joint - peak)
    total = joint.sum(axis=1, keepdims=True)
    loglik = float(patterns.counts @ (peak + np.log(total)).ravel())
    return joint / total, loglik


def _estimate(
    patterns: Patterns, memberships: np.ndarray, previous: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Means, variances and shares given memberships; a class that holds nobody on a scale keeps its mean there."""
    people = memberships * patterns.counts[:, None]
    size = people.T @ patterns.observed
    sums = people.T @ patterns.values
    fallback = np.zeros_like(sums) if previous is None else previous
    means = np.where(size > 0, sums / np.where(size > 0, size, 1), fallback)
    squares = patterns.counts @ patterns.values**2
    variances = (squares - (size * means**2).sum(axis=0)) / (patterns.counts @ patterns.observed)
    return means, np.maximum(variances, LEAST_VARIANCE), people.sum(axis=0) / patterns.counts.sum()
