"""Model figures about the questions: how each holds to its scale, how sure a score is, what lies between teams."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from math import ceil, isnan, nan
from typing import Any

import numpy as np

from analytics.aggregation import Agreement, agreement, between_teams
from analytics.hierarchical import over_facets
from analytics.instrument import Scale
from analytics.measure import Measure
from analytics.measured import Measured
from analytics.protect import display, steps
from analytics.protect.cells import cell
from analytics.protect.display import Shown
from analytics.protect.family import Family
from analytics.protect.thresholds import Thresholds
from analytics.reliability import reliability
from analytics.score import answer_codes
from analytics.shrink import Moments
from analytics.wave import Wave

RELIABILITY, QUALITY = "reliability", "quality"
EVERY, MISSING, THERE = "answers", "missing", "there"
FEWEST_TEAMS = 5  # a median of fewer would say much of one of them
_WHOLE = 0


@dataclass(frozen=True)
class Teams:
    """Groups that do not overlap, by row: ``block`` the smallest shown group of each person, a residual one counted as
    one team (-1 none); ``team`` the same where that is a team of its own, with nothing below it (-1 elsewhere)."""

    block: np.ndarray
    team: np.ndarray


def figures(wave: Wave, measured: Measured, family: Family, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The cells of both views, for the whole organisation: nothing under ``model_n`` people.

    View ``reliability``, per scale: ``alpha_low`` and ``alpha_high`` (Feldt, 95 %), ``item:<id>`` (correlation with the
    rest), ``sem`` (points), ``general`` (omega hierarchical, of totals of three parts or more), ``icc1``, ``icc2``, and
    of teams the median ``rwg`` (0-1) and ``ad`` (answer steps).
    View ``quality``: ``missing`` of each question and ``there`` of all answers, in whole per cent of the people.
    """
    teams = _teams(wave, family)
    for scale in (one for one in wave.scales if all(item in wave.answers for item in one.columns)):
        codes = answer_codes(wave.answers, scale)
        yield from _holding(codes, scale, sizes)
        if scale.id in measured.scores:
            yield from _between(measured.scores[scale.id].to_numpy(np.float64), teams.block, scale, sizes)
        yield from _agreeing(codes, teams.team, scale, sizes)
    yield from _missing(wave, sizes)


def _holding(codes: np.ndarray, scale: Scale, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    found = reliability(codes, scale)
    if found.n < sizes.model_n:
        return
    yield from _coefficients(scale.id, found.n, alpha_low=found.alpha_low, alpha_high=found.alpha_high)
    rest = {f"item:{item.id}": r for item, r in zip(scale.items, found.item_rest, strict=True)}
    yield from _coefficients(scale.id, found.n, **rest)
    if not isnan(found.sem) and found.n >= steps.OMEGA_FROM:
        yield _made(RELIABILITY, scale.id, "sem", steps.shown(found.sem, steps.points(found.n)), found.n)
    general = over_facets(codes, scale) if found.n >= steps.GENERAL_FROM else nan
    if not isnan(general):
        yield _made(RELIABILITY, scale.id, "general", steps.shown(general, steps.GENERAL), found.n)


def _between(scores: np.ndarray, block: np.ndarray, scale: Scale, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    inside = (block >= 0) & ~np.isnan(scores)
    if inside.sum() < sizes.model_n:
        return
    place, values = block[inside], scores[inside]
    sums = [np.bincount(place, weights) for weights in (None, values, values**2)]
    found = between_teams(Moments(*(one.astype(np.float64) for one in sums)))
    yield from _coefficients(scale.id, found.n, icc1=found.icc1)
    if not isnan(found.icc2) and found.n >= steps.ICC2_FROM:  # below nothing it says nothing more
        held = steps.shown(max(found.icc2, 0.0), 2 * steps.coefficient(found.n))
        yield _made(RELIABILITY, scale.id, "icc2", held, found.n)


def _agreeing(codes: np.ndarray, team: np.ndarray, scale: Scale, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    levels = {item.levels for item in scale.items}
    complete = (team >= 0) & (codes > 0).all(axis=1)
    if len(levels) != 1 or complete.sum() < sizes.model_n:
        return
    found = agreement(codes[complete], team[complete], levels.pop())
    large = found.size >= sizes.k
    if large.sum() >= FEWEST_TEAMS:
        yield from _medians(found, large, scale, int(complete.sum()))


def _medians(found: Agreement, large: np.ndarray, scale: Scale, n: int) -> Iterator[dict[str, Any]]:
    """Agreement of the team in the middle; that of any one team is never told."""
    middle = {"rwg": float(np.median(found.rwg[large])), "ad": float(np.median(found.deviation[large]))}
    for part, value in middle.items():
        yield _made(RELIABILITY, scale.id, part, steps.shown(value, steps.agreement(n)), n)


def _missing(wave: Wave, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """How many people gave no answer to each question; fewer than k of them, and nobody, look alike."""
    n = len(wave)
    if n < sizes.model_n:
        return
    gaps = {str(item): int((wave.answers[item] == 0).sum()) for item in wave.answers}
    for item, count in gaps.items():
        near = 100 * sizes.k_share / n
        value = float(round(100 * count / n)) if sizes.k_share <= count <= n - sizes.k_share else nan
        low, high = (0.0, ceil(near)) if count < sizes.k_share else (100.0 - ceil(near), 100.0)
        ends = (value - 0.5, value + 0.5) if not isnan(value) else (low, high)
        figure = Shown(value, *ends, nan, nan, display.part(count, n, sizes.k_share))
        yield cell(QUALITY, _WHOLE, _measure(item), MISSING, figure, n)
    if gaps:
        there = display.part(n * len(gaps) - sum(gaps.values()), n * len(gaps), sizes.k_share)
        yield cell(QUALITY, _WHOLE, _measure(EVERY), THERE, Shown(nan, nan, nan, nan, nan, there), n)


def _teams(wave: Wave, family: Family) -> Teams:
    block = family.place[wave.unit]
    parents = set(family.parents)
    alone = np.array([not group.rest and at not in parents for at, group in enumerate(family.groups)] + [False])
    return Teams(block, np.where(alone[block], block, -1))


def _coefficients(scale: str, n: int, **named: float) -> Iterator[dict[str, Any]]:
    for part, value in named.items():
        if not isnan(value):
            yield _made(RELIABILITY, scale, part, steps.shown(value, steps.coefficient(n)), n)


def _made(view: str, measure: str, part: str, figure: Shown, n: int) -> dict[str, Any]:
    return cell(view, _WHOLE, _measure(measure), part, figure, n)


def _measure(id_: str) -> Measure:
    return Measure(id_, "model", id_, id_, (nan,))
