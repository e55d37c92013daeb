"""How charts look: every colour, shape, font and axis setting by name, so that no theme can change them."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go
import regex

INK = "#1F2937"
QUIET = "#4B5563"  # 7.6:1 on white
GRID = "#E5E7EB"
TRACK = "#EEF1F4"  # what a row's marks lie on
PAPER = "#FFFFFF"
HATCH = "#AEB7C2"
FONT = "'Source Sans', 'Source Sans 3', system-ui, -apple-system, 'Segoe UI', sans-serif"
PLUM = ("#F4E6EE", "#DDB0CB", "#BF76A3", "#9B3F7D", "#5E0F3B")
GREY = ("#EEF0F2", "#CBD1D8", "#98A2AE", "#667182", "#333D4C")
AGREEMENT = ("#A34309", "#F0A575", "#DADADA", "#8DB2DA", "#12436D")

LINE_CHARS = 16  # of a name that stands beside a plot
PHONE_CHARS = 50  # of a line as wide as a phone's card
LINES = 3
CHAR_PX = 6.2


@dataclass(frozen=True)
class Mark:
    """One meaning: its colour, its shape (Plotly symbol), whether it is drawn hollow, and its word."""

    colour: str
    symbol: str
    word: str
    hollow: bool = False

    @property
    def fill(self) -> str:
        return PAPER if self.hollow else self.colour


MARKS: dict[str, Mark] = {
    "higher": Mark("#801650", "diamond", "clearly higher"),
    "unclear": Mark("#6B7480", "circle", "not clear", hollow=True),
    "lower": Mark("#12436D", "square", "clearly lower"),
    "balance": Mark("#12436D", "circle", "balance-leaning"),
    "mixed": Mark("#6B7480", "circle", "mixed", hollow=True),
    "integration": Mark("#C4500F", "square", "integration-leaning"),
    "burnout": Mark(PLUM[2], "circle", "share of answers"),
    "share": Mark("#7C8794", "circle", "share of answers"),
    "chosen separation": Mark("#12436D", "circle", "chosen separation"),
    "unwanted separation": Mark("#12436D", "circle", "unwanted separation", hollow=True),
    "chosen mixing": Mark("#C4500F", "square", "chosen mixing"),
    "unwanted mixing": Mark("#C4500F", "square", "unwanted mixing", hollow=True),
    "driver": Mark(INK, "circle", "beyond noise"),
    "faint": Mark("#6B7480", "circle", "not beyond noise", hollow=True),
    "noise": Mark("#6B7480", "x-thin", "pure noise"),
    "up": Mark("#801650", "triangle-up", "clearly up"),
    "down": Mark("#12436D", "triangle-down", "clearly down"),
    "steady": Mark("#6B7480", "circle", "steady, or not clear", hollow=True),
    "whole": Mark(INK, "line-ns", "whole organisation"),
}

SIGNS = {
    ("diamond", False): "◆",
    ("square", False): "■",
    ("circle", False): "●",
    ("square", True): "□",
    ("circle", True): "○",
    ("x-thin", False): "×",
    ("triangle-up", False): "▲",
    ("triangle-down", False): "▼",
    ("line-ns", False): "|",
}


def font(colour: str = QUIET, size: int = 12, weight: int = 400) -> dict[str, Any]:
    """A font setting with every key given."""
    return {"family": FONT, "color": colour, "size": size, "weight": weight}


def axis(suffix: str = "", **more: Any) -> dict[str, Any]:
    """The one axis of figures: 0 to 100, ticks at quarters, nothing that moves."""
    return {
        "range": [0, 100],
        "tickvals": [0, 25, 50, 75, 100],
        "ticktext": ["0", "", f"50{suffix}", "", f"100{suffix}"],  # quarters unnamed: three words are enough
        "tickangle": 0,
        "tickfont": font(),
        "gridcolor": GRID,
        "gridwidth": 1,
        "showgrid": True,
        "zeroline": False,
        "showline": False,
        "fixedrange": True,
        "automargin": False,
        **more,
    }


def bare(**more: Any) -> dict[str, Any]:
    """An axis without grid or line, for names and steps."""
    plain = {"showgrid": False, "zeroline": False, "showline": False, "fixedrange": True, "automargin": False}
    return {**plain, "tickfont": font(INK), "ticks": "", **more}


def figure(height: int, left: int, right: int, top: int = 34, bottom: int = 30) -> go.Figure:
    """An empty figure with the house's paper, fonts and margins (px), and no template."""
    layout = go.Layout(
        template=go.layout.Template(),
        height=height,
        autosize=True,
        margin={"l": left, "r": right, "t": top, "b": bottom, "pad": 0},
        paper_bgcolor=PAPER,
        plot_bgcolor=PAPER,
        font=font(),
        showlegend=False,
        hovermode="closest",
        hoverlabel={"bgcolor": PAPER, "bordercolor": QUIET, "font": font(INK, 13), "align": "left"},
        dragmode=False,
        bargap=0,
    )
    return go.Figure(layout=layout)


def legend(figure: go.Figure, meanings: Sequence[str]) -> None:
    """One line above a chart that names its marks: sign, colour and word together."""
    marks = [MARKS[meaning] for meaning in meanings]
    text = " \u2002".join(f"<span style='color:{m.colour}'>{SIGNS[m.symbol, m.hollow]}</span> {m.word}" for m in marks)
    place = {"x": 0, "xref": "container", "xanchor": "left", "y": 1, "yref": "container", "yanchor": "top"}
    figure.update_layout(title={"text": text, "font": font(), "automargin": False, "pad": {"t": 4, "l": 4}, **place})


def plain(text: str) -> str:
    """Text that Plotly prints as it stands: its small markup language never sees an opening bracket."""
    return text.replace("<", "&lt;")


def shorten(name: str, most: int = LINE_CHARS * LINES) -> str:
    """A name of at most ``most`` letters (as read, so that joined signs stay together), cut in its middle."""
    letters = regex.findall(r"\X", name)
    if len(letters) <= most:
        return name
    head = (most - 1) * 3 // 5
    start, end = "".join(letters[:head]), "".join(letters[head - most + 1 :])
    # Whole words where there are any: half a word reads like another word.
    words = start.rpartition(" ")[0], end.partition(" ")[2]
    return " … ".join(words) if all(words) else f"{start}…{end}"


def wrapped(name: str, width: int = LINE_CHARS) -> list[str]:
    """A name on up to three lines of so many letters, cut in its middle where it needs more."""
    most = width * LINES
    lines = textwrap.wrap(name, width) or [name]
    while len(lines) > LINES:
        lines = textwrap.wrap(shorten(name, most), width)
        most -= 1
    return lines


def gutter(labels: list[str]) -> int:
    """The left margin (px) that the longest line of these names needs."""
    longest = max((len(line) for label in labels for line in wrapped(label)), default=0)
    return round(min(longest, LINE_CHARS) * CHAR_PX) + 14


def ramp(colours: Sequence[str], steps: int) -> tuple[str, ...]:
    """``steps`` colours spread evenly over a row of colours, its ends included."""
    if steps < 2:
        return (colours[-1],) * steps
    places = [at * (len(colours) - 1) / (steps - 1) for at in range(steps)]
    return tuple(_between(colours[int(at)], colours[min(int(at) + 1, len(colours) - 1)], at % 1) for at in places)


def ink_on(colour: str) -> str:
    """Black or white, whichever stands out more from a colour: 4.5:1 or better on every one."""
    light = _luminance(colour)
    return "#000000" if (light + 0.05) ** 2 > 0.05 * 1.05 else PAPER


def _luminance(colour: str) -> float:
    """How light a colour is, 0 to 1 (WCAG 2.2, relative luminance)."""
    parts = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    red, green, blue = (v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _between(one: str, two: str, share: float) -> str:
    parts = [(int(one[at : at + 2], 16), int(two[at : at + 2], 16)) for at in (1, 3, 5)]
    return "#" + "".join(f"{round(a + (b - a) * share):02X}" for a, b in parts)
