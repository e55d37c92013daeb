"""Scores to what is counted: one coded column per figure, the figures themselves, and what the file cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.derived import coded, derived, share
from analytics.indicator_set import (
    COMPUTED,
    CONVENTION,
    SCALE_INDICATORS,
    WHOLE_ONLY,
    Indicator,
    agree_side,
    at_most,
    indicator,
)
from analytics.instrument import Line, Scale
from analytics.measure import Absent, CodedColumn, Measure, hits
from analytics.segment import BANDS, Boundary, bands
from analytics.wave import Wave

SLOPE_STEPS = 5
TELEPRESSURE = "TELE.telepressure"
HEADLINE_ORDER = ("CBI.work", "CBI.personal", "CBI.client", "BAT12.total", "BAT23.total", "OLBI.exhaustion")
BURDEN = {"burnout": "high", "conflict": "high", "demand": "high"} | dict.fromkeys(
    ("control", "detachment", "resource", "wellbeing"), "low"
)
_BELOW_MIDPOINT = {"detachment": "I7", "control": "I10"}


def measures(
    wave: Wave, scores: pd.DataFrame, boundary: Boundary
) -> tuple[pd.DataFrame, tuple[Measure, ...], tuple[Absent, ...]]:
    """Every figure that this file can show, as coded columns to be counted.

    Returns (codes, figures, absent): ``codes`` holds one int16 column per ``Measure.column``, 0 for missing;
    figures come with the headline burnout scale first; ``absent`` names each of the fourteen indicators that the file
    lacks, with its sentence. A mean and the shares at its lines read the same column, so one count serves all.
    Lines and formulas: ``indicator_set``. Checked against: shares and means worked out directly from the scores.
    """
    counted = [*_scales(wave, scores), *_boundary_index(boundary), *derived(wave, scores)]
    codes = pd.DataFrame({entry.name: entry.codes for entry in counted}, index=scores.index, dtype=np.int16)
    figures = _told_apart(measure for entry in counted for measure in entry.measures)
    return codes, figures, _absent(figures)


def slope(boundary: Boundary) -> np.ndarray:
    """B in five steps as int16: 1 for 0 to under 20, up to 5 for 80 to 100; 0 missing. Counted with a burnout score."""
    step: np.ndarray = np.minimum(np.floor(boundary.values / (100 / SLOPE_STEPS)) + 1, SLOPE_STEPS)
    return np.where(np.isnan(step), 0, step).astype(np.int16)


def _scales(wave: Wave, scores: pd.DataFrame) -> list[CodedColumn]:
    held = [scale for scale in wave.scales if scale.id in scores and scores[scale.id].notna().any()]
    headline = _headline_instrument(held)
    ordered = sorted(held, key=lambda scale: _reading_order(scale, headline))
    return [_scale(scale, scores[scale.id].to_numpy(np.float64), headline) for scale in ordered]


def _headline_instrument(scales: Iterable[Scale]) -> str:
    """The one burnout questionnaire that leads: CBI, else another named one, else the analyst's own scales."""
    names = {scale.instrument for scale in scales if scale.role == "burnout"}
    return min(names, key=lambda name: (name != "CBI", name == "custom", name), default="")


def _reading_order(scale: Scale, headline: str) -> tuple[bool, bool, int]:
    leads = scale.role == "burnout" and scale.instrument == headline
    place = HEADLINE_ORDER.index(scale.id) if scale.id in HEADLINE_ORDER else len(HEADLINE_ORDER)
    return (not leads, scale.role != "burnout", place)


def _scale(scale: Scale, values: np.ndarray, headline: str) -> CodedColumn:
    codes, distinct = coded(values)
    mean = Measure(
        id=scale.id,
        kind="mean",
        title=scale.title,
        column=scale.id,
        weights=(np.nan, *distinct.tolist()),
        indicator=SCALE_INDICATORS.get(scale.id, ""),
        role=scale.role,
        burden=BURDEN.get(scale.role, ""),
        scale=scale.id,
        formula=f"mean of {len(scale.items)} answers as 0 to 100; {scale.min_answered} needed per person",
        source=scale.source,
        caveat=scale.caveat,
        headline=scale.role == "burnout" and scale.instrument == headline,
    )
    shares = [_at_line(mean, line, distinct) for line in scale.lines]
    more = (*_below_midpoint(mean, distinct), *_on_agree_side(mean, scale, distinct))
    return CodedColumn(scale.id, codes, (mean, *shares, *more))


def _at_line(mean: Measure, line: Line, distinct: np.ndarray) -> Measure:
    """The share beyond a line: at or above it, or at or below it where low scores are the worrying end."""
    low = mean.burden == "low"
    sign, words = ("<=", "lower") if low else (">=", "higher")
    cut, at = at_most(line.at) if low else line.at, f"{round(line.at, 1):g}"
    return replace(
        mean,
        id=f"{mean.id}{sign}{line.at:g}",
        kind="share",
        title=f"{mean.title}: {at} or {words}",
        weights=hits(distinct < cut if low else distinct >= cut),
        line=replace(line, at=cut),
        formula=f"share of people whose score is {at} or {words}: {line.name}",
        source=line.source,
        caveat=line.caveat or mean.caveat,
        headline=False,
        burden="high" if low else mean.burden,  # of a share of low scores, the high end is the worrying one
        side="below" if low else "at_least",
        whole_only=(mean.scale, line.at) in WHOLE_ONLY,
    )


def _below_midpoint(mean: Measure, distinct: np.ndarray) -> tuple[Measure, ...]:
    if mean.role not in _BELOW_MIDPOINT:
        return ()
    low = share(indicator(_BELOW_MIDPOINT[mean.role]), mean.column, hits(distinct < 50), mean.role, mean.scale)
    return (replace(low, side="below"),)


def _on_agree_side(mean: Measure, scale: Scale, distinct: np.ndarray) -> tuple[Measure, ...]:
    """I6, for each scale on its own, and telepressure; home getting in the way of work has no indicator."""
    cut = agree_side(scale.items[0].levels)
    if scale.id == TELEPRESSURE:
        return (_from_line(indicator("I11.pressure"), mean, distinct, cut),)
    if scale.role != "conflict" or scale.id.lower().endswith(("fiw", "fwc")):
        return ()
    found = _from_line(indicator("I6"), mean, distinct, cut)
    return (replace(found, id=f"I6.{scale.id}", title=f"{scale.title}: agree side"),)


def _from_line(entry: Indicator, mean: Measure, distinct: np.ndarray, cut: float) -> Measure:
    found = share(entry, mean.column, hits(distinct >= cut), mean.role, mean.scale)
    return found if entry.line is None else replace(found, line=replace(entry.line, at=cut))


def _boundary_index(boundary: Boundary) -> list[CodedColumn]:
    if np.isnan(boundary.values).all():
        return []
    codes, distinct = coded(boundary.values)
    title = "Boundary Index" if boundary.kind == "full" else f"Boundary Index ({boundary.kind})"
    mean = Measure(
        id="B",
        kind="mean",
        title=title,
        column="B",
        weights=(np.nan, *distinct.tolist()),
        role="boundary",
        formula="mean of preference, 100 minus mixing work into home, 100 minus mixing home into work",
        source=CONVENTION,
        caveat=boundary.sentence,
    )
    leaning = replace(
        mean,
        id="leaning",
        kind="parts",
        title="Leaning",
        weights=(np.nan, *(bands(distinct) - 1.0)),
        parts=BANDS,
        formula="integration-leaning: B of 40 or lower; balance-leaning: 60 or higher; mixed: between",
    )
    return [CodedColumn("B", codes, (mean, leaning))]


def _absent(figures: tuple[Measure, ...]) -> tuple[Absent, ...]:
    shown = {measure.indicator for measure in figures}
    lacking = {entry.id.split(".")[0]: entry.absent for entry in COMPUTED if entry.absent}
    ordered = sorted(lacking.items(), key=lambda pair: int(pair[0][1:]))
    return tuple(Absent(name, sentence) for name, sentence in ordered if name not in shown)


def _told_apart(figures: Iterable[Measure]) -> tuple[Measure, ...]:
    """Where two scales give the same indicator, the later one's figure carries its scale's name."""
    found: dict[str, Measure] = {}
    for figure in figures:
        twice = figure.id in found
        own = replace(figure, id=f"{figure.id}.{figure.scale}", title=f"{figure.title} ({figure.scale})")
        figure = own if twice else figure
        found[figure.id] = figure
    return tuple(found.values())
