"""People left out for how they answered: nobody, or enough of them; every row is listed; the next file keeps it."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from data.files import read_wave_files, write_wave_files
from data.inspection import assemble, look, with_everybody
from data.intake import Limits
from data.recipe import Recipe

ITEMS = [f"Q{n}" for n in range(1, 13)]
SCALE = {"id": "custom.own", "title": "Own", "role": "burnout", "columns": ITEMS}


def file_of(straight, people=40, shift=0):
    sink = io.StringIO()
    writer = csv.writer(sink)
    writer.writerow(["Team", *ITEMS])
    rng = np.random.default_rng(shift)
    for row in range(people):
        codes = rng.integers(1, 6, len(ITEMS)).tolist()
        writer.writerow([("North", "South")[row % 2], *([4] * len(ITEMS) if row < straight else codes)])
    return sink.getvalue().encode()


def made(content, fewest=8, **more):
    recipe = {"evenkeel_recipe": 1, "direction": "low_first", "custom": [SCALE], "exclusions": ["straightliner"]}
    seen = look(content, "own.csv", Recipe.from_json(json.dumps(recipe | more)), Limits())
    return seen, assemble(seen, None, "Survey", "Wave", False, b"", fewest)


@pytest.mark.parametrize(("straight", "out"), [(0, 0), (1, 0), (7, 0), (8, 8), (12, 12)])
def test_nobody_or_enough_people_are_left_out(straight, out):
    _, found = made(file_of(straight))
    assert len(found.wave) == 40 - out
    told = found.wave.answering
    assert (told.people, told.left_out, told.exclusions) == (40, out, ("straightliner",))
    assert told.flags.get("straightliner", 0) == straight
    assert found.report["rows"].get("left_out_by_flag", 0) == out


def test_a_larger_smallest_group_asks_for_more_people():
    _, found = made(file_of(12), fewest=13)
    assert found.wave.answering.left_out == 0 and len(found.wave) == 40


def test_their_answers_are_nowhere_in_the_wave(tmp_path):
    _, found = made(file_of(10))
    write_wave_files(tmp_path, found.wave, found.recipe.to_json())
    kept = read_wave_files(tmp_path)
    assert not (kept.answers == 4).all(axis=1).any()
    assert kept.answering == found.wave.answering and kept.country == ""


def test_the_recipe_makes_the_same_wave_again_and_keeps_its_rule_for_the_next_file():
    seen, found = made(file_of(10))
    again = look(file_of(10), "own.csv", found.recipe, Limits())
    assert assemble(again, None, "Survey", "Wave", False, b"").wave.answers.equals(found.wave.answers)
    later = look(file_of(9, shift=1), "own.csv", found.recipe, Limits())
    assert assemble(later, None, "Survey", "Later", False, b"").wave.answering.left_out == 9
    everybody = with_everybody(seen)
    assert len(assemble(everybody, None, "Survey", "Wave", False, b"").wave) == 40


def test_flagged_rows_are_those_of_the_wave_with_everybody():
    seen, _ = made(file_of(10))
    found = assemble(with_everybody(seen), None, "Survey", "Wave", False, b"")
    assert found.flagged["straightliner"].tolist() == [True] * 10 + [False] * 30


def test_the_country_goes_with_the_wave():
    _, found = made(file_of(0), country="in")
    assert found.wave.country == found.recipe.country == "IN"
