"""Every count that a wave's figures need, in one pass over its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import count, indicators
from analytics.count import Batch, Column, Grouping
from analytics.measure import Measure
from analytics.protect import split_cells
from analytics.protect.split_cells import Splitting
from analytics.segment import Boundary
from analytics.systems import System
from analytics.wave import Wave

_BATCH = 1 << 20  # rows counted at once
_UNIT, _STEP = "*unit", "*step"  # no measure's column is called so


@dataclass(frozen=True)
class Tallies:
    """Counts per system: units by codes; for splits, per system and attribute, large groups by categories by codes;
    and the leading burnout score by step of the Boundary Index (None without such a score)."""

    units: tuple[np.ndarray, ...]
    splits: tuple[tuple[np.ndarray, ...], ...]
    steps: np.ndarray | None


def tallies(
    wave: Wave, codes: pd.DataFrame, boundary: Boundary, every: Sequence[System], found: Splitting, head: Measure | None
) -> Tallies:
    """Count everything. ``codes``: coded columns by name; ``head``: the burnout mean that leads, None without one."""
    columns = [Column(system.name, len(system.classes)) for system in every]
    per_unit: list[Grouping] = [(Column(_UNIT, len(wave.tree)), column) for column in columns]
    per_split = [split_cells.groupings(found, system) for system in every]
    groupings = [*per_unit, *(grouping for one in per_split for grouping in one)]
    if head is not None:
        groupings.append((Column(_STEP, indicators.SLOPE_STEPS + 1), Column(head.column, len(head.weights))))
    held = {str(name): codes[name].to_numpy() for name in codes} | split_cells.columns(wave, found)
    held |= {_UNIT: wave.unit, _STEP: indicators.slope(boundary)}
    tables = count.tables(count.tally(_batches(held, len(wave)), groupings), groupings)
    rest = iter(tables[len(columns) :])
    splits = tuple(tuple(next(rest) for _ in one) for one in per_split)
    return Tallies(tuple(tables[: len(columns)]), splits, next(rest, None))


def _batches(columns: dict[str, np.ndarray], rows: int) -> Iterator[Batch]:
    for at in range(0, rows, _BATCH):
        yield {name: column[at : at + _BATCH] for name, column in columns.items()}
