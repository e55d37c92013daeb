"""Whole-number programs over one system's facts (HiGHS): companies that fit, and the ends of one person's answer."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.attack.asked import Goal
from analytics.attack.facts import Assignment, Facts

_NODES = 100  # past so many branches nothing is concluded
_OPTIMAL, _INFEASIBLE = 0, 2


class Unsolved(RuntimeError):
    """The solver came to no answer, so nothing may be concluded."""


def company(facts: Facts) -> Assignment | None:
    """Some company that fits every fact; None when the facts contradict each other."""
    blocks, classes = len(facts.size), len(facts.ranges)
    rows = _facts(facts).and_then(_blocks(facts, facts.size), 0).of(blocks * (classes + 1))
    whole = np.concatenate([np.ones(blocks * classes), np.zeros(blocks)])
    found = milp(np.zeros(len(whole)), constraints=rows, integrality=whole)
    if found.x is None:
        return None
    count = np.rint(found.x[: blocks * classes]).astype(np.int64).reshape(blocks, classes)
    return Assignment(count, found.x[blocks * classes :])


def totals(
    facts: Facts, start: Assignment, free: np.ndarray, push: np.ndarray, low: np.ndarray, high: np.ndarray
) -> Assignment | None:
    """The company's people by class with other sums of values in the ``free`` blocks, pushed up or down; or None.

    ``push``: per free block, how much a higher sum is wanted (negative: a lower one); ``low``, ``high``: its ends.
    """
    fixed = Assignment(start.count, start.total.copy())
    fixed.total[free] = 0.0
    given = facts.rows(fixed)
    coef = facts.columns(free)
    rows = np.flatnonzero((facts.what == -1) & (np.diff(coef.indptr) > 0))
    limits = LinearConstraint(coef[rows], (facts.low - given)[rows], (facts.high - given)[rows])
    found = milp(-push, constraints=limits, bounds=Bounds(low, high))
    if found.x is None:
        return None
    fixed.total[free] = found.x
    return fixed


class Person:
    """One person of one block over every company that fits: a program that is built once and asked several times."""

    def __init__(self, facts: Facts, block: int) -> None:
        blocks, classes = len(facts.size), len(facts.ranges)
        others = facts.size.copy()
        others[block] -= 1
        before = blocks * (classes + 1)
        rows = _facts(facts, block).and_then(_blocks(facts, others), 0)
        self._rows = rows.and_then(_blocks(facts, np.array([1])), before).of(before + classes + 1)
        self._whole = np.concatenate([np.ones(blocks * classes), np.zeros(blocks), np.ones(classes), [0]])
        self._classes, self._block = classes, block

    def example(self, goal: Goal) -> Assignment | None:
        """Some company in which the person is as the goal says; None when there is none.

        Its blocks are those of the facts, the person among the others.
        """
        blocks, classes = (len(self._whole) - self._classes - 1) // (self._classes + 1), self._classes
        high = np.full(len(self._whole), np.inf)
        high[-classes - 1 : -1] = np.isin(np.arange(classes), goal.classes)
        low = np.zeros(len(high))
        low[-1], high[-1] = goal.low, goal.high
        found = self._solved(np.zeros(len(high)), Bounds(low, high))
        if found is None:
            return None
        count = np.rint(found[: blocks * classes]).astype(np.int64).reshape(blocks, classes)
        total = found[blocks * classes : blocks * (classes + 1)].copy()
        count[self._block] += np.rint(found[-classes - 1 : -1]).astype(np.int64)
        total[self._block] += found[-1]
        return Assignment(count, total)

    def share(self, classes: tuple[int, ...]) -> tuple[float, float]:
        """0 to 1: whether the person must, or cannot, fall into one of ``classes``."""
        weights = np.zeros(len(self._whole))
        weights[-self._classes - 1 + np.array(classes)] = 1
        return self._least(weights), -self._least(-weights)

    def value(self) -> tuple[float, float]:
        """The lowest and the highest value that the person may have."""
        weights = np.zeros(len(self._whole))
        weights[-1] = 1
        return self._least(weights), -self._least(-weights)

    def _least(self, weights: np.ndarray) -> float:
        """The least of a weighted sum."""
        found = self._solved(weights, Bounds(0, np.inf))
        if found is None:
            raise Unsolved("Expected a company that fits, but the solver found none.")
        return float(weights @ found)

    def _solved(self, weights: np.ndarray, bounds: Bounds) -> np.ndarray | None:
        """The unknowns at the least of a weighted sum, None when nothing fits; without presolve when it stumbles."""
        for presolve in (True, False):
            options = {"presolve": presolve, "node_limit": _NODES}
            found = milp(weights, integrality=self._whole, bounds=bounds, constraints=self._rows, options=options)
            if found.status in (_OPTIMAL, _INFEASIBLE):
                return None if found.x is None else np.asarray(found.x)
        raise Unsolved(f"Expected the solver to end with status 0 or 2, but got {found.status}.")


@dataclass(frozen=True)
class _Rows:
    """Rows of a program by their entries: ``low <= matrix @ unknowns <= high``."""

    row: np.ndarray
    column: np.ndarray
    value: np.ndarray
    low: np.ndarray
    high: np.ndarray

    def and_then(self, other: _Rows, columns: int) -> _Rows:
        """These rows, then others whose unknowns stand ``columns`` further on."""
        return _Rows(
            np.concatenate([self.row, other.row + len(self.low)]),
            np.concatenate([self.column, other.column + columns]),
            np.concatenate([self.value, other.value]),
            np.concatenate([self.low, other.low]),
            np.concatenate([self.high, other.high]),
        )

    def of(self, unknowns: int) -> LinearConstraint:
        """The rows as the solver takes them."""
        matrix = sparse.csr_array((self.value, (self.row, self.column)), shape=(len(self.low), unknowns))
        return LinearConstraint(matrix, self.low, self.high)


def _facts(facts: Facts, block: int = -1) -> _Rows:
    """The facts over (people by block and class, sum of values by block), then one person of ``block``, if any."""
    coef, (blocks, classes) = facts.coef.tocoo(), (len(facts.size), len(facts.ranges))
    of_sums = facts.what[coef.row] < 0
    counted = np.zeros((coef.nnz, classes), bool)
    counted[~of_sums] = facts.masks[facts.what[coef.row[~of_sums]]]
    at, group = np.nonzero(counted)
    sums = np.flatnonzero(of_sums)
    entry = np.concatenate([at, sums])
    column = np.concatenate([coef.col[at] * classes + group, blocks * classes + coef.col[sums]])
    person = np.concatenate([group, np.full(len(sums), classes)]) + blocks * (classes + 1)
    theirs = coef.col[entry] == block
    row, value = coef.row[entry], coef.data[entry].astype(np.float64)
    return _Rows(
        np.concatenate([row, row[theirs]]),
        np.concatenate([column, person[theirs]]),
        np.concatenate([value, value[theirs]]),
        facts.low,
        facts.high,
    )


def _blocks(facts: Facts, size: np.ndarray) -> _Rows:
    """Every block holds its people, and the sum of their values lies in the ranges of their classes."""
    blocks, classes = len(size), len(facts.ranges)
    each, total = np.arange(blocks), blocks * classes + np.arange(blocks)
    block, group = np.repeat(each, classes), np.tile(np.arange(classes), blocks)
    lowest, highest = facts.ranges[group].T
    people = block * classes + group
    return _Rows(
        np.concatenate([block, blocks + block, blocks + each, 2 * blocks + block, 2 * blocks + each]),
        np.concatenate([people, people, total, people, total]),
        np.concatenate([np.ones(len(block)), lowest, -np.ones(blocks), highest, -np.ones(blocks)]),
        np.concatenate([size, np.full(blocks, -np.inf), np.zeros(blocks)]),
        np.concatenate([size, np.zeros(blocks), np.full(blocks, np.inf)]),
    )
