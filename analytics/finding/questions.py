"""What single questions say: the heading over a page of questions, for an organisation and for a team."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.finding.words import capital, count, heading, listed
from analytics.protect import Protected
from analytics.questions import END, VIEW
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

NO_QUESTIONS = "No single question is shown for this survey"
NONE_FOUND = "No question contains"


def questions(p: Protected, items: Sequence[str]) -> str:
    """The heading over these questions (item ids): what the displayed shares and the tested states allow.

    A team's question is named only when its state is clear; the organisation's highest only when no other question is
    displayed as high.
    """
    read = Reading(p)
    cells = [cell for item in items if (cell := read.cell(VIEW, read.node, f"{item}{END}")).shown]
    if not cells:
        return NOT_SHOWN if items else NO_QUESTIONS
    if read.node != WHOLE and any(cell.state for cell in cells):
        return _of_team(read, cells)
    weighing = [cell for cell in cells if read.measures[cell.measure].get("burden")]
    return (
        _highest(read, weighing) if weighing else f"{capital(count(len(cells), 'question'))} and how they were answered"
    )


def _of_team(read: Reading, cells: Sequence[Cell]) -> str:
    more, fewer = ([read.title(c.measure) for c in cells if c.state == state] for state in ("higher", "lower"))
    if not more and not fewer:
        return "No question stands out: none differs clearly"
    told = [f"clearly {word}: {_named(titles)}" for titles, word in ((more, "higher"), (fewer, "lower")) if titles]
    counted = [f"{count(len(t), 'question')} clearly {w}" for t, w in ((more, "higher"), (fewer, "lower")) if t]
    return heading(capital("; ".join(told)), f"{capital(', '.join(counted))} than in the organisation")


def _named(titles: Sequence[str]) -> str:
    return listed([f"“{title}”" for title in titles])


def _highest(read: Reading, cells: Sequence[Cell]) -> str:
    top = max(cells, key=lambda cell: cell.low)
    tied = sum(cell.low == top.low for cell in cells)
    if tied == 2:
        pair = [read.title(cell.measure) for cell in cells if cell.low == top.low]
        return heading(
            f"Highest shares: {_named(pair)}, {top.text}", f"Two questions share the highest figure: {top.text}"
        )
    if tied > 1:
        many = count(tied, "question")
        return heading(f"{capital(many)} share the highest figure: {top.text}", f"Highest figure: {top.text}")
    named = f"Highest share: {_named([read.title(top.measure)])}, {top.text}"
    return heading(named, f"Highest share at the burdened end: {top.text}")
