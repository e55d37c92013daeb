"""Single questions as figures: how people answered each, and the share at its burdened end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from analytics.indicators import BURDEN
from analytics.instrument import Item, Scale
from analytics.measure import CodedColumn, Measure, hits
from analytics.wave import Wave

VIEW = "questions"
END = ":end"
MOST_ANSWERS = 11  # 0 to 10; a column of more is a figure that was worked out before, not a question


def questions(wave: Wave, words: Mapping[str, Sequence[str]] | None = None) -> tuple[CodedColumn, ...]:
    """Every question of the wave's scales, of up to 11 answers, that somebody answered, in the questionnaire's order.

    ``words``: the answers of an item in its own words, lowest first, by item id; numbers where there are none. Each
    column is the item's answers as they were given and holds two measures: ``<item>`` with one part per answer, for
    units large enough, and ``<item>:end``, the share at the burdened end: the half of the answers (without the middle)
    that weighs, which is the low one for a reversed question. Where a scale has no worrying end it is the high one.
    """
    found: dict[str, CodedColumn] = {}
    for scale in wave.scales:
        for item in scale.items:
            if item.id in found or item.levels > MOST_ANSWERS or item.id not in wave.answers:
                continue
            if wave.answers[item.id].any():
                codes = wave.answers[item.id].to_numpy(np.int16)
                told = _told(item, (words or {}).get(item.id, ()))
                found[item.id] = CodedColumn(item.id, codes, _measures(scale, item, told))
    return tuple(found.values())


def burdened(item: Item, burden: str) -> tuple[int, ...]:
    """The codes at the end that counts, of an item whose scale worries at its ``burden`` end ("high", "low", "")."""
    half = item.levels // 2
    low = _end(burden, item.reversed) == "low"
    return tuple(range(1, half + 1)) if low else tuple(range(item.levels - half + 1, item.levels + 1))


def _measures(scale: Scale, item: Item, told: tuple[str, ...]) -> tuple[Measure, Measure]:
    burden = BURDEN.get(scale.role, "")
    counted = burdened(item, burden)
    ends = [told[code - 1] for code in counted]
    every = Measure(
        id=item.id,
        kind="parts",
        title=item.label,
        column=item.id,
        weights=(np.nan, *(float(place) for place in range(item.levels))),
        role=scale.role,
        parts=told,
        burden=_end(burden, item.reversed),
        scale=scale.id,
        formula=f"answers to one question{', turned round for the scale' if item.reversed else ''}",
        source=scale.source,
        view=VIEW,
    )
    share = replace(
        every,
        id=f"{item.id}{END}",
        kind="share",
        weights=hits(code in counted for code in range(1, item.levels + 1)),
        parts=(),
        burden="high" if burden else "",
        formula=f"share of people who answer {' or '.join(f'“{word}”' for word in ends)}",
    )
    return every, share


def _end(burden: str, turned: bool) -> str:
    """Which end of the answers as worded is the worrying one."""
    if not burden:
        return ""
    return burden if not turned else {"high": "low", "low": "high"}[burden]


def _told(item: Item, words: Sequence[str]) -> tuple[str, ...]:
    """The item's answers as distinct words, lowest first."""
    if len(words) == item.levels and len(set(words)) == item.levels and all(words):
        return tuple(words)
    return tuple(f"Answer {level} of {item.levels}" for level in range(1, item.levels + 1))
