"""Splits by groups that do not nest: whether any small group can be worked out exactly, and what to hide against it.

Published figures of overlapping groups are linear equations about people. A group can be worked out exactly if and only
if the row that picks it out is a combination of the published rows. Rounding is ignored here on purpose: it must not be
what protects a small group.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

_EXACT = 1e-7  # squared distance from the published rows, per person, below which a group counts as worked out
_UNUSED = 1e-6
_CHUNK = 4096  # pairs of groups looked at in one go


@dataclass(frozen=True)
class Hidden:
    """Why a group is hidden: published groups (places) whose sum, by these signs, gives a small group away."""

    group: int
    together: tuple[tuple[int, int], ...]


def repaired(
    inside: np.ndarray, sizes: np.ndarray, removable: np.ndarray, k: int
) -> tuple[np.ndarray, tuple[Hidden, ...]]:
    """Which published groups to keep so that no group of fewer than ``k`` people is a combination of them.

    ``inside``: bool, groups by kinds of people (people who belong to the same groups are one kind); ``sizes``: people
    of each kind; ``removable``: groups that may be hidden. Looked at: every small kind, and the small overlaps and
    differences of every two groups. Returns bool per group and a certificate for each that goes.
    Source: privacy notes, "rank repair"; Fischetti & Salazar 2001, doi:10.1287/mnsc.47.7.1008.9805.
    Checked against: exact elimination on small random tables.
    """
    kept = np.ones(len(inside), bool)
    why: list[Hidden] = []
    people = inside @ sizes
    while True:
        places = np.flatnonzero(kept)
        leaks = _leaks(inside[kept].astype(np.float64), sizes.astype(np.float64), k)
        if not leaks.shape[1]:
            return kept, tuple(why)
        weights = np.zeros((len(inside), leaks.shape[1]))
        weights[places] = leaks
        going = _going(weights, removable & kept, people)
        if not going:
            return kept & ~removable, tuple(why)
        kept[[one.group for one in going]] = False
        why += going


def _going(weights: np.ndarray, removable: np.ndarray, people: np.ndarray) -> list[Hidden]:
    """For each leak that nothing hidden so far breaks, the smallest group among those that it is combined from."""
    going: dict[int, Hidden] = {}
    for combination in weights.T:
        used = np.flatnonzero(np.abs(combination) > _UNUSED)
        free = used[removable[used]]
        if len(free) and not going.keys() & set(used.tolist()):
            group = int(free[np.lexsort((free, people[free]))[0]])
            going[group] = Hidden(group, tuple((int(at), int(np.sign(combination[at]))) for at in used))
    return list(going.values())


def _leaks(rows: np.ndarray, sizes: np.ndarray, k: int) -> np.ndarray:
    """The combinations of published groups that give small groups away: published groups by leaks."""
    overlap = (rows * sizes) @ rows.T
    inverse = np.linalg.pinv(overlap, hermitian=True, rcond=1e-10)
    found = [np.zeros((len(rows), 0))]
    for targets in _targets(rows, sizes, overlap, k):
        people = targets @ sizes
        shared = (rows * sizes) @ targets.T
        weights = inverse @ shared
        distance = people - (shared * weights).sum(axis=0)
        found.append(weights[:, distance < _EXACT * people])
    return np.hstack(found)


def _targets(rows: np.ndarray, sizes: np.ndarray, overlap: np.ndarray, k: int) -> Iterator[np.ndarray]:
    """Small groups that somebody might work out: small kinds, then small overlaps and differences, in chunks."""
    small = np.flatnonzero((sizes > 0) & (sizes < k))
    for at in range(0, len(small), _CHUNK):
        part = small[at : at + _CHUNK]
        targets = np.zeros((len(part), rows.shape[1]))
        targets[np.arange(len(part)), part] = 1.0
        yield targets
    people = np.diag(overlap)
    for size, other in ((np.triu(overlap, 1), rows), (people[:, None] - overlap, 1 - rows)):
        first, second = np.nonzero((size > 0.5) & (size < k - 0.5))
        for at in range(0, len(first), _CHUNK):
            yield rows[first[at : at + _CHUNK]] * other[second[at : at + _CHUNK]]
