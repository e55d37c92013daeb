"""Drivers of one outcome: shares with intervals, pure noise as the yardstick, the direction in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import across, draw
from analytics.drivers import LEVELS, NOISE
from analytics.finding.drivers import VIEW, Shown, shown
from analytics.finding.words import inside
from analytics.protect import Protected
from analytics.reading import Cell, Reading

COLUMNS = ("Scale", "Share of what all explain", "Likely between", "Direction", "Beyond noise")
NOISE_LABEL = "Pure noise (yardstick)"
_WHO = {"within": "people beside the average of their own team", "between": "averages of teams"}
_DIRECTION = {"more": "goes with more", "less": "goes with less", "not clear": "direction not clear"}


def drivers(p: Protected, outcome: str, level: str = "within") -> Drawing:
    """What goes with one outcome in the aggregate's unit: each scale's share of the explained variance (0-100 %).

    ``level``: "within" or "between" teams. Raises ``TypeError`` on anything else than a ``Protected``, ``ValueError``
    on another level.
    """
    read = Reading(require_protected(p, "chart.drivers"))
    if level not in LEVELS:
        raise ValueError(f"Expected the level within or between, but got {level!r}.")
    title, every = finding.drivers(p, outcome, level), shown(read, outcome, level)
    lines = _method(read, [outcome, *(one.name for one in every)])
    subline = _subline(read, outcome, level)
    if not every:
        lacking = read.cell(VIEW, read.node, outcome, f"{level}|lacking")
        return nothing(title, f"{lacking.text if lacking.shown else ''} {read.wave}.".strip(), lines, COLUMNS)
    noise = read.cell(VIEW, read.node, outcome, f"{level}|{NOISE}|share")
    rows = (*(_row(one, outcome, read) for one in every), _noise_row(noise))
    figure = draw(rows, None, " %", ("driver", "faint", "noise"))
    if noise.has_interval:
        across(figure, rows, noise.ci_high, look.QUIET, "dot")
    subline = f"{subline} {finding.order_note(p, outcome, level)}"
    return Drawing(figure, takeaway(title, rows), _numbers(every, noise), title, subline, lines, rows, suffix=" %")


def _row(one: Shown, outcome: str, read: Reading) -> Row:
    words = f"{_DIRECTION.get(one.sign, one.sign)} {inside(read.title(outcome))}"
    span = Span("driver" if one.clear else "faint", one.cell, f"{said(one.title, one.cell, 'share')[:-1]}; {words}.")
    return Row(one.title, (span,), one.cell.text, _DIRECTION.get(one.sign, ""))


def _noise_row(noise: Cell) -> Row:
    return Row(NOISE_LABEL, (Span("noise", noise, said(NOISE_LABEL, noise, "share")),), noise.text)


def _subline(read: Reading, outcome: str, level: str) -> str:
    r2 = read.cell(VIEW, read.node, outcome, f"{level}|r2")
    part = f" Together the scales explain {r2.text} of its differences." if r2.shown else ""
    return (
        f"Share of what all scales explain of {inside(read.title(outcome))}, {_WHO[level]}, with 95 % interval; "
        f"dotted line: the most that noise reaches.{part} {people(read)}. "
        "Associations of answers given on one day, not causes."
    )


def _method(read: Reading, measures: Sequence[str]) -> tuple[str, ...]:
    *told, _, hidden = method(read, measures)
    sure = (
        "How sure: each scale's gain in explained variance, averaged over all orders of entering (LMG); 95 % intervals "
        "from resampling whole teams; a scale also gets a share for what it has in common with others."
    )
    return *told, sure, hidden


def _numbers(every: Sequence[Shown], noise: Cell) -> pd.DataFrame:
    table = [
        (one.title, one.cell.text, one.cell.likely, _DIRECTION.get(one.sign, ""), "yes" if one.clear else "no")
        for one in every
    ]
    return pd.DataFrame([*table, (NOISE_LABEL, noise.text, noise.likely, "", "")], columns=list(COLUMNS))
