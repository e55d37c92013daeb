"""Means and covariances with gaps against lavaan's full information, and cases without gaps."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from small_waves import reference

from analytics.missing import normal_moments

FILES = Path(__file__).parents[1] / "data_files"


def airquality():
    return pd.read_csv(FILES / "airquality4.csv")


def test_new_york_air_has_the_moments_of_lavaan():
    table, expected = airquality(), reference()["missing_data_fiml"]["values"]
    found = normal_moments(table.to_numpy(float))
    names = list(table.columns)
    assert found.n == expected["n"]
    np.testing.assert_allclose(found.means, [expected["mean"][name] for name in names], atol=1e-3)
    wanted = [[expected["cov"][a][b] for b in names] for a in names]
    np.testing.assert_allclose(found.covariances, wanted, atol=1e-2)
    assert found.loglik == pytest.approx(expected["loglik"], abs=1e-4)


def test_without_gaps_these_are_the_plain_moments():
    x = np.random.default_rng(0).normal(size=(50, 3)) @ np.array([[2.0, 1, 0], [0, 1, 1], [0, 0, 3]])
    found = normal_moments(np.vstack([x, [[np.nan] * 3]]))
    np.testing.assert_allclose(found.means, x.mean(axis=0))
    np.testing.assert_allclose(found.covariances, np.cov(x, rowvar=False, bias=True), rtol=1e-9)
    peer = stats.multivariate_normal(found.means, found.covariances).logpdf(x).sum()
    assert found.n == 50 and found.loglik == pytest.approx(peer)


def test_gaps_that_depend_on_another_scale_do_not_pull_the_mean():
    rng = np.random.default_rng(1)
    x = rng.multivariate_normal([0, 0], [[1, 0.8], [0.8, 1]], 4000)
    x[x[:, 0] > 0.3, 1] = np.nan
    assert abs(np.nanmean(x[:, 1])) > 0.3 > 0.1 > abs(normal_moments(x).means[1])


def test_a_scale_without_values_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match="2 or more values, but one has 1"):
        normal_moments(np.array([[1.0, np.nan], [2, 5.0], [3, np.nan]]))
