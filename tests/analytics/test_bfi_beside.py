"""The reference's further reliability figures of psych::bfi, beside those of the scales themselves.

Its omegas of a Schmid-Leiman solution put three factors behind five items, two parameters more than there are
correlations: every start fits exactly, and ends at another omega hierarchical. They come out from the start that psych
takes (complete answers, squared multiple correlations, L-BFGS-B in hundredths), and are refused unless asked for.
"""

from dataclasses import replace

import numpy as np
import pytest
from small_waves import a_scale, reference, reference_table
from test_reliability import BFI

from analytics.hierarchical import General, free, general_factor, over_facets
from analytics.reliability import cronbach


def correlations(name):
    letter, (numbers, turned) = name[0].upper(), BFI[name]
    items = reference_table("bfi.csv")[[f"{letter}{i}" for i in numbers]]
    return items.assign(**{f"{letter}{i}": 7 - items[f"{letter}{i}"] for i in turned}).dropna().corr().to_numpy()


@pytest.mark.parametrize("name", list(BFI))
def test_mean_correlation_and_lambda_six(name):
    r, expected = correlations(name), reference()["reliability_bfi"]["scales"][name]
    mean = r[np.triu_indices(5, 1)].mean()
    assert mean == pytest.approx(expected["mean_r_listwise"], abs=1e-5)
    assert cronbach(r) == pytest.approx(5 * mean / (1 + 4 * mean))
    explained = 1 - 1 / np.diag(np.linalg.inv(r))
    assert 1 - (1 - explained).sum() / r.sum() == pytest.approx(expected["guttman_lambda6_listwise"], abs=1e-5)


@pytest.mark.parametrize("name", list(BFI))
def test_omegas_of_a_schmid_leiman_solution(name):
    """Within the reference's tolerance for them, 5e-4. The general factor of agreeableness and of neuroticism explains
    all of one of the three, where searches for it stop 3e-4 and 6e-5 apart; the rest agree to 2e-6."""
    expected = reference()["reliability_bfi"]["scales"][name]
    got = general_factor(correlations(name), 3, undetermined=True)
    assert got.total == pytest.approx(expected["omega_tot_schmidleiman_nf3"], abs=1e-6)
    near = 5e-4 if name in ("agree", "neuroticism") else 2e-6
    assert got.hierarchical == pytest.approx(expected["omega_hier_schmidleiman_nf3"], abs=near)


def test_factors_that_the_items_do_not_determine_are_refused():
    r = np.full((5, 5), 0.4) + 0.6 * np.eye(5)
    assert (free(5, 3), free(6, 3), free(12, 4), free(23, 4)) == (-2, 0, 24, 167)
    with pytest.raises(ValueError, match="5 items do not determine 3 factors"):
        general_factor(r, 3)
    with pytest.raises(ValueError, match="needs 3 factors or more below it, but got 2"):
        general_factor(r, 2)


GENERAL = np.array([0.7, 0.6, 0.5, 0.6, 0.7, 0.6, 0.5, 0.7, 0.6, 0.6, 0.7, 0.5])
OWN = np.repeat([0.4, 0.5, 0.6, 0.3], 3)


def built(general, own):
    """Correlations of twelve items with one factor behind all of them and one more behind each three."""
    facet = np.repeat(np.arange(4), 3)
    r = np.outer(general, general) + np.outer(own, own) * (facet[:, None] == facet)
    np.fill_diagonal(r, 1.0)
    return r


def hierarchy():
    """The same, where a facet's items load on the general factor in proportion to how they load on the facet."""
    second, first = np.repeat([0.9, 0.8, 0.7, 0.6], 3), GENERAL + 0.1
    return first * second, first * np.sqrt(1 - second**2)


def test_loadings_from_which_correlations_were_built_come_back():
    general, own = hierarchy()
    r = built(general, own)
    got = general_factor(r, 4)
    assert got.loadings == pytest.approx(general, abs=2e-5)
    assert got.hierarchical == pytest.approx(general.sum() ** 2 / r.sum(), abs=2e-5)
    assert got.total == pytest.approx(1 - (1 - general**2 - own**2).sum() / r.sum(), abs=2e-5)


def test_figures_of_determined_factors_are_those_of_psych():
    """psych 2.2.9 under R 4.2.2: omega(r, nfactors = 4) of these correlations."""
    got = general_factor(built(GENERAL, OWN), 4)
    assert (got.hierarchical, got.total) == pytest.approx((0.807702769291, 0.92538800914), abs=1e-9)


def test_the_order_of_the_items_changes_nothing():
    r, order = built(GENERAL, OWN), np.random.default_rng(2).permutation(12)
    one, other = general_factor(r, 4), general_factor(r[np.ix_(order, order)], 4)
    assert isinstance(other, General)
    assert other.loadings == pytest.approx(one.loadings[order], abs=1e-4)
    assert other.hierarchical == pytest.approx(one.hierarchical, abs=1e-4)


def total_of(parts, items=12):
    scale = a_scale("OWN.total", "burnout", [f"Q{n}" for n in range(items)], reversed_codes=("Q3",))
    return replace(scale, needs=tuple(f"OWN.part{n}" for n in range(parts)))


def answers(n=1000):
    """Answers from 1 to 5 with the general factor and the facets above; the fourth question asks the other way round,
    and one person left a gap."""
    normal = np.random.default_rng(3).multivariate_normal(np.zeros(12), built(*hierarchy()), n)
    codes = np.digitize(normal, [-1.2, -0.4, 0.4, 1.2]) + 1
    codes[:, 3] = 6 - codes[:, 3]
    codes[0, 5] = 0
    return codes


def test_a_total_of_parts_is_judged_from_complete_answers_turned_one_way():
    codes = answers()
    complete = codes[1:].astype(float)
    complete[:, 3] = 6 - complete[:, 3]
    expected = general_factor(np.corrcoef(complete, rowvar=False), 4).hierarchical
    assert over_facets(codes, total_of(4)) == pytest.approx(expected)
    assert expected == pytest.approx(0.75, abs=0.06)


def test_nothing_is_told_of_a_scale_that_has_no_parts_to_stand_for():
    codes = answers(200)
    assert np.isnan([over_facets(codes, total_of(parts)) for parts in (0, 2)]).all()
    assert np.isnan(over_facets(codes[:, :5], total_of(3, items=5)))
    for made_alike in (np.full(200, 3), codes[:, 1]):
        alike = codes.copy()
        alike[:, 0] = made_alike
        assert np.isnan(over_facets(alike[1:], total_of(4)))
    assert np.isnan(over_facets(codes[:12], total_of(4)))
