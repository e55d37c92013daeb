"""Do a scale's questions still mean the same in another wave: told from a few figures that each wave publishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import stats

from analytics.instrument import Scale
from analytics.missing import NormalMoments, normal_moments
from analytics.protect import display, steps
from analytics.reliability import TOO_LOW, keyed, one_factor
from analytics.score import answer_codes
from analytics.wave import Wave

SAME_LOADINGS = 0.95
DRIFT_POINTS = 5.0
MOST_PEOPLE = 4000
_LEAST_PEOPLE = 50
_LEAST_LOADING = 0.1  # points: an item that has nothing of the factor says nothing about how it moved
_LOADING_STEP, _SPREAD_STEP = 0.05, 2.0
_LOOSE = 3.0  # a loading is known less exactly than a correlation; this errs towards saying that nothing differs
_MEDIAN_COST = np.pi / 2  # how much less certain a median is than a mean


@dataclass(frozen=True)
class Factor:
    """One factor behind a scale's questions, each turned the way of the scale, in points (0-100).

    ``n``: people it is known from, or the fewest of their band; ``unique``: variances beside the factor; ``step``:
    what means were rounded to.
    """

    items: tuple[str, ...]
    n: int
    means: np.ndarray
    loadings: np.ndarray
    unique: np.ndarray
    step: float = 0.0

    @property
    def omega(self) -> float:
        """The share of the factor in the variance of the items' sum."""
        common = float(self.loadings.sum()) ** 2
        return common / (common + float(self.unique.sum()))


@dataclass(frozen=True)
class Drift:
    """One item: how many points its mean moved between waves beyond what the other items moved, and whether that is 5
    points or more, rounding apart, and beyond chance."""

    item: str
    shift: float
    se: float
    drifts: bool


@dataclass(frozen=True)
class Invariance:
    """``verdict``: "same", "drift" (an item's mean moved by itself), "other" (the items hang together differently) or
    "unknown"; ``phi``: Tucker's congruence of the loadings (1 the same, NaN below three items)."""

    verdict: str
    phi: float = float("nan")
    drifts: tuple[Drift, ...] = ()

    @property
    def drifting(self) -> tuple[str, ...]:
        """The ids of the items that drift."""
        return tuple(one.item for one in self.drifts if one.drifts)


def factor(codes: np.ndarray, scale: Scale) -> Factor | None:
    """The one-factor model of a scale's answers, gaps borne by full information.

    ``codes``: people by items of ``scale``, 0 missing; beyond 4,000 an even sample over the sorted answers. None for a
    single item, fewer than 50 answers to one, one that does not vary, or items of which one follows from the others.
    Two items share one correlation.
    Source: Joereskog 1967, doi:10.1007/BF02289658. Checked against: simulated loadings.
    """
    if codes.shape[1] < 2 or not len(codes) or (codes > 0).sum(axis=0).min() < _LEAST_PEOPLE:
        return None
    try:
        found = normal_moments(100 * keyed(_even_sample(codes), scale))
    except np.linalg.LinAlgError:  # one item's answers follow from the others'
        return None
    if not (np.diag(found.covariances) > 0).all():
        return None
    return Factor(scale.columns, found.n, found.means, *_one_factor(found))


def factors(wave: Wave) -> dict[str, Factor | None]:
    """The one-factor model of every scale of a wave."""
    return {scale.id: factor(answer_codes(wave.answers, scale), scale) for scale in wave.scales}


def published(found: Factor) -> dict[str, Any]:
    """A factor as a release tells it: in the steps that so many people allow, loadings as correlations and never finer
    than .05, people as a band."""
    spread = np.sqrt(found.loadings**2 + found.unique)
    points = steps.points(found.n)
    loading, whole = max(steps.coefficient(found.n), _LOADING_STEP), min(points, _SPREAD_STEP)
    return {
        "n": display.n_band(found.n)[0],
        "means": [steps.rounded(mean, points) for mean in found.means.tolist()],
        "spreads": [max(steps.rounded(one, whole), whole) for one in spread.tolist()],
        "loadings": [steps.rounded(one, loading) for one in (found.loadings / spread).tolist()],
    }


def read(entry: Mapping[str, Any] | None) -> Factor | None:
    """A factor from a scale's entry in a manifest; None where the release tells none."""
    told = (entry or {}).get("factor")
    if entry is None or not told:
        return None
    spread, share = np.array(told["spreads"]), np.array(told["loadings"])
    items = tuple(str(item["id"]) for item in entry["items"])
    unique, n = spread**2 * (1 - share**2), int(told["n"])
    return Factor(items, n, np.array(told["means"]), spread * share, unique, steps.points(n))


def compared(before: Factor | None, after: Factor | None, tests: int = 1) -> Invariance:
    """Whether a scale's items hang together alike in two waves, and which item has come to mean something else.

    ``tests``: how many items are looked at in all; chance is corrected for them (Bonferroni). Items hang together
    differently where the loadings' congruence is below .95 and they differ beyond chance. An item drifts when its
    mean moved otherwise than its loading and the median move of the other items say; the common move is a real change.
    Of two items it cannot be told which one drifts, and both are named.
    Source: Lorenzo-Seva & ten Berge 2006, doi:10.1027/1614-2241.2.2.57 (.95 for equality); intercepts compared as in
    scalar invariance, Meredith 1993, doi:10.1007/BF02294825.
    Checked against: simulated waves with and without a drifting item.
    """
    if before is None or after is None or before.items != after.items:
        return Invariance("unknown")
    if max(before.omega, after.omega) < TOO_LOW:
        return Invariance("unknown")  # loadings of questions that hardly hang together are mostly chance
    phi = abs(tucker(before.loadings, after.loadings)) if len(before.items) > 2 else float("nan")
    drifts = _drifts(before, after, float(stats.norm.isf(0.025 / max(tests, 1))))
    other = phi < SAME_LOADINGS and _differ(before, after, 0.05 / max(tests, 1))
    return Invariance("other" if other else "drift" if any(one.drifts for one in drifts) else "same", phi, drifts)


def meaning(
    before: Mapping[str, Mapping[str, Any] | None], after: Mapping[str, Factor | None]
) -> dict[str, Invariance]:
    """Whether each scale means the same: one wave's entries in its manifest against another wave's models."""
    models = {scale: read(entry) for scale, entry in before.items()}
    tests = sum(len(one.items) for scale, one in models.items() if one is not None and after.get(scale) is not None)
    return {scale: compared(one, after.get(scale), tests) for scale, one in models.items()}


def tucker(a: np.ndarray, b: np.ndarray) -> float:
    """The congruence of two sets of loadings: 1 for the same pattern, whatever their size."""
    size = float(np.sqrt((a @ a) * (b @ b)))
    return float(a @ b) / size if size > 0 else 0.0


def _differ(before: Factor, after: Factor, level: float) -> bool:
    """Whether the items' loadings, as correlations with the factor, differ beyond chance, by a chi-square of all."""
    gap, error = np.zeros(len(before.items)), np.zeros(len(before.items))
    for one, sign in ((before, 1), (after, -1)):
        held = one.loadings / np.sqrt(one.loadings**2 + one.unique)
        gap += sign * held
        error += _LOOSE * (1 - held**2) / one.n
    return bool(stats.chi2.sf((gap**2 / np.maximum(error, 1e-9)).sum(), len(gap) - 1) < level)


def _even_sample(codes: np.ndarray) -> np.ndarray:
    if len(codes) <= MOST_PEOPLE:
        return codes
    ordered = np.lexsort(codes.T[::-1])
    picked: np.ndarray = codes[ordered[np.linspace(0, len(codes) - 1, MOST_PEOPLE).round().astype(np.int64)]]
    return picked


def _one_factor(found: NormalMoments) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and unique variances in the units of the items."""
    spread = np.sqrt(np.diag(found.covariances))
    correlation = found.covariances / np.outer(spread, spread)
    if len(spread) == 2:
        common = max(float(correlation[0, 1]), 0.01)
        return spread * np.sqrt(common), spread**2 * (1 - common)
    loadings, unique = one_factor(correlation)
    return loadings * spread * np.where(loadings.sum() < 0, -1, 1), unique * spread**2


def _drifts(before: Factor, after: Factor, z: float) -> tuple[Drift, ...]:
    """Each item's move beyond what the median of the others' moves, each over its loading, lets expect."""
    least = DRIFT_POINTS + before.step + after.step  # what rounding alone may do is no drift
    weight = np.array([before.n, after.n]) / (before.n + after.n)
    loadings = weight @ [before.loadings, after.loadings]
    unique = weight @ [before.unique, after.unique]
    moves, noise = after.means - before.means, unique * (1 / before.n + 1 / after.n)
    found = []
    for at, item in enumerate(before.items):
        others = (np.arange(len(moves)) != at) & (np.abs(loadings) > _LEAST_LOADING)
        if not others.any():
            found.append(Drift(item, float("nan"), float("nan"), False))
            continue
        common = float(np.median(moves[others] / loadings[others]))
        around = _MEDIAN_COST * float((noise[others] / loadings[others] ** 2).mean()) / int(others.sum())
        shift = float(moves[at] - loadings[at] * common)
        se = float(np.sqrt(noise[at] + loadings[at] ** 2 * around))
        found.append(Drift(item, shift, se, bool(abs(shift) >= least and abs(shift) > z * se)))
    return tuple(found)
