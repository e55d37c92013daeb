"""Who stands alone: beside pandas' group sizes; and coarser columns that leave hardly anybody in a small group."""

from __future__ import annotations

from itertools import combinations, product
from time import process_time

import numpy as np
import pandas as pd
import pytest

from analytics.wave import Tree, Unit
from data import uniqueness
from data.hierarchies import levels

STEPS = ["under 1 year", "1-2 years", "3-5 years", "6-10 years", "over 10 years"]


def company(people=5000, seed=1):
    rng = np.random.default_rng(seed)
    return {
        "Team": rng.integers(1, 101, people),
        "Age": rng.integers(1, 45, people),
        "Tenure": rng.integers(1, 6, people),
        "Grade": rng.integers(1, 7, people),
        "Site": rng.integers(1, 7, people),
        "Gender": rng.choice([1, 2, 3], people, p=[0.5, 0.48, 0.02]),
    }


LABELS = {
    "Age": [str(age) for age in range(20, 64)],
    "Tenure": STEPS,
    "Grade": [f"G{n}" for n in range(1, 7)],
    "Site": ["Pune", "Delhi", "Goa", "Chennai", "Kochi", "Agra"],
    "Gender": ["Woman", "Man", "Other gender"],
}


def by_pandas(columns, names):
    sizes = pd.DataFrame(columns).groupby(list(names))[names[0]].transform("size")
    return int((sizes == 1).sum()), int((sizes < 5).sum())


def test_every_combination_is_counted_as_pandas_counts_it():
    columns = company(800)
    found = {one.columns: (one.alone, one.small) for one in uniqueness.combinations(columns)}
    for size in (1, 2, 3):
        for names in combinations(columns, size):
            assert found.get(names, (0, 0)) == by_pandas(columns, names)


def test_the_combinations_that_single_out_come_first():
    found = uniqueness.combinations(company())
    assert [one.alone for one in found] == sorted((one.alone for one in found), reverse=True)
    said = uniqueness.first_to_single_out(found)
    assert [len(one.columns) for one in said] == [3, 2]
    assert all(one.alone == max(o.alone for o in found if len(o.columns) == len(one.columns)) for one in said)
    assert said[1].columns == ("Team", "Age")


def test_numbers_count_as_others_know_them():
    codes = uniqueness.of_numbers(np.array([34.2, 34.9, np.nan, -1.0, 35.0]))
    assert codes.tolist() == [2, 2, 0, 1, 3]
    assert uniqueness.of_numbers(np.array([])).tolist() == []


def test_nobody_alone_is_said_by_nothing():
    columns = {"Site": np.repeat([1, 2], 50), "Gender": np.tile([1, 2], 50)}
    assert uniqueness.combinations(columns) == ()
    assert uniqueness.exposed(columns) == 0
    assert uniqueness.exposed({}) == 0


def test_5000_rows_and_41_combinations_take_less_than_a_second():
    columns = company()
    began = process_time()
    uniqueness.combinations(columns)
    assert process_time() - began < 1


def test_two_ways_leave_at_most_two_in_a_hundred_in_small_groups():
    columns = company()
    where = columns.pop("Team") % 10
    began = process_time()
    ways = uniqueness.coarsenings(columns, LABELS, where)
    assert process_time() - began < 5
    assert len(ways) == 2
    assert ways[0].loss <= ways[1].loss
    for way in ways:
        changed = {"where": where} | columns
        for name, level in way.changes:
            changed[name] = level.of_code[columns[name]]
        assert uniqueness.exposed(changed) == way.left <= 0.02 * 5000


def test_the_second_way_is_not_the_first_and_more():
    columns = company()
    where = columns.pop("Team") % 10
    first, second = uniqueness.coarsenings(columns, LABELS, where)
    one, other = (dict(way.changes) for way in (first, second))
    assert not all(name in other and other[name].loss >= level.loss for name, level in one.items())


def test_the_first_way_loses_least_of_all():
    rng = np.random.default_rng(4)
    columns = {"Age": rng.integers(1, 31, 400), "Site": rng.integers(1, 4, 400)}
    labels = {"Age": [str(age) for age in range(20, 50)], "Site": ["A", "B", "C"]}
    where = np.zeros(400, np.int64)
    (first, *_) = uniqueness.coarsenings(columns, labels, where)
    steps = [levels(labels[name], np.bincount(columns[name])) for name in columns]
    good = [
        sum(level.loss for level in chosen)
        for chosen in product(*steps)
        if uniqueness.exposed({n: lv.of_code[columns[n]] for n, lv in zip(columns, chosen, strict=True)}) <= 8
    ]
    assert first.loss == pytest.approx(min(good))


def test_nothing_is_proposed_where_nobody_is_in_a_small_group():
    columns = {"Site": np.repeat([1, 2], 50)}
    assert uniqueness.coarsenings(columns, {"Site": ["A", "B"]}, np.zeros(100, np.int64)) == ()
    assert uniqueness.coarsenings({}, {}, np.zeros(100, np.int64)) == ()


def test_many_columns_still_end():
    rng = np.random.default_rng(2)
    columns = {f"C{n}": rng.integers(1, 30, 3000) for n in range(20)}
    labels = {name: [f"x{n} y" for n in range(29)] for name in columns}
    began = process_time()
    (way, *_) = uniqueness.coarsenings(columns, labels, np.zeros(3000, np.int64))
    assert way.left <= 60
    assert process_time() - began < 20


def test_attributes_are_judged_where_they_may_be_shown():
    tree = Tree((Unit("Whole", -1), Unit("North", 0), Unit("South", 0), Unit("A", 1), Unit("B", 1), Unit("C", 2)))
    unit = np.repeat([3, 4, 5, 0], [60, 30, 20, 40])
    # A is large; B is not, and North has nobody else; C goes to the whole as well.
    assert uniqueness.large_places(tree, unit).tolist() == [3] * 60 + [0] * 90


@pytest.mark.parametrize(
    ("labels", "words"),
    [
        (LABELS["Age"], ["", "in bands of 5", "in bands of 10", "in 3 bands", "left out"]),
        (STEPS, ["", "in 3 groups of neighbours", "left out"]),
        (LABELS["Site"], ["", "left out"]),
    ],
)
def test_numbers_become_bands_steps_are_joined_and_the_last_step_is_none(labels, words):
    people = np.array([0, *(50 for _ in labels)])
    assert [level.words for level in levels(labels, people)] == words


def test_bands_and_neighbours_have_plain_names():
    ages = levels(LABELS["Age"], np.array([0, *([50] * 44)]))
    assert ages[2].merges["34"] == "30-39"
    assert sorted(set(ages[3].merges.values()))[0].startswith("20-")
    tenure = levels(STEPS, np.array([0, *([50] * 5)]))[1].merges
    assert tenure["under 1 year"] == "under 1 year + 1-2 years"
    assert tenure["3-5 years"] == "3-10 years"


def test_rare_groups_become_other_and_a_large_one_does_not():
    sites = levels(["Pune", "Goa", "Agra", "Delhi"], np.array([0, 200, 4, 6, 180]))
    assert sites[1].merges == {"Goa": "Other", "Agra": "Other"}
    assert len(levels(["Woman", "Man", "Other gender"], np.array([0, 50, 48, 2]))) == 2


@pytest.mark.parametrize("labels", [LABELS["Age"], STEPS, ["a", "b", "c", "d"], ["x"], ["1", "2", "3"]])
def test_every_step_is_coarser_than_the_one_before_and_keeps_no_answer_apart(labels):
    rng = np.random.default_rng(0)
    people = np.array([7, *rng.integers(1, 40, len(labels))])
    found = levels(labels, people)
    assert [level.loss for level in found] == sorted(level.loss for level in found)
    assert all(level.of_code[0] == 0 for level in found)
    assert found[-1].is_dropped
    assert (found[-1].of_code == 0).all()
