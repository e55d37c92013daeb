"""What a release says, read from its files alone: each shown cell as an interval about a named group of people."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.attack.findings import Finding, finding
from analytics.release import Release

LINEAR_KINDS = ("mean", "share", "parts")


@dataclass(frozen=True)
class Edition:
    """One release of these people; ``people`` marks who of the wave was in it (None: everyone)."""

    cells: pd.DataFrame
    manifest: Mapping[str, Any]
    people: np.ndarray | None = None


@dataclass(frozen=True)
class Group:
    """A set of people that cells speak of: a unit of one edition, or one category of a segment inside it."""

    edition: int
    node: int
    segment: str = ""
    category: str = ""


@dataclass(frozen=True)
class Figure:
    """One shown figure: the raw mean, or the per cent of people in ``classes``, lies between ``low`` and ``high``."""

    group: Group
    measure: str
    part: str
    kind: str
    classes: tuple[int, ...]
    low: float
    high: float
    n_low: int
    n_high: int
    state: str


@dataclass(frozen=True)
class System:
    """The figures that read the same answers: a person falls into one class, whose values lie in one range.

    ``ranges``: classes by (lowest, highest) value, 0 to 100; None when the system has no mean.
    """

    name: str
    n_classes: int
    ranges: np.ndarray | None
    figures: tuple[Figure, ...]
    measures: Mapping[str, Mapping[str, Any]]


def edition_of(before: Release | Edition) -> Edition:
    """A release as an edition that everybody of the wave was in."""
    return before if isinstance(before, Edition) else Edition(before.cells, before.manifest)


def read(editions: Sequence[Edition]) -> tuple[list[System], list[Finding]]:
    """Every system that any edition shows, with the figures of all editions together, and what cannot be read."""
    figures: list[Figure] = []
    problems: list[Finding] = []
    for place, edition in enumerate(editions):
        for item in _figures(place, edition):
            (figures if isinstance(item, Figure) else problems).append(item)  # type: ignore[arg-type]
    return _systems(editions, figures, problems), problems


def linear_cells(cells: pd.DataFrame) -> pd.DataFrame:
    """The cells that the linear attack reads: counts and means of people, not figures of fitted models."""
    return cells[cells["kind"].isin(LINEAR_KINDS)]


def name_of(group: Group, manifest: Mapping[str, Any]) -> str:
    """What readers call a group: the unit's name, with the category after it."""
    unit = str(manifest["units"][group.node]["name"])
    return f"{unit}, {group.segment} {group.category}" if group.segment else unit


def split_part(view: str, part: str) -> tuple[str, str, str]:
    """The segment, the category and the part of a measure that a cell's ``part`` names."""
    if view != "splits":
        return "", "", part
    segment, _, rest = part.partition("|")
    category, _, inner = rest.partition("|")
    return segment, category, inner


def _figures(place: int, edition: Edition) -> Iterator[Figure | Finding]:
    measures = {measure["id"]: measure for measure in edition.manifest["measures"]}
    cells = linear_cells(edition.cells)
    for cell in cells[cells["shown"]].itertuples(index=False):
        problem = _unreadable(cell, measures, edition.manifest)
        yield finding("contradiction", edition.manifest, cell, problem) if problem else _figure(place, cell, measures)


def _unreadable(cell: Any, measures: Mapping[str, Any], manifest: Mapping[str, Any]) -> str:
    """Why a cell says nothing that its manifest explains; "" when it does."""
    if cell.measure not in measures:
        return "is about a measure that the manifest does not list"
    if not 0 <= cell.node < len(manifest["units"]):
        return "is about a unit that the manifest does not list"
    segment, category, part = split_part(cell.view, cell.part)
    if cell.view == "splits" and not _listed_split(segment, category, manifest):
        return "is about a split that the manifest does not list"
    if measures[cell.measure]["kind"] == "parts" and part not in measures[cell.measure]["counts"]:
        return "is about a part that the manifest does not list"
    return ""


def _listed_split(segment: str, category: str, manifest: Mapping[str, Any]) -> bool:
    return any(s["segment"] == segment and category in s["categories"] for s in manifest.get("splits", []))


def _figure(place: int, cell: Any, measures: Mapping[str, Any]) -> Figure:
    segment, category, part = split_part(cell.view, cell.part)
    measure = measures[cell.measure]
    counts = measure["counts"][part] if measure["kind"] == "parts" else measure["counts"] or ()
    return Figure(
        Group(place, int(cell.node), segment, category),
        cell.measure,
        part,
        measure["kind"],
        tuple(int(c) for c in counts),
        float(cell.low),
        float(cell.high),
        int(cell.n_low),
        int(cell.n_high),
        cell.state,
    )


def _systems(editions: Sequence[Edition], figures: list[Figure], problems: list[Finding]) -> list[System]:
    """Figures by system; an edition that cuts a system's answers differently is read apart, and that is a problem."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        name = _measures(editions, figure)[figure.measure]["system"]
        apart = _classes(editions, figure, name) != _classes(
            editions, found[name][0] if name in found else figure, name
        )
        key = f"{name} in edition {figure.group.edition}" if apart else name
        if apart and key not in found:
            problems.append(Finding("contradiction", figure.measure, 0, name, "", _CUT_DIFFERENTLY.format(name)))
        found.setdefault(key, []).append(figure)
    return [_system(name, editions, tuple(held)) for name, held in found.items()]


def _system(name: str, editions: Sequence[Edition], figures: tuple[Figure, ...]) -> System:
    measures = _measures(editions, figures[0])
    classes = _classes(editions, figures[0], measures[figures[0].measure]["system"])
    held = {figure.measure: _measures(editions, figure)[figure.measure] for figure in figures}
    return System(name, len(classes), _ranges(classes), figures, held)


def _measures(editions: Sequence[Edition], figure: Figure) -> Mapping[str, Mapping[str, Any]]:
    return {measure["id"]: measure for measure in editions[figure.group.edition].manifest["measures"]}


def _classes(editions: Sequence[Edition], figure: Figure, name: str) -> Any:
    return editions[figure.group.edition].manifest["systems"][name]["classes"]


_CUT_DIFFERENTLY = "The editions divide the answers of {} differently, so they cannot be attacked as one."


def _ranges(classes: Sequence[Sequence[float] | None]) -> np.ndarray | None:
    if any(pair is None or pair[0] is None for pair in classes):
        return None
    return np.array(classes, dtype=np.float64)
