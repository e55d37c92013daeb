"""Figures of several systems as limits on sums over whole answer sheets, so that linked measures are one system.

A sheet is everything that one person answered. Whoever is given another sheet answers all linked measures as it says: a
scale goes with its items and the Boundary Index with its parts, whatever the formulas are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import sparse

from analytics.attack.asked import Question, questions
from analytics.attack.people import Answers, Crowd, Truth, answers
from analytics.attack.seen import Figure, Group, System

_TINY = 1e-6
_STRICT = 1e-4  # a band of per cents ends before its end
_ANSWERED: tuple[int, ...] = (-1,)
MOST = 12  # people who have another sheet in one example

Mark = tuple[str, tuple[int, ...]]  # a system, and the classes that are counted; none: the values are summed


@dataclass(frozen=True)
class Limits:
    """By how much the sums of each group may change before a figure breaks, groups by marks.

    ``marks``: what is summed; ``member``: groups by people, of which ``of_units`` are units; ``down`` (0 or below) and
    ``up``; ``behind``: the figures about each group's sum of a mark.
    """

    marks: tuple[Mark, ...]
    member: sparse.csr_array
    of_units: np.ndarray
    down: np.ndarray
    up: np.ndarray
    behind: Mapping[tuple[int, Mark], tuple[Figure, ...]]

    def of(self, marks: np.ndarray) -> Limits:
        """The same for some of the marks alone."""
        names = tuple(self.marks[at] for at in marks)
        return replace(self, marks=names, down=self.down[:, marks], up=self.up[:, marks])

    def alike(self, groups: np.ndarray) -> np.ndarray:
        """People numbered so that those have one number who are in the same of some groups."""
        inside = np.packbits(self.member[groups].toarray().astype(bool), axis=0).T
        return np.asarray(np.unique(inside, axis=0, return_inverse=True)[1].ravel())


@dataclass(frozen=True)
class Asked:
    """What sheets answer, sheets by questions: who ``answered``, who is ``inside`` the classes, the ``value``."""

    questions: tuple[Question, ...]
    answered: np.ndarray
    inside: np.ndarray
    value: np.ndarray


@dataclass(frozen=True)
class _Limit:
    """One figure's demand on one sum: from ``low`` to ``high``."""

    group: Group
    mark: Mark
    low: float
    high: float
    figure: Figure


def read_sheets(systems: Sequence[System], sheets: Truth) -> dict[str, Answers]:
    """What sheets answer, by system."""
    return {system.name: answers(sheets, system) for system in systems}


def limits(systems: Sequence[System], held: Mapping[str, Answers], crowd: Crowd) -> Limits:
    """Every figure of some systems as limits: bands, numbers of answers, and states.

    ``held``: everybody's own sheet as ``read_sheets`` reads it, in the order of ``crowd``.
    """
    names = marks_of(systems)
    sums = _Sums(held, crowd)
    every = [one for system in systems for figure in system.figures for one in _limits(system, figure, sums)]
    groups = list(dict.fromkeys(one.group for one in every))
    place, column = {group: at for at, group in enumerate(groups)}, {mark: at for at, mark in enumerate(names)}
    down, up = np.full((2, len(groups), len(names)), np.inf)
    behind: dict[tuple[int, Mark], list[Figure]] = {}
    for one in every:
        at, now = (place[one.group], column[one.mark]), sums.of(one.group, one.mark)
        down[at], up[at] = min(down[at], now - one.low), min(up[at], one.high - now)
        behind.setdefault((at[0], one.mark), []).append(one.figure)
    figures = {key: tuple(dict.fromkeys(found)) for key, found in behind.items()}
    member = sparse.csr_array(sparse.vstack([sparse.csr_array(sums.people(group)[None]) for group in groups]))
    return Limits(tuple(names), member, np.array([not group.segment for group in groups]), -down, up, figures)


def marks_of(systems: Sequence[System]) -> list[Mark]:
    """Everything that some figure sums: whether answered, in the classes, and the value."""
    found: list[Mark] = []
    for system in systems:
        found += [(system.name, _ANSWERED), *((system.name, figure.classes) for figure in system.figures)]
    return list(dict.fromkeys(found))


def table(marks: Sequence[Mark], held: Mapping[str, Answers], sheets: np.ndarray | slice = slice(None)) -> np.ndarray:
    """What some sheets add to each sum, sheets by marks."""
    return np.column_stack([added(mark, held[mark[0]], sheets) for mark in marks])


def asked(systems: Sequence[System], held: Mapping[str, Answers], sheets: np.ndarray | slice = slice(None)) -> Asked:
    """The questions of some systems, and what some sheets answer."""
    found: list[Question] = []
    columns: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    for system in systems:
        own = held[system.name]
        group, answered, value = own.group[sheets], own.answered[sheets], own.value[sheets]
        for question in questions(system.measures, system.ranges is not None, system.n_classes):
            found.append(question)
            told = np.zeros(len(group)) if question.classes else np.nan_to_num(value)
            columns.append((answered & (group >= 0), _among(group, question.classes), told.astype(np.float32)))
    answered, inside, value = (np.column_stack(one) for one in zip(*columns, strict=True))
    return Asked(tuple(found), answered, inside, value)


def added(mark: Mark, own: Answers, sheets: np.ndarray | slice) -> np.ndarray:
    """What some sheets add to one sum."""
    answered = own.answered[sheets]
    if mark[1] == _ANSWERED:
        return np.asarray(answered, np.float64)
    if not mark[1]:
        return np.asarray(np.where(answered, np.nan_to_num(own.value[sheets]), 0.0))
    return np.asarray(answered & _among(own.group[sheets], mark[1]), np.float64)


def _among(group: np.ndarray, classes: Sequence[int]) -> np.ndarray:
    """Whose class is one of some; -1 is none."""
    held = np.zeros(max([int(group.max(initial=0)), *classes]) + 2, bool)
    held[list(classes)] = True
    return np.asarray(held[group])


class _Sums:
    """What the sums of each group are in the real company; each is worked out once."""

    def __init__(self, held: Mapping[str, Answers], crowd: Crowd) -> None:
        self._held, self._crowd = held, crowd
        self._people: dict[Group, np.ndarray] = {}
        self._marks: dict[Mark, np.ndarray] = {}
        self._known: dict[tuple[Group, Mark], float] = {}

    def people(self, group: Group) -> np.ndarray:
        """Who is in a group, as true and false."""
        if group not in self._people:
            self._people[group] = _people(self._crowd, group)
        return self._people[group]

    def of(self, group: Group, mark: Mark) -> float:
        """The sum of one mark over a group."""
        if mark not in self._marks:
            self._marks[mark] = added(mark, self._held[mark[0]], slice(None))
        if (group, mark) not in self._known:
            self._known[group, mark] = float(self._marks[mark][self.people(group)].sum())
        return self._known[group, mark]


def _limits(system: System, figure: Figure, sums: _Sums) -> Iterator[_Limit]:
    """One figure's limits. How many answered is known, as wherever the wave is at hand."""
    group, mark, counted = figure.group, (system.name, figure.classes), (system.name, _ANSWERED)
    count, per = sums.of(group, counted), 1.0 if figure.kind == "mean" else 100.0
    yield _Limit(group, counted, count - _TINY, count + _TINY, figure)
    with_end = figure.kind == "mean" or figure.high == figure.low
    low = figure.low * count / per - _TINY if figure.low > 0 else -np.inf
    high = figure.high * count / per + (_TINY if with_end else -_STRICT) if figure.high < 100 else np.inf
    yield _Limit(group, mark, low, high, figure)
    if figure.state in ("higher", "lower"):
        yield from _state(figure, mark, (count, sums.of(_others(group), counted)), sums)


def _state(figure: Figure, mark: Mark, counts: tuple[float, float], sums: _Sums) -> Iterator[_Limit]:
    """A state holds for certain where the group and everybody else stay on their sides of a value between them.

    That value leaves everybody else as much as the people of one example can change, so that only the group is
    limited; where there is not so much between them, it is the middle.
    """
    if min(counts) == 0:
        return
    sides = (figure.group, _others(figure.group))
    mean, other = (sums.of(group, mark) / count for group, count in zip(sides, counts, strict=True))
    most = MOST * (100.0 if figure.kind == "mean" else 1.0) / counts[1]
    free = most < abs(mean - other) / 2
    between = other + np.sign(mean - other) * most if free else (mean + other) / 2
    for group, count, above in zip(sides, counts, (figure.state == "higher", figure.state == "lower"), strict=True):
        low, high = (between * count + _TINY, np.inf) if above else (-np.inf, between * count - _TINY)
        if group == figure.group or not free:
            yield _Limit(group, mark, low, high, figure)


def _others(group: Group) -> Group:
    """Everybody outside a group, told from groups of units by a place below 0."""
    return Group(group.edition, -1 - group.node, group.segment, group.category)


def _people(crowd: Crowd, group: Group) -> np.ndarray:
    if group.node >= 0:
        return crowd.people(group)
    return np.asarray(crowd.people(Group(group.edition, 0)) & ~crowd.people(_others(group)))
