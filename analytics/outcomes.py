"""Means of an outcome by group when the groups are only known by chance, corrected for wrong classification."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

_LEAST_DETERMINANT = 1e-6


@dataclass(frozen=True)
class OutcomeMeans:
    """Per class: the corrected mean, its standard error, the plain mean of those assigned, and people assigned with
    an outcome. NaN where classes cannot be told apart."""

    means: np.ndarray
    se: np.ndarray
    plain: np.ndarray
    people: np.ndarray


def outcome_means(chances: np.ndarray, outcome: np.ndarray) -> OutcomeMeans:
    """Outcome means by class with BCH weights: people count by how often their class is mistaken for another.

    ``chances``: people by classes, rows sum to 1, NaN for people outside the model; ``outcome``: 0-100, NaN missing.
    H = how people of each true class are assigned; weights are the rows of its inverse. The standard error treats the
    classes as known and people as independent.
    Source: Bolck, Croon & Hagenaars 2004, doi:10.1093/pan/mph001; Bakk & Vermunt 2016,
    doi:10.1080/10705511.2014.955104. Checked against: StepMix (three-step, BCH) and simulated means.
    """
    inside = ~np.isnan(chances[:, 0])
    weights = _weights(chances[inside])
    assigned = np.eye(chances.shape[1])[chances[inside].argmax(axis=1)]
    values = np.asarray(outcome, np.float64)[inside]
    has = ~np.isnan(values)
    values, weights, assigned = values[has], weights[has], assigned[has]
    total, people = weights.sum(axis=0), assigned.sum(axis=0)
    means = (values @ weights) / np.where(total != 0, total, np.nan)
    se = np.sqrt((weights**2 * (values[:, None] - means) ** 2).sum(axis=0)) / np.abs(total)
    plain = (values @ assigned) / np.where(people > 0, people, np.nan)
    return OutcomeMeans(means, se, plain, people)


def _weights(chances: np.ndarray) -> np.ndarray:
    assigned = np.eye(chances.shape[1])[chances.argmax(axis=1)]
    confusion = (chances.T @ assigned) / chances.sum(axis=0)[:, None]
    if abs(np.linalg.det(confusion)) < _LEAST_DETERMINANT:
        return np.full(chances.shape, np.nan)
    weights: np.ndarray = assigned @ np.linalg.inv(confusion)
    return weights
