"""ICC, agreement and AD against the multilevel package and a case worked by hand."""

import numpy as np
import pandas as pd
import pingouin
import pytest
from small_waves import reference, reference_table

from analytics.aggregation import (
    agreement,
    agreement_sentence,
    between_sentence,
    between_teams,
    team_size_for,
)
from analytics.shrink import Moments, random_effects

TOY = {"A": [2, 3, 3, 2], "B": [4, 4, 5, 3, 4], "C": [1, 2, 1, 3, 2, 2]}


def by_team(values, team):
    frame = pd.DataFrame({"team": team, "y": np.asarray(values, float)}).dropna()
    held = frame.assign(squares=frame["y"] ** 2).groupby("team")
    sums = held.sum()
    return Moments(held.size().to_numpy(float), sums["y"].to_numpy(), sums["squares"].to_numpy())


def toy():
    team = np.repeat(list(TOY), [len(values) for values in TOY.values()])
    return np.concatenate([np.array(values) for values in TOY.values()]), team


def test_by_hand():
    values, team = toy()
    found = between_teams(by_team(values, team))
    assert (found.n, found.teams) == (15, 3)
    assert (found.msb, found.msw, found.f) == pytest.approx((6.55, 0.486111, 13.474286), abs=1e-5)
    assert (found.p, found.icc1, found.icc2) == pytest.approx((0.000855, 0.713865, 0.925785), abs=1e-6)
    agreed = agreement(values[:, None], team, 5)
    assert agreed.teams.tolist() == ["A", "B", "C"]
    np.testing.assert_allclose(agreed.rwg, [0.833333, 0.75, 0.716667], atol=1e-6)
    np.testing.assert_allclose(agreed.deviation, [0.5, 0.4, np.abs(np.array(TOY["C"]) - 11 / 6).mean()])


@pytest.mark.parametrize("name", ["HRS", "COHES", "LEAD", "WBEING"])
def test_soldiers_in_99_groups(name):
    table, expected = reference_table("bh1996.csv"), reference()["aggregation"]["values"][name]
    figures = by_team(table[name], table["GRP"])
    found = between_teams(figures)
    assert (found.n, found.teams) == (7382, 99)
    assert (found.msb, found.msw, found.f) == pytest.approx([expected[k] for k in ("MSB", "MSW", "F")], abs=1e-5)
    assert found.icc1 == pytest.approx(expected["ICC1_multilevel_pkg"], abs=1e-5)
    assert found.icc2 == pytest.approx(expected["ICC2_multilevel_pkg"], abs=1e-5)
    assert found.p == pytest.approx(float(expected["p"]), rel=1e-3)
    effects = random_effects(figures)
    assert effects.tau2 / (effects.tau2 + effects.sigma2) == pytest.approx(expected["REML_ICC1"], abs=1e-3)


@pytest.mark.parametrize("name", ["COHES", "LEAD"])
def test_agreement_of_soldiers_on_one_score(name):
    table, expected = reference_table("bh1996.csv"), reference()["aggregation"]["values"][name]["rwg_uniform5"]
    found = agreement(table[[name]].to_numpy(float), table["GRP"].to_numpy(), 5)
    assert (found.rwg.mean(), np.median(found.rwg)) == pytest.approx((expected["mean"], expected["median"]), abs=1e-5)
    assert int((found.rwg < 0.7).sum()) == expected["n_below_.70"]
    for entry in expected["first5"]:
        at = found.teams.tolist().index(int(entry["grp"]))
        assert (found.rwg[at], found.size[at]) == pytest.approx((entry["rwg"], entry["size"]), abs=1e-5)


def test_soldiers_on_leadership_item_by_item():
    table, expected = reference_table("lq2002_lead.csv"), reference()["aggregation"]["values"]["lq2002_lead"]
    codes = table.iloc[:, 1:].to_numpy(np.int8)
    found = agreement(codes, table["COMPID"].to_numpy(), 5)
    assert len(found.teams) == expected["groups"] and found.size.sum() == expected["n"]
    rwg = found.rwg
    assert (rwg.mean(), np.median(rwg), rwg.std(ddof=1)) == pytest.approx(
        (expected["rwgj_mean"], expected["rwgj_median"], expected["rwgj_sd"]), abs=1e-5
    )
    assert found.lindell.mean() == pytest.approx(expected["rwgj_lindell_mean"], abs=1e-5)
    assert found.deviation.mean() == pytest.approx(expected["AD_mean"], abs=1e-5)
    places = {str(team): at for at, team in enumerate(found.teams)}
    for entry in expected["first5"]:
        at = places[entry["grp"]]
        got = (rwg[at], found.lindell[at], found.deviation[at], found.size[at])
        assert got == pytest.approx((entry["rwgj"], entry["rstar"], entry["AD"], entry["size"]), abs=1e-5)
    whole = between_teams(by_team(codes.mean(axis=1), table["COMPID"]))
    assert (whole.icc1, whole.icc2) == pytest.approx((expected["scale_ICC1"], expected["scale_ICC2"]), abs=1e-5)


def test_balanced_teams_have_the_icc_of_pingouin():
    rng = np.random.default_rng(3)
    team = np.repeat(np.arange(30), 6)
    values = rng.normal(size=30)[team] * 0.6 + rng.normal(size=180)
    frame = pd.DataFrame({"team": team, "seat": np.tile(np.arange(6), 30), "y": values})
    peer = pingouin.intraclass_corr(frame, targets="team", raters="seat", ratings="y").set_index("Type")["ICC"]
    found = between_teams(by_team(values, team))
    singles = [name for name in peer.index if name in ("ICC1", "ICC(1,1)")]
    means = [name for name in peer.index if name in ("ICC1k", "ICC(1,k)")]
    assert (found.icc1, found.icc2) == pytest.approx((peer[singles[0]], peer[means[0]]), abs=1e-6)


def test_more_disagreement_than_chance_counts_as_none():
    codes = np.array([[1, 5], [5, 1], [1, 5], [5, 1]], np.int8)
    found = agreement(codes, np.array(["A"] * 4), 5)
    assert found.rwg[0] == 0 and found.lindell[0] < 0


def test_what_cannot_be_said_is_not_a_number():
    assert np.isnan(between_teams(Moments(np.array([5.0]), np.array([9.0]), np.array([20.0]))).icc1)
    ones = Moments(np.ones(3), np.array([1.0, 2, 3]), np.array([1.0, 4, 9]))
    assert np.isnan(between_teams(ones).icc2)
    alone = agreement(np.array([[3], [4]], np.int8), np.array(["A", "B"]), 5)
    assert np.isnan(alone.rwg).all()
    assert "No team" in agreement_sentence(alone, 5) and "too few teams" in between_sentence(between_teams(ones))


def test_sentences_follow_the_figures():
    values, team = toy()
    assert "a large part" in between_sentence(between_teams(by_team(values, team)))
    assert "share one view" in agreement_sentence(agreement(values[:, None], team, 5), 5)
    apart = agreement(np.array([[1], [5], [1], [5]], np.int8), np.array(["A", "A", "B", "B"]), 5)
    assert "do not share" in agreement_sentence(apart, 5)


@pytest.mark.parametrize(("icc1", "wanted", "n"), [(0.05, 0.7, 45), (0.10, 0.5, 9), (0.25, 0.8, 12), (0.02, 0.8, 196)])
def test_answers_needed_for_a_reliable_team_mean(icc1, wanted, n):
    assert team_size_for(icc1, wanted) == n


def test_no_team_size_makes_up_for_no_difference():
    with pytest.raises(ValueError, match="between 0 and 1"):
        team_size_for(0.0)
