"""Who may read what: nobody anything, a manager the granted units, an analyst all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.release import VIEWS
from data import access
from data.access import BENCHMARKS, LOCAL_ANALYST, NOBODY, Refusal, Viewer

#  0 whole > 1 Borealis > 3 Quartzite > 5 Night shift; 4 Feldspar; 2 Zephyr > 6 Quartzite
NAMES = ("Whole", "Borealis", "Zephyr", "Quartzite", "Feldspar", "Night shift", "Quartzite")
PARENTS = (-1, 0, 0, 1, 1, 3, 2)
UNITS = [{"id": n, "name": name, "parent": over} for n, (name, over) in enumerate(zip(NAMES, PARENTS, strict=True))]


def manager(*paths: str, survey: str = "s") -> Viewer:
    return Viewer("issuer|m", nodes=frozenset((survey, path) for path in paths))


def readable(viewer, node, view="indicators", survey="s"):
    return access.readable(viewer, survey, UNITS, node, view)


def test_paths_leave_the_whole_out_and_tell_units_of_one_name_apart():
    assert access.paths(UNITS) == (
        "",
        "Borealis",
        "Zephyr",
        "Borealis / Quartzite",
        "Borealis / Feldspar",
        "Borealis / Quartzite / Night shift",
        "Zephyr / Quartzite",
    )


def test_no_name_looks_like_a_path():
    units = [
        *UNITS[:2],
        {"id": 2, "name": "Borealis / Quartzite", "parent": 0},
        {"id": 3, "name": "Quartzite", "parent": 1},
    ]
    assert access.paths(units)[2:] == ("Borealis/Quartzite", "Borealis / Quartzite")
    assert access.granted(manager("Borealis / Quartzite"), "s", access.paths(units)) == {3}


def test_a_path_that_two_units_share_opens_neither():
    twins = [*UNITS, {"id": 7, "name": "Feldspar", "parent": 1}]
    assert access.own(manager("Borealis / Feldspar"), "s", twins) == frozenset()


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("node", range(len(UNITS)))
def test_nobody_reads_nothing(node, view):
    with pytest.raises(Refusal):
        readable(NOBODY, node, view)


@pytest.mark.parametrize("view", VIEWS)
def test_an_analyst_reads_every_unit(view):
    assert readable(LOCAL_ANALYST, 0, view) == frozenset(range(7))
    assert readable(LOCAL_ANALYST, 3, view) == {0, 1, 3, 5}


@pytest.mark.parametrize(
    ("paths", "own"),
    [
        (("",), {0, 1, 2, 3, 4, 5, 6}),
        (("Borealis",), {1, 3, 4, 5}),
        (("Borealis / Quartzite",), {3, 5}),
        (("Borealis / Quartzite / Night shift", "Zephyr"), {2, 5, 6}),
        (("Quartzite",), set()),
        (("Nowhere",), set()),
        ((), set()),
    ],
)
def test_a_manager_has_the_granted_units_and_those_below(paths, own):
    assert access.own(manager(*paths), "s", UNITS) == own
    for node in range(7):
        if node in own:
            assert node in readable(manager(*paths), node)
        else:
            with pytest.raises(Refusal):
                readable(manager(*paths), node)


def test_a_managers_page_has_the_unit_those_above_and_those_right_below():
    assert readable(manager("Borealis"), 1) == {0, 1, 3, 4}
    assert readable(manager("Borealis / Quartzite"), 3) == {0, 1, 3, 5}


def small_units(shown=(0, 1), rests=(0, 1)):
    """0 whole > 1 North > 2 Alder > 3 Twig; 4 Birch; 5 South; and "Other teams in ..." below some of them."""
    parents = (-1, 0, 1, 2, 1, 0)
    units = [{"id": n, "name": f"U{n}", "parent": over, "shown": n in shown} for n, over in enumerate(parents)]
    return units + [
        {"id": 6 + n, "name": "Other teams", "parent": over, "shown": True, "rest": True}
        for n, over in enumerate(rests)
    ]


def seen(path, node, units):
    return access.readable(manager(path), "s", units, node, "indicators")


def test_a_hidden_units_page_has_the_row_that_its_people_are_in():
    assert seen("U1 / U2", 2, small_units()) == {0, 1, 2, 3, 7}
    assert seen("U1 / U2", 3, small_units()) == {0, 1, 2, 3, 7}
    assert seen("U1 / U2", 2, small_units(rests=(1,))) == {0, 1, 2, 3, 6}


def test_that_row_is_of_the_nearest_shown_unit_alone():
    assert seen("U1 / U2", 2, small_units(rests=(0,))) == {0, 1, 2, 3}
    assert seen("U1 / U2", 2, small_units(shown=(0,))) == {0, 1, 2, 3, 6}


def test_a_shown_units_page_has_no_row_of_others():
    assert seen("U1 / U2", 2, small_units(shown=(0, 1, 2))) == {0, 1, 2, 3}
    assert seen("U1 / U2", 3, small_units(shown=(0, 1, 2))) == {0, 1, 2, 3}
    assert seen("U1", 1, small_units()) == {0, 1, 2, 4, 7}


def test_a_row_of_others_is_nobodys_page():
    with pytest.raises(Refusal):
        seen("U1 / U2", 7, small_units())


def test_a_grant_counts_in_its_own_survey_only():
    with pytest.raises(Refusal):
        readable(manager("Borealis", survey="other"), 1)


@pytest.mark.parametrize("view", sorted({*VIEWS, "answers", "", "Indicators"} - BENCHMARKS))
def test_a_manager_has_the_managers_views_only(view):
    with pytest.raises(Refusal):
        readable(manager(""), 0, view)


@pytest.mark.parametrize("view", ["answers", "", "../x", "Indicators"])
def test_a_view_that_does_not_exist_is_refused_to_everybody(view):
    with pytest.raises(Refusal):
        readable(LOCAL_ANALYST, 0, view)


@pytest.mark.parametrize("node", [-1, 7, 10**9])
def test_a_unit_that_does_not_exist_is_refused_to_everybody(node):
    for viewer in (LOCAL_ANALYST, manager("")):
        with pytest.raises(Refusal):
            readable(viewer, node)


def test_a_refusal_does_not_tell_whether_there_is_such_a_thing():
    said = set()
    for node, view in ((2, "indicators"), (99, "indicators"), (3, "nonsense")):
        with pytest.raises(Refusal) as refused:
            readable(manager("Borealis"), node, view)
        said.add(str(refused.value))
    assert said == {"There is nothing here that is open to you."}


def test_looking_as_a_manager_takes_sight_away():
    seen = LOCAL_ANALYST.as_manager("s", "Borealis")
    assert not seen.is_analyst
    assert access.own(seen, "s", UNITS) == {1, 3, 4, 5}
    with pytest.raises(Refusal):
        readable(seen, 0)


@pytest.mark.parametrize("path", ["", "Zephyr", "Borealis", "Borealis / Quartz", "Borealis / Quartzite II"])
def test_looking_as_a_manager_never_gives_sight(path):
    asking = manager("Borealis / Quartzite")
    assert asking.as_manager("s", path).nodes == frozenset()
    assert asking.as_manager("other", "Borealis / Quartzite").nodes == frozenset()
    assert NOBODY.as_manager("s", path).nodes == frozenset()


def test_a_manager_may_look_as_one_below():
    below = "Borealis / Quartzite / Night shift"
    assert manager("Borealis").as_manager("s", below).nodes == {("s", below)}


@given(st.lists(st.sampled_from(access.paths(UNITS)), max_size=3), st.sampled_from(access.paths(UNITS)))
def test_nobody_sees_more_through_other_eyes(paths, path):
    asking = manager(*paths)
    through = asking.as_manager("s", path)
    assert access.own(through, "s", UNITS) <= access.own(asking, "s", UNITS)


def test_an_identity_is_issuer_and_subject():
    assert access.identity("https://login.example", "42") == "https://login.example|42"
    for issuer, subject in (("", "42"), ("issuer", ""), ("issuer|x", "42")):
        with pytest.raises(ValueError, match="identity"):
            access.identity(issuer, subject)
