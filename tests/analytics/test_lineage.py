"""Which unit was which: by path, renamed, moved, merged."""

import pytest
from releases import units

from analytics.lineage import lineage, paths, proposals

EARLIER = units(["North", "South", "Sales", "Pay", "Help"], {"Sales": "North", "Pay": "North", "Help": "South"})


def test_units_are_known_by_their_path_and_the_whole_by_none():
    found = paths(EARLIER)
    assert found[0] == () and found[3] == ("North", "Sales")
    rest = {"id": 6, "name": "Other teams in North", "parent": 1, "level": 2, "shown": True, "rest": True}
    assert 6 not in paths([*EARLIER, rest])


def test_the_same_units_match_in_any_order_and_the_whole_whatever_its_name():
    later = units(["South", "North", "Help", "Pay", "Sales"], {"Sales": "North", "Pay": "North", "Help": "South"})
    later[0]["name"] = "Acme"
    found = lineage(EARLIER, later)
    assert found.before == {0: (0,), 1: (2,), 2: (1,), 3: (5,), 4: (4,), 5: (3,)}
    assert found.new == found.gone == ()


def test_a_renamed_division_takes_its_teams_with_it():
    later = units(["Nordic", "South", "Sales", "Pay", "Help"], {"Sales": "Nordic", "Pay": "Nordic", "Help": "South"})
    assert lineage(EARLIER, later).new == (1, 3, 4)
    found = lineage(EARLIER, later, {("North",): ("Nordic",)})
    assert found.before[3] == (3,) and found.new == found.gone == ()


def test_a_moved_team_is_proposed_and_mapped():
    later = units(["North", "South", "Sales", "Pay", "Help"], {"Sales": "North", "Pay": "South", "Help": "South"})
    moved = proposals(EARLIER, later)
    assert moved == {("North", "Pay"): ("South", "Pay")}
    assert lineage(EARLIER, later, moved).gone == ()


def test_merged_teams_both_lead_to_the_new_one():
    later = units(["North", "South", "Clients", "Help"], {"Clients": "North", "Help": "South"})
    found = lineage(EARLIER, later, {("North", "Sales"): ("North", "Clients"), ("North", "Pay"): ("North", "Clients")})
    assert found.before[3] == (3, 4) and found.gone == ()


def test_unmapped_changes_break_the_line():
    later = units(["North", "South", "Sales", "Help"], {"Sales": "North", "Help": "South"})
    found = lineage(EARLIER, later)
    assert found.gone == (4,) and 4 in found.before


def test_two_units_of_one_name_are_not_proposed():
    later = units(["North", "South", "Sales", "Pay"], {"Sales": "South", "Pay": "South"})
    twice = units(["A", "B", "Pay", "Pay2"], {"Pay": "A", "Pay2": "B"})
    twice[4]["name"] = "Pay"
    assert proposals(twice, later) == {}


def test_a_map_of_unknown_units_is_refused():
    with pytest.raises(ValueError, match="1 of 2 paths"):
        lineage(EARLIER, EARLIER, {("Nowhere",): ("North",)})


def test_units_whose_parents_a_viewer_may_not_see_match_by_what_is_left():
    seen = [unit for unit in EARLIER if unit["name"] in ("Sales", "Help")]
    assert paths(seen) == {3: ("Sales",), 5: ("Help",)}
    assert lineage(seen, seen).before == {3: (3,), 5: (5,)}
