"""What a release says about itself: units, measures, systems, scales and words, as plain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from math import isfinite, isnan, sqrt
from typing import Any

from analytics import anchored, answered, invariance
from analytics.compare import Comparison
from analytics.groups import Groups
from analytics.instrument import Scale, badge
from analytics.invariance import Factor
from analytics.linked import links
from analytics.measure import Absent
from analytics.protect import display, steps
from analytics.protect.family import Family
from analytics.protect.thresholds import Thresholds
from analytics.release import FORMAT
from analytics.segment import Boundary
from analytics.systems import System
from analytics.wave import Wave

OWN = "A scale of your own: where it was validated, only you can know."
TESTED = ("two groups", "uneven", "continuum")


def manifest(
    wave: Wave,
    sizes: Thresholds,
    family: Family,
    systems: Sequence[System],
    found: Comparison,
    boundary: Boundary,
    tested: Groups,
    factors: Mapping[str, Factor | None],
    placed: anchored.Anchored,
    absent: Sequence[Absent],
    created: str,
    code_version: str,
) -> dict[str, Any]:
    """The manifest of a release before it is sealed."""
    low, high = display.n_band(len(wave))
    return {
        "format": FORMAT,
        "survey": wave.survey,
        "wave": wave.name,
        "sample": wave.sample,
        "created": created,
        "code_version": code_version,
        "thresholds": asdict(sizes),
        "units": units(family),
        "n": {"low": low, "high": high},
        "measures": [measure for system in systems for measure in _measures(system)],
        "systems": {system.name: {"classes": [_range(one) for one in system.ranges]} for system in systems},
        "links": links(wave.scales, [system.name for system in systems]),
        "splits": [
            {"segment": name, "categories": list(labels)} for name, labels in sorted(wave.segment_labels.items())
        ],
        "absent": [asdict(one) for one in absent],
        "boundary": {"kind": boundary.kind, "parts": list(boundary.parts), "sentence": boundary.sentence},
        "groups": groups(tested) | {"anchored": anchored.told(placed, sizes)},
        "country": wave.country,
        "answering": answered.told(wave, sizes),
        "scales": scale_entries(wave, factors, sizes),
        "differ": found.differ,
        "between": found.between,
        "pooled_sd": {measure: spread for measure, spread in found.spread.items() if not isnan(spread)},
    }


def groups(found: Groups) -> dict[str, Any]:
    """The verdict on two groups, its sentence, and how sure and how stable it is, in the steps of figures of models."""
    step, points = steps.coefficient(found.people), steps.points(found.people)
    told: dict[str, Any] = {
        "tested": found.verdict in TESTED,
        "verdict": found.verdict,
        "sentence": found.sentence,
        "exploratory": found.exploratory,
        "statistic": _stepped(found.statistic, steps.STATISTIC),
        "p": _rounded(found.p),
        "p_peaked": _rounded(found.p_peaked),
    }
    if found.stability is not None:
        told |= {"stable": found.stability.verdict, "stable_sentence": found.stability.sentence}
        told |= {"ari": _stepped(found.stability.ari, step)}
        told |= {"split_half": _stepped(found.stability.split_half, step)}
    if found.certainty is not None:
        told |= {"certain": _stepped(100 * found.certainty.certain, points)}
        told |= {"entropy": _stepped(found.certainty.entropy, step)}
        told |= {"avepp": [_stepped(value, step) for value in found.certainty.avepp]}
    if found.acquiescence is not None:
        told |= {
            "agreeing": _stepped(found.acquiescence.r, steps.coefficient(0)),
            "agreeing_sentence": found.acquiescence.sentence,
        }
    if found.profiles is not None:
        spread = zip(found.scales, found.profiles.profiles.variances, strict=True)
        whole = min(points, 2.0)
        told["spreads"] = {scale: max(steps.rounded(sqrt(variance), whole), whole) for scale, variance in spread}
        told["named"] = found.profiles.sentence
    if found.beside is not None:
        signs = found.beside
        told["beside"] = {"dip": _rounded(signs.dip), "dip_p": _rounded(signs.dip_p), "clusters": signs.clusters}
        told["beside"] |= {"ashman": _stepped(signs.ashman, 10 * step), "shapes": dict(signs.shapes)}
    return told | {"sampled": found.fitted if 0 < found.fitted < found.people else None}


def _stepped(value: float, step: float) -> float | None:
    return steps.rounded(value, step) if isfinite(value) else None


def _rounded(value: float, digits: int = 2) -> float | None:
    return None if isnan(value) else round(value, digits) + 0.0


def units(family: Family) -> list[dict[str, Any]]:
    """Every unit of the tree in order, then the residual groups; ``shown`` is what the tree rule decided."""
    tree = family.tree
    real = [
        {
            "id": place,
            "name": unit.name,
            "parent": unit.parent,
            "level": tree.level[place],
            "shown": bool(family.shown[place]),
            "rest": False,
        }
        for place, unit in enumerate(tree.units)
    ]
    rest = [
        {
            "id": group.id,
            "name": group.name,
            "parent": family.groups[group.parent].id,
            "level": group.level,
            "shown": True,
            "rest": True,
        }
        for group in family.groups
        if group.rest
    ]
    return real + rest


def _measures(system: System) -> Iterable[dict[str, Any]]:
    for measure, counts in zip(system.measures, system.counts, strict=True):
        entry = asdict(measure)
        del entry["weights"]  # the values that occur in the answers
        yield entry | {"parts": list(measure.parts), "system": system.name, "counts": _plain(counts)}


def _plain(counts: Any) -> Any:
    if isinstance(counts, dict):
        return {part: list(classes) for part, classes in counts.items()}
    return None if counts is None else list(counts)


def _range(one: tuple[float, float] | None) -> list[float] | None:
    return None if one is None else list(one)


def scale_entries(wave: Wave, factors: Mapping[str, Factor | None], sizes: Thresholds) -> list[dict[str, Any]]:
    """Every scale as a release tells it; with what its questions have in common where enough people answered them."""
    told = []
    for scale in wave.scales:
        one = factors.get(scale.id)
        shown = None if one is None or one.n < sizes.model_n else invariance.published(one)
        told.append(_entry(scale, wave.country) | {"factor": shown})
    return told


def _entry(scale: Scale, country: str) -> dict[str, Any]:
    return {
        "id": scale.id,
        "title": scale.title,
        "role": scale.role,
        "n_items": len(scale.items),
        "min_answered": scale.min_answered,
        "levels": max(item.levels for item in scale.items),
        "reversed": [item.label for item in scale.items if item.reversed],
        "source": scale.source,
        "caveat": scale.caveat,
        "instrument": scale.instrument,
        "badge": OWN if scale.instrument == "custom" else badge(scale.pilot, scale.validated, country),
        "lines": [asdict(line) for line in scale.lines],
        "items": [{"id": item.id, "label": item.label} for item in scale.items],
    }
