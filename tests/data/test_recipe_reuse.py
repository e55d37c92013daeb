"""One wave's recipe on the next wave's file: applied by itself, unless an answer or a scale has changed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from data.assemble import open_questions
from data.inspection import Seen, assemble, look
from data.intake import Limits
from data.recipe import Recipe
from data.recipe_reuse import matches
from data.remembered import Remembered, recall
from data.table import Refused
from tests.data.recognise_tables import AGREE

N = 40
FIVE = ("Never", "Seldom", "Sometimes", "Often", "Always")
TEXTS = ("How often do you feel tired?", "How often are you physically exhausted?", "How often do you feel worn out?")


def file(words: tuple[str, ...] = FIVE, extra: int = 0, numbers: bool = False) -> bytes:
    heads = ["Team", *TEXTS, "I can switch off after work", *(f"Another question {n}?" for n in range(20 + extra))]
    lines = [",".join(heads)]
    for row in range(N):
        answers = [str((row + n) % len(words) + 1) if numbers else words[(row + n) % len(words)] for n in range(3)]
        rest = [f"words of my own {row} {n}" for n in range(20 + extra)]
        lines.append(",".join([f"T{row % 2}", *answers, AGREE[row % 5], *rest]))
    return "\n".join(lines).encode()


def kept(recipe: Recipe, name: str = "Spring") -> Remembered:
    return Remembered(recipe, "Survey", name)


def seen(content: bytes, recipe: Recipe | None = None) -> Seen:
    return look(content, "survey.csv", recipe or Recipe(), Limits())


def wave(found: Seen):  # type: ignore[no-untyped-def]
    return assemble(found, None, "Survey", "Wave", False, b"")


FIRST = Recipe.from_json(wave(seen(file())).recipe.to_json())


def test_the_next_wave_needs_no_question() -> None:
    found = seen(file(extra=1), FIRST)
    match = matches(FIRST, found.raw)
    assert (match.verdict, len(match.new), match.gone) == ("applies", 1, ())
    assert match.sentence == "The columns as before; 1 new." and found.questions == ()
    assert found.recipe.sha256 == "" and len(wave(found).wave) == N


@pytest.mark.parametrize(
    ("extra", "verdict"), [(0, "applies"), (1, "applies"), (2, "suggests"), (16, "suggests"), (20, "other")]
)
def test_the_share_of_the_headers_decides(extra: int, verdict: str) -> None:
    assert matches(FIRST, seen(file(extra=extra)).raw).verdict == verdict


def test_the_nearest_of_several_recipes_is_taken() -> None:
    other = Recipe.from_json(wave(seen(file(extra=4))).recipe.to_json())
    raw = seen(file(extra=3)).raw
    found = recall([kept(FIRST, "Spring"), kept(other, "Autumn")], raw)
    assert found is not None and (found.of.wave, found.match.verdict) == ("Autumn", "applies")
    assert found.recipe.sha256 == "" and found.recipe.repairs == {}
    assert recall([kept(Recipe(tool="qualtrics", columns=FIRST.columns))], raw) is None


def test_an_answer_in_new_words_asks_even_when_every_header_is_the_same() -> None:
    found = seen(file(("Never", "Seldom", "Sometimes", "Frequently", "Always")), FIRST)
    assert matches(FIRST, found.raw).share == 1
    (asked,) = found.questions
    assert asked.key == "changed" and len(asked.columns) == 3 and "3 with answers in new words" in asked.text
    with pytest.raises(Refused) as caught:
        wave(found)
    assert caught.value.kind == "open_questions" and "[changed]" in caught.value.message


def test_a_step_that_nobody_had_chosen_is_no_new_word() -> None:
    few = Recipe.from_json(wave(seen(file(FIVE[:4]))).recipe.to_json())
    assert seen(file(), few).questions == ()


def test_another_number_of_answers_asks_and_both_answers_hold() -> None:
    first = Recipe.from_json(wave(seen(file(numbers=True), Recipe(direction="low_first"))).recipe.to_json())
    seven = tuple(str(n) for n in range(1, 8))
    found = seen(file(seven, numbers=True), first)
    assert [question.key for question in found.questions] == ["changed"]
    assert "3 with another number of answers" in found.questions[0].text
    for answer, levels, highest in (("as_this_file", 7, 7), ("as_before", 5, 5)):
        answered = replace(found.recipe, answers={**found.recipe.answers, "changed": answer})
        made = wave(seen_with(found, answered))
        items = made.wave.scales[0].items
        assert {item.levels for item in items} == {levels}
        assert made.wave.answers.to_numpy().max() == highest
        assert "changed" not in made.recipe.answers


def seen_with(found: Seen, recipe: Recipe) -> Seen:
    return Seen(found.raw, found.recognition, recipe, open_questions(found.recognition, recipe))


def test_what_was_said_of_one_file_is_not_taken_to_the_next() -> None:
    said = Recipe(**{**vars(FIRST), "exclude": (2, 3), "answers": {"wave": "Spring", "direction": "low_first"},
                     "roles": {"Gone": "drop", "Team": "segment"}})  # fmt: skip
    again = seen(file(extra=1), said).recipe
    assert again.exclude == () and again.answers == {"direction": "low_first"} and again.roles == {"Team": "segment"}
    same = seen(file(), said).recipe
    assert same.exclude == (2, 3) and same == said
