"""How people answered: unusual answers that are only reported, and what leaving people out does to the averages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isnan, nan

import numpy as np
from scipy import stats

from analytics.consistency import inconsistent
from analytics.protect import display
from analytics.protect.display import Shown
from analytics.protect.thresholds import Thresholds
from analytics.score import score
from analytics.wave import Wave

_FEWEST_ITEMS, _LITTLE, _LOWEST = 12, 0.3, 0.01
_PEOPLE_PER_ITEM, _RARE = 5, 0.001

Mean = tuple[float, int]  # 0-100, and how many people it is of


@dataclass(frozen=True)
class Effect:
    """The average of one scale over the whole organisation with everybody, and without those who are left out."""

    everybody: Shown
    published: Shown


def means(wave: Wave, among: np.ndarray | None = None) -> dict[str, Mean]:
    """The mean of each scale (0-100) over the whole organisation and how many have a score; ``among``: bool per row,
    who counts."""
    scores = score(wave)
    values = {name: column.to_numpy()[slice(None) if among is None else among] for name, column in scores.items()}
    answered = {name: int((~np.isnan(one)).sum()) for name, one in values.items()}
    return {str(name): (float(np.nanmean(one)), answered[name]) for name, one in values.items() if answered[name]}


def effects(everybody: Mapping[str, Mean], without: Mapping[str, Mean], sizes: Thresholds) -> dict[str, Effect]:
    """What leaving people out does to each scale, for scales where that gives none of those people away.

    Both averages are rounded as any average of so many people. The people left out, of whom nobody or at least k have
    a score, are then known to average between two ends: both averages are told only while those ends lie as far from 0
    and 100 as the cut ends of a published average of so few people would.
    Checked against: the ends over all pairs of exact averages that round to what is shown, by brute force.
    """
    found = {}
    for name in everybody.keys() & without.keys():
        (all_mean, all_n), (mean, n) = everybody[name], without[name]
        shown, kept = display.mean(all_mean, all_n, sizes.insiders, nan), display.mean(mean, n, sizes.insiders, nan)
        out = all_n - n
        if isnan(shown.value) or isnan(kept.value) or 0 < out < sizes.k_share:
            continue
        if not out or _open(shown, all_n, kept, n, sizes.insiders):
            found[name] = Effect(shown, kept)
    return found


def _open(everybody: Shown, all_n: int, published: Shown, n: int, insiders: int) -> bool:
    """Whether both averages leave the average of the people left out far enough from 0 and from 100."""
    out = all_n - n
    least, most = (
        (all_n * one - n * other) / out
        for one, other in ((everybody.low, published.high), (everybody.high, published.low))
    )
    cut = 100 * (insiders + 1) / out
    return least <= 100 - cut and most >= cut


def unusual(wave: Wave) -> dict[str, int]:
    """People whose answers are unusual and may yet be honest, by flag: reported, and never a reason to leave them out.

    low_variability: the answers to 12 questions or more hardly vary (SD below 0.3) and are among the lowest 1 % in
    that. odd_pattern: a combination of answers that one in 1,000 would give if answers were normal, where there are
    five people per question. uneven_halves, unlike_synonyms: answers that do not agree with each other, where there
    are 30 questions or more.
    Source: Dunn et al. 2018, doi:10.1007/s10869-016-9479-0 (IRV); Meade & Craig 2012, doi:10.1037/a0028085.
    Checked against: rows worked out by hand; the share of odd ones among normal answers.
    """
    codes = wave.answers.to_numpy(np.float64)
    found = {"low_variability": _hardly_varying(codes), "odd_pattern": _odd(codes), **inconsistent(wave)}
    return {flag: count for flag, count in found.items() if count}


def _hardly_varying(codes: np.ndarray) -> int:
    answered = (codes > 0).sum(axis=1)
    looked = codes[answered >= _FEWEST_ITEMS]
    if not len(looked):
        return 0
    spread = np.nanstd(np.where(looked > 0, looked, nan), axis=1, ddof=1)
    return int(((spread < _LITTLE) & (spread <= np.quantile(spread, _LOWEST))).sum())


def _odd(codes: np.ndarray) -> int:
    complete = codes[(codes > 0).all(axis=1)] if codes.shape[1] else codes[:0]
    if codes.shape[1] < 2 or len(complete) < _PEOPLE_PER_ITEM * codes.shape[1]:
        return 0
    apart = complete - complete.mean(axis=0)
    distance = ((apart @ np.linalg.pinv(np.cov(apart, rowvar=False))) * apart).sum(axis=1)
    return int((stats.chi2.sf(distance, codes.shape[1]) < _RARE).sum())
