"""Blocks and their sizes when only the release is at hand: the smallest that its bands and figures allow together."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.attack.seen import Figure, Group, System

_SHORT = 1000.0  # what it costs to take a rest as one person smaller than k, against one for a person more
_TINY = 1e-6


@dataclass
class _Unit:
    """A real unit as the manifest lists it: the units below it, and the row for what is left over (-1: none)."""

    listed_shown: bool
    below: list[int] = field(default_factory=list)
    rest: int = -1


def memberships(groups: Sequence[Group], manifest: Mapping[str, Any]) -> tuple[np.ndarray, np.ndarray]:
    """Groups by blocks, and which blocks are a rest without a figure of its own.

    ``groups``: units of one edition, or one unit and the categories of one segment in it. Each group that holds no
    other is a block; so is what other groups leave of one.
    """
    over = [_nearest(group, groups, manifest) for group in groups]
    units = _units(manifest)
    inner = [place in over for place in range(len(groups))]
    kept = [not inner[p] or _leaves_rest(group, groups, units, manifest) for p, group in enumerate(groups)]
    inside = np.eye(len(groups), dtype=bool)
    for place in range(len(groups)):
        holder = over[place]
        while holder >= 0:
            inside[holder, place] = True
            holder = over[holder]
    return inside[:, kept], np.array(inner)[kept]


def smallest(
    system: System, groups: Sequence[Group], inside: np.ndarray, rest: np.ndarray, k: int
) -> np.ndarray | None:
    """The fewest people per block with whom all bands of answerers, means and shares can be true; None when none can.

    A rest has no band of its own: it is taken as ``k`` people, more where the bands demand it, fewer only where they
    allow no more.
    """
    every, low, high = rows(system, groups, inside)
    blocks, classes = inside.shape[1], system.n_classes
    least = np.where(rest, k, 0.0)
    short = sparse.hstack([sparse.eye_array(blocks), sparse.csr_matrix((blocks, blocks * (classes + 1)))])
    constraints = [
        LinearConstraint(sparse.hstack([every, sparse.csr_matrix((every.shape[0], blocks))]), low, high),
        LinearConstraint(sparse.hstack([short, sparse.eye_array(blocks)]), least, np.inf),
    ]
    cost = np.concatenate([np.ones(blocks), np.zeros(blocks * (classes + 1)), np.full(blocks, _SHORT)])
    whole = np.concatenate([np.ones(blocks * (classes + 1)), np.zeros(blocks * 2)])
    bounds = Bounds(np.concatenate([np.ones(blocks), np.zeros(len(cost) - blocks)]), np.inf)
    found = milp(cost, constraints=constraints, integrality=whole, bounds=bounds, options={"mip_rel_gap": 0.01})
    return None if found.x is None else np.rint(found.x[:blocks]).astype(np.int64)


def rows(
    system: System, groups: Sequence[Group], inside: np.ndarray
) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """Bands and figures as rows over (people per block; people by block and class; sum of values per block)."""
    place = {group: row for row, group in enumerate(groups)}
    ranges = np.zeros((system.n_classes, 2)) if system.ranges is None else system.ranges
    eye, ones = sparse.eye_array(inside.shape[1]), np.ones((1, system.n_classes))
    parts = [
        (sparse.hstack([eye, -sparse.kron(eye, ones), 0 * eye]), 0.0, 0.0),
        (sparse.hstack([0 * eye, sparse.kron(eye, ranges[:, :1].T), -eye]), -np.inf, 0.0),
        (sparse.hstack([0 * eye, sparse.kron(eye, ranges[:, 1:].T), -eye]), 0.0, np.inf),
    ]
    for figure in _with_states(system):
        if figure.group in place:
            parts += _figure_rows(figure, sparse.csr_matrix(inside[[place[figure.group]]].astype(float)), system)
    low = np.concatenate([np.full(some.shape[0], least) for some, least, _ in parts])
    high = np.concatenate([np.full(some.shape[0], most) for some, _, most in parts])
    return sparse.vstack([some for some, _, _ in parts]).tocsr(), low, high


def _with_states(system: System) -> Iterator[Figure]:
    """Every figure, cut where its state says that it lies above or below the whole's."""
    whole = {(f.group.edition, f.measure, f.part): f for f in system.figures if f.group == Group(f.group.edition, 0)}
    for figure in system.figures:
        over = whole.get((figure.group.edition, figure.measure, figure.part))
        if over is not None and figure.state == "higher":
            yield replace(figure, low=max(figure.low, over.low))
        elif over is not None and figure.state == "lower":
            yield replace(figure, high=min(figure.high, over.high))
        else:
            yield figure


def _figure_rows(figure: Figure, row: sparse.csr_matrix, system: System) -> list[tuple[Any, float, float]]:
    """One figure's band of answerers, and its interval times the number of people."""
    mask = np.isin(np.arange(system.n_classes), figure.classes).astype(float)[None, :]
    counted = sparse.kron(row, 100 * mask)
    quantity = [0 * counted, row] if figure.kind == "mean" else [counted, 0 * row]
    open_end = figure.kind != "mean" and figure.low < figure.high < 100
    most = np.inf if figure.n_high < 0 else figure.n_high
    return [
        (sparse.hstack([row, 0 * counted, 0 * row]), float(figure.n_low), float(most)),
        (sparse.hstack([-figure.low * row, *quantity]), -_TINY, np.inf),
        (sparse.hstack([-figure.high * row, *quantity]), -np.inf, -1e-3 if open_end else _TINY),
    ]


def _nearest(group: Group, groups: Sequence[Group], manifest: Mapping[str, Any]) -> int:
    """The place of the nearest group that holds this one; -1 when none does."""
    place_of = {other.node: place for place, other in enumerate(groups) if not other.segment}
    if group.segment:
        return place_of.get(group.node, -1)
    node = int(manifest["units"][group.node]["parent"])
    while node >= 0 and node not in place_of:
        node = int(manifest["units"][node]["parent"])
    return place_of[node] if node >= 0 else -1


def _units(manifest: Mapping[str, Any]) -> list[_Unit]:
    units = [_Unit(bool(unit["shown"])) for unit in manifest["units"]]
    for place, unit in enumerate(manifest["units"]):
        if unit.get("rest", False):
            units[int(unit["parent"])].rest = place
        elif int(unit["parent"]) >= 0:
            units[int(unit["parent"])].below.append(place)
    return units


def _leaves_rest(group: Group, groups: Sequence[Group], units: Sequence[_Unit], manifest: Mapping[str, Any]) -> bool:
    """Whether some of a group's people are in none of the shown groups inside it."""
    categories = [other.segment for other in groups if other.segment]
    if categories:
        listed = {split["segment"]: len(split["categories"]) for split in manifest.get("splits", [])}
        return len(categories) < listed.get(categories[0], 0)
    shown = {other.node for other in groups}
    in_rest = units[group.node].rest in shown
    if units[group.node].rest >= 0 and not in_rest:
        return True
    return not all(_covered(below, shown, in_rest, units) for below in units[group.node].below)


def _covered(node: int, shown: set[int], in_rest: bool, units: Sequence[_Unit]) -> bool:
    """Whether all people of a unit are in shown groups; ``in_rest``: a row of what is left takes in the hidden."""
    unit = units[node]
    if node in shown:
        return True
    if unit.listed_shown:
        return bool(unit.below) and all(_covered(n, shown, unit.rest in shown, units) for n in unit.below)
    return (in_rest or bool(unit.below)) and all(_covered(n, shown, in_rest, units) for n in unit.below)
