"""The response surface from moments, against R, and what keeps it from being shown."""

import numpy as np
import pytest
from small_waves import reference, reference_table

from analytics.fit import discrepancy, figures, surface, surface_moments, total

ROOM = 100 / 6  # one point of a 1-7 answer on 0-100


def demo():
    table = reference_table("fit_demo.csv")
    return [table[name].to_numpy(float) for name in ("pref", "supply", "exhaustion")]


def people(seed=1, n=600, misfit=0.012, units=3, shift=0.0):
    """Preference, supply (0-100), a strain that grows with the squared gap, and each person's unit."""
    rng = np.random.default_rng(seed)
    p, s = np.clip(rng.normal([[50 + shift], [50 - shift]], 20, (2, n)), 0, 100)
    z = np.clip(35 + misfit * (p - s) ** 2 + rng.normal(0, 15, n), 0, 100)
    return p, s, z, rng.integers(0, units, n)


def whole(p, s, z, unit, **more):
    moments = surface_moments(p, s, z, unit, int(unit.max()) + 1, **more)
    return total(moments, range(len(moments.under)))


def test_coefficients_errors_and_tests_are_those_of_r():
    p, s, z = demo()
    expected = reference()["response_surface"]["values"]
    found = surface(whole(p, s, z, np.arange(len(p)) % 4, centre=4.0))
    assert found.b == pytest.approx(list(expected["b"].values()), abs=1e-5)
    assert found.se_b == pytest.approx(list(expected["se"].values()), abs=1e-5)
    assert found.a == pytest.approx([one["est"] for one in expected["a"].values()], abs=1e-5)
    assert found.se_a == pytest.approx([one["se"] for one in expected["a"].values()], abs=1e-5)
    assert found.r2 == pytest.approx(expected["R2"], abs=1e-5)
    assert found.f == pytest.approx(expected["F_quadratic_vs_linear"]["F"], abs=1e-5)
    assert found.p == pytest.approx(expected["F_quadratic_vs_linear"]["p"], abs=1e-5)


def test_stationary_point_and_axes_follow_from_the_coefficients():
    p, s, z = demo()
    expected = reference()["response_surface"]["values"]
    _, b1, b2, b3, b4, b5 = surface(whole(p, s, z, np.zeros(len(p), int), centre=4.0)).b
    x0, y0 = np.linalg.solve([[2 * b3, b4], [b4, 2 * b5]], [-b1, -b2])
    assert (x0, y0) == pytest.approx(list(expected["stationary"].values()), abs=1e-4)
    root = np.sqrt((b3 - b5) ** 2 + b4**2)
    for sign, at in ((1, "1"), (-1, "2")):
        slope = (b5 - b3 + sign * root) / b4
        axis = (y0 - slope * x0, slope)
        assert axis == pytest.approx([expected["principal_axes"][f"p{at}{n}"] for n in (0, 1)], abs=1e-4)


def test_who_fits_is_counted_as_in_the_reference():
    p, s, _ = demo()
    expected = reference()["response_surface"]["values"]["discrepancy_counts"]
    counts = np.bincount(discrepancy(p, s), minlength=4)
    told = [expected["supply_exceeds"], expected["in_agreement"], expected["pref_exceeds"]]
    assert counts.tolist() == [0, *told]


def test_on_0_to_100_the_slopes_are_those_of_the_raw_scale_in_other_units():
    p, s, z = demo()
    raw = surface(whole(p, s, z, np.zeros(len(p), int), centre=4.0))
    rescaled = surface(whole((p - 1) * ROOM, (s - 1) * ROOM, z, np.zeros(len(p), int)))
    assert rescaled.a[[0, 2]] * ROOM == pytest.approx(raw.a[[0, 2]])
    assert rescaled.a[[1, 3, 4]] * ROOM**2 == pytest.approx(raw.a[[1, 3, 4]])
    assert rescaled.r2 == pytest.approx(raw.r2)


def test_units_add_up_to_the_fit_of_all_rows():
    p, s, z, unit = people()
    apart = surface(whole(p, s, z, unit))
    together = surface(whole(p, s, z, np.zeros(len(p), int)))
    assert apart.b == pytest.approx(together.b) and apart.n == together.n == 600


def test_missing_answers_take_a_person_out_once():
    p, s, z, unit = people()
    p[:5], s[3:8], z[7:9] = np.nan, np.nan, np.nan
    assert surface(whole(p, s, z, unit)).n == 600 - 9
    assert (discrepancy(p, s)[:8] == 0).all()


def test_a_surface_is_shown_when_misfit_matters_both_ways_in_enough_people():
    found = surface(whole(*people()))
    assert found.verdict == "surface"
    assert found.a[3] > 0 and found.a[3] / found.se_a[3] > 2
    assert min(found.share_under, found.share_over) >= 0.10


def test_each_pre_check_keeps_the_surface_back():
    assert surface(whole(*people(n=199))).verdict == "few people"
    assert surface(whole(*people(misfit=0.0))).verdict == "no curvature"
    p, s, z, unit = people()
    mostly_short = np.clip(np.where(np.arange(600) < 30, p + 60, p - np.abs(s - 50) / 3), 0, 100)
    assert surface(whole(p, mostly_short, z, unit)).verdict == "one-sided"
    assert surface(whole(p, np.full(600, 50.0), z, unit)).verdict == "no spread"


def test_predictions_stay_where_people_are():
    moments = whole(*people())
    found = surface(moments)
    assert np.isnan(found.predicted[0, 4]) and moments.cells[0, 4] < 25
    assert (np.isnan(found.predicted) == (moments.cells < 25)).all()
    middle = found.predicted[2, 2]
    assert middle == pytest.approx(found.b[0])


def test_the_cells_hold_whole_points_and_two_decimals():
    told = {figure.part: figure for figure in figures(surface(whole(*people())))}
    assert told["verdict"].text == "surface"
    assert told["share_under"].value == round(told["share_under"].value)
    assert {f"a{i}" for i in range(1, 6)} <= set(told) and told["a4"].value > 0
    assert told["at|3|3"].text.isdigit() and "at|1|5" not in told
    assert all(abs(one.value * 100 - round(one.value * 100)) < 1e-9 for part, one in told.items() if part[0] in "ab")


def test_a_surface_that_is_kept_back_gives_no_coefficient():
    told = [figure.part for figure in figures(surface(whole(*people(n=150))))]
    assert told == ["verdict", "share_under", "share_over"]
