"""Scores to what is counted: one coded column per figure, the figures themselves, and what the file cannot show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.indicator_set import COMPUTED, CONVENTION, NOT_SCORED, SCALE_INDICATORS, Indicator, indicator
from analytics.instrument import Line, Scale
from analytics.measure import Absent, Measure
from analytics.segment import BANDS, Boundary, bands, scale_for
from analytics.wave import Wave

SLOPE_STEPS = 5
AFTER_HOURS_ITEM = "EVK.ENAW1"
HEADLINE_ORDER = ("CBI.work", "CBI.personal", "CBI.client")
_MOST_CODES = 30_000
_WEEK = 168.0
_BURDEN = {"burnout": "high", "conflict": "high", "demand": "high"} | dict.fromkeys(
    ("control", "detachment", "resource", "wellbeing"), "low"
)


@dataclass(frozen=True)
class _Counted:
    """A coded column and the figures that its counts give."""

    column: str
    codes: np.ndarray
    measures: tuple[Measure, ...]


def measures(
    wave: Wave, scores: pd.DataFrame, boundary: Boundary
) -> tuple[pd.DataFrame, tuple[Measure, ...], tuple[Absent, ...]]:
    """Every figure that this file can show, as coded columns to be counted.

    Returns (codes, figures, absent): ``codes`` holds one int16 column per ``Measure.column``, 0 for missing;
    figures come with the headline burnout scale first; ``absent`` names each of the fourteen indicators that the file
    lacks, with its sentence. A mean and the shares at its lines read the same column, so one count serves all.
    Lines and formulas: ``indicator_set``. Checked against: shares and means worked out directly from the scores.
    """
    counted = [*_scales(wave, scores), *_boundary_index(boundary), *_derived(wave, scores)]
    codes = pd.DataFrame({entry.column: entry.codes for entry in counted}, index=scores.index, dtype=np.int16)
    figures = tuple(measure for entry in counted for measure in entry.measures)
    return codes, figures, _absent(figures)


def slope(boundary: Boundary) -> np.ndarray:
    """B in five steps as int16: 1 for 0 to under 20, up to 5 for 80 to 100; 0 missing. Counted with a burnout score."""
    step: np.ndarray = np.minimum(np.floor(boundary.values / (100 / SLOPE_STEPS)) + 1, SLOPE_STEPS)
    return np.where(np.isnan(step), 0, step).astype(np.int16)


def coded(values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Codes (int16, 0 missing, otherwise 1 + the place of the value) and the sorted distinct values themselves.

    Where more than 30,000 values differ, they are first rounded to hundredths, so that codes fit 16 bits.
    """
    present = ~np.isnan(values)
    distinct, place = np.unique(values[present], return_inverse=True)
    if len(distinct) > _MOST_CODES:
        distinct, place = np.unique(np.round(values[present], 2), return_inverse=True)
    codes = np.zeros(len(values), np.int16)
    codes[present] = place + 1
    return codes, distinct


def _scales(wave: Wave, scores: pd.DataFrame) -> list[_Counted]:
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


def _scale(scale: Scale, values: np.ndarray, headline: str) -> _Counted:
    codes, distinct = coded(values)
    mean = Measure(
        id=scale.id,
        kind="mean",
        title=scale.title,
        column=scale.id,
        weights=(np.nan, *distinct.tolist()),
        indicator=SCALE_INDICATORS.get(scale.id, ""),
        role=scale.role,
        burden=_BURDEN.get(scale.role, ""),
        scale=scale.id,
        formula=f"mean of {len(scale.items)} answers as 0 to 100; {scale.min_answered} needed per person",
        source=scale.source,
        caveat=scale.caveat,
        headline=scale.role == "burnout" and scale.instrument == headline,
    )
    shares = [_at_line(mean, line, distinct) for line in scale.lines]
    return _Counted(scale.id, codes, (mean, *shares, *_below_midpoint(mean, distinct)))


def _at_line(mean: Measure, line: Line, distinct: np.ndarray) -> Measure:
    return replace(
        mean,
        id=f"{mean.id}>={line.at:g}",
        kind="share",
        title=f"{mean.title}: {line.at:g} or higher",
        weights=_hits(distinct >= line.at),
        line=line,
        formula=f"share of people whose score is {line.at:g} or higher",
        source=line.source,
        caveat=line.caveat or mean.caveat,
        headline=False,
    )


def _below_midpoint(mean: Measure, distinct: np.ndarray) -> tuple[Measure, ...]:
    wanted = {"detachment": "I7", "control": "I10"}.get(mean.role)
    if wanted is None:
        return ()
    low = _share(indicator(wanted), mean.column, _hits(distinct < 50), mean.role, mean.scale)
    return (replace(low, side="below"),)


def _boundary_index(boundary: Boundary) -> list[_Counted]:
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
    return [_Counted("B", codes, (mean, leaning))]


def _derived(wave: Wave, scores: pd.DataFrame) -> list[_Counted]:
    roles = ("preference", "supply", "enactment_wh", "enactment_hw")
    by_role = {role: _by_role(role, wave, scores) for role in roles}
    preference, supply, to_home, to_work = by_role.values()
    maybe = (
        _supply_gap(preference, supply),
        _unwanted_mixing(preference, to_home, to_work),
        _after_hours(wave),
        _hours(wave),
    )
    return [entry for entry in maybe if entry is not None and entry.codes.any()]


def _by_role(role: str, wave: Wave, scores: pd.DataFrame) -> np.ndarray | None:
    scale = scale_for(role, scores, wave.scales)
    return None if scale is None else scores[scale.id].to_numpy(np.float64)


def _supply_gap(preference: np.ndarray | None, supply: np.ndarray | None) -> _Counted | None:
    if preference is None or supply is None:
        return None
    gap = np.round(preference - supply, 9)
    codes = _classes(gap, np.where(gap >= 25, 3, np.where(gap <= -25, 1, 2)))
    under = _share(indicator("I8"), "gapS", _hits([False, False, True]), "supply")
    over = _share(indicator("I8.over"), "gapS", _hits([True, False, False]), "supply")
    return _Counted("gapS", codes, (under, over))


def _unwanted_mixing(
    preference: np.ndarray | None, to_home: np.ndarray | None, to_work: np.ndarray | None
) -> _Counted | None:
    if preference is None or to_home is None or to_work is None:
        return None
    enacted = np.round((to_home + to_work) / 2, 9)
    codes = _classes(preference + enacted, np.where((preference >= 60) & (enacted >= 60), 2, 1))
    return _Counted("I9", codes, (_share(indicator("I9"), "I9", _hits([False, True]), "boundary"),))


def _after_hours(wave: Wave) -> _Counted | None:
    items = {item.id: item for scale in wave.scales for item in scale.items}
    item = items.get(AFTER_HOURS_ITEM)
    if item is None or item.levels != 5 or item.id not in wave.answers:
        return None
    often = _hits([False, False, False, True, True])
    measure = _share(indicator("I11"), item.id, often, "enactment_wh")
    return _Counted(item.id, wave.answers[item.id].to_numpy(np.int16), (measure,))


def _hours(wave: Wave) -> _Counted | None:
    if "hours" not in wave.numbers:
        return None
    hours = wave.numbers["hours"].to_numpy(np.float64)
    possible = np.where((hours >= 0) & (hours <= _WEEK), hours, np.nan)
    codes = _classes(possible, np.where(possible >= 55, 3, np.where(possible > 48, 2, 1)))
    long = _share(indicator("I12.48"), "hours", _hits([False, True, True]), "demand")
    very_long = _share(indicator("I12.55"), "hours", _hits([False, False, True]), "demand")
    return _Counted("hours", codes, (long, very_long))


def _classes(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), 0, classes).astype(np.int16)


def _hits(counts: Iterable[bool]) -> tuple[float, ...]:
    return (np.nan, *(1.0 if hit else 0.0 for hit in counts))


def _share(entry: Indicator, column: str, weights: tuple[float, ...], role: str, scale: str = "") -> Measure:
    return Measure(
        id=entry.id,
        kind="share",
        title=entry.title,
        column=column,
        weights=weights,
        indicator=entry.id.split(".")[0],
        role=role,
        burden=entry.burden,
        line=entry.line,
        scale=scale,
        formula=entry.formula,
        source=entry.source,
        caveat=entry.caveat,
    )


def _absent(figures: tuple[Measure, ...]) -> tuple[Absent, ...]:
    shown = {measure.indicator for measure in figures}
    lacking = {entry.id.split(".")[0]: entry.absent for entry in COMPUTED if entry.absent}
    lacking |= {name: f"This file has no questions on {what} that Evenkeel can score yet." for name, what in NOT_SCORED}
    ordered = sorted(lacking.items(), key=lambda pair: int(pair[0][1:]))
    return tuple(Absent(name, sentence) for name, sentence in ordered if name not in shown)
