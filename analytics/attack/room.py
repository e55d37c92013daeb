"""How far one company can be changed inside a single block, with everybody else as they are.

That is enough to show that somebody's answer stays open: two companies that fit every figure, in which that person
answered differently. Whatever is shown here needs no solver; what is not shown here may still be open.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, reduce
from itertools import product

import numpy as np

from analytics.attack.facts import Assignment, Facts

_TINY = 1e-6


@dataclass(frozen=True)
class Reach:
    """For each person asked about: the classes they may fall into, and the lowest and highest value they may have."""

    classes: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def joined(self, other: Reach) -> Reach:
        """What either of two companies shows to be possible."""
        classes = self.classes | other.classes
        return Reach(classes, np.minimum(self.low, other.low), np.maximum(self.high, other.high))

    def at(self, rows: np.ndarray) -> Reach:
        """The same for some of the persons."""
        return Reach(self.classes[rows], self.low[rows], self.high[rows])

    def put(self, rows: np.ndarray, some: Reach) -> None:
        """Set what was seen of some of the persons."""
        self.classes[rows], self.low[rows], self.high[rows] = some.classes, some.low, some.high

    def same(self, other: Reach) -> bool:
        """Whether both say the same of everybody."""
        ends = np.array_equal(self.low, other.low) and np.array_equal(self.high, other.high)
        return ends and np.array_equal(self.classes, other.classes)


def reach(facts: Facts, company: Assignment, block: np.ndarray, group: np.ndarray, value: np.ndarray) -> Reach:
    """What a person of each of ``block`` may be to a member of class ``group`` with ``value`` (-1: to an outsider).

    Up to two people of the block change their class at once, and any values within their classes.
    """
    blocks, at = np.unique(block, return_inverse=True)
    down, up = _slack(facts, company, blocks)
    inside, known = group >= 0, np.maximum(group, 0)
    count, total = company.count[block], company.total[block] - np.where(inside, value, 0)
    count[np.flatnonzero(inside), known[inside]] -= 1
    others = Assignment(count, total)
    moves = [np.array(move) for move in _moves(len(facts.ranges))]
    return reduce(Reach.joined, (_after(facts, others, move, down[:, at], up[:, at]) for move in moves))


def _slack(facts: Facts, company: Assignment, blocks: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """How far each quantity (masks, then values) of each of ``blocks`` alone may fall and rise."""
    value = facts.rows(company)
    fall, rise = value - facts.low, facts.high - value
    entries = facts.columns(blocks).tocoo()
    size, positive = np.abs(entries.data), entries.data > 0
    down = np.full((len(facts.masks) + 1, len(blocks)), np.inf)
    up = down.copy()
    at = (facts.what[entries.row], entries.col)
    np.minimum.at(down, at, np.where(positive, fall[entries.row], rise[entries.row]) / size)
    np.minimum.at(up, at, np.where(positive, rise[entries.row], fall[entries.row]) / size)
    return np.maximum(down, 0), np.maximum(up, 0)


def _after(facts: Facts, company: Assignment, move: np.ndarray, down: np.ndarray, up: np.ndarray) -> Reach:
    """What is possible when ``move`` is added to each block's numbers of people by class."""
    count = company.count + move
    step = facts.masks @ move
    allowed = (count >= 0).all(axis=1)
    allowed &= ((step[:, None] <= up[:-1] + _TINY) & (-step[:, None] <= down[:-1] + _TINY)).all(axis=0)
    low, high = facts.ranges.T
    least, most = count @ low, count @ high
    first = np.maximum(company.total - down[-1], least)
    last = np.minimum(company.total + up[-1], most)
    # A person of class c has between low[c] and high[c], and the others of the block have the rest of the sum.
    lowest = np.maximum(low, first[:, None] - most[:, None] + high)
    highest = np.minimum(high, last[:, None] - least[:, None] + low)
    possible = allowed[:, None] & (count > 0) & (first <= last + _TINY)[:, None] & (lowest <= highest + _TINY)
    return Reach(
        possible,
        np.where(possible, lowest, np.inf).min(axis=1),
        np.where(possible, highest, -np.inf).max(axis=1),
    )


@cache
def _moves(classes: int) -> tuple[tuple[int, ...], ...]:
    """Changes of up to two people between classes (one, where there are many classes); nobody first."""
    most = 2 if classes <= 4 else 1
    every = product(range(-most, most + 1), repeat=classes)
    kept = [move for move in every if sum(move) == 0 and sum(map(abs, move)) <= 2 * most]
    return tuple(sorted(kept, key=lambda move: sum(map(abs, move))))
