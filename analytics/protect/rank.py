"""Splits do not nest: whether any small group can be worked out exactly from them, and what to hide against it.

Published figures are linear equations about people. A group can be worked out exactly if and only if the row that picks
it out is a combination of the published rows. Rounding is ignored here on purpose: it must not be what protects a small
group. Nested groups alone give away their blocks and nothing else, so every row is first freed of what the blocks
explain; what remains couples only the splits of groups that lie above one another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse

from analytics.protect.targets import Target, crossing, inside_home

_EXACT = 1e-7  # squared distance from the published rows, per person, below which a group counts as worked out
_UNUSED = 1e-6


@dataclass(frozen=True)
class Published:
    """What is published of one system, people counted by kind (same block, same category of every attribute).

    ``size``: people of each kind; ``block``: number of its block; ``home``: the smallest group with splits that holds
    the block (-1 for none); ``codes``: kinds' code per attribute; ``within``: bool, groups with splits by kinds;
    ``cells``: the split cells, each as (group with splits, attribute, code); ``above``: per home, the groups with
    splits at or above it.
    """

    size: np.ndarray
    block: np.ndarray
    home: np.ndarray
    codes: Mapping[str, np.ndarray]
    within: np.ndarray
    cells: Sequence[tuple[int, str, int]]
    above: Mapping[int, tuple[int, ...]]

    def members(self, cell: int) -> np.ndarray:
        """Which kinds one split cell counts."""
        group, segment, code = self.cells[cell]
        found: np.ndarray = self.within[group] & (self.codes[segment] == code)
        return found


@dataclass(frozen=True)
class Leak:
    """A small group that can be worked out: the split cells it is combined from, with their weights."""

    cells: tuple[tuple[int, float], ...]


def repaired(published: Published, k: int) -> tuple[np.ndarray, tuple[tuple[int, Leak], ...]]:
    """Which split cells to keep so that no group of fewer than ``k`` people is a combination of what is published.

    Looked at: every small kind, and the small overlaps and differences of every two published groups. In each round
    the smallest cell of every leak goes. Returns bool per cell, and for each cell that goes the leak that it closes.
    Source: privacy notes, "rank repair"; Fischetti & Salazar 2001, doi:10.1287/mnsc.47.7.1008.9805.
    Checked against: least squares on the whole matrix of people, on small random companies.
    """
    kept = np.ones(len(published.cells), bool)
    people = np.array([published.size[published.members(cell)].sum() for cell in range(len(kept))])
    why: list[tuple[int, Leak]] = []
    while kept.any():
        going = _going(_leaks(published, np.flatnonzero(kept), k), people)
        if not going:
            break
        kept[list(going)] = False
        why += going.items()
    return kept, tuple(why)


def _going(leaks: Iterator[Leak], people: np.ndarray) -> dict[int, Leak]:
    """For each leak that nothing chosen so far closes, its smallest cell."""
    going: dict[int, Leak] = {}
    for leak in leaks:
        used = [cell for cell, _ in leak.cells]
        if used and not going.keys() & set(used):
            going[min(used, key=lambda cell: (people[cell], cell))] = leak
    return going


def _leaks(published: Published, cells: np.ndarray, k: int) -> Iterator[Leak]:
    rows = _Rows(published, cells)
    for home, above in published.above.items():
        kinds = np.flatnonzero(published.home == home)
        mine = np.flatnonzero([published.cells[cell][0] in above for cell in cells])
        if len(kinds) and len(mine):
            yield from rows.found(inside_home(published, kinds, k), mine)
    yield from rows.found(crossing(published, cells, k), np.arange(len(cells)))


class _Rows:
    """The published split cells as rows over kinds, freed of what the blocks explain, and their inner products."""

    def __init__(self, published: Published, cells: np.ndarray) -> None:
        self.cells = cells
        members = [np.flatnonzero(published.members(cell)) for cell in cells]
        ends = np.concatenate(([0], np.cumsum([len(one) for one in members])))
        held = np.concatenate(members) if members else np.zeros(0, int)
        self.size, self.block = published.size.astype(np.float64), published.block
        self.of_block = np.bincount(published.block, self.size)
        shape = (len(cells), len(self.size))
        self.rows = sparse.csr_matrix((np.ones(len(held)), held, ends), shape=shape)
        of_block = sparse.csr_matrix((self.size, (np.arange(len(self.size)), self.block)), dtype=np.float64)
        self.in_block = (self.rows @ of_block).tocsc()
        products = (self.rows.multiply(self.size) @ self.rows.T).toarray()
        explained = (self.in_block.multiply(1 / self.of_block) @ self.in_block.T).toarray()
        self.inverse = np.linalg.pinv(products - explained, hermitian=True, rcond=1e-10)

    def found(self, targets: Iterator[Target], mine: np.ndarray) -> Iterator[Leak]:
        """The targets that are combinations; ``mine``: cells (places) that can have anything to do with them."""
        inverse = self.inverse[np.ix_(mine, mine)]
        for target in targets:
            blocks, place = np.unique(self.block[target.kinds], return_inverse=True)
            rows = self.rows[mine][:, target.kinds].toarray()
            taken = np.zeros((len(blocks), target.members.shape[1]))
            people = target.members * self.size[target.kinds][:, None]
            np.add.at(taken, place, people)
            share = taken / self.of_block[blocks][:, None]
            products = rows @ people - self.in_block[:, blocks][mine].toarray() @ share
            left = people.sum(axis=0) - (taken * share).sum(axis=0)
            left -= (products * (inverse @ products)).sum(axis=0)
            for one in np.flatnonzero(left < _EXACT * people.sum(axis=0)):
                yield self._leak(self.inverse[:, mine] @ products[:, one])

    def _leak(self, weights: np.ndarray) -> Leak:
        used = np.flatnonzero(np.abs(weights) > _UNUSED)
        return Leak(tuple((int(self.cells[at]), float(weights[at])) for at in used))
