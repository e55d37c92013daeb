"""Signs beside the two-group test: the dip, the gap, distance and freer shapes, each against its reference."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from releases import release
from simulated import EVK, survey
from sklearn.mixture import GaussianMixture
from small_waves import reference, reference_table
from test_anchored import SIZES, two_profiles
from test_groups import a_survey

from analytics import chart, finding, item_profiles, manifest, score, segment
from analytics.beside import ashman, beside, gap_clusters, preferred
from analytics.dip import dip, dip_p
from analytics.manifest import groups as told_of
from analytics.profiles import fit, memberships, oriented
from analytics.protect import model

FILES = Path(__file__).parents[1] / "data_files"
STEPS = np.array([6.25, 12.5, 12.5])


def table(name):
    if name == "iris":
        return reference_table("iris.csv").iloc[:, :4].to_numpy(float)
    return pd.read_csv(FILES / "faithful.csv").to_numpy(float)


def standard(x):
    return (x - x.mean(axis=0)) / x.std(axis=0, ddof=1)


@pytest.mark.parametrize("name", ["dip_hand", "dip_hand2", "dip_statfaculty"])
def test_dips_of_the_reference(name):
    entry = reference()["mixtures"]["values"][name]
    assert dip(np.array(entry["x"])) == pytest.approx(entry["D"], abs=1e-6)


@pytest.mark.parametrize("at", [0, 1], ids=["eruptions", "waiting"])
def test_dip_and_distance_of_faithful(at):
    x, entry = table("faithful")[:, at], reference()["mixtures"]["values"]["faithful_1d"][at]
    assert dip(x) == pytest.approx(entry["dip"]["D"], abs=1e-6)
    two = GaussianMixture(2, reg_covar=1e-9, tol=1e-10, max_iter=5000, random_state=0).fit(x[:, None])
    assert ashman(two.means_[:, 0], two.covariances_[:, 0, 0]) == pytest.approx(entry["ashman_D_from_V2"], abs=0.01)


def test_how_often_one_flat_peak_dips_as_much():
    entry = reference()["mixtures"]["values"]["dip_statfaculty"]
    assert dip_p(np.array(entry["x"]), draws=399) == pytest.approx(entry["p"], abs=0.04)
    rng = np.random.default_rng(0)
    assert dip_p(rng.normal(size=2000)) > 0.2
    assert dip_p(np.r_[rng.normal(size=1000), rng.normal(5, 1, 1000)]) == pytest.approx(0.01)


@pytest.mark.parametrize("name", ["faithful", "iris"])
def test_clusters_by_the_gap_are_those_of_the_reference(name):
    expected = reference()["kmeans_gap_stability"]["values"][name]["gap_khat"]["Tibs2001"]
    assert gap_clusters(standard(table(name)), references=60, seed=1) == expected


def test_freer_shapes_prefer_what_mclust_prefers():
    bic = reference()["mixtures"]["values"]["faithful"]["bic"]
    wanted = {name: 1 + int(np.argmax([bic[name][f"G{k}"] for k in (1, 2, 3)])) for name in ("VVI", "EEE", "VVV")}
    assert preferred(standard(table("faithful"))) == wanted


def signs_of(kind, delta=0.0):
    x = survey(kind, 600, EVK, 3, delta=delta).scores() * 100
    index = x.mean(axis=1)
    two = oriented(x, fit(x, 2, starts=5, index=index), index)
    return x, index, memberships(x, two.profiles)


def test_two_groups_and_a_continuum_show_different_signs():
    apart, one = (beside(*signs_of(*asked), STEPS) for asked in (("classes", 14.0), ("continuum",)))
    assert apart.dip_p < 0.05 <= one.dip_p and apart.dip > one.dip
    assert apart.ashman > one.ashman > 2  # profiles cut from a continuum lie apart, too
    assert one.shapes["VVV"] == 1 and apart.clusters == 2


def test_order_of_people_changes_no_sign():
    x, index, chances = signs_of("continuum")
    order = np.random.default_rng(1).permutation(len(x))
    one, two = beside(x, index, chances, STEPS), beside(x[order], index[order], chances[order], STEPS)
    assert (one.clusters, one.shapes) == (two.clusters, two.shapes)
    assert (one.dip, one.dip_p, one.ashman) == pytest.approx((two.dip, two.dip_p, two.ashman), abs=1e-8)
    assert beside(x[:40], index[:40], chances[:40], STEPS) is None


def test_answers_of_each_profile_by_hand():
    codes = np.array([[1, 5], [5, 0], [3, 1]], np.int8)
    chances = np.array([[1.0, 0], [0.5, 0.5], [np.nan, np.nan]])
    means = item_profiles.item_means(codes, np.array([5, 5]), chances)
    np.testing.assert_allclose(means, [[100 * 0.5 / 1.5, 100], [100, np.nan]])


def test_every_question_is_told_for_both_profiles_as_it_was_worded():
    wave = a_survey("classes", 400, 1, delta=7)
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    found = two_profiles(scores[list(boundary.parts)].to_numpy(), boundary)
    cells = {cell["part"]: cell["value"] for cell in item_profiles.cells(found, wave, SIZES)}
    assert len(cells) == 2 * 8 and all(value == round(value) for value in cells.values())
    assert cells["balance|EVK.PREF1"] > 50 > cells["integration|EVK.PREF1"]
    assert cells["balance|EVK.PREF3"] < 50 < cells["integration|EVK.PREF3"]  # mixing suits me
    assert told_of(found)["named"] == "The profiles are named by their mean Boundary Index."


def test_signs_are_said_and_never_decide():
    signs = {"dip": 0.021, "dip_p": 0.4, "ashman": 2.6, "clusters": 1, "shapes": {"VVI": 2, "EEE": 1, "VVV": 1}}
    said = finding.signs(release([], groups={"tested": True, "named": "Named.", "beside": signs}))
    assert said[0] == "Named." and "0.02 (p = 0.40): one peak is enough" in said[1]
    assert "2.6" in said[2] and "one cluster" in said[3] and "one profile with any shape (VVV)" in said[4]
    assert finding.signs(release([])) == ()
    apart = {**signs, "dip_p": 0.01, "ashman": None}
    assert "more than one peak" in finding.signs(release([], groups={"beside": apart}))[0]


def test_profiles_are_drawn_question_by_question_after_each_scale():
    wave = a_survey("classes", 400, 1, delta=7)
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    found = two_profiles(scores[list(boundary.parts)].to_numpy(), boundary)
    cells = [*model.profiles(found, SIZES), *item_profiles.cells(found, wave, SIZES)]
    told = {"tested": True, "verdict": "two groups", "sentence": "The data support two groups."}
    made = chart.profiles(release(cells, scales=manifest.scale_entries(wave, {}, SIZES), groups=told))
    assert made.title == "Two groups, question by question"
    assert [row.label.startswith("“") for row in made.rows] == [
        False,
        *[True] * 4,
        False,
        True,
        True,
        False,
        True,
        True,
    ]
    assert made.numbers.iloc[-1, 0] == "Share of people" and len(made.numbers) == len(made.rows) + 1
    only = chart.profiles(release(cells, groups={**told, "verdict": "continuum"}))
    assert "not two groups" in only.title
