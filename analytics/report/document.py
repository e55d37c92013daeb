"""The parts that printed documents share: the head, a drawing with its heading, boxes of words, and the foot."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.chart import look
from analytics.chart.drawing import Drawing, Row
from analytics.finding.talk import DOES_NOT_DIAGNOSE
from analytics.reading import Reading
from analytics.report import rows, stacks, surface, tables
from analytics.report.sheet import BOTTOM, LEADING, LEFT, QUIET, RIGHT, SMALL, TOP, WIDTH, Sheet, Style

INVENTED = "Invented data: no real person or company."
NEED_SOMEONE = "If you need someone to talk to"
TITLE = Style(18.0, bold=True)
FINDING = Style(12.5)
HEADING = Style(11.0, bold=True)
_BADGE = Style(8.0)
_WORDS, _INSIDE = Style(8.5), 3.0  # of a box: its letters, and mm between its edge and them
_LARGE = 60.0  # mm: more than this may be broken over two pages
_ROWS = 25.0  # mm for the first rows of a table
_MOST = 3  # lines of any one heading or sentence that holds a name


def sheet_of(read: Reading) -> Sheet:
    """An empty document; its metadata tell the survey, the wave, when the release was made, and its hash."""
    manifest = read.manifest
    return Sheet(read.wave, f"Release {manifest['hash']}", str(manifest["created"]))


def head(sheet: Sheet, read: Reading, title: str, under: str, sentence: str) -> None:
    """The title, a line under it, the badge of invented data, and the document's one finding."""
    taken = _badge(sheet) if read.manifest["sample"] else 0.0
    for line in sheet.wrap(title, WIDTH - taken, TITLE, 2):
        sheet.paragraph(line, TITLE, after=0)
    sheet.y += 0.6
    sheet.paragraph(under, QUIET, most=2, after=2)
    top = sheet.y
    lines = sheet.wrap(sentence, WIDTH - 5, FINDING, _MOST + 1)
    for line in lines:
        sheet.y += FINDING.size * LEADING
        sheet.put(LEFT + 5, sheet.y - FINDING.size * LEADING / 2, line, FINDING)
    sheet.box(LEFT, top, 1.2, sheet.y - top, fill=look.MARKS["higher"].colour)
    sheet.y += 3


def section(sheet: Sheet, drawing: Drawing, drawn: Sequence[Row], tight: float = 1.0, numbers: bool = True) -> None:
    """A heading with what is drawn and its rows, kept on one page when one page holds them; then, with ``numbers``,
    the same figures as a table and how they were worked out."""
    bars = stacks.bars(drawing) if numbers else ()
    needed = _height(sheet, drawing, drawn, tight, bars)
    sheet.keep(needed if needed <= BOTTOM - TOP else _height(sheet, drawing, drawn[:4], tight))
    sheet.paragraph(drawing.title, HEADING, most=_MOST, after=0.3)
    if drawing.subline:
        sheet.paragraph(drawing.subline, QUIET, after=1.2)
    if bars:
        stacks.put(sheet, bars)
    elif surface.is_one(drawn):
        surface.put(sheet, drawn)
    elif drawn:
        rows.key(sheet, drawing, drawn)
        rows.put(sheet, drawing, drawn, tight)
    if numbers and not drawing.numbers.empty:
        tables.put(sheet, drawing.numbers, f"The numbers behind: {drawing.title}")
        method(sheet, drawing.method)
    sheet.y += 2.6 * tight


def method(sheet: Sheet, lines: Sequence[str]) -> None:
    """How something was worked out, in small letters."""
    needed = sum(sheet.height(line, SMALL) + 0.4 for line in lines)
    sheet.keep(needed if needed < _LARGE else 0)
    for line in lines:
        sheet.paragraph(line, SMALL, after=0.4)


def listed(sheet: Sheet, title: str, sentences: Sequence[str], signs: Sequence[str] = ()) -> None:
    """A heading with sentences under it, each with its sign (a dash where none is given); nothing without any."""
    if not sentences:
        return
    sheet.keep(HEADING.size * LEADING + sum(sheet.height(sentence) + 1 for sentence in sentences[:3]))
    sheet.paragraph(title, HEADING, most=_MOST, after=0.6)
    for place, sentence in enumerate(sentences):
        sheet.keep(sheet.height(sentence))
        sign = signs[place] if signs else "–"
        sheet.put(LEFT, sheet.y + Style().size * LEADING / 2, sign)
        sheet.paragraph(sentence, indent=5, after=0.5)
    sheet.y += 2


def panel(sheet: Sheet, title: str, words: str) -> None:
    """A box of words, such as whom to turn to; nothing without words."""
    if not words:
        return
    inside = sheet.wrap(words, WIDTH - 2 * _INSIDE, _WORDS)
    height = (HEADING.size + len(inside) * _WORDS.size) * LEADING + 4.5
    sheet.keep(height + 2)
    sheet.box(LEFT, sheet.y, WIDTH, height, edge=look.INK)
    sheet.y += 2
    sheet.paragraph(title, HEADING, _INSIDE, after=0.4, most=1)
    for line in inside:
        sheet.paragraph(line, _WORDS, _INSIDE, after=0)
    sheet.y += 4


def foot(sheet: Sheet, read: Reading) -> None:
    """At the foot of every page: which survey, when it was made, by which release, and what no figure stands for."""
    manifest = read.manifest
    invented = f"{INVENTED} " if manifest["sample"] else ""
    made = f"Made {str(manifest['created'])[:10]}. Release {str(manifest['hash'])[:12]}."
    least = f"No figure here stands for fewer than {manifest['thresholds']['k']} people. {DOES_NOT_DIAGNOSE}"
    wave = sheet.wrap(f"{read.wave}. {made}", WIDTH - 24, SMALL, 1)
    sheet.foot((*wave, f"{invented}{least}"))


def _badge(sheet: Sheet) -> float:
    """The badge of invented data at the right of the title; returns the room that it takes from it, in mm."""
    width = sheet.width(INVENTED, _BADGE) + 5
    sheet.box(RIGHT - width, sheet.y + 1, width, 5, edge=look.INK)
    sheet.put(RIGHT - width / 2, sheet.y + 3.5, INVENTED, _BADGE, "middle")
    return width + 4


def _height(
    sheet: Sheet, drawing: Drawing, drawn: Sequence[Row], tight: float, bars: Sequence[stacks.Bar] = ()
) -> float:
    """How much room a section's heading and picture take, or the first rows of its table when it has no picture."""
    words = sheet.height(drawing.title, HEADING, _MOST) + sheet.height(drawing.subline, QUIET) + 7
    if bars:
        return words + stacks.height(sheet, bars)
    if surface.is_one(drawn):
        return words + surface.height(drawn)
    if drawn:
        return words + rows.height(sheet, drawing, drawn, tight)
    return words + (_ROWS if len(drawing.numbers) else 0)
