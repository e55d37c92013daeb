"""Whether two waves may be compared on a figure, and what else than answers may have moved it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from analytics.invariance import Drift, Invariance, meaning, read
from analytics.lineage import Lineage
from analytics.reading import WHOLE, Cell, Reading

_SAME = ("kind", "scale", "parts", "side")
_SAME_SCALE = ("instrument", "version", "n_items", "min_answered", "levels", "reversed", "wording")


def difference_in_kind(earlier: Reading, later: Reading, measure: str) -> str:
    """Why two waves' figures of one measure must not be joined by a line; empty when they may.

    The questions, answers, missing rule, reversed items, line and version have to be the same; for the Boundary Index
    also its parts.
    """
    one, two = earlier.measures.get(measure, {}), later.measures.get(measure, {})
    scales = (earlier.scales.get(str(one.get("scale"))), later.scales.get(str(two.get("scale"))))
    if _differ(one, two, _SAME) or _at(one) != _at(two) or not same_scale(*scales):
        return "The questions, their answers or their scoring changed, so the two surveys cannot be compared on this."
    if two.get("role") == "boundary":
        bounds = [dict(read.manifest.get("boundary", {})) for read in (earlier, later)]
        if _differ(bounds[0], bounds[1], ("kind", "parts")):
            return "The Boundary Index was made of other parts, so the two surveys cannot be compared on it."
    found = [same_meaning(earlier, later)[scale] for scale in scales_behind(later, measure)]
    if any(one.verdict == "other" for one in found):
        return "The questions hang together differently than before, so the two surveys cannot be compared on this."
    return ""


def moved_question(earlier: Reading, later: Reading, measure: str, node: int) -> str:
    """Why a change is never called clear although a line is drawn: a question behind it moved by itself; empty
    otherwise. For the whole organisation, what the change is without that question is said too."""
    known = same_meaning(earlier, later)
    for scale in scales_behind(later, measure):
        if known[scale].verdict == "drift":
            return _drifted(earlier, later, scale, known[scale], node)
    return ""


def same_meaning(earlier: Reading, later: Reading) -> Mapping[str, Invariance]:
    """Whether each scale of ``later`` means what it meant in ``earlier``, from what both releases publish of it."""
    name = f"meaning since {earlier.manifest.get('hash')}"
    if name not in later.p.memo:  # asked for every figure of every unit
        models = {scale: read(entry) for scale, entry in later.scales.items()}
        later.p.memo[name] = meaning({scale: earlier.scales.get(scale) for scale in models}, models)
    held: Mapping[str, Invariance] = later.p.memo[name]
    return held


def scales_behind(read: Reading, measure: str) -> tuple[str, ...]:
    """The scales whose questions enter a measure: its own, or the parts of the Boundary Index."""
    entry = read.measures.get(measure, {})
    parts = read.manifest.get("boundary", {}).get("parts", ()) if entry.get("role") == "boundary" else ()
    named = parts or [entry.get("scale")]
    return tuple(str(scale) for scale in named if scale in read.scales)


def same_scale(one: Mapping[str, Any] | None, two: Mapping[str, Any] | None) -> bool:
    """Whether two waves asked and scored a scale in the same way, from its entries in their manifests."""
    asked = [[item["id"] for item in (entry or {}).get("items", ())] for entry in (one, two)]
    return not _differ(one or {}, two or {}, _SAME_SCALE) and asked[0] == asked[1]


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
        "is one of answers and not of bands."
    )


def _drifted(earlier: Reading, later: Reading, scale: str, found: Invariance, node: int) -> str:
    labels = {str(item["id"]): str(item["label"]) for item in later.scales[scale]["items"]}
    alone = max((one for one in found.drifts if one.drifts), key=lambda one: abs(one.shift))
    told = (
        f"“{labels.get(alone.item, alone.item)}” moved by about {alone.shift:+.0f} points beyond the other questions "
        f"since {earlier.manifest['wave']}, so its meaning may have changed and no change is called clear."
    )
    rest = _without(earlier, later, scale, found.drifts) if node == WHOLE else ""
    return " ".join(part for part in (told, rest) if part)


def _without(earlier: Reading, later: Reading, scale: str, drifts: Iterable[Drift]) -> str:
    """The scale's average in both waves over the questions that did not drift; empty where none is left."""
    kept = [at for at, one in enumerate(drifts) if not one.drifts]
    models = [read(told.scales.get(scale)) for told in (earlier, later)]
    means = [float(one.means[kept].mean()) for one in models if one is not None and kept]
    return f"Without it, the scale went from {means[0]:.0f} to {means[1]:.0f}." if len(means) == 2 else ""


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
