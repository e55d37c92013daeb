"""The best-fitting single-peaked continuum: one latent trait of any shape with one peak, behind all the scales."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from analytics.ordinal import Questions, cumulative_shares, cut, latent_correlation, positive_definite

_GRID = 51
_REACH = 6.0
_BINS = 30
_NOISE = 600
_ROUNDS = 300
_EDGE = 8
_CALIBRATION = 8000
_STRONGEST = 0.97
_SPILL = 0.005


@dataclass(frozen=True)
class Trait:
    """A latent trait on a grid of even steps: the chance of each place (sums to 1, one peak), mean 0 and variance 1."""

    places: np.ndarray
    chances: np.ndarray


@dataclass(frozen=True)
class Continuum:
    """One continuum: the trait, each item's loading on it, what items share besides it, and the cuts."""

    trait: Trait
    loadings: np.ndarray
    rest: np.ndarray
    cuts: tuple[np.ndarray, ...]

    def draw(self, people: int, random: np.random.Generator) -> np.ndarray:
        """New answers (people by items, codes from 1) of a population that is this continuum."""
        step = self.trait.places[1] - self.trait.places[0]
        edges = np.append(self.trait.places - step / 2, self.trait.places[-1] + step / 2)
        below = np.append(0.0, np.cumsum(self.trait.chances))
        trait = np.interp(random.random(people), below, edges)
        noise = random.standard_normal((people, len(self.loadings))) @ np.linalg.cholesky(self.rest).T
        return cut(trait[:, None] * self.loadings + noise, self.cuts)


def single_peaked(questions: Questions, rounds: int = 2) -> Continuum:
    """Fit the continuum with one peak that is nearest to the answers, skew, flat or long-tailed as they are.

    The trait's loadings come from correlations between scales; what items of one scale share besides is kept as it
    is; cuts make every answer as frequent as it was; the trait's shape is the maximum-likelihood distribution with
    one peak (a mixture of uniform stretches that all touch the peak) given the sum of the scales. Loadings are then
    corrected until simulated answers correlate as the real ones do. The simulation inside is fixed, not seeded by
    the caller.
    Source: the mixture form of single-peaked distributions, Feller 1971, An Introduction to Probability Theory II,
    V.9; deconvolution by expectation-maximisation, Laird 1978, doi:10.1080/01621459.1978.10480103.
    Checked against: the shape and the correlations of traits that generated simulated answers.
    """
    correlation = latent_correlation(questions.codes)
    loadings = _loadings(correlation, questions.scale)
    places = np.linspace(-5, 5, _GRID)
    normal = np.exp(-(places**2) / 2)
    now = _continuum(Trait(places, normal / normal.sum()), loadings, correlation, questions)
    for _ in range(rounds):
        for _ in range(2):
            now = _continuum(_reshaped(now, questions), loadings, correlation, questions)
        loadings, correlation = _calibrated(now, correlation, questions)
        now = _continuum(now.trait, loadings, correlation, questions)
    return now


def _continuum(trait: Trait, loadings: np.ndarray, correlation: np.ndarray, questions: Questions) -> Continuum:
    own = 1 - loadings**2
    spread = np.sqrt(np.outer(own, own))
    rest = positive_definite((correlation - np.outer(loadings, loadings)) / spread) * spread
    return Continuum(trait, loadings, rest, _cuts(trait, loadings, questions.codes))


def _cuts(trait: Trait, loadings: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, ...]:
    """Where each item's response is cut so that its answers are as frequent as in the data."""
    line = np.linspace(-_REACH - 2, _REACH + 2, 801)
    found = []
    for loading, shares in zip(loadings, cumulative_shares(codes), strict=True):
        below = trait.chances @ ndtr((line - loading * trait.places[:, None]) / np.sqrt(1 - loading**2))
        found.append(np.interp(shares, below, line))
    return tuple(found)


def _across(scale: np.ndarray) -> np.ndarray:
    """Which pairs of items tell about the trait: those of different scales, or all pairs of a single scale."""
    different: np.ndarray = scale[:, None] != scale
    return different if different.any() else ~np.eye(len(scale), dtype=bool)


def _loadings(correlation: np.ndarray, scale: np.ndarray) -> np.ndarray:
    """One factor through the correlations between scales alone (principal axes, iterated)."""
    across = _across(scale)
    values, vectors = np.linalg.eigh(correlation * across)
    loadings: np.ndarray = vectors[:, -1] * np.sqrt(max(values[-1], 0.01))
    for _ in range(200):
        size = np.maximum(across @ loadings**2, 1e-6)
        loadings = np.clip((loadings + (correlation * across) @ loadings / size) / 2, -_STRONGEST, _STRONGEST)
    return loadings


def _reshaped(now: Continuum, questions: Questions) -> Trait:
    """The single-peaked shape that makes the observed sums of scales most likely, given everything else."""
    signs = np.sign(now.loadings @ questions.membership)
    scores = questions.scores()
    centre, spread = scores.mean(axis=0), scores.std(axis=0)
    sums = ((scores - centre) / spread) @ signs
    edges = np.linspace(sums.min() - 1e-9, sums.max() + 1e-9, _BINS + 1)
    noise = np.random.default_rng(1).standard_normal((_NOISE, len(now.loadings))) @ np.linalg.cholesky(now.rest).T
    responses = now.trait.places[:, None, None] * now.loadings + noise
    drawn = questions.scores(cut(responses, now.cuts).reshape(-1, len(now.loadings)))
    bins = np.clip(np.searchsorted(edges, ((drawn - centre) / spread) @ signs) - 1, 0, _BINS - 1)
    counts = np.bincount(np.repeat(np.arange(_GRID), _NOISE) * _BINS + bins, minlength=_GRID * _BINS)
    given = counts.reshape(_GRID, _BINS) / _NOISE * (1 - _SPILL) + _SPILL / _BINS
    observed = np.histogram(sums, edges)[0] / len(sums)
    return _standard(now.trait.places, _one_peak(given, observed))


def _one_peak(given: np.ndarray, observed: np.ndarray) -> np.ndarray:
    """The most likely chances on the grid with one peak; ``given``: chance of each sum at each place of the trait."""
    peaks = np.arange(_EDGE, _GRID - _EDGE, 2)
    grid = np.arange(_GRID)
    low, high = np.minimum(grid, peaks[:, None]), np.maximum(grid, peaks[:, None])
    running = np.vstack([np.zeros(_BINS), np.cumsum(given, axis=0)])
    stretches = (running[high + 1] - running[low]) / (high + 1 - low)[:, :, None]
    weights = np.full((len(peaks), 1, _GRID), 1 / _GRID)
    turned = stretches.transpose(0, 2, 1)
    for _ in range(_ROUNDS):
        fitted = np.maximum(weights @ stretches, 1e-12)
        weights = weights * ((observed / fitted) @ turned)
    likelihood = (np.log(np.maximum(weights @ stretches, 1e-12)) @ observed)[:, 0]
    best = int(likelihood.argmax())
    inside = (grid[:, None] >= low[best]) & (grid[:, None] <= high[best])
    chances: np.ndarray = inside @ (weights[best, 0] / (high[best] + 1 - low[best]))
    chances /= chances.sum()
    return chances


def _standard(places: np.ndarray, chances: np.ndarray) -> Trait:
    """The same shape with mean 0 and variance 1, on a grid of even steps over where it has any weight."""
    mean = chances @ places
    scaled = (places - mean) / np.sqrt(chances @ (places - mean) ** 2)
    even = np.linspace(max(scaled[0], -_REACH), min(scaled[-1], _REACH), _GRID)
    height = np.interp(even, scaled, chances)
    height /= height.sum()
    mean = height @ even
    return Trait((even - mean) / np.sqrt(height @ (even - mean) ** 2), height)


def _calibrated(now: Continuum, correlation: np.ndarray, questions: Questions) -> tuple[np.ndarray, np.ndarray]:
    """Loadings and correlations stretched so that simulated answers correlate as the observed ones do on average."""
    across = _across(questions.scale)
    within = ~across & ~np.eye(len(across), dtype=bool)
    real = _correlation(questions.codes)
    drawn = _correlation(now.draw(_CALIBRATION, np.random.default_rng(2)))
    signs = np.sign(np.outer(now.loadings, now.loadings))
    between = np.sqrt(_ratio(real * signs, drawn * signs, across))
    inside = _ratio(np.abs(real), np.abs(drawn), within) if within.any() else 1.0
    stretched = np.where(within, correlation * inside, correlation * between**2)
    return np.clip(now.loadings * between, -_STRONGEST, _STRONGEST), stretched


def _ratio(real: np.ndarray, drawn: np.ndarray, pairs: np.ndarray) -> float:
    return float(np.clip(real[pairs].mean() / max(drawn[pairs].mean(), 0.01), 0.5, 2.0))


def _correlation(codes: np.ndarray) -> np.ndarray:
    """Correlations of codes, missing answers left out pair by pair."""
    answered = codes > 0
    size = np.maximum(answered.sum(axis=0), 1)
    mean = codes.sum(axis=0) / size
    apart = np.where(answered, codes - mean, 0.0)
    both = np.maximum(answered.T.astype(np.float64) @ answered, 1)
    spread = np.sqrt((apart**2).sum(axis=0) / size)
    found: np.ndarray = apart.T @ apart / both / np.maximum(np.outer(spread, spread), 1e-12)
    return found
