"""Which groups of the organisation may be shown: the tree rule, chosen as well as it can be, from counts alone.

What anybody can work out exactly from figures of nested groups are the *blocks*: a shown group without the shown
groups inside it. So figures are safe from subtraction if and only if every block holds nobody or at least k people.
Among all choices that keep this rule, the one that shows most is found by going up the tree once.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

import numpy as np

_Chosen = tuple["_Chosen", "_Chosen"] | int | None  # units that are shown, as a tree of pairs: joining costs nothing
_State = dict[int, tuple[float, _Chosen]]  # people handed up uncovered (k stands for k or more) -> best choice so far


def choose(parents: Sequence[int], own: Sequence[int], k: int, allowed: Sequence[bool] | None = None) -> np.ndarray:
    """Which units to show so that every block is empty or holds ``k`` people, and the most is shown.

    ``parents``: place of each unit's parent, -1 for the root, parents before children; ``own``: people of each unit
    who belong to no unit below it; ``allowed``: units that may be shown at all. Returns bool per unit. A shown unit of
    n people is worth the square root of n; the root is shown whenever it has k people. Only counts are looked at, so
    what is hidden says nothing about answers.
    Checked against: all choices of small random trees, and the greedy rule on two-level trees.
    """
    if not len(parents):
        return np.zeros(0, bool)  # a wave of fewer than k people has no groups
    size = rolled_up(parents, own)
    may = [n >= k and (allowed is None or bool(allowed[place])) for place, n in enumerate(size)]
    states: list[_State] = [{min(int(people), k): (0.0, None)} for people in own]
    for place in range(len(parents) - 1, 0, -1):
        state = _with_unit(states[place], place, size[place], k, may[place])
        states[parents[place]] = _joined(states[parents[place]], state, k)
        states[place] = {}
    shown = np.zeros(len(parents), bool)
    for place in _flat(_best(_with_root(states[0], k, may[0]))):
        shown[place] = True
    return shown


def rolled_up(parents: Sequence[int], own: Sequence[int] | np.ndarray) -> np.ndarray:
    """Figures of each unit alone (units first) summed over everything below it."""
    total = np.array(own, copy=True)
    for place in range(len(parents) - 1, 0, -1):
        total[parents[place]] += total[place]
    return total


def covering(parents: Sequence[int], shown: np.ndarray) -> np.ndarray:
    """For each unit the nearest shown one at or above it, -1 where there is none: whose block its people are in."""
    found = np.full(len(parents), -1)
    for place, parent in enumerate(parents):
        found[place] = place if shown[place] else (found[parent] if parent >= 0 else -1)
    return found


def blocks(parents: Sequence[int], own: Sequence[int] | np.ndarray, shown: np.ndarray) -> np.ndarray:
    """How many people are in the block of each shown unit (0 for hidden ones)."""
    held = covering(parents, shown)
    people = np.asarray(own)
    return np.bincount(held[held >= 0], people[held >= 0], minlength=len(parents)).astype(np.int64)


def _with_unit(state: _State, place: int, size: int, k: int, may: bool) -> _State:
    """The state above a unit: as below it, or with the unit itself shown, which leaves nobody uncovered."""
    if not may:
        return state
    for residual in (0, k):
        if residual in state:
            worth, chosen = state[residual]
            _offer(state, 0, worth + sqrt(size), (chosen, place))
    return state


def _with_root(state: _State, k: int, may: bool) -> _State:
    if not may:
        return state
    return {residual: (worth, (chosen, 0)) for residual, (worth, chosen) in state.items() if residual in (0, k)}


def _joined(one: _State, other: _State, k: int) -> _State:
    made: _State = {}
    for r1, (worth1, chosen1) in one.items():
        for r2, (worth2, chosen2) in other.items():
            _offer(made, min(r1 + r2, k), worth1 + worth2, (chosen1, chosen2))
    return made


def _offer(state: _State, residual: int, worth: float, chosen: _Chosen) -> None:
    if residual not in state or worth > state[residual][0]:
        state[residual] = (worth, chosen)


def _best(state: _State) -> _Chosen:
    return max(state.values(), key=lambda entry: entry[0])[1] if state else None


def _flat(chosen: _Chosen) -> list[int]:
    found, waiting = [], [chosen]
    while waiting:
        one = waiting.pop()
        if isinstance(one, tuple):
            waiting += one
        elif one is not None:
            found.append(one)
    return found
