"""A drawing's rows on paper: the same figures as on the screen, in shapes that survive greyscale."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span
from analytics.reading import Cell
from analytics.release import NOT_SHOWN
from analytics.report.sheet import BOTTOM, LEADING, LEFT, RIGHT, TOP, Sheet, Style

NAMES, VALUES = 50.0, 38.0  # mm for the names at the left and the figures at the right
PLOT_X = LEFT + NAMES + 3
PLOT = RIGHT - VALUES - PLOT_X
NAME = Style(8.5)
FIGURE = Style(9.0, bold=True)
NOTE = Style(7.0, look.QUIET)
AXIS = Style(7.5, look.QUIET)
LANE, ROW, TWO_LINES = 3.8, 7.0, 7.2  # mm: between two marks, two rows, two rows with a note under the figure
LEAST_LANE = 3.1  # mm: between two marks however close rows come, so that one's figure is not written over another's
HEAD, FOOT = 4.5, 5.5  # mm above the first row when the organisation is named there, and below the last for the axis
LINES = 3
_SIDES = {
    "triangle-up": ((0, -1), (1, 0.8), (-1, 0.8)),
    "triangle-down": ((0, 1), (1, -0.8), (-1, -0.8)),
    "diamond": ((0, -1.15), (1.15, 0), (0, 1.15), (-1.15, 0)),
    "square": ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
}


def height(sheet: Sheet, drawing: Drawing, rows: Sequence[Row], tight: float = 1.0) -> float:
    """How much room these rows take with their axis, in mm."""
    return _head(drawing) + sum(_pitch(sheet, row, tight) for row in rows) + FOOT


def put(sheet: Sheet, drawing: Drawing, rows: Sequence[Row], tight: float = 1.0) -> None:
    """Draw these rows from ``sheet.y`` on; rows that do not fit go on the next page, each page with its own axis."""
    left = list(rows)
    while left:
        here = _fitting(sheet, drawing, left, tight)
        _part(sheet, drawing, left[:here], tight)
        left = left[here:]
        if left:
            sheet.page()


def key(sheet: Sheet, drawing: Drawing, rows: Sequence[Row]) -> None:
    """One line that names the marks that occur: shape, colour and word together."""
    occurring = {span.meaning for row in rows for span in row.spans}
    marks = [mark for meaning, mark in look.MARKS.items() if meaning in occurring]
    x, y = LEFT, sheet.y + 1.8
    for place, mark in enumerate(marks):
        shape(sheet, mark, x + 1.4, y, 1.2)
        same = mark.word in [other.word for other in marks[place + 1 :]]  # two colours, one meaning: named once
        x = x + 3.4 if same else _word(sheet, x + 4, y, mark.word)
    if drawing.whole is not None or any(row.whole is not None and row.whole.shown for row in rows):
        sheet.line(x + 1, y - 1.6, x + 1, y + 1.6, look.INK, 0.7)
        x = _word(sheet, x + 3, y, look.MARKS["whole"].word)
    if any(row.hidden for row in rows):
        sheet.hatched(x, y - 1.3, 5, 2.6)
        _word(sheet, x + 6.5, y, "not shown")
    sheet.y += 4.6


def shape(sheet: Sheet, mark: look.Mark, x: float, y: float, r: float) -> None:
    """One mark with its middle at (x, y)."""
    if mark.symbol == "circle":
        sheet.circle(x, y, r, mark)
    elif mark.symbol == "x-thin":
        sheet.line(x - r, y - r, x + r, y + r, mark.colour, 0.5)
        sheet.line(x - r, y + r, x + r, y - r, mark.colour, 0.5)
    else:
        sides = _SIDES.get(mark.symbol, _SIDES["diamond"])
        sheet.polygon([(x + r * across, y + r * down) for across, down in sides], mark)


def _word(sheet: Sheet, x: float, y: float, word: str) -> float:
    sheet.put(x, y, word, NOTE)
    return x + sheet.width(word, NOTE) + 4


def _fitting(sheet: Sheet, drawing: Drawing, rows: Sequence[Row], tight: float) -> int:
    """How many of the rows fit on what is left of the page; one at least on an empty page."""
    room, here = BOTTOM - sheet.y - _head(drawing) - FOOT, 0
    while here < len(rows) and (room := room - _pitch(sheet, rows[here], tight)) >= 0:
        here += 1
    return max(here, 1 if sheet.y <= TOP else 0)


def _part(sheet: Sheet, drawing: Drawing, rows: Sequence[Row], tight: float) -> None:
    if not rows:
        return
    top = sheet.y + _head(drawing)
    bottom = top + sum(_pitch(sheet, row, tight) for row in rows)
    _axis(sheet, top, bottom, drawing.suffix)
    _whole(sheet, drawing.whole, top, bottom)
    _noise(sheet, drawing.rows, top, bottom)
    sheet.y = top
    for row in rows:
        pitch = _pitch(sheet, row, tight)
        _row(sheet, row, sheet.y + pitch / 2, pitch)
        sheet.y += pitch
    sheet.y = bottom + FOOT


def _head(drawing: Drawing) -> float:
    return HEAD if drawing.whole is not None and drawing.whole.shown else 1.0


def _pitch(sheet: Sheet, row: Row, tight: float) -> float:
    names = len(_name(sheet, row.label)) * NAME.size * LEADING * 0.85 + 1.2
    figures = TWO_LINES if row.note and len(row.spans) == 1 and not _beside(sheet, row) else 0.0
    lane = max(LANE * tight, LEAST_LANE) if len(row.spans) > 1 else LANE * tight
    return max(ROW * tight, lane * len(row.spans) + 2.4, names, figures)


def _name(sheet: Sheet, label: str) -> list[str]:
    """A name on up to three lines; a longer one is cut in its middle."""
    return sheet.wrap(label, NAMES, NAME, LINES)


def _x(value: float) -> float:
    return PLOT_X + PLOT * value / 100


def _axis(sheet: Sheet, top: float, bottom: float, suffix: str) -> None:
    for at in (0, 25, 50, 75, 100):
        sheet.line(_x(at), top, _x(at), bottom, look.GRID, 0.3)
        sheet.put(_x(at), bottom + 2.4, f"{at}{suffix}", AXIS, "middle")


def _whole(sheet: Sheet, whole: Cell | None, top: float, bottom: float) -> None:
    if whole is None or not whole.shown:
        return
    if whole.point:
        sheet.line(_x(whole.value), top, _x(whole.value), bottom, look.INK, 0.5)
    else:
        sheet.box(_x(whole.low), top, _x(whole.high) - _x(whole.low), bottom - top, fill=look.GRID)
    at = whole.value if whole.point else (whole.low + whole.high) / 2
    sheet.put(_x(at), top - 2.2, f"Whole organisation {whole.text}", AXIS, "middle")


def _noise(sheet: Sheet, rows: Sequence[Row], top: float, bottom: float) -> None:
    """The dotted line of a chart of drivers: the most that noise reaches."""
    for span in (span for row in rows for span in row.spans if span.meaning == "noise" and span.cell.has_interval):
        sheet.line(_x(span.cell.ci_high), top, _x(span.cell.ci_high), bottom, look.QUIET, 0.4, dash=0.8)


def _row(sheet: Sheet, row: Row, y: float, pitch: float) -> None:
    names = _name(sheet, row.label)
    step = NAME.size * LEADING * 0.85
    for place, line in enumerate(names):
        sheet.put(LEFT + NAMES, y + (place - (len(names) - 1) / 2) * step, line, NAME, "end")
    if row.hidden:
        _hidden(sheet, y)
    elif not row.spans:
        sheet.put(PLOT_X, y, row.printed, NOTE)
    else:
        _tick(sheet, row.whole, y, pitch)
        _spans(sheet, row, y, pitch)


def _hidden(sheet: Sheet, y: float) -> None:
    sheet.hatched(PLOT_X, y - 2.4, PLOT, 4.8)
    sheet.box(PLOT_X + 1.5, y - 1.9, sheet.width(NOT_SHOWN, NOTE) + 2, 3.8, fill=look.PAPER)
    sheet.put(PLOT_X + 2.5, y, NOT_SHOWN, NOTE)


def _tick(sheet: Sheet, whole: Cell | None, y: float, pitch: float) -> None:
    if whole is None or not whole.shown:
        return
    if whole.point:
        sheet.line(_x(whole.value), y - pitch * 0.36, _x(whole.value), y + pitch * 0.36, look.INK, 0.8)
    else:
        sheet.box(_x(whole.low), y - 2.7, _x(whole.high) - _x(whole.low), 5.4, edge=look.INK, width=0.5)


def _spans(sheet: Sheet, row: Row, y: float, pitch: float) -> None:
    lane = min(LANE, (pitch - 1.6) / len(row.spans))
    x = PLOT_X + PLOT + 3
    for place, span in enumerate(row.spans):
        at = y + (place - (len(row.spans) - 1) / 2) * lane
        _span(sheet, span, at)
        if len(row.spans) > 1:
            sheet.put(x, at, span.cell.text, Style(NAME.size, look.MARKS[span.meaning].colour))
    if len(row.spans) > 1:
        sheet.put(RIGHT, y, row.printed if "," not in row.printed else "", NOTE, "end")
        return
    beside = _beside(sheet, row)
    above = 1.6 if row.note and not beside else 0.0
    sheet.put(x, y - above, row.printed, FIGURE)
    sheet.put(x + beside, y + (0.2 if beside else 1.9), row.note, NOTE)


def _beside(sheet: Sheet, row: Row) -> float:
    """How far from a row's figure its note begins when both stand on one line; 0 when they need two."""
    at = sheet.width(row.printed, FIGURE) + 2
    return at if at + sheet.width(row.note, NOTE) <= VALUES - 3 else 0.0


def _span(sheet: Sheet, span: Span, y: float) -> None:
    cell, mark = span.cell, look.MARKS[span.meaning]
    if cell.has_interval:
        sheet.line(_x(cell.ci_low), y, _x(cell.ci_high), y, mark.colour, 0.45 if mark.hollow else 0.8)
    if cell.point:
        shape(sheet, mark, _x(cell.value), y, 1.5)
        return
    sheet.line(_x(cell.low), y, _x(cell.high), y, mark.colour, 1.8)
    shape(sheet, mark, _x(cell.low), y, 1.2)
    shape(sheet, mark, _x(cell.high), y, 1.2)
