"""Figures of models: the slope, the profiles, reliability, drivers and fit; never for small groups.

They lie outside the linear audit: whole points (coefficients to two decimals), from 100 people, classes of 25.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isnan, nan
from typing import Any

import numpy as np

from analytics.associations import Association
from analytics.groups import Groups
from analytics.outcomes import OutcomeMeans
from analytics.protect import display
from analytics.protect.display import HIDDEN, Shown
from analytics.protect.thresholds import Thresholds
from analytics.reliability import Reliability

WHOLE = 0
_Z = 1.96
_MOST_ODDS = 999


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
        figure = display.mean(raw, n, sizes.insiders, spread) if shown[step] else HIDDEN
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
    """Mean of each boundary scale in each of the two fitted classes, and the classes' shares, in whole points."""
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
    """A model's score (0-100) in whole points."""
    value = float(np.clip(round(points), 0, 100))
    return _cell(view, measure, part, _point(value, f"{value:.0f}"), n)


def fits(found: Groups, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The table of one to five profiles: criteria in whole points, the rest to two decimals."""
    for row in found.fits if found.fitted >= sizes.model_n else ():
        whole = {"loglik": row.loglik, "aic": row.aic, "bic": row.bic, "sabic": row.sabic, "icl": row.icl}
        whole |= (
            {"npar": row.npar} if isnan(row.least_occ) else {"npar": row.npar, "occ": min(row.least_occ, _MOST_ODDS)}
        )
        small = {"entropy": row.entropy, "avepp": row.least_avepp, "replicated": row.replicated, "blrt": row.blrt_p}
        for part, value in whole.items():
            yield _cell("profiles", f"fit:{row.k}", part, _point(float(round(value)), f"{value:,.0f}"), found.fitted)
        for part, value in small.items():
            if not isnan(value):
                yield _cell("profiles", f"fit:{row.k}", part, _point(round(value, 2), f"{value:.2f}"), found.fitted)
        yield share("profiles", f"fit:{row.k}", "smallest", row.smallest_share, found.fitted)


def outcomes(measure: str, names: Sequence[str], found: OutcomeMeans, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Mean of one outcome in each fitted class in whole points, with its 95 % interval; none where a class is small."""
    people = found.people.astype(int)
    known = not (np.isnan(found.means).any() or np.isnan(found.se).any())
    if not known or people.sum() < sizes.model_n or people.min() < sizes.model_class:
        return
    for place, name in enumerate(names):
        value = float(np.clip(round(found.means[place]), 0, 100))
        margin = _Z * float(found.se[place])
        ends = np.clip([np.floor(value - margin), np.ceil(value + margin)], 0, 100)
        figure = Shown(value, value, value, float(ends[0]), float(ends[1]), f"{value:.0f}")
        yield _cell("profiles", f"outcome:{measure}", name, figure, int(people[place]))


def association(found: Association) -> Iterator[dict[str, Any]]:
    """The figures of drivers or fit of one outcome at one unit, already rounded."""
    for one in found.figures:
        figure = Shown(one.value, one.value, one.value, one.low, one.high, one.text)
        yield _cell(found.view, found.outcome, one.part, figure, found.n, found.node)


def reliability(found: Mapping[str, Reliability], sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """Alpha and omega of each scale to two decimals, and the number of complete answers as a band."""
    for scale, one in found.items():
        if one.n < sizes.model_n:
            continue
        low, high = display.n_band(one.n)
        yield _cell("reliability", scale, "n", Shown(nan, low, high, nan, nan, f"{low:,}–{high:,}"), one.n)
        for part, value in (("alpha", one.alpha), ("omega", one.omega)):
            if not isnan(value):
                yield _cell("reliability", scale, part, _point(round(value, 2), f"{value:.2f}"), one.n)


def share(view: str, measure: str, part: str, of_all: float, n: int) -> dict[str, Any]:
    """A model's share (0-1) of ``n`` people in whole per cent."""
    value = float(round(100 * of_all))
    return _cell(view, measure, part, _point(value, f"{value:.0f} %"), n)


def _point(value: float, text: str) -> Shown:
    return Shown(value, value, value, nan, nan, text)


def _cell(view: str, measure: str, part: str, figure: Shown, n: int, node: int = WHOLE) -> dict[str, Any]:
    shown = figure is not HIDDEN
    low, high = display.n_band(n) if shown else (0, 0)
    named = {"view": view, "node": node, "measure": measure, "part": part, "kind": "model", "shown": shown}
    ends = {"ci_low": figure.ci_low, "ci_high": figure.ci_high, "state": "", "text": figure.text}
    span = {"value": figure.value, "low": figure.low, "high": figure.high}
    return {**named, "n_low": low, "n_high": high, **span, **ends}
