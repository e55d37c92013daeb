"""Whole answers as bars of 100 %: a panel per answer set, its words above it, the weighing end at the right."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from analytics.chart import look
from analytics.release import NOT_SHOWN

ROW_PX, LINE_PX = 42, 16
KEY_LINE_PX, KEY_GAP_PX = 17, 22
VALUES_PX = 84
KEY_CHARS = 50  # letters of a line of the key: as many as a phone has room for


@dataclass(frozen=True)
class Bar:
    """One bar: its name, its parts' words, printed figures, lengths (empty when hidden) and colours, and its share."""

    label: str
    words: tuple[str, ...]
    texts: tuple[str, ...]
    widths: tuple[float, ...]
    colours: tuple[str, ...]
    share: str


def stacked(bars: Sequence[Bar]) -> go.Figure:
    """The figure of these bars; bars in a row with the same words and colours share a panel and its key."""
    panels = [list(panel) for _, panel in groupby(bars, key=lambda bar: (bar.words, bar.colours))]
    keys = [_key(panel[0]) for panel in panels]
    lines = max((len(look.wrapped(bar.label)) for bar in bars), default=1)
    pitch = max(ROW_PX, LINE_PX * lines + 4)
    heights = [(KEY_LINE_PX * len(key) + KEY_GAP_PX) / pitch for key in keys]
    places, at = [], 0.0
    for panel, height in zip(panels, heights, strict=True):
        at += height
        places.append([round(at + 0.5 + row, 2) for row in range(len(panel))])
        at += len(panel)
    left = look.gutter([bar.label for bar in bars])
    figure = look.figure(round(at * pitch) + 40, left, VALUES_PX, top=6)
    figure.update_layout(barmode="stack", uniformtext={"minsize": 11, "mode": "hide"})  # no number where it has no room
    figure.update_xaxes(**look.axis(" %"))
    names = ["<br>".join(look.plain(line) for line in look.wrapped(bar.label)) for bar in bars]
    ticks = [place for panel in places for place in panel]
    figure.update_yaxes(**look.bare(range=[round(at, 2), 0], tickvals=ticks, ticktext=names, ticklabelstandoff=8))
    for panel, key, row in zip(panels, keys, places, strict=True):
        _words(figure, key, round(row[0] - 0.5, 2), left)
        for bar, place in zip(panel, row, strict=True):
            _bar(figure, bar, place)
    return figure


def _key(bar: Bar) -> list[str]:
    """The words of a panel with their colours, on as many lines as they need."""
    lengths = textwrap.wrap(" ".join("x" * (len(word) + 2) for word in bar.words), KEY_CHARS) or [""]
    signs = [
        f"<span style='color:{colour}'>■</span> {look.plain(word)}"
        for word, colour in zip(bar.words, bar.colours, strict=True)
    ]
    lines = []
    for line in lengths:
        taken, signs = signs[: len(line.split())], signs[len(line.split()) :]
        lines.append(" \u2002".join(taken))
    return lines


def _words(figure: go.Figure, key: Sequence[str], y: float, left: int) -> None:
    place = {"x": 0, "xref": "paper", "xanchor": "left", "xshift": -left, "y": y, "yref": "y", "yanchor": "bottom"}
    text = "<br>".join(key)
    figure.add_annotation(text=text, align="left", showarrow=False, font=look.font(), **place)


def _bar(figure: go.Figure, bar: Bar, place: float) -> None:
    if not bar.widths:
        note = {"x": 0, "xref": "paper", "xanchor": "left", "y": place, "showarrow": False, "font": look.font()}
        figure.add_annotation(text=NOT_SHOWN, **note)
        return
    for word, text, width, colour in zip(bar.words, bar.texts, bar.widths, bar.colours, strict=True):
        figure.add_trace(
            go.Bar(
                x=[width],
                y=[place],
                width=[0.62],
                orientation="h",
                marker={"color": colour, "line": {"color": look.PAPER, "width": 1.5}},
                text=[text.removesuffix(" %")],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="inside",
                textfont=look.font(look.ink_on(colour), 12),
                hoverinfo="text",
                hovertext=look.plain(f"{bar.label}: {word} {text}."),
            )
        )
    share = {"x": 1, "xref": "paper", "xanchor": "left", "xshift": 8, "y": place, "yref": "y", "showarrow": False}
    figure.add_annotation(text=f"<b>{look.plain(bar.share)}</b>", font=look.font(look.INK), **share)
