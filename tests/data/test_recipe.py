"""A recipe comes back from JSON as it went, and a broken one says which key is wrong and how."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.instrument import ROLES as SCALE_ROLES
from analytics.wave import EXCLUDABLE
from data.recipe import CustomScale, Recipe, RecipeColumn, RecipeError
from data.table import ROLES

NAME = st.text(min_size=1, max_size=12)
OPTIONAL_NAME = st.none() | NAME
REFS = st.lists(NAME | st.integers(0, 50), min_size=1, max_size=4).map(tuple)
COLUMNS = st.builds(
    RecipeColumn,
    name=NAME,
    index=st.none() | st.integers(0, 2000),
    role=st.none() | st.sampled_from(ROLES),
    item=st.none() | st.just("") | NAME,
    levels=st.none() | st.integers(2, 11),
    codes=st.none() | st.dictionaries(NAME, st.integers(1, 11), max_size=3),
    missing=st.none() | st.lists(NAME, max_size=3).map(tuple),
)
SCALES = st.builds(
    CustomScale,
    id=st.from_regex(r"custom\.[a-z_]{1,10}", fullmatch=True),
    title=NAME,
    role=st.sampled_from(SCALE_ROLES),
    columns=REFS,
    reversed=REFS,
    labels=st.just(()) | st.lists(NAME, min_size=2, max_size=5).map(tuple),
    high_means=st.text(max_size=10),
    range=st.sampled_from(((), (0.0, 5.0), (7.0, 1.0))),
)
RECIPES = st.builds(
    Recipe,
    tool=st.text(max_size=10),
    encoding=OPTIONAL_NAME,
    delimiter=OPTIONAL_NAME,
    header_rows=st.none() | st.integers(0, 4),
    sha256=st.text("0123456789abcdef", max_size=64),
    columns=st.lists(COLUMNS, max_size=3).map(tuple),
    roles=st.dictionaries(NAME, st.sampled_from(ROLES), max_size=3),
    answers=st.dictionaries(NAME, NAME, max_size=3),
    direction=st.sampled_from((None, "low_first", "high_first")),
    custom=st.lists(SCALES, max_size=3, unique_by=lambda scale: scale.id).map(tuple),
    unit=st.none() | st.just("") | NAME,
    merges=st.dictionaries(NAME, st.dictionaries(NAME, NAME, min_size=1, max_size=2), max_size=2),
    exclude=st.lists(st.integers(1, 500), max_size=4).map(tuple),
    exclusions=st.lists(st.sampled_from(EXCLUDABLE), max_size=3, unique=True).map(tuple),
    country=st.sampled_from(("", "IN", "BE")),
)


@settings(max_examples=150, deadline=None)
@given(RECIPES)
def test_a_recipe_comes_back_as_it_went(recipe):
    assert Recipe.from_json(recipe.to_json()) == recipe


def test_the_smallest_recipe_leaves_everything_as_recognised():
    assert Recipe.from_json('{"evenkeel_recipe": 1}') == Recipe()


def test_no_units_is_not_the_same_as_units_as_recognised():
    assert Recipe.from_json('{"evenkeel_recipe": 1, "unit": ""}').unit == ""
    assert Recipe.from_json('{"evenkeel_recipe": 1, "unit": null}').unit is None


def test_a_scale_without_the_prefix_gets_it():
    scale = {"id": "tired", "title": "Tired", "role": "burnout", "columns": ["Q1"]}
    read = Recipe.from_json(json.dumps({"evenkeel_recipe": 1, "custom": [scale]}))
    assert read.custom[0].id == "custom.tired"


SCALE = {"id": "custom.a", "title": "A", "role": "burnout", "columns": ["Q1"]}


@pytest.mark.parametrize(
    ("change", "parts"),
    [
        ({"evenkeel_recipe": 2}, ("evenkeel_recipe", "1", "2")),
        ({"direction": "up"}, ("direction", "low_first", "'up'")),
        ({"roles": {"Q1": "question"}}, ("roles['Q1']", "segment", "'question'")),
        ({"roles": ["Q1"]}, ("roles", "object", "a list")),
        ({"colums": []}, ("'colums'", "not known", "columns")),
        ({"columns": [{"role": "item"}]}, ("columns[0].name", "name", "not there")),
        ({"columns": [{"name": "a", "levels": 1}]}, ("columns[0].levels", "from 2", "got 1")),
        ({"columns": [{"name": "a", "codes": {"x": 0}}]}, ("columns[0].codes['x']", "from 1", "got 0")),
        ({"columns": [{"name": "a", "codes": {"x": True}}]}, ("columns[0].codes['x']", "whole number", "True")),
        ({"custom": [SCALE | {"role": "stress"}]}, ("custom[0].role", "burnout", "'stress'")),
        ({"custom": [SCALE | {"id": "CBI.work"}]}, ("custom[0].id", "custom.exhaustion", "'CBI.work'")),
        ({"custom": [SCALE | {"columns": []}]}, ("custom[0].columns", "at least one", "not there")),
        ({"custom": [SCALE | {"columns": [1.5]}]}, ("custom[0].columns", "names", "1.5")),
        ({"custom": [SCALE | {"labels": ["Never"]}]}, ("custom[0].labels", "at least 2", "got 1")),
        ({"custom": [SCALE | {"range": [1]}]}, ("custom[0].range", "two different numbers")),
        ({"custom": [SCALE | {"range": [3, 3]}]}, ("custom[0].range", "two different numbers")),
        ({"custom": [SCALE, SCALE]}, ("custom", "id of its own", "custom.a")),
        ({"exclude": [0]}, ("exclude[0]", "from 1", "got 0")),
        ({"exclusions": ["half_filled_matrix"]}, ("exclusions", "straightliner")),
        ({"exclusions": [None]}, ("exclusions", "straightliner")),
        ({"country": "India"}, ("country", "two letters")),
        ({"unit": 3}, ("unit", "a text", "got 3")),
        ({"merges": {"Team": ["a"]}}, ("merges['Team']", "object", "a list")),
    ],
)
def test_a_broken_recipe_names_the_key_what_was_expected_and_what_came(change, parts):
    with pytest.raises(RecipeError) as refused:
        Recipe.from_json(json.dumps({"evenkeel_recipe": 1} | change))
    assert all(part in str(refused.value) for part in parts), str(refused.value)


@pytest.mark.parametrize("text", ["", "{", "[]", "3", '"a"', '{"evenkeel_recipe": 1,\n]'])
def test_what_is_no_recipe_is_refused(text):
    with pytest.raises(RecipeError):
        Recipe.from_json(text)


def test_the_fingerprint_asks_for_the_same_names_in_any_order():
    names = [RecipeColumn("Team", 0), RecipeColumn("How tired?", 1)]
    one, other = Recipe("qualtrics", columns=tuple(names)), Recipe("qualtrics", columns=tuple(reversed(names)))
    assert one.fingerprint() == other.fingerprint()
    assert one.fingerprint() != Recipe("qualtrics", columns=(names[0],)).fingerprint()
    assert one.fingerprint() != Recipe("typeform", columns=tuple(names)).fingerprint()
