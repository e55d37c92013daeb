"""What to make coarser when an attack has found something: splits go first, residual rows next, then a level's bands.

Which cells become coarser depends on answers; so a whole level does, never one group, and no reason is ever shown.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from analytics.protect import display
from analytics.protect.cells import Coarsening, Counted
from analytics.protect.family import Family
from analytics.protect.split_cells import DEEPEST

_STEPS = (1, 2, 3)  # by how much linked measures become coarser in each round, before they are hidden


def coarser(
    coarse: Coarsening, findings: Sequence[Mapping[str, Any]], shown: Sequence[Counted], family: Family
) -> Coarsening:
    """One round's coarsening of every system with findings: the split that most of them blame goes, on its whole level
    and the deepest level first; where no split is to blame, one step of the bands."""
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
            coarse = _eased(coarse, holds[name], found, family)
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


def _eased(coarse: Coarsening, one: Counted, found: Sequence[Mapping[str, Any]], family: Family) -> Coarsening:
    """Without the first residual row that each finding involves; where none does, one step of the bands."""
    rests = {rest for finding in found for rest in _rests(one, _involved(finding, family), family)[:1]}
    for rest in sorted(rests):
        coarse = coarse.without(one.system.name, family.groups[rest].id)
    if rests:
        return coarse
    involved, kind = _involved(found[0], family), str(found[0]["kind"])
    level = max((family.groups[at].level for at in involved), key=lambda at: _fineness(coarse, one, family, at))
    wanted = ("mean",) if kind == "person_bounded" else ("share", "parts")
    measures = [m for m in one.system.measures if m.kind in wanted] or list(one.system.measures)
    for measure in measures:
        coarse = coarse.coarser(measure.id, level)
    return coarse


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


def _fineness(coarse: Coarsening, one: Counted, family: Family, level: int) -> tuple[int, int]:
    """How exactly a level is shown now: the most bands that any of its groups has; among equals the deepest."""
    sizes = [int(one.answered[at]) for at, g in enumerate(family.groups) if g.level == level and one.shown[at]]
    if not sizes:
        return (0, level)
    steps = max((coarse.levels.get((m.id, level), 0) for m in one.system.measures), default=0)
    return (display.share_bands(max(sizes), 1, steps), level)
