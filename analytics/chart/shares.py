"""A unit's share indicators as bands on 0 to 100 %: the width of a bar says how precise the figure is."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

COLUMNS = ("Indicator", "Share", "Likely between", "Answers", "Organisation", "Compared with the organisation")


def shares(p: Protected, measures: Sequence[str] | None = None, most: int = 0) -> Drawing:
    """The share indicators (bands, 0-100 %) of the aggregate's unit with the organisation's tick; all of the release's
    unless some are named.

    ``most``: draw only so many, the clear ones first (0: all). Raises ``TypeError`` on anything else than a
    ``Protected``.
    """
    read = Reading(require_protected(p, "chart.shares"))
    chosen = [m for m in _indicators(read) if measures is None or m in measures]
    title, lines = finding.shares(p, chosen), method(read, chosen)
    tick = " Black tick: whole organisation." if read.node != WHOLE else ""
    subline = f"% of answers, in bands that are wider for smaller groups; line: 95 % interval. {people(read)}.{tick}"
    if not chosen:
        return nothing(title, subline, lines, COLUMNS)
    drawn = _clear_first(read, chosen)[:most] if most else chosen
    few = f" The {most} that differ most of {len(chosen)}; all are in the numbers." if len(drawn) < len(chosen) else ""
    subline = f"{subline}{few}"
    pairs = ((read.cell("indicators", read.node, m), read.cell("indicators", WHOLE, m)) for m in drawn)
    subline = f"{subline} {finding.unsure_note(pairs)}".strip()
    rows = tuple(_row(read, measure) for measure in drawn)
    alt = takeaway(title, rows)
    return Drawing(draw(rows, None, " %"), alt, _numbers(read, chosen), title, subline, lines, rows, suffix=" %")


def _indicators(read: Reading) -> list[str]:
    """The release's shares that are indicators; single questions stand in a table of their own."""
    return [m for m in read.indicators if read.measures[m]["kind"] == "share"]


def _clear_first(read: Reading, chosen: Sequence[str]) -> list[str]:
    """The shares that are clearly different first, then the others that are shown, in the release's order."""
    cells = {m: read.cell("indicators", read.node, m) for m in chosen}
    return sorted(chosen, key=lambda m: (not cells[m].shown, cells[m].state not in ("higher", "lower")))


def _row(read: Reading, measure: str) -> Row:
    cell, label = read.cell("indicators", read.node, measure), read.title(measure)
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    whole = None if read.node == WHOLE else read.cell("indicators", WHOLE, measure)
    note = f"whole {whole.text}" if whole is not None and whole.shown else ""
    return Row(label, (Span(_meaning(read, cell), cell, said(label, cell)),), cell.text, note, whole)


def _meaning(read: Reading, cell: Cell) -> str:
    if cell.state in ("higher", "lower"):
        return cell.state
    return "burnout" if read.measures[cell.measure]["role"] == "burnout" else "share"


def _numbers(read: Reading, chosen: Sequence[str]) -> pd.DataFrame:
    table = []
    for measure in chosen:
        cell, whole = read.cell("indicators", read.node, measure), read.cell("indicators", WHOLE, measure)
        told = (cell.likely, cell.answers, whole.text if whole.shown else "", finding.compared(cell, whole))
        table.append((read.title(measure), cell.text, *told))
    return pd.DataFrame(table, columns=list(COLUMNS))
