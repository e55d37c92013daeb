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

_WHOLE = 0


def coarser(
    coarse: Coarsening, findings: Sequence[Mapping[str, Any]], shown: Sequence[Counted], family: Family
) -> Coarsening:
    """One round's coarsening: splits that findings blame go, those below the organisation first and together, the
    organisation's own one by one; else one step per system."""
    holds = {name: one for one in shown for name in (one.system.name, *(m.id for m in one.system.measures))}
    by_system: dict[str, list[Mapping[str, Any]]] = {}
    for finding in findings:
        if str(finding["measure"]) in holds:
            by_system.setdefault(holds[str(finding["measure"])].system.name, []).append(finding)
    for name, found in by_system.items():
        blamed = [(int(one["node"]), str(one["part"]).partition("|")[0]) for one in found if "|" in str(one["part"])]
        if not blamed:
            coarse = _eased(coarse, holds[name], int(found[0]["node"]), str(found[0]["kind"]), family)
        elif any(node != _WHOLE for node, _ in blamed):
            coarse = coarse.flat(name)
        else:
            (_, segment), _ = Counter(sorted(blamed)).most_common(1)[0]
            coarse = coarse.whole(name, _WHOLE, segment)
    return coarse


def _eased(coarse: Coarsening, one: Counted, node: int, kind: str, family: Family) -> Coarsening:
    place = next((at for at, group in enumerate(family.groups) if group.id == node), 0)
    involved = [place, *_above(family, place)]
    inside = [at for at, group in enumerate(family.groups) if group.rest and group.parent in involved]
    for rest in (at for at in [*involved, *inside] if family.groups[at].rest and one.shown[at]):
        return coarse.without(one.system.name, family.groups[rest].id)
    level = max((family.groups[at].level for at in involved), key=lambda at: _fineness(coarse, one, family, at))
    wanted = ("mean",) if kind == "person_bounded" else ("share", "parts")
    measures = [m for m in one.system.measures if m.kind in wanted] or list(one.system.measures)
    for measure in measures:
        coarse = coarse.coarser(measure.id, level)
    return coarse


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
