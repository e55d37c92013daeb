"""Which groups can be separated exactly: linear algebra on who belongs to which published group.

Every figure of a measure sums one value per person over a group. A set of people can be separated when its row of ones
is a combination of the rows of published groups. The test takes every figure as exact: rounding and bands must not be
what protects a small group.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.linalg import qr

_PRIME = 2_147_483_629  # below 2^31, so that a product of two remainders fits 64 bits
_FAR = 1e-3  # a squared distance to the row space above this is beyond doubt; below it whole numbers decide
_DENOMINATORS = (1, 2, 3, 4, 5, 6, 8, 10, 12)
_AT_ONCE = 2000


@dataclass(frozen=True)
class Leak:
    """A group that can be separated: its people, its blocks (true/false), the published groups that combine to it."""

    size: int
    block: np.ndarray
    groups: tuple[int, ...]


def blocks(member: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """People with the same memberships, as blocks.

    ``member``: groups by people. Returns (groups by blocks, people per block, each person's block).
    """
    packed = np.ascontiguousarray(np.packbits(member, axis=0).T)
    rows = packed.view(np.dtype((np.void, packed.shape[1]))).ravel()
    _, first, block, size = np.unique(rows, return_index=True, return_inverse=True, return_counts=True)
    return member[:, first], size, block.ravel()


def leaks(inside: np.ndarray, size: np.ndarray, k: int, families: Sequence[Sequence[int]] = ()) -> list[Leak]:
    """Every group under ``k`` people that the published groups give away.

    ``inside``: published groups by blocks (true/false); ``size``: people per block. Nested groups have a closed form;
    for groups that cross, single blocks, all S & T, S - T, and what each family leaves of its larger groups are
    tried. ``families``: rows that are nested among themselves (the tree, one category at every unit, ...).
    """
    if not len(inside):
        return []
    if nested(inside, size):
        return [leak for leak in residual_blocks(inside, size) if 0 < leak.size < k]
    return _separable(inside, _targets(inside, size, k, families), size)


def nested(inside: np.ndarray, size: np.ndarray) -> bool:
    """Whether any two groups are disjoint or one holds the other."""
    shared = _shared(inside, size)
    people = shared.diagonal()
    return bool((shared.data == np.minimum(people[shared.row], people[shared.col])).all())


def residual_blocks(inside: np.ndarray, size: np.ndarray) -> list[Leak]:
    """What each of a nested family's groups leaves outside the groups within it: all that exact sums can separate.

    Any sum that can be computed is a combination of these, since each is a difference of published groups and each
    published group is a union of them.
    """
    over, found = _nearest(inside, size), []
    for outer in {row.tobytes(): place for place, row in reversed(list(enumerate(inside)))}.values():
        within = np.flatnonzero(over == outer)
        rest = inside[outer] & ~inside[within].any(axis=0)
        found.append(Leak(int(rest @ size), rest, (outer, *within.tolist())))
    return found


def _nearest(inside: np.ndarray, size: np.ndarray) -> np.ndarray:
    """For each group the smallest that holds it, -1 where none does."""
    shared = _shared(inside, size)
    people = shared.diagonal()
    holds = (shared.data == people[shared.col]) & (people[shared.row] > people[shared.col])
    outer, inner = shared.row[holds], shared.col[holds]
    order = np.lexsort((outer, people[outer], inner))
    held, first = np.unique(inner[order], return_index=True)
    over = np.full(len(inside), -1)
    over[held] = outer[order][first]
    return over


def separable(inside: np.ndarray, targets: np.ndarray) -> list[tuple[int, tuple[int, ...]]]:
    """Which of ``targets`` (rows over the blocks) are exact combinations of the published rows, and of which ones."""
    near = [place for chunk in _chunks(len(targets)) for place in chunk[_distance(inside, targets[chunk]) < _FAR]]
    if not near:
        return []
    basis = _independent(inside)
    weights = np.linalg.lstsq(inside[basis].T.astype(float), targets[near].T.astype(float), rcond=None)[0].T
    checked = [(place, _certificate(inside[basis], targets[place], y)) for place, y in zip(near, weights, strict=True)]
    return [(int(place), tuple(int(basis[row]) for row in rows)) for place, rows in checked if rows is not None]


def _separable(inside: np.ndarray, targets: np.ndarray, size: np.ndarray) -> list[Leak]:
    return [Leak(int(targets[at] @ size), targets[at], groups) for at, groups in separable(inside, targets)]


def _targets(inside: np.ndarray, size: np.ndarray, k: int, families: Iterable[Sequence[int]]) -> np.ndarray:
    """Groups under ``k`` people that might be separable: blocks, pairs, and what the families leave over."""
    covered = inside.any(axis=0)
    single = np.eye(len(size), dtype=bool)[covered & (size < k)]
    shared = _shared(inside, size)
    people = shared.diagonal()
    few = (shared.data < k) & (shared.row < shared.col)
    both = [inside[s] & inside[t] for s, t in zip(shared.row[few], shared.col[few], strict=True)]
    left = people[shared.row] - shared.data
    some = (left > 0) & (left < k)
    minus = [inside[s] & ~inside[t] for s, t in zip(shared.row[some], shared.col[some], strict=True)]
    rest = [leak.block for rows in families for leak in residual_blocks(inside[list(rows)], size) if 0 < leak.size < k]
    distinct = {target.tobytes(): target for target in (*single, *both, *minus, *rest)}
    return np.array(list(distinct.values()), dtype=bool).reshape(-1, len(size))


def _shared(inside: np.ndarray, size: np.ndarray) -> sparse.coo_array:
    """People in both of any two groups that share any, every group with itself among them."""
    member = sparse.csr_array(inside, dtype=np.int64)
    shared = (member.multiply(size[None, :]).tocsr() @ member.T).tocsr()
    shared.sort_indices()
    return shared.tocoo()


def _distance(inside: np.ndarray, targets: np.ndarray) -> np.ndarray:
    """The squared distance of each target to the row space, in floating point."""
    rows = inside.astype(float)
    value, vector = np.linalg.eigh(rows @ rows.T)
    kept = value > 1e-9 * value.max()
    along = (rows @ targets.T.astype(float)).T @ (vector[:, kept] / np.sqrt(value[kept]))
    return np.asarray(targets.sum(axis=1) - (along**2).sum(axis=1))


def _independent(inside: np.ndarray) -> np.ndarray:
    """Rows that span the row space without a spare one."""
    triangle, order = qr(inside.T.astype(float), mode="r", pivoting=True)
    diagonal = np.abs(np.diag(triangle))
    return np.asarray(order[: int((diagonal > 1e-9 * diagonal[0]).sum())])


def _certificate(basis: np.ndarray, target: np.ndarray, weights: np.ndarray) -> np.ndarray | None:
    """The rows that combine to ``target``, checked in whole numbers; None when nothing does."""
    rows = basis.astype(np.int64)
    for denominator in _DENOMINATORS:
        whole = np.rint(weights * denominator).astype(np.int64)
        if (whole @ rows == denominator * target).all():
            return np.flatnonzero(whole)
    if _rank_mod_prime(np.vstack([rows, target])) > _rank_mod_prime(rows):
        return None
    return np.flatnonzero(np.abs(weights) > 1e-9)


def _rank_mod_prime(rows: np.ndarray) -> int:
    """The rank of whole-number rows modulo a prime: exact arithmetic, never above the true rank."""
    left, rank = rows.astype(np.int64) % _PRIME, 0
    for column in range(left.shape[1]):
        pivots = np.flatnonzero(left[rank:, column]) + rank
        if not len(pivots):
            continue
        left[[rank, pivots[0]]] = left[[pivots[0], rank]]
        left[rank] = left[rank] * pow(int(left[rank, column]), -1, _PRIME) % _PRIME
        below = left[rank + 1 :]
        below -= below[:, [column]] * left[rank] % _PRIME
        below %= _PRIME
        rank += 1
        if rank == len(left):
            break
    return rank


def _chunks(count: int) -> list[np.ndarray]:
    return [np.arange(start, min(start + _AT_ONCE, count)) for start in range(0, count, _AT_ONCE)]
