"""One unit beside the units above it and the units inside it, on one mean or share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, require_protected, states, takeaway
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.chart.teams import columns, row, rows
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading


def lineup(p: Protected, measure: str) -> Drawing:
    """The aggregate's unit (0-100) below those above it and above those inside it, with 95 % intervals.

    The units inside stand as on the page of teams: the clear ones first, by name where nothing is clear. Raises
    ``TypeError`` on anything else than a ``Protected``, ``ValueError`` on a measure that the release does not have.
    """
    read = Reading(require_protected(p, "chart.lineup"))
    if measure not in read.measures:
        raise ValueError(f"Expected one of the {len(read.measures)} measures of this release, but got {measure!r}.")
    share, view = read.measures[measure]["kind"] == "share", read.view(measure)
    above = [node for node in reversed(read.above(read.node)) if node != WHOLE]
    top = [read.cell(view, node, measure) for node in (*above, read.node) if node != WHOLE]
    top += [read.cell(view, node, measure) for node, unit in read.units.items() if _beside(read, node, unit)]
    inside, below = rows(read, measure)
    every: tuple[Row, ...] = (*(row(read, cell) for cell in top), *inside)
    whole, suffix = read.cell(view, WHOLE, measure), " %" if share else ""
    title, lines = finding.lineup(p, measure), method(read, [measure])
    what = "% of answers, in bands" if share else "average, 0 low to 100 high"
    subline = f"{read.title(measure)}, {what}, with 95 % interval. {read.wave}. Line: whole organisation."
    cells = [*([whole] if whole.shown else []), *top, *below]
    table = [(read.labels[c.node], c.text, c.likely, c.answers, finding.compared(c, whole)) for c in cells]
    numbers = pd.DataFrame(table, columns=list(columns(share)))
    drawn = draw(every, whole, suffix, states(every))
    return Drawing(drawn, takeaway(title, every), numbers, title, subline, lines, every, whole, suffix)


def _beside(read: Reading, node: int, unit: Mapping[str, Any]) -> bool:
    """Whether a unit is the residual group that holds the people of the aggregate's own unit, which is hidden."""
    return bool(unit.get("rest")) and int(unit["parent"]) != read.node and node != read.node
