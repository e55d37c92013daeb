"""The whole story, in order: a wave is scored, counted, protected, attacked and sealed into a release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analytics import attack, count, indicators, score, segment
from analytics.compare import Comparison, compare
from analytics.count import Column
from analytics.manifest import manifest
from analytics.measure import Absent, Measure
from analytics.profiles import Leanings, leanings
from analytics.protect import model
from analytics.protect.cells import Coarsening, Counted, cells, counted
from analytics.protect.coarsen import coarser
from analytics.protect.family import Family, family
from analytics.protect.thresholds import Thresholds
from analytics.release import Release, cells_frame, seal
from analytics.reliability import Reliability, reliability
from analytics.segment import Boundary
from analytics.systems import System, systems
from analytics.wave import Wave

STAGES = ("Scoring", "Finding leanings", "Counting", "Deciding what may be shown", "Attacking the result", "Sealing")
MOST_ROUNDS = 60  # of attacking and coarsening; past it the wave is not published at all
_BATCH = 1 << 20  # rows counted at once
_UNIT, _STEP = "*unit", "*step"  # no measure's column is called so

Progress = Callable[[str, int, int], None]


class NotPublishable(ValueError):
    """A wave of which nothing can be shown without showing a person."""


@dataclass(frozen=True)
class Publication:
    """A sealed release, and each person's degree of membership in the fitted profiles (kept in the wave only)."""

    release: Release
    memberships: pd.DataFrame


@dataclass(frozen=True)
class Measured:
    """What was worked out per person: scores, index, coded columns to be counted, and what the file lacks."""

    scores: pd.DataFrame
    boundary: Boundary
    codes: pd.DataFrame
    measures: tuple[Measure, ...]
    absent: tuple[Absent, ...]


def publish(
    wave: Wave,
    sizes: Thresholds,
    *,
    created: str,
    code_version: str,
    progress: Progress = lambda stage, done, of: None,
    earlier: Sequence[Release] = (),
) -> Publication:
    """Turn a wave into a release that has withstood an attack on itself and on earlier releases of the same rows.

    ``progress`` is called with each stage's name, how many stages are done, and of how many. Raises
    ``NotPublishable`` when fewer than k people answered, or when no coarsening withstands the attack.
    """
    if len(wave) < sizes.k:
        raise NotPublishable(
            f"A wave needs {sizes.k} answers or more to be published, but this one has {len(wave)}. "
            "Nothing can be shown of so few people without showing a person."
        )
    stage = partial(_told, progress, iter(range(len(STAGES))))
    stage()
    measured = measure(wave)
    stage()
    found = leanings(measured.scores, measured.boundary)
    stage()
    every = systems(measured.measures)
    tables, steps = counts(wave, measured, every)
    stage()
    groups = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    models = _models(wave, measured, found, steps, sizes)
    truth = attack.Truth(wave.unit, wave.tree, measured.codes, wave.segments, wave.segment_labels, measured.measures)
    stage()
    seal_with = partial(_document, wave, sizes, groups, every, measured, created, code_version)
    release = _withstanding(every, tables, groups, sizes, models, seal_with, truth, earlier)
    stage()
    progress(STAGES[-1], len(STAGES), len(STAGES))
    return Publication(release, _memberships(found, len(wave)))


def measure(wave: Wave) -> Measured:
    """Score a wave and code everything that can be counted."""
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    codes, measures, absent = indicators.measures(wave, scores, boundary)
    return Measured(scores, boundary, codes, measures, absent)


def counts(wave: Wave, measured: Measured, every: Sequence[System]) -> tuple[list[np.ndarray], np.ndarray | None]:
    """The counts of every system by unit, and of the leading burnout score by step of the Boundary Index."""
    unit = Column(_UNIT, len(wave.tree))
    columns = [Column(system.name, len(system.classes)) for system in every]
    groupings = [(unit, column) for column in columns]
    head = _head(measured.measures)
    if head is not None:
        groupings.append((Column(_STEP, indicators.SLOPE_STEPS + 1), Column(head.column, len(head.weights))))
    held = {str(name): measured.codes[name].to_numpy() for name in measured.codes}
    held |= {_UNIT: wave.unit, _STEP: indicators.slope(measured.boundary)}
    batches = ({n: c[at : at + _BATCH] for n, c in held.items()} for at in range(0, len(wave), _BATCH))
    tables = count.tables(count.tally(batches, groupings), groupings)
    return tables[: len(columns)], tables[-1] if head is not None else None


def _withstanding(
    every: Sequence[System],
    tables: Sequence[np.ndarray],
    groups: Family,
    sizes: Thresholds,
    models: Callable[[Comparison], list[dict[str, Any]]],
    document: Callable[[Comparison], dict[str, Any]],
    truth: attack.Truth,
    earlier: Sequence[Release],
) -> Release:
    """Protect, attack, and make coarser what was found too exact, until nothing is found."""
    coarse = Coarsening()
    for _ in range(MOST_ROUNDS):
        shown = [counted(system, table, groups, sizes, coarse) for system, table in zip(every, tables, strict=True)]
        found = compare(shown, groups)
        made = cells_frame(_rows(shown, groups, sizes, coarse, found) + models(found))
        said = document(found)
        report = attack.audit(made, said, truth, earlier)
        if not report["findings"]:
            return Release(made, seal(said, made, report), report)
        coarse = coarser(coarse, report["findings"], shown, groups)
    raise NotPublishable("No way was found to show this wave without showing a person, so nothing was published.")


def _rows(
    shown: Sequence[Counted], groups: Family, sizes: Thresholds, coarse: Coarsening, found: Comparison
) -> list[dict[str, Any]]:
    return [cell for one in shown for cell in cells(one, groups, sizes, coarse, found.spread, found.states)]


def _models(
    wave: Wave, measured: Measured, found: Leanings | None, steps: np.ndarray | None, sizes: Thresholds
) -> Callable[[Comparison], list[dict[str, Any]]]:
    """The model figures; only the slope's intervals wait for the spread inside groups."""
    fixed = [*model.profiles(found, sizes), *model.reliability(_reliability(wave), sizes)]
    head = _head(measured.measures)

    def rows(comparison: Comparison) -> list[dict[str, Any]]:
        if head is None or steps is None or measured.boundary.kind == "absent":
            return fixed
        return [*fixed, *model.slope(steps, head.weights, head.id, comparison.spread[head.id], sizes)]

    return rows


def _reliability(wave: Wave) -> dict[str, Reliability]:
    held = [scale for scale in wave.scales if all(item in wave.answers for item in scale.columns)]
    return {scale.id: reliability(score.answer_codes(wave.answers, scale), scale) for scale in held}


def _head(measures: Sequence[Measure]) -> Measure | None:
    """The burnout mean that leads: its scale stands first among the measures."""
    return next((one for one in measures if one.headline and one.kind == "mean"), None)


def _document(
    wave: Wave,
    sizes: Thresholds,
    groups: Family,
    every: Sequence[System],
    measured: Measured,
    created: str,
    code_version: str,
    found: Comparison,
) -> dict[str, Any]:
    return manifest(
        wave,
        sizes,
        groups,
        every,
        found,
        measured.boundary,
        measured.absent,
        created=created,
        code_version=code_version,
    )


def _memberships(found: Leanings | None, people: int) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(index=range(people))
    return pd.DataFrame(found.memberships, columns=list(found.fits[1].names))


def _told(progress: Progress, places: Any) -> None:
    at = next(places)
    progress(STAGES[at], at, len(STAGES))
