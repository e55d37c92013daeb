"""What a release says about itself: everything the attack and the pages need, and nothing that answers gave away."""

import json
from dataclasses import replace

import numpy as np
import pytest
from company_waves import company_wave, people_of_nodes, protected

from analytics import score, segment
from analytics.anchored import Anchored
from analytics.groups import Groups
from analytics.indicators import measures
from analytics.manifest import manifest, units
from analytics.protect.thresholds import Thresholds, thresholds
from analytics.release import canonical, seal, verify

PARENTS, OWN = [-1, 0, 0, 1, 1, 1, 1, 2, 2, 2], [0, 0, 0, 30, 25, 5, 4, 28, 12, 40]
SIZES = thresholds(8)


def document(wave, sizes=SIZES):
    made = protected(wave, sizes)
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    absent = measures(wave, scores, boundary)[2]
    groups = Groups("too few", "Too few.", 0)
    said = manifest(
        wave,
        sizes,
        made.family,
        made.systems,
        made.found,
        boundary,
        groups,
        {},
        Anchored(),
        absent,
        created="then",
        code_version="1",
    )
    return made, said


@pytest.fixture(scope="module")
def full():
    return document(company_wave(PARENTS, OWN))


def test_units_are_numbered_in_order_with_residual_groups_last(full):
    made, said = full
    listed = said["units"]
    assert [unit["id"] for unit in listed] == list(range(len(listed)))
    assert [unit["name"] for unit in listed[:10]] == [f"Unit {place}" for place in range(10)]
    assert [unit["parent"] for unit in listed[:10]] == PARENTS
    assert [unit["shown"] for unit in listed[:10]] == made.family.shown.tolist()
    (rest,) = listed[10:]
    assert rest["rest"] and rest["shown"] and rest["parent"] == 1 and rest["name"] == "Other teams in Unit 1"
    assert len(people_of_nodes(made.wave, listed)[10]) == 9


def test_every_cell_is_about_a_unit_and_a_measure_that_the_manifest_lists(full):
    made, said = full
    assert set(made.cells["node"]) == {unit["id"] for unit in said["units"]}
    assert set(made.cells["measure"]) == {measure["id"] for measure in said["measures"]}
    listed = {measure["id"]: measure for measure in said["measures"]}
    for name, part, kind in made.cells[["measure", "part", "kind"]].drop_duplicates().itertuples(index=False):
        assert kind == listed[name]["kind"]
        assert part in (listed[name]["parts"] or [""])


def test_every_measure_names_its_system_and_the_classes_it_counts(full):
    _, said = full
    for measure in said["measures"]:
        classes = said["systems"][measure["system"]]["classes"]
        if measure["kind"] == "mean":
            assert measure["counts"] is None and all(len(one) == 2 for one in classes)
        elif measure["kind"] == "share":
            assert set(measure["counts"]) <= set(range(len(classes)))
        else:
            assert sorted(c for part in measure["counts"].values() for c in part) == list(range(len(classes)))
            assert list(measure["counts"]) == measure["parts"]


def test_a_manifest_is_plain_values_that_read_back_the_same(full):
    made, said = full
    sealed = seal(said, made.cells, {})
    read = json.loads(canonical(sealed))
    assert read == sealed
    verify(read, made.cells, {})


def test_the_values_that_occur_in_the_answers_stay_out(full):
    """Two companies that differ in every answer, not in their lines and units: only judged figures may differ."""
    _, said = full
    _, other = document(company_wave(PARENTS, OWN, seed=2, extreme=0.6))
    judged = {"differ", "pooled_sd", "between"}
    assert {key: value for key, value in said.items() if key not in judged} == {
        key: value for key, value in other.items() if key not in judged
    }
    assert all("weights" not in measure for measure in said["measures"])


def test_thresholds_and_the_band_of_all_answers_are_stated(full):
    _, said = full
    assert said["thresholds"] == {
        "k": 8,
        "k_share": 8,
        "k_demo": 10,
        "n_demo": 50,
        "insiders": 1,
        "model_n": 100,
        "model_class": 25,
    }
    assert said["n"] == {"low": 100, "high": 199}


def test_a_spread_is_told_in_whole_points_and_only_of_fifty_people():
    _, said = document(company_wave(PARENTS, OWN))
    assert set(said["pooled_sd"]) == {m["id"] for m in said["measures"] if m["kind"] == "mean"}
    assert all(spread == round(spread) for spread in said["pooled_sd"].values())
    _, few = document(company_wave([-1, 0, 0], [0, 20, 20]))
    assert few["pooled_sd"] == {}


def test_a_file_without_any_question_that_counts_says_what_it_lacks():
    _, said = document(company_wave([-1, 0], [0, 20], scales=(), hours=False))
    assert said["measures"] == [] and said["systems"] == {} and said["differ"] == {}
    assert said["boundary"]["kind"] == "absent" and not said["groups"]["tested"]
    assert len(said["absent"]) == 14


def test_units_alone_follow_the_tree_rule():
    made = protected(company_wave([-1, 0, 0], [3, 20, 10]))
    assert [unit["shown"] for unit in units(made.family)][:3] == [True, True, False]


@pytest.mark.parametrize("changed", ["name", "survey"])
def test_names_of_the_wave_and_the_survey_are_carried(changed):
    wave = replace(company_wave([-1, 0], [0, 20]), **{changed: "Spring"})
    _, said = document(wave)
    assert said["wave" if changed == "name" else changed] == "Spring"


def test_thresholds_below_the_floors_are_refused_with_both_numbers():
    with pytest.raises(ValueError, match="The minimum group should be 5 or more, but got 4"):
        thresholds(4)
    with pytest.raises(ValueError, match="for shares should be 8 or more, but got 5"):
        Thresholds(k=5, k_share=5)
    with pytest.raises(ValueError, match="for shares should be 12 or more, but got 8"):
        Thresholds(k=12)
    with pytest.raises(ValueError, match="insiders should be 1 or more, but got 0"):
        Thresholds(insiders=0)
    for k in range(5, 31):
        made = thresholds(k)
        assert made.k == k and made.k_share == max(8, k) and made.k_demo >= max(10, k)


def test_numbers_of_the_library_become_plain_ones():
    assert canonical({"a": np.int64(3), "b": np.bool_(True)}) == b'{"a":3,"b":true}'
    with pytest.raises(TypeError, match="plain values, but got ndarray"):
        canonical({"a": np.zeros(2)})
