"""Who stands behind each group of a release: taken from the wave where it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics import measured
from analytics.attack.seen import Edition, Group, System
from analytics.measure import Measure
from analytics.wave import Tree, Wave


@dataclass(frozen=True)
class Truth:
    """The wave as the attack needs it: each person's unit, coded answers and segments, and what the codes mean."""

    unit: np.ndarray
    tree: Tree
    codes: pd.DataFrame
    segments: pd.DataFrame
    segment_labels: Mapping[str, tuple[str, ...]]
    measures: tuple[Measure, ...]

    def __len__(self) -> int:
        return len(self.unit)


@dataclass(frozen=True)
class Answers:
    """One system's answers: who answered, each person's class (-1 for none that fits) and value (0 to 100, or NaN)."""

    answered: np.ndarray
    group: np.ndarray
    value: np.ndarray


def truth_of(wave: Wave) -> Truth:
    """Score a wave and keep what sizes, classes and insiders are taken from."""
    found = measured.measure(wave)
    return Truth(wave.unit, wave.tree, found.codes, wave.segments, wave.segment_labels, found.measures)


def answers(truth: Truth, system: System) -> Answers:
    """Each person's class and value in one system, worked out from what every measure of it says of their code."""
    known = [measure for measure in truth.measures if measure.id in system.measures]
    answered, value = np.zeros(len(truth), bool), np.full(len(truth), np.nan)
    fits = np.ones((len(truth), system.n_classes), bool)
    for measure in known:
        code = truth.codes[measure.column].to_numpy()
        answered |= code > 0
        weight = np.asarray(measure.weights, np.float64)[code]
        fits &= _fits(weight, measure, system) | (code == 0)[:, None]
        if measure.kind == "mean":
            value = weight
    return Answers(answered, np.where(fits.any(axis=1) & answered, fits.argmax(axis=1), -1), value)


def _fits(weight: np.ndarray, measure: Measure, system: System) -> np.ndarray:
    """People by classes: whether this measure allows a person of this weight to be in this class."""
    classes = np.arange(system.n_classes)
    if measure.kind == "mean":
        low, high = (np.zeros_like(classes), classes * 0 + 100) if system.ranges is None else system.ranges.T
        return np.asarray((weight[:, None] >= low - 1e-6) & (weight[:, None] <= high + 1e-6))
    counts = system.measures[measure.id]["counts"]
    if measure.kind == "share":
        return np.asarray((weight == 1)[:, None] == np.isin(classes, counts))
    parts = system.measures[measure.id][
        "parts"
    ]  # by place: the words of a question's answers may have been others when it was scored here
    part_of = np.array([next((p for p, part in enumerate(parts) if c in counts[part]), -1) for c in classes])
    return np.asarray(weight[:, None] == part_of)


class Crowd:
    """Looks up the people of any group, one true/false per row of the wave."""

    def __init__(self, truth: Truth, editions: Sequence[Edition], inside: np.ndarray | None = None) -> None:
        self._truth, self._editions = truth, editions
        self._inside = _subtrees(truth.tree) if inside is None else inside

    def people(self, group: Group) -> np.ndarray:
        """The people of a group, whether or not they answered."""
        edition = self._editions[group.edition]
        found = self._units(group.node, edition.manifest)[self._truth.unit]
        if group.segment:
            found = found & self._category(group.segment, group.category)
        return np.asarray(found if edition.people is None else found & edition.people)

    def alike(self, rows: np.ndarray, segments: Sequence[str]) -> tuple[Crowd, np.ndarray]:
        """One person for each kind among some rows of the wave, as a crowd, and the kind of each of those rows.

        People of a kind are in the same unit, the same categories of ``segments`` and the same editions.
        """
        known = [self._truth.segments[name].to_numpy() for name in segments if name in self._truth.segments]
        present = [edition.people for edition in self._editions if edition.people is not None]
        key = np.column_stack([self._truth.unit, *known, *present])[rows]
        _, first, kind = np.unique(key, axis=0, return_index=True, return_inverse=True)
        one = rows[first]
        few = replace(self._truth, unit=self._truth.unit[one], segments=self._truth.segments.iloc[one])
        editions = [e if e.people is None else replace(e, people=e.people[one]) for e in self._editions]
        return Crowd(few, editions, self._inside), kind.ravel()

    def misfit(self) -> str:
        """Why the wave cannot be the one that was published; "" when every real unit is where it should be."""
        names = [unit.name for unit in self._truth.tree.units]
        for edition in self._editions:
            listed = [unit["name"] for unit in edition.manifest["units"] if not unit.get("rest", False)]
            if listed != names:
                return (
                    f"This is not the wave that was published: {len(names)} units here, {len(listed)} in the release."
                )
        return ""

    def _units(self, node: int, manifest: Mapping[str, Any]) -> np.ndarray:
        """Which units' people belong to a node: its subtree, or for a rest unit what no shown unit covers."""
        entry = manifest["units"][node]
        if not entry.get("rest", False):
            return np.asarray(self._inside[node])
        parent = int(entry["parent"])
        shown = [u["id"] for u in manifest["units"] if u["shown"] and not u.get("rest", False) and u["id"] != parent]
        covered = np.array(shown, dtype=np.int64)[self._inside[parent][shown]]
        return np.asarray(self._inside[parent] & ~self._inside[covered].any(axis=0))

    def _category(self, segment: str, category: str) -> np.ndarray:
        labels = self._truth.segment_labels.get(segment, ())
        place = labels.index(category) + 1 if category in labels else -1
        if place < 0:
            return np.zeros(len(self._truth), bool)
        return np.asarray(self._truth.segments[segment].to_numpy() == place)


def _subtrees(tree: Tree) -> np.ndarray:
    """Units by units: whether the second lies in the first's subtree (each lies in its own)."""
    inside = np.eye(len(tree), dtype=bool)
    for place in range(len(tree) - 1, 0, -1):
        inside[tree.units[place].parent] |= inside[place]
    return inside
