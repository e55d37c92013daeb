"""The whole story, in order: a wave is scored, counted, protected, attacked and sealed into a release."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics import attack, indicators, score, segment
from analytics.compare import Comparison, compare
from analytics.manifest import manifest
from analytics.measure import Absent, Measure
from analytics.profiles import Leanings, leanings
from analytics.protect import model, split_cells
from analytics.protect.cells import Coarsening, Counted, cells, counted
from analytics.protect.coarsen import coarser
from analytics.protect.family import Family, family
from analytics.protect.split_cells import Splitting, splitting
from analytics.protect.thresholds import Thresholds
from analytics.release import Release, cells_frame, seal
from analytics.reliability import Reliability, reliability
from analytics.segment import Boundary
from analytics.systems import System, systems
from analytics.tallies import Tallies, tallies
from analytics.wave import Wave

STAGES = ("Scoring", "Finding leanings", "Counting", "Deciding what may be shown", "Attacking the result", "Sealing")
MOST_ROUNDS = 60  # of attacking and coarsening; past it the wave is not published at all

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
    """What was worked out per person: scores, index, coded columns to be counted; and what the file lacks."""

    scores: pd.DataFrame
    boundary: Boundary
    codes: pd.DataFrame
    measures: tuple[Measure, ...]
    absent: tuple[Absent, ...]

    @property
    def head(self) -> Measure | None:
        """The burnout mean that leads: its scale stands first among the measures."""
        return next((one for one in self.measures if one.headline and one.kind == "mean"), None)


@dataclass(frozen=True)
class Draft:
    """All that a release is made of before it is decided how exactly its figures may be shown."""

    wave: Wave
    sizes: Thresholds
    measured: Measured
    profiles: Leanings | None
    systems: tuple[System, ...]
    family: Family
    splitting: Splitting
    tallies: Tallies
    created: str
    code_version: str


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
    draft = drafted(wave, sizes, created, code_version, progress)
    progress(STAGES[4], 4, len(STAGES))
    release = withstanding(draft, earlier)
    progress(STAGES[5], len(STAGES), len(STAGES))
    return Publication(release, _memberships(draft.profiles, len(wave)))


def drafted(wave: Wave, sizes: Thresholds, created: str, code_version: str, progress: Progress) -> Draft:
    """Everything up to the decision of how exactly figures may be shown: scores, profiles, groups, counts."""
    progress(STAGES[0], 0, len(STAGES))
    measured = measure(wave)
    progress(STAGES[1], 1, len(STAGES))
    profiles = leanings(measured.scores, measured.boundary)
    progress(STAGES[2], 2, len(STAGES))
    groups = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    split = splitting(wave, groups, sizes)
    every = systems(measured.measures)
    counts = tallies(wave, measured.codes, measured.boundary, every, split, measured.head)
    progress(STAGES[3], 3, len(STAGES))
    return Draft(wave, sizes, measured, profiles, every, groups, split, counts, created, code_version)


def measure(wave: Wave) -> Measured:
    """Score a wave and code everything that can be counted."""
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    codes, measures, absent = indicators.measures(wave, scores, boundary)
    return Measured(scores, boundary, codes, measures, absent)


def withstanding(draft: Draft, earlier: Sequence[Release]) -> Release:
    """Protect, attack, and make coarser what was found too exact, until nothing is found."""
    coarse = Coarsening()
    wave, measured = draft.wave, draft.measured
    truth = attack.Truth(wave.unit, wave.tree, measured.codes, wave.segments, wave.segment_labels, measured.measures)
    for _ in range(MOST_ROUNDS):
        shown = [
            counted(system, table, draft.family, draft.sizes, coarse)
            for system, table in zip(draft.systems, draft.tallies.units, strict=True)
        ]
        found = compare(shown, draft.family)
        made, said = cells_frame(_rows(draft, shown, coarse, found)), _manifest(draft, found)
        report = attack.audit(made, said, truth, earlier)
        if not report["findings"]:
            report = {**report, "certificates": split_cells.certificates(draft.splitting)}
            return Release(made, seal(said, made, report), report)
        coarse = coarser(coarse, report["findings"], shown, draft.family)
    raise NotPublishable("No way was found to show this wave without showing a person, so nothing was published.")


def _rows(draft: Draft, shown: Sequence[Counted], coarse: Coarsening, found: Comparison) -> list[dict[str, Any]]:
    made = _models(draft, found)
    for one, tables in zip(shown, draft.tallies.splits, strict=True):
        made += cells(one, draft.family, draft.sizes, coarse, found.spread, found.states)
        answered = draft.measured.codes[one.system.name].to_numpy() > 0
        made += split_cells.cells(one, answered, tables, draft.splitting, draft.sizes, coarse, found.spread)
    return made


def _models(draft: Draft, found: Comparison) -> list[dict[str, Any]]:
    sizes, head, steps = draft.sizes, draft.measured.head, draft.tallies.steps
    made = [*model.profiles(draft.profiles, sizes), *model.reliability(_reliability(draft.wave), sizes)]
    if head is not None and steps is not None and draft.measured.boundary.kind != "absent":
        made += model.slope(steps, head.weights, head.id, found.spread[head.id], sizes)
    return made


def _reliability(wave: Wave) -> dict[str, Reliability]:
    held = [scale for scale in wave.scales if all(item in wave.answers for item in scale.columns)]
    return {scale.id: reliability(score.answer_codes(wave.answers, scale), scale) for scale in held}


def _manifest(draft: Draft, found: Comparison) -> dict[str, Any]:
    return manifest(
        draft.wave,
        draft.sizes,
        draft.family,
        draft.systems,
        found,
        draft.measured.boundary,
        draft.measured.absent,
        created=draft.created,
        code_version=draft.code_version,
    )


def _memberships(found: Leanings | None, people: int) -> pd.DataFrame:
    if found is None:
        return pd.DataFrame(index=range(people))
    return pd.DataFrame(found.memberships, columns=list(found.fits[1].names))
