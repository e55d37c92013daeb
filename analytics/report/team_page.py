"""One A4 page for one unit: its verdict, scores, leanings, questions, change, and what to talk about and to try."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from analytics import chart, finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, require_protected
from analytics.chart.method import people
from analytics.finding.talk import NOTHING_CLEAR
from analytics.lineage import Path
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.report import document
from analytics.report.sheet import LEFT, QUIET, RIGHT, SMALL, Sheet

MOST_QUESTIONS = 6
LEFT_OUT = "{drawn} of {of}: clear differences first."
TALK = "Talk about it with the team"
TRY = "What we try until the next survey, who takes care of it, and by when:"
TRIED = "What others have found worth trying"
_CLOSER = (  # how close rows come, room to write on, practices at most: the first that fits one page is taken
    (1.0, True, 4),
    (0.85, True, 3),
    (0.7, True, 2),
    (0.7, False, 2),
    (0.5, False, 1),
    (0.4, False, 1),
    (0.3, False, 1),
)
_PLACE = {"higher": 0, "lower": 1}


@dataclass(frozen=True)
class _Page:
    """What stands on the page: whose it is, what is drawn, and what is said."""

    read: Reading
    under: str
    instead: str
    verdict: str
    drawings: tuple[tuple[Drawing, tuple[Row, ...]], ...]
    points: tuple[str, ...]
    change: tuple[str, ...]
    tried: tuple[str, ...]
    help_line: str


def team_pdf(
    p: Protected,
    leanings: Protected,
    questions: Protected,
    node: int,
    help_line: str = "",
    before: Sequence[Protected] = (),
    maps: Sequence[Mapping[Path, Path]] = (),
) -> bytes:
    """One unit's page as a PDF of one A4 page, the same bytes for the same release.

    ``p``, ``leanings`` and ``questions`` are the views of these names, seen from ``node`` or from a unit above it; a
    unit that is not shown gets the one neutral sentence and the figures of the nearest unit above that is.
    ``help_line``: the organisation's own words on whom to turn to; ``before``: the unit's indicators in the survey
    before this one, and ``maps`` what became of its units, as for ``chart.change``. Raises ``TypeError`` on
    anything else than a ``Protected``, ``ValueError`` for a unit that is not in ``p``.
    """
    for given in (p, leanings, questions, *before):
        require_protected(given, "report.team_pdf")
    whole = Reading(p)
    if node not in whole.units:
        raise ValueError(f"Expected one of the {len(whole.units)} units of this table, but got unit {node}.")
    own = p.select(node, "indicators", frozenset(whole.units))
    page = replace(_page(own, leanings, questions, help_line), change=_changed(own, before, maps))
    for tight, room, most in _CLOSER:
        sheet = _laid_out(page, tight, room, most)
        if sheet.pages == 1:
            break
    return sheet.content()


def _page(own: Protected, leanings: Protected, questions: Protected, help_line: str) -> _Page:
    read = Reading(own)
    shown = _nearest_shown(read)
    seen = own.select(shown, "indicators", frozenset(read.units))
    beside = frozenset({WHOLE, shown})  # without the units below: their names would fill the page
    drawn = (
        chart.scores(seen),
        chart.leanings(leanings.select(shown, "leanings", beside & frozenset(Reading(leanings).units))),
        chart.questions(questions.select(shown, "questions", frozenset(Reading(questions).units)), burdened=True),
    )
    return _Page(
        read,
        people(Reading(seen)) if shown == read.node else f"{read.wave}.",
        "" if shown == read.node else read.name(shown),
        finding.team_verdict(own, own.node),
        tuple((drawing, _most_clear(drawing.rows)) for drawing in drawn),
        finding.talking_points(own),
        (),
        tuple(f"{what.text} ({what.source})" for one in finding.suggestions(own) for what in one.practices),
        help_line,
    )


def _changed(own: Protected, before: Sequence[Protected], maps: Sequence[Mapping[Path, Path]]) -> tuple[str, ...]:
    """A heading and sentences on the change of the scores of the unit, or of the nearest one above that is shown."""
    read = Reading(own)
    seen = own.select(_nearest_shown(read), "indicators", frozenset(read.units))
    drawn = chart.change([*before, seen], read.headline, maps=maps)
    return (f"{drawn.title.rstrip('.')}.", *(drawn.numbers["In words"] if len(drawn.numbers) else ()))


def _nearest_shown(read: Reading) -> int:
    """The unit itself when it is shown, else the nearest one above that is."""
    places = (read.node, *read.above(read.node))
    return next((unit for unit in places if read.units[unit]["shown"]), WHOLE)


def _most_clear(rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """As many rows as a page has room for; those that differ clearly come first."""
    ordered = sorted(rows, key=lambda row: min((_PLACE.get(span.meaning, 2) for span in row.spans), default=3))
    return tuple(ordered[:MOST_QUESTIONS]) if len(rows) > MOST_QUESTIONS else rows


def _laid_out(page: _Page, tight: float, room: bool, practices: int) -> Sheet:
    sheet = document.sheet_of(page.read)
    document.head(sheet, page.read, page.read.name(page.read.node), page.under, page.verdict)
    if page.instead:
        sheet.hatched(LEFT, sheet.y - 1, RIGHT - LEFT, 5)
        sheet.y += 7
        sheet.paragraph(page.instead, document.FINDING, after=1, most=1)
    for drawing, rows in page.drawings:
        document.section(sheet, drawing, rows, tight, numbers=False)
        if len(rows) < len(drawing.rows):
            sheet.paragraph(LEFT_OUT.format(drawn=len(rows), of=len(drawing.rows)), SMALL, after=2)
    sheet.paragraph(" ".join(page.change), SMALL, after=1.5)
    document.listed(sheet, TALK, page.points, [f"{place}." for place in range(1, len(page.points) + 1)])
    if page.tried:
        document.listed(sheet, TRIED, page.tried[:practices])
    else:
        sheet.paragraph(NOTHING_CLEAR, SMALL, after=1.5)
    if room:
        _to_fill_in(sheet)
    document.panel(sheet, document.NEED_SOMEONE, page.help_line)
    document.method(sheet, page.drawings[0][0].method[3:])
    document.foot(sheet, page.read)
    return sheet


def _to_fill_in(sheet: Sheet) -> None:
    """Two lines to write on."""
    sheet.paragraph(TRY, QUIET, after=0)
    for _ in range(2):
        sheet.y += 6.5
        sheet.line(LEFT, sheet.y, RIGHT, sheet.y, look.HATCH, 0.3)
    sheet.y += 3
