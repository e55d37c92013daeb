"""What may be said about the two fitted profiles: how stable and certain they are, and burnout in each of them."""

from __future__ import annotations

from collections.abc import Mapping
from math import sqrt
from typing import Any

from analytics.finding.words import heading, inside
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN
from analytics.shrink import LEAST_DIFFERENCE

VIEW = "profiles"
OUTCOME = "outcome:"
NEVER_ALONE = (
    "This table never decides by itself: on one plain continuum, too, two profiles fit better than one. "
    "Only the two-group test decides."
)
GROUPS = ("balance", "integration")
_Z = 1.96


def sureness(p: Protected) -> tuple[str, ...]:
    """How stable and how certain the two fitted profiles are, whether agreeing with anything plays a part, and on
    whom they were fitted; empty before a test."""
    told = p.manifest.get("groups", {})
    if not told.get("tested"):
        return ()
    said = (_stable(told), _certain(told), str(told.get("agreeing_sentence") or ""), _sampled(told))
    return tuple(sentence for sentence in said if sentence)


def outcome_ids(p: Protected) -> tuple[str, ...]:
    """The scores that are shown by group, the leading one first; none where two groups are not supported."""
    read = Reading(p)
    shown = {m.removeprefix(OUTCOME) for view, _, m, _ in read.cells if view == VIEW and m.startswith(OUTCOME)}
    found = [measure for measure in read.headline if measure in shown]
    return tuple(sorted(found, key=lambda measure: measure != read.first))


def outcomes(p: Protected) -> str:
    """The heading over burnout by group: which group reports more, when the displayed figures lie five points apart or
    more and their intervals tell them apart."""
    ids = outcome_ids(p)
    if not ids:
        return "Burnout is not shown by group: two groups are not supported"
    read = Reading(p)
    balance, integration = (read.cell(VIEW, WHOLE, OUTCOME + ids[0], group) for group in GROUPS)
    title = inside(read.title(ids[0]))
    if not (balance.has_interval and integration.has_interval):
        return NOT_SHOWN
    chance = _Z * sqrt(_error(balance) ** 2 + _error(integration) ** 2)
    if abs(balance.value - integration.value) < max(chance, LEAST_DIFFERENCE):
        return heading(
            f"No clear difference in {title} between the two groups", "No clear difference between the groups"
        )
    end = "Balance" if balance.value > integration.value else "Integration"
    short = f"{end}-leaning people report more burnout: association, not a cause"
    return heading(f"{end}-leaning people report more {title}: association, not a cause", short)


def _error(cell: Cell) -> float:
    """The standard error behind a displayed interval, from its wider side: an end may be cut at 0 or 100."""
    return max(cell.ci_high - cell.value, cell.value - cell.ci_low) / _Z


def _stable(told: Mapping[str, Any]) -> str:
    half = told.get("split_half")
    halves = f" Fitted to two halves of the people, they agree by {half:.2f} (adjusted Rand index)." if half else ""
    sentence = str(told.get("stable_sentence") or "")
    return f"How stable: {inside(sentence)}{halves}" if sentence else ""


def _certain(told: Mapping[str, Any]) -> str:
    if told.get("certain") is None:
        return ""
    least = (
        f" Where classified, people belong by {100 * min(told['avepp']):.0f} % or more on average."
        if (told.get("avepp") and None not in told["avepp"])
        else ""
    )
    entropy = f" Entropy {told['entropy']:.2f} (1 certain, 0 a coin toss)." if told.get("entropy") is not None else ""
    return (
        f"How certain: {told['certain']:.0f} % of the people belong to one of the two profiles with a probability of "
        f"80 % or more; the others could be counted to either.{least}{entropy}"
    )


def _sampled(told: Mapping[str, Any]) -> str:
    if not told.get("sampled"):
        return ""
    return (
        f"These answers differ too much to fit everybody: the profiles were fitted to {told['sampled']:,} people, one "
        "drawn from each stretch of the sorted answers, and then everybody was classified by them."
    )
