"""Preference against what the workplace allows: the response surface, worked out per unit from moments alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from analytics.model import ModelFigure, coefficient, percent, points, word

CENTRE = 50.0  # both scales run from 0 to 100 and are centred at their midpoint
APART = 0.5  # standard units between preference and supply from which a person counts as misfitting
LEAST_SHARE = 0.10
LEAST_PEOPLE = 200
STEPS = 5
SIGNIFICANT = 0.05
_TERMS = 6
_OUTCOME = 6
# a1-a5 as sums of b0-b5 (Shanock et al. 2010).
_CONTRASTS = np.array(
    [[0, 1, 1, 0, 0, 0], [0, 0, 0, 1, 1, 1], [0, 1, -1, 0, 0, 0], [0, 0, 0, 1, -1, 1], [0, 0, 0, 1, 0, -1]]
)
_QUADRATIC = np.array([3, 4, 5])


@dataclass(frozen=True)
class SurfaceMoments:
    """What the surface needs of each unit: sums over its people, which add up over units.

    ``gram``: units by 7 by 7, products of (1, P, S, P², PS, S², Z) with P and S centred at 50; ``under``, ``over``:
    people who want clearly more, clearly less separation than they get; ``cells``: units by 5 by 5 steps of P and S,
    people in each.
    """

    gram: np.ndarray
    under: np.ndarray
    over: np.ndarray
    cells: np.ndarray


@dataclass(frozen=True)
class Surface:
    """One unit's response surface: coefficients b0-b5, a1-a5 with standard errors, R², and whether it may be shown.

    ``verdict``: "surface", or the pre-check that failed: "few people", "one-sided", "no curvature", "no
    spread". ``share_under``, ``share_over``: 0-1.
    ``predicted``: the outcome at the middle of 5 by 5 steps of preference (rows) and supply, NaN outside the data.
    """

    n: int
    b: np.ndarray
    a: np.ndarray
    se_b: np.ndarray
    se_a: np.ndarray
    r2: float
    f: float
    p: float
    share_under: float
    share_over: float
    predicted: np.ndarray
    verdict: str


def discrepancy(preference: np.ndarray, supply: np.ndarray) -> np.ndarray:
    """Who fits, as int8: 0 missing, 1 gets more separation than wanted, 2 in agreement, 3 gets less than wanted.

    Preference and supply are each put in standard units over everybody given; half a unit apart counts.
    Source: Shanock et al. 2010, doi:10.1007/s10869-010-9183-4. Checked against: the counts of ``fit_demo``.
    """
    both = ~(np.isnan(preference) | np.isnan(supply))
    codes = np.zeros(len(preference), np.int8)
    if both.sum() < 2 or not (np.ptp(preference[both]) > 0 and np.ptp(supply[both]) > 0):
        return codes
    gap = _standard(preference[both]) - _standard(supply[both])
    codes[both] = np.where(gap > APART, 3, np.where(gap < -APART, 1, 2))
    return codes


def surface_moments(
    preference: np.ndarray,
    supply: np.ndarray,
    outcome: np.ndarray,
    unit: np.ndarray,
    units: int,
    centre: float = CENTRE,
) -> SurfaceMoments:
    """The moments of each unit's own people; sum them over a subtree before ``surface``.

    ``preference``, ``supply``, ``outcome``: one score per person (0-100, NaN missing; another ``centre`` for another
    range); only people with all three enter. ``unit``: each person's place, below ``units``.
    """
    use = ~(np.isnan(preference) | np.isnan(supply) | np.isnan(outcome))
    p, s, at = preference[use] - centre, supply[use] - centre, unit[use]
    columns = (np.ones(len(p)), p, s, p * p, p * s, s * s, outcome[use])
    gram = np.empty((units, len(columns), len(columns)))
    for i, left in enumerate(columns):
        for j, right in enumerate(columns[: i + 1]):
            gram[:, i, j] = gram[:, j, i] = np.bincount(at, left * right, units)
    fits = discrepancy(preference[use], supply[use])
    counts = [np.bincount(at[fits == code], minlength=units) for code in (3, 1)]
    cell = (at * STEPS + _step(preference[use])) * STEPS + _step(supply[use])
    cells = np.bincount(cell, minlength=units * STEPS * STEPS).reshape(units, STEPS, STEPS)
    return SurfaceMoments(gram, counts[0], counts[1], cells)


def surface(moments: SurfaceMoments, least_cell: int = 25) -> Surface:
    """The response surface of one unit: Z = b0 + b1 P + b2 S + b3 P² + b4 PS + b5 S², from its summed moments.

    ``moments``: without the axis of units (see ``total``). a1, a2: slope and curvature along P = S; a3, a4: along
    P = -S; a5 = b3 - b5. It may be shown with 200 people or more, at least 10 % on either side of agreement, and
    quadratic terms that matter together (F test, .05); predictions only where ``least_cell`` people or more lie.
    Source: Edwards & Parry 1993, doi:10.5465/256822; Shanock et al. 2010, doi:10.1007/s10869-010-9183-4.
    Checked against: R lm on ``fit_demo`` to 1e-5 (b, a, standard errors, R², F).
    """
    n = round(float(moments.gram[0, 0]))
    shares = (float(moments.under) / n, float(moments.over) / n) if n else (0.0, 0.0)
    if n <= _TERMS or np.linalg.matrix_rank(_scaled(moments.gram)[:_TERMS, :_TERMS]) < _TERMS:
        return _no_surface(n, shares)
    b, rest, inverse = _least_squares(moments.gram, list(range(_TERMS)))
    _, rest_linear, _ = _least_squares(moments.gram, [0, 1, 2])
    variance = rest / (n - _TERMS)
    f = (rest_linear - rest) / len(_QUADRATIC) / variance if variance > 0 else np.inf
    p = float(stats.f.sf(f, len(_QUADRATIC), n - _TERMS))
    total = float(moments.gram[_OUTCOME, _OUTCOME] - moments.gram[0, _OUTCOME] ** 2 / n)
    spread = variance * inverse
    return Surface(
        n=n,
        b=b,
        a=_CONTRASTS @ b,
        se_b=np.sqrt(np.diag(spread)),
        se_a=np.sqrt(np.einsum("ij,jk,ik->i", _CONTRASTS, spread, _CONTRASTS)),
        r2=1 - rest / total if total > 0 else 0.0,
        f=float(f),
        p=p,
        share_under=shares[0],
        share_over=shares[1],
        predicted=np.where(moments.cells >= least_cell, _predicted(b), np.nan),
        verdict=_verdict(n, shares, p),
    )


def total(moments: SurfaceMoments, units: Sequence[int]) -> SurfaceMoments:
    """The moments of several units that do not overlap, taken together."""
    at = np.asarray(units, np.int64)
    parts = (moments.gram, moments.under, moments.over, moments.cells)
    return SurfaceMoments(*(part[at].sum(axis=0) for part in parts))


def figures(found: Surface) -> tuple[ModelFigure, ...]:
    """The cells of view "fit" for one outcome at one unit.

    Parts: "verdict" (a word), "share_under" and "share_over" (whole per cent); when the verdict is
    "surface" also "a1".."a5", "se_a1".."se_a5", "b0".."b5" (two decimals, in points of the outcome per ten points of
    preference and supply) and "at|<step of preference>|<step of supply>" (1-5, whole points, inside the data alone).
    """
    told = (
        word("verdict", found.verdict),
        percent("share_under", 100 * found.share_under),
        percent("share_over", 100 * found.share_over),
    )
    if found.verdict != "surface":
        return told
    terms = _per_ten(found)
    steps = [
        points(f"at|{row + 1}|{column + 1}", float(np.clip(found.predicted[row, column], 0, 100)))
        for row, column in np.argwhere(~np.isnan(found.predicted))
    ]
    return (*told, *(coefficient(name, value) for name, value in terms.items()), *steps)


def _per_ten(found: Surface) -> dict[str, float]:
    """Coefficients in points per ten points: raw ones are too small for two decimals."""
    linear, squared = 10.0, 100.0
    by_a = (linear, squared, linear, squared, squared)
    by_b = (1.0, linear, linear, squared, squared, squared)
    named = {f"a{i + 1}": float(found.a[i]) * by_a[i] for i in range(5)}
    named |= {f"se_a{i + 1}": float(found.se_a[i]) * by_a[i] for i in range(5)}
    return named | {f"b{i}": float(found.b[i]) * by_b[i] for i in range(6)}


def _standard(values: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = (values - values.mean()) / values.std(ddof=1)
    return scaled


def _step(values: np.ndarray) -> np.ndarray:
    step: np.ndarray = np.clip(values // (100 / STEPS), 0, STEPS - 1).astype(np.int64)
    return step


def _scaled(gram: np.ndarray) -> np.ndarray:
    """The products divided by the columns' own sizes, so that squares and constants weigh alike."""
    size = np.sqrt(np.where(np.diag(gram) > 0, np.diag(gram), 1.0))
    scaled: np.ndarray = gram / np.outer(size, size)
    return scaled


def _least_squares(gram: np.ndarray, terms: list[int]) -> tuple[np.ndarray, float, np.ndarray]:
    """Coefficients, the sum of squares left over, and the inverse of the products."""
    size = np.sqrt(np.diag(gram)[terms])
    inverse = np.linalg.inv(_scaled(gram)[np.ix_(terms, terms)]) / np.outer(size, size)
    with_outcome = gram[terms, _OUTCOME]
    b = inverse @ with_outcome
    return b, max(float(gram[_OUTCOME, _OUTCOME] - b @ with_outcome), 0.0), inverse


def _predicted(b: np.ndarray) -> np.ndarray:
    middle = (np.arange(STEPS) + 0.5) * 100 / STEPS - CENTRE
    p, s = middle[:, None], middle[None, :]
    height: np.ndarray = b[0] + b[1] * p + b[2] * s + b[3] * p * p + b[4] * p * s + b[5] * s * s
    return height


def _verdict(n: int, shares: tuple[float, float], p: float) -> str:
    if n < LEAST_PEOPLE:
        return "few people"
    if min(shares) < LEAST_SHARE:
        return "one-sided"
    return "surface" if p < SIGNIFICANT else "no curvature"


def _no_surface(n: int, shares: tuple[float, float]) -> Surface:
    nothing = np.full(_TERMS, np.nan)
    verdict = "few people" if n < LEAST_PEOPLE else "no spread"
    empty = np.full((STEPS, STEPS), np.nan)
    return Surface(n, nothing, nothing[:5], nothing, nothing[:5], np.nan, np.nan, np.nan, *shares, empty, verdict)
