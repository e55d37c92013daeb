"""A response surface on paper: a grid of predicted scores, darker where they are higher, each with its number."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.chart import look
from analytics.chart.drawing import Row
from analytics.chart.fit import NAMES
from analytics.report.sheet import LEFT, Sheet, Style

STEP, DEPTH = 22.0, 9.0  # mm: how wide and how high a step is
_X = LEFT + 55
_HEAD, _FOOT = 1.0, 10.0
_NAME, _NUMBER = Style(8.5), 9.0
ALLOWED = "Separation that the workplace allows"


def is_one(rows: Sequence[Row]) -> bool:
    """Whether these rows are the steps of a surface."""
    parts = [span.cell.part for row in rows for span in row.spans]
    return bool(parts) and all(part.startswith("at|") for part in parts)


def height(rows: Sequence[Row]) -> float:
    """How much room the grid takes with the names of its steps, in mm."""
    return _HEAD + DEPTH * len(rows) + _FOOT


def put(sheet: Sheet, rows: Sequence[Row]) -> None:
    """Draw the grid from ``sheet.y`` on: what people want downwards, what the workplace allows across."""
    sheet.y += _HEAD
    for row in rows:
        sheet.put(_X - 3, sheet.y + DEPTH / 2, row.label, _NAME, "end")
        for span in row.spans:
            _step(sheet, int(span.cell.part.split("|")[2]) - 1, span.cell.value, span.cell.text)
        sheet.y += DEPTH
    for place, name in enumerate(NAMES):
        sheet.put(_X + STEP * (place + 0.5), sheet.y + 2.4, name, _NAME, "middle")
    sheet.put(_X + STEP * len(NAMES) / 2, sheet.y + 6.4, ALLOWED, Style(8.0, look.QUIET), "middle")
    sheet.y += _FOOT


def _step(sheet: Sheet, place: int, value: float, text: str) -> None:
    colour = look.ramp(look.PLUM, 101)[round(value)]
    x = _X + STEP * place
    sheet.box(x, sheet.y, STEP, DEPTH, fill=colour, edge=look.PAPER, width=0.6)
    sheet.put(x + STEP / 2, sheet.y + DEPTH / 2, text, Style(_NUMBER, look.ink_on(colour), bold=True), "middle")
