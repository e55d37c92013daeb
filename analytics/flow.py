"""The whole story, in order: a wave is scored, counted, protected, attacked and sealed into a release."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pandas as pd

from analytics import anchored, attack, item_profiles, modelled, quality_figures
from analytics.compare import Comparison, compare
from analytics.groups import Groups, groups
from analytics.invariance import Factor, factors
from analytics.linked import links
from analytics.manifest import manifest, scale_entries
from analytics.measured import Measured, measure
from analytics.protect import Protected, split_cells
from analytics.protect.cells import Coarsening, Counted, cells, counted
from analytics.protect.coarsen import coarser, coarser_together
from analytics.protect.family import Family, family
from analytics.protect.response import response
from analytics.protect.split_cells import Splitting, splitting
from analytics.protect.thresholds import Thresholds
from analytics.release import Release, cells_bytes, cells_frame, seal
from analytics.systems import System, systems
from analytics.tallies import Tallies, tallies
from analytics.wave import Wave

STAGES = (
    "Scoring",
    "Testing for two groups",
    "Counting",
    "Working out what goes together",
    "Deciding what may be shown",
    "Attacking the result",
    "Sealing",
)
MOST_ROUNDS = 60  # of attacking and coarsening; past it the wave is not published at all

Progress = Callable[[str, int, int], None]
_Cells = Mapping[str, Sequence[dict[str, Any]]]  # each system's rows


class NotPublishable(ValueError):
    """A wave of which nothing can be shown without showing a person."""


@dataclass(frozen=True)
class Publication:
    """A sealed release, and each person's degree of membership in the fitted profiles (kept in the wave only)."""

    release: Release
    memberships: pd.DataFrame


@dataclass(frozen=True)
class Draft:
    """All that a release is made of before it is decided how exactly its figures may be shown."""

    wave: Wave
    sizes: Thresholds
    measured: Measured
    groups: Groups
    factors: Mapping[str, Factor | None]
    anchored: anchored.Anchored
    systems: tuple[System, ...]
    family: Family
    splitting: Splitting
    tallies: Tallies
    models: tuple[dict[str, Any], ...]
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
    words: Mapping[str, Sequence[str]] | None = None,
    published: Sequence[Protected] = (),
) -> Publication:
    """Turn a wave into a release that has withstood an attack on itself and on earlier releases of the same rows.

    ``progress`` is called with each stage's name, how many stages are done, and of how many; ``words``: the answers of
    items in their own words, by item id; ``published``: the view of profiles of the survey's waves that were published
    before, the first one first: this wave is counted by their profiles, too. Raises ``NotPublishable`` when fewer than
    k people answered, or when no coarsening withstands the attack.
    """
    if len(wave) < sizes.k:
        raise NotPublishable(
            f"A wave needs {sizes.k} answers or more to be published, but this one has {len(wave)}. "
            "Nothing can be shown of so few people without showing a person."
        )
    stages = _stages(progress)
    next(stages)
    measured = measure(wave, words)
    next(stages)
    found = groups(measured.scores, measured.boundary, wave)
    models_of = factors(wave)
    entries = {entry["id"]: entry for entry in scale_entries(wave, models_of, sizes)}
    placed = anchored.anchored(published, measured.scores, found, entries, models_of)
    next(stages)
    units = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    split, every = splitting(wave, units, sizes), systems(measured.measures)
    counts = tallies(wave, measured.codes, measured.boundary, every, split, measured.head)
    next(stages)
    models = (*modelled.fixed(wave, measured, found, units, sizes), *response(wave, units, sizes))
    models += (*quality_figures.figures(wave, measured, units, sizes), *anchored.cells(placed, sizes))
    models += tuple(item_profiles.cells(found, wave, sizes))
    next(stages)
    known = (measured, found, models_of, placed, every, units, split, counts, models)
    draft = Draft(wave, sizes, *known, created, code_version)
    release = withstanding(draft, earlier, stages)
    next(stages)
    progress(STAGES[-1], len(STAGES), len(STAGES))
    return Publication(release, _memberships(found, len(wave)))


def withstanding(draft: Draft, earlier: Sequence[Release], stages: Iterator[None]) -> Release:
    """Protect, attack, and make coarser what was found too exact, until nothing is found."""
    attacker, coarse, turn = Attacker(draft, earlier), Coarsening(), 0
    next(stages)
    for _ in range(MOST_ROUNDS):
        shown = [
            counted(system, table, draft.family, draft.sizes, coarse)
            for system, table in zip(draft.systems, draft.tallies.units, strict=True)
        ]
        found = compare(shown, draft.family)
        said, every = _manifest(draft, found), _rows(draft, shown, coarse, found)
        single = attacker.single(every, said)
        findings = [finding for report in single for finding in report["findings"]]
        if findings:
            rows = partial(_rows, draft, shown, found=found)
            eased = coarser(coarse, findings, shown, draft.family, partial(attacker.left, rows, said))
        else:
            linked = attacker.linked(every, said)
            if not any(one.findings for one in linked):
                return _sealed(draft, said, every, found, attack.together(single, [one.report for one in linked]))
            undecided = [finding.as_dict() for one in linked for finding in one.findings]
            eased, turn = coarser_together(coarse, undecided, shown, draft.family, turn), turn + 1
        if eased == coarse:
            break
        coarse = eased
    raise NotPublishable("No way was found to show this wave without showing a person, so nothing was published.")


class Attacker:
    """Attacks systems one by one, again only when their cells have changed; and at last those as one that are worked
    out from the same answers."""

    def __init__(self, draft: Draft, earlier: Sequence[Release]) -> None:
        wave, found = draft.wave, draft.measured
        self._truth = attack.Truth(
            wave.unit, wave.tree, found.codes, wave.segments, wave.segment_labels, found.measures
        )
        self._links = links(wave.scales, [system.name for system in draft.systems])
        self._wave, self._earlier = wave, earlier
        self._held: dict[str, tuple[bytes, dict[str, Any]]] = {}
        self._together: dict[str, tuple[bytes, attack.Linked]] = {}
        self._sheets = attack.sheets(wave, self._links, self._truth)

    def single(self, every: _Cells, said: dict[str, Any]) -> list[dict[str, Any]]:
        """The reports on each system by itself; on nothing at all where nothing can be shown."""
        found = []
        for name, rows in (every or {"": []}).items():
            cells = cells_frame(list(rows))
            content = cells_bytes(cells)
            if name not in self._held or self._held[name][0] != content:
                earlier = _same_measures(self._earlier, cells)
                self._held[name] = content, attack.audit(cells, said, self._truth, earlier)
            found.append(self._held[name][1])
        return found

    def left(self, rows: Callable[[Coarsening], _Cells], said: dict[str, Any], name: str, tried: Coarsening) -> int:
        """How many findings there are about one system where it is shown as tried."""
        (report,) = self.single({name: rows(tried)[name]}, said)
        return len(report["findings"])

    def linked(self, every: _Cells, said: dict[str, Any]) -> list[attack.Linked]:
        """What came of each set of systems that read the same answers, attacked as one; again only when its cells
        have changed."""
        return [self._as_one(names, every, said) for names in self._links if len(names) > 1]

    def _as_one(self, names: Sequence[str], every: _Cells, said: dict[str, Any]) -> attack.Linked:
        cells = cells_frame([row for name in names for row in every[name]])
        content = cells_bytes(cells)
        if names[0] not in self._together or self._together[names[0]][0] != content:
            earlier = _same_measures(self._earlier, cells)
            self._together[names[0]] = content, attack.attack_linked(cells, said, self._sheets, earlier)
        return self._together[names[0]][1]


def _rows(
    draft: Draft, shown: Sequence[Counted], coarse: Coarsening, found: Comparison
) -> dict[str, list[dict[str, Any]]]:
    """The cells of each system."""
    made: dict[str, list[dict[str, Any]]] = {}
    for one, tables in zip(shown, draft.tallies.splits, strict=True):
        answered = draft.measured.codes[one.system.name].to_numpy() > 0
        made[one.system.name] = [
            *cells(one, draft.family, draft.sizes, coarse, found.spread, found.states),
            *split_cells.cells(one, answered, tables, draft.splitting, draft.sizes, coarse, found.spread),
        ]
    return made


def _same_measures(earlier: Sequence[Release], now: pd.DataFrame) -> list[Release]:
    """What earlier releases say of the measures that are attacked now."""
    asked = set(now["measure"])
    return [replace(release, cells=release.cells[release.cells["measure"].isin(asked)]) for release in earlier]


def _sealed(
    draft: Draft, said: dict[str, Any], every: _Cells, found: Comparison, attacked: Mapping[str, Any]
) -> Release:
    models = [*draft.models, *modelled.slope(draft.measured, draft.tallies.steps, found.spread, draft.sizes)]
    made = cells_frame([*models, *(row for rows in every.values() for row in rows)])
    certificates = split_cells.certificates(draft.splitting)
    report = {**attacked, "outside": attack.outside(made), "certificates": certificates}
    return Release(made, seal(said, made, report), report)


def _manifest(draft: Draft, found: Comparison) -> dict[str, Any]:
    return manifest(
        draft.wave,
        draft.sizes,
        draft.family,
        draft.systems,
        found,
        draft.measured.boundary,
        draft.groups,
        draft.factors,
        draft.anchored,
        draft.measured.absent,
        created=draft.created,
        code_version=draft.code_version,
    )


def _memberships(found: Groups, people: int) -> pd.DataFrame:
    if found.memberships is None or found.profiles is None:
        return pd.DataFrame(index=range(people))
    return pd.DataFrame(found.memberships, columns=list(found.profiles.names))


def _stages(progress: Progress) -> Iterator[None]:
    """Tells the next stage each time it is asked."""
    for done, stage in enumerate(STAGES):
        progress(stage, done, len(STAGES))
        yield
