"""Burnout in each of the two groups, corrected for uncertain membership: only where two groups are supported."""

from __future__ import annotations

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.finding.by_group import GROUPS, OUTCOME, VIEW, outcome_ids
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading

COLUMNS = ("Score", "Group", "Average", "Likely between", "Answers")


def outcomes(p: Protected) -> Drawing:
    """Mean scores (whole points, 0-100) of the two groups with 95 % intervals, weighted for misclassification.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.outcomes"))
    ids, title = outcome_ids(p), finding.outcomes(p)
    weighted = (
        "People count by how often their group is mistaken for the other (weights of Bolck, Croon and Hagenaars, 2004)."
    )
    lines = (*method(read, ids), weighted)
    subline = f"Average of each group, 0 low to 100 high, with 95 % interval. {read.wave}. An association, not a cause."
    if not ids:
        return nothing(title, "", lines, COLUMNS)
    rows = tuple(_row(read, measure) for measure in ids)
    table = [
        (row.label, f"{span.meaning.capitalize()}-leaning", span.cell.text, span.cell.likely, span.cell.answers)
        for row in rows
        for span in row.spans
    ]
    numbers = pd.DataFrame(table, columns=list(COLUMNS))
    return Drawing(draw(rows, None, "", GROUPS), takeaway(title, rows), numbers, title, subline, lines, rows)


def _row(read: Reading, measure: str) -> Row:
    label = read.title(measure)
    cells = [(group, read.cell(VIEW, WHOLE, OUTCOME + measure, group)) for group in GROUPS]
    spans = tuple(Span(group, cell, said(label, cell, f"{group.capitalize()}-leaning")) for group, cell in cells)
    return Row(label, spans, ", ".join(cell.text for _, cell in cells))
