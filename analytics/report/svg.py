"""A drawing's rows as plain vector graphics for print: the same figures, shapes that survive greyscale, no script."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span
from analytics.reading import Cell
from analytics.release import NOT_SHOWN

WIDTH, LEFT, RIGHT, PITCH, LANE = 680, 190, 130, 30, 15
PLOT = WIDTH - LEFT - RIGHT


def svg(drawing: Drawing) -> str:
    """The rows of a drawing as an SVG element; empty when it has none. Every text is escaped."""
    rows = drawing.rows
    if not rows:
        return ""
    pitch = max(PITCH, LANE * max(len(row.spans) for row in rows) + 8)
    height = pitch * len(rows) + 46
    body = [_axis(height, drawing.suffix), _whole(drawing.whole, height)]
    body += [_row(row, 24 + pitch * (place + 0.5), pitch) for place, row in enumerate(rows)]
    head = f'<svg viewBox="0 0 {WIDTH} {height}" role="img" aria-label="{escape(drawing.alt)}">'
    return f"{head}{_HATCH}{''.join(body)}</svg>"


_HATCH = (
    '<defs><pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    f'<line x1="0" y1="0" x2="0" y2="6" stroke="{look.HATCH}" stroke-width="1.5"/></pattern></defs>'
)


def _x(value: float) -> float:
    return round(LEFT + PLOT * value / 100, 1)


def _text(x: float, y: float, text: str, anchor: str = "start", colour: str = look.INK, weight: int = 400) -> str:
    style = f'text-anchor="{anchor}" fill="{colour}" font-weight="{weight}"'
    return f'<text x="{x}" y="{round(y + 4, 1)}" {style}>{escape(text)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float) -> str:
    ends = f'x1="{x1}" y1="{round(y1, 1)}" x2="{x2}" y2="{round(y2, 1)}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width}"/>'


def _axis(height: float, suffix: str) -> str:
    lines = [_line(_x(at), 24, _x(at), height - 22, look.GRID, 1) for at in (0, 25, 50, 75, 100)]
    names = [_text(_x(at), height - 10, f"{at}{suffix}", "middle", look.QUIET) for at in (0, 25, 50, 75, 100)]
    return "".join(lines + names)


def _whole(whole: Cell | None, height: float) -> str:
    if whole is None or not whole.shown:
        return ""
    at = whole.value if whole.point else (whole.low + whole.high) / 2
    name = _text(_x(at), 10, f"Whole organisation {whole.text}", "middle", look.QUIET)
    if whole.point:
        return name + _line(_x(at), 24, _x(at), height - 22, look.INK, 1.5)
    return (
        f'{name}<rect x="{_x(whole.low)}" y="24" width="{_x(whole.high) - _x(whole.low):.1f}" height="{height - 46}" \
fill="{look.GRID}"/>'
    )


def _row(row: Row, y: float, pitch: float) -> str:
    name = _text(LEFT - 10, y, look.shorten(row.label, 26), "end")
    if row.hidden:
        return name + _hidden(y)
    if not row.spans:
        return name + _text(LEFT, y, row.printed, colour=look.QUIET)
    lanes = [y + (lane - (len(row.spans) - 1) / 2) * LANE for lane in range(len(row.spans))]
    marks = [_span(span, lane) for span, lane in zip(row.spans, lanes, strict=True)]
    return name + _tick(row.whole, y, pitch) + "".join(marks) + _printed(row, lanes)


def _printed(row: Row, lanes: Sequence[float]) -> str:
    x = LEFT + PLOT + 10
    if len(row.spans) == 1:
        text = f"{row.printed}  {row.note}".strip()
        return _text(x, lanes[0], text)
    return "".join(_text(x, lane, span.cell.text) for span, lane in zip(row.spans, lanes, strict=True))


def _hidden(y: float) -> str:
    box = f'x="{LEFT}" y="{y - 9:.1f}" width="{PLOT}" height="18"'
    words = f'<rect x="{LEFT + 6}" y="{y - 8:.1f}" width="190" height="16" fill="{look.PAPER}"/>'
    return f'<rect {box} fill="url(#hatch)" stroke="{look.HATCH}"/>{words}{_text(LEFT + 10, y, NOT_SHOWN)}'


def _tick(whole: Cell | None, y: float, pitch: float) -> str:
    if whole is None or not whole.shown:
        return ""
    if whole.point:
        return _line(_x(whole.value), y - pitch * 0.36, _x(whole.value), y + pitch * 0.36, look.INK, 2.5)
    box = f'x="{_x(whole.low)}" y="{y - 10:.1f}" width="{_x(whole.high) - _x(whole.low):.1f}" height="20"'
    return f'<rect {box} fill="none" stroke="{look.INK}" stroke-width="1.5"/>'


def _span(span: Span, y: float) -> str:
    cell, mark = span.cell, look.MARKS[span.meaning]
    parts = []
    if cell.has_interval:
        parts.append(_line(_x(cell.ci_low), y, _x(cell.ci_high), y, mark.colour, 1.5 if mark.hollow else 2.5))
    if cell.point:
        return "".join((*parts, _shape(mark, _x(cell.value), y, 6)))
    parts.append(_line(_x(cell.low), y, _x(cell.high), y, mark.colour, 6))
    return "".join((*parts, _shape(mark, _x(cell.low), y, 4.5), _shape(mark, _x(cell.high), y, 4.5)))


def _shape(mark: look.Mark, x: float, y: float, r: float) -> str:
    paint = f'fill="{mark.fill}" stroke="{mark.colour}" stroke-width="1.8"'
    if mark.symbol == "circle":
        return f'<circle cx="{x}" cy="{y:.1f}" r="{r}" {paint}/>'
    if mark.symbol == "square":
        return f'<rect x="{x - r:.1f}" y="{y - r:.1f}" width="{2 * r}" height="{2 * r}" {paint}/>'
    if mark.symbol == "x-thin":
        strokes = (
            _line(x - r, y - r, x + r, y + r, mark.colour, 1.8),
            _line(x - r, y + r, x + r, y - r, mark.colour, 1.8),
        )
        return "".join(strokes)
    return f'<polygon points="{_points(mark.symbol, x, y, r + 1)}" {paint}/>'


def _points(symbol: str, x: float, y: float, r: float) -> str:
    """The corners of a triangle that points up or down, of a diamond for every other sign."""
    corners = {
        "triangle-up": ((0, -1), (1, 0.8), (-1, 0.8)),
        "triangle-down": ((0, 1), (1, -0.8), (-1, -0.8)),
    }.get(symbol, ((0, -1), (1, 0), (0, 1), (-1, 0)))
    return " ".join(f"{x + r * across:.1f},{y + r * down:.1f}" for across, down in corners)
