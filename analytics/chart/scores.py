"""A unit's burnout scores beside the whole organisation's: dots with intervals on 0 to 100."""

from __future__ import annotations

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, states, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

COLUMNS = ("Score", "Average of 100", "Likely between", "Answers", "Organisation", "Compared with the organisation")


def scores(p: Protected) -> Drawing:
    """The headline scores (0-100) of the aggregate's unit with 95 % intervals; raises ``TypeError`` on anything else
    than a ``Protected``."""
    read = Reading(require_protected(p, "chart.scores"))
    title, lines = finding.scores(p), method(read, read.headline)
    tick = " Black tick: whole organisation." if read.node != WHOLE else ""
    subline = f"Average score, 0 low to 100 high, with 95 % interval. {people(read)}.{tick}"
    if not read.headline:
        return nothing(title, subline, lines, COLUMNS)
    pairs = [(read.cell("indicators", read.node, m), read.cell("indicators", WHOLE, m)) for m in read.headline]
    subline = f"{subline} {finding.unsure_note(pairs)}".strip()
    rows = tuple(_row(read, measure) for measure in read.headline)
    alt = takeaway(title, rows)
    return Drawing(draw(rows, key=states(rows)), alt, _numbers(read), title, subline, lines, rows)


def _row(read: Reading, measure: str) -> Row:
    cell, label = read.cell("indicators", read.node, measure), read.title(measure)
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    whole = _whole(read, measure)
    note = f"whole {whole.text}" if whole is not None and whole.shown else cell.answers
    return Row(label, (Span(cell.state or "unclear", cell, said(label, cell)),), cell.text, note, whole)


def _whole(read: Reading, measure: str) -> Cell | None:
    return None if read.node == WHOLE else read.cell("indicators", WHOLE, measure)


def _numbers(read: Reading) -> pd.DataFrame:
    table = []
    for measure in read.headline:
        cell, whole = read.cell("indicators", read.node, measure), read.cell("indicators", WHOLE, measure)
        told = (cell.likely, cell.answers, whole.text if whole.shown else "", finding.compared(cell, whole))
        table.append((read.title(measure), cell.text, *told))
    return pd.DataFrame(table, columns=list(COLUMNS))
