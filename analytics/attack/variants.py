"""Other sheets that somebody might have filled in: their own with one answer changed, a scale moved up or down, or
several answers changed at random. What a changed answer does to scales and indices, the product's own scoring says."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd

from analytics.wave import Wave

KINDS = 128  # other sheets of each person
_AT_RANDOM = 5  # answers changed in one sheet at the most
_TOGETHER = 4  # scales moved at once in every combination of directions


def varied(wave: Wave, people: np.ndarray, linked: Sequence[Sequence[str]]) -> Wave:
    """A wave of other sheets: ``KINDS`` of each of ``people``, those of one person side by side.

    ``linked``: sets of columns worked out from the same answers; a sheet is varied in each of them at once, since
    what one of them says is read by nobody who reads another. Answers that were not given stay so.
    """
    answers = {str(item): np.repeat(wave.answers[item].to_numpy(np.int16)[people], KINDS) for item in wave.answers}
    random = np.random.default_rng(len(people))
    for names in linked:
        items = [item for item in names if item in answers]
        if items:
            _vary(answers, items, _towards(wave, items), random)
    place = np.repeat(people, KINDS)
    told = {item: codes.astype(np.int8) for item, codes in answers.items()}
    table = pd.DataFrame(told, index=pd.RangeIndex(len(place)))
    rows = {"unit": wave.unit[place], "segments": _at(wave.segments, place), "numbers": _at(wave.numbers, place)}
    return replace(wave, answers=table, **rows)


def _at(frame: pd.DataFrame, place: np.ndarray) -> pd.DataFrame:
    return frame.iloc[place].reset_index(drop=True)


def _towards(wave: Wave, items: Sequence[str]) -> tuple[np.ndarray, np.ndarray, list[list[int]]]:
    """For each item its levels and direction (1 or -1), and the places of the items of each scale."""
    held = {item.id: item for scale in wave.scales for item in scale.items}
    levels = np.array([held[item].levels for item in items])
    sign = np.array([-1 if held[item].reversed else 1 for item in items])
    scales = [[items.index(one.id) for one in scale.items if one.id in items] for scale in wave.scales]
    return levels, sign, [places for places in scales if places]


def _vary(
    answers: dict[str, np.ndarray],
    items: Sequence[str],
    known: tuple[np.ndarray, np.ndarray, list[list[int]]],
    random: np.random.Generator,
) -> None:
    levels, sign, scales = known
    codes = np.column_stack([answers[item] for item in items])
    kind = np.arange(len(codes)) % KINDS
    plan = _plan(levels, sign, scales)[:KINDS]
    for at, (places, steps, turns) in enumerate(plan):
        here = np.ix_(kind == at, places)
        moved = codes[here] + steps
        codes[here] = (moved - 1) % levels[places] + 1 if turns else np.clip(moved, 1, levels[places])
    rest = np.flatnonzero(kind >= len(plan))
    for _ in range(_AT_RANDOM):
        column = random.integers(0, len(items), len(rest))
        turn = random.integers(0, levels[column])
        codes[rest, column] = _turned(codes[rest, column], turn, levels[column])
    for at, item in enumerate(items):
        answers[item] = np.where(answers[item] > 0, codes[:, at], 0)


def _plan(
    levels: np.ndarray, sign: np.ndarray, scales: Sequence[list[int]]
) -> list[tuple[list[int], np.ndarray, bool]]:
    """The kinds that are not left to chance: which answers change, by how many steps, and whether past the last answer
    comes the first. Each answer turned to each other; each scale moved; all scales moved at once, each either way."""
    most = int(levels.max()) - 1
    turned = [([item], np.array([by]), True) for item, of in enumerate(levels.tolist()) for by in range(1, of)]
    moved = [(scale, way * by * sign[scale], False) for by in range(most, 0, -1) for scale in scales for way in (1, -1)]
    every = [item for scale in scales for item in scale]
    ways = product((1, -1), repeat=len(scales)) if 1 < len(scales) <= _TOGETHER else ()
    steps = ([way for way, scale in zip(pattern, scales, strict=True) for _ in scale] for pattern in ways)
    return [*((every, most * np.array(one) * sign[every], False) for one in steps), *turned, *moved]


def _turned(codes: np.ndarray, turn: np.ndarray, levels: np.ndarray) -> np.ndarray:
    return np.asarray((codes - 1 + turn) % levels + 1)
