"""What may be said about change: clear changes by name, otherwise that nothing clear has changed."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.change import Change
from analytics.finding.absent import first_survey
from analytics.finding.words import capital, count, heading, in_line, inside, listed
from analytics.reading import Reading

ARROWS = {"up": "↑ up", "steady": "→ steady", "down": "↓ down", "broken": "not comparable", "new": "new", "hidden": ""}
MOST_NAMES = 2


def change(later: Reading, found: Sequence[Change], n_waves: int = 2) -> str:
    """The heading over the changes of one unit (or of one measure over units): clear ones alone are named.

    ``found``: from ``change.changes``. One wave says that it is the first; changes that cannot be drawn say why.
    """
    if n_waves < 2:
        return first_survey(n_waves)
    drawn = [one for one in found if one.drawn]
    if not drawn:
        broken = [one for one in found if one.state == "broken"]
        return "The questions changed: no change is shown" if broken else "No change can be shown here"
    clear = {state: [one for one in drawn if one.clear and one.state == state] for state in ("up", "down")}
    if not any(clear.values()):
        return "Nothing has clearly changed since last time"
    units = len({one.node for one in found}) > 1
    told = [f"{_names(later, ones, units)} clearly {state}" for state, ones in clear.items() if ones]
    counted = [f"{count(len(ones), 'figure')} clearly {state}" for state, ones in clear.items() if ones]
    return heading(capital(f"{'; '.join(told)} since last time"), capital(f"{', '.join(counted)} since last time"))


def told(later: Reading, one: Change) -> str:
    """One change as a sentence, in what both surveys print."""
    title = in_line(later.title(one.measure))
    what = f"{title}, {one.part}" if one.part else title
    if one.state == "broken":
        return f"{what}: {inside(one.note)}"
    if one.state == "new":
        return f"{what}: {inside(one.note) or 'not in the earlier survey.'}"
    if one.state == "hidden":
        return f"{what}: no change shown."
    sure = " The change is clear." if one.clear else " The change may be chance." if one.state != "steady" else ""
    sure = f" {one.note}" if one.note else sure
    return f"{what}: {one.before.text} before, {one.after.text} now; {ARROWS[one.state][2:]}.{sure}"


def _names(later: Reading, ones: Sequence[Change], units: bool) -> str:
    """The units where several are looked at, else the measures."""
    if units:
        names = list(dict.fromkeys(later.labels.get(one.node, later.name(one.node)) for one in ones))
    else:
        names = list(dict.fromkeys(inside(in_line(later.title(one.measure))) for one in ones))
    return listed(names) if len(names) <= MOST_NAMES else count(len(names), "unit" if units else "figure")
