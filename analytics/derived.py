"""Figures that are worked out from more than one score or from a single answer, as coded columns to be counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from analytics.indicator_set import ABOVE_50, CONVENTION, OLBI_DISENGAGED, OLBI_EXHAUSTED, Indicator, indicator
from analytics.measure import CodedColumn, Measure, hits
from analytics.segment import scale_for
from analytics.wave import Wave

AFTER_HOURS_ITEM = "EVK.ENAW1"
DEMANDS = ("COPSOQ.quantitative_demands", "COPSOQ.work_pace", "COPSOQ.emotional_demands")
RESOURCES = (
    "COPSOQ.influence",
    "COPSOQ.supervisor_support",
    "COPSOQ.colleague_support",
    "COPSOQ.role_clarity",
    "COPSOQ.control_over_working_time",
)
QUADRANTS = ("chosen separation", "unwanted mixing", "chosen mixing", "unwanted separation")
_MOST_CODES = 30_000
_WEEK = 168.0


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


def derived(wave: Wave, scores: pd.DataFrame) -> list[CodedColumn]:
    """The columns behind I4, I8, I9, I11, I12, I13 and the four quadrants, each where the file has what it needs.

    ``scores``: people by scales, 0-100, NaN missing.
    """
    roles = ("preference", "supply", "enactment_wh", "enactment_hw")
    by_role = {role: _by_role(role, wave, scores) for role in roles}
    preference, supply, to_home, to_work = by_role.values()
    maybe = (
        _burnout_pattern(scores),
        _supply_gap(preference, supply),
        _unwanted_mixing(preference, to_home, to_work),
        _quadrants(preference, to_home, to_work),
        _after_hours(wave),
        _hours(wave),
        _demands_and_resources(scores),
    )
    return [entry for entry in maybe if entry is not None and entry.codes.any()]


def _by_role(role: str, wave: Wave, scores: pd.DataFrame) -> np.ndarray | None:
    scale = scale_for(role, scores, wave.scales)
    return None if scale is None else scores[scale.id].to_numpy(np.float64)


def _supply_gap(preference: np.ndarray | None, supply: np.ndarray | None) -> CodedColumn | None:
    if preference is None or supply is None:
        return None
    gap = np.round(preference - supply, 9)
    codes = _classes(gap, np.where(gap >= 25, 3, np.where(gap <= -25, 1, 2)))
    under = share(indicator("I8"), "gapS", hits([False, False, True]), "supply")
    over = share(indicator("I8.over"), "gapS", hits([True, False, False]), "supply")
    return CodedColumn("gapS", codes, (under, over))


def _unwanted_mixing(
    preference: np.ndarray | None, to_home: np.ndarray | None, to_work: np.ndarray | None
) -> CodedColumn | None:
    if preference is None or to_home is None or to_work is None:
        return None
    enacted = np.round((to_home + to_work) / 2, 9)
    codes = _classes(preference + enacted, np.where((preference >= 60) & (enacted >= 60), 2, 1))
    return CodedColumn("I9", codes, (share(indicator("I9"), "I9", hits([False, True]), "boundary"),))


def _burnout_pattern(scores: pd.DataFrame) -> CodedColumn | None:
    if not {"OLBI.exhaustion", "OLBI.disengagement"} <= set(scores):
        return None
    exhausted, apart = (scores[f"OLBI.{name}"].to_numpy(np.float64) for name in ("exhaustion", "disengagement"))
    both = (exhausted >= OLBI_EXHAUSTED) & (apart >= OLBI_DISENGAGED)
    codes = _classes(exhausted + apart, np.where(both, 2, 1))
    return CodedColumn("I4", codes, (share(indicator("I4"), "I4", hits([False, True]), "burnout"),))


def _quadrants(
    preference: np.ndarray | None, to_home: np.ndarray | None, to_work: np.ndarray | None
) -> CodedColumn | None:
    if preference is None or to_home is None or to_work is None:
        return None
    mixes = np.round((to_home + to_work) / 2, 9)
    wants = preference >= 50
    place = np.where(wants, np.where(mixes >= 50, 2, 1), np.where(mixes >= 50, 3, 4))
    measure = Measure(
        id="quadrant",
        kind="parts",
        title="Wanted and lived",
        column="quadrant",
        weights=(np.nan, 0.0, 1.0, 2.0, 3.0),
        role="boundary",
        parts=QUADRANTS,
        formula="preference for separation at 50 or higher, and mixing (mean of both directions) at 50 or higher",
        source=CONVENTION,
        view="quadrants",
    )
    return CodedColumn("quadrant", _classes(preference + mixes, place), (measure,))


def _demands_and_resources(scores: pd.DataFrame) -> CodedColumn | None:
    demand, resource = _half_of(scores, DEMANDS), _half_of(scores, RESOURCES)
    if demand is None or resource is None:
        return None
    codes, distinct = coded(np.round((demand - resource + 100) / 2, 9))
    over = share(indicator("I13.over"), "I13", hits(distinct >= ABOVE_50), "demand")
    entry = indicator("I13")
    mean = replace(
        over, id="I13", kind="mean", title=entry.title, formula=entry.formula, source=entry.source, line=None
    )
    return CodedColumn("I13", codes, (replace(mean, weights=(np.nan, *distinct.tolist())), over))


def _half_of(scores: pd.DataFrame, names: Sequence[str]) -> np.ndarray | None:
    """Each person's mean over those of these scales that the file has, when half of them or more have a score."""
    held = [name for name in names if name in scores]
    if not held:
        return None
    values = scores[held].to_numpy(np.float64)
    answered = (~np.isnan(values)).sum(axis=1)
    mean: np.ndarray = np.nansum(values, axis=1) / np.maximum(answered, 1)
    return np.where(2 * answered >= len(held), mean, np.nan)


def _after_hours(wave: Wave) -> CodedColumn | None:
    items = {item.id: item for scale in wave.scales for item in scale.items}
    item = items.get(AFTER_HOURS_ITEM)
    if item is None or item.levels != 5 or item.id not in wave.answers:
        return None
    often = hits([False, False, False, True, True])
    measure = share(indicator("I11"), item.id, often, "enactment_wh")
    return CodedColumn(item.id, wave.answers[item.id].to_numpy(np.int16), (measure,))


def _hours(wave: Wave) -> CodedColumn | None:
    if "hours" not in wave.numbers:
        return None
    hours = wave.numbers["hours"].to_numpy(np.float64)
    possible = np.where((hours >= 0) & (hours <= _WEEK), hours, np.nan)
    codes = _classes(possible, np.where(possible >= 55, 3, np.where(possible > 48, 2, 1)))
    long = share(indicator("I12.48"), "hours", hits([False, True, True]), "demand")
    very_long = share(indicator("I12.55"), "hours", hits([False, False, True]), "demand")
    return CodedColumn("hours", codes, (long, very_long))


def _classes(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.where(np.isnan(values), 0, classes).astype(np.int16)


def share(entry: Indicator, column: str, weights: tuple[float, ...], role: str, scale: str = "") -> Measure:
    """A share indicator as its definition has it, read from ``column`` with these weights."""
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
