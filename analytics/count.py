"""The counting seam: everything that is published comes from counts of coded columns, and ``tally`` makes them all.

A batch is a set of equally long integer columns by name (a row group of a file, a part of a cluster, a whole wave).
Counts of batches add up in any order to the same bytes, so the same kernel may run wherever the rows are.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

Batch = Mapping[str, np.ndarray]
MOST_CELLS = 1 << 28  # of one grouping: beyond it, counts no longer fit into memory as a dense array


@dataclass(frozen=True)
class Column:
    """A coded column: whole numbers from 0 to ``size - 1``."""

    name: str
    size: int


Grouping = tuple[Column, ...]


def tally(batches: Iterable[Batch], groupings: Sequence[Grouping]) -> np.ndarray:
    """How many rows hold each combination of codes, for every grouping, one after another as an int64 vector.

    Raises ``ValueError`` when a code lies outside its column (it would be counted for another group) or when a
    grouping has more than 2**28 combinations.
    Checked against: ``pandas.crosstab``.
    """
    counts = [np.zeros(_size(grouping), np.int64) for grouping in groupings]
    for batch in batches:
        columns: dict[Column, np.ndarray] = {}
        for total, grouping in zip(counts, groupings, strict=True):
            total += np.bincount(_key(batch, grouping, columns), minlength=len(total))
    return np.concatenate(counts) if counts else np.zeros(0, np.int64)


def merge(parts: Iterable[np.ndarray]) -> np.ndarray:
    """The counts of several sets of batches as one: their sum, in whatever order they come."""
    first, *rest = parts
    return sum(rest, start=first.copy())


def tables(counts: np.ndarray, groupings: Sequence[Grouping]) -> list[np.ndarray]:
    """The vector of ``tally`` cut into one array per grouping, with one axis per column."""
    if not groupings:
        return []  # a file without any question that can be counted
    ends = np.cumsum([_size(grouping) for grouping in groupings])[:-1]
    shapes = [tuple(column.size for column in grouping) for grouping in groupings]
    return [part.reshape(shape) for part, shape in zip(np.split(counts, ends), shapes, strict=True)]


def _size(grouping: Grouping) -> int:
    size = prod(column.size for column in grouping)
    if size > MOST_CELLS:
        names = " x ".join(column.name for column in grouping)
        raise ValueError(f"A grouping should have at most {MOST_CELLS} combinations, but {names} has {size}.")
    return size


def _key(batch: Batch, grouping: Grouping, columns: dict[Column, np.ndarray]) -> np.ndarray:
    key = np.zeros(len(batch[grouping[0].name]), np.int64)
    for column in grouping:
        if column not in columns:
            columns[column] = _checked(batch[column.name], column)
        key = key * column.size + columns[column]
    return key


def _checked(codes: np.ndarray, column: Column) -> np.ndarray:
    if codes.size and (codes.min() < 0 or codes.max() >= column.size):
        found = f"{int(codes.min())} to {int(codes.max())}"
        raise ValueError(f"{column.name} should hold codes from 0 to {column.size - 1}, but got {found}.")
    return codes.astype(np.int64)  # small integers would wrap when they are joined
