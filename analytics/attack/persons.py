"""What the figures say of one person: whether a class is proven, and how narrow the interval of their value is.

Each person is asked about as an outsider sees them and as one member of their own block sees them, who takes out their
own answer first: the lowest and the highest of every class in the block. Examples settle most people at once: companies
that fit every figure and in which the person answered differently. Only who is left over is put to the solver alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.attack import room, solve
from analytics.attack.facts import Assignment, Facts
from analytics.attack.groups import Population
from analytics.attack.room import Reach
from analytics.attack.walk import Walk

OPEN_POINTS = 60.0
_TINY = 1e-6
_ROUNDS, _PATIENCE, _MOVE_ON = 100, 12, 6
_ALONE = 4  # persons of a region asked about one by one where groups cross


@dataclass(frozen=True)
class Question:
    """What must stay open: whether a person is in one of ``classes``, or (none given) what value they have."""

    measure: str
    part: str
    classes: tuple[int, ...]
    line: float | None = None

    def open(self, seen: Reach) -> np.ndarray:
        """Which persons' answers the examples show to be open."""
        if self.classes:
            inside = np.isin(np.arange(seen.classes.shape[1]), self.classes)
            return np.asarray(seen.classes[:, inside].any(axis=1) & seen.classes[:, ~inside].any(axis=1))
        wide = seen.high - seen.low >= OPEN_POINTS - _TINY
        if self.line is not None:
            wide &= (seen.low < self.line) & (seen.high >= self.line)
        return np.asarray(wide)

    def open_between(self, low: float, high: float) -> bool:
        """Whether the exact ends of a person's answer leave it open; never where they are not known (NaN)."""
        if self.classes:
            return low < 0.5 < high
        wide = high - low >= OPEN_POINTS - _TINY
        return wide if self.line is None else wide and low < self.line <= high + _TINY


@dataclass(frozen=True)
class Exposed:
    """A person of one block about whom a question is not open, and between which ends their answer lies."""

    block: int
    question: Question
    insider: bool
    low: float
    high: float


@dataclass(frozen=True)
class Cases:
    """Who asks about whom: a person of ``block``, asked about by a member of the class ``group`` with ``value``.

    ``group`` is -1 where an outsider asks. One entry per case; a block has several.
    """

    block: np.ndarray
    group: np.ndarray
    value: np.ndarray

    def at(self, rows: np.ndarray) -> Cases:
        """Some of the cases."""
        return Cases(self.block[rows], self.group[rows], self.value[rows])


def questions(measures: Mapping[str, Mapping[str, Any]], has_values: bool, n_classes: int) -> tuple[Question, ...]:
    """What must stay open in a system: each share, each part and, where it has a mean, the value."""
    found = []
    for name, measure in measures.items():
        if measure["kind"] == "mean" and has_values:
            found.append(Question(name, "", (), (measure.get("line") or {}).get("at")))
        if measure["kind"] == "share":
            found.append(Question(name, "", tuple(measure["counts"])))
        if measure["kind"] == "parts":
            found += [Question(name, part, tuple(classes)) for part, classes in measure["counts"].items()]
    return tuple(q for q in found if not q.classes or len(q.classes) < n_classes)


def cases(population: Population, facts: Facts, with_insiders: bool) -> Cases:
    """An outsider for each block that any figure is about; with answers known, also insiders.

    Insiders are the lowest and the highest member of each class of each block.
    """
    covered = np.flatnonzero(np.diff(facts.coef.tocsc().indptr) > 0)
    found = [Cases(covered, np.full(len(covered), -1), np.zeros(len(covered)))]
    if with_insiders and population.answers is not None and population.block is not None:
        value = np.nan_to_num(population.answers.value) if facts.has_values else np.zeros(len(population.block))
        found += _insiders(population.block, population.answers.group, value, population.size)
    kept = [one.at(np.isin(one.block, covered)) for one in found]
    return Cases(*(np.concatenate(part) for part in zip(*((c.block, c.group, c.value) for c in kept), strict=True)))


def _insiders(block: np.ndarray, group: np.ndarray, value: np.ndarray, size: np.ndarray) -> Iterator[Cases]:
    for sign in (1, -1):
        order = np.lexsort((sign * value, group, block))
        order = order[size[block[order]] > 1]
        first = np.unique(np.column_stack([block[order], group[order]]), axis=0, return_index=True)[1]
        chosen = order[first]
        yield Cases(block[chosen], group[chosen], value[chosen])


class Attack:
    """The questions of one system, put about a person of each block, and what examples have shown so far.

    ``company`` fits all facts. ``regions``: the blocks in parts, each small enough for one program.
    ``crossed``: whether groups cross, so that programs are slow and only few persons can be asked about one by one.
    """

    def __init__(
        self,
        facts: Facts,
        company: Assignment,
        questions: Sequence[Question],
        regions: Sequence[np.ndarray],
        crossed: bool,
    ) -> None:
        self._facts, self._company, self._questions, self._regions = facts, company, questions, regions
        self._crossed = crossed
        self.narrowest = 100.0

    def exposed(self, asked: Cases) -> list[Exposed]:
        """Everybody about whom a question is not open."""
        if not len(asked.block) or not self._questions:
            return []
        seen = room.reach(self._facts, self._company, asked.block, asked.group, asked.value)
        for region in self._regions:
            here = np.flatnonzero(np.isin(asked.block, region) & ~self._open(seen).all(axis=1))
            if len(here):
                _put(seen, here, self._walked(region, asked.at(here), seen.at(here)))
        return self._settled(asked, seen)

    def _open(self, seen: Reach) -> np.ndarray:
        """Cases by questions: whether the examples show that the answer is open."""
        return np.column_stack([question.open(seen) for question in self._questions])

    def _walked(self, region: np.ndarray, asked: Cases, seen: Reach) -> Reach:
        """Walk to other companies in one region, as long as they still open answers."""
        random, idle = np.random.default_rng(len(asked.block)), 0
        company = Walk(self._facts, self._company, region, random).eased()
        for turn in range(_ROUNDS):
            closed = np.flatnonzero(~self._open(seen).all(axis=1))
            if not len(closed) or idle == _PATIENCE:
                break
            wishes = closed[_first_of_each(asked.block[closed], random)]
            walk = Walk(self._facts, company, region, random)
            shown, some = seen.at(closed), asked.at(closed)
            example = self._example(walk, asked.at(wishes), seen.at(wishes), random)
            if example is not None:
                company = Walk(self._facts, example, region, random).eased() if turn % _MOVE_ON == 0 else company
                shown = shown.joined(room.reach(self._facts, example, some.block, some.group, some.value))
            gained = (self._open(shown) & ~self._open(seen.at(closed))).any()
            _put(seen, closed, shown)
            idle = 0 if gained else idle + 1
        return seen

    def _example(self, walk: Walk, asked: Cases, seen: Reach, random: np.random.Generator) -> Assignment | None:
        """A company in which as many wishes as possible come true, one wish per block, checked against every fact."""
        place, push = np.searchsorted(walk.region, asked.block), np.zeros(len(walk.region))
        closed = ~self._open(seen)
        for case in random.permutation(len(place)):
            question = self._questions[int(random.choice(np.flatnonzero(closed[case])))]
            wanted, up = self._wish(question, seen.at(np.array([case])), random)
            walk.wish(int(place[case]), int(asked.group[case]), wanted)
            push[place[case]] = up
        company = walk.company()
        if not self._facts.has_values:
            return company if self._facts.fits(company) else None
        low, high = _bounds(self._facts, company, walk.region, asked)
        found = solve.totals(self._facts, company, walk.region, push, low, high)
        return found if found is not None and self._facts.fits(found) else None

    def _wish(self, question: Question, seen: Reach, random: np.random.Generator) -> tuple[np.ndarray, int]:
        """The classes that a person should be in to open a question, and towards high (1) or low (-1) values."""
        every = np.arange(len(self._facts.ranges))
        if question.classes:
            inside = np.isin(every, question.classes)
            return every[inside if not seen.classes[0, inside].any() else ~inside], int(random.choice((-1, 1)))
        up = int(random.choice((1, 1, -1)) * (-1 if seen.low[0] > 100 - seen.high[0] else 1))
        return every[-1:] if up > 0 else every[:1], up

    def _settled(self, asked: Cases, seen: Reach) -> list[Exposed]:
        """Ask the solver alone about whom no example has shown to be open; note the narrowest interval.

        Where figures cross, programs are slow: regions where many are left are undecided, and that counts as found.
        """
        found: list[Exposed] = []
        closed, width = ~self._open(seen), seen.high - seen.low
        for region in self._regions:
            rows = np.flatnonzero(np.isin(asked.block, region) & closed.any(axis=1))
            solved = not self._crossed or len(rows) <= _ALONE
            for row in rows:
                case, questions = (
                    asked.at(np.array([row])),
                    [self._questions[int(q)] for q in np.flatnonzero(closed[row])],
                )
                for question, low, high in self._alone(case, questions, region) if solved else _undecided(questions):
                    if not question.open_between(low, high):
                        found.append(Exposed(int(case.block[0]), question, bool(case.group[0] >= 0), low, high))
                    if not question.classes:
                        width[row] = 100.0 if np.isnan(low) else high - low
        if any(not question.classes for question in self._questions):
            self.narrowest = min(self.narrowest, float(width.min()))
        return found

    def _alone(
        self, case: Cases, left: Sequence[Question], region: np.ndarray
    ) -> Iterator[tuple[Question, float, float]]:
        """The ends of one person's answers: in their region with everybody else as they are, then with nobody else."""
        at, block = int(np.searchsorted(region, case.block[0])), int(case.block[0])
        known = case.at(case.group >= 0)
        facts = self._facts.without(known.block, known.group, known.value)
        beside = facts.beside(region, self._company)
        for question in left:
            low, high = _ends(beside, at, question)
            if not question.open_between(low, high) and len(region) < len(facts.size):
                low, high = _ends(facts.within(region), at, question)
                if question.open_between(low, high):
                    low, high = (np.nan, np.nan) if self._crossed else _ends(facts, block, question)
            yield question, low, high


def _first_of_each(block: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """One place for each distinct block, drawn anew each time."""
    order = random.permutation(len(block))
    return order[np.unique(block[order], return_index=True)[1]]


def _bounds(facts: Facts, company: Assignment, region: np.ndarray, asked: Cases) -> tuple[np.ndarray, np.ndarray]:
    """Between which ends a block's sum lies when the insiders asked for are in it with their own values."""
    count, given = company.count[region].copy(), np.zeros(len(region))
    known = asked.at(asked.group >= 0)
    place = np.searchsorted(region, known.block)
    held = count[place, known.group] > 0
    count[place[held], known.group[held]] -= 1
    given[place[held]] = known.value[held]
    return given + count @ facts.ranges[:, 0], given + count @ facts.ranges[:, 1]


def _ends(facts: Facts, block: int, question: Question) -> tuple[float, float]:
    """The exact ends of a person's answer; NaN where the solver cannot tell."""
    try:
        person = solve.Person(facts, block)
        return person.share(question.classes) if question.classes else person.value()
    except solve.Unsolved:
        return np.nan, np.nan


def _undecided(questions: Sequence[Question]) -> Iterator[tuple[Question, float, float]]:
    return ((question, np.nan, np.nan) for question in questions)


def _put(seen: Reach, at: np.ndarray, some: Reach) -> None:
    seen.classes[at], seen.low[at], seen.high[at] = some.classes, some.low, some.high
