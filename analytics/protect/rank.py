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
    while True:
        places = np.flatnonzero(kept)
        found = _leak(inside[kept].astype(np.float64), sizes.astype(np.float64), k)
        if found is None:
            return kept, tuple(why)
        weights = np.zeros(len(inside))
        weights[places] = found
        people = inside @ sizes
        used = np.flatnonzero((np.abs(weights) > _UNUSED) & removable & kept)
        if not len(used):
            return kept & ~removable, tuple(why)
        going = int(used[np.lexsort((used, people[used]))[0]])
        kept[going] = False
        together = np.flatnonzero(np.abs(weights) > _UNUSED)
        why.append(Hidden(going, tuple((int(at), int(np.sign(weights[at]))) for at in together)))


def _leak(rows: np.ndarray, sizes: np.ndarray, k: int) -> np.ndarray | None:
    """The combination of published groups that gives away the first small group found, None when there is none."""
    overlap = (rows * sizes) @ rows.T
    inverse = np.linalg.pinv(overlap, hermitian=True, rcond=1e-10)
    for targets in _targets(rows, sizes, overlap, k):
        people = targets @ sizes
        shared = (rows * sizes) @ targets.T
        weights = inverse @ shared
        distance = people - (shared * weights).sum(axis=0)
        bad = np.flatnonzero(distance < _EXACT * people)
        if len(bad):
            combination: np.ndarray = weights[:, bad[0]]
            return combination
    return None


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
