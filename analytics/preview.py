"""What managers will see of a wave before it is published, from numbers of people alone; and small teams to join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from analytics.protect.family import family
from analytics.protect.thresholds import Thresholds, thresholds
from analytics.protect.tree import choose, rolled_up
from analytics.wave import Tree, Unit

KS = (5, 8, 10, 12)  # the smallest groups that are set side by side
LONGEST = 80  # characters of a unit's name
_FIRST = 60  # of them for the first name, where the others do not fit
CAVEAT = (
    "This counts the people who answered. A question that fewer people answered may show fewer teams, and a row "
    '"Other teams in …" goes where the attack finds that it says too much.'
)


@dataclass(frozen=True)
class Outlook:
    """How many teams, and people in them, will be shown on their own, inside "Other teams in ...", or not at all.

    A team is a unit below the whole that somebody names as their own; ``k`` is the smallest group behind any figure.
    """

    k: int
    own: int
    others: int
    hidden: int
    people_own: int
    people_others: int
    people_hidden: int

    @property
    def teams(self) -> int:
        """Teams in all."""
        return self.own + self.others + self.hidden

    @property
    def people(self) -> int:
        """People who name a team."""
        return self.people_own + self.people_others + self.people_hidden

    @property
    def share(self) -> float | None:
        """The share of people who see their own team, 0 to 1; None when nobody names a team."""
        return self.people_own / self.people if self.people else None


@dataclass(frozen=True)
class Join:
    """Sibling teams (places in the tree) that can be shown when they are one team of that name."""

    units: tuple[int, ...]
    names: tuple[str, ...]
    name: str
    people: int


@dataclass(frozen=True)
class Joined:
    """A tree in which teams were joined, each unit's own people, and the new place of each old unit."""

    tree: Tree
    people: np.ndarray
    place: np.ndarray


def outlook(tree: Tree, people: np.ndarray, sizes: Thresholds) -> Outlook:
    """What will be shown of the teams of a wave.

    ``people``: respondents of each unit of the tree who belong to no unit below it. Only counts are looked at.
    Checked against: the units of published releases.
    """
    groups = family(tree, people, sizes.k)
    named = (people > 0) & (np.arange(len(tree)) > 0)
    inside = np.array([place >= 0 and groups.groups[place].rest for place in groups.place])
    parts = [named & groups.shown, named & ~groups.shown & inside, named & ~groups.shown & ~inside]
    teams = [int(part.sum()) for part in parts]
    counted = [int(people[part].sum()) for part in parts]
    return Outlook(sizes.k, teams[0], teams[1], teams[2], counted[0], counted[1], counted[2])


def by_k(tree: Tree, people: np.ndarray, ks: Sequence[int] = KS) -> tuple[Outlook, ...]:
    """The same wave for several smallest groups, in the order given."""
    return tuple(outlook(tree, people, thresholds(k)) for k in ks)


def joins(tree: Tree, people: np.ndarray, sizes: Thresholds) -> tuple[Join, ...]:
    """Hidden sibling teams to join before publishing, so that each joined team is shown; largest first.

    Teams are joined in the data, so nothing of their own exists that could be subtracted: the tree rule then decides
    about the joined team as about any other. A join that would be the whole unit above is not proposed.
    Checked against: the tree rule on the joined tree, for random trees.
    """
    parents = [unit.parent for unit in tree.units]
    shown = choose(parents, people.tolist(), sizes.k)
    total = rolled_up(parents, people)
    found = [
        join
        for parent in range(len(tree))
        for join in _below(tree, parent, people, shown, sizes.k)
        if join.people < total[parent]
    ]
    while found:
        made = joined(tree, people, found)
        visible = choose([unit.parent for unit in made.tree.units], made.people.tolist(), sizes.k)
        kept = [join for join in found if visible[made.place[join.units[0]]]]
        if len(kept) == len(found):
            break
        found = kept
    return tuple(sorted(found, key=lambda join: (-join.people, join.name)))


def joined(tree: Tree, people: np.ndarray, wanted: Sequence[Join]) -> Joined:
    """The tree with teams joined: each join takes the place of its first team, parents stay before children."""
    name = {unit: join.name for join in wanted for unit in join.units}
    first = {unit: min(join.units) for join in wanted for unit in join.units}
    place = np.zeros(len(tree), np.int64)
    units: list[Unit] = []
    for old, unit in enumerate(tree.units):
        if first.get(old, old) != old:
            place[old] = place[first[old]]
            continue
        place[old] = len(units)
        units.append(Unit(name.get(old, unit.name), int(place[unit.parent]) if unit.parent >= 0 else -1))
    return Joined(Tree(tuple(units)), np.bincount(place, people, len(units)).astype(np.int64), place)


def foreseen(tree: Tree, people: np.ndarray, sizes: Thresholds) -> dict[str, Any]:
    """Everything as plain values: ``words``, ``share``, ``by_k`` and ``joins``."""
    seen = outlook(tree, people, sizes)
    rows = by_k(tree, people, sorted({*KS, sizes.k}))
    proposed = joins(tree, people, sizes)
    return {
        "words": in_words(seen),
        "share": seen.share,
        "by_k": [asdict(one) | {"teams": one.teams, "share": one.share} for one in rows],
        "joins": [asdict(join) | {"words": _proposed(tree, join)} for join in proposed],
    }


def in_words(seen: Outlook) -> list[str]:
    """An outlook in plain sentences, without the numbers of people in small groups."""
    if not seen.teams:
        return ["Nobody names a team, so answers are shown for the whole organisation only."]
    lines = [f"{_teams(seen.own, seen.teams)} will be shown on {_their(seen.own)} own."]
    if seen.share is not None:
        lines[0] += f" {seen.share:.0%} of the people will see their own team."
    if seen.others:
        lines.append(f'{_teams(seen.others, seen.teams)} will be inside a row "Other teams in …".')
    if seen.hidden:
        only = "its people count" if seen.hidden == 1 else "their people count"
        lines.append(
            f"{_teams(seen.hidden, seen.teams)} will have nothing of {_their(seen.hidden)} own: {only} in the units "
            "above only."
        )
    return [*lines, CAVEAT]


def _below(tree: Tree, parent: int, people: np.ndarray, shown: np.ndarray, k: int) -> list[Join]:
    """The joins among the hidden teams right below one unit."""
    leaves = [unit for unit in tree.children[parent] if people[unit] and not tree.children[unit] and not shown[unit]]
    small = sorted((unit for unit in leaves if people[unit] < k), key=lambda unit: (-people[unit], unit))
    parts = _covered(small, people, k)
    large = [unit for unit in leaves if people[unit] >= k]
    if not parts and small and large:
        parts = [[*small, min(large, key=lambda unit: int(people[unit]))]]
    taken = {tree.units[unit].name.casefold() for unit in tree.children[parent]}
    made = [_join(tree, people, sorted(part)) for part in parts]
    return [join for join in made if join.name.casefold() not in taken]


def _covered(small: Sequence[int], people: np.ndarray, k: int) -> list[list[int]]:
    """Teams, largest first, in sets of at least ``k`` people: each large one is filled up with the smallest ones."""
    waiting, parts = list(small), list[list[int]]()
    while sum(int(people[unit]) for unit in waiting) >= k:
        part = [waiting.pop(0)]
        while sum(int(people[unit]) for unit in part) < k:
            part.append(waiting.pop())
        parts.append(part)
    if parts:
        min(parts, key=lambda part: sum(int(people[unit]) for unit in part)).extend(waiting)
    return parts


def _join(tree: Tree, people: np.ndarray, units: Sequence[int]) -> Join:
    names = tuple(tree.units[unit].name for unit in units)
    name = " + ".join(names)
    if len(name) > LONGEST:
        name = f"{names[0][:_FIRST].rstrip()} + {len(names) - 1} more"
    return Join(tuple(units), names, name, int(people[list(units)].sum()))


def _proposed(tree: Tree, join: Join) -> str:
    above = tree.units[tree.units[join.units[0]].parent].name
    names = f"{', '.join(join.names[:-1])} and {join.names[-1]}"
    return f"Join {names} in {above}: as one team they will be shown."


def _teams(number: int, of: int) -> str:
    return f"{number:,} of {of:,} team{'' if of == 1 else 's'}"


def _their(number: int) -> str:
    return "its" if number == 1 else "their"
