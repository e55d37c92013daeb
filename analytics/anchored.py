"""Later waves on the first wave's groups: its parameters classify, and checks that the scales still mean the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.instrument import Scale
from analytics.missing import normal_moments
from analytics.profiles import Profiles, fit, memberships, oriented
from analytics.reliability import keyed, one_factor
from analytics.stability import adjusted_rand

SAME_LOADINGS = 0.95
DRIFT_POINTS = 5.0
_Z = 1.96
_LEAST_PEOPLE = 50


@dataclass(frozen=True)
class Anchored:
    """A later wave in the first wave's classes: people by classes (NaN without answers), mean share of each class,
    and the agreement (adjusted Rand index) with classes fitted to the later wave alone, as a check only."""

    memberships: np.ndarray
    shares: np.ndarray
    refit_agreement: float


@dataclass(frozen=True)
class Drift:
    """One item: how many points (0-100) its answers moved between waves among people with the same rest score, and
    whether that is 5 points or more and beyond chance."""

    item: str
    shift: float
    se: float
    drifts: bool


@dataclass(frozen=True)
class Invariance:
    """``phi``: Tucker's congruence of the one-factor loadings (1 the same, NaN below three items or 50 people)."""

    phi: float
    drifts: tuple[Drift, ...]
    same: bool
    sentence: str


def anchored(first: Profiles, x: np.ndarray, index: np.ndarray, seed: int = 0) -> Anchored:
    """Classify a later wave with the first wave's parameters; the model is not fitted again, so labels cannot move.

    ``first``: oriented profiles of the first wave, in points; ``x``: the later wave on the same scales, in points;
    ``index``: its B. Checked against: the first wave itself, which gets its own memberships back.
    """
    chances = memberships(x, first)
    used = ~np.isnan(chances[:, 0])
    again = oriented(x[used], fit(x[used], first.k, seed=seed, index=index[used]), index[used]).profiles
    old, new = chances[used].argmax(axis=1), memberships(x[used], again).argmax(axis=1)
    table = np.bincount(old * first.k + new, minlength=first.k**2).reshape(first.k, first.k)
    return Anchored(chances, chances[used].mean(axis=0), adjusted_rand(table))


def invariance(first: np.ndarray, later: np.ndarray, scale: Scale) -> Invariance:
    """Whether a scale's items hang together alike in both waves, and which item has come to mean something else.

    ``first`` and ``later``: codes, people by items of ``scale``, 0 missing. An item that drifts leaves the trend line.
    Source: Lorenzo-Seva & ten Berge 2006, doi:10.1027/1614-2241.2.2.57 (.95 for equality).
    Checked against: simulated waves with and without a drifting item.
    """
    waves = [keyed(codes, scale) for codes in (first, later)]
    phi = _phi(waves)
    drifts = tuple(_drift(waves, at, item.id) for at, item in enumerate(scale.items)) if len(scale.items) > 1 else ()
    moved = [one.item for one in drifts if one.drifts]
    same = not moved and not phi < SAME_LOADINGS
    return Invariance(phi, drifts, same, _said(phi, moved))


def tucker(a: np.ndarray, b: np.ndarray) -> float:
    """The congruence of two sets of loadings: 1 for the same pattern, whatever their size."""
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def _said(phi: float, moved: list[str]) -> str:
    if moved:
        return f"Left out of the trend because its meaning moved: {', '.join(moved)}."
    if phi < SAME_LOADINGS:
        return f"The items hang together differently from the first wave (congruence {phi:.2f}): no trend is drawn."
    return "The items mean the same in both waves as far as can be seen."


def _phi(waves: list[np.ndarray]) -> float:
    if waves[0].shape[1] < 3 or min(len(wave) for wave in waves) < _LEAST_PEOPLE:
        return float("nan")
    loadings = []
    for wave in waves:
        covariances = normal_moments(wave).covariances
        spread = np.sqrt(np.diag(covariances))
        loadings.append(one_factor(covariances / np.outer(spread, spread))[0])
    return abs(tucker(*loadings))


def _drift(waves: list[np.ndarray], at: int, item: str) -> Drift:
    """The wave's coefficient in: item on the mean of the other items and the wave, over both waves."""
    both = np.vstack(waves)
    later = np.repeat([0.0, 1.0], [len(wave) for wave in waves])
    others = np.delete(both, at, axis=1)
    use = ~np.isnan(both[:, at]) & ~np.isnan(others).any(axis=1)
    design = np.column_stack([np.ones(use.sum()), others[use].mean(axis=1), later[use]])
    cross = design.T @ design
    if use.sum() < _LEAST_PEOPLE or np.linalg.matrix_rank(cross) < 3:
        return Drift(item, float("nan"), float("nan"), False)
    slopes = np.linalg.solve(cross, design.T @ both[use, at])
    left = both[use, at] - design @ slopes
    se = float(np.sqrt(left @ left / (use.sum() - 3) * np.linalg.inv(cross)[2, 2])) * 100
    shift = float(slopes[2]) * 100
    return Drift(item, shift, se, abs(shift) >= DRIFT_POINTS and abs(shift) > _Z * se)
