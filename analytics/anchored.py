"""Later waves on the first wave's groups: its parameters classify, and checks that the scales still mean the same."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.instrument import Scale
from analytics.missing import NormalMoments, normal_moments
from analytics.profiles import Profiles, fit, memberships, oriented
from analytics.reliability import keyed, one_factor
from analytics.stability import adjusted_rand

SAME_LOADINGS = 0.95
DRIFT_POINTS = 5.0
_Z = 1.96
_LEAST_PEOPLE = 50
_LEAST_LOADING = 1e-3
_MEDIAN_COST = np.pi / 2  # how much less certain a median is than a mean


@dataclass(frozen=True)
class Anchored:
    """A later wave in the first wave's classes: people by classes (NaN without answers), mean share of each class,
    and the agreement (adjusted Rand index) with classes fitted to the later wave alone, as a check only."""

    memberships: np.ndarray
    shares: np.ndarray
    refit_agreement: float


@dataclass(frozen=True)
class Drift:
    """One item: how many points (0-100) its mean moved between waves beyond what the other items moved, and whether
    that is 5 points or more and beyond chance."""

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

    ``first`` and ``later``: codes, people by items of ``scale``, 0 missing. An item drifts when its mean moved
    otherwise than its loading and the median move of the other items say; the common move is a real change. Of two
    items it cannot be told which one drifts, and both are named. An item that drifts leaves the trend line.
    Source: Lorenzo-Seva & ten Berge 2006, doi:10.1027/1614-2241.2.2.57 (.95 for equality); intercepts compared as
    in scalar invariance, Meredith 1993, doi:10.1007/BF02294825.
    Checked against: simulated waves with and without a drifting item.
    """
    moments = [_moments(keyed(codes, scale)) for codes in (first, later)]
    if len(scale.items) < 2 or any(one is None for one in moments):
        nothing = tuple(Drift(item.id, float("nan"), float("nan"), False) for item in scale.items)
        return Invariance(float("nan"), nothing, True, "Too few answers to say whether the items mean the same.")
    known = [one for one in moments if one is not None]
    phi = abs(tucker(*(_factor(one.covariances)[0] for one in known))) if len(scale.items) > 2 else float("nan")
    drifts = _drifts(known, [item.id for item in scale.items])
    moved = [one.item for one in drifts if one.drifts]
    return Invariance(phi, drifts, not moved and not phi < SAME_LOADINGS, _said(phi, moved))


def tucker(a: np.ndarray, b: np.ndarray) -> float:
    """The congruence of two sets of loadings: 1 for the same pattern, whatever their size."""
    return float(a @ b / np.sqrt((a @ a) * (b @ b)))


def _said(phi: float, moved: list[str]) -> str:
    if moved:
        return f"Left out of the trend because its meaning moved: {', '.join(moved)}."
    if phi < SAME_LOADINGS:
        return f"The items hang together differently from the first wave (congruence {phi:.2f}): no trend is drawn."
    return "The items mean the same in both waves as far as can be seen."


def _moments(values: np.ndarray) -> NormalMoments | None:
    """Means and covariances with gaps; None with fewer than 50 answers to an item or one that does not vary."""
    if not values.size or (~np.isnan(values)).sum(axis=0).min() < _LEAST_PEOPLE:
        return None
    found = normal_moments(values)
    return found if (np.diag(found.covariances) > 0).all() else None


def _factor(covariances: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """One factor's loadings and unique variances in the units of the items; two items share one correlation."""
    spread = np.sqrt(np.diag(covariances))
    correlation = covariances / np.outer(spread, spread)
    if len(spread) == 2:
        common = max(float(correlation[0, 1]), 0.01)
        return spread * np.sqrt(common), spread**2 * (1 - common)
    loadings, unique = one_factor(correlation)
    return loadings * spread * np.sign(loadings.sum()), unique * spread**2


def _drifts(waves: list[NormalMoments], items: list[str]) -> tuple[Drift, ...]:
    """Each item's move beyond what the median of the others' moves, each over its loading, lets expect."""
    before, after = waves
    pooled = (before.n * before.covariances + after.n * after.covariances) / (before.n + after.n)
    loadings, unique = _factor(pooled)
    moves, noise = after.means - before.means, unique * (1 / before.n + 1 / after.n)
    found = []
    for at, item in enumerate(items):
        others = (np.arange(len(items)) != at) & (np.abs(loadings) > _LEAST_LOADING)
        common = float(np.median(moves[others] / loadings[others])) if others.any() else float("nan")
        around = _MEDIAN_COST * float((noise[others] / loadings[others] ** 2).mean()) / max(int(others.sum()), 1)
        shift = 100 * (moves[at] - loadings[at] * common)
        se = 100 * float(np.sqrt(noise[at] + loadings[at] ** 2 * around))
        found.append(Drift(item, float(shift), se, bool(abs(shift) >= DRIFT_POINTS and abs(shift) > _Z * se)))
    return tuple(found)
