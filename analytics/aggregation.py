"""May answers be put together by team: how much of the variance lies between teams, and how far members agree."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.shrink import Moments

SHARED_FROM = 0.70
_NOTHING = float("nan")


@dataclass(frozen=True)
class BetweenTeams:
    """One-way analysis of variance over teams; ``icc1``: share of variance between teams, ``icc2``: reliability of a
    team mean of average size. NaN where it cannot be worked out."""

    n: int
    teams: int
    msb: float
    msw: float
    f: float
    p: float
    icc1: float
    icc2: float


@dataclass(frozen=True)
class Agreement:
    """Per team, in the order of ``teams``: agreement on a scale (0-1) and mean absolute deviation in answer steps.

    ``rwg``: r_wg(J), negative values as 0; ``lindell``: r*_wg(J), not cut off; ``deviation``: AD of the mean.
    """

    teams: np.ndarray
    size: np.ndarray
    rwg: np.ndarray
    lindell: np.ndarray
    deviation: np.ndarray


def between_teams(groups: Moments) -> BetweenTeams:
    """ICC(1) and ICC(2) from the moments of teams that do not overlap; teams without answers are left out.

    Uses the mean team size. Fewer than two teams, or nobody beyond one per team, give NaN.
    Source: Bliese 2000; Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420.
    Checked against: multilevel::ICC1 and ICC2 on bh1996 and lq2002, and a case by hand.
    """
    held = groups.n > 0
    n, total, squares = groups.n[held], groups.total[held], groups.squares[held]
    people, teams = float(n.sum()), len(n)
    if teams < 2 or people <= teams:
        return BetweenTeams(int(people), teams, *(_NOTHING,) * 6)
    grand = total.sum() / people
    msb = float((n * (total / n - grand) ** 2).sum()) / (teams - 1)
    msw = max(float((squares - total**2 / n).sum()), 0.0) / (people - teams)
    f = msb / msw if msw > 0 else _NOTHING
    p = float(stats.f.sf(f, teams - 1, people - teams))
    spread = msb + (people / teams - 1) * msw
    icc1 = (msb - msw) / spread if spread > 0 else _NOTHING
    icc2 = (msb - msw) / msb if msb > 0 else _NOTHING
    return BetweenTeams(int(people), teams, msb, msw, f, p, icc1, icc2)


def between_sentence(found: BetweenTeams) -> str:
    """What ICC(1) and ICC(2) mean, in one sentence; the second is left out where it is not known."""
    if np.isnan(found.icc1):
        return "There are too few teams to say how much they differ."
    share = max(found.icc1, 0.0)
    size = "little" if share < 0.05 else "a medium part" if share < 0.25 else "a large part"
    said = f"{100 * share:.0f} % of the differences between people lie between teams, {size}"
    if np.isnan(found.icc2):
        return f"{said}."
    trust = "tell teams apart well" if found.icc2 >= SHARED_FROM else "hardly tell teams apart"
    return f"{said}; averages {trust}."


def agreement(codes: np.ndarray, team: np.ndarray, levels: int) -> Agreement:
    """Agreement inside each team on the items of one scale, all with the same number of answers.

    ``codes``: people by items, 0 missing; only complete rows enter; ``team``: one label per person. One item gives
    r_wg; the null is an even spread over the answers, (levels^2 - 1) / 12. Teams of one person give NaN.
    Source: James, Demaree & Wolf 1984, doi:10.1037/0021-9010.69.1.85; Lindell, Brandt & Whitney 1999,
    doi:10.1177/01466219922031257; Burke & Dunlap 2002, doi:10.1177/1094428102005002002 (AD).
    Checked against: multilevel::rwg, rwg.j, rwg.j.lindell and ad.m on bh1996 and lq2002.
    """
    complete = (codes > 0).all(axis=1)
    teams, place = np.unique(team[complete], return_inverse=True)
    values, place = codes[complete].astype(np.float64), place.ravel()
    size = np.bincount(place, minlength=len(teams)).astype(np.float64)
    mean = _sums(values, place, len(teams)) / size[:, None]
    apart = values - mean[place]
    variance = _sums(apart**2, place, len(teams)) / np.where(size > 1, size - 1, np.nan)[:, None]
    ratio = variance.mean(axis=1) / ((levels**2 - 1) / 12)
    deviation = (_sums(np.abs(apart), place, len(teams)) / size[:, None]).mean(axis=1)
    items = codes.shape[1]
    agreed = items * (1 - ratio) / (items * (1 - ratio) + ratio)
    rwg = np.where(np.isnan(ratio), np.nan, np.where((agreed < 0) | (agreed > 1), 0.0, agreed))
    return Agreement(teams, size, rwg, 1 - ratio, np.where(size > 1, deviation, np.nan))


def agreement_sentence(found: Agreement, levels: int) -> str:
    """What the organisation's median agreement means, in one sentence; single teams are never named."""
    held = found.rwg[~np.isnan(found.rwg)]
    if not len(held):
        return "No team has enough answers to say whether its members agree."
    median, apart = float(np.median(held)), float(np.nanmedian(found.deviation))
    shared = "share one view" if median >= SHARED_FROM and apart <= levels / 6 else "do not share one view"
    return f"Members of a team mostly {shared} (agreement {median:.2f}, deviation {apart:.2f} of {levels} answers)."


def team_size_for(icc1: float, wanted: float = SHARED_FROM) -> int:
    """How many answers a team needs for a mean of the reliability wanted (Spearman-Brown); 0 < ``icc1`` < 1."""
    if not 0 < icc1 < 1:
        raise ValueError(f"ICC(1) should lie between 0 and 1 here, but got {icc1:g}.")
    return int(np.ceil(round(wanted * (1 - icc1) / (icc1 * (1 - wanted)), 9)))


def _sums(values: np.ndarray, place: np.ndarray, teams: int) -> np.ndarray:
    return np.column_stack([np.bincount(place, column, teams) for column in values.T])
