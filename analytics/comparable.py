"""Whether two waves may be compared on a figure, and what else than answers may have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analytics.lineage import Lineage
from analytics.reading import Cell, Reading

_SAME = ("kind", "scale", "parts", "side")
_SAME_SCALE = ("instrument", "version", "n_items", "min_answered", "levels", "reversed", "wording")


def difference_in_kind(earlier: Reading, later: Reading, measure: str) -> str:
    """Why two waves' figures of one measure must not be joined by a line; empty when they may.

    The questions, answers, missing rule, reversed items, line and version have to be the same; for the Boundary Index
    also its parts.
    """
    one, two = earlier.measures.get(measure, {}), later.measures.get(measure, {})
    scales = (earlier.scales.get(str(one.get("scale"))), later.scales.get(str(two.get("scale"))))
    if _differ(one, two, _SAME) or _at(one) != _at(two) or _differ(scales[0] or {}, scales[1] or {}, _SAME_SCALE):
        return "The questions, their answers or their scoring changed, so the two surveys cannot be compared on this."
    if two.get("role") == "boundary":
        bounds = [dict(read.manifest.get("boundary", {})) for read in (earlier, later)]
        if _differ(bounds[0], bounds[1], ("kind", "parts")):
            return "The Boundary Index was made of other parts, so the two surveys cannot be compared on it."
    return ""


def composition(earlier: Reading, later: Reading, matched: Lineage) -> tuple[str, ...]:
    """What about the people has changed, so that a change in figures may come from who answered; in sentences."""
    told = []
    then, now = (read.manifest.get("n", {}) for read in (earlier, later))
    if then.get("high", -1) >= 0 and now.get("low", 0) > then["high"]:
        told.append("More people answered than last time; part of a change may come from who answered.")
    if now.get("high", -1) >= 0 and then.get("low", 0) > now["high"]:
        told.append("Fewer people answered than last time; part of a change may come from who answered.")
    rates = [read.cell("response", 0, "response") for read in (earlier, later)]
    if all(rate.shown for rate in rates) and abs(middle(rates[1]) - middle(rates[0])) > 10:
        told.append("The response rate changed by more than 10 points; part of a change may come from who answered.")
    if matched.new or matched.gone:
        told.append(f"Units changed: {len(matched.new)} are new and {len(matched.gone)} are gone since {earlier.wave}.")
    return tuple(told)


def anchored(earlier: Reading, later: Reading) -> str:
    """The note under a change in leanings: what their bands are held to; empty where there are none in both."""
    if not all("leaning" in read.measures for read in (earlier, later)):
        return ""
    return (
        "Leanings are counted in the same fixed bands of the Boundary Index in every survey (40 and 60), so a change "
        "is one of answers and not of bands. Fitted groups are not compared between surveys."
    )


def middle(cell: Cell) -> float:
    """A displayed figure as one number: its point, or the middle of what it leaves open."""
    return cell.value if cell.point else (cell.low + cell.high) / 2


def _differ(one: Mapping[str, Any], two: Mapping[str, Any], names: Iterable[str]) -> bool:
    return any(_plain(one.get(name)) != _plain(two.get(name)) for name in names)


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _at(measure: Mapping[str, Any]) -> float | None:
    line = measure.get("line")
    return None if line is None else float(line["at"])
