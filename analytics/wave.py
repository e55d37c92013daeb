"""What one survey wave is once it has been read: coded answers, a tree of units, the scales that were found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import pandas as pd

from analytics.instrument import Scale

EXCLUDABLE = ("unfinished", "few_answers", "possible_spam", "speeder", "hurried", "straightliner",
              "duplicate_respondent", "near_duplicate")  # fmt: skip


@dataclass(frozen=True)
class Alone:
    """Columns that, known together, leave ``alone`` people by themselves and ``small`` in groups under five."""

    columns: tuple[str, ...]
    alone: int
    small: int


@dataclass(frozen=True)
class Answering:
    """How a file was answered, before anybody was left out: exact numbers, for publishing; no page reads them.

    ``people``: rows of the file that are people; ``flags``: rows per response-quality flag; ``exclusions``: the flags
    (of ``EXCLUDABLE``) whose people were to be left out; ``left_out``: how many were: 0 when they are too few to leave
    out; ``everybody``: mean of each scale (0-100) with them, and how many have a score; ``alone``: what singles people
    out.
    """

    people: int = 0
    flags: Mapping[str, int] = field(default_factory=dict)
    exclusions: tuple[str, ...] = ()
    left_out: int = 0
    everybody: Mapping[str, tuple[float, int]] = field(default_factory=dict)
    alone: tuple[Alone, ...] = ()


@dataclass(frozen=True)
class Unit:
    """A node of the organisation: its name and the place of its parent in ``Tree.units`` (-1 for the root)."""

    name: str
    parent: int


@dataclass(frozen=True)
class Tree:
    """The organisation: ``units[0]`` is the whole, and every parent stands before its children."""

    units: tuple[Unit, ...]

    def __post_init__(self) -> None:
        for place, unit in enumerate(self.units):
            if not (-1 if place == 0 else 0) <= unit.parent < max(place, 0):
                raise ValueError(f"Unit {place} should come after its parent, but its parent is {unit.parent}.")

    def __len__(self) -> int:
        return len(self.units)

    @cached_property
    def children(self) -> tuple[tuple[int, ...], ...]:
        """The places of each unit's children, in order."""
        below: list[list[int]] = [[] for _ in self.units]
        for place, unit in enumerate(self.units[1:], start=1):
            below[unit.parent].append(place)
        return tuple(tuple(places) for places in below)

    @cached_property
    def level(self) -> tuple[int, ...]:
        """How many steps each unit lies below the whole (0 for the whole)."""
        depth: list[int] = []
        for unit in self.units:
            depth.append(0 if unit.parent < 0 else depth[unit.parent] + 1)
        return tuple(depth)

    def ancestors(self, place: int) -> tuple[int, ...]:
        """The units above ``place``, nearest first, the whole last."""
        above: list[int] = []
        while (place := self.units[place].parent) >= 0:
            above.append(place)
        return tuple(above)

    def descendants(self, place: int) -> tuple[int, ...]:
        """Every unit below ``place``, parents before children."""
        inside = {place}
        for other in range(place + 1, len(self.units)):
            if self.units[other].parent in inside:
                inside.add(other)
        return tuple(sorted(inside - {place}))

    def roll_up(self, direct: np.ndarray) -> np.ndarray:
        """Sum an array of per-unit figures (units first) over each unit's whole subtree."""
        total = np.array(direct, copy=True)
        for place in range(len(self.units) - 1, 0, -1):
            total[self.units[place].parent] += total[place]
        return total


@dataclass(frozen=True)
class Wave:
    """One wave of one survey, one row per respondent; only scoring, flags and model stages may touch its rows.

    ``answers``: int8 columns named by item id, 1 = lowest answer as worded, 0 = missing (no reverse scoring yet).
    ``numbers``: float columns (``hours`` = hours worked per week), NaN = missing.
    ``segments``: int16 columns, 0 = missing, 1.. = place in ``segment_labels[column]`` plus one.
    ``unit``: int32 place of each respondent's own unit in ``tree.units``.
    ``invited``: how many people were invited, per unit as the list of units has it; empty when nobody says.
    ``country``: where these people work (ISO 3166 alpha-2), "" when nobody says; ``answering``: how they answered, with
    those who were left out before the wave was made.
    """

    survey: str
    name: str
    sample: bool
    answers: pd.DataFrame
    numbers: pd.DataFrame
    segments: pd.DataFrame
    segment_labels: Mapping[str, tuple[str, ...]]
    unit: np.ndarray
    tree: Tree
    scales: tuple[Scale, ...]
    invited: tuple[int | None, ...] = ()
    country: str = ""
    answering: Answering = Answering()

    def __len__(self) -> int:
        return len(self.unit)
