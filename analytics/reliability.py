"""How well a scale's items hang together: omega, alpha with its interval, each item against the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

from analytics.instrument import Scale

TOO_LOW = 0.60
LOW = 0.70
_LEAST_UNIQUE = 0.005
_NOTHING = float("nan")


@dataclass(frozen=True)
class Reliability:
    """Figures of one scale from the people who answered all of its items; NaN where they cannot be worked out.

    ``item_rest``: each item's correlation with the sum of the others, in the scale's order; a negative one is most
    likely an item coded in the other direction. ``sem``: standard error of measurement in points (0-100).
    """

    n: int
    items: int
    alpha: float
    alpha_low: float
    alpha_high: float
    omega: float
    item_rest: tuple[float, ...]
    sem: float = _NOTHING


def reliability(codes: np.ndarray, scale: Scale) -> Reliability:
    """Omega, alpha with its 95 % interval and item-rest correlations of one scale.

    ``codes``: people by items (0 missing, 1 to ``levels`` as worded); only complete rows enter. A scale of two items
    gets the Spearman-Brown figure in place of omega, which two items do not identify; one item gets NaN.
    Raises ``ValueError`` when the number of columns is not the scale's.
    """
    if codes.ndim != 2 or codes.shape[1] != len(scale.items):
        raise ValueError(f"{scale.id} should have {len(scale.items)} columns of answers, but got {codes.shape}.")
    values = keyed(codes[(codes > 0).all(axis=1)], scale)
    n, k = values.shape
    if n < 3 or k < 2:
        return Reliability(n, k, _NOTHING, _NOTHING, _NOTHING, _NOTHING, (_NOTHING,) * k)
    covariance = np.cov(values, rowvar=False)
    alpha = cronbach(covariance)
    low, high = feldt(alpha, n, k)
    spread = 100 * float(np.sqrt(covariance.sum())) / k
    held = omega(covariance)
    return Reliability(n, k, alpha, low, high, held, item_rest(covariance), standard_error(spread, held))


def verdict(found: Reliability) -> tuple[str, str]:
    """How far a scale may be used, as one word and one sentence: "good", "low", "too low" or "unknown"."""
    if np.isnan(found.omega):
        return "unknown", "How well the questions hang together cannot be said: one question, or too few answers."
    if found.omega < TOO_LOW:
        return "too low", "The questions hardly measure one thing: groups are not compared on this scale."
    if found.omega < LOW:
        return "low", "The questions measure one thing only roughly: small differences say nothing."
    return "good", "The questions hang together well enough to compare groups."


def standard_error(spread: float, held: float) -> float:
    """The standard error of measurement: SD x sqrt(1 - reliability), in the units of ``spread``."""
    return spread * float(np.sqrt(max(1 - held, 0.0)))


def spearman_brown(r: float) -> float:
    """The reliability of two items together from their correlation, 2r / (1 + r)."""
    return 2 * r / (1 + r)


def cronbach(covariance: np.ndarray) -> float:
    """Cronbach's alpha from the items' covariance matrix; NaN when the sum does not vary.

    Source: Cronbach 1951, doi:10.1007/BF02310555. Checked against: psych::alpha on psych::bfi to 1e-5.
    """
    k, total = len(covariance), float(covariance.sum())
    return k / (k - 1) * (1 - float(np.trace(covariance)) / total) if total > 0 else _NOTHING


def feldt(alpha: float, n: int, k: int, confidence: float = 0.95) -> tuple[float, float]:
    """The interval of alpha for ``n`` people and ``k`` items.

    Source: Feldt 1965, doi:10.1007/BF02289499. Checked against: psych::alpha.ci to 1e-6.
    """
    tail = (1 - confidence) / 2
    f = stats.f(n - 1, (n - 1) * (k - 1))
    return 1 - (1 - alpha) * float(f.ppf(1 - tail)), 1 - (1 - alpha) * float(f.ppf(tail))


def omega(covariance: np.ndarray) -> float:
    """McDonald's omega of the items' sum under one factor fitted by maximum likelihood.

    (sum of loadings)^2 / ((sum of loadings)^2 + sum of unique variances), from the covariance matrix, in raw units.
    NaN for fewer than two items or an item that does not vary; Spearman-Brown for two.
    Source: Hayes & Coutts 2020, doi:10.1080/19312458.2020.1718629.
    Checked against: lavaan::cfa on psych::bfi (raw omega) to 1e-5, and from correlations psych::fa(fm = "ml").
    """
    spread = np.sqrt(np.diag(covariance))
    if len(covariance) < 2 or not (spread > 0).all():
        return _NOTHING
    correlation = covariance / np.outer(spread, spread)
    if len(covariance) == 2:
        return spearman_brown(float(correlation[0, 1]))
    loadings, unique = one_factor(correlation)
    common = float((loadings * spread).sum()) ** 2
    return common / (common + float((unique * spread**2).sum()))


def item_rest(covariance: np.ndarray) -> tuple[float, ...]:
    """The correlation of each item with the sum of the other items, from their covariance matrix; NaN if constant.

    Checked against: psych::alpha (r.drop) on psych::bfi to 1e-5.
    """
    own = np.diag(covariance)
    with_rest = covariance.sum(axis=0) - own
    rest = covariance.sum() - own - 2 * with_rest
    product = own * rest
    safe = np.where(product > 0, product, 1.0)
    return tuple(np.where(product > 0, with_rest / np.sqrt(safe), np.nan).tolist())


def keyed(codes: np.ndarray, scale: Scale) -> np.ndarray:
    """Answers as 0-1, turned so that high means high on the scale; NaN where missing."""
    levels = np.array([item.levels for item in scale.items])
    turned = np.array([item.reversed for item in scale.items])
    above = np.where(turned, levels - codes, codes - 1.0)
    found: np.ndarray = np.where(codes > 0, above / (levels - 1), np.nan)
    return found


def one_factor(correlation: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and unique variances of one factor, by maximum likelihood, from a correlation matrix of 3 or more items.

    Source: Joereskog 1967, doi:10.1007/BF02289658. Checked against: psych::fa(fm = "ml") on psych::bfi to 1e-5.
    """
    start = np.clip(0.5 / np.diag(np.linalg.pinv(correlation)), _LEAST_UNIQUE, 1.0)
    bounds = [(_LEAST_UNIQUE, 1.0)] * len(correlation)
    found = optimize.minimize(
        _misfit,
        start,
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=bounds,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 2000},
    )
    return _loadings(found.x, correlation), found.x


def _loadings(unique: np.ndarray, correlation: np.ndarray) -> np.ndarray:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
    loadings: np.ndarray = root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0))
    return loadings


def _misfit(unique: np.ndarray, correlation: np.ndarray) -> tuple[float, np.ndarray]:
    """The likelihood's distance from a saturated model, and its slope in the unique variances."""
    root = np.sqrt(unique)
    values = np.maximum(np.linalg.eigvalsh(correlation / np.outer(root, root))[:-1], 1e-12)
    loadings = _loadings(unique, correlation)
    slope = (loadings**2 + unique - np.diag(correlation)) / unique**2
    return float((values - np.log(values) - 1).sum()), slope
