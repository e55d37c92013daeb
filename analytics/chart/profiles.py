"""Two fitted profiles side by side, question block by question block, for the organisation: a description."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.release import NOT_SHOWN

NAMED = ("balance", "integration")


def profiles(p: Protected) -> Drawing:
    """Mean scores (whole points, 0-100) of the fitted classes on every boundary scale, without any person.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.profiles"))
    measure = _most_classes(read)
    classes, scales = _parts(read, measure)
    title, lines = finding.profiles(p), method(read, scales)
    subline = f"Average score of each profile, 0 low to 100 high. {people(read, WHOLE)}. {finding.groups(p)}"
    columns = ("Scale", *(f"{_class(c)} profile" for c in classes))
    if not scales:
        return nothing(title, subline, lines, columns)
    rows = tuple(_row(read, measure, scale, classes) for scale in scales)
    table = [
        (title, *(read.cell("profiles", WHOLE, measure, f"{c}|{part}").text for c in classes))
        for title, part in [*((read.title(s), s) for s in scales), ("Share of people", "share")]
    ]
    numbers = pd.DataFrame(table, columns=list(columns))
    alt = takeaway(title, rows)
    key = tuple(dict.fromkeys(_meaning(c) for c in classes))
    return Drawing(draw(rows, None, "", key), alt, numbers, title, subline, lines, rows)


def _most_classes(read: Reading) -> str:
    ids = {m for view, _, m, _ in read.cells if view == "profiles" and m.startswith("profile:")}
    return max(ids, key=lambda m: int(m.partition(":")[2]), default="")


def _parts(read: Reading, measure: str) -> tuple[list[str], list[str]]:
    pairs = [part.partition("|") for part in read.parts("profiles", measure)]
    classes = sorted({c for c, _, _ in pairs}, key=lambda c: (NAMED.index(c) if c in NAMED else len(NAMED), c))
    found = {scale for _, _, scale in pairs} - {"share"}
    return classes, [s for s in read.scales if s in found] + sorted(found - set(read.scales))


def _class(name: str) -> str:
    return f"{name.capitalize()}-leaning" if name in NAMED else name.capitalize()


def _meaning(name: str) -> str:
    return name if name in NAMED else "mixed"


def _row(read: Reading, measure: str, scale: str, classes: Sequence[str]) -> Row:
    label = read.title(scale)
    cells = [(c, read.cell("profiles", WHOLE, measure, f"{c}|{scale}")) for c in classes]
    spans = tuple(Span(_meaning(c), cell, said(label, cell, f"{_class(c)}")) for c, cell in cells if cell.shown)
    return Row(label, spans, ", ".join(cell.text for _, cell in cells) if spans else NOT_SHOWN, hidden=not spans)
