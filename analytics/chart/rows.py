"""Rows on one axis from 0 to 100: names at the left, marks with intervals, printed figures at the right."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from analytics.chart import look
from analytics.chart.drawing import Row, Span
from analytics.reading import Cell
from analytics.release import NOT_SHOWN

ROW_PX = 42
LANE_PX = 17
LINE_PX = 16
LEAST_VALUES_PX = 80
MOST_VALUES_PX = 124


def draw(rows: Sequence[Row], whole: Cell | None = None, suffix: str = "", key: Sequence[str] = ()) -> go.Figure:
    """The figure of these rows, first row on top; ``whole`` draws the organisation as one line through all of them,
    ``key`` names the meanings of the marks in one line above."""
    lanes = max((len(row.spans) for row in rows), default=1)
    lines = max((len(look.wrapped(row.label)) for row in rows), default=1)
    pitch = max(ROW_PX, LANE_PX * lanes + 14, LINE_PX * lines + 4)
    top = 34 if key or (whole is not None and whole.shown) else 10
    figure = look.figure(pitch * len(rows) + top + 30, look.gutter([row.label for row in rows]), _values_px(rows), top)
    if key:
        look.legend(figure, key)
    figure.update_xaxes(**look.axis(suffix.strip()))
    places = list(range(len(rows)))
    names = ["<br>".join(look.plain(line) for line in look.wrapped(row.label)) for row in rows]
    bottom, up = len(rows) - 0.5, -0.5
    figure.update_yaxes(**look.bare(range=[bottom, up], tickvals=places, ticktext=names, ticklabelstandoff=8))
    if whole is not None and whole.shown:
        _whole_line(figure, whole, suffix)
    for place, row in enumerate(rows):
        _row(figure, place, row, pitch)
    return figure


def _values_px(rows: Sequence[Row]) -> int:
    texts = [text for row in rows for text in (row.printed, row.note, *(s.cell.text for s in row.spans)) if row.spans]
    longest = max((len(text) for text in texts), default=0)
    return min(max(round(longest * look.CHAR_PX) + 14, LEAST_VALUES_PX), MOST_VALUES_PX)


def _row(figure: go.Figure, place: int, row: Row, pitch: int) -> None:
    if row.hidden:
        hatch(figure, place, row)
    if row.gathered:
        _note(figure, 0, place, look.plain(row.printed), "left", look.QUIET, background=look.PAPER)
    if not row.spans:
        return
    if row.whole is not None and row.whole.shown:
        _tick(figure, place, row.whole)
    for lane, span in enumerate(row.spans):
        y = round(place + (lane - (len(row.spans) - 1) / 2) * LANE_PX / pitch, 2)
        _span(figure, y, span)
        if len(row.spans) > 1:
            _note(figure, 1, y, look.plain(span.cell.text), "left", look.MARKS[span.meaning].colour, shift=10)
    if len(row.spans) == 1:
        _printed(figure, place, row)


def _printed(figure: go.Figure, place: int, row: Row) -> None:
    note = f"<br><span style='font-size:11px'>{look.plain(row.note)}</span>" if row.note else ""
    _note(figure, 1, place, f"<b>{look.plain(row.printed)}</b>{note}", "left", look.INK, shift=10)


def _span(figure: go.Figure, y: float, span: Span) -> None:
    cell, mark = span.cell, look.MARKS[span.meaning]
    clear = not mark.hollow
    if cell.has_interval:
        ends = [cell.ci_low, cell.ci_high]
        width = 3 if clear and cell.point else 1.5
        figure.add_trace(_line(ends, [y, y], mark.colour, width))
    at = [cell.value] if cell.point else [cell.low, cell.high]
    figure.add_trace(
        go.Scatter(
            x=at,
            y=[y] * len(at),
            mode="markers" if cell.point else "lines+markers",
            line={"color": mark.colour, "width": 8},
            marker=_marker(mark, 12 if cell.point else 9),
            hoverinfo="text",
            hovertext=look.plain(span.said),
            cliponaxis=False,
        )
    )


def _marker(mark: look.Mark, size: int) -> dict[str, object]:
    return {"symbol": mark.symbol, "size": size, "color": mark.fill, "line": {"color": mark.colour, "width": 2}}


def _line(x: Sequence[float], y: Sequence[float], colour: str, width: float) -> go.Scatter:
    return go.Scatter(x=list(x), y=list(y), mode="lines", line={"color": colour, "width": width}, hoverinfo="skip")


def _tick(figure: go.Figure, place: int, whole: Cell) -> None:
    up, down = place - 0.32, place + 0.32
    if whole.point:
        figure.add_trace(_line([whole.value] * 2, [up, down], look.INK, 2.5))
    else:
        low, high = whole.low, whole.high
        figure.add_trace(_line([low, high, high, low, low], [up, up, down, down, up], look.INK, 1.5))


def _whole_line(figure: go.Figure, whole: Cell, suffix: str) -> None:
    if whole.point:
        figure.add_vline(x=whole.value, line={"color": look.INK, "width": 1.5}, layer="below")
    else:
        figure.add_vrect(x0=whole.low, x1=whole.high, fillcolor=look.GRID, line={"width": 0}, layer="below")
    at = whole.value if whole.point else (whole.low + whole.high) / 2
    anchor = "left" if at < 30 else "right" if at > 70 else "center"
    text = f"Whole organisation {look.plain(whole.text)}"
    place = {"x": at, "y": 1, "xref": "x", "yref": "paper", "xanchor": anchor, "yanchor": "bottom"}
    figure.add_annotation(text=text, showarrow=False, yshift=4, font=look.font(), **place)


def hatch(figure: go.Figure, place: int, row: Row) -> None:
    """A hatched row with the one neutral sentence and no figure."""
    pattern = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": look.HATCH, "bgcolor": look.PAPER}
    marker = {"color": look.PAPER, "pattern": pattern, "line": {"color": look.HATCH, "width": 1}}
    hover = look.plain(f"{row.label}: {NOT_SHOWN}")
    bar = go.Bar(x=[100], y=[place], width=[0.5], orientation="h", marker=marker, hoverinfo="text", hovertext=hover)
    figure.add_trace(bar)
    _note(figure, 0, place, look.plain(row.printed), "left", look.QUIET, shift=8, background=look.PAPER)


def _note(
    figure: go.Figure,
    x: int,
    y: float,
    text: str,
    side: str,
    colour: str,
    shift: int = 0,
    background: str | None = None,
) -> None:
    # Paper coordinates across: a text beyond the axis range would vanish without a word.
    figure.add_annotation(
        text=text,
        x=x,
        y=y,
        xref="paper",
        yref="y",
        xanchor=side,
        align=side,
        xshift=shift,
        showarrow=False,
        font=look.font(colour, 11 if background else 12),
        bgcolor=background,
    )
