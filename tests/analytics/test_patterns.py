"""Distinct rows with counts, in standard units."""

import numpy as np
import pytest

from analytics.patterns import distinct, standardised

NAN = np.nan
X = np.array([[0.0, 10], [100, 10], [0, 10], [100, NAN], [100, NAN], [NAN, NAN], [50, 40]])


def test_equal_rows_become_one_with_their_count_and_empty_rows_are_left_out():
    found = standardised(X, None, None).patterns
    assert found.counts.sum() == 6 and sorted(found.counts) == [1, 1, 2, 2]
    assert (found.values[found.observed == 0] == 0).all() and (found.observed == 0).sum() == 1


def test_values_are_standardised_over_what_was_observed():
    found = standardised(X, None, None)
    size = found.patterns.counts @ found.patterns.observed
    np.testing.assert_allclose(found.patterns.counts @ found.patterns.values, 0, atol=1e-9)
    np.testing.assert_allclose(found.patterns.counts @ found.patterns.values**2, size)
    np.testing.assert_allclose(found.centre, [np.nanmean(X[:, 0]), np.nanmean(X[:, 1])])
    np.testing.assert_allclose(found.spread, [np.nanstd(X[:, 0]), np.nanstd(X[:, 1])])


def test_the_index_of_a_pattern_is_the_mean_of_its_people():
    index = np.array([10.0, 90, 30, NAN, 70, 5, 50])
    found = standardised(X, None, index)
    assert sorted(found.index) == [20, 50, 70, 90]


@pytest.mark.parametrize("columns", [[0, 1], [1, 0]])
def test_the_order_of_rows_and_columns_is_forgotten(columns):
    order = np.random.default_rng(0).permutation(len(X))
    plain, mixed = standardised(X, None, None), standardised(X[order][:, columns], None, None)
    np.testing.assert_array_equal(plain.patterns.counts, mixed.patterns.counts)
    np.testing.assert_allclose(plain.patterns.values, mixed.patterns.values)
    np.testing.assert_allclose(plain.index, mixed.index)


def test_weights_of_nought_and_constant_scales():
    weights = np.array([1, 1, 1, 1, 1, 1, 0])
    with pytest.raises(ValueError, match=r"1 of 2 do not"):
        standardised(X, weights, None)


def test_distinct_rows_are_those_of_numpy_and_missing_equals_missing():
    rng = np.random.default_rng(1)
    x = rng.integers(0, 4, (300, 3)) * 12.5
    rows, place = distinct(x)
    np.testing.assert_array_equal(rows, np.unique(x, axis=0))
    np.testing.assert_array_equal(rows[place], x)
    x[rng.random(x.shape) < 0.2] = NAN
    rows, place = distinct(x)
    np.testing.assert_array_equal(rows[place], x)
    assert len(rows) == len(np.unique(np.nan_to_num(x, nan=-1), axis=0))
    assert len(distinct(np.empty((0, 2)))[0]) == 0
