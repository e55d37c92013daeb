"""What every chart hands over: the figure, its finding, its text, its numbers, and how they were worked out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from analytics.chart import look
from analytics.protect import Protected
from analytics.reading import Cell
from analytics.release import NOT_SHOWN

COMPARED = ("higher", "unclear", "lower")


@dataclass(frozen=True)
class Span:
    """One mark: its meaning (a key of ``look.MARKS``), what is displayed (0-100) and the 95 % interval around it."""

    meaning: str
    cell: Cell
    said: str


@dataclass(frozen=True)
class Row:
    """One line of a chart: name, marks (none when hidden), printed figure, small note, the organisation's figure."""

    label: str
    spans: tuple[Span, ...]
    printed: str
    note: str = ""
    whole: Cell | None = None
    hidden: bool = False

    @property
    def gathered(self) -> bool:
        """Whether the row stands for many units in one sentence, without a figure."""
        return not self.spans and not self.hidden


@dataclass(frozen=True)
class Drawing:
    """A chart ready to show: ``title`` is the finding, ``alt`` its takeaway, ``numbers`` the same figures as a table.

    ``rows`` are the marks the figure was drawn from, kept for printing without a browser; ``whole`` is the
    organisation's figure where one line serves all rows; ``suffix`` follows every figure ("" or " %").
    """

    figure: go.Figure
    alt: str
    numbers: pd.DataFrame
    title: str
    subline: str
    method: tuple[str, ...]
    rows: tuple[Row, ...] = ()
    whole: Cell | None = None
    suffix: str = ""
    memo: dict[str, Any] = field(
        default_factory=dict, repr=False, compare=False
    )  # what was made of the numbers, by name


def require_protected(p: object, asked: str) -> Protected:
    """``p`` itself, or a ``TypeError`` that names the chart and what it was given."""
    if not isinstance(p, Protected):
        raise TypeError(f"{asked} needs a Protected table, got {type(p).__name__}")
    return p


def nothing(sentence: str, subline: str, method: tuple[str, ...], columns: tuple[str, ...]) -> Drawing:
    """A drawing of nothing: one sentence in the place of the chart, and a table without rows."""
    empty = look.figure(height=72, left=0, right=0, top=8, bottom=8)
    empty.update_xaxes(visible=False)
    empty.update_yaxes(visible=False)
    text = look.plain(sentence)
    empty.add_annotation(text=text, x=0, y=0.5, xref="paper", yref="paper", showarrow=False, xanchor="left")
    empty.update_annotations(font=look.font(look.QUIET, 13))
    return Drawing(empty, sentence, pd.DataFrame(columns=list(columns)), sentence, subline, method)


def said(label: str, cell: Cell, what: str = "") -> str:
    """The one sentence of a mark: the name, the printed figure, its likely range and the band of answers."""
    share = "%" in cell.text or cell.kind in ("share", "parts")
    figure = f"about {cell.text} of 100" if cell.point and not share else cell.text + ("" if share else ", of 100")
    likely = f"likely between {cell.ci_low:.0f} and {cell.ci_high:.0f}{' %' if share else ''}" if cell.likely else ""
    clauses = [clause for clause in (f"{what} {figure}".strip(), likely, cell.answers) if clause]
    return f"{label}: {'; '.join(clauses)}."


def states(rows: Sequence[Row]) -> tuple[str, ...]:
    """For a chart's key: the meanings of marks that compare with the organisation, where any of them is clear."""
    drawn = {span.meaning for row in rows for span in row.spans}
    return tuple(one for one in COMPARED if one in drawn) if drawn & {"higher", "lower"} else ()


def takeaway(title: str, rows: Sequence[Row]) -> str:
    """The text alternative of a chart: its finding, then every mark in one sentence."""
    told = [s for row in rows for s in ([span.said for span in row.spans] or [f"{row.label}: {NOT_SHOWN}"])]
    return " ".join((f"{title.rstrip('.')}.", *told))
