"""Scores to the Boundary Index (0 integration to 100 segmentation) and its three bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.instrument import Scale

INTEGRATION_UP_TO = 40.0
BALANCE_FROM = 60.0
BANDS = ("integration", "mixed", "balance")
MIN_ITEMS_ALONE = 3
_PARTS = {
    "preference": ("preference only", "how much people want work and private life kept apart"),
    "enactment_wh": ("work-to-home only", "how often work reaches into private time"),
    "enactment_hw": ("home-to-work only", "how often private matters reach into working time"),
}


@dataclass(frozen=True)
class Boundary:
    """The Boundary Index of each person, which parts it was made of, and the sentence that says so."""

    values: np.ndarray
    kind: str
    parts: tuple[str, ...]
    sentence: str


def boundary(scores: pd.DataFrame, scales: Sequence[Scale]) -> Boundary:
    """The Boundary Index B: the mean of preference, 100 - enactment work to home, 100 - enactment home to work.

    ``scores``: people by scales, 0-100, NaN missing. Where two or three parts exist, a person needs two of them;
    where one part of at least three items exists, B is that part and ``kind`` says which. Values 0-100, NaN missing,
    rounded to nine decimals so that 60 is exactly 60.
    Source: the product's own convention on the constructs of Kreiner 2006, doi:10.1002/job.386, and Kossek et al.
    2012, doi:10.1016/j.jvb.2012.04.003. Checked against: hand-worked cases.
    """
    found = {role: scale for role in _PARTS if (scale := scale_for(role, scores, scales)) is not None}
    if len(found) >= 2:
        return _joined(scores, found)
    if len(found) == 1:
        return _alone(scores, *next(iter(found.items())))
    subjects = "boundary preference or on mixing work and private life"
    return Boundary(_nobody(scores), "absent", (), f"This file has no questions on {subjects}.")


def bands(values: np.ndarray) -> np.ndarray:
    """The band of each B as int8: 0 missing, 1 integration (40 or lower), 2 mixed, 3 balance (60 or higher)."""
    band = np.where(values >= BALANCE_FROM, 3, np.where(values <= INTEGRATION_UP_TO, 1, 2))
    return np.where(np.isnan(values), 0, band).astype(np.int8)


def scale_for(role: str, scores: pd.DataFrame, scales: Sequence[Scale]) -> Scale | None:
    """The first scale that plays ``role`` and for which at least one person has a score."""
    return next((s for s in scales if s.role == role and s.id in scores and scores[s.id].notna().any()), None)


def _joined(scores: pd.DataFrame, found: dict[str, Scale]) -> Boundary:
    parts = np.column_stack([_toward_segmentation(scores, role, scale) for role, scale in found.items()])
    answered = (~np.isnan(parts)).sum(axis=1)
    total = np.nansum(parts, axis=1)
    values = np.where(answered >= 2, np.round(total / np.maximum(answered, 1), 9), np.nan)
    return Boundary(values, "full", tuple(scale.id for scale in found.values()), _joined_sentence(found))


def _joined_sentence(found: dict[str, Scale]) -> str:
    lacking = [words for role, (_, words) in _PARTS.items() if role not in found]
    if not lacking:
        return "The Boundary Index joins what people want with what they do, in both directions."
    return f"The Boundary Index joins two of its three parts: this file has no questions on {lacking[0]}."


def _alone(scores: pd.DataFrame, role: str, scale: Scale) -> Boundary:
    kind, words = _PARTS[role]
    if len(scale.items) < MIN_ITEMS_ALONE:
        count = f"{len(scale.items)} question{'s' if len(scale.items) > 1 else ''}"
        lacking = f"{count} on {words} and none on the other parts; {MIN_ITEMS_ALONE} are needed"
        return Boundary(_nobody(scores), "absent", (), f"This file has {lacking}, so there is no Boundary Index.")
    sentence = f"This file asks only {words}; the Boundary Index is that part alone ({kind}), not the full index."
    return Boundary(np.round(_toward_segmentation(scores, role, scale), 9), kind, (scale.id,), sentence)


def _toward_segmentation(scores: pd.DataFrame, role: str, scale: Scale) -> np.ndarray:
    values = scores[scale.id].to_numpy(np.float64)
    return values if role == "preference" else 100 - values


def _nobody(scores: pd.DataFrame) -> np.ndarray:
    return np.full(len(scores), np.nan)
