"""Tables on paper: columns as wide as their words need, rows never cut, the head again on every page."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics.chart import look
from analytics.release import NOT_SHOWN
from analytics.report.sheet import BOTTOM, LEADING, LEFT, TOP, WIDTH, Sheet, Style

CELL = Style(7.5)
HEAD = Style(7.5, bold=True)
GAP = 2.5  # mm between two columns
PAD = 0.9  # mm above and below the words of a row
_STEP = CELL.size * LEADING


def put(sheet: Sheet, numbers: pd.DataFrame, caption: str = "") -> None:
    """A table from ``sheet.y`` on with its caption; one without rows takes no room."""
    if numbers.empty:
        return
    texts = numbers.astype(str)
    names, rows = [str(name) for name in texts.columns], texts.to_numpy().tolist()
    widths = _widths(sheet, names, rows)
    head = _wrapped(sheet, names, widths, HEAD)
    lines = [_wrapped(sheet, row, widths, CELL) for row in rows]
    sheet.keep((6 if caption else 0) + _height(head) + sum(_height(line) for line in lines[:3]))
    if caption:
        sheet.paragraph(caption, Style(8, look.QUIET), after=0.6)
    _row(sheet, head, widths, HEAD)
    for line in lines:
        if sheet.y + _height(line) > BOTTOM and sheet.y > TOP:
            sheet.page()
            _row(sheet, head, widths, HEAD)
        _row(sheet, line, widths, CELL)
    sheet.y += 2


def _widths(sheet: Sheet, names: Sequence[str], rows: Sequence[Sequence[str]]) -> list[float]:
    """How wide each column is: what its longest text needs, or a fair part of what is left when that is too much."""
    needed = []
    for place, name in enumerate(names):
        texts = {row[place] for row in rows if not _alone(row, place)}
        needed.append(max([sheet.width(name, HEAD), *(sheet.width(text, CELL) for text in texts)]) + GAP)
    left, widths = WIDTH, [0.0] * len(names)
    for done, place in enumerate(sorted(range(len(names)), key=lambda at: needed[at])):
        widths[place] = min(needed[place], left / (len(names) - done))
        left -= widths[place]
    spare = left / len(names)
    return [width + spare for width in widths]


def _wrapped(sheet: Sheet, texts: Sequence[str], widths: Sequence[float], style: Style) -> list[list[str]]:
    rooms = [sum(widths[at:]) if _alone(texts, at) else width for at, width in enumerate(widths)]
    return [sheet.wrap(text, room - GAP, style) for text, room in zip(texts, rooms, strict=True)]


def _alone(row: Sequence[str], place: int) -> bool:
    """Whether a cell says that nothing is shown and has the rest of its row to say it in."""
    return row[place] == NOT_SHOWN and not any(row[place + 1 :])


def _height(cells: Sequence[Sequence[str]]) -> float:
    return max(len(lines) for lines in cells) * _STEP + 2 * PAD


def _row(sheet: Sheet, cells: Sequence[Sequence[str]], widths: Sequence[float], style: Style) -> None:
    x, height = LEFT, _height(cells)
    for lines, width in zip(cells, widths, strict=True):
        for place, line in enumerate(lines):
            sheet.put(x, sheet.y + PAD + (place + 0.5) * _STEP, line, style)
        x += width
    sheet.y += height
    sheet.line(LEFT, sheet.y, LEFT + WIDTH, sheet.y, look.GRID, 0.3)
