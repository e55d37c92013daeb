"""Correlations of the continuous responses behind two questions with few answers, by maximum likelihood."""

from __future__ import annotations

import numpy as np
from scipy import optimize
from scipy.special import ndtr

from analytics.ordinal import thresholds

_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(48)
_FARTHEST = 8.5
_STRONGEST = 0.9999


def polychoric(codes: np.ndarray) -> np.ndarray:
    """Two-step polychoric correlations of items; thresholds come from each item's own answers.

    ``codes``: people by items, 0 missing, 1 upward; only complete rows enter. -1 to 1, diagonal 1.
    Source: Olsson 1979, doi:10.1007/BF02296207. Checked against: psych::polychoric on psych::bfi to 1e-3.
    """
    complete = codes[(codes > 0).all(axis=1)]
    cuts = thresholds(complete)
    items = complete.shape[1]
    found = np.eye(items)
    for a in range(items):
        for b in range(a + 1, items):
            size = len(cuts[a]) + 1, len(cuts[b]) + 1
            cell = (complete[:, a].astype(np.int64) - 1) * size[1] + complete[:, b] - 1
            counts = np.bincount(cell, minlength=size[0] * size[1]).reshape(size)
            found[a, b] = found[b, a] = _one_pair(counts, cuts[a], cuts[b])
    return found


def ordinal_alpha(codes: np.ndarray) -> float:
    """Alpha of the responses behind the answers: k r / (1 + (k - 1) r) with the mean polychoric correlation r.

    Source: Zumbo, Gadermann & Zeisser 2007, doi:10.22237/jmasm/1177992180.
    Checked against: psych::alpha on polychoric correlations of psych::bfi to 1e-3.
    """
    correlation = polychoric(codes)
    items = len(correlation)
    if items < 2:
        return float("nan")
    mean = (correlation.sum() - items) / (items * (items - 1))
    return float(items * mean / (1 + (items - 1) * mean))


def _one_pair(counts: np.ndarray, first: np.ndarray, second: np.ndarray) -> float:
    def surprise(r: float) -> float:
        return -float((counts * np.log(np.maximum(_chances(r, first, second), 1e-300))).sum())

    found = optimize.minimize_scalar(
        surprise, bounds=(-_STRONGEST, _STRONGEST), method="bounded", options={"xatol": 1e-7}
    )
    return float(found.x)


def _chances(r: float, first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The chance of each pair of answers under correlation ``r``: one integral per stretch of the first response."""
    edges = np.concatenate([[-_FARTHEST], first, [_FARTHEST]])
    half, middle = np.diff(edges) / 2, (edges[1:] + edges[:-1]) / 2
    at = middle[:, None] + half[:, None] * _NODES
    density = np.exp(-(at**2) / 2) / np.sqrt(2 * np.pi) * _WEIGHTS * half[:, None]
    below = ndtr((second - r * at[..., None]) / np.sqrt(1 - r * r))
    steps = np.diff(np.concatenate([np.zeros((*at.shape, 1)), below, np.ones((*at.shape, 1))], axis=-1), axis=-1)
    chances: np.ndarray = np.einsum("an,anb->ab", density, steps)
    return chances
