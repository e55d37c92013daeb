"""The small groups that somebody might try to work out from splits: kinds of people, overlaps and differences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analytics.protect.rank import Published

_CHUNK = 2048  # groups looked at in one go


@dataclass(frozen=True)
class Target:
    """Several small groups: which kinds they are about, and bool, kinds by groups."""

    kinds: np.ndarray
    members: np.ndarray


def inside_home(published: Published, kinds: np.ndarray, k: int) -> Iterator[Target]:
    """Small groups inside one home: single kinds; each block's categories and the rest of them; categories crossed."""
    block, size = published.block[kinds], published.size[kinds]
    sets = [codes[kinds] == code for codes in published.codes.values() for code in np.unique(codes[kinds])]
    blocks = [block == one for one in np.unique(block)] if len(np.unique(block)) > 1 else []
    found: list[np.ndarray] = []
    for one in blocks:
        found += [part for other in sets for part in (one & other, one & ~other, other & ~one)]
    found += _crossed(sets)
    yield from _small(kinds, found, size, k)
    few = np.flatnonzero(size < k)
    for at in range(0, len(few), _CHUNK):
        members = np.zeros((len(kinds), len(few[at : at + _CHUNK])), bool)
        members[few[at : at + _CHUNK], np.arange(members.shape[1])] = True
        yield Target(kinds, members)


def crossing(published: Published, cells: np.ndarray, k: int) -> Iterator[Target]:
    """Small groups that reach over several homes: categories of larger groups, crossed, or less those of groups inside.

    What is taken off a category is another category of one group inside, or the same category of all that show it.
    """
    every = np.arange(len(published.size))
    for group, within in enumerate(published.within):
        if len(np.unique(published.home[within])) < 2:
            continue
        sets = [within & (codes == code) for codes in published.codes.values() for code in np.unique(codes[within])]
        inner = [published.members(cell) for cell in cells if _lies_inside(published, cell, group)]
        less = [one & ~other for one in sets for other in inner if (one & other).any()]
        left = _left_over(published, within, [cell for cell in cells if _lies_inside(published, cell, group)])
        yield from _small(every, [*sets, *_crossed(sets), *less, *left], published.size, k)


def _left_over(published: Published, within: np.ndarray, inside: Sequence[int]) -> list[np.ndarray]:
    """Each category of a group without the groups inside it that show the same category."""
    left: dict[tuple[str, int], np.ndarray] = {}
    for cell in inside:
        _, segment, code = published.cells[cell]
        whole = left.get((segment, code), within & (published.codes[segment] == code))
        left[segment, code] = whole & ~published.members(cell)
    return list(left.values())


def _lies_inside(published: Published, cell: int, group: int) -> bool:
    other = published.cells[cell][0]
    inside, around = published.within[other], published.within[group]
    return other != group and bool((inside & ~around).sum() == 0)


def _crossed(sets: Sequence[np.ndarray]) -> list[np.ndarray]:
    pairs = [(one, other) for at, one in enumerate(sets) for other in sets[at + 1 :]]
    return [part for one, other in pairs for part in (one & other, one & ~other, other & ~one)]


def _small(kinds: np.ndarray, sets: Sequence[np.ndarray], size: np.ndarray, k: int) -> Iterator[Target]:
    people = [int(size[one].sum()) for one in sets]
    small = [one for one, n in zip(sets, people, strict=True) if 0 < n < k]
    for at in range(0, len(small), _CHUNK):
        yield Target(kinds, np.column_stack(small[at : at + _CHUNK]))
