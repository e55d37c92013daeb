"""Drivers from team moments: what goes first, what is noise, and how sure it is."""

import numpy as np
import pytest
from small_waves import CBI_PERSONAL, CBI_WORK, CONTROL, PREFERENCE, a_scale, reference, reference_table

from analytics.drivers import NOISE, TeamMoments, candidates, drivers, figures, team_moments
from analytics.importance import lmg

TEAMS = 40
BETA = (0.8, -0.5, 0.3, 0.0, 0.0)
NAMES = (*"abcde", "outcome")


def company(seed=0, n=1200, teams=TEAMS, beta=BETA, noise=1.5, between=0.0):
    """Scores of people in teams: five predictors, an outcome made of some of them, and team effects."""
    rng = np.random.default_rng(seed)
    team = np.sort(rng.integers(0, teams, n))
    x = rng.normal(size=(n, len(beta))) + 0.5 * rng.normal(size=(n, 1))
    y = x @ np.array(beta) + noise * rng.normal(size=n) + between * rng.normal(size=teams)[team]
    return np.column_stack((50 + 10 * x, 50 + 10 * y)), team


def found(seed=0, level="within", draws=300, **more):
    values, team = company(seed, **more)
    return drivers(team_moments(values, NAMES, team, int(team.max()) + 1), level, draws)


def by_name(result):
    return {one.name: one for one in result.drivers}


def test_without_teams_the_shares_are_those_of_relaimpo():
    expected = reference()["drivers"]["attitude"]
    table = reference_table("attitude.csv")[[*expected["predictors"], expected["outcome"]]].to_numpy(float)
    moments = team_moments(table, [*expected["predictors"], expected["outcome"]], np.zeros(30, int), 1)
    about = moments.gram[0] - np.outer(moments.gram[0, 0], moments.gram[0, 0]) / 30
    size = np.sqrt(np.diag(about)[1:])
    assert lmg(about[1:, 1:] / np.outer(size, size)) == pytest.approx(list(expected["lmg"].values()), abs=1e-6)


def test_within_teams_the_fit_is_that_of_scores_about_their_team_mean():
    values, team = company(between=3.0)
    result = drivers(team_moments(values, NAMES, team, TEAMS), draws=10)
    means = np.array([values[team == t].mean(axis=0) for t in range(TEAMS)])
    direct = np.corrcoef(values - means[team], rowvar=False)
    inverse = np.linalg.inv(direct[:-1, :-1])
    r2 = direct[-1, :-1] @ inverse @ direct[:-1, -1]
    assert result.r2 == pytest.approx(r2, abs=0.01)  # the noise predictor adds its own part of about 1 / n
    assert by_name(result)["a"].coefficient == pytest.approx((inverse @ direct[:-1, -1])[0], abs=0.02)


def test_a_draw_is_the_fit_of_the_rows_of_the_drawn_teams():
    values, team = company(n=400, teams=10)
    moments = team_moments(values, NAMES, team, 10)
    drawn = np.random.default_rng(5).integers(0, 10, 10)
    rows = np.concatenate([values[team == t] for t in drawn])
    summed = moments.gram[drawn].sum(axis=0)
    about = (summed - np.outer(summed[0], summed[0]) / summed[0, 0])[1:, 1:]
    assert about / (len(rows) - 1) == pytest.approx(np.cov(rows, rowvar=False))


def test_the_largest_comes_first_with_its_direction_and_beyond_noise():
    result = found()
    first, second = result.drivers[:2]
    assert (first.name, second.name) == ("a", "c") or (first.name, second.name) == ("a", "b")
    told = by_name(result)
    assert told["a"].sign == 1 and told["b"].sign == -1
    assert told["a"].clear and told["a"].place == 1 and all(one.place > 1 for one in result.drivers[1:])
    assert first.low < first.share < first.high


def test_a_predictor_without_effect_is_rarely_clear():
    independent = [found(seed, n=600, draws=200) for seed in range(20)]
    false = sum(by_name(result)[name].sign != 0 for result in independent for name in "de")
    assert false <= 6  # 5 % of 40, with room for chance
    alone = [found(seed, n=600, beta=(0.0,) * 5, draws=200) for seed in range(10)]
    assert sum(one.clear for result in alone for one in result.drivers) <= 2


def test_true_shares_five_points_apart_come_out_in_order():
    beta = np.sqrt([0.15, 0.10, 0.05, 0.0, 0.0])
    right = 0
    for seed in range(60):
        rng = np.random.default_rng(seed)
        x = rng.normal(size=(2000, 5))
        y = x @ beta + np.sqrt(0.7) * rng.normal(size=2000)
        moments = team_moments(np.column_stack((x, y)) * 15 + 50, NAMES, np.arange(2000) % 50, 50)
        right += [one.name for one in drivers(moments, draws=2).drivers[:3]] == ["a", "b", "c"]
    assert right >= 57


def test_between_teams_only_team_averages_count():
    rng = np.random.default_rng(1)
    team = np.repeat(np.arange(90), 8)
    lift = rng.normal(size=90)[team]
    x, y = rng.normal(size=720), rng.normal(size=720)
    values = np.column_stack((50 + 10 * (x + lift), 50 + 10 * (y - x + 2 * lift)))
    moments = team_moments(values, ("a", "outcome"), team, 90)
    assert drivers(moments, "within", 200).drivers[0].sign == -1
    between = drivers(moments, "between", 200)
    assert between.drivers[0].sign == 1 and between.teams == 90


def test_too_few_people_or_teams_are_said_and_not_worked_out():
    small = found(n=110, teams=12)
    assert small.drivers == () and "100 people beyond one per team and 8 teams" in small.lacking
    assert "8 teams" in found(n=600, teams=7).lacking
    assert "75 teams" in found(level="between").lacking
    with pytest.raises(ValueError, match="within, between, but got 'all'"):
        found(level="all")


def test_fifteen_people_are_needed_for_each_predictor():
    rng = np.random.default_rng(0)
    values, team = rng.normal(size=(160, 11)) * 10 + 50, np.arange(160) % 10
    assert "150 people" not in drivers(team_moments(values, list("abcdefghijk"), team, 10), draws=5).lacking
    assert "150 people" in drivers(team_moments(values[:155], list("abcdefghijk"), team[:155], 10), draws=5).lacking


def test_twelve_predictors_beside_noise_are_still_exact(monkeypatch):
    def refused(correlation):
        raise AssertionError("relative weights were used")

    monkeypatch.setattr("analytics.drivers.relative_weights", refused)
    values = np.random.default_rng(0).normal(size=(900, 13)) * 10 + 50
    names = [f"x{i}" for i in range(12)]
    assert len(drivers(team_moments(values, [*names, "y"], np.arange(900) % 30, 30), draws=10).drivers) == 12


def test_above_twelve_predictors_relative_weights_take_over():
    rng = np.random.default_rng(0)
    x = rng.normal(size=(900, 14))
    values = np.column_stack((x, x[:, 0] + rng.normal(size=900))) * 10 + 50
    names = [f"x{i}" for i in range(14)]
    result = drivers(team_moments(values, [*names, "y"], np.arange(900) % 30, 30), draws=100)
    assert result.drivers[0].name == "x0" and result.drivers[0].clear and not result.drivers[5].clear


def test_the_same_moments_give_the_same_figures_and_the_order_of_people_does_not_matter():
    values, team = company()
    again = np.random.default_rng(9).permutation(len(team))
    one, two = (
        drivers(team_moments(v, NAMES, t, TEAMS), draws=50) for v, t in ((values, team), (values[again], team[again]))
    )
    assert figures(one) == figures(two)


def test_missing_answers_take_a_person_out():
    values, team = company()
    values[:100, 2] = np.nan
    assert team_moments(values, NAMES, team, TEAMS).gram[:, 0, 0].sum() == 1100
    with pytest.raises(ValueError, match="each of 2 names"):
        team_moments(values, ("a", "b"), team, TEAMS)


def test_a_predictor_that_does_not_vary_goes_with_nothing():
    values, team = company()
    values[:, 1] = 60.0
    told = by_name(drivers(team_moments(values, NAMES, team, TEAMS), draws=100))
    assert told["b"].share == pytest.approx(0) and not told["b"].clear and told["b"].sign == 0


def test_no_burnout_scale_and_nothing_that_shares_a_question_stands_beside_the_outcome():
    same = a_scale("CBI.tired", "demand", ["WB1", "X1"])
    unknown, well = a_scale("custom.u", "other", ["U1"]), a_scale("WHO5.wellbeing", "wellbeing", ["W1"])
    demand = a_scale("COPSOQ.quantitative_demands", "demand", ["QD1"])
    chosen = candidates((CBI_PERSONAL, CBI_WORK, same, unknown, well, demand, CONTROL, PREFERENCE), CBI_WORK)
    assert [scale.id for scale in chosen] == ["COPSOQ.quantitative_demands", "EVK.control", "EVK.preference"]


def test_the_cells_name_level_predictor_and_what_is_sure():
    told = {figure.part: figure for figure in figures(found())}
    assert told["within|a|sign"].text == "more" and told["within|b|sign"].text == "less"
    assert told["within|a|clear"].text == "yes" and told["within|a|place"].text == "1"
    assert told["within|a|share"].low <= told["within|a|share"].value <= told["within|a|share"].high
    shares = [told[f"within|{name}|share"].value for name in ("a", "b", "c", "d", "e", NOISE)]
    assert sum(shares) == pytest.approx(100, abs=3) and all(share == round(share) for share in shares)
    assert [figure.part for figure in figures(found(n=50))] == ["within|lacking"]


def test_noise_without_rows_has_the_moments_of_noise_with_rows():
    values, team = company(n=4000, teams=10)
    result = drivers(team_moments(values, NAMES, team, 10), draws=20)
    assert result.noise is not None and result.noise.name == NOISE
    assert 0 <= result.noise.share < 0.01


def test_moments_of_teams_add_up_to_those_of_a_division():
    values, team = company()
    moments = team_moments(values, NAMES, team, TEAMS)
    half = TeamMoments(NAMES, moments.gram[:20])
    use = team < 20
    direct = team_moments(values[use], NAMES, team[use], 20)
    assert figures(drivers(half, draws=50)) == figures(drivers(direct, draws=50))
