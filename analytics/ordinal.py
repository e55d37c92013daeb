"""Answers in a few categories as cuts through a continuous response: thresholds, correlations and new answers."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

_LEAST_SHARE = 1e-6
_STRONGEST = 0.98
_LEAST_EIGENVALUE = 1e-3


@dataclass(frozen=True)
class Questions:
    """Answered questions of several scales, turned so that every scale points the same way.

    ``codes``: int8, people by items, 0 missing, 1 to ``levels[item]``; ``scale``: which scale each item belongs to.
    """

    codes: np.ndarray
    levels: np.ndarray
    scale: np.ndarray

    @property
    def membership(self) -> np.ndarray:
        """1 where an item (row) belongs to a scale (column)."""
        member: np.ndarray = (self.scale[:, None] == np.unique(self.scale)).astype(np.float64)
        return member

    def scores(self, codes: np.ndarray | None = None) -> np.ndarray:
        """Each scale's mean of the answered items as a share of the range, 0-1; NaN where no item is answered."""
        held = self.codes if codes is None else codes
        share = np.where(held > 0, (held - 1) / (self.levels - 1), 0.0)
        answered = (held > 0) @ self.membership
        found: np.ndarray = np.where(answered > 0, share @ self.membership, np.nan) / np.maximum(answered, 1)
        return found


def thresholds(codes: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per item, where a standard normal response is cut so that each answer is as frequent as in ``codes``."""
    return tuple(ndtri(shares) for shares in cumulative_shares(codes))


def cumulative_shares(codes: np.ndarray) -> tuple[np.ndarray, ...]:
    """Per item, the share of answers up to each code but the highest given (0 is missing and left out)."""
    found = []
    for column in codes.T:
        counts = np.bincount(column[column > 0])[1:]
        shares = np.cumsum(counts)[:-1] / max(counts.sum(), 1)
        found.append(np.clip(shares, _LEAST_SHARE, 1 - _LEAST_SHARE))
    return tuple(found)


def latent_correlation(codes: np.ndarray) -> np.ndarray:
    """First-order polychoric correlations, made positive definite: cheap, and near the full estimate up to about .8.

    Every answer is replaced by the mean of the normal response within its cut; covariances are divided by what the
    cutting takes away. Missing answers are left out pair by pair.
    Source: Olsson 1979, doi:10.1007/BF02296207 (the full estimate is in ``polychoric``).
    Checked against: the correlations that generated simulated answers.
    """
    scores, kept = np.zeros(codes.shape), np.zeros(codes.shape[1])
    for place, (column, cuts) in enumerate(zip(codes.T, thresholds(codes), strict=True)):
        means, chances = _within_cuts(cuts)
        scores[:, place] = np.where(column > 0, np.concatenate([[0.0], means])[column], 0)
        kept[place] = chances @ means**2
    answered = (codes > 0).astype(np.float64)
    both = np.maximum(answered.T @ answered, 1)
    taken = np.outer(kept, kept)
    correlation = np.where(taken > 0, scores.T @ scores / both / np.where(taken > 0, taken, 1), 0)
    return positive_definite(np.clip(correlation, -_STRONGEST, _STRONGEST))


def positive_definite(correlation: np.ndarray) -> np.ndarray:
    """The nearest matrix by raising eigenvalues below 0.001, with a diagonal of one again."""
    filled = correlation.copy()
    np.fill_diagonal(filled, 1.0)
    values, vectors = np.linalg.eigh(filled)
    raised = vectors @ np.diag(np.maximum(values, _LEAST_EIGENVALUE)) @ vectors.T
    spread = np.sqrt(np.diag(raised))
    return np.asarray(raised / np.outer(spread, spread))


def cut(responses: np.ndarray, cuts: tuple[np.ndarray, ...]) -> np.ndarray:
    """Continuous responses (last axis: items) to codes from 1."""
    codes = np.empty(responses.shape, np.int8)
    for place, edges in enumerate(cuts):
        codes[..., place] = np.searchsorted(edges, responses[..., place]) + 1
    return codes


def _within_cuts(cuts: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The mean of a standard normal response between neighbouring cuts, and the chance of each stretch."""
    chances = np.diff(np.concatenate([[0.0], ndtr(cuts), [1.0]]))
    heights = np.concatenate([[0.0], np.exp(-(cuts**2) / 2) / np.sqrt(2 * np.pi), [0.0]])
    means = np.where(chances > 0, -np.diff(heights) / np.where(chances > 0, chances, 1), 0.0)
    return means, chances
