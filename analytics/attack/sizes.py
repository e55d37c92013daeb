"""Block sizes when only the release is at hand: the smallest that its bands of answerers allow together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from analytics.attack.seen import Figure, Group

_OPEN = 10**9
_BANDS_FROM = {4: 12, 5: 15, 10: 30, 20: 60, 100: 300}  # a share in this many bands tells of at least so many answers


@dataclass
class _Unit:
    """A real unit as the manifest lists it: the units below it, and the row for what is left over (-1: none)."""

    listed_shown: bool
    below: list[int] = field(default_factory=list)
    rest: int = -1


@dataclass
class _Node:
    """A shown group in the tree of shown groups: its own band, and what of it lies in no group below."""

    low: int
    high: int
    below: list[int] = field(default_factory=list)
    has_rest: bool = False
    rest: int = 0
    need: int = 0


def assumed(
    groups: Sequence[Group], figures: Sequence[Figure], manifest: Mapping[str, Any], k: int
) -> tuple[np.ndarray, np.ndarray, list[Group]]:
    """Groups by blocks and people per block, as small as the bands allow; and groups whose bands cannot agree.

    ``groups``: units of one edition, or one unit and the categories of one segment in it. What is left of a group
    beside those inside it has no band of its own: it is taken as ``k`` people, more where the bands demand it, fewer
    where they allow no more.
    """
    nodes = {place: _Node(*_band(group, figures)) for place, group in enumerate(groups)}
    roots = _link(groups, nodes, manifest)
    _need(nodes, k)
    for root in roots:
        _settle(root, nodes[root].need, nodes)
    clash = [groups[place] for place, node in nodes.items() if node.need > node.high]
    inside = _memberships(nodes)
    size = np.array([node.rest for node in nodes.values()], dtype=np.int64)
    return inside[:, size > 0], size[size > 0], clash


def _band(group: Group, figures: Sequence[Figure]) -> tuple[int, int]:
    """The numbers of answerers that every figure of a group allows, the number of bands of a share included."""
    low, high = 1, _OPEN
    for figure in figures:
        if figure.group == group:
            low = max(low, figure.n_low, _least_for_bands(figure))
            high = min(high, figure.n_high if figure.n_high >= 0 else _OPEN)
    return low, high


def _least_for_bands(figure: Figure) -> int:
    width = figure.high - figure.low
    return 0 if figure.kind == "mean" or width <= 0 else _BANDS_FROM.get(round(100 / width), 0)


def _link(groups: Sequence[Group], nodes: dict[int, _Node], manifest: Mapping[str, Any]) -> list[int]:
    """Put each group under the nearest shown group that holds it; returns those that nothing holds."""
    place_of: dict[int, int] = {group.node: place for place, group in enumerate(groups) if not group.segment}
    roots = []
    for place, group in enumerate(groups):
        over = _nearest(group, place_of, manifest)
        if over is None:
            roots.append(place)
        else:
            nodes[over].below.append(place)
    units = _units(manifest)
    for place, group in enumerate(groups):
        nodes[place].has_rest = not nodes[place].below or _leaves_rest(group, groups, units, manifest)
    return roots


def _units(manifest: Mapping[str, Any]) -> list[_Unit]:
    units = [_Unit(bool(unit["shown"])) for unit in manifest["units"]]
    for place, unit in enumerate(manifest["units"]):
        if unit.get("rest", False):
            units[int(unit["parent"])].rest = place
        elif int(unit["parent"]) >= 0:
            units[int(unit["parent"])].below.append(place)
    return units


def _nearest(group: Group, place_of: Mapping[int, int], manifest: Mapping[str, Any]) -> int | None:
    if group.segment:
        return place_of.get(group.node)
    node = int(manifest["units"][group.node]["parent"])
    while node >= 0 and node not in place_of:
        node = int(manifest["units"][node]["parent"])
    return place_of[node] if node >= 0 else None


def _leaves_rest(group: Group, groups: Sequence[Group], units: Sequence[_Unit], manifest: Mapping[str, Any]) -> bool:
    """Whether some of a group's people are in none of the shown groups inside it."""
    categories = [other.segment for other in groups if other.segment]
    if categories:
        listed = {split["segment"]: len(split["categories"]) for split in manifest.get("splits", [])}
        return len(categories) < listed.get(categories[0], 0)
    shown = {other.node for other in groups}
    if units[group.node].rest >= 0 and units[group.node].rest not in shown:
        return True
    in_rest = units[group.node].rest in shown
    return not all(_covered(below, shown, in_rest, units) for below in units[group.node].below)


def _covered(node: int, shown: set[int], in_rest: bool, units: Sequence[_Unit]) -> bool:
    """Whether all people of a unit are in shown groups; ``in_rest``: a row of what is left takes in the hidden."""
    unit = units[node]
    if node in shown:
        return True
    if unit.listed_shown:
        return bool(unit.below) and all(_covered(n, shown, unit.rest in shown, units) for n in unit.below)
    return (in_rest or bool(unit.below)) and all(_covered(n, shown, in_rest, units) for n in unit.below)


def _need(nodes: dict[int, _Node], k: int) -> None:
    """The least people of each group, the inner ones first."""
    for place in _inner_first(nodes):
        node = nodes[place]
        held = sum(nodes[inner].need for inner in node.below)
        least_rest = max(1, min(k, node.high - held)) if node.has_rest and node.below else 0
        node.need = max(node.low, held + least_rest)


def _inner_first(nodes: dict[int, _Node]) -> list[int]:
    order: list[int] = []
    waiting = [place for place in nodes if not any(place in node.below for node in nodes.values())]
    while waiting:
        place = waiting.pop()
        order.append(place)
        waiting.extend(nodes[place].below)
    return order[::-1]


def _settle(place: int, people: int, nodes: dict[int, _Node]) -> None:
    """Give a group ``people``: first what its inner groups need, then the rest to its own rest or to them."""
    node = nodes[place]
    spare = people - sum(nodes[inner].need for inner in node.below)
    if node.has_rest or not node.below:
        node.rest, spare = spare, 0
    for inner in node.below:
        more = min(spare, nodes[inner].high - nodes[inner].need)
        spare -= more
        _settle(inner, nodes[inner].need + more, nodes)


def _memberships(nodes: dict[int, _Node]) -> np.ndarray:
    inside = np.eye(len(nodes), dtype=bool)
    for place in _inner_first(nodes):
        for inner in nodes[place].below:
            inside[place] |= inside[inner]
    return inside
