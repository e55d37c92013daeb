"""The sheets that examples are made of: everybody's own, and others that some people might have filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from analytics.attack.people import Answers, Truth, truth_of
from analytics.attack.seen import System
from analytics.attack.sheets import Asked, Limits, added, asked, read_sheets, table
from analytics.attack.variants import KINDS, varied
from analytics.wave import Wave

_MOST_PEOPLE, _OF_UNIT = 1_500, 60  # who are asked about; of any one unit; units are drawn by lot where there are more
_AT_ONCE = 200  # people whose other sheets are scored at once, so that memory stays bounded


@dataclass(frozen=True)
class Sheets:
    """Everybody's own sheet, and others that some ``people`` might have filled in, ``KINDS`` of each, in parts."""

    own: Truth
    people: np.ndarray
    others: tuple[Truth, ...]


def sheets(wave: Wave, linked: Sequence[Sequence[str]], own: Truth | None = None) -> Sheets:
    """The sheets that examples are made of.

    ``linked``: columns worked out from the same answers, in sets. ``own``: the wave as the attack reads it, if at hand.
    """
    own, people = own or truth_of(wave), _drawn(wave.unit)
    first = np.unique(np.array([(own.codes[name].to_numpy() > 0).argmax() for name in own.codes], dtype=np.int64))
    parts = np.array_split(people, max(1, -(-len(people) // _AT_ONCE)))
    return Sheets(own, people, tuple(_scored(wave, part, first, linked) for part in parts))


def pooled(
    systems: Sequence[System], held: Sheets, own: Mapping[str, Answers], limits: Limits, people: np.ndarray
) -> tuple[np.ndarray, Asked, Limits]:
    """What the other sheets of some ``people`` change and answer, and the limits on what changes at all.

    Marks by people by sheets; the answers of the sheets of one person side by side.
    """
    limited = limits.of(np.flatnonzero((np.isfinite(limits.down) | np.isfinite(limits.up)).any(axis=0)))
    place, real = np.searchsorted(held.people, people), table(limited.marks, own, people)
    step, answered, first = np.zeros((len(limited.marks), len(people), KINDS)), [], 0
    for part in held.others:
        count = len(part) // KINDS
        mine = np.flatnonzero((place >= first) & (place < first + count))
        rows = ((place[mine] - first)[:, None] * KINDS + np.arange(KINDS)).ravel()
        read = read_sheets(systems, part)
        for at, mark in enumerate(limited.marks):
            step[at, mine] = added(mark, read[mark[0]], rows).reshape(len(mine), KINDS) - real[mine, at, None]
        answered.append(asked(systems, read, rows))
        first += count
    moved = np.flatnonzero([changes.any() for changes in step])
    whole = (np.concatenate([getattr(one, name) for one in answered]) for name in ("answered", "inside", "value"))
    return step[moved], Asked(answered[0].questions, *whole), limited.of(moved)


def _scored(wave: Wave, people: np.ndarray, first: np.ndarray, linked: Sequence[Sequence[str]]) -> Truth:
    """Other sheets of some people, scored beside the real ones of the ``first`` people who have each column: what
    nobody has is not scored at all."""
    others = varied(wave, people, linked)
    frames = {
        name: pd.concat([getattr(wave, name).iloc[first], getattr(others, name)], ignore_index=True)
        for name in ("answers", "numbers", "segments")
    }
    found = truth_of(replace(wave, unit=np.concatenate([wave.unit[first], others.unit]), **frames))
    codes = found.codes.iloc[len(first) :].reset_index(drop=True)
    return replace(found, unit=others.unit, codes=codes, segments=others.segments)


def _drawn(unit: np.ndarray) -> np.ndarray:
    """Everybody, or some people of each unit, or of units drawn by lot."""
    random = np.random.default_rng(len(unit))
    order = random.permutation(len(unit))
    at = np.argsort(unit[order], kind="stable")
    first = np.searchsorted(unit[order][at], unit[order][at])
    some = order[at][np.arange(len(unit)) - first < _OF_UNIT]
    units = random.permutation(np.unique(unit))
    size = np.bincount(unit[some], minlength=int(unit.max(initial=0)) + 1)[units]
    taken = units[: int(np.searchsorted(np.cumsum(size), _MOST_PEOPLE)) + 1]
    return np.sort(some[np.isin(unit[some], taken)])
