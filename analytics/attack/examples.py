"""Examples of other companies: in each of them some people, at most one of a block, answered as nobody has seen yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from analytics.attack import room, solve
from analytics.attack.asked import Cases, Goal, Question
from analytics.attack.facts import Assignment, Facts
from analytics.attack.room import Reach
from analytics.attack.walk import Walk

_ROUNDS, _PATIENCE, _EASED = 100, 8, 6
_TRIES = 4
_MISSES = 4  # wishes for one class that fail before no more of them are tried in the same example


class Examples:
    """The persons of one region, asked about while everybody else is as in one company, and what was seen of them."""

    def __init__(
        self, facts: Facts, questions: Sequence[Question], region: np.ndarray, asked: Cases, seen: Reach
    ) -> None:
        self._facts, self.questions, self._region = facts, questions, region
        self.asked, self.seen = asked, seen
        self.settled = np.zeros((len(asked.block), len(questions)), bool)
        self._random = np.random.default_rng(len(asked.block))
        self._place = np.searchsorted(region, asked.block)
        self._walk = Walk(facts, region, self._random)

    def closed(self) -> np.ndarray:
        """Cases by questions: whether examples are still looked for, as none have shown that the answer is open."""
        return np.column_stack([~question.open(self.seen) for question in self.questions]) & ~self.settled

    def walked(self, company: Assignment) -> None:
        """Walk from one company to others, as long as they still open answers."""
        idle = 0
        for turn in range(_ROUNDS):
            closed = self.closed()
            if not closed.any() or idle == _PATIENCE:
                return
            self._walk.start(company)
            if turn % _EASED == 0:
                self._walk.ease(len(self._region))
            example = self._example(closed)
            company = example or company
            idle = 0 if example is not None and self.add(example) else idle + 1

    def sought(self, company: Assignment) -> None:
        """Walk towards one person's open answer after the other, with more patience."""
        for case in np.flatnonzero(self.closed().any(axis=1)):
            for _ in range(_TRIES):
                closed = self.closed()
                if not closed[case].any():
                    break
                self._walk.start(company)
                example = self._example(closed, int(case))
                if example is not None:
                    self.add(example)

    def add(self, example: Assignment) -> bool:
        """Take in what a company that fits shows to be possible; whether that opens any answer."""
        closed = self.closed()
        rows = np.flatnonzero(closed.any(axis=1))
        some = self.asked.at(rows)
        shown = self.seen.at(rows).joined(room.reach(self._facts, example, some.block, some.group, some.value))
        self.seen.put(rows, shown)
        return bool((self.closed() != closed).any())

    def _example(self, closed: np.ndarray, first: int = -1) -> Assignment | None:
        """A company in which many wishes come true (``first`` at any rate), checked against every fact."""
        push, misses = np.zeros(len(self._region)), np.zeros(len(self._facts.ranges))
        wishes = self._one_of_each(np.flatnonzero(closed.any(axis=1)), first)
        for case, goal in self._goals(wishes, closed, first):
            wanted = self._classes(goal)
            place = int(self._place[case])
            push[place] = 1 if goal.low > 0 else -1 if goal.high < 100 else self._random.choice((-1, 1))
            patient = case == first
            if misses[wanted].min() < _MISSES and not self._walk.wish(
                place, int(self.asked.group[case]), wanted, patient
            ):
                if patient:
                    return None
                misses[wanted] += 1
        company: Assignment | None = self._walk.company()
        if self._facts.has_values and company is not None:
            low, high = _bounds(self._facts, company, self._region, self.asked.at(wishes))
            company = solve.totals(self._facts, company, self._region, push, low, high)
        return company if company is not None and self._facts.fits(company) else None

    def _goals(self, wishes: np.ndarray, closed: np.ndarray, first: int) -> Iterator[tuple[int, Goal]]:
        """For each case, in random order, one goal of one of its closed questions."""
        chosen = (self._random.random(closed[wishes].shape) * closed[wishes]).argmax(axis=1)
        order = self._random.permutation(len(wishes))
        for at in order[np.argsort(wishes[order] != first, kind="stable")]:
            case = int(wishes[at])
            goals = self.questions[int(chosen[at])].goals(self.seen.at(np.array([case])))
            yield case, goals[int(self._random.integers(len(goals)))]

    def _classes(self, goal: Goal) -> np.ndarray:
        """The classes in which a goal can be reached."""
        classes = np.array(goal.classes)
        if not self._facts.has_values:
            return classes
        low, high = self._facts.ranges[classes].T
        return np.asarray(classes[(high >= goal.low) & (low <= goal.high)])

    def _one_of_each(self, cases: np.ndarray, first: int) -> np.ndarray:
        """One case for each block, drawn anew each time."""
        order = self._random.permutation(cases)
        order = order[np.argsort(order != first, kind="stable")]
        return np.asarray(order[np.unique(self.asked.block[order], return_index=True)[1]])


def _bounds(facts: Facts, company: Assignment, region: np.ndarray, asked: Cases) -> tuple[np.ndarray, np.ndarray]:
    """Between which ends a block's sum lies when the insiders asked for are in it with their own values."""
    count, given = company.count[region].copy(), np.zeros(len(region))
    known = asked.at(asked.group >= 0)
    place = np.searchsorted(region, known.block)
    held = count[place, known.group] > 0
    count[place[held], known.group[held]] -= 1
    given[place[held]] = known.value[held]
    return given + count @ facts.ranges[:, 0], given + count @ facts.ranges[:, 1]
