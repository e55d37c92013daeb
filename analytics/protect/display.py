"""How exactly a figure may be shown: bands of answers, steps and cut ends of means, bands of shares.

Everything here is a function of the number of people behind a figure, never of what they answered.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from math import ceil, floor, isnan, nan, sqrt

from analytics.release import NOT_SHOWN

STEPS = (1, 2, 5, 10, 20)  # points that means are rounded to
BANDS = (100, 20, 10, 5, 4, 3, 2)  # equal bands that shares are shown in
_FEW = 3  # bands that the smallest groups get: their last band holds one count more
_STARTS = (5, 8, 12, 20, 50)  # where bands of the number of answers begin; then 100, 200, 500, 1000, ...
_Z = 1.96


@dataclass(frozen=True)
class Shown:
    """A figure as it is displayed: its point (NaN when it is a band), the range of truths it leaves open, its text."""

    value: float
    low: float
    high: float
    ci_low: float
    ci_high: float
    text: str


HIDDEN = Shown(nan, nan, nan, nan, nan, NOT_SHOWN)


def n_band(n: int) -> tuple[int, int]:
    """The band that a number of answers is shown as: 8-11, 12-19, 20-49, 50-99, 100-199, 200-499, 500-999 and so on."""
    starts = list(_STARTS)
    while starts[-1] <= n:
        scale = 10 ** (len(str(starts[-1])) - 1)
        starts.append(starts[-1] * 5 // 2 if starts[-1] == 2 * scale else starts[-1] * 2)
    at = bisect_right(starts, n)
    return (starts[at - 1], starts[at] - 1) if at else (0, starts[0] - 1)


def mean_step(n: int, coarser: int = 0) -> int:
    """The step that a mean of ``n`` answers is rounded to: 5 below 20, 2 below 50, else 1; ``coarser`` levels more.

    0 means that nothing coarse enough is left, so nothing may be shown.
    """
    finest = 2 if n < 20 else 1 if n < 50 else 0
    return STEPS[finest + coarser] if finest + coarser < len(STEPS) else 0


def share_bands(n: int, insiders: int, coarser: int = 0) -> int:
    """How many equal bands a share of ``n`` people is shown in, so that each holds at least insiders + 2 counts.

    0 means that no bands are wide enough, so nothing may be shown.
    """
    fits = [m for m in BANDS if n >= fewest(m, insiders)]
    return fits[coarser] if coarser < len(fits) else 0


def fewest(bands: int, insiders: int) -> int:
    """The smallest number of people whose share may be shown in so many bands: what a band's width tells of n."""
    return bands * (insiders + 2) - (bands <= _FEW)


def mean(raw: float, n: int, insiders: int, spread: float, coarser: int = 0) -> Shown:
    """A mean (0-100) rounded to its step, its ends cut off; the 95 % interval from ``spread`` (SD inside groups).

    ``n`` counts answers; the interval takes the lower edge of its band, so it says nothing more about n. Where the
    spread may not be told (NaN), no interval is drawn.
    """
    step, least = mean_step(n, coarser), n_band(n)[0]
    if not step:
        return HIDDEN
    cut = step * ceil(100 * (insiders + 1) / least / step)
    value = float(step * floor(raw / step + 0.5))
    half = step / 2
    if cut >= 50:
        return HIDDEN
    if value <= cut:
        return Shown(nan, 0.0, cut + half, nan, nan, f"{cut} or lower")
    if value >= 100 - cut:
        return Shown(nan, 100.0 - cut - half, 100.0, nan, nan, f"{100 - cut} or higher")
    margin = _Z * spread / sqrt(least)
    ends = (nan, nan) if isnan(margin) else (round(max(0.0, value - margin), 1), round(min(100.0, value + margin), 1))
    return Shown(value, value - half, value + half, *ends, f"{value:.0f}")


def share(hits: int, n: int, insiders: int, coarser: int = 0) -> Shown:
    """A share as one of its equal bands (per cent), with the widest 95 % interval of any count in the band.

    The interval is Wilson's at the band's ends and the smallest number of answers that the band of n and the width of
    the share's band, which both are displayed, leave open: all others lie inside.
    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953.
    """
    bands = share_bands(n, insiders, coarser)
    if not bands:
        return HIDDEN
    at = min(hits * bands // n, bands - 1)
    low, high = 100 * at / bands, 100 * (at + 1) / bands
    least = max(n_band(n)[0], fewest(bands, insiders))
    ci_low, ci_high = wilson(low / 100, least)[0], wilson(high / 100, least)[1]
    ends = (round(100 * ci_low, 1), round(100 * ci_high, 1))
    return Shown(nan, low, high, *ends, f"{low:.0f}–{high:.0f} %")


def wilson(share: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share (0-1) of ``n`` people.

    Source: Wilson 1927, doi:10.1080/01621459.1927.10502953. Checked against: the intervals of R's binom package.
    """
    middle = (share + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z * sqrt(share * (1 - share) / n + _Z**2 / (4 * n * n)) / (1 + _Z**2 / n)
    return max(0.0, middle - half), min(1.0, middle + half)


def part(hits: int, n: int, k: int) -> str:
    """A share of everybody as whole per cent in words, for figures outside the linear audit: a share of fewer than
    ``k`` people, nobody included, and one of all but so few, look alike."""
    cut = ceil(100 * k / n)
    if hits < k:
        return f"{cut} % or less"
    if n - hits < k:
        return f"{100 - cut} % or more"
    return f"{round(100 * hits / n)} %"
