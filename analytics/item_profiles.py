"""The two fitted profiles question by question: what the people of each of them answered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from analytics.groups import Groups
from analytics.protect import model
from analytics.protect.thresholds import Thresholds
from analytics.score import answer_codes
from analytics.wave import Wave

VIEW, MEASURE = "profiles", "items:2"


def item_means(codes: np.ndarray, levels: np.ndarray, chances: np.ndarray) -> np.ndarray:
    """Mean answers (classes by items, 0 lowest to 100 highest as worded), people counted by their probabilities.

    ``codes``: people by items, 0 missing; ``levels``: answers per item; ``chances``: people by classes, NaN outside.
    Source: McLachlan & Peel 2000, doi:10.1002/0471721182. Checked against: a case worked by hand.
    """
    weight = np.nan_to_num(chances).T
    answered = codes > 0
    points = np.where(answered, 100 * (codes - 1.0) / (levels - 1), 0.0)
    size = weight @ answered
    means: np.ndarray = np.where(size > 0, weight @ points / np.where(size > 0, size, 1), np.nan)
    return means


def cells(found: Groups, wave: Wave, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Each question behind B in both profiles, in whole points; none where a profile is too small to be shown."""
    if found.profiles is None or found.memberships is None or not model.has_profiles(found, sizes):
        return
    by_id = {scale.id: scale for scale in wave.scales}
    for scale in (by_id[part] for part in found.scales):
        levels = np.array([item.levels for item in scale.items])
        means = item_means(answer_codes(wave.answers, scale), levels, found.memberships)
        for name, row in zip(found.profiles.names, means, strict=True):
            for item, mean in zip(scale.items, row, strict=True):
                if not np.isnan(mean):
                    yield model.score(VIEW, MEASURE, f"{name}|{item.id}", float(mean), found.people)
