"""What goes with an outcome, and how surely: shares of R² with intervals clustered by team, from moments alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from scipy import stats

from analytics.importance import MOST_EXACT, coefficients, lmg, relative_weights
from analytics.instrument import Scale
from analytics.model import ModelFigure, percent, points, word

DRAWS = 1000
LEAST_PEOPLE = 100
LEAST_PER_PREDICTOR = 15
LEAST_TEAMS = 8  # a bootstrap over fewer clusters understates how unsure a figure is
NOISE = "noise"
HOURS = "hours"  # the one predictor that is no scale
LEVELS = ("within", "between")
SIGNS = {1: "more", -1: "less", 0: "not clear"}
_ROLES = (
    "preference",
    "supply",
    "enactment_wh",
    "enactment_hw",
    "control",
    "detachment",
    "conflict",
    "demand",
    "resource",
)
_SEED = 20_261_125
_CHUNK = 250


@dataclass(frozen=True)
class TeamMoments:
    """Sums of products over each team's people, which add up over teams.

    ``names``: the predictors' ids, the outcome's last; ``gram``: teams by columns by columns, products of (1, the
    predictors, the outcome); ``gram[:, 0, 0]`` is the number of people with all of them.
    """

    names: tuple[str, ...]
    gram: np.ndarray


@dataclass(frozen=True)
class Driver:
    """One predictor: its share of what all explain (0-1) with its 95 % interval, its coefficient, and what is sure.

    ``sign``: 1 or -1 when the coefficient's interval lies on one side of 0, else 0; ``clear``: whether the share
    exceeds that of pure noise beyond a 95 % interval; ``place``: from 1, the same for all that cannot be told apart.
    """

    name: str
    share: float
    low: float
    high: float
    coefficient: float
    sign: int
    clear: bool
    place: int = 1


@dataclass(frozen=True)
class Drivers:
    """All predictors of one outcome at one level ("within" or "between" teams), largest share first.

    ``noise``: the yardstick, a predictor without meaning; ``lacking``: why nothing was worked out, else "".
    """

    outcome: str
    level: str
    n: int
    teams: int
    r2: float
    drivers: tuple[Driver, ...]
    noise: Driver | None
    lacking: str = ""


def candidates(scales: Sequence[Scale], outcome: Scale) -> tuple[Scale, ...]:
    """The scales that may stand beside an outcome: named causes and conditions, none of which measures it.

    Left out: every burnout and wellbeing scale, scales without a known role, and scales that share a question with
    the outcome.
    """
    own = set(outcome.columns)
    return tuple(s for s in scales if s.role in _ROLES and s.id != outcome.id and not own & set(s.columns))


def team_moments(values: np.ndarray, names: Sequence[str], team: np.ndarray, teams: int) -> TeamMoments:
    """The moments of each team from scores: ``values`` people by (predictors, outcome), NaN missing.

    Only people with all scores enter. ``team``: each person's team, from 0 to ``teams`` - 1; a hidden rest counts as
    one team. Raises ``ValueError`` when names and columns differ in number.
    """
    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError(f"There should be one column for each of {len(names)} names, but got {values.shape}.")
    use = ~np.isnan(values).any(axis=1)
    columns = [np.ones(int(use.sum())), *(values[use] - 50.0).T]
    at = team[use]
    gram = np.empty((teams, len(columns), len(columns)))
    for i, left in enumerate(columns):
        for j, right in enumerate(columns[: i + 1]):
            gram[:, i, j] = gram[:, j, i] = np.bincount(at, left * right, teams)
    return TeamMoments(tuple(names), gram)


def drivers(moments: TeamMoments, level: str = "within", draws: int = DRAWS, seed: int = _SEED) -> Drivers:
    """Shares of R² of each predictor beside a noise predictor, with bootstrap intervals that resample whole teams.

    ``level``: "within" (everybody against the own team's average) or "between" (teams' averages, weighted by size).
    Exact (LMG) up to 12 predictors beside the noise, relative weights beyond. Nothing is worked out below 100 people,
    15 units per predictor (people within, teams between) or 8 teams; ``lacking`` then says so. Associations of
    answers given on one day: neither causes nor predictions.
    Source: Grömping 2006, doi:10.18637/jss.v017.i01; Tonidandel, LeBreton & Johnson 2009, doi:10.1037/a0017735 (noise).
    Checked against: R relaimpo through ``importance``; a bootstrap over rows of resampled teams.
    """
    rng = np.random.default_rng(seed)
    held = moments.gram[moments.gram[:, 0, 0] > 0]
    outcome, n = moments.names[-1], round(float(held[:, 0, 0].sum()))
    lacking = _lacking(n, len(held), len(moments.names) - 1, level)
    if lacking:
        return Drivers(outcome, level, n, len(held), np.nan, (), None, lacking)
    parts = _at_level(_with_noise(held, rng), level)
    weights = np.vstack((np.ones(len(parts)), rng.multinomial(len(parts), np.full(len(parts), 1 / len(parts)), draws)))
    shares, beta = _all_draws(parts, weights)
    tail = _tail(len(parts))
    every = [_driver(name, shares, beta, at, tail) for at, name in enumerate((*moments.names[:-1], NOISE))]
    order = np.argsort([-one.share for one in every[:-1]], kind="stable")
    places = _places(shares[:, order], tail)
    ranked = tuple(replace(every[at], place=place) for at, place in zip(order, places, strict=True))
    return Drivers(outcome, level, n, len(held), float(shares[0].sum()), ranked, every[-1])


def figures(found: Drivers) -> tuple[ModelFigure, ...]:
    """The cells of view "drivers" for one outcome and level at one unit.

    Parts: "<level>|lacking" (a sentence) or "<level>|r2" (per cent of the variance, whole points) and for each
    predictor id, and "noise", "<level>|<id>|share" (per cent of what all explain, whole points, with its interval);
    for predictors also "<level>|<id>|sign" ("more", "less", "not clear"), "<level>|<id>|clear" ("yes", "no") and
    "<level>|<id>|place" (from 1; predictors of one place cannot be told apart).
    """
    if found.lacking or found.noise is None:
        return (word(f"{found.level}|lacking", found.lacking),)
    told = [percent(f"{found.level}|r2", 100 * found.r2)]
    for one in (*found.drivers, found.noise):
        told.append(percent(f"{found.level}|{one.name}|share", 100 * one.share, 100 * one.low, 100 * one.high))
    for one in found.drivers:
        told.append(word(f"{found.level}|{one.name}|sign", SIGNS[one.sign]))
        told.append(word(f"{found.level}|{one.name}|clear", "yes" if one.clear else "no"))
        told.append(points(f"{found.level}|{one.name}|place", one.place))
    return tuple(told)


def _lacking(n: int, teams: int, predictors: int, level: str) -> str:
    if level not in LEVELS:
        raise ValueError(f"The level should be one of {', '.join(LEVELS)}, but got {level!r}.")
    if predictors < 1:
        return "No scale of this survey can stand beside this outcome."
    people, groups = max(LEAST_PEOPLE, LEAST_PER_PREDICTOR * predictors), LEAST_TEAMS
    if level == "between":
        groups = max(LEAST_TEAMS, LEAST_PER_PREDICTOR * predictors)
    if n - teams < people or teams < groups:
        return f"This needs {people} people beyond one per team and {groups} teams; there are too few here."
    return ""


def _with_noise(gram: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Moments with one more predictor, standing before the outcome: normal noise that nobody answered.

    Given the answers X, the products of noise with them are normal with covariance X'X, and the noise's own square
    sum follows; so the noise can be drawn without a row, whatever the order of people.
    """
    values, vectors = np.linalg.eigh(gram)
    real = values > 1e-9 * values[:, -1:]
    z = np.where(real, rng.normal(size=values.shape), 0.0)
    product = np.einsum("tij,tj->ti", vectors, np.sqrt(np.maximum(values, 0.0)) * z)
    left_over = np.maximum(gram[:, 0, 0].round() - real.sum(axis=1), 0)
    square = (z**2).sum(axis=1) + np.where(left_over > 0, rng.chisquare(np.maximum(left_over, 1)), 0.0)
    last = gram.shape[1] - 1
    wide = np.insert(np.insert(gram, last, 0.0, axis=1), last, 0.0, axis=2)
    wide[:, last, :] = wide[:, :, last] = np.insert(product, last, square, axis=1)
    return wide


def _at_level(gram: np.ndarray, level: str) -> np.ndarray:
    """Each team's sums of products about its own mean, or those of its mean as often as it has people."""
    mean = gram[:, :, :1] * gram[:, :1, :] / gram[:, :1, :1]
    about: np.ndarray = gram - mean if level == "within" else mean
    return about


def _all_draws(parts: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Shares of R² and coefficients of every draw: a draw is a weighted sum of the teams' moments."""
    flat = parts.reshape(len(parts), -1)
    predictors = parts.shape[1] - 2
    work = lmg if predictors <= MOST_EXACT else relative_weights
    found = []
    for start in range(0, len(weights), _CHUNK):
        sums = (weights[start : start + _CHUNK] @ flat).reshape(-1, *parts.shape[1:])
        correlation = _correlation(sums)
        found.append((work(correlation), coefficients(correlation)))
    shares, beta = zip(*found, strict=True)
    return np.concatenate(shares), np.concatenate(beta)


def _correlation(sums: np.ndarray) -> np.ndarray:
    n = np.where(sums[:, :1, :1] > 0, sums[:, :1, :1], 1.0)
    about = (sums - sums[:, :, :1] * sums[:, :1, :] / n)[:, 1:, 1:]
    size = np.sqrt(np.maximum(np.einsum("bii->bi", about), 0.0))
    safe = np.where(size > 1e-9, size, np.inf)  # a scale that does not vary goes with nothing
    correlation: np.ndarray = about / (safe[:, :, None] * safe[:, None, :])
    at = np.arange(correlation.shape[1])
    correlation[:, at, at] = 1.0
    return correlation


def _tail(teams: int) -> float:
    """The percentile cut off at either end for 95 %: further out with few teams, whose draws vary too little.

    Source: Hesterberg 2015 (expanded percentiles), doi:10.1080/00031305.2015.1089789.
    """
    return float(100 * stats.norm.cdf(np.sqrt(teams / (teams - 1)) * stats.t.ppf(0.025, teams - 1)))


def _driver(name: str, shares: np.ndarray, beta: np.ndarray, at: int, tail: float) -> Driver:
    explained = shares / np.maximum(shares.sum(axis=1, keepdims=True), 1e-12)
    low, high = np.percentile(explained[1:, at], (tail, 100 - tail))
    lower, upper = np.percentile(beta[1:, at], (tail, 100 - tail))
    above = np.percentile(shares[1:, at] - shares[1:, -1], tail)
    sign = 1 if lower > 0 else -1 if upper < 0 else 0
    return Driver(name, float(explained[0, at]), float(low), float(high), float(beta[0, at]), sign, bool(above > 0))


def _places(shares: np.ndarray, tail: float) -> list[int]:
    """The place of each predictor, largest first: a new one begins only where everybody before is surely larger than
    everybody after, so that no two change places by chance."""
    gaps = np.percentile(shares[1:, :, None] - shares[1:, None, :], tail, axis=0)
    places = [1]
    for at in range(1, shares.shape[1]):
        places.append(places[-1] + bool((gaps[:at, at:] > 0).all()))
    return places
