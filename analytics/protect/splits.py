"""Splits of the larger groups by one attribute at a time, such as site or tenure; never two attributes crossed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.protect.family import Family
from analytics.protect.rank import repaired
from analytics.protect.thresholds import Thresholds


@dataclass(frozen=True)
class Split:
    """One category of one attribute inside one group: the group's place in the family, attribute, code (from 1)."""

    group: int
    segment: str
    code: int


@dataclass(frozen=True)
class Certificate:
    """Why a category is hidden that is large enough by itself: published figures (a whole group has the attribute "")
    that, added and subtracted as the signs say, would give a small group away."""

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


def members(family: Family, people: Kinds, split: Split) -> np.ndarray:
    """Which kinds are in one category of one group."""
    found: np.ndarray = within(family, people)[split.group] & (people.codes[split.segment] == split.code)
    return found


def within(family: Family, people: Kinds) -> np.ndarray:
    """Which kinds are in each group: bool, groups by kinds."""
    inside = np.zeros((len(family.groups), len(people.group)), bool)
    inside[people.group, np.arange(len(people.group))] = True
    for place in range(len(family.groups) - 1, 0, -1):
        inside[family.parents[place]] |= inside[place]
    return inside


def allowed(
    family: Family,
    people: Kinds,
    sizes: np.ndarray,
    shown: np.ndarray,
    offered: Sequence[Split] | None,
    rule: Thresholds,
) -> tuple[tuple[Split, ...], tuple[Certificate, ...]]:
    """The categories that may be shown beside the groups that are shown, with the certificates of those that may not.

    ``sizes``: people of each kind; ``shown``: bool per group; ``offered``: only these are asked about (None: all).
    A group needs ``n_demo`` people; a category ``k_demo``, and so does whatever is left of the group, unless it is
    nobody. Then categories go until no small group can be worked out from all figures together.
    """
    inside = within(family, people)
    wanted = [one for place in range(len(shown)) for one in _one_way(family, people, inside, sizes, shown, place, rule)]
    if offered is not None:
        wanted = _complete([one for one in wanted if one in set(offered)], people, inside, sizes, rule)
    if not wanted:
        return (), ()
    rows = np.vstack([inside[shown], *(members(family, people, one)[None] for one in wanted)])
    removable = np.arange(len(rows)) >= int(shown.sum())
    kept, why = repaired(rows, sizes, removable, rule.k)
    named = [*(Split(int(place), "", 0) for place in np.flatnonzero(shown)), *wanted]
    left = [one for one, stays in zip(wanted, kept[removable], strict=True) if stays]
    reasons = (Certificate(named[one.group], tuple((named[at], sign) for at, sign in one.together)) for one in why)
    return tuple(left), tuple(reasons)


def _one_way(
    family: Family,
    people: Kinds,
    inside: np.ndarray,
    sizes: np.ndarray,
    shown: np.ndarray,
    place: int,
    rule: Thresholds,
) -> list[Split]:
    if not shown[place] or family.groups[place].rest or inside[place] @ sizes < rule.n_demo:
        return []
    found = []
    for segment, codes in people.codes.items():
        count = np.bincount(codes[inside[place]], sizes[inside[place]], minlength=1)
        found += [Split(place, segment, int(code)) for code in np.flatnonzero(_categories(count, rule.k_demo))]
    return found


def _categories(count: np.ndarray, least: int) -> np.ndarray:
    """Which categories of one attribute to show: large enough, and nobody or enough people left over."""
    shown = count >= least
    shown[0] = False  # people who gave no category are a remainder, never a category
    while shown.any() and 0 < count[~shown].sum() < least:
        at = np.flatnonzero(shown)
        shown[at[np.argmin(count[at])]] = False
    return shown


def _complete(
    wanted: Sequence[Split], people: Kinds, inside: np.ndarray, sizes: np.ndarray, rule: Thresholds
) -> list[Split]:
    """Of what is offered, the attributes whose remainder is nobody or large enough here as well."""
    kept: list[Split] = []
    for group, segment in dict.fromkeys((one.group, one.segment) for one in wanted):
        mine = [one for one in wanted if (one.group, one.segment) == (group, segment)]
        codes = people.codes[segment]
        left = inside[group] & ~np.isin(codes, [one.code for one in mine])
        if left @ sizes == 0 or left @ sizes >= rule.k_demo:
            kept += mine
    return kept
