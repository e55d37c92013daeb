"""The tree of units: from one column, from paths, from a units file; what is wrong with a units file, in words."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.table import Refused
from data.units import path_sign, place, read_units_file, share_known

PARTS = st.sampled_from(["Sales", "sales", "North", "South", "Ops", "=Ops", "पुणे", "A & B", "", "Team 1", "Team 2"])
PATHS = st.lists(st.lists(PARTS, min_size=1, max_size=4).map(" / ".join), min_size=1, max_size=12, unique=True)


def named(placed):
    """Each unit as its path of names below the whole."""
    units = placed.tree.units
    return [
        "/".join(units[at].name for at in (*reversed(placed.tree.ancestors(place_)), place_)[1:])
        for place_ in range(len(units))
    ]


def listed(text):
    return read_units_file(text.encode())


def test_one_column_makes_children_of_the_whole_sorted_by_name():
    placed = place(["Sales", "Finance", " IT"], [5, 9, 3])
    assert [unit.name for unit in placed.tree.units] == ["Whole organisation", "Finance", "IT", "Sales"]
    assert [unit.parent for unit in placed.tree.units] == [-1, 0, 0, 0]
    assert placed.places.tolist() == [3, 1, 2]


def test_spellings_of_one_name_are_one_unit_under_the_commonest_spelling():
    placed = place(["it", "IT", "IT "], [5, 4, 3])
    assert [unit.name for unit in placed.tree.units] == ["Whole organisation", "IT"]
    assert placed.places.tolist() == [1, 1, 1]


def test_paths_make_a_tree_and_a_short_path_belongs_to_the_unit_itself():
    placed = place(["Ops / Night", "Ops / Day", "Sales / Day", "Ops"], [1, 1, 1, 1], sign=" / ")
    assert named(placed) == ["", "Ops", "Ops/Day", "Ops/Night", "Sales", "Sales/Day"]
    assert placed.places.tolist() == [3, 2, 5, 1]


def test_a_part_that_all_paths_share_is_the_whole():
    placed = place(["Acme > Ops > Day", "Acme > Sales", "Acme"], [1, 1, 1], sign=" > ")
    assert placed.tree.units[0].name == "Acme"
    assert named(placed) == ["", "Ops", "Ops/Day", "Sales"]
    assert placed.places.tolist() == [2, 3, 0]


def test_names_are_cleaned():
    placed = place(['=HYPERLINK("x")', "<b>HR</b>"], [1, 1])
    assert [unit.name for unit in placed.tree.units[1:]] == ["b·HR·/b·", "HYPERLINK(·x·)"]


def test_a_path_sign_is_seen_when_most_names_have_it():
    assert path_sign(["A / B", "A / C", "A"]) == " / "
    assert path_sign(["A > B", "A > C"]) == " > "
    assert path_sign(["Lager / Logistik", "Vertrieb", "Einkauf"]) is None
    assert path_sign([]) is None


def test_a_units_file_makes_the_tree_and_places_names():
    file = listed("unit,parent,invited\nDay,Ops,20\nNight,Ops,\nOps,Acme,3\nSales,Acme,12\nAcme,,1\n")
    placed = place(["Day", "night ", "Acme / Sales", "Moon base"], [1, 1, 1, 1], file=file)
    assert placed.tree.units[0].name == "Acme"
    assert named(placed) == ["", "Ops", "Ops/Day", "Ops/Night", "Sales"]
    assert placed.places.tolist() == [2, 3, 4, 0]
    assert placed.strangers == (3,)
    assert placed.invited == (1, 3, 20, None, 12)


def test_several_units_at_the_top_keep_the_whole_above_them():
    placed = place(["Ops"], [1], file=listed("unit;parent\nOps;\nSales;\n"))
    assert [unit.name for unit in placed.tree.units] == ["Whole organisation", "Ops", "Sales"]


def test_a_merged_unit_is_gone_and_its_people_children_and_invitations_move():
    text = "unit,parent,invited,merged_into\nA,,,\nB,A,5,\nC,A,7,D\nD,A,2,B\nE,C,4,\n"
    placed = place(["A", "B", "C", "D", "E"], [1] * 5, file=listed(text))
    assert named(placed) == ["", "B", "B/E"]
    assert placed.places.tolist() == [0, 1, 1, 1, 2]
    assert placed.invited == (None, 14, 4)


@pytest.mark.parametrize(
    ("text", "rule", "rows", "parts"),
    [
        ("unit,parent\nA,\nB,A\na,B\n", "unit_twice", (2, 4), ("rows 2, 4", "'A'")),
        ("unit,parent\nA,\nB,Z\n", "unknown_parent", (3,), ("row 3", "'Z'", "not listed")),
        ("unit,parent,merged_into\nA,,\nB,A,Y\n", "unknown_unit", (3,), ("merged_into", "'Y'")),
        ("unit,parent\nA,C\nB,A\nC,B\nD,\n", "circle", (2, 3, 4), ("circle", "'A', 'B', 'C'")),
        ("unit,parent\nA,A\n", "circle", (2,), ("circle", "'A'")),
        ("unit,parent,merged_into\nA,,B\nB,,A\n", "circle", (2, 3), ("merge", "circle")),
        ("unit,parent,merged_into\nA,,B\nB,A,\n", "circle", (3,), ("'B'", "circle")),
        ("unit,parent,invited\nA,,many\n", "not_a_number", (2,), ("invited", "row 2")),
        ("unit,parent\n,A\nA,\n", "unit_without_name", (2,), ("empty",)),
        ("unit,parent\nasha@example.com,\n", "identifier", (2,), ("identifier",)),
    ],
)
def test_what_is_wrong_with_a_units_file_is_said_with_its_rows(text, rule, rows, parts):
    problems = [problem for problem in listed(text).problems if problem.rule == rule]
    assert len(problems) == 1
    assert problems[0].blocking
    assert problems[0].rows == rows
    assert all(part in problems[0].sentence for part in parts), problems[0].sentence


def test_all_wrong_units_come_in_one_list():
    found = listed("unit,parent\nA,X\nB,Y\nA,\n").problems
    assert sorted(problem.rule for problem in found) == ["unit_twice", "unknown_parent", "unknown_parent"]


@pytest.mark.parametrize("content", [b"", b"team,above\nA,B\n", b"unit,parent\n", b"\xff\xfe", b"unit\nA\n"])
def test_what_is_no_units_file_is_refused(content):
    with pytest.raises(Refused):
        read_units_file(content)


def test_a_units_file_may_come_from_a_spreadsheet():
    for encoded in ("Unit;Parent\r\nKüche;\r\n".encode("utf-8-sig"), "Unit\tParent\nKüche\t\n".encode("utf-16")):
        assert read_units_file(encoded).rows[0].name == "Küche"


def test_the_share_of_names_that_a_units_file_knows():
    file = listed("unit,parent\nA,\nB,A\n")
    assert share_known(["a", "X / B", "C", "D"], file) == 0.5


@settings(max_examples=150, deadline=None)
@given(PATHS, st.randoms(use_true_random=False))
def test_every_tree_holds_together_whatever_the_paths(paths, random):
    counts = [random.randint(1, 9) for _ in paths]
    placed = place(paths, counts, sign=" / ")
    units = placed.tree.units
    assert units[0].parent == -1
    assert all(0 <= unit.parent < at for at, unit in enumerate(units) if at)
    for at in range(len(units)):
        below = [units[child].name.casefold() for child in placed.tree.children[at]]
        assert below == sorted(below)
        assert len(set(below)) == len(below)
    people = np.bincount(placed.places, weights=counts, minlength=len(units))
    assert placed.tree.roll_up(people)[0] == sum(counts)


@settings(max_examples=60, deadline=None)
@given(PATHS, st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_change_the_tree(paths, random):
    shuffled = random.sample(paths, len(paths))
    one, other = (place(some, [1] * len(some), sign=" / ") for some in (paths, shuffled))
    assert one.tree == other.tree
    assert dict(zip(paths, one.places.tolist(), strict=True)) == dict(zip(shuffled, other.places.tolist(), strict=True))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=80) | st.text(max_size=80).map(lambda rest: f"unit,parent,merged_into\n{rest}".encode()))
def test_whatever_the_bytes_a_units_file_is_read_or_refused(content):
    try:
        file = read_units_file(content)
    except Refused:
        return
    names = [row.name for row in file.rows] or ["A"]
    assert len(place(names, [1] * len(names), file=file).places) == len(names)
