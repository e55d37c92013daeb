"""Which coded columns are worked out from the same answers, so that figures of one also tell about the others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from analytics.derived import DEMANDS, RESOURCES
from analytics.instrument import Scale

_BOUNDARY_ROLES = ("preference", "supply", "enactment_wh", "enactment_hw")
_OF_BOUNDARY = ("B", "gapS", "I9", "quadrant")
_OF_BURNOUT, _OF_WORK = ("I4",), ("I13",)


def links(scales: Sequence[Scale], columns: Iterable[str]) -> list[list[str]]:
    """The columns in sets, in their order: two are in one set when an answer enters both, directly or by a third.

    A scale is linked with its items; the Boundary Index, gaps and quadrants with the scales of both parts; patterns of
    two scales with those scales.
    """
    known = list(columns)
    groups = [{scale.id, *(item.id for item in scale.items)} for scale in scales]
    boundary = {scale.id for scale in scales if scale.role in _BOUNDARY_ROLES}
    burnout = {scale.id for scale in scales if scale.role == "burnout"}
    work = {scale.id for scale in scales if scale.id in (*DEMANDS, *RESOURCES)}
    joined = ((_OF_BOUNDARY, boundary), (_OF_BURNOUT, burnout), (_OF_WORK, work))
    groups += [{name, *of} for names, of in joined for name in names if name in known]
    held: list[set[str]] = []
    for group in (*({name} for name in known), *({name for name in group if name in known} for group in groups)):
        touched = [one for one in held if one & group]
        held = [one for one in held if not one & group] + ([group.union(*touched)] if group else [])
    ordered = [[name for name in known if name in one] for one in held]
    return sorted(ordered, key=lambda one: known.index(one[0]))
