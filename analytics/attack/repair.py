"""Examples of other companies: one person has another sheet, and what that breaks, others' sheets mend again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from analytics.attack.sheets import MOST, Limits

_NEAR, _FULL = 80, 16  # people asked to mend, and sheets of theirs that are looked at in full
_POINTS = 40.0  # so many points of a sum of values weigh as much as one person in a count
_EASY = 0.01  # how much a sheet is preferred that breaks little by itself, among those that mend the same
_TINY = 1e-9


@dataclass
class Company:
    """A company on its way: by how much each sum has changed, groups by marks, and who has which other sheet.

    People are places among those that are asked about; a sheet is a number among the other sheets of that person.
    """

    change: np.ndarray
    touched: np.ndarray
    sheet: dict[int, int]


class Repair:
    """Looks for examples about some ``people``.

    ``own``: people by marks, their own sheets; ``step``: marks by people by their other sheets, what each changes.
    """

    def __init__(self, held: Limits, people: np.ndarray, own: np.ndarray, step: np.ndarray) -> None:
        self._own, self._step = own, step
        self.stuck: list[tuple[int, int]] = []  # what was still broken where none was found
        self._random = np.random.default_rng(len(people))
        free = np.full((1, len(held.marks)), np.inf)  # of a group without limits, which fills the rows up
        self._down, self._up = np.vstack([held.down, -free]), np.vstack([held.up, free])
        self._weight = np.where([not classes for _, classes in held.marks], 1 / _POINTS, 1.0)
        self._in = np.vstack([held.member[:, people].toarray().astype(bool), np.zeros((1, len(people)), bool)])
        self._size = np.append(np.diff(held.member.indptr), 0)
        self._groups = _padded(self._in[:-1])
        some = (np.isfinite(self._up) | np.isfinite(self._down))[:-1][~held.of_units].any(axis=0)
        self._split = np.flatnonzero(some)
        self.breaks = np.array([self._breaks(place) for place in range(len(people))]).reshape(step.shape[1:])

    def company(self) -> Company:
        """The real company."""
        return Company(np.zeros_like(self._down), np.zeros(len(self._down), bool), {})

    def mended(self, place: int, kind: int, keep: np.ndarray) -> Company | None:
        """A company in which one person has another sheet and all figures hold, others having changed theirs.

        ``keep``: people who have to keep their own sheets.
        """
        company, free = self.company(), np.ones(self._step.shape[1], bool)
        free[keep] = False
        self._give(company, place, kind)
        while len(company.sheet) < MOST:
            broken = self._broken(company)
            if not len(broken[0]):
                return company
            free[list(company.sheet)] = False
            found = self._mender(company, broken, free)
            if found is None:
                break
            self._give(company, *found)
        self.stuck = list(zip(*(places.tolist() for places in self._broken(company)), strict=True))
        return None

    def given(self, sheets: Mapping[int, int]) -> Company | None:
        """The company in which some people have other sheets, if all figures hold."""
        company = self.company()
        for place, kind in sheets.items():
            self._give(company, place, kind)
        return None if len(self._broken(company)[0]) else company

    def instead(self, company: Company, place: int, team: np.ndarray) -> np.ndarray:
        """Which people of one person's team could have that person's sheet, the person having theirs.

        People of a team are in the same units, so only figures of categories tell them apart.
        """
        marks = self._split
        sheet = self._own[place, marks]
        if place in company.sheet:
            sheet = sheet + self._step[marks, place, company.sheet[place]]
        apart = (sheet - self._own[team][:, marks])[:, None, :]
        theirs, mine = self._groups[team], self._groups[place]
        holds = self._holds(company, theirs, apart, ~self._in[theirs, place]).all(axis=1)
        others = ~self._in[mine][:, team].T
        return np.asarray(holds & self._holds(company, np.broadcast_to(mine, others.shape), -apart, others).all(axis=1))

    def _broken(self, company: Company) -> tuple[np.ndarray, np.ndarray]:
        """The sums that are outside their limits, by group and mark."""
        touched = np.flatnonzero(company.touched)
        outside = _outside(company.change[touched], self._down[touched], self._up[touched])
        at, marks = np.nonzero(outside > _TINY)
        return touched[at], marks

    def _holds(self, company: Company, groups: np.ndarray, step: np.ndarray, where: np.ndarray) -> np.ndarray:
        """Whether the limits of groups hold that change by a step, where they do."""
        at = (groups[..., None], self._split)
        after = company.change[at] + step
        fits = (after <= self._up[at] + _TINY) & (after >= self._down[at] - _TINY)
        return np.asarray(fits.all(axis=2) | ~where)

    def _breaks(self, place: int) -> np.ndarray:
        """How much each other sheet of one person breaks by itself."""
        groups = self._groups[place]
        down, up = self._down[groups].max(axis=0), self._up[groups].min(axis=0)
        broken = _outside(self._step[:, place].T, down, up) @ self._weight
        return np.asarray(np.where(broken > _TINY, broken, 0))

    def _give(self, company: Company, place: int, kind: int) -> None:
        company.change[self._groups[place]] += self._step[:, place, kind]
        company.touched[self._groups[place]] = True
        company.sheet[place] = kind

    def _mender(
        self, company: Company, broken: tuple[np.ndarray, np.ndarray], free: np.ndarray
    ) -> tuple[int, int] | None:
        """The person and the sheet of theirs that leave least broken, if less than now."""
        groups, marks = broken
        people = np.flatnonzero(self._in[groups[self._size[groups].argmin()]] & free)
        if not len(people):
            return None
        people = self._random.choice(people, _NEAR, replace=False) if len(people) > _NEAR else people
        hope = self._random.uniform(0, _EASY, (len(people), self._step.shape[2])) - _EASY * self.breaks[people]
        for group, mark in zip(groups.tolist(), marks.tolist(), strict=True):
            now, down, up = company.change[group, mark], self._down[group, mark], self._up[group, mark]
            after = now + self._step[mark, people] * self._in[group, people][:, None]
            hope += (_outside(now, down, up) - _outside(after, down, up)) * self._weight[mark]
        best = np.argpartition(-hope.ravel(), min(_FULL, hope.size - 1))[:_FULL]
        at, kind = np.divmod(best, hope.shape[1])
        worse = self._worse(company, people[at], kind)
        least = int(worse.argmin())
        return (int(people[at[least]]), int(kind[least])) if worse[least] < 1.01 else None

    def _worse(self, company: Company, people: np.ndarray, kinds: np.ndarray) -> np.ndarray:
        """By how much more is broken when one of some people has another sheet."""
        groups = self._groups[people]
        now, down, up = company.change[groups], self._down[groups], self._up[groups]
        after = now + self._step[:, people, kinds].T[:, None, :]
        return np.asarray(((_outside(after, down, up) - _outside(now, down, up)) @ self._weight).sum(axis=1))


def _outside(change: np.ndarray, down: np.ndarray, up: np.ndarray) -> np.ndarray:
    return np.asarray(np.maximum(change - up, 0) + np.maximum(down - change, 0))


def _padded(inside: np.ndarray) -> np.ndarray:
    """The groups of each person, groups by people given; rows are filled up with one group more than there are."""
    counts = inside.sum(axis=0)
    found = np.full((inside.shape[1], int(counts.max(initial=0))), len(inside))
    person, group = np.nonzero(inside.T)
    found[person, np.arange(len(person)) - np.repeat(np.cumsum(counts) - counts, counts)] = group
    return found
