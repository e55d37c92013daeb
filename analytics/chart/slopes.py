"""Lines over surveys: slopes with a label at either end for two, small panels on one axis for three and more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import plotly.graph_objects as go

from analytics.change import Change
from analytics.chart import look
from analytics.chart.drawing import said
from analytics.comparable import middle
from analytics.reading import Cell

SLOPE_PX, LINE_PX, LABEL_PX = 200, 20, 17
_TOP_PX, _BOTTOM_PX = 34, 28
PANEL_PX = 104
_APART = 6.0  # points that labels at the ends of lines keep from each other
_CLEAR = ("up", "down")


@dataclass(frozen=True)
class Line:
    """One figure over the surveys: its name, its cells oldest first, its last change and how that is drawn."""

    label: str
    cells: tuple[Cell, ...]
    change: Change

    @property
    def meaning(self) -> str:
        """A key of ``look.MARKS``."""
        return self.change.state if self.change.clear and self.change.state in _CLEAR else "steady"


def slopes(lines: Sequence[Line], names: Sequence[str]) -> go.Figure:
    """Two surveys: one line each from the earlier to the later figure."""
    labels = [look.wrapped(one.label) for one in lines]
    tall = max((len(label) for label in labels), default=1)
    height = SLOPE_PX + LINE_PX * len(lines) * tall
    line = 100 * LABEL_PX / (height - _TOP_PX - _BOTTOM_PX)  # points that one line of a label takes
    figures = [max(len(one.cells[at].text) for one in lines) * look.CHAR_PX for at in (0, -1)]
    right = look.gutter([one.label for one in lines]) + round(figures[1]) + 10
    figure = look.figure(height, left=max(round(figures[0]) + 14, 34), right=right, top=_TOP_PX, bottom=_BOTTOM_PX)
    _ground(figure)
    at = {"range": [-0.02, 1.02], "tickvals": [0, 1], "ticktext": [look.plain(name) for name in names]}
    figure.update_xaxes(**look.bare(ticklabelstandoff=6, **at))
    look.legend(figure, tuple(dict.fromkeys(one.meaning for one in lines)))
    ends = [apart([middle(one.cells[at]) for one in lines], by) for at, by in ((0, line), (-1, line * tall))]
    for one, name, before, now in zip(lines, labels, *ends, strict=True):
        _trace(figure, one, (0, 1), "x", "y")
        colour = look.MARKS[one.meaning].colour
        _end(figure, 0, before, look.plain(one.cells[0].text), "right", colour)
        told = f"<b>{look.plain(one.cells[-1].text)}</b> {'<br>'.join(look.plain(line) for line in name)}"
        _end(figure, 1, now, told, "left", colour)
    return figure


def _ground(figure: go.Figure) -> None:
    """The plot as one field from 0 to 100, named inside it: beside it stand the figures of the lines."""
    figure.update_layout(plot_bgcolor=look.TRACK)
    figure.update_yaxes(**look.axis(showticklabels=False, gridcolor=look.PAPER))
    for end, anchor in ((0, "bottom"), (100, "top")):
        place = {"x": 0.5, "xref": "paper", "y": end, "yref": "y", "yanchor": anchor}
        figure.add_annotation(text=str(end), showarrow=False, font=look.font(), **place)


def apart(values: Sequence[float], by: float = _APART) -> list[float]:
    """Where labels stand: at their values, moved apart by so many points that none covers another."""
    placed = list(values)
    order = sorted(range(len(values)), key=lambda at: values[at])
    for lower, upper in pairwise(order):
        placed[upper] = max(placed[upper], placed[lower] + by)
    over = max((placed[at] for at in order), default=0.0) - 100
    return [round(at - max(over, 0.0), 2) for at in placed]


def _end(figure: go.Figure, x: int, y: float, text: str, side: str, colour: str) -> None:
    shift = -10 if side == "right" else 10
    place = {"x": x, "xref": "paper", "y": y, "yref": "y", "xanchor": side, "align": side, "xshift": shift}
    figure.add_annotation(text=text, showarrow=False, font=look.font(colour), **place)


def panels(lines: Sequence[Line], names: Sequence[str]) -> go.Figure:
    """Three surveys or more: one small panel per line, all on 0 to 100."""
    height = PANEL_PX * len(lines) + 40
    figure = look.figure(height, left=34, right=64, top=8, bottom=32)
    bare = look.bare(range=[-0.2, len(names) - 0.8], tickvals=list(range(len(names))))
    figure.update_xaxes(**bare, ticktext=[look.plain(name) for name in names], anchor="free", position=0)
    each = 1 / len(lines)
    for place, one in enumerate(lines):
        top, name = 1 - place * each, "" if place == 0 else str(place + 1)
        scale = look.axis(
            domain=[top - each * 0.84, top - each * 0.32], tickvals=[0, 50, 100], ticktext=["0", "", "100"]
        )
        figure.update_layout({f"yaxis{name}": scale})
        at = {"x": 0, "xref": "paper", "y": top - each * 0.02, "yref": "paper", "xanchor": "left", "yanchor": "top"}
        figure.add_annotation(
            text=look.plain(one.label), showarrow=False, xshift=-30, font=look.font(look.INK, 13), **at
        )
        _trace(figure, one, range(len(names)), "x", f"y{name}")
        text = f"<b>{look.plain(one.cells[-1].text)}</b>"
        end = {"x": 1, "xref": "paper", "y": middle(one.cells[-1]), "yref": f"y{name}", "xanchor": "left", "xshift": 4}
        figure.add_annotation(text=text, showarrow=False, font=look.font(look.MARKS[one.meaning].colour), **end)
    return figure


def _trace(figure: go.Figure, one: Line, x: Sequence[int], across: str, up: str) -> None:
    mark = look.MARKS[one.meaning]
    held = [(at, cell) for at, cell in zip(x, one.cells, strict=True) if cell.shown]
    for at, cell in held:
        if not cell.point:
            ends = {"x": [at, at], "y": [cell.low, cell.high], "line": {"color": mark.colour, "width": 6}}
            figure.add_trace(go.Scatter(mode="lines", hoverinfo="skip", xaxis=across, yaxis=up, **ends))
    figure.add_trace(
        go.Scatter(
            x=[at for at, _ in held],
            y=[middle(cell) for _, cell in held],
            xaxis=across,
            yaxis=up,
            mode="lines+markers",
            line={"color": mark.colour, "width": 3 if one.change.clear else 1.5},
            marker={"symbol": mark.symbol, "size": 10, "color": mark.fill, "line": {"color": mark.colour, "width": 2}},
            hoverinfo="text",
            hovertext=[look.plain(said(one.label, cell)) for _, cell in held],
            cliponaxis=False,
        )
    )
