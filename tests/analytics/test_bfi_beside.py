"""The reference's further reliability figures of psych::bfi, which the product does not show, beside those it does.

Its omegas of a Schmid-Leiman solution are left out: three factors behind five items have two parameters more than there
are correlations, so every start fits exactly (residuals below 1e-8) and ends at another omega, from .45 to .71 for
agreeableness and extraversion. The figures tell of the start of one program and not of the data.
"""

import numpy as np
import pytest
from small_waves import reference, reference_table
from test_reliability import BFI

from analytics.reliability import cronbach


@pytest.mark.parametrize("name", list(BFI))
def test_mean_correlation_and_lambda_six(name):
    letter, (numbers, turned) = name[0].upper(), BFI[name]
    items = reference_table("bfi.csv")[[f"{letter}{i}" for i in numbers]]
    r = items.assign(**{f"{letter}{i}": 7 - items[f"{letter}{i}"] for i in turned}).dropna().corr().to_numpy()
    expected = reference()["reliability_bfi"]["scales"][name]
    mean = r[np.triu_indices(5, 1)].mean()
    assert mean == pytest.approx(expected["mean_r_listwise"], abs=1e-5)
    assert cronbach(r) == pytest.approx(5 * mean / (1 + 4 * mean))
    explained = 1 - 1 / np.diag(np.linalg.inv(r))
    assert 1 - (1 - explained).sum() / r.sum() == pytest.approx(expected["guttman_lambda6_listwise"], abs=1e-5)
