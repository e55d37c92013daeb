"""Scales of one's own: columns, range, reversed questions and role, from the recipe to the wave."""

from __future__ import annotations

import csv
import io
import json

import numpy as np
import pytest

from data.inspection import assemble, look
from data.intake import Limits
from data.recipe import Recipe
from data.table import Refused

ROWS = 12


def file_of(**columns):
    sink = io.StringIO()
    writer = csv.writer(sink)
    columns = columns | {"Team": ["North", "South"] * (ROWS // 2)}
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return sink.getvalue().encode()


def made(content, *scales, **more):
    recipe = Recipe.from_json(json.dumps({"evenkeel_recipe": 1, "custom": list(scales)} | more))
    return assemble(look(content, "own.csv", recipe, Limits()), None, "Survey", "Wave", False, b"")


def scale(*columns, **more):
    return {"id": "custom.own", "title": "Own", "role": "burnout", "columns": list(columns)} | more


def test_columns_range_reversed_and_role_arrive_in_the_wave():
    a, b = [2 + n % 4 for n in range(ROWS)], [5 - n % 3 for n in range(ROWS)]
    wave = made(file_of(a=a, b=b), scale("a", "b", range=[0, 6], reversed=["b"], role="detachment")).wave
    (own,) = wave.scales
    assert (own.role, [item.levels for item in own.items]) == ("detachment", [7, 7])
    assert [item.reversed for item in own.items] == [False, True]
    assert wave.answers["custom.own.1"].tolist() == [value + 1 for value in a]  # 1 = lowest as worded, not yet turned


def test_a_range_from_high_to_low_turns_the_numbers():
    values = [1 + n % 5 for n in range(ROWS)]
    wave = made(file_of(a=values), scale("a", range=[5, 1])).wave
    assert wave.answers["custom.own.1"].tolist() == [6 - value for value in values]


def test_decimals_are_put_on_even_steps():
    values = [f"{n * 5 / 11:.4f}" for n in range(ROWS)]
    wave = made(file_of(a=values), scale("a", range=[0, 5])).wave
    assert wave.scales[0].items[0].levels == 21
    off = (wave.answers["custom.own.1"].to_numpy() - 1) / 20 * 5 - np.array(values, float)
    assert np.abs(off).max() <= 5 / 40


def test_decimals_with_a_comma_are_read_as_the_file_writes_them():
    values = [f"{1 + n / 4:.2f}".replace(".", ",") for n in range(ROWS)]
    wave = made(file_of(a=values, b=values), scale("a", "b", range=[1, 5])).wave
    assert wave.answers["custom.own.1"].tolist() == [1 + round(n / 4 * 5) for n in range(ROWS)]


def test_numbers_outside_the_range_count_as_not_answered_and_are_counted():
    values = [1 + n % 5 for n in range(ROWS - 1)] + [9]
    told = made(file_of(a=values), scale("a", range=[1, 5]))
    assert told.wave.answers["custom.own.1"].tolist()[-1] == 0
    (problem,) = [one for one in told.problems if one.rule == "outside_the_scale"]
    assert problem.count == 1 and problem.rows == (ROWS + 1,)


def test_a_column_that_identifies_people_is_never_a_scale():
    mails = [f"person{n}@example.org" for n in range(ROWS)]
    with pytest.raises(Refused) as refused:
        made(file_of(Email=mails, a=[1 + n % 5 for n in range(ROWS)]), scale("Email", range=[1, 5]))
    assert "hold no ratings" in refused.value.message
