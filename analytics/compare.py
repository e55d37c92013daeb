"""Which groups differ: the spread inside groups, whether groups differ beyond chance, and each group's state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.measure import Measure
from analytics.protect.cells import Counted
from analytics.protect.family import Family
from analytics.protect.tree import covering
from analytics.shrink import LEAST_DIFFERENCE, LEAST_SHARE_DIFFERENCE, Moments, moments, random_effects, states

CHANCE = 0.05
SPREAD_FROM = 50  # people; the mean and SD of fewer say too much of what each of them answered
BETWEEN_FROM = 100  # people: an intraclass correlation is a model's figure
LEAST_SPREAD = 5.0  # points; a smaller SD of 50 people would leave any one of them less than 35 points off the mean


@dataclass(frozen=True)
class Comparison:
    """Per measure: SD inside groups (whole points of 0-100, at least 5; NaN under 50 people, where none may be told),
    whether groups differ beyond chance, the part of its differences that lies between groups (ICC(1), whole per cent),
    the state of each group."""

    spread: dict[str, float]
    differ: dict[str, bool]
    between: dict[str, float]
    states: dict[str, np.ndarray]


def compare(counts: Sequence[Counted], family: Family) -> Comparison:
    """Compare the groups that may be shown, on every mean and share.

    Groups that a system may not show enter as their block, as one group: nothing here depends on a hidden group alone.
    States: ``shrink.states``, corrected over all measures of one table at once, since a page shows one table; residual
    groups are not compared.
    """
    pairs = [(one, measure) for one in counts for measure in one.system.measures if measure.kind != "parts"]
    spread: dict[str, float] = {}
    differ: dict[str, bool] = {}
    between: dict[str, float] = {}
    for one, measure in pairs:
        inside = _blocks(one, family, measure)
        effects = random_effects(inside)
        differ[measure.id] = effects.tau2 > 0 and _beyond_chance(inside)
        if measure.kind == "mean":
            spread[measure.id] = _told_spread(inside)
            total = effects.tau2 + effects.sigma2
            if inside.n.sum() >= BETWEEN_FROM and len(family.groups) > 1 and total > 0:
                between[measure.id] = float(round(100 * effects.tau2 / total))
    found: dict[str, np.ndarray] = {}
    for view in dict.fromkeys(measure.view for _, measure in pairs):
        found |= _states([pair for pair in pairs if pair[1].view == view], family)
    return Comparison(spread, differ, between, found)


def _blocks(one: Counted, family: Family, measure: Measure) -> Moments:
    """The moments of each block: a shown group's people who are in no smaller shown one."""
    held = covering(family.parents, one.shown)
    own = one.counts.copy()
    for place, parent in enumerate(family.parents):
        if parent >= 0:
            own[parent] -= one.counts[place]
    joined = np.zeros_like(own)
    np.add.at(joined, held[held >= 0], own[held >= 0])
    return moments(joined, measure.weights)


def _told_spread(groups: Moments) -> float:
    """What intervals are drawn from, and all that is published of it: so that a drawn interval tells no more."""
    if groups.n.sum() < SPREAD_FROM:
        return float("nan")
    return max(LEAST_SPREAD, float(round(np.sqrt(_pooled(groups)))))


def _pooled(groups: Moments) -> float:
    """Pooled variance inside groups."""
    held = groups.n > 0
    inside = groups.squares[held] - groups.total[held] ** 2 / groups.n[held]
    return max(float(inside.sum()), 0.0) / max(float(groups.n.sum() - held.sum()), 1.0)


def _beyond_chance(groups: Moments) -> bool:
    """The F test of a one-way analysis of variance at 5 %. Checked against: scipy.stats.f_oneway."""
    held = groups.n > 0
    n, total = groups.n[held], groups.total[held]
    within = _pooled(groups)
    if len(n) < 2 or n.sum() <= len(n) or within <= 0:
        return False
    between = float((total**2 / n).sum() - total.sum() ** 2 / n.sum()) / (len(n) - 1)
    return bool(stats.f.sf(between / within, len(n) - 1, n.sum() - len(n)) < CHANCE)


def _states(pairs: Sequence[tuple[Counted, Measure]], family: Family) -> dict[str, np.ndarray]:
    named = np.array([not group.rest for group in family.groups], bool)
    shown = np.column_stack([one.shown & named for one, _ in pairs])
    figures = [moments(one.counts, measure.weights) for one, measure in pairs]
    # Groups that may not be shown are left out here and count among everybody else.
    joined = Moments(
        *(np.column_stack(part) * shown for part in zip(*((f.n, f.total, f.squares) for f in figures), strict=True))
    )
    least = np.array([LEAST_DIFFERENCE if m.kind == "mean" else LEAST_SHARE_DIFFERENCE for _, m in pairs])
    level = [group.level for group in family.groups]
    found = states(joined, level, least, shown)
    return {measure.id: found[:, at] for at, (_, measure) in enumerate(pairs)}
