"""Submissions that are alike and came shortly after each other: most likely one person who sent the form twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import pandas as pd

from data.columns import Texts

ALIKE = 0.95  # share of the answers that have to be the same
WITHIN = 30 * 60  # seconds
FEWEST = 10  # ratings in common: fewer may well agree by chance
_NEXT = 5  # rows that a row is compared with among those that share a part of its answers
_ODD = np.uint64(0x9E3779B97F4A7C15)
_SHIFT = np.uint64(29)


def near_duplicates(
    columns: Sequence[Texts], rated: int, keys: Sequence[Texts], when: Callable[[np.ndarray], np.ndarray]
) -> set[int]:
    """Positions of the rows that repeat, within 30 minutes, at least 95 % of the answers of an earlier row.

    ``columns``: what people were asked, the ``rated`` ratings first; blanks on both sides count for nothing, and fewer
    than 10 ratings in common are no sign. ``keys``: columns that name a person; two people are never one. ``when``:
    seconds at given positions, NaN where unknown. Two rows that differ in d answers agree in one of d + 1 parts, so
    only rows that agree in a part are compared: with the next five of them in time.
    Source: the project's own rule; no threshold is published.
    Checked against: every pair of rows compared.
    """
    if rated < FEWEST:
        return set()
    parts = int((1 - ALIKE) * len(columns) + 1e-9) + 1
    marks = [_marks(columns[part::parts]) for part in range(parts)]
    shared = [np.flatnonzero(pd.Series(mark).duplicated(keep=False)) for mark in marks]
    seconds = np.full(len(marks[0]), np.nan)
    looked = np.unique(np.concatenate(shared))
    seconds[looked] = when(looked)
    found: set[int] = set()
    for mark, rows in zip(marks, shared, strict=True):
        for earlier, later in _pairs(mark, rows[~np.isnan(seconds[rows])], seconds):
            found.update(later[_are_alike(columns, rated, keys, earlier, later)].tolist())
    return found


def _marks(columns: Sequence[Texts]) -> np.ndarray:
    """A number per row that is the same where all these answers are."""
    marks = np.zeros(len(columns[0]), np.uint64)
    for column in columns:
        marks += column.places.astype(np.uint64) + np.uint64(1)
        marks *= _ODD
        marks ^= marks >> _SHIFT
    return marks


def _pairs(mark: np.ndarray, rows: np.ndarray, seconds: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Rows with the same mark that lie close in time, the earlier and the later ones."""
    ordered = rows[np.lexsort((rows, seconds[rows], mark[rows]))]
    for step in range(1, min(_NEXT, len(ordered) - 1) + 1):
        earlier, later = ordered[:-step], ordered[step:]
        close = (mark[earlier] == mark[later]) & (seconds[later] - seconds[earlier] <= WITHIN)
        yield earlier[close], later[close]


def _are_alike(
    columns: Sequence[Texts], rated: int, keys: Sequence[Texts], earlier: np.ndarray, later: np.ndarray
) -> np.ndarray:
    """Which pairs of rows have nearly all answers in common and no two different names."""
    same, common, different = (np.zeros(len(earlier), np.int32) for _ in range(3))
    for place, column in enumerate(columns):
        equal, said = _compared(column, earlier, later)
        same += equal & said
        different += ~equal
        if place < rated:
            common += equal & said
    alike = (common >= FEWEST) & (same >= ALIKE * (same + different) - 1e-9)
    for key in keys:
        equal, _ = _compared(key, earlier, later)
        named = np.array([bool(text.strip()) for text in key.texts], bool)[key.places]
        alike &= equal | ~(named[earlier] & named[later])
    return alike


def _compared(column: Texts, earlier: np.ndarray, later: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Whether two rows hold the same text, blanks around it aside, and whether the earlier one holds any."""
    known = {text: place for place, text in enumerate(dict.fromkeys(text.strip() for text in column.texts))}
    codes = np.array([known[text.strip()] for text in column.texts])
    blank = known.get("", -1)
    mine = codes[column.places[earlier]]
    return mine == codes[column.places[later]], mine != blank
