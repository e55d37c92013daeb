"""Every figure of every group as a cell: which groups a system may show, and each figure as it is displayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from analytics.measure import Measure
from analytics.protect import display
from analytics.protect.display import HIDDEN, Shown
from analytics.protect.family import Family, Group
from analytics.protect.thresholds import Thresholds
from analytics.protect.tree import choose
from analytics.systems import System

VIEW = {"parts": "leanings"}  # everything else is an indicator
WIDEST = (-1, 0)


@dataclass(frozen=True)
class Coarsening:
    """What an attack has shown to be too exact: measures made coarser on a whole level, residual groups dropped.

    ``levels``: (measure id, level of the tree) -> steps coarser; ``dropped``: (system, id of a residual group).
    """

    levels: Mapping[tuple[str, int], int] = field(default_factory=dict)
    dropped: frozenset[tuple[str, int]] = frozenset()

    def coarser(self, measure: str, level: int) -> Coarsening:
        """The same with one measure one step coarser on one level."""
        return replace(self, levels={**self.levels, (measure, level): self.levels.get((measure, level), 0) + 1})

    def without(self, system: str, group: int) -> Coarsening:
        """The same without one residual group's row in one system."""
        return replace(self, dropped=self.dropped | {(system, group)})


@dataclass(frozen=True)
class Counted:
    """A system's counts, groups by codes over each group's whole people, and which groups it may show."""

    system: System
    counts: np.ndarray
    shown: np.ndarray

    @property
    def answered(self) -> np.ndarray:
        """How many people of each group answered."""
        total: np.ndarray = self.counts[:, 1:].sum(axis=1)
        return total


def counted(system: System, table: np.ndarray, family: Family, sizes: Thresholds, coarse: Coarsening) -> Counted:
    """One system's counts gathered into groups, with the tree rule applied to those who answered it.

    ``table``: int64 counts, units of the tree by codes, each unit's own people only.
    """
    own = family.gathered(table)
    k = sizes.k_share if system.has_shares else sizes.k
    allowed = [(system.name, group.id) not in coarse.dropped for group in family.groups]
    shown = choose(family.parents, own[:, 1:].sum(axis=1).tolist(), k, allowed)
    return Counted(system, family.rolled_up(own), shown)


def cells(
    one: Counted,
    family: Family,
    sizes: Thresholds,
    coarse: Coarsening,
    spread: Mapping[str, float],
    states: Mapping[str, np.ndarray],
) -> Iterator[dict[str, Any]]:
    """The cells of one system for every group and every hidden unit.

    ``spread``: SD inside groups per mean; ``states``: per measure, the state of each group that was compared.
    """
    hidden = [Group(unit, "", -1, 0) for unit in np.flatnonzero(~family.shown).tolist()]
    for measure in one.system.measures:
        for place, group in enumerate(family.groups):
            steps = coarse.levels.get((measure.id, group.level), 0)
            figures = _figures(one, measure, place, sizes.insiders, steps, spread.get(measure.id, 0.0))
            state = str(states[measure.id][place]) if measure.id in states and one.shown[place] else ""
            band = display.n_band(int(one.answered[place])) if one.shown[place] else WIDEST
            yield from (_cell(measure, group, part, shown, band, state) for part, shown in figures)
        for unit in hidden:
            yield from (_cell(measure, unit, part, HIDDEN, WIDEST, "") for part in measure.parts or ("",))


def _figures(
    one: Counted, measure: Measure, place: int, insiders: int, steps: int, spread: float
) -> list[tuple[str, Shown]]:
    if not one.shown[place]:
        return [(part, HIDDEN) for part in measure.parts or ("",)]
    counts, weights = one.counts[place, 1:], np.asarray(measure.weights[1:])
    n = int(counts.sum())
    if measure.kind == "mean":
        return [("", display.mean(float(counts @ weights) / n, n, insiders, spread, steps))]
    if measure.kind == "share":
        return [("", display.share(int(counts[weights == 1.0].sum()), n, insiders, steps))]
    hits = [int(counts[weights == at].sum()) for at in range(len(measure.parts))]
    return [(part, display.share(hit, n, insiders, steps)) for part, hit in zip(measure.parts, hits, strict=True)]


def _cell(
    measure: Measure, group: Group, part: str, figure: Shown, band: tuple[int, int], state: str
) -> dict[str, Any]:
    shown = figure is not HIDDEN
    return {
        "view": VIEW.get(measure.kind, "indicators"),
        "node": group.id,
        "measure": measure.id,
        "part": part,
        "kind": measure.kind,
        "shown": shown,
        "n_low": band[0] if shown else 0,
        "n_high": band[1] if shown else 0,
        "value": figure.value,
        "low": figure.low,
        "high": figure.high,
        "ci_low": figure.ci_low,
        "ci_high": figure.ci_high,
        "state": state if shown else "",
        "text": figure.text,
    }
