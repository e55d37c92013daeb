"""A report for the organisation: every chart of a release with its numbers, as a PDF."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd

from analytics import chart, finding
from analytics.chart.drawing import Drawing, require_protected
from analytics.chart.method import people
from analytics.protect import Protected
from analytics.reading import COMPARED, WHOLE, Reading
from analytics.report import document, tables
from analytics.report.document import HEADING
from analytics.report.sheet import Sheet

VIEWS = (
    "indicators",
    "leanings",
    "quadrants",
    "questions",
    "slope",
    "profiles",
    "drivers",
    "fit",
    "reliability",
    "response",
)
_ONE_EACH: Mapping[str, Callable[[Protected], Drawing]] = {
    "response": chart.response,
    "questions": chart.questions,
    "leanings": chart.leanings,
    "quadrants": chart.quadrants,
    "slope": chart.slope,
    "profiles": chart.profiles,
}
_PER_SCORE: Mapping[str, Callable[[Protected, str], Drawing]] = {"drivers": chart.drivers, "fit": chart.fit}
ITSELF = "Organisation"  # the column that holds a unit against the organisation
ATTACKED = "How this release was attacked before it was written"


def organisation_pdf(views: Mapping[str, Protected], audit: Mapping[str, Any], help_line: str = "") -> bytes:
    """A whole release as a PDF on A4 pages, the same bytes for the same release.

    ``views``: the views of a release by name (``VIEWS``), seen from the whole organisation; "indicators" must be among
    them, others may lack. ``audit``: the release's own attack report; ``help_line``: the organisation's own words on
    whom to turn to. Raises ``TypeError`` on anything else than a ``Protected``, ``ValueError`` without indicators.
    """
    if "indicators" not in views:
        raise ValueError(f"Expected the view indicators among those to print, but got {len(views)} others.")
    for given in views.values():
        require_protected(given, "report.organisation_pdf")
    p = views["indicators"]
    read = Reading(p)
    sheet = document.sheet_of(read)
    document.head(sheet, read, read.name(WHOLE), people(read, WHOLE), finding.overview(p))
    for drawing in _drawings(views):
        document.section(sheet, _without_itself(drawing), drawing.rows)
    document.listed(sheet, "What this survey cannot show", finding.absent(p))
    document.panel(sheet, document.NEED_SOMEONE, help_line)
    _attacked(sheet, audit)
    document.foot(sheet, read)
    return sheet.content()


def _drawings(views: Mapping[str, Protected]) -> Iterator[Drawing]:
    """The charts in the order of the pages."""
    p = views["indicators"]
    read = Reading(p)
    yield chart.scores(p)
    if read.teams:
        yield from (chart.teams(p, measure) for measure in read.leading)
    shares = chart.shares(p)
    if shares.rows:
        yield shares
    yield from (draw(views[view]) for view, draw in _ONE_EACH.items() if view in views)
    for view, drawn in _PER_SCORE.items():
        if view in views:
            yield from (drawn(views[view], outcome) for outcome in read.headline)
    if "reliability" in views:
        yield chart.reliability(views["reliability"])


def _without_itself(drawing: Drawing) -> Drawing:
    """A drawing of the organisation whose numbers do not hold it against itself."""
    numbers = drawing.numbers
    idle = [name for name in numbers if name == ITSELF or set(numbers[name]) <= {COMPARED[""], ""}]
    return replace(drawing, numbers=numbers.drop(columns=idle))


def _attacked(sheet: Sheet, audit: Mapping[str, Any]) -> None:
    rows = [
        (str(check).replace("_", " ").capitalize(), str(found))
        for check, found in audit.items()
        if isinstance(found, int | float | str)
    ]
    if rows:
        sheet.keep(40)
        sheet.paragraph(ATTACKED, HEADING)
        tables.put(sheet, pd.DataFrame(rows, columns=["Check", "Result"]))
