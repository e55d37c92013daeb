"""Balance, mixed and integration by unit: three bands per row, in the fixed bands of the Boundary Index."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.finding.words import count
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.release import NOT_SHOWN

PARTS = ("balance", "mixed", "integration")
COLUMNS = ("Unit", "Balance-leaning", "Mixed", "Integration-leaning", "Answers")
MOST_ROWS = 30


def leanings(p: Protected) -> Drawing:
    """Shares (bands, 0-100 %) of the three leanings in the organisation, the aggregate's unit and its lowest units.

    Where these are more than thirty, the units right below it are drawn, and the numbers list all.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.leanings"))
    title, lines = finding.leanings(p), method(read, ["leaning"])
    boundary = str(read.manifest.get("boundary", {}).get("sentence", ""))
    index = finding.index_name(p)
    bands = f"% of answers by {index}: balance from 60, integration to 40. Line: 95 % interval." if index else ""
    subline = f"{bands} {read.wave}. {boundary}".strip()
    if "leaning" not in read.measures or not index:
        return nothing(title, subline, lines, COLUMNS)
    teams = sorted(read.teams, key=lambda node: read.labels[node].casefold())
    top = [WHOLE, read.node] if read.node != WHOLE and WHOLE in read.units else [read.node]
    rows = _rows(read, top, teams)
    numbers = _numbers(read, [*top, *(unit for unit in read.divisions if unit not in teams), *teams, *read.rests])
    return Drawing(draw(rows, None, " %", PARTS), _alt(title, rows), numbers, title, subline, lines, rows, suffix=" %")


def _rows(read: Reading, top: Sequence[int], teams: Sequence[int]) -> tuple[Row, ...]:
    first = tuple(_row(read, node) for node in top)
    if len(teams) <= MOST_ROWS:
        return (*first, *(_row(read, node) for node in teams), *(_row(read, node) for node in read.rests))
    divisions = read.divisions if len(read.divisions) <= MOST_ROWS else ()
    return (*first, *(_row(read, node) for node in divisions), Row("", (), f"{count(len(teams))}: see the numbers"))


def _row(read: Reading, node: int) -> Row:
    label = read.labels.get(node, read.name(node))
    cells = [read.cell("leanings", node, "leaning", part) for part in PARTS]
    if not all(cell.shown for cell in cells):
        return Row(label, (), NOT_SHOWN, hidden=True)
    spans = tuple(Span(part, cell, said(label, cell, part)) for part, cell in zip(PARTS, cells, strict=True))
    return Row(label, spans, "", cells[0].answers)


def _numbers(read: Reading, nodes: Sequence[int]) -> pd.DataFrame:
    table = []
    for node in nodes:
        cells = [read.cell("leanings", node, "leaning", part) for part in PARTS]
        shown = all(cell.shown for cell in cells)
        texts = [cell.text for cell in cells] if shown else [NOT_SHOWN, "", ""]
        table.append((read.labels.get(node, read.name(node)), *texts, cells[0].answers if shown else ""))
    return pd.DataFrame(table, columns=list(COLUMNS))


def _alt(title: str, rows: Sequence[Row]) -> str:
    hidden = sum(row.hidden for row in rows)
    told = " ".join(span.said for span in rows[0].spans)
    left = f"{count(hidden, 'unit')} not shown, to protect anonymity." if hidden else ""
    return " ".join(part for part in (f"{title.rstrip('.')}.", told, left[:1].upper() + left[1:]) if part)
