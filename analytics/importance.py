"""How much of an outcome's variance goes with each predictor: LMG shares and relative weights from correlations."""

from __future__ import annotations

from functools import lru_cache
from math import factorial

import numpy as np

MOST_EXACT = 13  # twelve predictors and one of noise beside them
_COLLINEAR = 1e-9


def lmg(correlation: np.ndarray) -> np.ndarray:
    """Each predictor's share of R²: its gain in R², averaged over every order in which predictors can enter.

    ``correlation``: correlations of predictors and, last, the outcome; leading axes are worked through together.
    Returns shares (0-1, never negative beyond rounding) that sum to R². A predictor that others determine adds
    nothing after them. Raises ``ValueError`` above 13 predictors (use ``relative_weights``).
    Source: Grömping 2006, doi:10.18637/jss.v017.i01; Lindeman, Merenda & Gold 1980.
    Checked against: R relaimpo and domir on ``swiss`` and ``attitude`` to 1e-6.
    """
    predictors = correlation.shape[-1] - 1
    if not 1 <= predictors <= MOST_EXACT:
        raise ValueError(f"Exact shares need 1 to {MOST_EXACT} predictors, but got {predictors}.")
    shares: np.ndarray = subset_r2(correlation) @ _weights(predictors)
    return shares


def subset_r2(correlation: np.ndarray) -> np.ndarray:
    """R² of the outcome (last) on every subset of predictors: 2^p values on the last axis, bit j for predictor j.

    One predictor after another is left out or swept out of what remains, for all subsets at once, so that nothing
    is solved twice.
    """
    rest = np.array(correlation, np.float64)[..., None, :, :]
    for _ in range(correlation.shape[-1] - 1):
        rest = np.concatenate((rest[..., 1:, 1:], _swept(rest)), axis=-3)
    r2: np.ndarray = 1 - rest[..., 0, 0]
    return r2


def relative_weights(correlation: np.ndarray) -> np.ndarray:
    """Each predictor's share of R² through the nearest uncorrelated predictors; close to ``lmg``, for any number.

    ``correlation`` as in ``lmg``. Source: Johnson 2000, doi:10.1207/S15327906MBR3501_1.
    Checked against: R relaimpo (genizi) on ``swiss`` and ``attitude`` to 1e-6.
    """
    values, vectors = np.linalg.eigh(correlation[..., :-1, :-1])
    root = np.sqrt(np.maximum(values, 0.0))
    loadings = (vectors * root[..., None, :]) @ np.swapaxes(vectors, -1, -2)
    inverse = np.where(root > _COLLINEAR, 1 / np.maximum(root, _COLLINEAR), 0.0)
    beta = (vectors * inverse[..., None, :]) @ np.swapaxes(vectors, -1, -2) @ correlation[..., :-1, -1:]
    weights: np.ndarray = (loadings**2 @ beta**2)[..., 0]
    return weights


def coefficients(correlation: np.ndarray) -> np.ndarray:
    """Standardised regression coefficients of all predictors together; the direction of each association.

    ``correlation`` as in ``lmg``. Checked against: R lm on standardised ``swiss`` and ``attitude`` to 1e-6.
    """
    inverse = np.linalg.pinv(correlation[..., :-1, :-1], rcond=_COLLINEAR, hermitian=True)
    beta: np.ndarray = (inverse @ correlation[..., :-1, -1:])[..., 0]
    return beta


def _swept(rest: np.ndarray) -> np.ndarray:
    """What is left of each matrix once its first variable is taken out of all others."""
    pivot, row = rest[..., :1, :1], rest[..., :1, 1:]
    free = pivot > _COLLINEAR
    part = np.where(free, row / np.where(free, pivot, 1.0), 0.0)
    swept: np.ndarray = rest[..., 1:, 1:] - np.swapaxes(row, -1, -2) * part
    return swept


@lru_cache(maxsize=MOST_EXACT)
def _weights(predictors: int) -> np.ndarray:
    """How often each subset's R² counts for each predictor: with it positive, without it negative."""
    masks = np.arange(2**predictors)
    size = np.array([int(mask).bit_count() for mask in masks])
    order = [factorial(s) * factorial(predictors - 1 - s) / factorial(predictors) for s in range(predictors)]
    gain = np.array([0.0, *order])[size]
    loss = np.array([*order, 0.0])[size]
    inside = (masks[:, None] >> np.arange(predictors)) & 1
    weights: np.ndarray = np.where(inside == 1, gain[:, None], -loss[:, None])
    return weights
