"""Finding other companies that fit: people of two blocks change classes against each other, one step after the other.

A step is taken only where every count stays within its figure. Among the possible partners the one is taken that keeps
counts furthest from their ends, so that the walk does not get stuck. Sums of values are settled afterwards by a linear
program. Nothing is concluded from the walk itself: each company it ends at is checked against every fact.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from analytics.attack.facts import Assignment, Facts

_TINY = 1e-6
_NEVER = -1e9
_COMFORT = 1.5  # a count this far from its ends is as good as any


class Walk:
    """One company whose counts are changed inside a region, everybody else as they are."""

    def __init__(self, facts: Facts, company: Assignment, region: np.ndarray, random: np.random.Generator) -> None:
        coef = facts.coef[:, region]
        rows = np.flatnonzero((np.diff(coef.indptr) > 0) & (facts.what >= 0))
        self._weight = coef[rows].toarray()
        self._what, self._masks = facts.what[rows], facts.masks
        self._low, self._high = facts.low[rows], facts.high[rows]
        self._value = facts.rows(company)[rows]
        self._company, self.region, self._random = company, region, random
        self._settled = np.zeros(len(region), bool)
        self._touched: dict[tuple[int, int], tuple[np.ndarray, np.ndarray]] = {}
        self.count = company.count[region].copy()

    def company(self) -> Assignment:
        """The company as it stands now, with the sums that it began with."""
        count = self._company.count.copy()
        count[self.region] = self.count
        return replace(self._company, count=count)

    def eased(self) -> Assignment:
        """A company like this one whose counts lie further from their ends."""
        classes = self.count.shape[1]
        for place in self._random.permutation(len(self.region)):
            for now, then in ((a, b) for a in np.flatnonzero(self.count[place]) for b in range(classes) if a != b):
                if self.count[place, now] > 0:
                    self._step(int(place), int(now), then, least=_TINY)
        return self.company()

    def wish(self, place: int, known: int, wanted: np.ndarray) -> None:
        """Bring a person of a block, other than one of class ``known`` (-1: none), into one of ``wanted`` classes."""
        free = self.count[place].copy()
        if known >= 0:
            free[known] -= 1
        if not (free[wanted] > 0).any():
            options = [(now, then) for then in wanted for now in np.flatnonzero(free > 0)]
            for option in self._random.permutation(len(options)):
                if self._step(place, *map(int, options[option])):
                    break
        self._settled[place] = True

    def _step(self, place: int, now: int, then: int, least: float = _NEVER / 2) -> bool:
        """One person of a block from one class to another, alone or against the best partner, if that is worth it."""
        partner = (self.count[:, then] > 0) & ~self._settled
        partner[place] = True  # nobody: the step alone
        gain = np.where(partner, self._gains(place, now, then), _NEVER)
        best = int((gain + self._random.uniform(0, 0.5, len(gain)) * (gain > _NEVER / 2)).argmax())
        if gain[best] < least:
            return False
        self._move(place, now, then)
        if best != place:
            self._move(best, then, now)
        return True

    def _gains(self, place: int, now: int, then: int) -> np.ndarray:
        """How much better counts stay within their figures, for each partner; at ``place`` itself: without one."""
        rows, weight = self._effect(now, then)
        own = weight[:, place]
        change = own[:, None] - weight
        change[:, place] = own
        value, low, high = self._value[rows], self._low[rows], self._high[rows]
        after = value[:, None] + change
        room = np.minimum(after - low[:, None], high[:, None] - after)
        before = np.minimum(np.minimum(value - low, high - value), _COMFORT).sum()
        comfort = np.minimum(room, _COMFORT).sum(axis=0) - before
        return np.asarray(np.where(room.min(axis=0, initial=0.0) < -_TINY, _NEVER, comfort))

    def _effect(self, now: int, then: int) -> tuple[np.ndarray, np.ndarray]:
        """The rows that a change of class touches, and what it adds to each of them in every block."""
        if (now, then) not in self._touched:
            effect = (self._masks[:, then] - self._masks[:, now])[self._what]
            rows = np.flatnonzero(effect)
            self._touched[now, then] = (rows, effect[rows, None] * self._weight[rows])
        return self._touched[now, then]

    def _move(self, place: int, now: int, then: int) -> None:
        self.count[place, now] -= 1
        self.count[place, then] += 1
        rows, added = self._effect(now, then)
        self._value[rows] += added[:, place]
