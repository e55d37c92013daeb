"""How sure a figure or a difference is: intervals of shares and of differences, prevalence over many teams."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, special, stats

from analytics.shrink import Moments

CONFIDENCE = 0.95
MOST_STRENGTH = 1e5  # a prior this strong means: units do not differ beyond chance


@dataclass(frozen=True)
class Difference:
    """A difference (second minus first) with its interval, in the units of what was compared; NaN where empty."""

    estimate: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class Prevalence:
    """Shares of many units drawn toward their common share: the prior's two numbers, each unit's share and interval.

    ``alpha``, ``beta``: of the beta distribution that the units' true shares follow; infinite strength is cut at
    ``MOST_STRENGTH``. ``mean``, ``low``, ``high``: 0-1, one per unit.
    """

    alpha: float
    beta: float
    mean: np.ndarray
    low: np.ndarray
    high: np.ndarray


@dataclass(frozen=True)
class ReliableChange:
    """One person's change against the measure's own error: never shown per person, used to size what can be seen."""

    index: float
    least_change: float


def wilson(hits: np.ndarray | float, n: np.ndarray | float, confidence: float = CONFIDENCE) -> np.ndarray:
    """The score interval of a share, 0-1: an array whose last axis is (low, high); NaN where ``n`` is 0.

    ``hits`` of ``n`` people, whole numbers or not. Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
    Checked against: R prop.test(correct = FALSE) to 1e-6.
    """
    x, size = np.broadcast_arrays(np.asarray(hits, np.float64), np.asarray(n, np.float64))
    size = np.where(size > 0, size, np.nan)
    share, z2 = x / size, _z(confidence) ** 2 / size
    middle = share + z2 / 2
    margin = np.sqrt(z2 * (share * (1 - share) + z2 / 4))
    return np.clip(np.stack((middle - margin, middle + margin), axis=-1) / (1 + z2)[..., None], 0, 1)


def newcombe(
    first: tuple[np.ndarray | float, np.ndarray | float],
    second: tuple[np.ndarray | float, np.ndarray | float],
    confidence: float = CONFIDENCE,
) -> Difference:
    """The difference of two independent shares (second minus first, -1 to 1) with the interval of method 10.

    ``first``, ``second``: (hits, people). NaN where either has nobody.
    Source: Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    Checked against: his worked examples to 1e-6.
    """
    one, two = wilson(*first, confidence), wilson(*second, confidence)
    p1, p2 = _share(*first), _share(*second)
    gap = p2 - p1
    low = gap - np.sqrt((p2 - two[..., 0]) ** 2 + (one[..., 1] - p1) ** 2)
    high = gap + np.sqrt((two[..., 1] - p2) ** 2 + (p1 - one[..., 0]) ** 2)
    return Difference(gap, low, high)


def welch(first: Moments, second: Moments, confidence: float = CONFIDENCE) -> Difference:
    """The difference of two independent means (second minus first) from moments, spreads not assumed equal.

    Units of the values; NaN where either has fewer than two people.
    Source: Welch 1947, doi:10.1093/biomet/34.1-2.28. Checked against: scipy.stats.ttest_ind(equal_var=False).
    """
    (mean1, error1), (mean2, error2) = _mean_error(first), _mean_error(second)
    total = error1 + error2
    safe = np.where(total > 0, total, 1.0)
    df = safe**2 / (error1**2 / np.maximum(first.n - 1, 1) + error2**2 / np.maximum(second.n - 1, 1) + (total == 0))
    margin = stats.t.ppf((1 + confidence) / 2, df) * np.sqrt(total)
    gap = mean2 - mean1
    return Difference(gap, gap - margin, gap + margin)


def prevalence(hits: np.ndarray, n: np.ndarray, confidence: float = CONFIDENCE) -> Prevalence:
    """Shares of many units by a beta-binomial model fitted to all of them (empirical Bayes).

    ``hits`` of ``n`` people per unit. Each share is drawn toward the common one, the more the fewer people it rests
    on; units that do not vary beyond chance all get the common share. Raises ``ValueError`` when nobody answered.
    Source: Casella 1985, doi:10.1080/00031305.1985.10479400. Checked against: R optim on the marginal likelihood,
    qbeta for the intervals, to 1e-3.
    """
    x, size = np.asarray(hits, np.float64), np.asarray(n, np.float64)
    if not size.sum() > 0:
        raise ValueError(f"A share needs at least 1 answer, but {len(size)} units gave 0.")
    alpha, beta = _prior(x, size)
    posterior = stats.beta(alpha + x, beta + size - x)
    tail = (1 - confidence) / 2
    mean = (alpha + x) / (alpha + beta + size)
    return Prevalence(alpha, beta, mean, posterior.ppf(tail), posterior.ppf(1 - tail))


def reliable_change(before: float, after: float, sd: float, reliability: float) -> ReliableChange:
    """The change as a multiple of its standard error, and the smallest change that error alone rarely makes (95 %).

    ``sd``: spread of the score between people, ``reliability``: 0-1. Raises ``ValueError`` outside these ranges.
    Source: Jacobson & Truax 1991, doi:10.1037/0022-006X.59.1.12. Checked against: the same in R to 1e-6.
    """
    if not (sd > 0 and 0 <= reliability < 1):
        raise ValueError(f"Expected a spread above 0 and a reliability from 0 to below 1, got {sd} and {reliability}.")
    error = float(np.sqrt(2 * (1 - reliability)) * sd)
    return ReliableChange((after - before) / error, float(_z(CONFIDENCE)) * error)


def _z(confidence: float) -> float:
    return float(stats.norm.ppf((1 + confidence) / 2))


def _share(hits: np.ndarray | float, n: np.ndarray | float) -> np.ndarray:
    size = np.asarray(n, np.float64)
    share: np.ndarray = np.asarray(hits, np.float64) / np.where(size > 0, size, np.nan)
    return share


def _mean_error(group: Moments) -> tuple[np.ndarray, np.ndarray]:
    """The mean and its squared standard error."""
    n = np.where(np.asarray(group.n) > 1, group.n, np.nan)
    mean = group.total / n
    variance = np.maximum(group.squares - group.total * mean, 0) / (n - 1)
    return mean, variance / n


def _prior(hits: np.ndarray, n: np.ndarray) -> tuple[float, float]:
    """Alpha and beta that make the units' counts most likely, sought over the common share and the prior's strength."""
    common = np.clip(hits.sum() / n.sum(), 1e-6, 1 - 1e-6)

    def misfit(at: np.ndarray) -> float:
        share, strength = special.expit(at[0]), np.exp(at[1])
        a, b = share * strength, (1 - share) * strength
        return float(-(special.betaln(a + hits, b + n - hits) - special.betaln(a, b)).sum())

    bounds = [(-14.0, 14.0), (np.log(1e-2), np.log(MOST_STRENGTH))]
    starts = [np.array([special.logit(common), np.log(strength)]) for strength in (2.0, 20.0, 2000.0)]
    tries = [optimize.minimize(misfit, start, method="L-BFGS-B", bounds=bounds) for start in starts]
    best = min(tries, key=lambda found: found.fun)
    share, strength = special.expit(best.x[0]), np.exp(best.x[1])
    return float(share * strength), float((1 - share) * strength)
