"""Whether one total stands for a scale with facets: omega hierarchical of a Schmid-Leiman solution."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import optimize

from analytics.instrument import Scale
from analytics.reliability import keyed

FEWEST_FACTORS = 3  # two leave open how their correlation divides between them
_LEAST_UNIQUE, _MOST_UNIQUE = 0.005, 1.0
_STEP = 0.01  # unique variances are searched in hundredths, so that the first step is a small one
_EPS = float(np.finfo(np.float64).eps)
_PRECISE = 1e-5


@dataclass(frozen=True)
class General:
    """How much of a total's variance is one factor behind all of its items, and how much is any common factor.

    ``hierarchical``, ``total``: 0-1. ``loadings``: of each item on the general factor, in the order of the items.
    """

    hierarchical: float
    total: float
    loadings: np.ndarray


def free(items: int, factors: int) -> int:
    """The degrees of freedom of so many factors behind so many items; below 0, many solutions fit equally well."""
    return ((items - factors) ** 2 - (items + factors)) // 2


def over_facets(codes: np.ndarray, scale: Scale) -> float:
    """Omega hierarchical (0-1) of a scale that is the total of three parts or more, a factor for each part.

    ``codes``: people by items (0 missing, 1 to ``levels`` as worded); only complete rows enter. NaN for a scale without
    such parts, too few items to tell them apart, an item that does not vary, or items that follow from each other.
    """
    values, facets = keyed(codes[(codes > 0).all(axis=1)], scale), len(scale.needs)
    items = values.shape[1]
    if facets < FEWEST_FACTORS or free(items, facets) < 0 or len(values) <= items or not np.ptp(values, axis=0).all():
        return float("nan")
    correlation = np.corrcoef(values, rowvar=False)
    if np.linalg.matrix_rank(correlation) < items:
        return float("nan")
    return general_factor(correlation, facets).hierarchical


def general_factor(correlation: np.ndarray, factors: int, undetermined: bool = False) -> General:
    """Omega hierarchical and omega total of the sum of items whose answers have several facets and one factor above.

    ``correlation``: items by items, all turned so that high means the same; ``factors``: 3 or more. Factors by least
    squares, turned obliquely (direct oblimin after varimax), one factor behind them, then Schmid and Leiman's split.
    ``undetermined``: take the solution nearest to the usual start where the items do not determine one.
    Raises ``ValueError`` for fewer than 3 factors, or more than the items determine.
    Source: Schmid & Leiman 1957, doi:10.1007/BF02289209; Zinbarg et al. 2005, doi:10.1007/s11336-003-0974-7.
    Checked against: psych::omega on a determined 12 by 12 to 1e-9, on psych::bfi (3 factors, 5 items) to 5e-4.
    """
    items = len(correlation)
    if factors < FEWEST_FACTORS:
        raise ValueError(f"A general factor needs {FEWEST_FACTORS} factors or more below it, but got {factors}.")
    if free(items, factors) < 0 and not undetermined:
        raise ValueError(f"{items} items do not determine {factors} factors: ask for fewer, or bring more items.")
    straight = least_squares_factors(correlation, factors)
    pattern, between = oblimin(varimax(straight))
    loadings = pattern @ least_squares_factors(between, 1)[:, 0]
    loadings = loadings if loadings.sum() >= 0 else -loadings
    total = float(correlation.sum())
    unique = items - float((straight**2).sum())
    return General(float(loadings.sum()) ** 2 / total, (total - unique) / total, loadings)


def least_squares_factors(correlation: np.ndarray, factors: int) -> np.ndarray:
    """Loadings, items by factors and not turned, that leave the smallest squares off the diagonal of a correlation.

    Source: Harman & Jones 1966, doi:10.1007/BF02289468. Checked against: psych::fa(fm = "minres") on psych::bfi.
    """
    explained = 1 - 1 / np.diag(np.linalg.pinv(correlation))
    found = optimize.minimize(
        _left_over,
        (1 - np.clip(explained, 0, 1)) / _STEP,
        args=(correlation, factors),
        jac=True,
        method="L-BFGS-B",
        bounds=[(_LEAST_UNIQUE / _STEP, _MOST_UNIQUE / _STEP)] * len(correlation),
        options={"maxcor": 5, "ftol": 1e7 * _EPS, "gtol": 0.0, "maxiter": 100},
    )
    return _principal(correlation - np.diag(found.x * _STEP), factors)


def varimax(loadings: np.ndarray) -> np.ndarray:
    """Loadings turned at right angles so that each item loads on few factors, every item weighing alike.

    Source: Kaiser 1958, doi:10.1007/BF02289233. Checked against: R varimax on psych::bfi.
    """
    length = np.sqrt((loadings**2).sum(axis=1, keepdims=True))
    even = loadings / np.where(length > 0, length, 1.0)
    turn, last = np.eye(loadings.shape[1]), 0.0
    for _ in range(1000):
        turned = even @ turn
        left, sizes, right = np.linalg.svd(even.T @ (turned**3 - turned * (turned**2).mean(axis=0)))
        turn = left @ right
        if sizes.sum() < last * (1 + _PRECISE):
            break
        last = sizes.sum()
    found: np.ndarray = loadings @ turn
    return found


def oblimin(loadings: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Loadings turned freely so that each item loads on few factors, and the correlations between the factors.

    Direct oblimin with gamma 0, by projected gradients. Source: Jennrich 2002, doi:10.1007/BF02294706.
    Checked against: R GPArotation::oblimin on psych::bfi.
    """
    turn, stride = np.eye(loadings.shape[1]), 1.0
    pattern, spread, slope = _spread(loadings, turn)
    for _ in range(1000):
        along = slope - turn * (turn * slope).sum(axis=0)
        length = float(np.sqrt((along**2).sum()))
        if length < _PRECISE:
            break
        stride *= 2
        for _ in range(11):
            step = turn - stride * along
            nearer = step / np.sqrt((step**2).sum(axis=0))
            pattern, now, slope = _spread(loadings, nearer)
            if spread - now > 0.5 * length**2 * stride:
                break
            stride /= 2
        turn, spread = nearer, now
    return pattern, turn.T @ turn


def _principal(reduced: np.ndarray, factors: int) -> np.ndarray:
    values, vectors = np.linalg.eigh(reduced)
    found: np.ndarray = vectors[:, ::-1][:, :factors] * np.sqrt(np.maximum(values[::-1][:factors], 0.0))
    return found


def _left_over(hundredths: np.ndarray, correlation: np.ndarray, factors: int) -> tuple[float, np.ndarray]:
    """The squares off the diagonal that the factors leave, and what they leave on it: the slope as it is used for
    them, which is exact where nothing is left on the diagonal."""
    unique = hundredths * _STEP
    loadings = _principal(correlation - np.diag(unique), factors)
    left = correlation - loadings @ loadings.T
    off = left[np.tril_indices(len(left), -1)]
    return float((off**2).sum()), (unique - np.diag(left)) * _STEP


def _spread(loadings: np.ndarray, turn: np.ndarray) -> tuple[np.ndarray, float, np.ndarray]:
    """The turned loadings, how much items load on several factors at once, and the slope of that in the turn."""
    back = np.linalg.inv(turn)
    pattern = loadings @ back.T
    others = (pattern**2).sum(axis=1, keepdims=True) - pattern**2
    slope: np.ndarray = -(pattern.T @ (pattern * others) @ back).T
    return pattern, float((pattern**2 * others).sum()) / 4, slope
