"""The direction trap: items whose answers run against their scale, most likely coded the other way round."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.instrument import Scale
from analytics.reliability import reliability
from analytics.score import answer_codes
from analytics.wave import Wave

_LEAST_PEOPLE = 10


@dataclass(frozen=True)
class Conflict:
    """One item against its scale: ``item_rest`` is its correlation with the other items (below 0), over ``n`` people;
    ``clear`` when that is below 0 beyond chance (95 %)."""

    scale: str
    item: str
    item_rest: float
    n: int
    clear: bool
    sentence: str


def direction_conflicts(wave: Wave) -> tuple[Conflict, ...]:
    """Every item that correlates negatively with the rest of its scale: scoring waits until its direction is confirmed.

    Scales with fewer than two answered items or 10 complete answers are not judged. With two items, both are named.
    Source: measurement convention (corrected item-total correlation); interval by Fisher's z.
    Checked against: psych::alpha (r.drop) through ``reliability``; both codings of the OLBI.
    """
    found: list[Conflict] = []
    for scale in wave.scales:
        held = tuple(item for item in scale.items if item.id in wave.answers and wave.answers[item.id].any())
        if len(held) >= 2:
            part = Scale(scale.id, scale.title, scale.role, held, 1, scale.high_means)
            found.extend(_conflicts(answer_codes(wave.answers, part), part))
    return tuple(found)


def _conflicts(codes: np.ndarray, scale: Scale) -> list[Conflict]:
    figures = reliability(codes, scale)
    if figures.n < _LEAST_PEOPLE:
        return []
    pairs = zip(scale.items, figures.item_rest, strict=True)
    return [_conflict(scale, item.id, item.label, r, figures.n) for item, r in pairs if r < 0]


def _conflict(scale: Scale, item: str, label: str, r: float, n: int) -> Conflict:
    clear = float(np.arctanh(max(r, -0.999999))) + 1.96 / float(np.sqrt(n - 3)) < 0
    sentence = (
        f"“{label}” runs against the other questions of “{scale.title}” (correlation {r:.2f}, {n} people). "
        "Its answers may be coded the other way round: confirm the direction before it is scored."
    )
    return Conflict(scale.id, item, r, n, clear, sentence)
