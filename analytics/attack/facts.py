"""One system's figures as linear facts about blocks of people: what any company that fits them has to satisfy.

Unknown are, for each block of people whom no figure tells apart, how many of them fall into each class, and the sum of
their values. Whoever fits all facts may be the real company: the attack asks what they have in common.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, floor

import numpy as np
from scipy import sparse

from analytics.attack.groups import Population
from analytics.attack.seen import Figure, Group, System

_TINY = 1e-6


@dataclass(frozen=True)
class Assignment:
    """One company: people per block and class (whole numbers), and the sum of values per block."""

    count: np.ndarray
    total: np.ndarray


@dataclass(frozen=True)
class Facts:
    """Rows of ``low <= coef @ quantity <= high``, one quantity per row.

    ``what``: the place in ``masks`` of the set of classes that a row counts, -1 for a row about sums of values.
    ``coef``: rows by blocks. ``ranges``: classes by (lowest, highest) value; all 0 where ``has_values`` is false.
    ``source``: the figure that each row comes from.
    """

    size: np.ndarray
    ranges: np.ndarray
    has_values: bool
    masks: np.ndarray
    what: np.ndarray
    coef: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    source: tuple[Figure, ...]

    @cached_property
    def by_block(self) -> sparse.csc_matrix:
        """The same coefficients, stored so that some blocks' are quick to take."""
        return self.coef.tocsc()

    def columns(self, region: np.ndarray) -> sparse.csr_matrix:
        """The coefficients of some blocks."""
        return self.by_block[:, region].tocsr()

    def rows(self, company: Assignment) -> np.ndarray:
        """What each row adds up to in one company."""
        quantities = np.column_stack([company.count @ self.masks.T, company.total])
        summed = np.asarray(self.coef @ quantities)
        return np.asarray(summed[np.arange(len(self.what)), self.what])

    def broken(self, company: Assignment) -> np.ndarray:
        """Which rows one company does not fit."""
        value = self.rows(company)
        return np.flatnonzero((value < self.low - _TINY) | (value > self.high + _TINY))

    def fits(self, company: Assignment) -> bool:
        """Whether one company could be the real one: every row, every block's size, every class's range of values."""
        least, most = company.count @ self.ranges[:, 0], company.count @ self.ranges[:, 1]
        return bool(
            (company.count >= 0).all()
            and (company.count.sum(axis=1) == self.size).all()
            and (company.total >= least - _TINY).all()
            and (company.total <= most + _TINY).all()
            and not len(self.broken(company))
        )

    def without(self, blocks: np.ndarray, group: np.ndarray, value: np.ndarray) -> Facts:
        """What is left to find out for somebody who knows one person in each of ``blocks``: their class and value."""
        size = self.size.copy()
        size[blocks] -= 1
        known = np.zeros((len(size), len(self.ranges)), np.int64)
        known[blocks, group] = 1
        total = np.zeros(len(size))
        total[blocks] = value
        given = self.rows(Assignment(known, total))
        return replace(self, size=size, low=self.low - given, high=self.high - given)

    def within(self, region: np.ndarray) -> Facts:
        """The rows about nobody outside some blocks: what they prove, all rows prove."""
        coef = self.columns(region)
        rows = np.flatnonzero((np.diff(coef.indptr) == np.diff(self.coef.indptr)) & (np.diff(coef.indptr) > 0))
        source = tuple(self.source[row] for row in rows)
        kept = {"what": self.what[rows], "coef": coef[rows], "low": self.low[rows], "high": self.high[rows]}
        return replace(self, size=self.size[region], source=source, **kept)

    def beside(self, region: np.ndarray, company: Assignment) -> Facts:
        """The rows about some blocks while everybody else is as in one company: what is open then is open."""
        outside = Assignment(company.count.copy(), company.total.copy())
        outside.count[region], outside.total[region] = 0, 0.0
        given, coef = self.rows(outside), self.columns(region)
        rows = np.flatnonzero(np.diff(coef.indptr) > 0)
        source = tuple(self.source[row] for row in rows)
        ends = {"low": (self.low - given)[rows], "high": (self.high - given)[rows]}
        return replace(self, size=self.size[region], what=self.what[rows], coef=coef[rows], source=source, **ends)


def facts(system: System, population: Population) -> Facts:
    """All rows of one system over one population; several figures of one quantity of one group are one row."""
    place = {group: row for row, group in enumerate(population.groups)}
    held: dict[tuple[Group, tuple[int, ...]], tuple[float, float, Figure]] = {}
    for figure in system.figures:
        if figure.group in place:
            low, high = _interval(figure, int(population.people[place[figure.group]]))
            key = (figure.group, figure.classes)
            before = held.get(key, (low, high, figure))
            held[key] = (max(low, before[0]), min(high, before[1]), figure)
    rows = [_Row(key[1], place[key[0]], 0.0, *entry) for key, entry in held.items()]
    rows += _orders(system, population, place, held)
    return _assembled(system, population, rows)


@dataclass(frozen=True)
class _Row:
    """A row before it is written out: ``share`` of the whole edition's row, at ``whole``, is taken off the group's."""

    classes: tuple[int, ...]
    group: int
    share: float
    low: float
    high: float
    figure: Figure
    whole: int = 0


def _assembled(system: System, population: Population, rows: Sequence[_Row]) -> Facts:
    sets = sorted({row.classes for row in rows if row.classes})
    masks = np.array([np.isin(np.arange(system.n_classes), classes) for classes in sets], dtype=np.int64)
    ranges = np.zeros((system.n_classes, 2)) if system.ranges is None else system.ranges
    return Facts(
        population.size,
        ranges,
        system.ranges is not None,
        masks.reshape(-1, system.n_classes),
        np.array([sets.index(row.classes) if row.classes else -1 for row in rows], dtype=np.int64),
        _coefficients(population, rows),
        np.array([row.low for row in rows]),
        np.array([row.high for row in rows]),
        tuple(row.figure for row in rows),
    )


def _coefficients(population: Population, rows: Sequence[_Row]) -> sparse.csr_matrix:
    """Rows by blocks: the group's blocks, less the share of all blocks where one is taken off."""
    share = np.array([row.share for row in rows])
    off = np.flatnonzero(share)
    group, whole = np.array([row.group for row in rows], int), np.array([row.whole for row in rows], int)
    of_groups = sparse.csr_matrix(
        (np.append(1 + share, -share[off]), (np.append(np.arange(len(rows)), off), np.append(group, whole[off]))),
        shape=(len(rows), len(population.groups)),
    )
    return sparse.csr_matrix(of_groups @ population.member)


def _interval(figure: Figure, people: int) -> tuple[float, float]:
    """The sums (of values, or of people) that a figure of so many people leaves open."""
    if figure.kind == "mean":
        return figure.low * people - _TINY, figure.high * people + _TINY
    least = max(0, ceil(figure.low * people / 100 - _TINY))
    if figure.high >= 100 or figure.high == figure.low:  # the last band holds its end, and an exact share is its end
        return least, min(people, floor(figure.high * people / 100 + _TINY))
    return least, ceil(figure.high * people / 100 - _TINY) - 1


def _orders(
    system: System,
    population: Population,
    place: dict[Group, int],
    held: Mapping[tuple[Group, tuple[int, ...]], tuple[float, float, Figure]],
) -> Iterator[_Row]:
    """A state as an inequality: the group's mean or share lies above, or below, that of everybody else.

    It is no row of its own where the figures of the group and of the whole say as much.
    """
    for figure in system.figures:
        over = Group(figure.group.edition, 0)
        if figure.state not in ("higher", "lower") or over not in place or figure.group not in place:
            continue
        people = float(population.people[place[figure.group]])
        others = float(population.people[place[over]]) - people
        if others > 0 and not _is_said(figure, people, others, held.get((over, figure.classes)), held):
            ends = (-_TINY, np.inf) if figure.state == "higher" else (-np.inf, _TINY)
            yield _Row(figure.classes, place[figure.group], people / others, *ends, figure, place[over])


def _is_said(
    figure: Figure,
    people: float,
    others: float,
    whole: tuple[float, float, Figure] | None,
    held: Mapping[tuple[Group, tuple[int, ...]], tuple[float, float, Figure]],
) -> bool:
    """Whether the ends of a group's and of the whole's figure leave no other state."""
    if whole is None:
        return False
    low, high, _ = held[figure.group, figure.classes]
    if figure.state == "higher":
        return low * (1 / people + 1 / others) >= whole[1] / others
    return high * (1 / people + 1 / others) <= whole[0] / others
