"""Which units clearly differ: random effects, shrunk estimates and corrected tests, from counts alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import optimize, stats

FALSE_DISCOVERY = 0.10
LEAST_DIFFERENCE = 5.0
LEAST_SHARE_DIFFERENCE = 0.05
LEAST_RELIABILITY = 0.50
_GRID = 0.9999 * np.linspace(0, 1, 41) ** 2


@dataclass(frozen=True)
class Moments:
    """How many answered, the sum and the sum of squares: arrays whose first axis is the units."""

    n: np.ndarray
    total: np.ndarray
    squares: np.ndarray


@dataclass(frozen=True)
class Effects:
    """A one-way random-effects fit: the mean of units, its variance, variance between and within units."""

    mu: float
    var_mu: float
    tau2: float
    sigma2: float


@dataclass(frozen=True)
class Shrunk:
    """Empirical-Bayes estimate, reliability (lambda, 0-1) and standard error of each unit; NaN without answers."""

    estimate: np.ndarray
    reliability: np.ndarray
    se: np.ndarray


def moments(counts: np.ndarray, weights: Sequence[float]) -> Moments:
    """The moments of each unit from its counts.

    ``counts``: whole numbers, units by codes; ``weights``: a value per code, the first (missing) is not used.
    Raises ``ValueError`` when counts and weights differ in length.
    """
    if counts.shape[-1] != len(weights):
        raise ValueError(f"There should be one weight per code, but got {len(weights)} for {counts.shape[-1]} codes.")
    answered = counts[..., 1:].astype(np.float64)
    value = np.asarray(weights[1:], np.float64)
    return Moments(answered.sum(axis=-1), answered @ value, answered @ value**2)


def random_effects(groups: Moments) -> Effects:
    """Fit value = mu + unit + person by restricted maximum likelihood, from moments of groups that do not overlap.

    With fewer than two groups, or nobody beyond one per group, ``tau2`` is 0. Units of the values given.
    Source: Searle, Casella & McCulloch 1992, doi:10.1002/9780470316856, chapter 6.
    Checked against: lme4::lmer on multilevel::bh1996 (mu, tau2, sigma2) to 1e-3.
    """
    held = groups.n > 0
    n, total, squares = groups.n[held], groups.total[held], groups.squares[held]
    if not len(n):
        return Effects(np.nan, np.nan, np.nan, np.nan)
    mean = total / n
    within = max(float((squares - total * mean).sum()), 0.0)
    if len(n) < 2 or n.sum() <= len(n) or np.ptp(mean) == 0:
        return _solve(0.0, n, mean, within)
    return _solve(_best_ratio(n, mean, within), n, mean, within)


def shrunk(groups: Moments, effects: Effects) -> Shrunk:
    """Each unit's mean drawn toward the mean of all, the more the fewer people answered.

    lambda = tau2 / (tau2 + sigma2 / n); estimate = mu + lambda (mean - mu); se = sqrt(tau2 (1 - lambda) + the part
    that comes from mu). Where tau2 is 0, units do not differ beyond chance and every estimate is mu.
    Source: Efron & Morris 1975, doi:10.1080/01621459.1975.10479864. Checked against: lme4::ranef on bh1996 to 1e-3.
    """
    answered = groups.n > 0
    n = np.where(answered, groups.n, np.nan)
    noise = effects.sigma2 / n
    spread = effects.tau2 + noise
    reliability = np.where(spread > 0, effects.tau2 / np.where(spread > 0, spread, 1), 0.0)
    reliability = np.where(answered, reliability, np.nan)
    estimate = effects.mu + reliability * (groups.total / n - effects.mu)
    se = np.sqrt(effects.tau2 * (1 - reliability) + (1 - reliability) ** 2 * effects.var_mu)
    return Shrunk(estimate, reliability, se)


def benjamini_hochberg(p: np.ndarray) -> np.ndarray:
    """P-values adjusted for the false discovery rate, in the shape given; NaN stays NaN and does not count.

    Source: Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x.
    Checked against: their example of 15 tests, R p.adjust(method = "BH").
    """
    flat = np.asarray(p, np.float64).ravel()
    order = np.argsort(flat)[: int((~np.isnan(flat)).sum())]
    steps = flat[order] * len(order) / np.arange(1, len(order) + 1)
    adjusted = np.full(flat.shape, np.nan)
    adjusted[order] = np.minimum(np.minimum.accumulate(steps[::-1])[::-1], 1.0)
    return adjusted.reshape(np.shape(p))


def states(
    figures: Moments,
    level: Sequence[int],
    least: float | np.ndarray = LEAST_DIFFERENCE,
    shown: np.ndarray | None = None,
) -> np.ndarray:
    """Whether each unit is clearly "higher" or "lower" than the rest of the organisation, or "unclear".

    ``figures``: moments with shape (units, measures), each over the unit's whole subtree, the organisation first;
    ``level``: how deep each unit lies (0 for the organisation); ``least``: smallest difference that counts, one for
    all or one per measure (``LEAST_DIFFERENCE`` for a mean on 0-100, ``LEAST_SHARE_DIFFERENCE`` for a share of 0/1);
    ``shown``: bool of shape (units, measures), units not shown are not tested. Returns strings, "" where nothing is
    tested.

    The units of one level are fitted together, and each is tested against everybody outside it (t test, pooled
    spread). All of them are corrected at once, over levels, units and measures, because a page shows them together
    (Benjamini-Hochberg, q = .10); a unit is clear only if in addition its shrunk estimate lies ``least`` from the
    rest's mean and its reliability is .50 or more.
    """
    tested = figures.n > 0 if shown is None else shown & (figures.n > 0)
    depth = np.asarray(level)
    p, difference, reliability = (np.full(figures.n.shape, np.nan) for _ in range(3))
    for one in range(1, int(depth.max(initial=0)) + 1):
        here = depth == one
        p[here], difference[here], reliability[here] = _of_level(_slice(figures, here), _slice(figures, 0))
    p[~tested] = np.nan
    sure = (benjamini_hochberg(p) <= FALSE_DISCOVERY) & (reliability >= LEAST_RELIABILITY)
    clear = sure & (np.abs(difference) >= least)
    words = np.where(clear, np.where(difference > 0, "higher", "lower"), "unclear").astype(object)
    words[np.isnan(p)] = ""
    return words


def _of_level(units: Moments, whole: Moments) -> tuple[np.ndarray, ...]:
    """P-values, shrunk differences and reliabilities of the units of one level, for every measure."""
    columns = [_compare(_column(units, j), _column(whole, j)) for j in range(units.n.shape[1])]
    return tuple(np.column_stack(part) for part in zip(*columns, strict=True))


def _compare(units: Moments, whole: Moments) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """P-value, shrunk difference from the rest and reliability of each unit of one level, for one measure."""
    groups = _with_remainder(units, whole)
    effects = random_effects(groups)
    drawn = shrunk(units, effects)
    others = whole.n - units.n
    with np.errstate(divide="ignore", invalid="ignore"):
        rest_mean = (whole.total - units.total) / others
        raw = units.total / units.n - rest_mean
        df = groups.n.sum() - (groups.n > 0).sum()
        spread = np.sqrt(_within(groups) / df * (1 / units.n + 1 / others))
        t = np.where(raw == 0, 0.0, raw / spread)
    p = 2 * stats.t.sf(np.abs(t), df)
    return p, drawn.estimate - rest_mean, drawn.reliability


def _with_remainder(units: Moments, whole: Moments) -> Moments:
    """The units of a level and, as one more group, the people who belong to none of them."""
    parts = (
        np.append(part, float(np.ravel(all_)[0]) - part.sum())
        for part, all_ in ((units.n, whole.n), (units.total, whole.total), (units.squares, whole.squares))
    )
    return Moments(*parts)


def _within(groups: Moments) -> float:
    held = groups.n > 0
    inside = groups.squares[held] - groups.total[held] ** 2 / groups.n[held]
    return max(float(inside.sum()), 0.0)


def _slice(figures: Moments, units: np.ndarray | int) -> Moments:
    return Moments(figures.n[units], figures.total[units], figures.squares[units])


def _column(figures: Moments, measure: int) -> Moments:
    return Moments(figures.n[..., measure], figures.total[..., measure], figures.squares[..., measure])


def _best_ratio(n: np.ndarray, mean: np.ndarray, within: float) -> float:
    """The ratio tau2 / sigma2 that minimises the restricted deviance, searched over the intraclass correlation."""

    def deviance(icc: float) -> float:
        return _deviance(icc / (1 - icc), n, mean, within)

    best = int(np.argmin([deviance(icc) for icc in _GRID]))
    ends = (_GRID[max(best - 1, 0)], _GRID[min(best + 1, len(_GRID) - 1)])
    found = optimize.minimize_scalar(deviance, bounds=ends, method="bounded", options={"xatol": 1e-12})
    icc = 0.0 if deviance(0.0) <= found.fun else float(found.x)
    return icc / (1 - icc)


def _deviance(ratio: float, n: np.ndarray, mean: np.ndarray, within: float) -> float:
    weight = n / (1 + n * ratio)
    mu = (weight * mean).sum() / weight.sum()
    residual = within + (weight * (mean - mu) ** 2).sum()
    free = n.sum() - 1
    return float(free * np.log(residual) + np.log1p(n * ratio).sum() + np.log(weight.sum()))


def _solve(ratio: float, n: np.ndarray, mean: np.ndarray, within: float) -> Effects:
    weight = n / (1 + n * ratio)
    mu = float((weight * mean).sum() / weight.sum())
    residual = within + (weight * (mean - mu) ** 2).sum()
    sigma2 = float(residual / max(n.sum() - 1, 1))
    return Effects(mu, sigma2 / float(weight.sum()), ratio * sigma2, sigma2)
