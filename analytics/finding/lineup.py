"""What one unit's figure says beside the units above it and inside it."""

from __future__ import annotations

from analytics.finding.teams import teams
from analytics.finding.words import heading, in_line, inside
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.release import NOT_SHOWN

_SAID = {
    "higher": "clearly higher than in the organisation",
    "lower": "clearly lower than in the organisation",
    "unclear": "not clearly different from the organisation",
}


def lineup(p: Protected, measure: str) -> str:
    """The heading over one unit beside others: which of the units inside it stand apart, else its own state."""
    read = Reading(p)
    if read.teams or read.node == WHOLE:
        return teams(p, measure)
    cell = read.cell(read.view(measure), read.node, measure)
    if not cell.shown:
        return NOT_SHOWN
    title = in_line(read.title(measure))
    if cell.state not in _SAID:
        return heading(f"{title} was not compared with the organisation", "Not compared with the organisation")
    said = f"{title} is {_SAID[cell.state]}"
    return heading(said, f"{title}: {cell.compared.lower()}", f"{inside(title)[:1].upper()}{inside(title)[1:]}")
