"""Teams on one measure: three states apart, hidden teams hatched, no league table inside what is not clear."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, states
from analytics.chart.method import method
from analytics.chart.rows import draw
from analytics.finding.words import capital, count
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

MOST_ROWS = 30
COLUMNS = ("Unit", "Score", "Likely between", "Answers", "Compared with the organisation")
_PLACE = {"higher": 0, "unclear": 1, "": 1, "lower": 2}


def teams(p: Protected, measure: str, every: bool = False) -> Drawing:
    """The lowest units below the aggregate's unit on one mean or share (0-100), with 95 % intervals.

    Clearly higher first, then not clear by name, then clearly lower, then not shown; above thirty teams only the
    clear ones are listed, unless ``every`` one is asked for. Raises ``TypeError`` on anything else than a
    ``Protected``, ``ValueError`` on a measure that the release does not have.
    """
    read = Reading(require_protected(p, "chart.teams"))
    if measure not in read.measures:
        raise ValueError(f"Expected one of the {len(read.measures)} measures of this release, but got {measure!r}.")
    share = read.measures[measure]["kind"] == "share"
    title, lines = finding.teams(p, measure), method(read, [measure])
    whole, suffix = read.cell(read.view(measure), WHOLE, measure), " %" if share else ""
    drawn, cells = rows(read, measure, every)
    grey = "Grey teams cannot be told apart from the organisation." if any(cell.shown for cell in cells) else ""
    subline = _subline(read, measure, share, f"{grey} {finding.between(p, measure)}".strip())
    if not read.teams:
        return nothing(title, subline, lines, columns(share))
    subline = f"{subline} {finding.unsure_note((cell, whole) for cell in cells)}".strip()
    table = [(read.labels[c.node], c.text, c.likely, c.answers, finding.compared(c, whole)) for c in cells]
    numbers = pd.DataFrame(table, columns=list(columns(share)))
    alt = _alt(title, [cell for cell in cells if cell.node in read.teams])
    return Drawing(draw(drawn, whole, suffix, states(drawn)), alt, numbers, title, subline, lines, drawn, whole, suffix)


def rows(read: Reading, measure: str, every: bool = False) -> tuple[tuple[Row, ...], list[Cell]]:
    """The rows of the lowest units and the residual groups in the order of states, and the cell of every one."""
    view = read.view(measure)
    cells = sorted((read.cell(view, team, measure) for team in read.teams), key=lambda c: _order(read, c))
    rest = [cell for node in read.rests if (cell := read.cell(view, node, measure)).shown]
    return (*_gathered(read, cells, every), *(row(read, cell) for cell in rest)), [*cells, *rest]


def columns(share: bool) -> tuple[str, ...]:
    """The columns of the numbers, for a share or a mean."""
    return ("Unit", "Share", *COLUMNS[2:]) if share else COLUMNS


def _subline(read: Reading, measure: str, share: bool, told: str) -> str:
    what = f"{read.title(measure)}, " + ("% of answers, in bands" if share else "average, 0 low to 100 high")
    return f"{what}, with 95 % interval, by team. {read.wave}. {told}".strip()


def _order(read: Reading, cell: Cell) -> tuple[object, ...]:
    name = read.labels[cell.node].casefold()
    if not cell.shown:
        return (3, 0.0, name)
    value = cell.value if cell.point else cell.low
    return (_PLACE[cell.state], 0.0 if _PLACE[cell.state] == 1 else -value, name)


def _gathered(read: Reading, cells: Sequence[Cell], every: bool) -> tuple[Row, ...]:
    if every or len(cells) <= MOST_ROWS:
        return tuple(row(read, cell) for cell in cells)
    clear = [row(read, cell) for cell in cells if cell.shown and _PLACE[cell.state] != 1]
    same = sum(cell.shown and _PLACE[cell.state] == 1 for cell in cells)
    hidden = sum(not cell.shown for cell in cells)
    rest = [Row("", (), f"{count(same)} not clearly different")] if same else []
    kept = [Row(capital(count(hidden)), (), NOT_SHOWN, hidden=True)] if hidden else []
    return (*clear, *rest, *kept)


def row(read: Reading, cell: Cell) -> Row:
    """One unit's row: its mark with the interval, or the hatching."""
    label = read.labels[cell.node]
    if not cell.shown:
        return Row(label, (), NOT_SHOWN, hidden=True)
    return Row(label, (Span(cell.state or "unclear", cell, said(label, cell)),), cell.text, cell.answers)


def _alt(title: str, cells: Sequence[Cell]) -> str:
    counts = [
        (sum(c.shown and c.state == "higher" for c in cells), "clearly higher"),
        (sum(c.shown and c.state == "lower" for c in cells), "clearly lower"),
        (sum(c.shown and c.state in ("unclear", "") for c in cells), "not clearly different"),
        (sum(not c.shown for c in cells), "not shown, to protect anonymity"),
    ]
    told = ", ".join(f"{count(n)} {words}" for n, words in counts if n)
    return f"{title.rstrip('.')}. Of {count(len(cells))}: {told}."
