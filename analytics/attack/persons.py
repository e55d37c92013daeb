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

OPEN_POINTS = 60.0
_TINY = 1e-6
_ROUNDS, _PATIENCE, _ALONE = 30, 6, 3


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

    def closed_by(self, low: float, high: float) -> bool:
        """Whether the exact ends of a person's answer say more than they may."""
        if self.classes:
            return low > 0.5 or high < 0.5
        narrow = high - low < OPEN_POINTS - _TINY
        return narrow or (self.line is not None and not low < self.line <= high + _TINY)


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
    """

    def __init__(
        self, facts: Facts, company: Assignment, questions: Sequence[Question], regions: Sequence[np.ndarray]
    ) -> None:
        self._facts, self._company, self._questions, self._regions = facts, company, questions, regions
        self.narrowest = 100.0

    def exposed(self, asked: Cases) -> list[Exposed]:
        """Everybody about whom a question is not open."""
        if not len(asked.block) or not self._questions:
            return []
        seen = room.reach(self._facts, self._company, asked.block, asked.group, asked.value)
        for region in self._regions:
            here = np.flatnonzero(np.isin(asked.block, region) & ~self._open(seen).all(axis=1))
            if len(here):
                _put(seen, here, self._pushed(region, asked.at(here), seen.at(here)))
        return self._settled(asked, seen)

    def _open(self, seen: Reach) -> np.ndarray:
        """Cases by questions: whether the examples show that the answer is open."""
        return np.column_stack([question.open(seen) for question in self._questions])

    def _pushed(self, region: np.ndarray, asked: Cases, seen: Reach) -> Reach:
        """Push the people of one region this way and that, everybody else as they are, while it still opens answers."""
        random, idle = np.random.default_rng(len(region)), 0
        for _ in range(_ROUNDS):
            closed = np.flatnonzero(~self._open(seen).all(axis=1))
            if not len(closed) or idle == _PATIENCE:
                break
            one_each = closed[_first_of_each(asked.block[closed], random)]
            at = np.searchsorted(region, asked.block[one_each])
            by_count, by_total = self._push(len(region), at, seen.at(one_each), random)
            shown = self._example(region, asked.at(one_each), by_count, by_total, asked.at(closed), seen.at(closed))
            _put(seen, closed, shown)
            idle = idle + 1 if (~self._open(shown).all(axis=1)).all() else 0
        return seen

    def _push(
        self, blocks: int, at: np.ndarray, seen: Reach, random: np.random.Generator
    ) -> tuple[np.ndarray, np.ndarray]:
        """Weights that pull some blocks towards classes not yet seen, or to the end of values that is further off."""
        classes = np.arange(len(self._facts.ranges))
        by_count, by_total = np.zeros((blocks, len(classes))), np.zeros(blocks)
        if self._facts.has_values:
            way = np.where(seen.low > 100 - seen.high, -1, 1) * random.choice((1, 1, -1), len(at))
            by_count[at], by_total[at] = way[:, None] * classes, way / 100
        else:
            by_count[at] = ~seen.classes * random.uniform(0.5, 1, (len(at), 1))
        return by_count, by_total

    def _example(
        self, region: np.ndarray, kept: Cases, by_count: np.ndarray, by_total: np.ndarray, asked: Cases, seen: Reach
    ) -> Reach:
        """What one more company shows, after it was checked against every fact; the insiders of ``kept`` stay in it."""
        kept = kept.at(kept.group >= 0)
        facts = self._facts.without(kept.block, kept.group, kept.value)
        example = solve.pushed(facts, _less(self._company, kept), region, by_count, by_total)
        if example is None or not facts.fits(example):
            return seen
        return seen.joined(room.reach(self._facts, _more(example, kept), asked.block, asked.group, asked.value))

    def _settled(self, asked: Cases, seen: Reach) -> list[Exposed]:
        """Ask the solver alone about whom no example has shown to be open; note the narrowest interval."""
        found: list[Exposed] = []
        closed, width = ~self._open(seen), seen.high - seen.low
        for row in np.flatnonzero(closed.any(axis=1)):
            case, left = asked.at(np.array([row])), [self._questions[int(q)] for q in np.flatnonzero(closed[row])]
            for question, low, high in self._alone(case, left, seen.at(np.array([row]))):
                if question.closed_by(low, high):
                    found.append(Exposed(int(case.block[0]), question, bool(case.group[0] >= 0), low, high))
                if not question.classes:
                    width[row] = high - low
        if any(not question.classes for question in self._questions):
            self.narrowest = min(self.narrowest, float(width.min()))
        return found

    def _alone(self, case: Cases, left: Sequence[Question], seen: Reach) -> Iterator[tuple[Question, float, float]]:
        """The ends of one person's answers: by examples in their region, then by proof there, then over everybody."""
        region = next(region for region in self._regions if case.block[0] in region)
        at, random = int(np.searchsorted(region, case.block[0])), np.random.default_rng(0)
        for _ in range(_ALONE):
            by_count, by_total = self._push(len(region), np.array([at]), seen, random)
            seen = self._example(region, case, by_count, by_total, case, seen)
        known = case.at(case.group >= 0)
        facts = self._facts.without(known.block, known.group, known.value)
        for question in left:
            if question.open(seen)[0]:
                yield question, *((0.0, 1.0) if question.classes else (float(seen.low[0]), float(seen.high[0])))
                continue
            low, high = _ends(facts.within(region), at, question)
            if len(region) < len(facts.size) and not question.closed_by(low, high):
                low, high = _ends(facts, int(case.block[0]), question)
            yield question, low, high


def _first_of_each(block: np.ndarray, random: np.random.Generator) -> np.ndarray:
    """One place for each distinct block, drawn anew each time."""
    order = random.permutation(len(block))
    return order[np.unique(block[order], return_index=True)[1]]


def _less(company: Assignment, known: Cases) -> Assignment:
    """A company without the members who know themselves; a block has at most one of them."""
    count, total = company.count.copy(), company.total.copy()
    count[known.block, known.group] -= 1
    total[known.block] -= known.value
    return Assignment(count, total)


def _more(company: Assignment, known: Cases) -> Assignment:
    count, total = company.count.copy(), company.total.copy()
    count[known.block, known.group] += 1
    total[known.block] += known.value
    return Assignment(count, total)


def _ends(facts: Facts, block: int, question: Question) -> tuple[float, float]:
    """The exact ends of a person's answer; no width where the solver cannot tell, so that it counts as found."""
    try:
        person = solve.Person(facts, block)
        return person.share(question.classes) if question.classes else person.value()
    except solve.Unsolved:
        return 1.0, 1.0


def _put(seen: Reach, at: np.ndarray, some: Reach) -> None:
    seen.classes[at], seen.low[at], seen.high[at] = some.classes, some.low, some.high
