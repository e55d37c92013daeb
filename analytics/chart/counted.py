"""Shares of the two leanings in several surveys, everybody counted by one and the same published profiles."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.finding.over_waves import NAMES
from analytics.protect import Protected
from analytics.reading import Cell, Reading

COLUMNS = ("Survey", "Balance-leaning", "Integration-leaning", "Answers")


def counted(waves: Sequence[Protected]) -> Drawing:
    """The whole organisation's shares (whole per cent) on one wave's profiles, in every survey counted by them.

    ``waves``: their views of profiles, oldest first. Raises ``TypeError`` on anything else than ``Protected``,
    ``ValueError`` without a survey.
    """
    if not waves:
        raise ValueError("Shares over surveys need 1 survey or more, but got 0.")
    found = finding.counted_over([require_protected(p, "chart.counted") for p in waves])
    title, later = finding.over_waves(waves), Reading(waves[-1])
    lines = (
        *method(later, list(later.manifest.get("boundary", {}).get("parts", ()))),
        "The profiles of one survey stay as they were published; everybody in the others is counted by them, with the "
        "probability of belonging to each. Nothing is fitted again, so the profiles cannot move between surveys.",
    )
    if len(found) < 2:
        return nothing(title, f"{later.wave}.", lines, COLUMNS)
    rows = tuple(_row(p, cells) for p, cells in found)
    numbers = pd.DataFrame([_numbers(p, cells) for p, cells in found], columns=list(COLUMNS))
    subline = "% of people, whole organisation, counted by the same two profiles. A model's figures, not fixed bands."
    return Drawing(
        draw(rows, None, " %", NAMES), takeaway(title, rows), numbers, title, subline, lines, rows, suffix=" %"
    )


def _row(p: Protected, cells: Sequence[Cell]) -> Row:
    label = str(p.manifest["wave"])
    spans = tuple(Span(n, cell, said(label, cell, f"{n}-leaning")) for n, cell in zip(NAMES, cells, strict=True))
    return Row(label, spans, ", ".join(cell.text for cell in cells))


def _numbers(p: Protected, cells: Sequence[Cell]) -> tuple[str, ...]:
    return (str(p.manifest["wave"]), *(cell.text for cell in cells), cells[0].answers)
