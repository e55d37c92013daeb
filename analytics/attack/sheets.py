"""Figures of several systems as demands on sums over whole answer sheets, so that linked measures are one system.

A sheet is everything that one person answered. Whoever is given another person's sheet answers all linked measures as
that person did: a scale goes with its items and the Boundary Index with its parts, whatever the formulas are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse

from analytics.attack.asked import Question, questions
from analytics.attack.people import Answers, Crowd, Truth, answers
from analytics.attack.seen import Figure, Group, System

_TINY = 1e-6
_PAIRS, _LEAST, _MOST = 6_000_000, 80, 2_000  # sheets tried on everybody, so that pairs stay so many
_STRICT = 1e-4  # a band of per cents ends before its end
_AS_NOW = float("nan")  # instead of a least sum: what the real company has


@dataclass(frozen=True)
class Demands:
    """Rows of ``of_hits * hits + of_answers * answers``, each about the sums over one group's sheets.

    ``marks``: sheets by marks, what each sheet adds to every sum, everybody's own sheet first; ``hits`` and
    ``answers``: the columns of ``marks`` that a row adds up; ``member``: groups by people, of which ``of_units`` are
    units; ``room``: by how much the real company exceeds the least that a row allows.
    """

    marks: np.ndarray
    member: sparse.csr_array
    of_units: np.ndarray
    group: np.ndarray
    hits: np.ndarray
    answers: np.ndarray
    of_hits: np.ndarray
    of_answers: np.ndarray
    room: np.ndarray

    def adds(self, sheets: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Sheets by rows: what each sheet adds to each row."""
        used = np.unique(np.concatenate([self.hits[rows], self.answers[rows]]))
        own = self.marks[sheets[:, None], used]
        hits, answers = (
            own.take(np.searchsorted(used, columns[rows]), axis=1) for columns in (self.hits, self.answers)
        )
        return np.asarray(self.of_hits[rows] * hits + self.of_answers[rows] * answers)

    def change(self, now: int, sheet: int, rows: np.ndarray) -> np.ndarray:
        """By how much each row grows when somebody has another sheet than now."""
        apart = self.marks[sheet] - self.marks[now]
        return np.asarray(
            self.of_hits[rows] * apart[self.hits[rows]] + self.of_answers[rows] * apart[self.answers[rows]]
        )

    @cached_property
    def most(self) -> np.ndarray:
        """The most that one other sheet can take away from each row."""
        wide = np.ptp(self.marks, axis=0) if len(self.marks) else np.zeros(self.marks.shape[1])
        return np.asarray(np.abs(self.of_hits) * wide[self.hits] + np.abs(self.of_answers) * wide[self.answers])

    @cached_property
    def by_group(self) -> list[np.ndarray]:
        """The rows of each group."""
        order = np.argsort(self.group, kind="stable")
        return np.split(order, np.searchsorted(self.group[order], np.arange(1, self.member.shape[0])))

    @cached_property
    def by_person(self) -> sparse.csc_array:
        """``member`` by people."""
        return sparse.csc_array(self.member)

    def groups(self, person: int) -> np.ndarray:
        """The groups that a person is in."""
        held = self.by_person
        return np.asarray(held.indices[held.indptr[person] : held.indptr[person + 1]])

    def tight(self, group: int) -> np.ndarray:
        """The rows of a group that one other sheet could break."""
        rows = self.by_group[group]
        return np.asarray(rows[self.room[rows] < self.most[rows]])


@dataclass(frozen=True)
class Asked:
    """What sheets answer, sheets by questions: who ``answered``, who is ``inside`` the classes, the ``value``."""

    questions: tuple[Question, ...]
    answered: np.ndarray
    inside: np.ndarray
    value: np.ndarray


@dataclass(frozen=True)
class _Row:
    group: Group
    hits: tuple[str, tuple[int, ...]]
    of_hits: float
    of_answers: float
    least: float


def demands(systems: Sequence[System], sheets: Truth, crowd: Crowd) -> Demands:
    """Every figure of some systems as rows: bands, numbers of answers, and states.

    ``sheets``: everybody's own sheet, in the order of ``crowd``, and any others after them.
    """
    held = {system.name: answers(sheets, system) for system in systems}
    marks = _marks(systems, held)
    rows = [
        row
        for system in systems
        for figure in system.figures
        for row in (*_band(system, figure), *_state(system, figure, marks, crowd))
    ]
    groups = list(dict.fromkeys(row.group for row in rows))
    member = sparse.csr_array(sparse.vstack([sparse.csr_array(_people(crowd, one)[None]) for one in groups]))
    column, place = {name: at for at, name in enumerate(marks)}, {group: at for at, group in enumerate(groups)}
    table = np.column_stack(list(marks.values()))
    group = np.array([place[row.group] for row in rows])
    hits = np.array([column[row.hits] for row in rows])
    counts = np.array([column[row.hits[0], _ANSWERED] for row in rows])
    of_hits, of_answers, least = np.array([(row.of_hits, row.of_answers, row.least) for row in rows]).T
    sums = np.asarray(member.astype(np.float64) @ table[: member.shape[1]])
    held_now = of_hits * sums[group, hits] + of_answers * sums[group, counts]
    room = np.where(np.isnan(least), _TINY, held_now - least)
    of_units = np.array([not one.segment for one in groups])
    return Demands(table, member, of_units, group, hits, counts, of_hits, of_answers, room)


def asked(systems: Sequence[System], sheets: Truth) -> Asked:
    """The questions of some systems, and what each sheet answers."""
    found: list[Question] = []
    columns: list[tuple[np.ndarray, np.ndarray, np.ndarray]] = []
    nobody = np.zeros(len(sheets), np.float32)
    for system in systems:
        held = answers(sheets, system)
        for question in questions(system.measures, system.ranges is not None, system.n_classes):
            found.append(question)
            value = nobody if question.classes else np.nan_to_num(held.value).astype(np.float32)
            columns.append((held.answered & (held.group >= 0), np.isin(held.group, question.classes), value))
    answered, inside, value = (np.column_stack(one) for one in zip(*columns, strict=True))
    return Asked(tuple(found), answered, inside, value)


_ANSWERED: tuple[int, ...] = (-1,)


def _marks(systems: Sequence[System], held: dict[str, Answers]) -> dict[tuple[str, tuple[int, ...]], np.ndarray]:
    """What sheets add to sums, by system and set of classes: whether answered, in the classes, and the value."""
    found = {}
    for system in systems:
        own = held[system.name]
        found[system.name, _ANSWERED] = own.answered.astype(np.float64)
        for classes in dict.fromkeys(figure.classes for figure in system.figures):
            inside = own.answered & np.isin(own.group, classes)
            value = np.where(own.answered, np.nan_to_num(own.value), 0.0)
            found[system.name, classes] = inside.astype(np.float64) if classes else value
    return found


def _band(system: System, figure: Figure) -> Iterator[_Row]:
    """One figure's band. How many answered is known, as wherever the wave is at hand."""
    hits, factor = (system.name, figure.classes), 1.0 if figure.kind == "mean" else 100.0
    yield _Row(figure.group, hits, 0.0, 1.0, _AS_NOW)
    yield _Row(figure.group, hits, 0.0, -1.0, _AS_NOW)
    if figure.low > 0:
        yield _Row(figure.group, hits, factor, -figure.low, -_TINY)
    if figure.high < 100:
        with_end = figure.kind == "mean" or figure.high == figure.low
        yield _Row(figure.group, hits, -factor, figure.high, -_TINY if with_end else _STRICT)


def _state(
    system: System, figure: Figure, marks: dict[tuple[str, tuple[int, ...]], np.ndarray], crowd: Crowd
) -> Iterator[_Row]:
    """A state holds for certain where the group stays on its side of the middle between it and everybody else."""
    if figure.state not in ("higher", "lower"):
        return
    hits, factor = (system.name, figure.classes), 1.0 if figure.kind == "mean" else 100.0
    sides = [_people(crowd, group) for group in (figure.group, _others(figure.group))]
    own = len(sides[0])
    counts = [float(marks[system.name, _ANSWERED][:own][people].sum()) for people in sides]
    if min(counts) == 0:
        return
    means = [factor * marks[hits][:own][people].sum() / count for people, count in zip(sides, counts, strict=True)]
    sign, middle = (1.0 if figure.state == "higher" else -1.0), sum(means) / 2
    yield _Row(figure.group, hits, sign * factor, -sign * middle, _TINY)
    yield _Row(_others(figure.group), hits, -sign * factor, sign * middle, _TINY)


def _others(group: Group) -> Group:
    """Everybody outside a group, told from groups of units by a place below 0."""
    return Group(group.edition, -1 - group.node, group.segment, group.category)


def _people(crowd: Crowd, group: Group) -> np.ndarray:
    if group.node >= 0:
        return crowd.people(group)
    return np.asarray(crowd.people(Group(group.edition, 0)) & ~crowd.people(_others(group)))


def candidates(put: Asked, people: np.ndarray) -> np.ndarray:
    """Whose sheets are tried on everybody: some of each side of each question, the same for the same wave."""
    random = np.random.default_rng(len(people))
    most = int(np.clip(_PAIRS // max(len(people), 1), _LEAST, _MOST))
    sides = (side for at in range(len(put.questions)) for side in _sides(put, at, people))
    each = max(2, most // max(len(put.questions), 1))
    chosen = (random.permutation(people[side])[:each].copy() for side in sides)
    return np.array(list(dict.fromkeys(np.concatenate(list(chosen)).tolist())), dtype=np.int64)[:most]


def _sides(put: Asked, at: int, people: np.ndarray) -> list[np.ndarray]:
    answered, value = put.answered[people, at], put.value[people, at]
    if put.questions[at].classes:
        return [answered & put.inside[people, at], answered & ~put.inside[people, at]]
    low, high = np.quantile(value[answered], (0.1, 0.9)) if answered.any() else (0.0, 0.0)
    return [answered & (value <= low), answered & (value >= high)]
