"""What is said of units between waves: kept, from a person or a units file, and followed no further than it says."""

from __future__ import annotations

import pytest

from data.access import LOCAL_ANALYST, Refusal, Viewer
from data.notes import Note
from data.store import Store
from data.unit_map import merged
from data.units_file import read_units_file
from tests.pages.conftest import EARLIER, NAME, OLD_NAME, copy_of_published

WAS, NOW = ("Zephyr", OLD_NAME), ("Zephyr", "Sirocco")
PLACE = 8  # of both, in their trees
OWN = "Zephyr / Sirocco"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    return Store.open(copy_of_published(tmp_path_factory))


@pytest.fixture
def waves(home):
    ids = [one.id for one in reversed(home.waves())]
    home.unit_maps.say(LOCAL_ANALYST, *ids, {WAS: ()})
    return ids


def manager(home, path=OWN) -> Viewer:
    return Viewer("m", nodes=frozenset({(home.waves()[0].survey_id, path)}))


def test_nothing_is_said_before_somebody_says_it(home, waves):
    assert home.unit_maps.between(*waves) == {}
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: NOW})
    assert home.unit_maps.between(*waves) == {WAS: NOW}
    assert Store.open(home._waves.parents[1]).unit_maps.between(*waves) == {WAS: NOW}


def test_a_renamed_units_manager_sees_its_earlier_figures_once_it_is_said(home, waves):
    asked = (manager(home), waves, PLACE, "indicators")
    assert [p.node for p in home.unit_maps.over_time(*asked)] == [PLACE]
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: NOW})
    earlier, later = home.unit_maps.over_time(*asked)
    names = {unit["name"] for unit in earlier.manifest["units"]}
    assert names == {"Whole organisation", "Zephyr", OLD_NAME}
    assert later.manifest["wave"] == NAME and earlier.manifest["wave"] == EARLIER


def test_units_merged_into_one_come_together_and_end_the_line(home, waves):
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: ("Zephyr", "Tradewind")})
    earlier, _ = home.unit_maps.over_time(manager(home, "Zephyr / Tradewind"), waves, 7, "indicators")
    assert {"Tradewind", OLD_NAME} <= {unit["name"] for unit in earlier.manifest["units"]}


def test_what_was_planned_follows_the_unit(home, waves):
    home.write_note(LOCAL_ANALYST, waves[0], PLACE, Note("Fewer meetings"))
    assert home.unit_maps.notes_before(manager(home), *waves, PLACE) == []
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: NOW})
    assert [note.text for note in home.unit_maps.notes_before(manager(home), *waves, PLACE)] == ["Fewer meetings"]


def test_only_an_analyst_says_and_only_ones_own_unit_is_followed(home, waves):
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: NOW})
    with pytest.raises(Refusal):
        home.unit_maps.say(manager(home), *waves, {WAS: NOW})
    for place in (0, 7):
        with pytest.raises(Refusal):
            home.unit_maps.over_time(manager(home), waves, place, "indicators")
        with pytest.raises(Refusal):
            home.unit_maps.notes_before(manager(home), *waves, place)


def test_a_units_file_says_what_was_merged(home, waves):
    listed = b"unit,parent,merged_into\nAll,,\nZephyr,All,\nScirocco,Zephyr,Sirocco\nSirocco,Zephyr,\n"
    file = read_units_file(listed)
    assert merged(file) == {WAS: NOW}
    home.unit_maps.read_from(file, waves[1])
    assert home.unit_maps.between(*waves) == {}, "the analyst has said that its line ends"
    home.unit_maps.say(LOCAL_ANALYST, *waves, {WAS: ("Zephyr", "Tradewind")})
    assert home.unit_maps.between(*waves) == {WAS: ("Zephyr", "Tradewind")}
    assert home.unit_maps.between("another wave", waves[1]) == {WAS: NOW}


@pytest.mark.parametrize("content", [b"unit,parent\nA,\nB,\n", b"unit,parent,merged_into\nA,,B\nB,,A\n"])
def test_a_units_file_without_merges_or_with_problems_says_nothing(content):
    assert merged(read_units_file(content)) == {}
    assert merged(None) == {}
