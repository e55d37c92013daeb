"""Drivers and fit of a wave for every unit that may have model figures: rows are read once, into moments per block."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics import drivers, fit
from analytics.model import ModelFigure
from analytics.segment import scale_for
from analytics.wave import Wave


@dataclass(frozen=True)
class Association:
    """The figures of one view ("drivers" or "fit") for one outcome (a scale's id) at one unit."""

    view: str
    node: int
    outcome: str
    n: int
    figures: tuple[ModelFigure, ...]


def associations(
    wave: Wave,
    scores: pd.DataFrame,
    outcomes: Sequence[str],
    block: np.ndarray,
    inside: Mapping[int, Sequence[int]],
    least: int = drivers.LEAST_PEOPLE,
    least_cell: int = 25,
) -> Iterator[Association]:
    """Everything that views "drivers" and "fit" hold, unit by unit.

    ``block``: each person's smallest group that may be shown (0 and up, a hidden rest is one group), -1 for nobody's;
    ``inside``: for each unit that may have model figures, the blocks that make it up. A unit in which fewer than
    ``least`` people answered all that a model needs gets nothing from it; predictions of the surface need
    ``least_cell`` people.
    """
    held = block >= 0
    blocks = int(block.max(initial=-1)) + 1
    for outcome in outcomes:
        moments = _driver_moments(wave, scores, outcome, block, held, blocks)
        surfaces = _surface_moments(wave, scores, outcome, block, held, blocks)
        for node, places in inside.items():
            at = np.asarray(places, np.int64)
            if moments is not None and moments.gram[at, 0, 0].sum() >= least:
                yield from _drivers(node, drivers.TeamMoments(moments.names, moments.gram[at]))
            if surfaces is not None and surfaces.gram[at, 0, 0].sum() >= least:
                found = fit.surface(fit.total(surfaces, places), least_cell)
                yield Association("fit", node, outcome, found.n, fit.figures(found))


def _drivers(node: int, moments: drivers.TeamMoments) -> Iterator[Association]:
    found = [drivers.drivers(moments, level) for level in drivers.LEVELS]
    figures = tuple(figure for one in found for figure in drivers.figures(one))
    yield Association("drivers", node, moments.names[-1], found[0].n, figures)


def _driver_moments(
    wave: Wave, scores: pd.DataFrame, outcome: str, block: np.ndarray, held: np.ndarray, blocks: int
) -> drivers.TeamMoments | None:
    scale = next(one for one in wave.scales if one.id == outcome)
    beside = [
        one.id for one in drivers.candidates(wave.scales, scale) if one.id in scores and scores[one.id].notna().any()
    ]
    columns = [scores[name].to_numpy(np.float64) for name in beside]
    if drivers.HOURS in wave.numbers and wave.numbers[drivers.HOURS].notna().any():
        beside, columns = [*beside, drivers.HOURS], [*columns, wave.numbers[drivers.HOURS].to_numpy(np.float64)]
    if not beside:
        return None
    values = np.column_stack((*columns, scores[outcome].to_numpy(np.float64)))
    return drivers.team_moments(values[held], (*beside, outcome), block[held], blocks)


def _surface_moments(
    wave: Wave, scores: pd.DataFrame, outcome: str, block: np.ndarray, held: np.ndarray, blocks: int
) -> fit.SurfaceMoments | None:
    found = [scale_for(role, scores, wave.scales) for role in ("preference", "supply")]
    if any(scale is None for scale in found):
        return None
    names = [scale.id for scale in found if scale is not None] + [outcome]
    preference, supply, strain = (scores[name].to_numpy(np.float64)[held] for name in names)
    return fit.surface_moments(preference, supply, strain, block[held], blocks)
