"""What is counted: one coded column per respondent, and what each of its codes means for a mean or a share."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from analytics.instrument import Line

KINDS = ("mean", "share", "parts")


@dataclass(frozen=True)
class Measure:
    """A figure that a page may show for any unit, worked out from counts of one coded column.

    ``column`` holds whole numbers from 0 (missing) to ``len(weights) - 1``.
    ``weights[code]``: for a mean the value (0-100) of that code; for a share 1.0 (counts) or 0.0; for ``parts``
    the place of the part in ``parts``. ``weights[0]`` is NaN: missing never enters a figure.
    ``side``: whether a share with a line counts people at or above it ("at_least") or "below" it.
    ``view``: the table of the release that the figure stands in, "" for the usual one of its kind.
    ``whole_only``: the figure is for the whole organisation and for no unit below it.
    ``burden``: "high" when high values are the worrying end, "low" when low ones are, "" when neither.
    """

    id: str
    kind: str
    title: str
    column: str
    weights: tuple[float, ...]
    indicator: str = ""
    role: str = "other"
    parts: tuple[str, ...] = ()
    burden: str = ""
    line: Line | None = None
    scale: str = ""
    formula: str = ""
    source: str = ""
    caveat: str = ""
    headline: bool = False
    side: str = "at_least"
    view: str = ""
    whole_only: bool = False


@dataclass(frozen=True)
class CodedColumn:
    """A coded column (int16, one code per person, 0 missing) and the figures that its counts give."""

    name: str
    codes: np.ndarray
    measures: tuple[Measure, ...]


def hits(counts: Iterable[bool]) -> tuple[float, ...]:
    """The weights of a share: which of the codes from 1 on count."""
    return (np.nan, *(1.0 if hit else 0.0 for hit in counts))


@dataclass(frozen=True)
class Absent:
    """An indicator that this file cannot show, and the sentence that says so."""

    indicator: str
    sentence: str
