"""Splits of the larger groups by one attribute at a time, such as site or tenure; never two attributes crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.protect.family import Family
from analytics.protect.rank import Published, repaired
from analytics.protect.thresholds import Thresholds
from analytics.protect.tree import covering


@dataclass(frozen=True)
class Split:
    """One category of one attribute inside one group: the group's place in the family, attribute, code (from 1)."""

    group: int
    segment: str
    code: int


@dataclass(frozen=True)
class Certificate:
    """Why a category is hidden that is large enough by itself: categories whose figures, added and subtracted as the
    signs say and beside those of whole groups, would give a small group away."""

    hidden: Split
    together: tuple[tuple[Split, int], ...]


@dataclass(frozen=True)
class Kinds:
    """People who are in the same group and the same category of every attribute, counted as one kind.

    ``group``: place in the family of each kind; ``codes``: its code in each attribute, 0 where none was given;
    ``kind``: the kind of each person (-1 for people in no group).
    """

    group: np.ndarray
    codes: Mapping[str, np.ndarray]
    kind: np.ndarray

    def sizes(self, who: np.ndarray) -> np.ndarray:
        """How many of the people marked in ``who`` (bool per person) are of each kind."""
        return np.bincount(self.kind[who & (self.kind >= 0)], minlength=len(self.group))


def kinds(family: Family, unit: np.ndarray, segments: Mapping[str, np.ndarray]) -> Kinds:
    """The kinds of people of a wave. ``unit``: own unit of each person; ``segments``: codes by attribute."""
    place = family.place[unit]
    key = np.column_stack([place, *segments.values()])
    distinct, kind = np.unique(key[place >= 0], axis=0, return_inverse=True)
    whole = np.full(len(place), -1)
    whole[place >= 0] = kind.ravel()
    return Kinds(distinct[:, 0], {name: distinct[:, at] for at, name in enumerate(segments, start=1)}, whole)


def within(family: Family, people: Kinds, groups: Sequence[int]) -> np.ndarray:
    """Which kinds are in each of these groups (places in the family): bool, groups by kinds."""
    found = np.zeros((len(groups), len(people.group)), bool)
    for row, group in enumerate(groups):
        inside = np.zeros(len(family.groups), bool)
        for place, parent in enumerate(family.parents):
            inside[place] = place == group or (parent >= 0 and inside[parent])
        found[row] = inside[people.group]
    return found


def allowed(
    family: Family,
    people: Kinds,
    large: Sequence[int],
    sizes: np.ndarray,
    shown: np.ndarray,
    offered: Sequence[Split] | None,
    rule: Thresholds,
) -> tuple[tuple[Split, ...], tuple[Certificate, ...]]:
    """The categories that may be shown beside the groups that are shown, with the certificates of those that may not.

    ``large``: the groups that are split (places); ``sizes``: people of each kind; ``shown``: bool per group;
    ``offered``: only these are asked about (None: all). A group needs ``n_demo`` people; a category ``k_demo``, and so
    does whatever is left of the group, unless it is nobody. Then categories go until no small group can be worked out
    from all figures together.
    """
    inside = within(family, people, large)
    wanted = [
        one
        for row, place in enumerate(large)
        if shown[place]
        for one in _one_way(people, place, inside[row], sizes, offered, rule)
    ]
    if not wanted:
        return (), ()
    published = _published(family, people, large, inside, sizes, shown, wanted)
    kept, why = repaired(published, rule.k)
    left = tuple(one for one, stays in zip(wanted, kept, strict=True) if stays)
    return left, tuple(
        Certificate(wanted[cell], tuple((wanted[at], 1 if weight > 0 else -1) for at, weight in leak.cells))
        for cell, leak in why
    )


def _published(
    family: Family,
    people: Kinds,
    large: Sequence[int],
    inside: np.ndarray,
    sizes: np.ndarray,
    shown: np.ndarray,
    wanted: Sequence[Split],
) -> Published:
    """The split cells and the blocks of the shown groups, over the kinds that have anybody in them."""
    used = np.unique([large.index(one.group) for one in wanted])
    row = {int(large[at]): number for number, at in enumerate(used)}
    held = sizes > 0
    place = covering(family.parents, shown)[people.group[held]]
    home = np.full(len(family.groups), -1)
    for group, parent in enumerate(family.parents):
        home[group] = row.get(group, home[parent] if parent >= 0 else -1)
    _, block = np.unique(place, return_inverse=True)
    cells = [(row[one.group], one.segment, one.code) for one in wanted]
    codes = {name: code[held] for name, code in people.codes.items()}
    above = {number: tuple(row[p] for p in _upward(family, group) if p in row) for group, number in row.items()}
    return Published(sizes[held], block.ravel(), home[place], codes, inside[used][:, held], cells, above)


def _upward(family: Family, place: int) -> list[int]:
    found = []
    while place >= 0:
        found.append(place)
        place = family.parents[place]
    return found


def _one_way(
    people: Kinds, place: int, inside: np.ndarray, sizes: np.ndarray, offered: Sequence[Split] | None, rule: Thresholds
) -> list[Split]:
    if inside @ sizes < rule.n_demo:
        return []
    found = []
    for segment, codes in people.codes.items():
        count = np.bincount(codes[inside], sizes[inside], minlength=1)
        may = None if offered is None else [one.code for one in offered if (one.group, one.segment) == (place, segment)]
        found += [Split(place, segment, int(code)) for code in np.flatnonzero(_categories(count, rule.k_demo, may))]
    return found


def _categories(count: np.ndarray, least: int, may: Sequence[int] | None) -> np.ndarray:
    """Which categories of one attribute to show: large enough, and nobody or enough people left over."""
    shown = (count >= least) & (True if may is None else np.isin(np.arange(len(count)), may))
    shown[0] = False  # people who gave no category are a remainder, never a category
    while shown.any() and 0 < count[~shown].sum() < least:
        at = np.flatnonzero(shown)
        shown[at[np.argmin(count[at])]] = False
    return shown
