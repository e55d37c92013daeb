"""Measures that read the same answers, joined: everybody who answered falls into exactly one class of a system.

A scale's mean and its shares at 50 and 75 are one system with three classes; so are the Boundary Index and the three
leanings. Whoever tries to undo what is published has to take a system's figures together, and so does Evenkeel.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from analytics.measure import Measure
from analytics.segment import BALANCE_FROM, INTEGRATION_UP_TO

Counts = tuple[int, ...] | dict[str, tuple[int, ...]] | None  # classes that a share counts; of each part; None: a mean
Range = tuple[float, float] | None


@dataclass(frozen=True)
class System:
    """Measures of one coded column and the classes that they tell apart.

    ``ranges``: for each class the values (0-100) that the mean takes inside it, None without a mean; they follow from
    the lines, not from the answers. ``classes``: the class of each code (-1 for missing). ``counts``: per measure.
    """

    name: str
    measures: tuple[Measure, ...]
    ranges: tuple[Range, ...]
    classes: np.ndarray
    counts: tuple[Counts, ...]

    @property
    def has_shares(self) -> bool:
        return any(measure.kind != "mean" for measure in self.measures)


def systems(measures: Sequence[Measure]) -> tuple[System, ...]:
    """The systems of a wave's measures, in their order."""
    columns = dict.fromkeys(measure.column for measure in measures)
    return tuple(_system(name, tuple(m for m in measures if m.column == name)) for name in columns)


def _system(name: str, measures: tuple[Measure, ...]) -> System:
    mean = next((measure for measure in measures if measure.kind == "mean"), None)
    if mean is None:
        return _by_code(name, measures)
    cuts = sorted({at for measure in measures for at in _cuts(measure)})
    values = np.asarray(mean.weights[1:])
    ends = (0.0, *cuts, 100.0)
    classes = np.concatenate(([-1], np.zeros(len(values), int)))
    for at in cuts:
        classes[1:] += _above(at, measures, values)
    ranges = tuple(pairwise(ends))
    return System(name, measures, ranges, classes, tuple(_counted(m, cuts) for m in measures))


def _cuts(measure: Measure) -> tuple[float, ...]:
    if measure.kind == "parts":
        return (INTEGRATION_UP_TO, BALANCE_FROM)
    return (measure.line.at,) if measure.kind == "share" and measure.line is not None else ()


def _above(at: float, measures: Sequence[Measure], values: np.ndarray) -> np.ndarray:
    """Whether each value lies beyond a cut; only the end of the integration band belongs to the side below it."""
    parts = any(measure.kind == "parts" for measure in measures)
    return values > at if parts and at == INTEGRATION_UP_TO else values >= at


def _counted(measure: Measure, cuts: Sequence[float]) -> Counts:
    if measure.kind == "mean":
        return None
    if measure.kind == "parts":
        low, high = cuts.index(INTEGRATION_UP_TO), cuts.index(BALANCE_FROM)
        ends = ((0, low + 1), (low + 1, high + 1), (high + 1, len(cuts) + 1))
        return {part: tuple(range(*end)) for part, end in zip(measure.parts, ends, strict=True)}
    line = measure.line
    if line is None:
        raise ValueError(f"A share of a scale should have a line, but {measure.id} has none.")
    beyond = cuts.index(line.at) + 1
    return tuple(range(beyond, len(cuts) + 1)) if counts_from(measure) else tuple(range(beyond))


def counts_from(measure: Measure) -> bool:
    """Whether a share counts the people at or above its line (and not those below it)."""
    return measure.side != "below"


def _by_code(name: str, measures: tuple[Measure, ...]) -> System:
    """Without a mean: codes that every measure treats alike are one class."""
    size = len(measures[0].weights)
    signs = [tuple(measure.weights[code] for measure in measures) for code in range(1, size)]
    order = list(dict.fromkeys(signs))
    classes = np.array([-1, *(order.index(sign) for sign in signs)])
    counts = tuple(_of_signs(measure, [sign[at] for sign in order]) for at, measure in enumerate(measures))
    return System(name, measures, (None,) * len(order), classes, counts)


def _of_signs(measure: Measure, weights: Sequence[float]) -> Counts:
    if measure.kind == "parts":
        at = range(len(weights))
        return {part: tuple(c for c in at if weights[c] == place) for place, part in enumerate(measure.parts)}
    return tuple(c for c, weight in enumerate(weights) if weight == 1.0)
