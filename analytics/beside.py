"""Signs of groups that stand beside the two-group test and never decide: all of them are fooled by some continuum."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.spatial.distance import pdist
from sklearn.cluster import kmeans_plusplus
from sklearn.mixture import GaussianMixture

from analytics.dip import dip, dip_p
from analytics.mixture import LEAST_VARIANCE
from analytics.patterns import standardised

SHAPES = {"VVI": "diag", "EEE": "tied", "VVV": "full"}  # as mclust names them; scikit-learn's names
MOST_CLASSES = 5
MOST_PEOPLE = 500
APART = 2.0  # Ashman's D above which two normal distributions are clearly separate
_MOST_SHAPED = 3
_REFERENCES = 10
_LEAST_PEOPLE = 50
_STARTS = 3
_FITTED: dict[str, Any] = {"reg_covar": LEAST_VARIANCE, "n_init": 3, "init_params": "k-means++"}
_ROUNDS = 100


@dataclass(frozen=True)
class Beside:
    """``dip`` of B and its ``dip_p`` (below .05: more than one peak); ``ashman``: distance of the two profiles on B
    (above 2: clearly apart); ``clusters``: by the gap statistic; ``shapes``: for each freer shape of classes (VVI, EEE,
    VVV) the number from one to three that its BIC prefers."""

    dip: float
    dip_p: float
    ashman: float
    clusters: int
    shapes: dict[str, int]


def beside(x: np.ndarray, index: np.ndarray, chances: np.ndarray, steps: np.ndarray, seed: int = 0) -> Beside | None:
    """All signs at once; None below 50 people with every score.

    ``x``: people by scales; ``index``: B; ``chances``: people by two profiles; ``steps``: how far neighbouring scores
    of each scale lie apart. The same for any order of people and columns.
    """
    z = _even_sample(x)
    if len(z) < _LEAST_PEOPLE:
        return None
    smooth = _jittered(index, steps, seed)
    return Beside(
        dip(smooth), dip_p(smooth, seed), _ashman_of(index, chances), gap_clusters(z, seed), preferred(z, seed)
    )


def ashman(means: np.ndarray, variances: np.ndarray) -> float:
    """Ashman's D: the distance of two means over the root of their mean variance.

    Source: Ashman, Bird & Zepf 1994, doi:10.1086/117248.
    Checked against: mclust's two normal distributions on faithful.
    """
    spread = float(np.sqrt(np.mean(variances)))
    return abs(float(means[1] - means[0])) / spread if spread > 0 else float("inf")


def gap_clusters(z: np.ndarray, seed: int = 0, references: int = _REFERENCES) -> int:
    """The number of clusters (1 to 5) by the gap statistic: k-means against people spread evenly in the same box, which
    is turned to the data's main directions; the first k that is no worse than k + 1 less its error.

    Source: Tibshirani, Walther & Hastie 2001, doi:10.1111/1467-9868.00293.
    Checked against: cluster::clusGap on faithful and iris.
    """
    centred = z - z.mean(axis=0)
    turned = centred @ np.linalg.svd(centred, full_matrices=False)[2].T
    low, high = turned.min(axis=0), turned.max(axis=0)
    random = np.random.RandomState(seed)
    most = min(MOST_CLASSES, len(np.unique(turned, axis=0)) - 1)
    own = _within(turned, most, random)
    drawn = np.array([_within(random.uniform(low, high, turned.shape), most, random) for _ in range(references)])
    gaps, errors = drawn.mean(axis=0) - own, drawn.std(axis=0) * np.sqrt(1 + 1 / references)
    enough = gaps[:-1] >= gaps[1:] - errors[1:]
    return int(enough.argmax()) + 1 if enough.any() else most


def preferred(z: np.ndarray, seed: int = 0) -> dict[str, int]:
    """For classes of each freer shape, the number (1 to 3) with the lowest BIC, variances kept off zero.

    Source: Fraley & Raftery 2002, doi:10.1198/016214502760047131. Checked against: mclust on faithful and iris.
    """
    found = {}
    for name, shape in SHAPES.items():
        tried = [
            GaussianMixture(k, covariance_type=shape, reg_covar=LEAST_VARIANCE, n_init=2, random_state=seed)
            .fit(z)
            .bic(z)
            for k in range(1, _MOST_SHAPED + 1)
        ]
        found[name] = int(np.argmin(tried)) + 1
    return found


def _within(z: np.ndarray, most: int, random: np.random.RandomState) -> np.ndarray:
    """The logarithm of the distances within 1 to ``most`` clusters, each cluster's divided by its people."""
    found = []
    for k in range(1, most + 1):
        tried = [_clusters(z, k, random) for _ in range(_STARTS if k > 1 else 1)]
        label = min(tried, key=lambda one: one[1])[0]
        parts = [z[label == one] for one in range(k)]
        found.append(sum(float(pdist(part).sum()) / len(part) for part in parts if len(part)))
    return np.log(np.maximum(found, 1e-12))


def _clusters(z: np.ndarray, k: int, random: np.random.RandomState) -> tuple[np.ndarray, float]:
    """One run of k-means: each person's cluster, and the sum of squares within. Plain steps, without threads."""
    centres, _ = kmeans_plusplus(z, k, random_state=random)
    label = np.full(len(z), -1)
    for _ in range(_ROUNDS):
        distance = (centres**2).sum(axis=1) - 2 * z @ centres.T
        nearest = distance.argmin(axis=1)
        if (nearest == label).all():
            break
        label = nearest
        size = np.bincount(label, minlength=k)
        sums = np.eye(k)[label].T @ z
        centres = np.where(size[:, None] > 0, sums / np.maximum(size, 1)[:, None], centres)
    return label, float(((z - centres[label]) ** 2).sum())


def _even_sample(x: np.ndarray) -> np.ndarray:
    """People with every score in standard units, at most 500, evenly over the sorted rows."""
    complete = x[~np.isnan(x).any(axis=1)]
    if not len(complete) or not (np.ptp(complete, axis=0) > 0).all():
        return np.zeros((0, x.shape[1]))
    patterns = standardised(complete, None, None).patterns
    people = round(patterns.counts.sum())
    picked = np.linspace(0, people - 1, min(people, MOST_PEOPLE)).round()
    sample: np.ndarray = patterns.values[np.searchsorted(np.cumsum(patterns.counts), picked, side="right")]
    return sample


def _jittered(index: np.ndarray, steps: np.ndarray, seed: int) -> np.ndarray:
    """B with each scale's half step of chance on it, because a dip also sees the heaps that coarse answers make."""
    ordered = np.sort(index)
    if (ordered - ordered.mean()) @ (ordered - ordered.mean()) ** 2 < 0:
        ordered = np.sort(100 - index)
    if len(ordered) > MOST_PEOPLE:
        ordered = ordered[np.linspace(0, len(ordered) - 1, MOST_PEOPLE).round().astype(np.int64)]
    noise = np.random.default_rng(seed).uniform(-0.5, 0.5, (len(ordered), len(steps)))
    jittered: np.ndarray = ordered + noise @ steps / len(steps)
    return jittered


def _ashman_of(index: np.ndarray, chances: np.ndarray) -> float:
    size = chances.sum(axis=0)
    means = index @ chances / size
    variances = ((index[:, None] - means) ** 2 * chances).sum(axis=0) / size
    return ashman(means, variances)
