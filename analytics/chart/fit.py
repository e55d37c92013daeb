"""Wish against workplace: the predicted outcome on steps of both, drawn only where people are, and four quadrants."""

from __future__ import annotations

import pandas as pd
import plotly.graph_objects as go

from analytics import finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.derived import QUADRANTS
from analytics.finding.fit import QUADRANT_VIEW, VIEW
from analytics.finding.words import capital, inside
from analytics.fit import STEPS
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading

NAMES = tuple(f"{20 * at}–{20 * (at + 1)}" for at in range(STEPS))
SURFACE_COLUMNS = ("Figure", "Value", "Standard error")
QUADRANT_COLUMNS = ("Quadrant", "Share", "Likely between", "Answers", "Organisation")
TOLD = {
    "a1": "Slope where wish and workplace agree (a1)",
    "a2": "Curvature where they agree (a2)",
    "a3": "Slope from too much to too little separation (a3)",
    "a4": "Curvature across misfit (a4)",
    "a5": "Shift of the crest (a5)",
}
HEIGHT = 400


def fit(p: Protected, outcome: str) -> Drawing:
    """The response surface of one outcome in the aggregate's unit, as predicted scores (0-100) on five by five steps.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.fit"))
    title, lines = finding.fit(p, outcome), method(read, [outcome])
    shares = [read.cell(VIEW, read.node, outcome, part) for part in ("share_under", "share_over")]
    under, over = (cell.text if cell.shown else "" for cell in shares)
    misfit = f" {under} want clearly more separation than they get, {over} clearly less." if under and over else ""
    subline = (
        f"Predicted {inside(read.title(outcome))} (0–100) by wanted and allowed separation, only where people are."
        f"{misfit} {people(read)}. An association, not a cause."
    )
    cells = {part: read.cell(VIEW, read.node, outcome, part) for part in read.parts(VIEW, outcome)}
    steps = {part: cell for part, cell in cells.items() if part.startswith("at|") and cell.shown}
    if not steps:
        return nothing(title, subline if misfit else f"{read.wave}.", lines, SURFACE_COLUMNS)
    rows = tuple(_step_row(at, steps) for at in range(STEPS, 0, -1) if any(p.startswith(f"at|{at}|") for p in steps))
    return Drawing(_surface(steps), takeaway(title, rows), _numbers(cells, steps), title, subline, lines, rows)


def quadrants(p: Protected) -> Drawing:
    """The four quadrants of what people want and how they live, as bands, beside the organisation's.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.quadrants"))
    title, lines = finding.quadrants(p), method(read, ["quadrant"])
    tick = " Black tick: whole organisation." if read.node != WHOLE else ""
    subline = f"% of answers by wanted separation and lived mixing, both split at 50.{tick} {people(read)}."
    cells = [read.cell(QUADRANT_VIEW, read.node, "quadrant", part) for part in QUADRANTS]
    if not all(cell.shown for cell in cells):
        return nothing(title, subline, lines, QUADRANT_COLUMNS)
    whole = [read.cell(QUADRANT_VIEW, WHOLE, "quadrant", part) for part in QUADRANTS]
    rows = tuple(_quadrant(cell, over if read.node != WHOLE else None) for cell, over in zip(cells, whole, strict=True))
    table = [
        (capital(c.part), c.text, c.likely, c.answers, over.text if over.shown else "")
        for c, over in zip(cells, whole, strict=True)
    ]
    numbers = pd.DataFrame(table, columns=list(QUADRANT_COLUMNS))
    return Drawing(draw(rows, None, " %"), takeaway(title, rows), numbers, title, subline, lines, rows, suffix=" %")


def _quadrant(cell: Cell, whole: Cell | None) -> Row:
    label = capital(cell.part)
    note = f"whole {whole.text}" if whole is not None and whole.shown else ""
    return Row(label, (Span(cell.part, cell, said(label, cell)),), cell.text, note, whole)


def _step_row(wanted: int, steps: dict[str, Cell]) -> Row:
    label = f"Wanted {NAMES[wanted - 1]}"
    held = [(at, steps[f"at|{wanted}|{at}"]) for at in range(1, STEPS + 1) if f"at|{wanted}|{at}" in steps]
    spans = tuple(Span("burnout", cell, said(label, cell, f"allowed {NAMES[at - 1]}:")) for at, cell in held)
    return Row(label, spans, ", ".join(cell.text for _, cell in held), hidden=not spans)


def _surface(steps: dict[str, Cell]) -> go.Figure:
    figure = look.figure(HEIGHT, left=78, right=12, top=12, bottom=56)
    line = {"color": look.PAPER, "width": 2}
    for part, cell in steps.items():
        wanted, allowed = (int(at) - 1 for at in part.split("|")[1:])
        colour = look.ramp(look.PLUM, 101)[round(cell.value)]
        ends = {"x0": allowed - 0.5, "x1": allowed + 0.5, "y0": wanted - 0.5, "y1": wanted + 0.5}
        figure.add_shape(type="rect", fillcolor=colour, line=line, layer="below", **ends)
        hover = f"Wanted {NAMES[wanted]}, allowed {NAMES[allowed]}: about {cell.text} of 100."
        marker = {"color": colour, "size": 34, "symbol": "square", "opacity": 0}
        trace = {"mode": "markers", "marker": marker, "hoverinfo": "text", "hovertext": hover}
        figure.add_trace(go.Scatter(x=[allowed], y=[wanted], **trace))
        text = look.font(look.ink_on(colour), 14, 600)
        figure.add_annotation(x=allowed, y=wanted, text=cell.text, showarrow=False, font=text)
    diagonal = {"x0": -0.5, "y0": -0.5, "x1": STEPS - 0.5, "y1": STEPS - 0.5}
    figure.add_shape(type="line", line={"color": look.QUIET, "width": 1.5, "dash": "dot"}, **diagonal)
    at = {"range": [-0.5, STEPS - 0.5], "tickvals": list(range(STEPS)), "ticktext": list(NAMES)}
    figure.update_xaxes(**look.bare(title=_axis("Separation that the workplace allows"), **at))
    figure.update_yaxes(**look.bare(title=_axis("Separation that people want"), **at))
    return figure


def _axis(text: str) -> dict[str, object]:
    return {"text": text, "font": look.font(), "standoff": 6}


def _numbers(cells: dict[str, Cell], steps: dict[str, Cell]) -> pd.DataFrame:
    slopes = [
        (name, cells[part].text, cells[f"se_{part}"].text if f"se_{part}" in cells else "")
        for part, name in TOLD.items()
        if part in cells and cells[part].shown
    ]
    grid = [(_step_name(part), cell.text, "") for part, cell in sorted(steps.items())]
    return pd.DataFrame([*slopes, *grid], columns=list(SURFACE_COLUMNS))


def _step_name(part: str) -> str:
    wanted, allowed = (int(at) - 1 for at in part.split("|")[1:])
    return f"Predicted: wanted {NAMES[wanted]}, allowed {NAMES[allowed]}"
