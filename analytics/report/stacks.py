"""Whole answers on paper: bars of 100 % as on the screen, read from a drawing's numbers, each part with its figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from analytics.chart import look
from analytics.chart.drawing import Drawing, Row
from analytics.release import NOT_SHOWN
from analytics.report.rows import FIGURE, NAME, NAMES, NOTE, PLOT, PLOT_X
from analytics.report.sheet import BOTTOM, LEADING, LEFT, RIGHT, TOP, Sheet, Style

ANSWERS = "All answers"
ROW, BAR, KEY = 7.4, 5.0, 5.2  # mm: a row, its bar, a line of words
_PART = re.compile(r"(?P<word>.+?) (?P<text>(?:(?P<low>\d+)–)?(?P<high>\d+) %)(?:; |$)")
_TURNED = "↺"


@dataclass(frozen=True)
class Part:
    """One answer: its words, its printed share, and how long it is drawn (per cent)."""

    word: str
    text: str
    width: float


@dataclass(frozen=True)
class Bar:
    """One question: its row in the drawing, its answers (none when they are not shown), and their colours."""

    row: Row
    parts: tuple[Part, ...]
    colours: tuple[str, ...]

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(part.word for part in self.parts)


def bars(drawing: Drawing) -> tuple[Bar, ...]:
    """The bars that a drawing's numbers tell of; none when they tell of no whole answers."""
    if ANSWERS not in drawing.numbers or len(drawing.numbers) != len(drawing.rows):
        return ()
    told = zip(drawing.rows, drawing.numbers[ANSWERS].astype(str), strict=True)
    found = tuple(_bar(row, _parts(answers)) for row, answers in told)
    return found if any(bar.parts for bar in found) else ()


def put(sheet: Sheet, made: Sequence[Bar]) -> None:
    """Draw bars from ``sheet.y`` on, those of one answer set under one line of its words, again on every page."""
    for _, alike in groupby(made, key=lambda bar: (bar.words, bar.colours)):
        panel = list(alike)
        sheet.keep(_key_height(sheet, panel[0]) + 2 * ROW)
        _key(sheet, panel[0])
        for bar in panel:
            if sheet.y + ROW > BOTTOM and sheet.y > TOP:
                sheet.page()
                _key(sheet, bar)
            _draw(sheet, bar)
        sheet.y += 2


def height(sheet: Sheet, made: Sequence[Bar]) -> float:
    """How much room the first bars take, in mm: the others may go on the next page."""
    return _key_height(sheet, made[0]) + ROW * min(len(made), 4)


def _parts(answers: str) -> tuple[Part, ...]:
    found = list(_PART.finditer(answers))
    if "".join(one.group() for one in found) != answers:
        return ()
    middles = [(int(one["low"] or one["high"]) + int(one["high"])) / 2 for one in found]
    whole = sum(middles) or 1.0
    return tuple(Part(one["word"], one["text"], 100 * at / whole) for one, at in zip(found, middles, strict=True))


def _bar(row: Row, parts: tuple[Part, ...]) -> Bar:
    if any("agree" in part.word.casefold() for part in parts):
        hues = look.AGREEMENT[::-1] if row.label.endswith(_TURNED) else look.AGREEMENT
    else:
        hues = look.GREY if any(span.meaning == "share" for span in row.spans) else look.PLUM
    return Bar(row, parts, look.ramp(hues, len(parts)))


def _lines(sheet: Sheet, bar: Bar) -> list[list[tuple[str, str]]]:
    """The words of a panel with their colours, on as many lines as they need."""
    lines: list[list[tuple[str, str]]] = [[]]
    x = LEFT
    for word, colour in zip(bar.words, bar.colours, strict=True):
        width = sheet.width(word, NOTE) + 8
        if x + width > RIGHT and lines[-1]:
            lines.append([])
            x = LEFT
        lines[-1].append((word, colour))
        x += width
    return lines


def _key_height(sheet: Sheet, bar: Bar) -> float:
    return KEY * len(_lines(sheet, bar)) if bar.parts else 0.0


def _key(sheet: Sheet, bar: Bar) -> None:
    for line in _lines(sheet, bar) if bar.parts else []:
        x = LEFT
        for word, colour in line:
            sheet.box(x, sheet.y + 0.8, 3, 3, fill=colour, edge=look.QUIET, width=0.15)
            sheet.put(x + 4, sheet.y + 2.3, word, NOTE)
            x += sheet.width(word, NOTE) + 8
        sheet.y += KEY


def _draw(sheet: Sheet, bar: Bar) -> None:
    y = sheet.y + ROW / 2
    names = sheet.wrap(bar.row.label, NAMES, NAME, 2)
    step = NAME.size * LEADING * 0.8
    for place, line in enumerate(names):
        sheet.put(LEFT + NAMES, y + (place - (len(names) - 1) / 2) * step, line, NAME, "end")
    x = PLOT_X
    for part, colour in zip(bar.parts, bar.colours, strict=True):
        width = PLOT * part.width / 100
        sheet.box(x, y - BAR / 2, width, BAR, fill=colour, edge=look.PAPER, width=0.4)
        _figure(sheet, part, x, width, y, colour)
        x += width
    sheet.put(PLOT_X + PLOT + 3 if bar.parts else PLOT_X, y, bar.row.printed if bar.parts else NOT_SHOWN, FIGURE)
    sheet.y += ROW


def _figure(sheet: Sheet, part: Part, x: float, width: float, y: float, colour: str) -> None:
    style, text = Style(7.0, look.ink_on(colour)), part.text.removesuffix(" %")
    if sheet.width(text, style) + 1 <= width:  # where it has no room, the table below has it
        sheet.put(x + width / 2, y, text, style, "middle")
