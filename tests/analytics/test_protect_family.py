"""The groups of a wave: shown units and what is left of them, as sets of people."""

import numpy as np
import pytest
from company_waves import blocks_of, company_wave, people_of_nodes, trees
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.manifest import units
from analytics.protect.family import family
from analytics.wave import Tree, Unit


def made(parents, own, k=8, rests=True):
    tree = Tree(tuple(Unit(f"Unit {place}", parent) for place, parent in enumerate(parents)))
    return family(tree, np.array(own), k, rests)


def test_hidden_teams_of_a_division_become_one_group_of_it():
    # Company > division of teams 12, 5, 4 and division of teams 9, 9.
    found = made([-1, 0, 0, 1, 1, 1, 2, 2], [0, 0, 0, 12, 5, 4, 9, 9])
    assert found.shown.tolist() == [True, True, True, True, False, False, True, True]
    (rest,) = [group for group in found.groups if group.rest]
    assert (rest.name, rest.level, found.groups[rest.parent].name) == ("Other teams in Unit 1", 2, "Unit 1")
    assert rest.id == 8
    answered = found.gathered(np.array([0, 0, 0, 12, 5, 4, 9, 9]))
    assert found.rolled_up(answered)[[group.rest for group in found.groups]].tolist() == [9]


def test_people_directly_in_a_division_are_others_of_it():
    found = made([-1, 0, 0], [10, 12, 9])
    (rest,) = [group for group in found.groups if group.rest]
    assert rest.name == "Others in Unit 0"
    assert found.gathered(np.array([10, 12, 9])).tolist() == [0, 12, 9, 10]


def test_a_group_with_nothing_left_or_nothing_shown_inside_has_no_rest():
    assert not any(group.rest for group in made([-1, 0, 0], [0, 9, 9]).groups)
    assert not any(group.rest for group in made([-1, 0, 0], [0, 5, 6]).groups)
    assert not any(group.rest for group in made([-1, 0, 0], [10, 12, 9], rests=False).groups)


def test_an_organisation_of_fewer_than_k_people_has_no_groups():
    found = made([-1, 0], [3, 4])
    assert found.groups == () and found.place.tolist() == [-1, -1]
    assert found.gathered(np.array([[3, 1], [4, 2]])).shape == (0, 2)


def test_units_with_nobody_in_them_change_nothing():
    with_empty = made([-1, 0, 0, 1, 1, 0], [0, 0, 11, 9, 12, 0])
    without = made([-1, 0, 0, 1, 1], [0, 0, 11, 9, 12])
    assert [group.name for group in with_empty.groups] == [group.name for group in without.groups]
    assert not with_empty.shown[5]


@settings(max_examples=200, deadline=None)
@given(tree=trees(), k=st.integers(5, 12))
def test_groups_are_nested_sets_of_people_whose_blocks_are_nobody_or_k(tree, k):
    parents, own = tree
    wave = company_wave(parents, own, scales=(), hours=False)
    found = made(parents, own, k)
    listed = units(found)
    people = people_of_nodes(wave, listed)
    shown = {u["id"] for u in listed if u["shown"]}
    assert shown == {group.id for group in found.groups}
    assert all(n == 0 or n >= k for n in blocks_of([people[node] for node in shown]))
    sizes = found.rolled_up(found.gathered(np.array(own)))
    for place, group in enumerate(found.groups):
        assert sizes[place] == len(people[group.id]) >= k
        assert found.parents[place] == group.parent < place
        if group.parent >= 0:
            assert people[group.id] <= people[found.groups[group.parent].id]
    for one in found.groups:
        for other in found.groups:
            a, b = people[one.id], people[other.id]
            assert a <= b or b <= a or not a & b
    homes = [place for place in found.place[wave.unit].tolist() if place >= 0]
    assert len(homes) == (len(wave) if found.groups else 0)
    for person, home in enumerate(homes):
        smallest = min(len(people[g.id]) for g in found.groups if person in people[g.id])
        assert len(people[found.groups[home].id]) == smallest


@pytest.mark.parametrize("k", [5, 8, 12])
def test_every_rest_has_k_people_and_its_own_id_after_the_units(k):
    for seed in range(30):
        rng = np.random.default_rng(seed)
        parents = [-1, 0, 0, 0, *rng.integers(1, 4, 15).tolist()]
        own = [int(n) for n in rng.integers(0, 15, len(parents))]
        found = made(parents, own, k)
        rests = [group for group in found.groups if group.rest]
        assert [group.id for group in rests] == list(range(len(parents), len(parents) + len(rests)))
        assert all(not found.groups[group.parent].rest for group in rests)
