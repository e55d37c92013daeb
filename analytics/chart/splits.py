"""One figure by one attribute: a row per category, hidden categories hatched."""

from __future__ import annotations

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.leanings import PARTS
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.finding.splits import NO_SPLIT, TOO_SMALL, split_cells
from analytics.protect import Protected
from analytics.reading import Cell, Reading
from analytics.release import NOT_SHOWN

COLUMNS = ("Category", "Figure", "Likely between", "Answers")
LEANING_COLUMNS = ("Category", "Balance-leaning", "Mixed", "Integration-leaning", "Answers")


def splits(p: Protected, measure: str, segment: str) -> Drawing:
    """One mean, or the three leanings (0-100), of the aggregate's unit by the categories of one attribute.

    Categories stand in the release's own order. Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.splits"))
    three = read.measures.get(measure, {}).get("kind") == "parts"
    what = "% of answers, in bands" if three else "average, 0 low to 100 high"
    title, lines = finding.splits(p, measure, segment), method(read, [measure])
    subline = (
        f"{read.title(measure)} by {segment}, {what}, with 95 % interval. {read.name(read.node)}, {people(read)}. One "
        "attribute at a time, only in parts of the organisation that are large enough."
    )
    columns = LEANING_COLUMNS if three else COLUMNS
    if title in (NO_SPLIT, TOO_SMALL):
        return nothing(title, subline, lines, columns)
    rows, table = _leanings(read, measure, segment) if three else _means(read, measure, segment)
    numbers = pd.DataFrame(table, columns=list(columns))
    suffix = " %" if three else ""
    figure = draw(rows, None, suffix, PARTS if three else ())
    return Drawing(figure, takeaway(title, rows), numbers, title, subline, lines, rows, suffix=suffix)


def _means(read: Reading, measure: str, segment: str) -> tuple[tuple[Row, ...], list[tuple[str, ...]]]:
    cells = split_cells(read, measure, segment)
    rows = tuple(_row(cell) for cell in cells)
    return rows, [(row.label, c.text, c.likely, c.answers) for row, c in zip(rows, cells, strict=True)]


def _row(cell: Cell) -> Row:
    label = cell.part.partition("|")[2]
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    return Row(label, (Span("share", cell, said(label, cell)),), cell.text, cell.answers)


def _leanings(read: Reading, measure: str, segment: str) -> tuple[tuple[Row, ...], list[tuple[str, ...]]]:
    rows: list[Row] = []
    table: list[tuple[str, ...]] = []
    by_part = [split_cells(read, measure, segment, part) for part in PARTS]
    for cells in zip(*by_part, strict=True):
        label = cells[0].part.split("|")[1]
        if not all(cell.shown for cell in cells):
            rows.append(Row(label, (), NOT_SHOWN, hidden=True))
            table.append((label, NOT_SHOWN, "", "", ""))
            continue
        spans = tuple(Span(part, cell, said(label, cell, part)) for part, cell in zip(PARTS, cells, strict=True))
        rows.append(Row(label, spans, "", cells[0].answers))
        table.append((label, *(cell.text for cell in cells), cells[0].answers))
    return tuple(rows), table
