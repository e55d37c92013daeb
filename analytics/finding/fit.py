"""What may be said about fit: the response surface by its tested slopes, and the four quadrants as displayed."""

from __future__ import annotations

from analytics.derived import QUADRANTS
from analytics.finding.words import capital, heading, inside
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.release import NOT_SHOWN

VIEW = "fit"
QUADRANT_VIEW = "quadrants"
NO_FIT = "This survey does not ask both what people want and what they get"
NO_LIVED = "This survey does not ask both what people want and how they live"
TOO_FEW = "Too few people answered both questions of fit: no surface is shown"
_Z = 1.96
_KEPT_BACK = {
    "few people": "Fewer than 200 people: no surface of fit is shown",
    "one-sided": "Nearly everybody misfits in one direction: no surface is shown",
    "no spread": "Answers hardly vary: no surface of fit is shown",
}


def fit(p: Protected, outcome: str) -> str:
    """The heading over the response surface of one outcome: which mismatch goes with more of it, when that is clear."""
    read = Reading(p)
    verdict = read.cell(VIEW, read.node, outcome, "verdict")
    title = inside(read.title(outcome))
    if not verdict.shown:
        return _without_surface(read)
    if verdict.text == "no curvature":
        return heading(f"Misfit shows no clear link with {title}", "Misfit shows no clear link")
    if verdict.text != "surface":
        return _KEPT_BACK[verdict.text]
    misfit, lean = (slope(read, outcome, name) for name in ("a4", "a3"))
    said = {
        (1, 1): f"More {title} where people want more separation than they get",
        (1, -1): f"More {title} where people get more separation than they want",
        (1, 0): f"More {title} where wish and workplace differ, either way",
        (-1, 0): f"More {title} where wish and workplace agree",
        (0, 1): f"More {title} toward too little separation",
        (0, -1): f"More {title} toward too much separation",
    }.get((misfit, lean) if misfit >= 0 or lean == 0 else (0, lean), f"No direction of misfit is clear for {title}")
    return heading(said, "Misfit goes with more of it: association, not a cause" if misfit > 0 else said)


def _without_surface(read: Reading) -> str:
    """Why there is nothing to show: a unit is not shown, the whole organisation is too small, or nothing was asked."""
    asked = {"preference", "supply"} <= {str(entry["role"]) for entry in read.scales.values()}
    if any(view == VIEW for view, *_ in read.cells) or (asked and read.node != WHOLE):
        return NOT_SHOWN
    return TOO_FEW if asked else NO_FIT


def slope(read: Reading, outcome: str, name: str) -> int:
    """The direction of one of a1-a5: 1 or -1 when its 95 % interval lies off zero, else 0."""
    a, error = (read.cell(VIEW, read.node, outcome, part) for part in (name, f"se_{name}"))
    if not (a.point and error.point) or abs(a.value) <= _Z * error.value:
        return 0
    return 1 if a.value > 0 else -1


def quadrants(p: Protected) -> str:
    """The heading over the four quadrants: the two displayed shares of people who live other than they want."""
    read = Reading(p)
    cells = {part: read.cell(QUADRANT_VIEW, read.node, "quadrant", part) for part in QUADRANTS}
    if "quadrant" not in read.measures:
        return NO_LIVED
    if not all(cell.shown for cell in cells.values()):
        return NOT_SHOWN
    mixing, apart = cells["unwanted mixing"].text, cells["unwanted separation"].text
    return heading(capital(f"{mixing} mix without wanting to, {apart} keep apart unwillingly"), "Wanted and lived")
