"""Finding other companies that fit: one person changes class, then others do until every count is back in its figure.

Each repairing step is the single change of class that leaves counts the least outside their figures, and among equals
the furthest inside; what cannot be repaired within a few steps is taken back. Sums of values are settled afterwards by
a linear program. Nothing is concluded from the walk itself: each company it ends at is checked against every fact.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy import sparse

from analytics.attack.facts import Assignment, Facts

_TINY = 1e-6
_NEVER = 1e9
_COMFORT = 1.5  # a count this far from its ends is as good as any
_OUTSIDE = 10.0  # what it costs to be one person outside a figure, against one person nearer to its end
_REPAIRS, _PATIENT = 10, 60  # steps of repair for one wish among many, and for one that matters
_REST = 4  # so many steps a block keeps still that has just changed


class Walk:
    """Companies whose counts are changed inside a region, everybody else as they are.

    A row that compares a unit with everybody else is followed by the people of the unit alone.
    """

    def __init__(self, facts: Facts, region: np.ndarray, random: np.random.Generator) -> None:
        coef = facts.columns(region)
        self._rows = np.flatnonzero((np.diff(coef.indptr) > 0) & (facts.what >= 0))
        self._member = sparse.csr_array(coef[self._rows] > 0, dtype=float).T.tocsr()
        masks = facts.masks[facts.what[self._rows]]
        self._now, self._then = np.nonzero(~np.eye(len(facts.ranges), dtype=bool))
        self._effect = (masks[:, self._then] - masks[:, self._now]).astype(float)
        self._low, self._high = facts.low[self._rows], facts.high[self._rows]
        self._facts, self.region, self._random = facts, region, random

    def start(self, company: Assignment) -> None:
        """Walk from this company, with every block free to change."""
        self._company, self.count = company, company.count[self.region].copy()
        self._value = self._facts.rows(company)[self._rows]
        self._settled = np.zeros(len(self.region), bool)

    def company(self) -> Assignment:
        """The company as it stands now, with the sums that it began with."""
        count = self._company.count.copy()
        count[self.region] = self.count
        return replace(self._company, count=count)

    def ease(self, steps: int) -> None:
        """Move counts further from their ends, one person after the other."""
        still = np.zeros(len(self.region))
        for step in range(steps if len(self._now) else 0):  # where all answers fall into one class, nothing moves
            score = self._scores(still > step)
            best = int(score.argmin())
            if score.flat[best] > -_TINY:
                return
            still[self._move(best)] = step + _REST

    def wish(self, place: int, known: int, wanted: np.ndarray, patient: bool = False) -> bool:
        """Bring a person of a block, other than one of class ``known`` (-1: none), into one of ``wanted`` classes."""
        free = self.count[place].copy()
        if known >= 0:
            free[known] -= 1
        if free[wanted].max() <= 0:
            options = np.flatnonzero((free[self._now] > 0) & np.isin(self._then, wanted))
            if not len(options) or free.min() < 0 or not self._forced(place, options, patient):
                return False
        self._settled[place] = True
        return bool(free.min() >= 0)

    def _forced(self, place: int, options: np.ndarray, patient: bool) -> bool:
        """One of some changes of a block, and what repairs it; everything taken back when nothing does."""
        count, value = self.count.copy(), self._value.copy()
        cost = self._change()[self._rows_of(place)][:, options].sum(axis=0)
        option = options[int((cost + self._random.uniform(0, _COMFORT, len(options))).argmin())]
        self._move(place * len(self._now) + int(option))
        self._settled[place] = True
        if self._repaired(_PATIENT if patient else _REPAIRS):
            return True
        self.count, self._value, self._settled[place] = count, value, False
        return False

    def _repaired(self, steps: int) -> bool:
        still = np.zeros(len(self.region))
        for step in range(steps):
            if self._fits():
                return True
            score = self._scores(still > step)
            best = int((score + self._random.uniform(0, 0.5, score.shape)).argmin())
            if score.flat[best] >= _NEVER:
                return False
            still[self._move(best)] = step + _REST
        return self._fits()

    def _fits(self) -> bool:
        return bool(((self._value >= self._low - _TINY) & (self._value <= self._high + _TINY)).all())

    def _scores(self, still: np.ndarray) -> np.ndarray:
        """What each change of class of one person costs: blocks by changes."""
        may = (self.count[:, self._now] > 0) & ~(self._settled | still)[:, None]
        return np.where(may, self._member @ self._change(), _NEVER)

    def _change(self) -> np.ndarray:
        """What one person's change of class costs each row that they are in: rows by changes."""
        value, low, high = self._value[:, None], self._low[:, None], self._high[:, None]
        return np.asarray(_cost(value + self._effect, low, high) - _cost(value, low, high))

    def _rows_of(self, place: int) -> np.ndarray:
        return np.asarray(self._member.indices[self._member.indptr[place] : self._member.indptr[place + 1]])

    def _move(self, at: int) -> int:
        """Carry out a change, given by its place in the scores; returns the block."""
        place, change = divmod(at, len(self._now))
        self.count[place, self._now[change]] -= 1
        self.count[place, self._then[change]] += 1
        rows = self._rows_of(place)
        self._value[rows] += self._effect[rows, change]
        return place


def _cost(value: np.ndarray, low: np.ndarray, high: np.ndarray) -> np.ndarray:
    room = np.minimum(value - low, high - value)
    return np.asarray(np.maximum(_COMFORT - room, 0) + _OUTSIDE * np.maximum(-room, 0))
