"""Every model figure of a release: profiles and their fits, reliability, the slope, drivers and fit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from analytics.associations import associations
from analytics.groups import Groups
from analytics.measured import Measured
from analytics.outcomes import outcome_means
from analytics.protect import model
from analytics.protect.family import Family
from analytics.protect.thresholds import Thresholds
from analytics.reliability import reliability
from analytics.score import answer_codes
from analytics.wave import Wave


def fixed(wave: Wave, measured: Measured, found: Groups, family: Family, sizes: Thresholds) -> list[dict[str, Any]]:
    """The cells that no coarsening changes: profiles, reliability, drivers and fit."""
    held = [scale for scale in wave.scales if all(item in wave.answers for item in scale.columns)]
    trust = {scale.id: reliability(answer_codes(wave.answers, scale), scale) for scale in held}
    made = [*model.profiles(found, sizes), *model.fits(found, sizes), *model.reliability(trust, sizes)]
    made += list(_outcomes(measured, found, sizes))
    return made + list(_associations(wave, measured, family, sizes))


def _outcomes(measured: Measured, found: Groups, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The leading scores by group, only where the test supports two groups and these carry names."""
    if found.verdict != "two groups" or found.profiles is None or found.memberships is None:
        return
    for one in measured.measures if found.profiles.labelled else ():
        if one.headline and one.kind == "mean":
            means = outcome_means(found.memberships, measured.scores[one.scale].to_numpy(np.float64))
            yield from model.outcomes(one.id, found.profiles.names, means, sizes)


def slope(
    measured: Measured, steps: np.ndarray | None, spread: Mapping[str, float], sizes: Thresholds
) -> Iterator[dict[str, Any]]:
    """The leading burnout score along the Boundary Index; nothing where the file lacks either."""
    head = measured.head
    if head is not None and steps is not None and measured.boundary.kind != "absent":
        yield from model.slope(steps, head.weights, head.id, spread[head.id], sizes)


def _associations(wave: Wave, measured: Measured, family: Family, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Drivers and fit of the leading scores, for the groups that are large enough for a model."""
    block = family.place[wave.unit]
    people = family.rolled_up(np.bincount(block[block >= 0], minlength=len(family.groups)))
    large = [at for at, group in enumerate(family.groups) if not group.rest and people[at] >= sizes.model_n]
    inside = {family.groups[at].id: _inside(family, at) for at in large}
    outcomes = [one.scale for one in measured.measures if one.headline and one.kind == "mean"]
    for one in associations(
        wave, measured.scores, outcomes, block, inside, least=sizes.model_n, least_cell=sizes.model_class
    ):
        yield from model.association(one)


def _inside(family: Family, group: int) -> list[int]:
    found = {group}
    for place, parent in enumerate(family.parents):
        if parent in found:
            found.add(place)
    return sorted(found)
