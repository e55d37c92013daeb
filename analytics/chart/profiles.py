"""Two fitted profiles side by side, question by question, for the organisation: a description."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.item_profiles import MEASURE as ITEMS
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.release import NOT_SHOWN

VIEW = "profiles"
NAMED = ("balance", "integration")
AS_WORDED = "Scores: 0 low to 100 high. Questions: 0 the lowest answer as worded to 100 the highest."


def profiles(p: Protected) -> Drawing:
    """Mean scores of the fitted classes on every boundary scale, and their mean answers to each of its questions (whole
    points, 0-100), without any person.

    Raises ``TypeError`` on anything else than a ``Protected``.
    """
    read = Reading(require_protected(p, "chart.profiles"))
    measure = _most_classes(read)
    classes, scales = _parts(read, measure)
    title, lines = finding.profiles(p), method(read, scales)
    subline = f"Average of each profile. {AS_WORDED} {people(read, WHOLE)}. {finding.groups(p)}"
    columns = ("Scale or question", *(f"{_class(c)} profile" for c in classes))
    if not scales:
        return nothing(title, subline, lines, columns)
    asked = _asked(read, measure, scales)
    rows = tuple(_row(read, label, of, part, classes) for label, of, part in asked)
    table = [
        (label, *(read.cell(VIEW, WHOLE, of, f"{c}|{part}").text for c in classes))
        for label, of, part in [*asked, ("Share of people", measure, "share")]
    ]
    numbers = pd.DataFrame(table, columns=list(columns))
    key = tuple(dict.fromkeys(_meaning(c) for c in classes))
    return Drawing(draw(rows, None, "", key), takeaway(title, rows), numbers, title, subline, lines, rows)


def _asked(read: Reading, measure: str, scales: Sequence[str]) -> list[tuple[str, str, str]]:
    """Every scale with its questions after it: label, measure of its cells, and part."""
    shown = {part.partition("|")[2] for part in read.parts(VIEW, ITEMS)}
    found = []
    for scale in scales:
        found.append((read.title(scale), measure, scale))
        items = read.scales.get(scale, {}).get("items", ())
        found += [(f"“{item['label']}”", ITEMS, str(item["id"])) for item in items if item["id"] in shown]
    return found


def _most_classes(read: Reading) -> str:
    ids = {m for view, _, m, _ in read.cells if view == VIEW and m.startswith("profile:")}
    return max(ids, key=lambda m: int(m.partition(":")[2]), default="")


def _parts(read: Reading, measure: str) -> tuple[list[str], list[str]]:
    pairs = [part.partition("|") for part in read.parts(VIEW, measure)]
    classes = sorted({c for c, _, _ in pairs}, key=lambda c: (NAMED.index(c) if c in NAMED else len(NAMED), c))
    found = {scale for _, _, scale in pairs} - {"share"}
    return classes, [s for s in read.scales if s in found] + sorted(found - set(read.scales))


def _class(name: str) -> str:
    return f"{name.capitalize()}-leaning" if name in NAMED else name.capitalize()


def _meaning(name: str) -> str:
    return name if name in NAMED else "mixed"


def _row(read: Reading, label: str, measure: str, part: str, classes: Sequence[str]) -> Row:
    cells = [(c, read.cell(VIEW, WHOLE, measure, f"{c}|{part}")) for c in classes]
    spans = tuple(Span(_meaning(c), cell, said(label, cell, f"{_class(c)}")) for c, cell in cells if cell.shown)
    return Row(label, spans, ", ".join(cell.text for _, cell in cells) if spans else NOT_SHOWN, hidden=not spans)
