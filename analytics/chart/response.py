"""Who answered: the response rate of a unit and of the units inside it, as bands."""

from __future__ import annotations

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.finding.response import MEASURE, VIEW
from analytics.protect import Protected
from analytics.reading import Reading
from analytics.release import NOT_SHOWN

COLUMNS = ("Unit", "Response rate")
NO_INVITATIONS = "How many were invited is not known, so no response rate is shown"


def response(p: Protected) -> Drawing:
    """The share of those invited who answered (bands, 0-100 %), for the aggregate's unit and the units below it.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.response"))
    lines = method(read, [MEASURE])
    subline = f"% of those invited who answered, in bands. {read.wave}."
    held = {node for view, node, *_ in read.cells if view == VIEW}
    if not held:
        return nothing(NO_INVITATIONS, f"{read.wave}.", lines, COLUMNS)
    below = sorted((node for node in read.teams if node in held), key=lambda node: read.labels[node].casefold())
    rows = tuple(_row(read, node) for node in (read.node, *below))
    numbers = pd.DataFrame([(row.label, row.printed) for row in rows], columns=list(COLUMNS))
    title = finding.response(p) or NOT_SHOWN
    return Drawing(draw(rows, None, " %"), takeaway(title, rows), numbers, title, subline, lines, rows, suffix=" %")


def _row(read: Reading, node: int) -> Row:
    cell, label = read.cell(VIEW, node, MEASURE), read.labels.get(node, read.name(node))
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    return Row(label, (Span("share", cell, said(label, cell)),), cell.text)
