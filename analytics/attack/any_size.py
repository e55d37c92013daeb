"""What holds of a person whatever the sizes are: programs in which the numbers of people are unknown as well.

Without the wave an attack takes the fewest people that the bands allow. What follows from those alone nobody can
conclude, since the real numbers may be larger: a class is proven, and a value bounded, only where it is so in every
company of any size that the figures allow.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from analytics.attack import sizes
from analytics.attack.asked import Question
from analytics.attack.seen import Group, System

_OPTIMAL, _INFEASIBLE = 0, 2
_SECONDS = 20.0  # a program that takes longer has come to no answer


class AnySize:
    """Every company that the figures of some groups allow, of any numbers of people.

    ``least``: the fewest people of each block, by the rule for what is left of a unit and by the bands.
    """

    def __init__(self, system: System, groups: Sequence[Group], inside: np.ndarray, least: np.ndarray) -> None:
        self._rows, self._low, self._high = sizes.rows(system, groups, inside)
        self._blocks, self._classes = len(least), system.n_classes
        self._ranges = np.zeros((system.n_classes, 2)) if system.ranges is None else system.ranges
        self._least = np.concatenate([least, np.zeros(self._rows.shape[1] - len(least))])

    def ends(self, block: int, question: Question) -> tuple[float, float]:
        """Between which ends the answer of a person of one block lies: of a share 0 or 1; NaN where unknown."""
        if question.classes:
            inside = np.isin(np.arange(self._classes), question.classes)
            may_be, may_not = (self._may_be(block, where) for where in (inside, ~inside))
            return (np.nan, np.nan) if may_be is None or may_not is None else (float(not may_not), float(may_be))
        low, high = (self._value(block, sign) for sign in (1.0, -1.0))
        return (np.nan, np.nan) if low is None or high is None else (low, high)

    def _may_be(self, block: int, classes: np.ndarray) -> bool | None:
        """Whether somebody of a block may be in one of some classes; None where the solver gives up."""
        one = np.zeros((1, self._rows.shape[1]))
        one[0, self._counts(block)[classes]] = 1
        rows = [LinearConstraint(self._rows, self._low, self._high), LinearConstraint(sparse.csr_array(one), 1, np.inf)]
        found = self._solved(np.zeros(one.shape[1]), rows, ())
        return None if found is None else bool(found.size)

    def _value(self, block: int, sign: float) -> float | None:
        """The lowest value (``sign`` 1) or the highest (-1) of a person of a block, over the classes they may have."""
        tried = [self._value_in(block, group, sign) for group in range(self._classes)]
        known = [value for value in tried if value is not None and not np.isnan(value)]
        return None if None in tried or not known else float(min(known) if sign > 0 else max(known))

    def _value_in(self, block: int, group: int, sign: float) -> float | None:
        """The same for one class; NaN where nobody of the block can be in it, None where the solver gives up."""
        columns = self._rows.shape[1]
        wide = sparse.hstack([self._rows, sparse.csr_array((self._rows.shape[0], 1))])
        person = np.zeros((3, columns + 1))
        person[0, self._counts(block)] = np.eye(self._classes)[group]
        total = self._blocks * (self._classes + 1) + block
        for row, values in ((1, self._ranges[:, 0]), (2, self._ranges[:, 1])):  # the others have what is left
            person[row, self._counts(block)], person[row, total], person[row, -1] = -values, 1, -1
        own = self._ranges[group]
        limits = [
            LinearConstraint(wide, self._low, self._high),
            LinearConstraint(sparse.csr_array(person), [1, -own[0], -np.inf], [np.inf, np.inf, -own[1]]),
        ]
        cost = np.append(np.zeros(columns), sign)
        found = self._solved(cost, limits, own)
        return None if found is None else float(found[-1]) if found.size else np.nan

    def _counts(self, block: int) -> np.ndarray:
        return self._blocks + block * self._classes + np.arange(self._classes)

    def _solved(self, cost: np.ndarray, rows: list[LinearConstraint], own: Sequence[float]) -> np.ndarray | None:
        """The unknowns at the least cost, empty where nothing fits, None where the solver comes to no answer.

        ``own``: between which ends one more unknown lies, a person's value, if there is one.
        """
        whole = np.zeros(len(cost))
        whole[: self._blocks * (self._classes + 1)] = 1
        low, high = np.append(self._least, own[:1]), np.append(np.full(len(self._least), np.inf), own[1:])
        bounds = Bounds(low, high)
        found = milp(cost, constraints=rows, integrality=whole, bounds=bounds, options={"time_limit": _SECONDS})
        if found.status == _INFEASIBLE:
            return np.array([])
        return np.asarray(found.x) if found.status == _OPTIMAL else None
