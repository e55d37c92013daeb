"""The groups of one wave that figures may be about: shown units, and "Other teams in ..." for the hidden ones."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.protect.tree import blocks, choose, covering, rolled_up
from analytics.wave import Tree


@dataclass(frozen=True)
class Group:
    """One group: its id in the release, its name, and where it lies (``rest``: people of its parent's hidden teams)."""

    id: int
    name: str
    parent: int
    level: int
    rest: bool = False


@dataclass(frozen=True)
class Family:
    """Every group that some figure may be shown for, parents before children, and where each unit's people count.

    ``place``: for each unit of the tree the group (place in ``groups``) that its own people belong to and no smaller
    one, -1 when the whole organisation itself may not be shown. ``shown``: bool per unit of the tree.
    """

    tree: Tree
    groups: tuple[Group, ...]
    parents: tuple[int, ...]
    place: np.ndarray
    shown: np.ndarray

    def gathered(self, per_unit: np.ndarray) -> np.ndarray:
        """Counts per unit of the tree (units first, own people only) as counts per group, own people only."""
        made = np.zeros((len(self.groups), *per_unit.shape[1:]), per_unit.dtype)
        held = self.place >= 0
        np.add.at(made, self.place[held], per_unit[held])
        return made

    def rolled_up(self, per_group: np.ndarray) -> np.ndarray:
        """Figures of each group's own people summed over the groups inside it."""
        return rolled_up(self.parents, per_group)


def family(tree: Tree, people: np.ndarray, k: int, rests: bool = True) -> Family:
    """The groups of a wave: what the tree rule shows, with a residual group wherever at least ``k`` people remain.

    ``people``: respondents of each unit who belong to no unit below it.
    """
    parents = [unit.parent for unit in tree.units]
    shown = choose(parents, people.tolist(), k)
    held = covering(parents, shown)
    units = np.flatnonzero(shown)
    at = {int(unit): place for place, unit in enumerate(units)}
    over = [-1 if parents[unit] < 0 else at[int(held[parents[unit]])] for unit in units]
    groups = [Group(int(u), tree.units[u].name, int(o), tree.level[u]) for u, o in zip(units, over, strict=True)]
    place = np.array([at.get(int(unit), -1) for unit in held])
    left = blocks(parents, people, shown)
    for unit in units if rests else ():
        if left[unit] >= k and shown[list(tree.descendants(int(unit)))].any():
            place[held == unit] = len(groups)
            groups.append(_rest(tree, people, shown, int(unit), at[int(unit)], len(groups) - len(units)))
    over += [group.parent for group in groups[len(units) :]]
    return Family(tree, tuple(groups), tuple(over), place, shown)


def _rest(tree: Tree, people: np.ndarray, shown: np.ndarray, unit: int, parent: int, number: int) -> Group:
    hidden = any(people[below] and not shown[below] for below in tree.descendants(unit))
    words = "Other teams in" if hidden else "Others in"
    return Group(len(tree) + number, f"{words} {tree.units[unit].name}", parent, tree.level[unit] + 1, True)
