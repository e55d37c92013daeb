"""Figures of models: the slope, the profiles, reliability, drivers and fit; never for small groups.

They lie outside the linear audit: in steps that grow as fewer people stand behind them, from 100 people, classes of 25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

from analytics.associations import Association
from analytics.groups import Groups
from analytics.outcomes import OutcomeMeans
from analytics.protect import display, steps
from analytics.protect.display import HIDDEN, Shown
from analytics.protect.thresholds import Thresholds
from analytics.reliability import Reliability
from analytics.selection import LEVEL, FitRow

WHOLE = 0
_Z = 1.96
_CRITERIA = ("aic", "bic", "sabic", "icl")
_FOUND_AGAIN, _GOOD_ODDS = 0.20, 5.0  # what is wanted of a fit


def slope(
    counts: np.ndarray, weights: Sequence[float], measure: str, spread: float, sizes: Thresholds
) -> Iterator[dict[str, Any]]:
    """Mean cells of one score at each step of the Boundary Index.

    ``counts``: steps (0 = no index) by codes of the score. A step needs ``model_class`` answers, and what is left
    besides the shown steps is nobody or as many: else the smallest shown step is hidden with it.
    """
    answered = counts[:, 1:].sum(axis=1)
    shown = _kept(answered, sizes) if answered.sum() >= sizes.model_n else np.zeros(len(counts), bool)
    values = np.asarray(weights[1:])
    for step in range(1, len(counts)):
        n = int(answered[step])
        raw = float(counts[step, 1:] @ values) / n if n else nan
        figure = display.mean(raw, n, sizes.insiders, spread, coarser=1) if shown[step] else HIDDEN
        yield _cell("slope", measure, str(step), figure, n)


def _kept(answered: np.ndarray, sizes: Thresholds) -> np.ndarray:
    """Which steps may be shown; the people without an index are never a step, but they are a remainder."""
    shown = answered >= sizes.model_class
    shown[0] = False
    while shown.any() and 0 < answered[~shown].sum() < sizes.model_class:
        smallest = np.flatnonzero(shown)[np.argmin(answered[shown])]
        shown[smallest] = False
    return shown


def profiles(found: Groups, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Mean of each boundary scale in each of the two fitted classes, and the classes' shares."""
    if found.profiles is None or not has_profiles(found, sizes):
        return
    one, n = found.profiles.profiles, found.profiles.profiles.n
    for place, name in enumerate(found.profiles.names):
        yield share("profiles", f"profile:{one.k}", f"{name}|share", one.shares[place], n)
        for scale, mean in zip(found.scales, one.means[place], strict=True):
            yield score("profiles", f"profile:{one.k}", f"{name}|{scale}", mean, n)


def has_profiles(found: Groups, sizes: Thresholds) -> bool:
    """Whether the two fitted classes have people enough to be shown."""
    if found.profiles is None or found.profiles.profiles.n < sizes.model_n:
        return False
    return float(np.min(found.profiles.profiles.shares)) * found.profiles.profiles.n >= sizes.model_class


def score(view: str, measure: str, part: str, points: float, n: int) -> dict[str, Any]:
    """A model's score (0-100) in the steps that so many people allow."""
    return _cell(view, measure, part, steps.shown(float(np.clip(points, 0, 100)), steps.points(n)), n)


def fits(found: Groups, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The table of one to five profiles: criteria by how far they lie apart, the rest in steps and words.

    Criteria are nearly sums over people, so that none of them is told by itself.
    """
    rows, n = (found.fits, found.fitted) if found.fitted >= sizes.model_n else ((), 0)
    lowest = {name: min(getattr(row, name) for row in rows) for name in _CRITERIA if rows}
    for row in rows:
        criteria = [name for name in _CRITERIA if name != "icl" or n >= steps.FITS_FROM]
        told = {name: steps.apart(getattr(row, name), lowest[name]) for name in criteria}
        told |= {"loglik": steps.likelier(row.loglik, rows[0].loglik), "npar": steps.shown(row.npar, 1)}
        for part, figure in (told | _certainty(row, n)).items():
            yield _cell("profiles", f"fit:{row.k}", part, figure, n)


def _certainty(row: FitRow, n: int) -> dict[str, Shown]:
    """How certain one fit is: in steps, from as many people as keep the smallest classes; else as one of two words."""
    told = {"replicated": steps.word(row.replicated >= _FOUND_AGAIN, "often", "rarely")}
    if not isnan(row.least_occ):
        told["occ"] = steps.word(row.least_occ >= _GOOD_ODDS, "5 or more", "under 5")
    if not isnan(row.blrt_p):
        told["blrt"] = steps.word(row.blrt_p < LEVEL, "under .05", ".05 or more")
    if n >= steps.FITS_FROM:
        told |= {"entropy": steps.shown(row.entropy, 2 * steps.coefficient(n))} if not isnan(row.entropy) else {}
        told |= {"avepp": steps.shown(row.least_avepp, 2 * steps.coefficient(n))}
        told |= {"smallest": steps.shown(100 * row.smallest_share, steps.points(n), " %")}
    return told


def outcomes(measure: str, names: Sequence[str], found: OutcomeMeans, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Mean of one outcome in each fitted class in whole points, with its 95 % interval; none where a class is small."""
    people = found.people.astype(int)
    known = not (np.isnan(found.means).any() or np.isnan(found.se).any())
    if not known or people.sum() < sizes.model_n or people.min() < sizes.model_class:
        return
    for place, name in enumerate(names):
        n = int(people[place])
        step, margin = steps.points(n), _Z * float(found.se[place])
        value = steps.rounded(float(np.clip(found.means[place], 0, 100)), step)
        ends = np.clip([step * np.floor((value - margin) / step), step * np.ceil((value + margin) / step)], 0, 100)
        figure = Shown(value, value, value, float(ends[0]), float(ends[1]), f"{value:.0f}")
        yield _cell("profiles", f"outcome:{measure}", name, figure, n)


def association(found: Association) -> Iterator[dict[str, Any]]:
    """The figures of drivers or fit of one outcome at one unit, in the steps that so many people allow."""
    for one in found.figures:
        figure = Shown(one.value, one.value, one.value, one.low, one.high, one.text)
        if one.part.endswith("|share"):
            figure = _coarser(figure, steps.of_explained(found.n))
        elif one.text.endswith(" %") or one.part.startswith("at|"):
            figure = _coarser(figure, steps.points(found.n))
        elif found.view == "fit" and not isnan(one.value):
            step = steps.slope(found.n)  # a standard error is rounded up, so that nothing looks surer than it is
            figure = steps.shown(one.value + (step / 2 if one.part.startswith("se_") else 0), step)
        yield _cell(found.view, found.outcome, one.part, figure, found.n, found.node)


def _coarser(figure: Shown, step: float) -> Shown:
    """A figure in whole points or per cent with its interval, if any, rounded outwards."""
    value = steps.rounded(figure.value, step)
    ends = (float(step * np.floor(figure.ci_low / step)), float(step * np.ceil(figure.ci_high / step)))
    return Shown(value, value, value, *ends, f"{value:.0f}{' %' if figure.text.endswith('%') else ''}")


def reliability(found: Mapping[str, Reliability], sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Alpha in hundredths, omega of each scale in steps, and the number of complete answers as a band.

    Omega of three items or more only where one person cannot turn the factor into another.
    """
    for scale, one in found.items():
        if one.n < sizes.model_n:
            continue
        low, high = display.n_band(one.n)
        yield _cell("reliability", scale, "n", Shown(nan, low, high, nan, nan, f"{low:,}–{high:,}"), one.n)
        told = {"alpha": one.alpha} | ({"omega": one.omega} if one.items == 2 or one.n >= steps.OMEGA_FROM else {})
        for part, value in told.items():
            if not isnan(value):
                step = steps.ALPHA if part == "alpha" else steps.coefficient(one.n)
                yield _cell("reliability", scale, part, steps.shown(value, step), one.n)


def share(view: str, measure: str, part: str, of_all: float, n: int) -> dict[str, Any]:
    """A model's share (0-1) of ``n`` people, in per cent and the steps that so many people allow."""
    return _cell(view, measure, part, steps.shown(100 * of_all, steps.points(n), " %"), n)


def _cell(view: str, measure: str, part: str, figure: Shown, n: int, node: int = WHOLE) -> dict[str, Any]:
    shown = figure is not HIDDEN
    low, high = display.n_band(n) if shown else (0, 0)
    named = {"view": view, "node": node, "measure": measure, "part": part, "kind": "model", "shown": shown}
    ends = {"ci_low": figure.ci_low, "ci_high": figure.ci_high, "state": "", "text": figure.text}
    span = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {**named, "n_low": low, "n_high": high, **span, **ends}
