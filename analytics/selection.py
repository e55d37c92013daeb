"""How many profiles: the table of fits that is shown beside the two-group test, and never decides by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from analytics.likelihood_ratio import bootstrap_p
from analytics.patterns import distinct
from analytics.profiles import Profiles, entropy, fit, memberships

MOST_CLASSES = 5
LEVEL = 0.05
_NOTHING = float("nan")


@dataclass(frozen=True)
class FitRow:
    """One line of the fit table; lower is better for ``aic``, ``bic``, ``sabic`` and ``icl``.

    ``smallest``: people in the smallest class by most likely class, ``smallest_share`` 0-1; ``least_avepp``: the
    lowest mean probability among those assigned to a class (wanted .80); ``least_occ``: the lowest odds of correct
    classification (wanted 5); ``replicated``: share of starts that reached the same likelihood; ``blrt_p``: against
    one class fewer, NaN for one class, where not tried, and after the first that was not significant.
    """

    k: int
    loglik: float
    npar: int
    aic: float
    bic: float
    sabic: float
    icl: float
    entropy: float
    smallest: int
    smallest_share: float
    least_avepp: float
    least_occ: float
    replicated: float
    converged: bool
    blrt_p: float = _NOTHING


@dataclass(frozen=True)
class Selection:
    """Profiles with one to five classes and a line of figures for each."""

    fits: tuple[Profiles, ...]
    rows: tuple[FitRow, ...]


def select(
    x: np.ndarray,
    weights: np.ndarray | None = None,
    index: np.ndarray | None = None,
    seed: int = 0,
    starts: int = 50,
    blrt_draws: int = 0,
) -> Selection:
    """Fit one to five profiles and compare them.

    ``x``: people by scales, NaN missing; ``weights`` and ``index`` as in ``profiles.fit``; ``blrt_draws``: simulated
    data sets per bootstrap likelihood-ratio test, 0 for none. No more classes than distinct rows are tried.
    Source: Nylund et al. 2007, doi:10.1080/10705510701575396; Spurk et al. 2020, doi:10.1016/j.jvb.2020.103445.
    Checked against: mclust on faithful, diabetes and iris (EEI).
    """
    rows, count, along = _people_by_row(x, weights, index)
    fits = tuple(fit(rows, k, count, seed, starts, along) for k in range(1, min(MOST_CLASSES, len(rows)) + 1))
    ratios = _ratios(fits, rows, count, seed, blrt_draws)
    table = tuple(fit_row(rows, found, count, p) for found, p in zip(fits, ratios, strict=True))
    return Selection(fits, table)


def _people_by_row(
    x: np.ndarray, weights: np.ndarray | None, index: np.ndarray | None
) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Distinct rows with any value, the people of each and their mean index: what every fit starts from."""
    count = np.ones(len(x)) if weights is None else np.asarray(weights, np.float64)
    used = ~np.isnan(x).all(axis=1) & (count > 0)
    rows, place = distinct(x[used])
    people = np.bincount(place, count[used])
    if index is None:
        return rows, people, None
    known = ~np.isnan(index[used])
    held = np.bincount(place[known], count[used][known], len(rows))
    total = np.bincount(place[known], (count[used] * index[used])[known], len(rows))
    return rows, people, np.where(held > 0, total / np.where(held > 0, held, 1), np.nan)


def fit_row(x: np.ndarray, found: Profiles, weights: np.ndarray | None = None, blrt_p: float = _NOTHING) -> FitRow:
    """The figures of one fit on the data it was fitted to.

    ICL = BIC + 2 x the entropy of the memberships; SABIC puts (n + 2) / 24 in place of n; OCC is the odds of the mean
    probability over the odds of the class's share.
    Source: Celeux & Soromenho 1996, doi:10.1007/BF01246098; Sclove 1987, doi:10.1007/BF02294360; Nagin 2005 (OCC).
    Checked against: mclust (AIC, BIC, SABIC, entropy, mean probabilities of EEI on faithful).
    """
    chances = memberships(x, found)
    used = ~np.isnan(chances[:, 0])
    chances = chances[used]
    count = np.ones(len(chances)) if weights is None else np.asarray(weights, np.float64)[used]
    sizes, certainty = class_certainty(chances, count)
    surprise = 0.0 if found.k == 1 else (1 - entropy(chances, count)) * found.n * float(np.log(found.k))
    odds = _odds(certainty) / _odds(found.shares) if found.k > 1 else np.array([_NOTHING])
    return FitRow(
        k=found.k,
        loglik=found.loglik,
        npar=found.npar,
        aic=-2 * found.loglik + 2 * found.npar,
        bic=found.bic,
        sabic=-2 * found.loglik + found.npar * float(np.log((found.n + 2) / 24)),
        icl=found.bic + 2 * surprise,
        entropy=entropy(chances, count),
        smallest=round(sizes.min()),
        smallest_share=float(sizes.min() / sizes.sum()),
        least_avepp=float(np.nanmin(certainty)),
        least_occ=float(np.nanmin(odds)) if found.k > 1 else _NOTHING,
        replicated=found.replicated,
        converged=found.converged,
        blrt_p=blrt_p,
    )


def class_certainty(chances: np.ndarray, count: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """People whose most likely class each is, and their mean probability of it (NaN where nobody is assigned)."""
    assigned = np.eye(chances.shape[1])[chances.argmax(axis=1)] * count[:, None]
    sizes = assigned.sum(axis=0)
    total = (assigned * chances).sum(axis=0)
    return sizes, np.where(sizes > 0, total / np.where(sizes > 0, sizes, 1), np.nan)


def _odds(chance: np.ndarray) -> np.ndarray:
    safe = np.clip(chance, 1e-12, 1 - 1e-12)
    odds: np.ndarray = safe / (1 - safe)
    return odds


def _ratios(fits: Sequence[Profiles], x: np.ndarray, weights: np.ndarray, seed: int, draws: int) -> list[float]:
    """The likelihood-ratio tests one after the other, as long as each class more was worth it."""
    found = [_NOTHING] * len(fits)
    for place in range(1, len(fits) if draws else 0):
        found[place] = bootstrap_p(fits[place - 1], x, seed, draws, weights)
        if found[place] >= LEVEL:
            break
    return found
