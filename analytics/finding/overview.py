"""What one unit's own figures say: the overview sentence and the headings of its scores and shares."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.finding.absent import NO_BURNOUT
from analytics.finding.words import capital, count, heading, in_line, inside, listed, number
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

HARDLY = 5.0  # per cent of the variance between teams: below it, teams hardly differ (LeBreton & Senter 2008)


def overview(p: Protected) -> str:
    """The largest sentence of the overview: the leading burnout score, and which teams the test sets apart; without
    burnout questions that there are none, and the same of another score."""
    read = Reading(p)
    measure = read.first or next(iter(read.leading), None)
    if measure is None:
        return NO_BURNOUT
    cell = read.cell("indicators", read.node, measure)
    if not cell.shown:
        return NOT_SHOWN if read.first else NO_BURNOUT
    said = f"{_average(in_line(read.title(measure)), cell)}{_teams_clause(read, measure)}"
    return said if read.first else f"{NO_BURNOUT} {said}"


def scores(p: Protected) -> str:
    """The heading over a unit's burnout scores: what differs clearly, or that nothing does."""
    read = Reading(p)
    cells = [read.cell("indicators", read.node, m) for m in read.headline]
    shown = [cell for cell in cells if cell.shown]
    if not shown:
        return NOT_SHOWN if cells else NO_BURNOUT
    if read.node == WHOLE:
        named = ", ".join(f"{inside(read.title(cell.measure))} {cell.text}" for cell in shown)
        return heading(f"{capital(named)} of 100", _average(read.title(shown[0].measure), shown[0]))
    return _differs(read, shown, "score")


def shares(p: Protected, measures: Sequence[str]) -> str:
    """The heading over a unit's share indicators, with the same rule as ``scores``."""
    read = Reading(p)
    shown = [cell for m in measures if (cell := read.cell("indicators", read.node, m)).shown]
    if not shown:
        return NOT_SHOWN if measures else "This survey has no indicator of this kind"
    if read.node != WHOLE and any(cell.state for cell in shown):
        return _differs(read, shown, "indicator")
    return heading(
        f"{in_line(read.title(shown[0].measure))}: {shown[0].text} of people", "Shares of people beyond each line"
    )


def _average(title: str, cell: Cell) -> str:
    return f"{title} averages {cell.text} of 100" if cell.point else f"{title} averages {cell.text}, of 100"


def _teams_clause(read: Reading, measure: str) -> str:
    cells = [cell for team in read.teams if (cell := read.cell("indicators", team, measure)).shown]
    if not read.teams:
        return "."
    if not cells:
        return ". Teams are not shown, to protect anonymity."
    above, below = (sum(cell.state == state for cell in cells) for state in ("higher", "lower"))
    rest = ", the others hardly differ" if hardly(read, measure) else ""
    if above and below:
        return f"; {count(above)} {_be(above)} clearly above, {number(below)} clearly below{rest}."
    if above or below:
        return f"; {count(above or below)} {_be(above or below)} clearly {'above' if above else 'below'}{rest}."
    if not read.manifest.get("differ", {}).get(measure, False):
        return ". Teams do not differ beyond chance."
    return "; teams hardly differ." if hardly(read, measure) else "; no team can be told apart from the whole."


def hardly(read: Reading, measure: str) -> bool:
    """Whether so little of a measure's differences lies between teams that they hardly differ."""
    part = lying_between(read, measure)
    return part is not None and part < HARDLY


def lying_between(read: Reading, measure: str) -> float | None:
    """The intraclass correlation in whole per cent as the manifest has it (``between``), None where it has not."""
    part = read.manifest.get("between", {}).get(measure)
    return None if part is None else float(part)


def _be(number: int) -> str:
    return "is" if number == 1 else "are"


def _differs(read: Reading, shown: Sequence[Cell], noun: str) -> str:
    if not any(cell.state for cell in shown):
        return f"No {noun} was compared with the organisation"
    found = []
    for state in ("higher", "lower"):
        titles = [in_line(read.title(cell.measure)) for cell in shown if cell.state == state]
        if titles:
            found.append((state, titles))
    if not found:
        return f"No {noun} differs clearly from the organisation"
    named = "; ".join(f"{listed([inside(t) for t in titles])} clearly {state}" for state, titles in found)
    counted = ", ".join(f"{count(len(titles), noun)} clearly {state}" for state, titles in found)
    return heading(f"{capital(named)} than in the organisation", capital(f"{counted} than in the organisation"))
