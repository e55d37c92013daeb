"""Paper: A4 pages in millimetres with text in every script, lines, boxes and the marks of the charts, as a PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd
import regex
from fpdf import FPDF

from analytics.chart import look
from analytics.report import lettering

LEFT, WIDTH = 20.0, 170.0
RIGHT = LEFT + WIDTH
TOP, BOTTOM = 14.0, 280.0
LEADING = 0.48  # mm of a line per point of its letters
_EPOCH = "2000-01-01"  # of a release that does not say when it was made
_RISE = 0.12  # mm from the middle of a line down to its baseline, per point


@dataclass(frozen=True)
class Style:
    """How a text looks: its size in points, its colour, whether it is bold."""

    size: float = 9.0
    colour: str = look.INK
    bold: bool = False


BODY = Style()
QUIET = Style(8.0, look.QUIET)
SMALL = Style(7.0, look.QUIET)


class Sheet:
    """A document that is written from top to bottom; ``y`` is where the next line begins."""

    def __init__(self, title: str, subject: str, created: str) -> None:
        self._pdf = FPDF(format="A4")
        self._pdf.set_text_shaping(True)
        self._pdf.set_auto_page_break(False)
        self._pdf.c_margin = 0
        self._pdf.set_title(lettering.clean(title))
        self._pdf.set_subject(subject)
        self._pdf.set_lang("en")
        self._pdf.alias_nb_pages(None)  # type: ignore[arg-type]  # a name may hold the sign that stands for a number
        self._pdf.set_creation_date(_moment(created))
        self._loaded: set[tuple[str, bool]] = set()
        self.page()

    def page(self) -> None:
        """Begin a new page."""
        self._pdf.add_page()
        self.y = TOP

    @property
    def pages(self) -> int:
        return len(self._pdf.pages)

    def keep(self, height: float) -> None:
        """Begin a new page when less than ``height`` (mm) is left on this one and something is on it."""
        if self.y + height > BOTTOM and self.y > TOP:
            self.page()

    def foot(self, lines: Sequence[str]) -> None:
        """These lines (as wide as the page), and the page's number, at the foot of every page."""
        for number in range(1, self.pages + 1):
            self._pdf.page = number
            self._pdf.current_font_is_set_on_page = False  # an earlier page ended in a font and colour of its own
            self._pdf.set_draw_color(look.INK)
            at = BOTTOM + 3.5
            self.line(LEFT, at - 2.5, RIGHT, at - 2.5, look.GRID, 0.3)
            for line in lines:
                self.put(LEFT, at, line, SMALL)
                at += SMALL.size * LEADING
            self.put(RIGHT, BOTTOM + 3.5, f"Page {number} of {self.pages}", SMALL, "end")

    def width(self, text: str, style: Style = BODY) -> float:
        """How wide a text is, in mm."""
        return lettering.width(text, style.bold) * style.size / self._pdf.k

    def put(self, x: float, y: float, text: str, style: Style = BODY, anchor: str = "start") -> None:
        """One line of text whose middle is at ``y``; ``anchor`` says what ``x`` is: "start", "middle" or "end"."""
        x -= self.width(text, style) * {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]
        self._pdf.set_text_color(style.colour)
        height = style.size / self._pdf.k
        for run in lettering.runs(text):
            self._font(run.font, style.size, style.bold)
            width = lettering.advance(run, style.bold) * height
            written = run.font != lettering.LATIN
            if written:  # joined signs are no letters: what is copied or searched is the text itself
                self._pdf._out(f"/Span <</ActualText <FEFF{run.text.encode('utf-16-be').hex()}>>> BDC")
            self._pdf.set_xy(x, y + _RISE * style.size - 0.8 * height)  # a cell's baseline is 0.8 of it down
            self._pdf.cell(w=width, h=height, text=run.text)
            if written:
                self._pdf._out("EMC")
            x += width

    def wrap(self, text: str, width: float, style: Style = BODY, most: int = 0) -> list[str]:
        """A text on lines of at most ``width`` mm; a word that is longer is broken between its letters.

        With ``most`` lines, a text that needs more is cut in its middle.
        """
        lines = self._lines(lettering.clean(text), width, style)
        letters = most * 60
        while most and len(lines) > most:
            lines = self._lines(look.shorten(lettering.clean(text), letters), width, style)
            letters -= 4
        return lines

    def paragraph(self, text: str, style: Style = BODY, indent: float = 0.0, after: float = 1.0, most: int = 0) -> None:
        """A text over the whole width from ``y`` on; lines that do not fit go on the next page."""
        for line in self.wrap(text, WIDTH - indent, style, most):
            self.keep(style.size * LEADING)
            self.y += style.size * LEADING
            self.put(LEFT + indent, self.y - style.size * LEADING / 2, line, style)
        self.y += after

    def height(self, text: str, style: Style = BODY, most: int = 0) -> float:
        """How much room a paragraph takes, in mm."""
        return len(self.wrap(text, WIDTH, style, most)) * style.size * LEADING

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str, width: float, dash: float = 0.0) -> None:
        """A straight line, ``width`` mm thick; dotted when ``dash`` says how long its dots are."""
        self._pdf.set_draw_color(colour)
        self._pdf.set_line_width(width)
        self._pdf.set_dash_pattern(dash=dash, gap=dash)
        self._pdf.line(x1, y1, x2, y2)
        self._pdf.set_dash_pattern()

    def box(self, x: float, y: float, w: float, h: float, fill: str = "", edge: str = "", width: float = 0.3) -> None:
        """A rectangle, filled, edged, or both."""
        self._paint(fill, edge, width)
        self._pdf.rect(x, y, w, h, style=f"{'D' if edge else ''}{'F' if fill else ''}")

    def hatched(self, x: float, y: float, w: float, h: float) -> None:
        """A hatched rectangle: what is not shown."""
        at = x - h
        while (at := at + 1.6) < x + w:
            start, end = max(at, x), min(at + h, x + w)
            self.line(start, y + h - (start - at), end, y + h - (end - at), look.HATCH, 0.3)
        self.box(x, y, w, h, edge=look.HATCH)

    def circle(self, x: float, y: float, r: float, mark: look.Mark) -> None:
        """A circle in a mark's colours."""
        self._paint(mark.fill, mark.colour, 0.45)
        self._pdf.ellipse(x - r, y - r, 2 * r, 2 * r, style="DF")

    def polygon(self, corners: Sequence[tuple[float, float]], mark: look.Mark) -> None:
        """A closed shape in a mark's colours."""
        self._paint(mark.fill, mark.colour, 0.45)
        self._pdf.polygon(list(corners), style="DF")

    def content(self) -> bytes:
        """The file: the same bytes for the same document."""
        return bytes(self._pdf.output())

    def _paint(self, fill: str, edge: str, width: float) -> None:
        self._pdf.set_line_width(width)
        if fill:
            self._pdf.set_fill_color(fill)
        if edge:
            self._pdf.set_draw_color(edge)

    def _font(self, font: str, size: float, bold: bool) -> None:
        heavy = bold and font == lettering.LATIN
        if (font, heavy) not in self._loaded:
            self._pdf.add_font(font, "B" if heavy else "", lettering.font_file(font, heavy))
            self._loaded.add((font, heavy))
        self._pdf.set_font(font, "B" if heavy else "", size)

    def _lines(self, text: str, width: float, style: Style) -> list[str]:
        lines, room, space = [""], width, self.width("a a", style) - self.width("aa", style)
        for word in text.split(" "):
            needed = self.width(word, style)
            if needed + (space if lines[-1] else 0) <= room:
                room -= needed + (space if lines[-1] else 0)
                lines[-1] = f"{lines[-1]} {word}".strip()
                continue
            lines += self._broken(word, width, style)
            room = width - self.width(lines[-1], style)
        return lines if lines[0] or len(lines) == 1 else lines[1:]

    def _broken(self, word: str, width: float, style: Style) -> list[str]:
        """A word in pieces that fit a line; most words are one piece."""
        if self.width(word, style) <= width:
            return [word]
        pieces = [""]
        for letter in regex.findall(r"\X", word):
            if pieces[-1] and self.width(pieces[-1] + letter, style) > width:
                pieces.append("")
            pieces[-1] += letter
        return pieces


def _moment(created: str) -> pd.Timestamp:
    """When a release was made, as its manifest has it."""
    found = pd.to_datetime(created, errors="coerce", utc=True)
    return found if isinstance(found, pd.Timestamp) else pd.Timestamp(_EPOCH, tz="UTC")
