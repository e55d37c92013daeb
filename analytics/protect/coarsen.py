"""What to make coarser when an attack has found something: splits go first, residual rows next, then a level's bands.

Which cells become coarser depends on answers; so a whole level does, never one group, and no reason is ever shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from heapq import heappop, heappush
from math import log2
from typing import Any

from analytics.protect import display
from analytics.protect.cells import Coarsening, Counted
from analytics.protect.family import Family
from analytics.protect.split_cells import DEEPEST

_STEPS = (1, 2, 3)  # by how much linked measures become coarser in each round, before they are hidden
_TRIED = 24  # ways to make a system's bands coarser that are tried, the least loss first

Left = Callable[[str, Coarsening], int]  # how many findings an attack on one system leaves


def coarser(
    coarse: Coarsening, findings: Sequence[Mapping[str, Any]], shown: Sequence[Counted], family: Family, left: Left
) -> Coarsening:
    """One round's coarsening of every system with findings: the split that most of them blame goes, on its whole level
    and the deepest level first; where no split is to blame, residual rows, then bands, as few as ``left`` allows."""
    holds = _holds(shown)
    by_system: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        if str(finding["measure"]) in holds:
            by_system.setdefault(holds[str(finding["measure"])].system.name, []).append(finding)
    for name, found in by_system.items():
        every = sorted(split for one in found for split in _splits(one, family))
        blamed = Counter(split for split in every if (name, *split) not in coarse.unsplit)
        if blamed:
            deepest = max(level for level, _ in blamed)
            most = max((split for split in blamed if split[0] == deepest), key=lambda split: (blamed[split], split[1]))
            coarse = coarse.whole(name, *most)
        else:
            coarse = _eased(coarse, holds[name], found, family, left)
    return coarse


def coarser_together(
    coarse: Coarsening, findings: Sequence[Mapping[str, Any]], shown: Sequence[Counted], family: Family, turn: int
) -> Coarsening:
    """One round's coarsening of linked measures: a split that stands in the way goes on its whole level; another figure
    becomes coarser there by one step, in later rounds by more, and at last is not shown on that level at all."""
    level, holds = {group.id: group.level for group in family.groups}, _holds(shown)
    steps = _STEPS[turn] if turn < len(_STEPS) else len(display.BANDS)
    told = {(str(one["measure"]), int(one["node"]), str(one["part"])) for one in findings if one["node"] in level}
    blamed = {(measure, level[node], *part.partition("|")[:2]) for measure, node, part in told}
    for measure, at, segment, bar in sorted(blamed):
        if bar:
            coarse = coarse.whole(holds[measure].system.name, at, segment)
    for measure, at in sorted({(measure, at) for measure, at, _, bar in blamed if not bar}):
        for _ in range(steps):
            coarse = coarse.coarser(measure, at)
    return coarse


def _holds(shown: Sequence[Counted]) -> dict[str, Counted]:
    """The system of each system's and each measure's name."""
    return {name: one for one in shown for name in (one.system.name, *(m.id for m in one.system.measures))}


def _splits(finding: Mapping[str, Any], family: Family) -> list[tuple[int, str]]:
    """The splits that a finding is about: level and attribute, for every level that it combines figures of."""
    segment, bar, _ = str(finding["part"]).partition("|")
    level = {group.id: group.level for group in family.groups}
    levels = {level.get(int(node), 0) for node in finding["nodes"]}
    return [(at, segment) for at in levels if bar and at <= DEEPEST]


def _eased(
    coarse: Coarsening, one: Counted, found: Sequence[Mapping[str, Any]], family: Family, left: Left
) -> Coarsening:
    """Without the first residual row that each finding involves; where none does, with wider bands."""
    rests = {rest for finding in found for rest in _rests(one, _involved(finding, family), family)[:1]}
    for rest in sorted(rests):
        coarse = coarse.without(one.system.name, family.groups[rest].id)
    if rests:
        return coarse
    wanted = ("mean",) if str(found[0]["kind"]) == "person_bounded" else ("share", "parts")
    measures = [m.id for m in one.system.measures if m.kind in wanted] or [m.id for m in one.system.measures]
    return _banded(coarse, one, measures, family, left)


def _banded(coarse: Coarsening, one: Counted, measures: Sequence[str], family: Family, left: Left) -> Coarsening:
    """With wider bands: of the ways tried, the one of the least loss that leaves no finding, else the one that leaves
    the fewest findings."""
    best, fewest = coarse, -1
    for trial in _ways(coarse, one, measures, family):
        found = left(one.system.name, trial)
        if fewest < 0 or found < fewest:
            best, fewest = trial, found
        if not found:
            break
    return best


def _ways(coarse: Coarsening, one: Counted, measures: Sequence[str], family: Family) -> Iterator[Coarsening]:
    """Some levels some steps coarser, in the order of what that loses."""
    levels = sorted({group.level for group, shown in zip(family.groups, one.shown, strict=True) if shown})
    start = (0,) * len(levels)
    waiting, known = [(0.0, start)], {start}
    for _ in range(_TRIED + 1):
        if not waiting:
            return
        _, steps = heappop(waiting)
        trial = _stepped(coarse, measures, dict(zip(levels, steps, strict=True)))
        if any(steps):
            yield trial
        for at, level in enumerate(levels):
            more = (*steps[:at], steps[at] + 1, *steps[at + 1 :])
            if more not in known and _width(trial, one, measures, family, level) < log2(100):
                known.add(more)
                further = _stepped(coarse, measures, dict(zip(levels, more, strict=True)))
                lost = sum(_width(further, one, measures, family, level) for level in levels)
                heappush(waiting, (lost, more))


def _stepped(coarse: Coarsening, measures: Sequence[str], steps: Mapping[int, int]) -> Coarsening:
    for measure in measures:
        for level, count in steps.items():
            for _ in range(count):
                coarse = coarse.coarser(measure, level)
    return coarse


def _width(coarse: Coarsening, one: Counted, measures: Sequence[str], family: Family, level: int) -> float:
    """How wide the bands of a level are, by doublings of a point, averaged over its groups; 100 where none is shown."""
    shown = [at for at, group in enumerate(family.groups) if group.level == level and one.shown[at]]
    steps = max(coarse.levels.get((measure, level), 0) for measure in measures)
    widths = [100 / (display.share_bands(int(one.answered[at]), 1, steps) or 1) for at in shown]
    return sum(log2(width) for width in widths) / len(widths)


def _involved(finding: Mapping[str, Any], family: Family) -> list[int]:
    """The group of a finding and those above it."""
    place = next((at for at, group in enumerate(family.groups) if group.id == int(finding["node"])), 0)
    return [place, *_above(family, place)]


def _rests(one: Counted, involved: Sequence[int], family: Family) -> list[int]:
    """The shown residual rows among some groups, then those inside them."""
    inside = [at for at, group in enumerate(family.groups) if group.rest and group.parent in involved]
    return [at for at in [*involved, *inside] if family.groups[at].rest and one.shown[at]]


def _above(family: Family, place: int) -> list[int]:
    found = []
    while (place := family.parents[place]) >= 0:
        found.append(place)
    return found
