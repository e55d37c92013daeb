"""Whole-number programs over one system's facts (HiGHS): companies that fit, and the ends of one person's answer."""

from __future__ import annotations

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
    matrix, low, high = _rows(facts, np.arange(blocks))
    rows = [LinearConstraint(matrix, low, high), *_blocks(facts, facts.size)]
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
        every = np.arange(blocks)
        matrix, low, high = _rows(facts, every)
        columns = [*range(block * classes, (block + 1) * classes), blocks * classes + block]
        with_person = sparse.hstack([matrix, matrix[:, columns]]).tocsr()
        self._rows = [LinearConstraint(with_person, low, high)]
        self._rows += [_padded(rows, classes + 1, before=False) for rows in _blocks(facts, others)]
        one = _blocks(facts, np.array([1]))
        self._rows += [_padded(rows, blocks * (classes + 1), before=True) for rows in one]
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


def _rows(facts: Facts, free: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """The facts as rows over (people by block and class, sum of values by block) of the free blocks."""
    coef = facts.columns(free)
    classes, blocks = len(facts.ranges), len(free)
    counts, sums = sparse.csr_matrix((len(facts.what), blocks * classes)), sparse.csr_matrix(coef.shape)
    for place, mask in enumerate(facts.masks):
        of_mask = sparse.diags_array((facts.what == place).astype(float))
        counts = counts + sparse.kron(of_mask @ coef, mask[None, :])
    sums = sparse.diags_array((facts.what == -1).astype(float)) @ coef
    return sparse.hstack([counts, sums]).tocsr(), facts.low, facts.high


def _blocks(facts: Facts, size: np.ndarray) -> list[LinearConstraint]:
    """Every block holds its people, and the sum of their values lies in the ranges of their classes."""
    blocks = len(size)
    eye = sparse.eye_array(blocks)
    people = sparse.hstack([sparse.kron(eye, np.ones((1, len(facts.ranges)))), sparse.csr_matrix((blocks, blocks))])
    below = sparse.hstack([sparse.kron(eye, facts.ranges[:, 0][None, :]), -eye])
    above = sparse.hstack([sparse.kron(eye, facts.ranges[:, 1][None, :]), -eye])
    return [
        LinearConstraint(people, size, size),
        LinearConstraint(below, -np.inf, 0),
        LinearConstraint(above, 0, np.inf),
    ]


def _padded(rows: LinearConstraint, columns: int, before: bool) -> LinearConstraint:
    """The same rows beside ``columns`` other unknowns."""
    empty = sparse.csr_matrix((rows.A.shape[0], columns))
    return LinearConstraint(sparse.hstack([empty, rows.A] if before else [rows.A, empty]), rows.lb, rows.ub)
