"""Examples in which more than one person has another sheet: what one person's breaks, other people's mend again."""

from __future__ import annotations

from functools import cache

import numpy as np

from analytics.attack.opened import Open
from analytics.attack.sheets import Demands
from analytics.attack.variants import KINDS

_IN_VAIN, _STEPS = 50, 12  # sheets tried in vain on one team; people who may mend what one sheet breaks
_NEAR, _FULL = 80, 32  # people asked to mend, and sheets of theirs that are looked at in full
_TINY = 1e-9


class Example:
    """A company on its way: how much room each row has left, and who has which other sheet."""

    def __init__(self, rows: Demands) -> None:
        self.room = rows.room.copy()
        self.sheet: dict[int, int] = {}


class Repair:
    """Looks for examples about ``people``, who have ``KINDS`` other sheets each after everybody's own."""

    def __init__(self, rows: Demands, people: np.ndarray) -> None:
        self._rows = rows
        self._random = np.random.default_rng(len(people))
        self._place = np.full(rows.member.shape[1], -1)
        self._place[people] = np.arange(len(people))
        self._about, self._breaks = cache(self._rows_about), cache(self._all_breaks)

    def open(self, team: np.ndarray, shown: Open, wholly: bool, tries: int) -> None:
        """Try sheets on members of a team, those first that would open most and break least.

        ``wholly``: to open the questions that are open for nobody of the team yet, instead of every person's; it ends
        after ``tries``, or when too many of them were in vain.
        """
        owners, sheets = np.repeat(team, KINDS), np.concatenate([self.sheets(int(one)) for one in team])
        broken = np.concatenate([self._breaks(int(one)) for one in team])
        untried, in_vain, gain = np.ones(len(sheets), bool), 0, _gain(team, sheets, shown, wholly)
        for _ in range(tries):
            worth = np.where(untried, gain / (1 + broken), 0)
            best = int(worth.argmax())
            if worth[best] <= 0 or in_vain == _IN_VAIN:
                return
            untried[best] = False
            person, sheet = int(owners[best]), int(sheets[best])
            found = self._mended(person, sheet)
            in_vain += found is None
            if found is not None:
                shown.see(team, np.array([sheet]), self._may_have(found, person, team)[:, None])
                gain = _gain(team, sheets, shown, wholly)

    def sheets(self, person: int) -> np.ndarray:
        """The other sheets of one person."""
        return np.asarray(self._rows.member.shape[1] + self._place[person] * KINDS + np.arange(KINDS))

    def _rows_about(self, person: int) -> np.ndarray:
        return np.concatenate([self._rows.by_group[group] for group in self._rows.groups(person)])

    def _all_breaks(self, person: int) -> np.ndarray:
        """How much each other sheet of one person breaks, everybody else as they are."""
        rows = self._about(person)
        near = rows[self._rows.room[rows] < self._rows.most[rows]]
        change = self._rows.adds(self.sheets(person), near) - self._rows.adds(np.array([person]), near)
        return self._broken(self._rows.room[near] + change, near)

    def _broken(self, room: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """By how much rows are broken, in people."""
        return np.asarray((np.maximum(-room, 0) / np.maximum(self._rows.most[rows], _TINY)).sum(axis=-1))

    def _mended(self, person: int, sheet: int) -> Example | None:
        """A company in which one person has another sheet and all figures hold, others having changed theirs."""
        company = Example(self._rows)
        self._give(company, person, sheet)
        for _ in range(_STEPS):
            broken = np.flatnonzero(company.room < 0)
            if not len(broken):
                return company
            found = self._mender(company, broken)
            if found is None:
                return None
            self._give(company, *found)
        return company if (company.room >= 0).all() else None

    def _give(self, company: Example, person: int, sheet: int) -> None:
        about = self._about(person)
        company.room[about] += self._rows.change(company.sheet.get(person, person), sheet, about)
        company.sheet[person] = sheet

    def _mender(self, company: Example, broken: np.ndarray) -> tuple[int, int] | None:
        """The person and the sheet of theirs that leave least broken, if less than now."""
        people = self._near(company, broken)
        if not len(people):
            return None
        owners, sheets = np.repeat(people, KINDS), np.concatenate([self.sheets(int(one)) for one in people])
        most, member = np.maximum(self._rows.most[broken], _TINY), self._rows.member
        inside = member[self._rows.group[broken]][:, people].toarray().T.astype(bool)
        gains = (self._rows.adds(sheets, broken) - self._rows.adds(owners, broken)) / most
        mended = np.where(np.repeat(inside, KINDS, axis=0), np.minimum(gains, -company.room[broken] / most), 0)
        hope, best, least = mended.sum(axis=1), None, -_TINY
        for at in np.argsort(-hope)[:_FULL]:
            owner, sheet = int(owners[at]), int(sheets[at])
            about = self._about(owner)
            room = company.room[about]
            worse = float(
                self._broken(room + self._rows.change(owner, sheet, about), about) - self._broken(room, about)
            )
            if worse < least:
                best, least = (owner, sheet), worse
            if least <= -hope[at] + _TINY:  # nobody after this one can mend more
                break
        return best

    def _near(self, company: Example, broken: np.ndarray) -> np.ndarray:
        """Some people of the smallest group of which a row is broken, who still have their own sheets."""
        member = self._rows.member
        sizes = np.diff(member.indptr)[self._rows.group[broken]]
        group = int(self._rows.group[broken[sizes.argmin()]])
        people = member.indices[member.indptr[group] : member.indptr[group + 1]]
        people = people[self._place[people] >= 0]
        people = people[~np.isin(people, list(company.sheet))]
        return self._random.choice(people, _NEAR, replace=False) if len(people) > _NEAR else people

    def _may_have(self, company: Example, person: int, team: np.ndarray) -> np.ndarray:
        """Which members could have that person's sheet instead, the person having theirs."""
        found = np.ones(len(team), bool)
        own = set(self._rows.groups(person).tolist())
        for at, one in enumerate(team.tolist()):
            for group in own.symmetric_difference(self._rows.groups(one).tolist()):
                rows = self._rows.by_group[group]
                change = self._rows.change(company.sheet[person], company.sheet.get(one, one), rows)
                found[at] &= bool((company.room[rows] + (change if group in own else -change) >= 0).all())
        return found


def _gain(team: np.ndarray, sheets: np.ndarray, shown: Open, wholly: bool) -> np.ndarray:
    among = shown.wholly_closed(team) if wholly else np.ones(len(shown.put.questions), bool)
    return shown.gain(team, sheets, among)
