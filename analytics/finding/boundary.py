"""What may be said about balance and integration: leanings in fixed bands, the slope, and groups still untested."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from analytics.finding.words import capital, heading, inside
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

UNTESTED = "groups not yet tested"
NO_BOUNDARY = "This survey has no boundary questions, so leanings are not shown"
LEAST_STEPS = 3
LEAST_RISE = 5.0  # points between the lowest and the highest step: smaller slopes are not worth a heading
_MEANS = {
    "two groups": "So balance-leaning and integration-leaning may be read as two groups of people with few in between.",
    "uneven": "So the two names describe parts of an uneven spread, and no line between them is sharp.",
    "continuum": "So the two names mark the ends of one scale: most people stand between them, and no line is sharp.",
}
_INDEX = {
    "full": "Boundary Index",
    "preference only": "Boundary Index (preference only)",
    "work-to-home only": "Boundary Index (work-to-home only)",
    "home-to-work only": "Boundary Index (home-to-work only)",
}


@dataclass(frozen=True)
class Trend:
    """A straight line through the steps of the slope: rise in points per step and its 95 % interval."""

    rise: float
    low: float
    high: float
    steps: int


def index_name(p: Protected) -> str:
    """What the boundary index may be called: an index of one part carries that part's name."""
    return _INDEX.get(p.manifest.get("boundary", {}).get("kind", "absent"), "")


def groups(p: Protected) -> str:
    """The sentence on whether two groups are supported; until a test has run, that none has."""
    told = p.manifest.get("groups", {})
    return str(told.get("sentence") or "Whether people fall into two groups is not yet tested.")


def supported(p: Protected) -> bool:
    """Whether the test found that the data support two groups."""
    return bool(p.manifest.get("groups", {}).get("verdict") == "two groups")


def evidence(p: Protected) -> tuple[str, ...]:
    """How the two-group test came out, and what the verdict means for the page; empty before a test."""
    told = p.manifest.get("groups", {})
    if not told.get("tested"):
        return ()
    first = "Fewer than 300 people answered: take this as a first look." if told.get("exploratory") else ""
    return tuple(said for said in (_by_chance(told), _MEANS.get(str(told.get("verdict")), ""), first) if said)


def _by_chance(told: Mapping[str, Any]) -> str:
    """The test's p-value as how often one continuum would look as divided as this."""
    p = told.get("p_peaked") if told.get("p_peaked") is not None else told.get("p")
    if p is None:
        return ""
    often = f"about {100 * p:.0f}" if p >= 0.015 else "1 or fewer"
    return f"On one continuum alone, answers that look as divided as these would come up in {often} of 100 surveys."


def leanings(p: Protected) -> str:
    """The heading over leanings: the displayed shares of the unit itself, and that groups are not yet tested."""
    read = Reading(p)
    if not index_name(p):
        return NO_BOUNDARY
    balance, integration = (read.cell("leanings", read.node, "leaning", part) for part in ("balance", "integration"))
    tail = "" if p.manifest.get("groups", {}).get("tested") else f"; {UNTESTED}"
    if not (balance.shown and integration.shown):
        return NOT_SHOWN
    shares = f"{capital(balance.text)} lean to balance, {integration.text} to integration{tail}"
    return heading(shares, f"Leanings in fixed bands{tail}")


def trend(cells: tuple[Cell, ...]) -> Trend | None:
    """The weighted straight line through displayed step means (0-100, x = step 1..5), or None below three steps.

    Each step weighs by 1/SE², SE being its drawn 95 % interval over 2 x 1.96; the line is the textbook weighted
    least-squares fit (Draper & Smith 1998, doi:10.1002/9781118625590, chapter 9).
    Checked against: numpy.polyfit with weights 1/SE and unscaled covariance.
    """
    usable = [c for c in cells if c.point and c.has_interval and c.ci_high > c.ci_low]
    if len(usable) < LEAST_STEPS:
        return None
    x = [float(c.part) for c in usable]
    weight = [(2 * 1.96 / (c.ci_high - c.ci_low)) ** 2 for c in usable]
    centre = sum(w * v for w, v in zip(weight, x, strict=True)) / sum(weight)
    spread = sum(w * (v - centre) ** 2 for w, v in zip(weight, x, strict=True))
    rise = sum(w * (v - centre) * c.value for w, v, c in zip(weight, x, usable, strict=True)) / spread
    margin = 1.96 / math.sqrt(spread)
    return Trend(rise, rise - margin, rise + margin, len(usable))


def slope(p: Protected) -> str:
    """The heading over the slope: which end goes with more of the score, only when the line's interval is off zero."""
    read = Reading(p)
    if read.first is None or not index_name(p):
        return NO_BOUNDARY if read.first else "This survey has no burnout questions, so no slope is shown"
    cells = tuple(read.cell("slope", WHOLE, read.first, str(step)) for step in range(1, 6))
    title, line = inside(read.title(read.first)), trend(cells)
    if not any(cell.shown for cell in cells):
        return NOT_SHOWN
    if line is None:
        return heading(f"Too few steps to say how {title} runs along the index", "Too few steps to show a slope")
    if line.low <= 0 <= line.high or abs(line.rise) * 4 < LEAST_RISE:
        return heading(f"No clear slope in {title} along the boundary index", "No clear slope along the boundary index")
    end = "Balance" if line.rise > 0 else "Integration"
    short = f"{end} goes with more burnout: association, not a cause"
    return heading(f"{end} goes with more {title}: association, not a cause", short)


def profiles(p: Protected) -> str:
    """The heading over the fitted profiles: what they are, never that people fall into them."""
    if not any(measure.startswith("profile:") for _, _, measure, _ in Reading(p).cells):
        return "No profiles are shown for this survey"
    if supported(p):
        return "Two groups, question by question"
    if p.manifest.get("groups", {}).get("tested"):
        return "Two fitted profiles: a description of both ends, not two groups"
    return "Two fitted profiles; whether two groups exist is not yet tested"
