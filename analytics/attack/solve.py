"""Whole-number programs over one system's facts (HiGHS): companies that fit, and the ends of one person's answer."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.attack.facts import Assignment, Facts


class Unsolved(RuntimeError):
    """The solver came to no answer, so nothing may be concluded."""


def company(facts: Facts) -> Assignment | None:
    """Some company that fits every fact; None when the facts contradict each other."""
    start = Assignment(np.zeros((len(facts.size), len(facts.ranges)), np.int64), np.zeros(len(facts.size)))
    return pushed(facts, start, np.arange(len(facts.size)), np.zeros(start.count.shape), np.zeros(len(facts.size)))


def pushed(
    facts: Facts, start: Assignment, free: np.ndarray, by_count: np.ndarray, by_total: np.ndarray
) -> Assignment | None:
    """A company that differs from ``start`` in the ``free`` blocks alone, pushed towards the given weights.

    ``by_count``: free blocks by classes, ``by_total``: free blocks. It need not be the best one.
    """
    fixed = Assignment(start.count.copy(), start.total.copy())
    fixed.count[free], fixed.total[free] = 0, 0.0
    given = facts.rows(fixed)
    matrix, low, high = _rows(facts, free)
    touched = np.diff(matrix.indptr) > 0
    rows = [LinearConstraint(matrix[touched], (low - given)[touched], (high - given)[touched])]
    rows += _blocks(facts, facts.size[free])
    weights = -np.concatenate([by_count.ravel(), by_total])
    whole = np.concatenate([np.ones(by_count.size), np.zeros(len(free))])
    options = {"mip_rel_gap": 0.2, "node_limit": 200}
    found = milp(weights, constraints=rows, integrality=whole, bounds=Bounds(0, np.inf), options=options)
    if found.x is None:
        return None
    classes = by_count.shape[1]
    fixed.count[free] = np.rint(found.x[: by_count.size]).astype(np.int64).reshape(-1, classes)
    fixed.total[free] = found.x[by_count.size :]
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
        self._classes = classes

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
        """The least of a weighted sum; asked again without presolve when the solver stumbles, for one company fits."""
        for presolve in (True, False):
            found = milp(weights, integrality=self._whole, constraints=self._rows, options={"presolve": presolve})
            if found.status == 0:
                return float(found.fun)
        raise Unsolved(f"Expected the solver to end with status 0, but got {found.status}.")


def _rows(facts: Facts, free: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
    """The facts as rows over (people by block and class, sum of values by block) of the free blocks."""
    coef = facts.coef[:, free]
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
