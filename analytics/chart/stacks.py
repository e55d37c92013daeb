"""Whole answers as bars of 100 %: a panel per answer set, its words above it, the weighing end at the right."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import plotly.graph_objects as go

from analytics.chart import look
from analytics.chart.rows import AXIS_PX, GAP_PX, LEFT_PX, NAME_PX, RIGHT_PX, TOP_PX, UNDER_PX
from analytics.release import NOT_SHOWN

BAR_PX = 24
KEY_LINE_PX, KEY_GAP_PX = 17, 8
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
    figure, at = look.figure(AXIS_PX, LEFT_PX, RIGHT_PX, TOP_PX, AXIS_PX), 0
    for panel in (list(panel) for _, panel in groupby(bars, key=lambda bar: (bar.words, bar.colours))):
        key = _key(panel[0])
        at += GAP_PX if at else 0
        _text(figure, 0, at, "<br>".join(key), look.QUIET, 12)
        at += KEY_LINE_PX * len(key) + KEY_GAP_PX
        for bar in panel:
            at = _bar(figure, bar, at)
    figure.update_layout(barmode="stack", height=at + TOP_PX + AXIS_PX)
    figure.update_layout(uniformtext={"minsize": 11, "mode": "hide"})  # no number where it has no room
    figure.update_xaxes(**look.axis(" %", showgrid=False))
    figure.update_yaxes(**look.bare(range=[at, 0], showticklabels=False))
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


def _bar(figure: go.Figure, bar: Bar, at: int) -> int:
    """The name and the share on one line, the bar below it; returns where the next one begins."""
    name = look.wrapped(bar.label, look.PHONE_CHARS - len(bar.share) - 2)
    _text(figure, 0, at, "<br>".join(look.plain(line) for line in name), look.INK)
    _text(figure, 1, at, f"<b>{look.plain(bar.share)}</b>", look.INK, side="right")
    up = at + NAME_PX * len(name) + UNDER_PX
    if bar.widths:
        _parts(figure, bar, up + BAR_PX / 2)
    else:
        _text(figure, 0, up, NOT_SHOWN, look.QUIET)
    return up + BAR_PX + GAP_PX


def _parts(figure: go.Figure, bar: Bar, y: float) -> None:
    for word, text, width, colour in zip(bar.words, bar.texts, bar.widths, bar.colours, strict=True):
        figure.add_trace(
            go.Bar(
                x=[width],
                y=[y],
                width=[BAR_PX],
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


def _text(figure: go.Figure, x: int, y: float, text: str, colour: str, size: int = 13, side: str = "left") -> None:
    place = {"x": x, "xref": "paper", "xanchor": side, "y": y, "yref": "y", "yanchor": "top", "borderpad": 0}
    figure.add_annotation(text=text, align=side, showarrow=False, font=look.font(colour, size), **place)
