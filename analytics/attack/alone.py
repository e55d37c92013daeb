"""Asking the solver about single persons: for an example that opens their answer, else for its exact ends."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analytics.attack import solve
from analytics.attack.asked import Cases, Goal, Question
from analytics.attack.examples import Examples
from analytics.attack.facts import Assignment, Facts
from analytics.attack.room import Reach

_ASKED = 60  # programs for a region where groups cross; whoever is left after them is undecided


@dataclass(frozen=True)
class Exposed:
    """A person of one block about whom a question is not open, and between which ends their answer lies.

    ``case``: the place of the case that shows it. The ends are NaN where the solver cannot tell.
    """

    case: int
    block: int
    question: Question
    insider: bool
    low: float
    high: float

    @property
    def interval(self) -> tuple[float, float]:
        """The ends, everything where they are not known."""
        return (0.0, 100.0) if np.isnan(self.low) else (self.low, self.high)


class Alone:
    """The persons of one region whom examples have left over.

    ``crossed``: whether groups cross, so that programs are slow and only so many are tried.
    """

    def __init__(
        self, facts: Facts, company: Assignment, region: np.ndarray, examples: Examples, crossed: bool
    ) -> None:
        self._facts, self._company, self._region, self._examples = facts, company, region, examples
        self._crossed, self._left = crossed, _ASKED

    def exposed_at_home(self, homes: np.ndarray) -> Iterator[Exposed]:
        """Everybody about whom the figures of their own unit alone prove a class; ``homes``: the unit of each block."""
        for case, place in np.argwhere(self._examples.closed()).tolist():
            question = self._examples.questions[place]
            block = int(self._examples.asked.block[case])
            proven = self._proven_class(case, question, np.flatnonzero(homes == homes[block]))
            if proven is not None:
                self._examples.settled[case, place] = True
                yield self._exposed(case, question, proven)

    def exposed(self) -> Iterator[Exposed]:
        """Everybody of the region about whom a question is not open."""
        for case, place in np.argwhere(self._examples.closed()).tolist():
            question = self._examples.questions[place]
            ends = self._ends(case, question)
            if not question.open_between(*ends):
                yield self._exposed(case, question, ends)

    def _exposed(self, case: int, question: Question, ends: tuple[float, float]) -> Exposed:
        asked = self._examples.asked
        return Exposed(case, int(asked.block[case]), question, bool(asked.group[case] >= 0), *ends)

    def _ends(self, case: int, question: Question) -> tuple[float, float]:
        """The ends of an answer: any that leave it open where it is open, NaN where the solver gives up."""
        try:
            if self._opened(case, question):
                return (0.0, 1.0) if question.classes else (0.0, 100.0)
            return self._proven(case, question)
        except solve.Unsolved:
            return np.nan, np.nan

    def _opened(self, case: int, question: Question) -> bool:
        """Whether examples open the answer while everybody outside the region is as they are."""
        while not question.open(self._seen(case))[0]:
            if not any(self._reached(case, goal) for goal in question.goals(self._seen(case))):
                return False
        return True

    def _reached(self, case: int, goal: Goal) -> bool:
        """Look for an example; what it shows of others of the region counts as well."""
        one = self._examples.asked.at(np.array([case]))
        known, facts, block = self._for(one)
        person = solve.Person(facts.beside(self._region, self._company), block)
        self._spend()
        found = person.example(goal)
        if found is None:
            return False
        example = Assignment(self._company.count.copy(), self._company.total.copy())
        example.count[self._region], example.total[self._region] = found.count, found.total
        np.add.at(example.count, (known.block, known.group), 1)
        np.add.at(example.total, known.block, known.value)
        before = self._seen(case)
        if self._facts.fits(example):
            self._examples.add(example)
        return not before.same(self._seen(case))

    def _proven(self, case: int, question: Question) -> tuple[float, float]:
        """The ends that the rows about this region alone prove, else those that all rows prove."""
        self._spend()
        known = self._proven_class(case, question, self._region)
        if known is not None:
            return known
        one = self._examples.asked.at(np.array([case]))
        _, facts, block = self._for(one)
        if not question.classes:
            low, high = solve.Person(facts.within(self._region), block).value()
            if not question.open_between(low, high):
                return low, high
        if self._crossed:
            raise solve.Unsolved("Where groups cross, a program over everybody is too large.")
        person = solve.Person(facts, int(one.block[0]))
        return person.share(question.classes) if question.classes else person.value()

    def _proven_class(self, case: int, question: Question, region: np.ndarray) -> tuple[float, float] | None:
        """0 or 1 twice where the rows about some blocks alone leave a person no other class than those seen."""
        if not question.classes:
            return None
        one = self._examples.asked.at(np.array([case]))
        _, facts, _ = self._for(one)
        (goal,) = question.goals(self._seen(case))
        person = solve.Person(facts.within(region), int(np.searchsorted(region, one.block[0])))
        if person.example(goal) is not None:
            return None
        return (0.0, 0.0) if set(goal.classes) == set(question.classes) else (1.0, 1.0)

    def _for(self, one: Cases) -> tuple[Cases, Facts, int]:
        """The insider, the facts that are left for them to find out, and the block's place in the region."""
        known = one.at(one.group >= 0)
        facts = self._facts.without(known.block, known.group, known.value)
        return known, facts, int(np.searchsorted(self._region, one.block[0]))

    def _seen(self, case: int) -> Reach:
        return self._examples.seen.at(np.array([case]))

    def _spend(self) -> None:
        self._left -= 1
        if self._crossed and self._left < 0:
            raise solve.Unsolved(f"Expected {_ASKED} programs or fewer for a region.")
