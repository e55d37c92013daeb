"""How far a distribution is from having one peak: Hartigan's dip, and how often one flat peak would give as much."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

MOST_PEOPLE = 500
DRAWS = 99


def dip(values: np.ndarray) -> float:
    """The dip: the least distance between the distribution of ``values`` and any with a single peak, up to 0.25.

    Source: Hartigan & Hartigan 1985, doi:10.1214/aos/1176346577.
    Checked against: diptest::dip.test on faithful and statfaculty, and cases worked by hand.
    """
    x, count = np.unique(np.asarray(values, np.float64), return_counts=True)
    above = np.cumsum(count).astype(np.float64)
    below = above - count
    found, low, high = 1.0, 0, len(x) - 1
    while high > low:
        part = slice(low, high + 1)
        floor = low + _hull(x[part], below[part], lower=True)
        ceiling = low + _hull(x[part], above[part], lower=False)
        left, right, widest = _modal(x, (below, above), floor, ceiling)
        if widest <= found:
            break
        under = above[low : left + 1] - np.interp(x[low : left + 1], x[floor], below[floor])
        over = np.interp(x[right : high + 1], x[ceiling], above[ceiling]) - below[right : high + 1]
        found = max(found, float(under.max()), float(over.max()))
        if (left, right) == (low, high):
            break
        low, high = left, right
    return found / (2 * len(values))


def dip_p(values: np.ndarray, seed: int = 0, draws: int = DRAWS) -> float:
    """How often a flat distribution, the least favourable one with a single peak, dips as much (Monte Carlo p).

    Beyond 500 people the dip is compared on the scale of root n, on which it hardly depends on n.
    Source: Hartigan & Hartigan 1985. Checked against: diptest::dip.test on statfaculty.
    """
    n = len(values)
    few = min(n, MOST_PEOPLE)
    observed = dip(values) * np.sqrt(n)
    random = np.random.default_rng(seed)
    reached = sum(dip(random.random(few)) * np.sqrt(few) >= observed for _ in range(draws))
    return (1 + int(reached)) / (draws + 1)


def _hull(x: np.ndarray, y: np.ndarray, lower: bool) -> np.ndarray:
    """The places of the corners of the greatest convex minorant, or of the least concave majorant."""
    turn: Callable[[float], bool] = (lambda area: area <= 0) if lower else (lambda area: area >= 0)
    kept: list[int] = []
    px, py = x.tolist(), y.tolist()
    for at in range(len(px)):
        while len(kept) > 1:
            one, two = kept[-2], kept[-1]
            area = (px[two] - px[one]) * (py[at] - py[one]) - (py[two] - py[one]) * (px[at] - px[one])
            if not turn(area):
                break
            kept.pop()
        kept.append(at)
    return np.array(kept)


def _modal(
    x: np.ndarray, steps: tuple[np.ndarray, np.ndarray], floor: np.ndarray, ceiling: np.ndarray
) -> tuple[int, int, float]:
    """Where floor and ceiling lie furthest apart: the corners around that place, and the distance."""
    below, above = steps
    at_floor = np.interp(x[floor], x[ceiling], above[ceiling]) - below[floor]
    at_ceiling = above[ceiling] - np.interp(x[ceiling], x[floor], below[floor])
    one, two = int(at_floor.argmax()), int(at_ceiling.argmax())
    if at_floor[one] >= at_ceiling[two]:
        left = int(floor[one])
        return left, int(ceiling[np.searchsorted(ceiling, left)]), float(at_floor[one])
    right = int(ceiling[two])
    return int(floor[np.searchsorted(floor, right, side="right") - 1]), right, float(at_ceiling[two])
