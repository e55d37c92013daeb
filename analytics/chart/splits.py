"""One mean or share by one attribute: a row per category, hidden categories hatched."""

from __future__ import annotations

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.finding.splits import NO_SPLIT, TOO_SMALL, split_cells
from analytics.protect import Protected
from analytics.reading import Cell, Reading
from analytics.release import NOT_SHOWN

COLUMNS = ("Category", "Figure", "Likely between", "Answers")


def splits(p: Protected, measure: str, segment: str) -> Drawing:
    """One figure (0-100) of the aggregate's unit by the categories of one attribute, with 95 % intervals.

    Categories stand in the release's own order. Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.splits"))
    share = read.measures.get(measure, {}).get("kind") == "share"
    what = "% of answers, in bands" if share else "average, 0 low to 100 high"
    title, lines = finding.splits(p, measure, segment), method(read, [measure])
    where = f"{read.name(read.node)}, {people(read)}"
    subline = (
        f"{read.title(measure)} by {segment}, {what}, with 95 % interval. {where}. One attribute at a time, only in "
        "parts of 50 people or more; categories were not tested against each other."
    )
    if title in (NO_SPLIT, TOO_SMALL):
        return nothing(title, subline, lines, COLUMNS)
    rows = tuple(_row(cell) for cell in split_cells(read, measure, segment))
    table = [
        (row.label, cell.text, cell.likely, cell.answers)
        for row, cell in zip(rows, split_cells(read, measure, segment), strict=True)
    ]
    suffix = " %" if share else ""
    numbers = pd.DataFrame(table, columns=list(COLUMNS))
    return Drawing(draw(rows, None, suffix), takeaway(title, rows), numbers, title, subline, lines, rows, suffix=suffix)


def _row(cell: Cell) -> Row:
    label = cell.part.partition("|")[2]
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    return Row(label, (Span("share", cell, said(label, cell)),), cell.text, cell.answers)
