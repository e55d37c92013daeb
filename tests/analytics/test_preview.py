"""What will be shown, foreseen from counts: beside what a release then shows; and joins that keep the tree rule."""

from __future__ import annotations

from time import process_time

import numpy as np
import pytest

from analytics import flow, preview
from analytics.protect.thresholds import thresholds
from analytics.protect.tree import blocks, choose, rolled_up
from analytics.wave import Tree, Unit

NORTH = [("Whole", -1), ("North", 0), ("South", 0), ("A", 1), ("B", 1), ("C", 1), ("D", 1), ("E", 2), ("F", 2)]


def a_tree(units=NORTH):
    return Tree(tuple(Unit(name, parent) for name, parent in units))


def people(*numbers):
    return np.array(numbers, np.int64)


def random_case(rng, most=25):
    parents = [-1]
    for _ in range(int(rng.integers(0, most))):
        parents.append(
            int(rng.integers(0, len(parents))) if rng.random() < 0.4 else int(rng.integers(0, 3)) % len(parents)
        )
    own = np.array([int(rng.integers(0, 20)) if rng.random() < 0.85 else 0 for _ in parents], np.int64)
    return Tree(tuple(Unit(f"Unit {place}", parent) for place, parent in enumerate(parents))), own


def test_teams_are_on_their_own_inside_others_or_have_nothing():
    counts = people(0, 0, 0, 20, 12, 4, 5, 30, 3)
    seen = preview.outlook(a_tree(), counts, thresholds(8))
    # North shows A and B and gathers C and D; South is 33 people of whom 3 may not be left over, so E stays hidden.
    assert (seen.own, seen.others, seen.hidden) == (2, 2, 2)
    assert (seen.people_own, seen.people_others, seen.people_hidden) == (32, 9, 33)
    assert seen.teams == 6
    assert seen.share == pytest.approx(32 / 74)


def test_without_teams_there_is_nothing_to_foresee():
    seen = preview.outlook(a_tree(NORTH[:1]), people(30), thresholds(8))
    assert (seen.teams, seen.people, seen.share) == (0, 0, None)
    assert preview.in_words(seen) == ["Nobody names a team, so answers are shown for the whole organisation only."]


def test_fewer_than_k_people_see_nothing():
    seen = preview.outlook(a_tree(NORTH[:3]), people(0, 3, 3), thresholds(8))
    assert (seen.own, seen.others, seen.hidden) == (0, 0, 2)


def test_what_is_foreseen_is_what_is_published():
    from tests.pages.conftest import small_wave

    wave = small_wave()
    counts = np.bincount(wave.unit, minlength=len(wave.tree))
    made = flow.publish(wave, thresholds(8), created="2026-11-24T00:00:00+00:00", code_version="test")
    units = made.release.manifest["units"]
    named = {place for place in range(1, len(wave.tree)) if counts[place]}
    seen = preview.outlook(wave.tree, counts, thresholds(8))
    assert seen.own == sum(unit["shown"] for unit in units if unit["id"] in named)
    rests = {unit["parent"] for unit in units if unit["rest"]}
    others = [u for u in named if not units[u]["shown"] and wave.tree.units[u].parent in rests]
    assert seen.others == len(others)


def test_the_same_for_several_smallest_groups():
    found = preview.by_k(a_tree(), people(0, 0, 0, 20, 9, 6, 5, 30, 12))
    assert [one.k for one in found] == [5, 8, 10, 12]
    assert [one.own for one in found] == [6, 4, 3, 3]
    assert all(one.teams == 6 for one in found)


def test_small_siblings_are_joined_until_they_reach_k():
    counts = people(0, 0, 0, 20, 5, 4, 4, 30, 12)
    (join,) = preview.joins(a_tree(), counts, thresholds(8))
    assert join.name == "B + C + D"
    assert join.people == 13
    made = preview.joined(a_tree(), counts, [join])
    assert [unit.name for unit in made.tree.units] == ["Whole", "North", "South", "A", "B + C + D", "E", "F"]
    assert preview.outlook(made.tree, made.people, thresholds(8)).own == 4


def test_a_team_too_small_alone_joins_a_hidden_sibling():
    # F is hidden as well, because three people must not be left over.
    tree = a_tree([("Whole", -1), ("South", 0), ("E", 1), ("F", 1), ("G", 1)])
    (join,) = preview.joins(tree, people(0, 0, 30, 9, 3), thresholds(8))
    assert join.names == ("F", "G")
    assert join.people == 12


def test_the_whole_unit_above_is_no_team():
    tree = a_tree([("Whole", -1), ("North", 0), ("A", 1), ("B", 1), ("South", 0)])
    assert preview.joins(tree, people(0, 0, 5, 5, 40), thresholds(8)) == ()


def test_nothing_to_join_where_everybody_sees_their_team():
    assert preview.joins(a_tree(), people(0, 0, 0, 20, 12, 14, 15, 30, 13), thresholds(8)) == ()


def test_long_names_stay_short_and_taken_names_are_left_alone():
    long = [("Whole", -1), ("North", 0), *((f"{'Customer relations ' * 3}{n}", 1) for n in range(3)), ("Z", 1)]
    (join,) = preview.joins(a_tree(long), people(0, 0, 3, 3, 3, 40), thresholds(8))
    assert len(join.name) <= preview.LONGEST
    assert join.name.endswith(" + 2 more")
    taken = [("Whole", -1), ("North", 0), ("A", 1), ("B", 1), ("A + B", 1)]
    assert preview.joins(a_tree(taken), people(0, 0, 4, 4, 40), thresholds(8)) == ()


@pytest.mark.parametrize("k", [5, 8, 12])
def test_after_every_join_the_tree_rule_holds_and_more_people_see_their_team(k):
    rng = np.random.default_rng(k)
    proposed = 0
    for _ in range(150):
        tree, own = random_case(rng)
        found = preview.joins(tree, own, thresholds(k))
        proposed += len(found)
        made = preview.joined(tree, own, found)
        parents = [unit.parent for unit in made.tree.units]
        shown = choose(parents, made.people.tolist(), k)
        left = blocks(parents, made.people, shown)
        assert all(n == 0 or n >= k for n in left[shown])
        assert made.people.sum() == own.sum()
        assert all(shown[made.place[join.units[0]]] for join in found)
        before, after = (preview.outlook(t, p, thresholds(k)) for t, p in ((tree, own), (made.tree, made.people)))
        assert after.people_own >= before.people_own
        total = rolled_up([unit.parent for unit in tree.units], own)
        assert all(own[list(join.units)].sum() < total[tree.units[join.units[0]].parent] for join in found)
    assert proposed > 20


def test_words_name_no_number_of_people():
    text = " ".join(preview.in_words(preview.outlook(a_tree(), people(0, 0, 0, 20, 12, 4, 5, 30, 3), thresholds(8))))
    assert text.startswith("2 of 6 teams will be shown on their own. 43% of the people will see their own team.")
    assert "inside a row" in text
    assert "nothing of their own" in text


def test_a_large_organisation_is_foreseen_at_once():
    rng = np.random.default_rng(1)
    units = [("Whole", -1), *((f"D{n}", 0) for n in range(25)), *((f"T{n}", 1 + n % 25) for n in range(475))]
    counts = np.concatenate([np.zeros(26, np.int64), rng.integers(2, 20, 475)])
    began = process_time()
    preview.by_k(a_tree(units), counts)
    preview.joins(a_tree(units), counts, thresholds(8))
    assert process_time() - began < 2
