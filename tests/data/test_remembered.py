"""The recipes of kept waves, as the next file finds them."""

from __future__ import annotations

from data.inspection import assemble, look
from data.intake import Limits
from data.joining import alike, named
from data.recipe import Recipe
from data.store import Store
from tests.data.test_recipe_reuse import FIVE, file


def kept(store: Store, wave: str, content: bytes, sample: bool = False) -> None:
    seen = look(content, "survey.csv", Recipe(roles={"Another question 3?": "drop"}), Limits())
    made = assemble(seen, None, "Our survey", wave, sample, b"")
    store.keep(made.wave, made.recipe.to_json(), header_fingerprint=made.recipe.fingerprint())


def test_the_next_file_is_read_as_the_last_one_that_had_its_columns(tmp_path) -> None:
    store = Store.open(tmp_path)
    assert store.recipes.remembered() == []
    kept(store, "Spring 2025", file())
    kept(store, "Autumn 2025", file())
    kept(store, "Invented", file(), sample=True)
    seen = look(file(extra=1), "next.csv", Recipe(), Limits(), store.recipes.remembered())
    assert seen.recalled is not None and seen.recalled.of.wave == "Autumn 2025"
    assert seen.recalled.match.verdict == "applies" and seen.questions == ()
    assert seen.recipe.roles == {"Another question 3?": "drop"} and seen.recipe.sha256 == ""


def test_changed_answers_are_asked_however_alike_the_headers_are(tmp_path) -> None:
    store = Store.open(tmp_path)
    kept(store, "Spring 2025", file())
    words = tuple(word.replace("Often", "Frequently") for word in FIVE)
    seen = look(file(words), "next.csv", Recipe(), Limits(), store.recipes.remembered())
    assert [question.key for question in seen.questions] == ["changed"]


def test_a_wave_that_is_gone_is_not_remembered(tmp_path) -> None:
    store = Store.open(tmp_path)
    kept(store, "Spring 2025", file())
    store.undo(store.waves()[0].id)
    assert store.recipes.remembered() == []


def test_names_that_look_alike_are_proposed_and_numbered_ones_are_not() -> None:
    assert alike(["Marketing", "Maketing", "Team 1", "Team 2", "Sales A", "Sales B", "North", "South"]) == [(0, 1)]
    joined = named(["A / Sales", "A / Selling"], "Trade", "/")
    assert set(joined) == {"A / Sales", "A / Selling"} and len(set(joined.values())) == 1
