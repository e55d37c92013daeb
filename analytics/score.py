"""Answers to scale scores: 0 to 100, by each scale's own missing rule and reversed items."""

from __future__ import annotations

from math import lcm

import numpy as np
import pandas as pd

from analytics.instrument import Scale
from analytics.wave import Wave


def score(wave: Wave) -> pd.DataFrame:
    """Score every scale whose questions the wave holds.

    Returns one float64 column per scale id, rows as in the wave, 0 (lowest) to 100 (highest as the scale is named),
    NaN where too few items were answered, or where a scale that this one needs has no score. A scale whose file holds
    fewer items than its rule needs, or lacks a scale that it needs, is left out.
    """
    columns = {
        scale.id: scale_scores(answer_codes(wave.answers, scale), scale)
        for scale in wave.scales
        if _items_found(wave.answers, scale) >= scale.min_answered
    }
    for scale in wave.scales:
        if scale.id in columns and scale.needs:
            columns = _with_parts(columns, scale)
    return pd.DataFrame(columns, index=wave.answers.index, dtype=np.float64)


def answer_codes(answers: pd.DataFrame, scale: Scale) -> np.ndarray:
    """The scale's answers as an int8 array of people by items, in the scale's order; items not asked are 0."""
    empty = np.zeros(len(answers), np.int8)
    held = [answers[item].to_numpy(np.int8) if item in answers else empty for item in scale.columns]
    return np.column_stack(held)


def scale_scores(codes: np.ndarray, scale: Scale) -> np.ndarray:
    """The mean of a person's answered items as a share of the possible range (POMP), times 100.

    ``codes``: people by items, 0 missing, 1 to ``levels`` as worded. Returns float64, NaN below ``min_answered``.
    Whole numbers are summed before the one division, so a score that should be 50 is exactly 50. Raises
    ``ValueError`` when a code lies outside an item's levels or the number of columns is not the scale's.
    Source: Cohen et al. 1999 (POMP), doi:10.1207/S15327906MBR3403_2; rules of each scale in its key.
    Checked against: the golden scoring cases for CBI, POMP and the half rule.
    """
    if codes.ndim != 2 or codes.shape[1] != len(scale.items):
        raise ValueError(f"{scale.id} should have {len(scale.items)} columns of answers, but got {codes.shape}.")
    step = lcm(*(item.levels - 1 for item in scale.items))
    total, answered = np.zeros(len(codes), np.int64), np.zeros(len(codes), np.int64)
    for item, column in zip(scale.items, codes.T, strict=True):
        _check_range(item.id, column, item.levels)
        given = column > 0
        above_lowest = (item.levels - column if item.reversed else column - 1).astype(np.int64)
        total += np.where(given, above_lowest, 0) * (step // (item.levels - 1))
        answered += given
    enough = answered >= max(scale.min_answered, 1)
    return np.where(enough, 100 * total / np.where(enough, step * answered, 1), np.nan)


def _with_parts(columns: dict[str, np.ndarray], scale: Scale) -> dict[str, np.ndarray]:
    """The columns with a total only where each of its parts has a score, or without it when a part is not there."""
    if not set(scale.needs) <= set(columns):
        return {name: values for name, values in columns.items() if name != scale.id}
    lacking = np.isnan([columns[part] for part in scale.needs]).any(axis=0)
    return columns | {scale.id: np.where(lacking, np.nan, columns[scale.id])}


def _items_found(answers: pd.DataFrame, scale: Scale) -> int:
    return sum(item in answers for item in scale.columns)


def _check_range(item: str, column: np.ndarray, levels: int) -> None:
    if column.size and (column.min() < 0 or column.max() > levels):
        raise ValueError(f"{item} should hold codes from 0 to {levels}, but got {column.min()} to {column.max()}.")
