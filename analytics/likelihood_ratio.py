"""One class more or not: the likelihood ratio against data simulated from the model with fewer classes."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from scipy.special import ndtr

from analytics.mixture import climb, expected
from analytics.patterns import Patterns, distinct
from analytics.profiles import Profiles

LEVEL = 0.05
_MOST_CELLS = 6000
_ROUNDS = 100
_FIRST_ROUNDS = 8
_GAIN = 1e-4


def bootstrap_p(fewer: Profiles, x: np.ndarray, seed: int, draws: int, weights: np.ndarray | None = None) -> float:
    """The bootstrap likelihood-ratio test of one class more than ``fewer`` has (BLRT), as a Monte Carlo p-value.

    Data sets of the same size are simulated from ``fewer`` and put on the grid of values that ``x`` has, because
    answers come in steps. On the data and on every simulated set the gain is found in the same way: both models are
    fitted from the parameters at hand, the larger one from classes cut in two. Ends early once p cannot fall below .05
    any more. Missing values are not simulated.
    Source: McLachlan 1987, doi:10.2307/2347790; Nylund et al. 2007, doi:10.1080/10705510701575396.
    Checked against: mclust::mclustBootstrapLRT on faithful (one class against two), one class simulated.
    """
    random = np.random.default_rng([seed, fewer.k])
    scale = np.nanmean(x, axis=0), np.nanstd(x, axis=0)
    simulate = _simulator(fewer, x, scale)
    observed = _gain(_patterns(x, weights, scale), fewer, scale)
    reached, enough = 0, max(round(LEVEL * (draws + 1)), 1)
    for drawn in range(1, draws + 1):
        reached += _gain(simulate(random), fewer, scale) >= observed
        if reached == enough:
            return reached / drawn
    return (1 + reached) / (draws + 1)


def _patterns(x: np.ndarray, weights: np.ndarray | None, scale: tuple[np.ndarray, np.ndarray]) -> Patterns:
    count = np.ones(len(x)) if weights is None else np.asarray(weights, np.float64)
    used = ~np.isnan(x).all(axis=1) & (count > 0)
    rows, place = distinct(x[used])
    seen = ~np.isnan(rows)
    values = np.where(seen, (rows - scale[0]) / scale[1], 0.0)
    return Patterns(values, seen.astype(np.float64), np.bincount(place, count[used]))


def _simulator(
    model: Profiles, x: np.ndarray, scale: tuple[np.ndarray, np.ndarray]
) -> Callable[[np.random.Generator], Patterns]:
    grids = [np.unique(column[~np.isnan(column)]) for column in x.T]
    by_cell = np.prod([float(len(grid)) for grid in grids]) <= _MOST_CELLS
    cells = np.stack(np.meshgrid(*grids, indexing="ij"), axis=-1).reshape(-1, len(grids)) if by_cell else x[:0]
    chances = _cell_chances(model, grids) if by_cell else x[:0]

    def draw(random: np.random.Generator) -> Patterns:
        if by_cell:
            counts = random.multinomial(model.n, chances).astype(np.float64)
            rows, counts = cells[counts > 0], counts[counts > 0]
        else:
            rows, counts = _rows(model, grids, random), np.ones(model.n)
        return Patterns((rows - scale[0]) / scale[1], np.ones(rows.shape), counts)

    return draw


def _cell_chances(model: Profiles, grids: list[np.ndarray]) -> np.ndarray:
    """The chance of every combination of values: per class the product over scales, summed over classes."""
    total = np.zeros([len(grid) for grid in grids])
    for means, share in zip(model.means, model.shares, strict=True):
        joint = np.array(share)
        for mean, variance, grid in zip(means, model.variances, grids, strict=True):
            edges = ndtr(((grid[1:] + grid[:-1]) / 2 - mean) / np.sqrt(variance))
            joint = np.multiply.outer(joint, np.diff(np.concatenate([[0.0], edges, [1.0]])))
        total += joint
    chances: np.ndarray = total.ravel() / total.sum()
    return chances


def _rows(model: Profiles, grids: list[np.ndarray], random: np.random.Generator) -> np.ndarray:
    people = model.means[random.choice(model.k, model.n, p=model.shares)]
    values: np.ndarray = people + random.standard_normal(people.shape) * np.sqrt(model.variances)
    for place, grid in enumerate(grids):
        values[:, place] = grid[np.searchsorted((grid[1:] + grid[:-1]) / 2, values[:, place])]
    return values


def _gain(patterns: Patterns, fewer: Profiles, scale: tuple[np.ndarray, np.ndarray]) -> float:
    """How much log-likelihood one class more gains on simulated data."""
    centre, spread = scale
    start, _ = expected(patterns, (fewer.means - centre) / spread, fewer.variances / spread**2, fewer.shares)
    null = climb(patterns, start, _ROUNDS, _GAIN, np.inf)
    held, _ = expected(patterns, null.means, null.variances, null.shares)
    tried = [climb(patterns, split, _FIRST_ROUNDS, _GAIN, np.inf) for split in _splits(held, patterns)]
    best = max(tried, key=lambda one: one.loglik)
    begin, _ = expected(patterns, best.means, best.variances, best.shares)
    return climb(patterns, begin, _ROUNDS, _GAIN, np.inf).loglik - null.loglik


def _splits(held: np.ndarray, patterns: Patterns) -> list[np.ndarray]:
    """Each of the classes in turn cut in two across its longest direction."""
    found = []
    for one in range(held.shape[1]):
        weight = held[:, one] * patterns.counts
        apart = patterns.values - weight @ patterns.values / weight.sum()
        along = apart @ np.linalg.eigh((apart * weight[:, None]).T @ apart)[1][:, -1]
        upper = held[:, one] * np.where(along > 0, 0.95, 0.05)
        found.append(np.column_stack([np.delete(held, one, axis=1), held[:, one] - upper, upper]))
    return found
