"""Change: slope lines for two surveys, small panels for three and more; grey until a change is clear."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import isnan

import pandas as pd

from analytics import finding
from analytics.change import Change, changes, series
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method
from analytics.chart.slopes import Line, panels, slopes
from analytics.comparable import anchored, composition
from analytics.finding.change import ARROWS, told
from analytics.finding.words import in_line
from analytics.lineage import Lineage, Path, lineage
from analytics.protect import Protected
from analytics.reading import Reading
from analytics.release import NOT_SHOWN

MOST_LINES = 8
_LEANINGS = {"balance": "Balance-leaning", "mixed": "Mixed", "integration": "Integration-leaning"}


def change(
    waves: Sequence[Protected],
    measures: Sequence[str],
    nodes: Sequence[int] | None = None,
    maps: Sequence[Mapping[Path, Path]] = (),
    view: str = "indicators",
) -> Drawing:
    """The change of means or shares (0-100) over two or more surveys, from displayed figures.

    ``waves``: oldest first; ``nodes``: units of the latest (its own unit when none are named); ``maps``: for each pair
    of neighbouring surveys, which earlier path became which. Broken lines are said in the numbers. Raises
    ``TypeError`` on anything else than ``Protected``, ``ValueError`` without a survey.
    """
    if not waves:
        raise ValueError("A change needs 1 survey or more, but got 0.")
    reads = [Reading(require_protected(p, "chart.change")) for p in waves]
    later, asked = reads[-1], [measure for measure in measures if measure in reads[-1].measures]
    lines = method(later, asked)
    columns = ("Figure", *_names(reads), "Change", "Likely between", "In words")
    if len(reads) < 2:
        return nothing(finding.first_survey(1), f"{later.wave}.", lines, columns)
    matched = [
        lineage(a.manifest["units"], b.manifest["units"], maps[at] if at < len(maps) else None)
        for at, (a, b) in enumerate(pairwise(reads))
    ]
    places = [later.node] if nodes is None else list(nodes)
    found = changes(reads[-2], later, matched[-1], [(view, measure) for measure in asked], places)
    every = [_line(reads, matched, view, one, len(places) > 1) for one in found]
    title, subline = finding.change(later, found, len(reads)), _subline(reads, matched[-1], asked)
    numbers = pd.DataFrame([_told(later, one) for one in every], columns=list(columns))
    drawn = _drawn(every, len(reads))
    if not drawn:
        empty = nothing(title, subline, lines, columns)
        return Drawing(empty.figure, empty.alt, numbers, title, subline, lines)
    rows, share = tuple(_row(one) for one in drawn), any("%" in one.cells[-1].text for one in drawn)
    figure = slopes(drawn, _names(reads)) if len(reads) == 2 else panels(drawn, _names(reads))
    suffix = " %" if share else ""
    return Drawing(figure, takeaway(title, rows), numbers, title, subline, lines, rows, suffix=suffix)


def _line(reads: Sequence[Reading], matched: Sequence[Lineage], view: str, one: Change, units: bool) -> Line:
    later = reads[-1]
    name = later.labels.get(one.node, later.name(one.node)) if units else in_line(later.title(one.measure))
    label = f"{name}, {_LEANINGS.get(one.part, one.part)}" if one.part else name
    label = _LEANINGS[one.part] if one.part in _LEANINGS and not units else label
    return Line(label, series(reads, matched, one.node, view, one.measure, one.part), one)


def _drawn(every: Sequence[Line], n_waves: int) -> list[Line]:
    """The lines of at least two surveys; above eight, the clear ones alone, since the others would be a tangle."""
    held = [one for one in every if sum(cell.shown for cell in one.cells) >= 2]
    if n_waves == 2:
        held = [one for one in held if one.change.drawn]
    return [one for one in held if one.change.clear][:MOST_LINES] if len(held) > MOST_LINES else held


def _names(reads: Sequence[Reading]) -> list[str]:
    return [str(read.manifest["wave"]) for read in reads]


def _subline(reads: Sequence[Reading], matched: Lineage, asked: Sequence[str]) -> str:
    earlier, later = reads[-2:]
    note = anchored(earlier, later) if "leaning" in asked or "B" in asked else ""
    what = "Averages and shares, 0 to 100, as both surveys show them; grey: the change may be chance."
    return " ".join(part for part in (what, f"{later.wave}.", *composition(earlier, later, matched), note) if part)


def _row(one: Line) -> Row:
    shown = [cell for cell in one.cells if cell.shown]
    spans = [Span("steady", cell, said(one.label, cell, "before")) for cell in shown[:-1]]
    spans.append(Span(one.meaning, shown[-1], said(one.label, shown[-1], "now")))
    return Row(one.label, tuple(spans), ARROWS[one.change.state])


def _told(later: Reading, one: Line) -> tuple[str, ...]:
    last, hidden = len(one.cells) - 1, one.change.state == "hidden"
    lacking = [NOT_SHOWN if hidden or at == last else "" for at in range(last + 1)]
    figures = [cell.text if cell.shown else words for cell, words in zip(one.cells, lacking, strict=True)]
    likely = "" if isnan(one.change.low) else f"{one.change.low:+.0f} to {one.change.high:+.0f}"
    return (one.label, *figures, ARROWS[one.change.state], likely, told(later, one.change))
