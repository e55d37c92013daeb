"""Every figure of every group as a cell: which groups a system may show, and each figure as it is displayed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from analytics.measure import Measure
from analytics.protect import display
from analytics.protect.display import HIDDEN, Shown
from analytics.protect.family import Family, Group
from analytics.protect.thresholds import Thresholds
from analytics.protect.tree import choose
from analytics.systems import System

VIEW = {"parts": "leanings"}  # everything else is an indicator, unless a measure names its own table
FULL_FROM = 50  # people: below, only one banded share of a question's answers is shown
_WHOLE = 0


@dataclass(frozen=True)
class Coarsening:
    """What an attack has shown to be too exact: measures made coarser on a whole level, residual groups dropped.

    ``levels``: (measure id, level of the tree) -> steps coarser; ``dropped``: (system, id of a residual group);
    ``unsplit``: (system, level of the tree, attribute) that is not shown.
    """

    levels: Mapping[tuple[str, int], int] = field(default_factory=dict)
    dropped: frozenset[tuple[str, int]] = frozenset()
    unsplit: frozenset[tuple[str, int, str]] = frozenset()

    def coarser(self, measure: str, level: int) -> Coarsening:
        """The same with one measure one step coarser on one level."""
        return replace(self, levels={**self.levels, (measure, level): self.levels.get((measure, level), 0) + 1})

    def without(self, system: str, group: int) -> Coarsening:
        """The same without one residual group's row in one system."""
        return replace(self, dropped=self.dropped | {(system, group)})

    def whole(self, system: str, level: int, segment: str) -> Coarsening:
        """The same without the splits by one attribute of a whole level in one system."""
        return replace(self, unsplit=self.unsplit | {(system, level, segment)})


@dataclass(frozen=True)
class Counted:
    """A system's counts, groups by codes over each group's whole people, and which groups it may show."""

    system: System
    counts: np.ndarray
    shown: np.ndarray

    @cached_property
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
        view = measure.view or VIEW.get(measure.kind, "indicators")
        for place, group in enumerate(family.groups):
            steps = coarse.levels.get((measure.id, group.level), 0)
            state = str(states[measure.id][place]) if measure.id in states else ""
            for part, shown in figures(measure, one, place, sizes.insiders, steps, spread):
                yield cell(view, group.id, measure, part, shown, int(one.answered[place]), state)
        for unit in hidden:
            yield from (cell(view, unit.id, measure, part, HIDDEN, 0) for part in measure.parts or ("",))


def figures(
    measure: Measure, one: Counted, place: int, insiders: int, steps: int, spread: Mapping[str, float]
) -> list[tuple[str, Shown]]:
    """A measure of one group as it is displayed, by part ("" for a mean or a share)."""
    counts, weights = one.counts[place, 1:], np.asarray(measure.weights[1:])
    n = int(counts.sum())
    is_full = measure.kind == "parts" and measure.view == "questions"
    if not one.shown[place] or (is_full and n < FULL_FROM) or (measure.whole_only and place != _WHOLE):
        return [(part, HIDDEN) for part in measure.parts or ("",)]
    if measure.kind == "mean":
        raw = float(counts @ weights) / n
        return [("", display.mean(raw, n, insiders, spread.get(measure.id, 0.0), steps))]
    if measure.kind == "share":
        return [("", display.share(int(counts[weights == 1.0].sum()), n, insiders, steps))]
    hits = [int(counts[weights == at].sum()) for at in range(len(measure.parts))]
    return [(part, display.share(hit, n, insiders, steps)) for part, hit in zip(measure.parts, hits, strict=True)]


def cell(view: str, node: int, measure: Measure, part: str, figure: Shown, n: int, state: str = "") -> dict[str, Any]:
    """One row of a release's cells; a hidden figure leaves nothing but its address."""
    shown = figure is not HIDDEN
    band = display.n_band(n)
    return {
        "view": view,
        "node": node,
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
