"""What is counted: one coded column per respondent, and what each of its codes means for a mean or a share."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.instrument import Line

KINDS = ("mean", "share", "parts")


@dataclass(frozen=True)
class Measure:
    """A figure that a page may show for any unit, worked out from counts of one coded column.

    ``column`` holds whole numbers from 0 (missing) to ``len(weights) - 1``.
    ``weights[code]``: for a mean the value (0-100) of that code; for a share 1.0 (counts) or 0.0; for ``parts``
    the place of the part in ``parts``. ``weights[0]`` is NaN: missing never enters a figure.
    ``side``: whether a share with a line counts people at or above it ("at_least") or "below" it.
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


@dataclass(frozen=True)
class Absent:
    """An indicator that this file cannot show, and the sentence that says so."""

    indicator: str
    sentence: str
