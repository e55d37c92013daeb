"""Outcome means by group against StepMix and means that are known."""

import numpy as np
import pytest
from stepmix.stepmix import StepMix

from analytics.outcomes import outcome_means
from analytics.profiles import fit, memberships


def overlapping(n=4000, apart=1.6, seed=0):
    rng = np.random.default_rng(seed)
    group = rng.random(n) < 0.4
    x = 50 + 10 * (rng.normal(size=(n, 3)) + apart * group[:, None])
    return x, 30 + 20 * group + rng.normal(0, 8, n)


def test_correction_undoes_what_wrong_classification_takes_away():
    x, outcome = overlapping()
    found = outcome_means(memberships(x, fit(x, 2)), outcome)
    np.testing.assert_allclose(found.means, [30, 50], atol=1.0)
    assert np.diff(found.plain)[0] < np.diff(found.means)[0] - 0.5
    assert (found.se > 0).all() and found.people.sum() == len(x)
    assert (np.abs(found.means - [30, 50]) < 4 * found.se).all()


def test_stepmix_gives_the_same_three_step_means():
    x, outcome = overlapping(n=1500, seed=2)
    peer = StepMix(
        2,
        n_steps=3,
        correction="BCH",
        measurement="gaussian_diag",
        structural="gaussian_unit",
        n_init=5,
        random_state=0,
        abs_tol=1e-10,
        max_iter=2000,
        progress_bar=0,
    )
    peer.fit(x, outcome[:, None])
    chances = peer.predict_proba(x)
    order = np.argsort(peer.get_parameters()["structural"]["means"].ravel())
    ours = outcome_means(chances[:, order], outcome)
    np.testing.assert_allclose(ours.means, peer.get_parameters()["structural"]["means"].ravel()[order], atol=0.5)


def test_certain_classes_give_the_plain_means():
    chances = np.eye(2)[[0, 0, 1, 1, 1]]
    found = outcome_means(chances, np.array([10.0, 20, 50, 70, np.nan]))
    np.testing.assert_allclose(found.means, [15, 60])
    np.testing.assert_allclose(found.plain, [15, 60])
    assert found.people.tolist() == [2, 2]


def test_people_outside_the_model_are_left_out():
    chances = np.vstack([np.eye(2)[[0, 1]], [[np.nan, np.nan]]])
    assert outcome_means(chances, np.array([1.0, 3.0, 900.0])).means == pytest.approx([1, 3])


def test_classes_that_cannot_be_told_apart_have_no_means():
    found = outcome_means(np.full((10, 2), 0.5), np.arange(10.0))
    assert np.isnan(found.means).all()
