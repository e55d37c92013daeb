"""Rows on one axis from 0 to 100: a name and its figure on one line, the marks with intervals on a strip below it.

Names stand above the marks and not beside them, so that the plot has the whole width on a phone as on a desk. The axis
down the chart counts pixels: every row takes what its name and its marks need.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from analytics.chart import look
from analytics.chart.drawing import Row, Span
from analytics.reading import Cell
from analytics.release import NOT_SHOWN

NAME_PX = 17  # one line of a name
UNDER_PX = 4  # between a name and its strip
STRIP_PX = 20
LANE_PX = 17
GAP_PX = 10
TOP_PX, AXIS_PX = 4, 24
KEY_PX, WHOLE_PX = 28, 20
LEFT_PX, RIGHT_PX = 4, 18  # beside the axis, for half of the words at its ends


@dataclass(frozen=True)
class _Place:
    """Where a row stands, in pixels from the top: its name's first line, its strip's ends."""

    row: Row
    name: tuple[str, ...]
    top: int
    up: int
    down: int

    @property
    def middle(self) -> float:
        return (self.up + self.down) / 2


def draw(rows: Sequence[Row], whole: Cell | None = None, suffix: str = "", key: Sequence[str] = ()) -> go.Figure:
    """The figure of these rows, first row on top; ``whole`` draws the organisation as one line through all of them,
    ``key`` names the meanings of the marks in one line above."""
    places = list(_places(rows))
    tall = places[-1].down + GAP_PX if places else GAP_PX
    lined = whole is not None and whole.shown
    top = (KEY_PX if key else TOP_PX) + (WHOLE_PX if lined else 0)
    figure = look.figure(tall + top + AXIS_PX, LEFT_PX, _values_px(rows), top, AXIS_PX)
    if key:
        look.legend(figure, key)
    figure.update_xaxes(**look.axis(suffix, gridcolor=look.PAPER))
    figure.update_yaxes(**look.bare(range=[tall, 0], showticklabels=False))
    figure.update_layout(shapes=[_track(place) for place in places if place.row.spans])
    if whole is not None and whole.shown:
        _whole(figure, whole, [place for place in places if place.row.spans])
    for place in places:
        _row(figure, place)
    return figure


def across(figure: go.Figure, rows: Sequence[Row], at: float, colour: str, dash: str) -> None:
    """A line down the strips of these rows at one value of the axis."""
    line = {"color": colour, "width": 1.5, "dash": dash}
    for place in _places(rows):
        if place.row.spans:
            ends = {"x0": at, "x1": at, "y0": place.up - 1, "y1": place.down + 1}
            figure.add_shape(type="line", line=line, layer="below", **ends)


def _places(rows: Sequence[Row]) -> Iterator[_Place]:
    at = 0
    for row in rows:
        name = tuple(look.wrapped(row.label, _name_chars(row))) if row.label else ()
        up = at + (NAME_PX * len(name) + UNDER_PX if name else 0)
        strip = NAME_PX if row.gathered else STRIP_PX + LANE_PX * max(len(row.spans) - 1, 0)
        yield _Place(row, name, at, up, up + strip)
        at = up + strip + GAP_PX


def _name_chars(row: Row) -> int:
    """How many letters a line of a row's name may have beside its figure on a phone."""
    beside = len(row.printed) + len(row.note) + 3 if len(row.spans) == 1 else 0
    return max(look.LINE_CHARS, look.PHONE_CHARS - beside)


def _values_px(rows: Sequence[Row]) -> int:
    """The right margin: where a row has several marks, their figures stand there, each on its mark's line."""
    texts = [span.cell.text for row in rows for span in row.spans if len(row.spans) > 1]
    return max((round(len(text) * look.CHAR_PX) + 16 for text in texts), default=RIGHT_PX)


def _track(place: _Place) -> dict[str, object]:
    ends = {"x0": 0, "x1": 100, "y0": place.up, "y1": place.down}
    return {"type": "rect", "fillcolor": look.TRACK, "line": {"width": 0}, "layer": "below", **ends}


def _row(figure: go.Figure, place: _Place) -> None:
    row = place.row
    if row.gathered:
        _text(figure, 0, place.middle, look.plain(row.printed), look.QUIET)
    if place.name:
        _text(figure, 0, place.top, "<br>".join(look.plain(line) for line in place.name), look.INK, anchor="top")
    if row.hidden:
        hatch(figure, place.middle, row, place.down - place.up)
    if row.whole is not None and row.whole.shown and row.spans:
        _tick(figure, place, row.whole)
    for lane, span in enumerate(row.spans):
        y = round(place.middle + (lane - (len(row.spans) - 1) / 2) * LANE_PX, 1)
        _span(figure, y, span)
        if len(row.spans) > 1:
            _text(figure, 1, y, look.plain(span.cell.text), look.MARKS[span.meaning].colour, shift=8)
    if len(row.spans) == 1:
        note = (
            f"<span style='font-size:12px;color:{look.QUIET}'>{look.plain(row.note)}</span>\u2002" if row.note else ""
        )
        text = f"{note}<b>{look.plain(row.printed)}</b>"
        _text(figure, 1, place.top, text, look.INK, side="right", anchor="top")


def _span(figure: go.Figure, y: float, span: Span) -> None:
    cell, mark = span.cell, look.MARKS[span.meaning]
    if cell.has_interval:
        width = 3 if cell.point and not mark.hollow else 1.5
        figure.add_trace(_line([cell.ci_low, cell.ci_high], [y, y], mark.colour, width))
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


def _tick(figure: go.Figure, place: _Place, whole: Cell) -> None:
    up, down = place.up - 2, place.down + 2
    if whole.point:
        figure.add_trace(_line([whole.value] * 2, [up, down], look.INK, 2.5))
    else:
        low, high = whole.low, whole.high
        figure.add_trace(_line([low, high, high, low, low], [up, up, down, down, up], look.INK, 1.5))


def _whole(figure: go.Figure, whole: Cell, places: Sequence[_Place]) -> None:
    """The organisation on every strip, and its figure in words above the first."""
    low, high = (whole.value, whole.value) if whole.point else (whole.low, whole.high)
    for place in places:
        ends = {"x0": low, "x1": high, "y0": place.up - 1, "y1": place.down + 1}
        kind, line = "line" if whole.point else "rect", {"color": look.INK, "width": 1.5}
        figure.add_shape(type=kind, line=line, layer="below", **ends)
    at = (low + high) / 2
    anchor = "left" if at < 30 else "right" if at > 70 else "center"
    words = {"text": f"Whole organisation {look.plain(whole.text)}", "font": look.font(), "showarrow": False}
    figure.add_annotation(x=at, y=1, xref="x", yref="paper", xanchor=anchor, yanchor="bottom", yshift=4, **words)


def hatch(figure: go.Figure, y: float, row: Row, tall: float) -> None:
    """A hatched strip with the one neutral sentence and no figure."""
    pattern = {"shape": "/", "size": 6, "solidity": 0.25, "fgcolor": look.HATCH, "bgcolor": look.PAPER}
    marker = {"color": look.PAPER, "pattern": pattern, "line": {"color": look.HATCH, "width": 1}}
    hover = look.plain(f"{row.label}: {NOT_SHOWN}")
    bar = go.Bar(x=[100], y=[y], width=[tall], orientation="h", marker=marker, hoverinfo="text", hovertext=hover)
    figure.add_trace(bar)
    _text(figure, 0, y, look.plain(row.printed), look.QUIET, shift=8, background=look.PAPER)


def _text(
    figure: go.Figure,
    x: int,
    y: float,
    text: str,
    colour: str,
    side: str = "left",
    anchor: str = "middle",
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
        yanchor=anchor,
        align=side,
        xshift=shift,
        showarrow=False,
        borderpad=0,
        font=look.font(colour, 12 if shift else 13),
        bgcolor=background,
    )
