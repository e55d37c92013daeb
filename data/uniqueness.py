"""Who stands alone by what others know of them: groups under five in combinations of up to three columns, and the two
mildest ways to make the columns coarser until hardly anybody does.

With most of the staff answering, the file is nearly a census, so a row that stands alone is a person who does.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations as subsets

import numpy as np

from analytics.wave import Tree
from data.hierarchies import Level, levels

SMALL = 5  # people: a smaller group gives its members away
MOST_LEFT = 0.02  # share of the people who may stay in small groups
LARGE = 50  # people: units of that size are split by attributes
WHERE = ""  # the column of places in a search
_WIDTH = 3  # columns that are looked at together
_MANY = 16  # columns beyond which pairs are looked at
_BUDGET = 100_000_000  # rows times groupings that a search may look at


@dataclass(frozen=True)
class Combination:
    """Columns that, known together, leave ``alone`` rows by themselves and ``small`` rows in groups under five."""

    columns: tuple[str, ...]
    alone: int
    small: int


@dataclass(frozen=True)
class Coarsening:
    """One way to make columns coarser: each with its new step, how many rows stay in small groups, what is lost."""

    changes: tuple[tuple[str, Level], ...]
    left: int
    loss: float


def combinations(columns: Mapping[str, np.ndarray]) -> tuple[Combination, ...]:
    """Every combination of up to three columns in which somebody is in a group under five.

    ``columns``: whole-number codes by name, one per row (no answer is a code like any other). Those with most rows
    alone come first; among equals, those of fewer columns.
    Source: minimal sample uniques as in SUDA, Elliot et al. 2002, doi:10.1142/S0218488502001600; risk as 1/f, as for a
    census. Checked against: ``pandas`` group sizes.
    """
    width = _WIDTH if len(columns) <= _MANY else 2
    found = []
    for names in (part for size in range(1, width + 1) for part in subsets(columns, size)):
        sizes = _group_sizes([columns[name] for name in names])
        found.append(Combination(names, int((sizes == 1).sum()), int((sizes < SMALL).sum())))
    return tuple(
        sorted((one for one in found if one.small), key=lambda one: (-one.alone, -one.small, len(one.columns)))
    )


def exposed(columns: Mapping[str, np.ndarray]) -> int:
    """How many rows are in a group under five by some combination of up to three columns."""
    if not columns:
        return 0
    width = min(len(columns), _WIDTH if len(columns) <= _MANY else 2)
    parts = (_group_sizes([columns[name] for name in names]) < SMALL for names in subsets(columns, width))
    return int(np.any(list(parts), axis=0).sum())


def of_numbers(values: np.ndarray) -> np.ndarray:
    """Codes of a column of numbers as others know them of a person: in whole numbers, 0 for no answer.

    ``values``: floats, NaN for no answer. 34.2 and 34.9 years are one code, as nobody knows a colleague's age closer.
    """
    whole, known = np.floor(values), ~np.isnan(values)
    codes = np.zeros(len(values), np.int64)
    codes[known] = np.unique(whole[known], return_inverse=True)[1] + 1
    return codes


def first_to_single_out(found: Sequence[Combination]) -> tuple[Combination, ...]:
    """The combinations worth saying: of one, two and three columns the one with most rows alone, most of all first."""
    by_width: dict[int, Combination] = {}
    for one in found:
        most = by_width.get(len(one.columns))
        if one.alone and (most is None or one.alone > most.alone):
            by_width[len(one.columns)] = one
    return tuple(sorted(by_width.values(), key=lambda one: -one.alone))


def large_places(tree: Tree, unit: np.ndarray, least: int = LARGE) -> np.ndarray:
    """For each row the smallest unit above it (or its own) in which at least ``least`` people are left over from
    smaller ones: where attributes may be shown. The whole organisation takes whoever remains."""
    left = np.bincount(unit, minlength=len(tree))
    home = np.arange(len(tree))
    for place in range(len(tree) - 1, 0, -1):
        if left[place] < least:
            left[tree.units[place].parent] += left[place]
            home[place] = tree.units[place].parent
    for place in range(1, len(tree)):
        home[place] = home[home[place]] if home[place] != place else place
    placed: np.ndarray = home[unit]
    return placed


def coarsenings(
    columns: Mapping[str, np.ndarray], labels: Mapping[str, Sequence[str]], where: np.ndarray
) -> tuple[Coarsening, ...]:
    """The two mildest ways after which at most 2 % of the rows are in groups under five by any three columns.

    ``columns``: codes from 1 by name, 0 no answer; ``labels``: names of the codes; ``where``: the place of each row,
    which is known beside any column and stays as it is. Nothing when it is so already, or when there is no column.
    The second way is none that only goes further than the first.
    """
    if not columns or not len(where):
        return ()
    search = _Search(columns, labels, where)
    found: list[tuple[int, ...]] = []
    for steps in search.in_order_of_loss(found):
        if search.left(steps) <= MOST_LEFT * len(where):
            if not any(steps):
                return ()
            found.append(steps)
        if len(found) == 2:
            break
    return tuple(search.said(steps) for steps in found or [search.dropping()])


class _Search:
    """The lattice of steps, one number per column, over the distinct rows of a file."""

    def __init__(
        self, columns: Mapping[str, np.ndarray], labels: Mapping[str, Sequence[str]], where: np.ndarray
    ) -> None:
        self.names = tuple(columns)
        rows = np.column_stack([where, *columns.values()]).astype(np.int64)
        self.rows, self.weights = np.unique(rows, axis=0, return_counts=True)
        people = [np.bincount(columns[name], minlength=len(labels[name]) + 1) for name in self.names]
        self.levels = [levels(tuple(labels[name]), counts) for name, counts in zip(self.names, people, strict=True)]
        self._seen: dict[tuple[tuple[int, int], ...], np.ndarray] = {}
        self._spent = 0

    def in_order_of_loss(self, found: Sequence[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
        """Steps of all columns, least loss first, without those that go further than one that was found."""
        first = (0,) * len(self.names)
        waiting, met = [(0.0, first)], {first}
        while waiting and self._spent < _BUDGET:
            _, steps = heapq.heappop(waiting)
            if any(_beyond(steps, other) for other in found):
                continue
            yield steps
            for at in range(len(steps)):
                further = (*steps[:at], steps[at] + 1, *steps[at + 1 :])
                if further[at] < len(self.levels[at]) and further not in met:
                    met.add(further)
                    heapq.heappush(waiting, (self.loss(further), further))

    def loss(self, steps: Sequence[int]) -> float:
        """What all columns together give up."""
        return sum(column[step].loss for column, step in zip(self.levels, steps, strict=True))

    def left(self, steps: Sequence[int]) -> int:
        """How many rows are in a group under five by the place and any columns, three together at most."""
        known = [(0, 0), *((at, step) for at, step in enumerate(steps, start=1) if not self._dropped(at, step))]
        small = np.zeros(len(self.rows), bool)
        width = _WIDTH if len(self.names) < _MANY else 2
        for part in subsets(known, min(width, len(known))):
            small |= self._small(part)
            self._spent += len(self.rows)
        return int(self.weights[small].sum())

    def dropping(self) -> tuple[int, ...]:
        """Without a better way: the columns with most groups are left out, one after another, until it holds."""
        steps = [0] * len(self.names)
        for at in sorted(range(len(steps)), key=lambda at: -len(self.levels[at][0].of_code)):
            steps[at] = len(self.levels[at]) - 1
            if self.left(steps) <= MOST_LEFT * self.weights.sum():
                break
        return tuple(steps)

    def said(self, steps: Sequence[int]) -> Coarsening:
        """A way as a record."""
        changes = [(name, column[step]) for name, column, step in zip(self.names, self.levels, steps, strict=True)]
        return Coarsening(tuple(one for one in changes if one[1].loss), self.left(steps), self.loss(steps))

    def _dropped(self, at: int, step: int) -> bool:
        return self.levels[at - 1][step].is_dropped

    def _small(self, part: tuple[tuple[int, int], ...]) -> np.ndarray:
        if part not in self._seen:
            coded = [
                self.rows[:, at] if at == 0 else self.levels[at - 1][s].of_code[self.rows[:, at]] for at, s in part
            ]
            self._seen[part] = _group_sizes(coded, self.weights) < SMALL
        return self._seen[part]


def _beyond(steps: Sequence[int], other: Sequence[int]) -> bool:
    return all(step >= before for step, before in zip(steps, other, strict=True))


def _group_sizes(columns: Sequence[np.ndarray], weights: np.ndarray | None = None) -> np.ndarray:
    """For each row, how many rows (each counted ``weights`` times) are like it in all columns."""
    key = np.zeros(len(columns[0]), np.int64)
    for codes in columns:
        _, key = np.unique(key * (int(codes.max(initial=0)) + 1) + codes, return_inverse=True)
    sizes: np.ndarray = np.bincount(key, weights).astype(np.int64)[key]
    return sizes
