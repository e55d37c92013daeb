"""The leading burnout score along the Boundary Index in five steps, for the organisation: an association."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from analytics import finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method
from analytics.finding.words import inside
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

STEPS = ("0–20", "20–40", "40–60", "60–80", "80–100")
MEANINGS = ("integration", "integration", "mixed", "balance", "balance")
COLUMNS = ("Step of the index", "Score", "Likely between", "Answers")
HEIGHT = 380


def slope(p: Protected) -> Drawing:
    """Mean burnout (0-100) at five steps of the index with 95 % intervals, from step means that may be shown.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.slope"))
    measure, index = read.first or "", finding.index_name(p) or "Boundary Index"
    title, lines = finding.slope(p), method(read, [measure] if measure else [])
    what = f"Average {inside(read.title(measure))}" if measure else "Average score"
    subline = (
        f"{what} (0–100) by step of the {index} (0 integration, 100 balance), whole organisation, with 95 % interval. "
        f"{read.wave}. An association, not a cause."
    )
    cells = [read.cell("slope", WHOLE, measure, str(step)) for step in range(1, 6)]
    if not any(cell.shown for cell in cells):
        return nothing(title, subline, lines, COLUMNS)
    rows = tuple(_row(place, cell) for place, cell in enumerate(cells))
    table = [(f"{STEPS[at]}", c.text, c.likely, c.answers) for at, c in enumerate(cells)]
    numbers = pd.DataFrame(table, columns=list(COLUMNS))
    alt = takeaway(title, rows)
    return Drawing(_figure(rows, index), alt, numbers, title, subline, lines, rows)


def _row(place: int, cell: Cell) -> Row:
    label = f"Index {STEPS[place]}"
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    return Row(label, (Span(MEANINGS[place], cell, said(label, cell)),), cell.text, cell.answers)


def _figure(rows: Sequence[Row], index: str) -> go.Figure:
    figure = look.figure(HEIGHT, left=34, right=12, top=36, bottom=84)
    figure.update_yaxes(**look.axis())
    names = [_step_name(at, row) for at, row in enumerate(rows)]
    title = {"text": look.plain(index), "font": look.font(), "standoff": 8}
    figure.update_xaxes(**look.bare(range=[-0.5, 4.5], tickvals=list(range(5)), ticktext=names, title=title))
    look.legend(figure, ("integration", "mixed", "balance"))
    for at, row in enumerate(rows):
        if row.hidden:
            _hatch(figure, at, row)
        else:
            _point(figure, at, row)
    return figure


def _step_name(at: int, row: Row) -> str:
    band = row.note.replace(" answers", "")
    return (
        f"{STEPS[at]}<br><span style='font-size:11px;color:{look.QUIET}'>{band}<br>{'answers' if band else ''}</span>"
    )


def _point(figure: go.Figure, at: int, row: Row) -> None:
    span, cell = row.spans[0], row.spans[0].cell
    mark = look.MARKS[span.meaning]
    if cell.has_interval:
        line = {"color": mark.colour, "width": 3}
        ends = [cell.ci_low, cell.ci_high]
        figure.add_trace(go.Scatter(x=[at, at], y=ends, mode="lines", line=line, hoverinfo="skip"))
    y = [cell.value] if cell.point else [cell.low, cell.high]
    figure.add_trace(
        go.Scatter(
            x=[at] * len(y),
            y=y,
            mode="markers" if cell.point else "lines+markers",
            line={"color": mark.colour, "width": 8},
            marker={"symbol": mark.symbol, "size": 13, "color": mark.fill, "line": {"color": mark.colour, "width": 2}},
            hoverinfo="text",
            hovertext=look.plain(span.said),
            cliponaxis=False,
        )
    )
    text = f"<b>{look.plain(row.printed)}</b>"
    font = look.font(look.INK, 13)
    figure.add_annotation(text=text, x=at, y=y[-1], xanchor="left", xshift=10, showarrow=False, font=font)


def _hatch(figure: go.Figure, at: int, row: Row) -> None:
    pattern = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": look.HATCH, "bgcolor": look.PAPER}
    marker = {"color": look.PAPER, "pattern": pattern, "line": {"color": look.HATCH, "width": 1}}
    hover = look.plain(f"{row.label}: {NOT_SHOWN}")
    figure.add_trace(go.Bar(x=[at], y=[100], width=[0.8], marker=marker, hoverinfo="text", hovertext=hover))
    words = NOT_SHOWN.split(" ")
    wrapped = "<br>".join((" ".join(words[:2]), " ".join(words[2:4]), " ".join(words[4:])))
    place = {"x": at, "y": 50, "showarrow": False, "bgcolor": look.PAPER, "font": look.font(look.QUIET, 11)}
    figure.add_annotation(text=wrapped, **place)
