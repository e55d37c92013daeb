"""Does agreeing with anything drive the Boundary Index: raw answers to items that point opposite ways."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.instrument import Scale
from analytics.wave import Wave

NOTABLE = 0.20
_NOTHING = float("nan")


@dataclass(frozen=True)
class Acquiescence:
    """``pairs``: how many pairs of opposite items were used; ``r``: correlation with B; ``r_burnout``: the same with
    the first burnout scale; ``adjusted``: B without what goes along with agreeing (NaN where it cannot be said)."""

    pairs: int
    r: float
    r_burnout: float
    adjusted: np.ndarray
    sentence: str


def acquiescence(wave: Wave, index: np.ndarray, burnout: np.ndarray | None = None) -> Acquiescence:
    """How strongly agreeing with opposite statements alike goes along with B, -1 to 1.

    A person's agreement is the mean raw answer over pairs of one plain and one reversed item of the same scale
    (0-1). Where all scales point one way nothing can be said, and the sentence says that. Beyond .20 either way
    ``adjusted`` should be shown beside B as a check.
    Source: Ten Berge 1999, doi:10.1207/s15327906mbr3401_4. Checked against: a case worked by hand.
    """
    pairs = [pair for scale in wave.scales for pair in opposite_pairs(scale) if set(pair) <= set(wave.answers)]
    agreement = _agreement(wave, pairs)
    r = _correlation(agreement, index)
    if np.isnan(r):
        sentence = "All answered scales point one way, so a habit of agreeing cannot be told from what is asked."
        return Acquiescence(len(pairs), _NOTHING, _NOTHING, np.full(len(index), np.nan), sentence)
    r_burnout = _NOTHING if burnout is None else _correlation(agreement, burnout)
    adjusted = _without(index, agreement)
    return Acquiescence(len(pairs), r, r_burnout, adjusted, _said(r, index, adjusted, burnout))


def _said(r: float, index: np.ndarray, adjusted: np.ndarray, burnout: np.ndarray | None) -> str:
    """How strong the habit is and, where it matters, what is left of the index's relation with burnout without it."""
    strength = "hardly" if abs(r) <= NOTABLE else "noticeably"
    sentence = f"A habit of agreeing goes {strength} along with the Boundary Index (r = {r:.1f})."
    if abs(r) <= NOTABLE or burnout is None:
        return sentence
    before, after = (_correlation(one, burnout) for one in (index, adjusted))
    left = f" Without that habit, the index goes along with burnout by r = {after:.1f} instead of {before:.1f}."
    return sentence if np.isnan(after) else sentence + left


def opposite_pairs(scale: Scale) -> list[tuple[str, str]]:
    """Plain and reversed items of a scale in pairs, in the scale's order, as many as both kinds allow."""
    plain = [item.id for item in scale.items if not item.reversed]
    turned = [item.id for item in scale.items if item.reversed]
    return list(zip(plain, turned, strict=False))


def _agreement(wave: Wave, pairs: list[tuple[str, str]]) -> np.ndarray:
    levels = {item.id: item.levels for scale in wave.scales for item in scale.items}
    total, held = np.zeros(len(wave)), np.zeros(len(wave))
    for pair in pairs:
        codes = [wave.answers[item].to_numpy(np.float64) for item in pair]
        both = (codes[0] > 0) & (codes[1] > 0)
        mean = sum((code - 1) / (levels[item] - 1) for code, item in zip(codes, pair, strict=True)) / 2
        total += np.where(both, mean, 0)
        held += both
    return np.where(held > 0, total / np.maximum(held, 1), np.nan)


def _correlation(a: np.ndarray, b: np.ndarray) -> float:
    use = ~np.isnan(a) & ~np.isnan(b)
    if use.sum() < 3 or not (np.ptp(a[use]) > 0 and np.ptp(b[use]) > 0):
        return _NOTHING
    return float(np.corrcoef(a[use], b[use])[0, 1])


def _without(index: np.ndarray, agreement: np.ndarray) -> np.ndarray:
    """What is left of B after its straight-line relation with agreement, around the mean of B."""
    use = ~np.isnan(index) & ~np.isnan(agreement)
    apart = agreement - agreement[use].mean()
    slope = float((apart[use] @ index[use]) / (apart[use] @ apart[use]))
    return np.asarray(index - slope * apart)
