"""Figures by one attribute at a time, for the larger groups: counted once, shown where rules and attack allow."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.count import Column, Grouping
from analytics.measure import Measure
from analytics.protect import splits
from analytics.protect.cells import Coarsening, Counted, cell, figures
from analytics.protect.display import HIDDEN
from analytics.protect.family import Family
from analytics.protect.splits import Certificate, Kinds, Split
from analytics.protect.thresholds import Thresholds
from analytics.systems import System
from analytics.wave import Wave

VIEW = "splits"
MOST_CELLS = 1000  # categories of groups that are split at all: beyond it, only the largest groups are
MOST_TRIED = 10_000_000  # groups x kinds of people: beyond it, figures that cross the tree cannot be attacked in time
DEEPEST = 1  # the organisation and the units right below it are split, no others
HOME = "*home"  # no measure's column is called so
_ATTRIBUTE = "*by "


@dataclass(frozen=True)
class Splitting:
    """What a wave can be split by: the groups that are large enough (places in the family), kinds of people, offers.

    ``home``: for each person 1 + the place among ``large`` of the smallest such group they are in, 0 for none.
    """

    family: Family
    large: tuple[int, ...]
    home: np.ndarray
    people: Kinds
    labels: Mapping[str, tuple[str, ...]]
    offered: tuple[Split, ...]
    hidden: tuple[Certificate, ...]


def splitting(wave: Wave, family: Family, sizes: Thresholds) -> Splitting:
    """Decide from numbers of respondents alone which categories may be shown anywhere."""
    segments = {str(name): wave.segments[name].to_numpy() for name in wave.segments}
    people = splits.kinds(family, wave.unit, segments)
    everyone = people.sizes(np.ones(len(wave), bool))
    tried = len(family.groups) * len(people.group)
    large = _large(family, people, everyone, sizes) if tried <= MOST_TRIED else ()
    every = np.ones(len(family.groups), bool)
    offered, hidden = splits.allowed(family, people, large, everyone, every, None, sizes)
    return Splitting(family, large, _home(wave, family, large), people, wave.segment_labels, offered, hidden)


def _large(family: Family, people: Kinds, everyone: np.ndarray, sizes: Thresholds) -> tuple[int, ...]:
    """The groups that are split: the highest and largest, as many as keep the number of cells within bounds."""
    own = np.bincount(people.group, everyone, minlength=len(family.groups))
    total = family.rolled_up(own)
    high = [at for at, g in enumerate(family.groups) if not g.rest and g.level <= DEEPEST]
    enough = [at for at in high if total[at] >= sizes.n_demo]
    per_group = sum(len(np.unique(codes)) for codes in people.codes.values())
    most = MOST_CELLS // max(per_group, 1)
    return tuple(sorted(sorted(enough, key=lambda at: (-total[at], at))[:most]))


def is_split(measure: Measure) -> bool:
    """Whether a figure is split at all: the leading scores and the leanings are.

    Every further figure that crosses the tree takes sharpness from all others, so there are no more than a page shows.
    """
    return (measure.headline and measure.kind == "mean") or measure.id == "leaning"


def groupings(found: Splitting, system: System) -> list[Grouping]:
    """What has to be counted of one system: the large groups by each attribute by its codes."""
    if not any(is_split(measure) for measure in system.measures):
        return []
    home, column = Column(HOME, len(found.large) + 1), Column(system.name, len(system.classes))
    return [
        (home, Column(f"{_ATTRIBUTE}{name}", len(labels) + 1), column) for name, labels in sorted(found.labels.items())
    ]


def columns(wave: Wave, found: Splitting) -> dict[str, np.ndarray]:
    """The columns that ``groupings`` name besides the measures' own."""
    return {HOME: found.home} | {f"{_ATTRIBUTE}{name}": wave.segments[name].to_numpy() for name in found.labels}


def cells(
    one: Counted,
    answered: np.ndarray,
    tables: Sequence[np.ndarray],
    found: Splitting,
    sizes: Thresholds,
    coarse: Coarsening,
    spread: Mapping[str, float],
) -> Iterator[dict[str, Any]]:
    """The split cells of one system. ``answered``: bool per person; ``tables``: counts as ``groupings`` orders them."""
    system, family = one.system, found.family
    if not tables:
        return
    offered = [s for s in found.offered if (system.name, family.groups[s.group].level, s.segment) not in coarse.unsplit]
    held = found.people.sizes(answered)
    kept, _ = splits.allowed(family, found.people, found.large, held, one.shown, offered, sizes)
    shown = set(kept)
    for table, (segment, labels) in zip(tables, sorted(found.labels.items()), strict=True):
        counts = _rolled_up(found, table[1:])
        for at, place in enumerate(found.large):
            for code, label in enumerate(labels, start=1):
                part = f"{segment}|{label}"
                is_shown = Split(place, segment, code) in shown
                yield from _cells(system, family, place, part, counts[at, code], is_shown, sizes, coarse, spread)


def _cells(
    system: System,
    family: Family,
    place: int,
    part: str,
    counts: np.ndarray,
    shown: bool,
    sizes: Thresholds,
    coarse: Coarsening,
    spread: Mapping[str, float],
) -> Iterator[dict[str, Any]]:
    held = Counted(system, counts[None], np.array([shown]))
    group = family.groups[place]
    for measure in (one for one in system.measures if is_split(one)):
        steps = coarse.levels.get((measure.id, group.level), 0)
        for which, figure in figures(measure, held, 0, sizes.insiders, steps, spread):
            where = f"{part}|{which}" if which else part
            yield cell(VIEW, group.id, measure, where, figure if shown else HIDDEN, int(held.answered[0]))


def _home(wave: Wave, family: Family, large: Sequence[int]) -> np.ndarray:
    at = {place: number for number, place in enumerate(large, start=1)}
    nearest = np.zeros(len(family.groups), np.int64)
    for place in range(len(family.groups)):
        nearest[place] = at.get(place, nearest[family.parents[place]] if family.parents[place] >= 0 else 0)
    own = family.place[wave.unit]
    home: np.ndarray = np.where(own >= 0, nearest[own], 0)
    return home


def _rolled_up(found: Splitting, table: np.ndarray) -> np.ndarray:
    """Counts of the large groups' own people summed over the large groups inside them."""
    at = {place: number for number, place in enumerate(found.large)}
    total = table.copy()
    for number in range(len(found.large) - 1, 0, -1):
        total[at[found.family.parents[found.large[number]]]] += total[number]
    return total


def certificates(found: Splitting) -> list[dict[str, Any]]:
    """Why categories are hidden that are large enough by themselves, in names; the numbers of people stay out."""
    return [
        {
            "hidden": _named(found, one.hidden),
            "because_of": [("+ " if sign > 0 else "- ") + _named(found, split) for split, sign in one.together],
        }
        for one in found.hidden
    ]


def _named(found: Splitting, split: Split) -> str:
    name = found.family.groups[split.group].name
    return f"{name}, {split.segment}: {found.labels[split.segment][split.code - 1]}"
