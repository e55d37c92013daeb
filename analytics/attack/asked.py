"""What is asked about persons: which questions must stay open, and who asks about whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from analytics.attack.facts import Facts
from analytics.attack.groups import Population
from analytics.attack.room import Reach

OPEN_POINTS = 60.0
_TINY = 1e-6
_BELOW = 1e-3  # a value this far below a line is below it


@dataclass(frozen=True)
class Goal:
    """What an example would have to show: a person in one of ``classes``, with a value from ``low`` to ``high``."""

    classes: tuple[int, ...]
    low: float = 0.0
    high: float = 100.0


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

    def goals(self, seen: Reach) -> list[Goal]:
        """What to look for next about one person of whom so much has been seen: any one of these."""
        every = range(seen.classes.shape[1])
        if self.classes:
            inside = tuple(c for c in every if (c in self.classes) != bool(seen.classes[0, list(self.classes)].any()))
            return [Goal(inside)]
        least = max(OPEN_POINTS, self.line or 0.0)
        most = min(100 - OPEN_POINTS, 100.0 if self.line is None else self.line - _BELOW)
        low, high = float(seen.low[0]), float(seen.high[0])
        if high < least or low > most:  # whatever else is seen, both of these are needed
            return [Goal(tuple(every), low=least) if high < least else Goal(tuple(every), high=most)]
        wide = [Goal(tuple(every), low=low + OPEN_POINTS)] if low + OPEN_POINTS <= 100 else []
        return wide + ([Goal(tuple(every), high=high - OPEN_POINTS)] if high >= OPEN_POINTS else [])


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
    covered = np.flatnonzero(np.diff(facts.by_block.indptr) > 0)
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
