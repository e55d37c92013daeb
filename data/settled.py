"""What each column finally is: what it was taken for, with the recipe's word on top, and what is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import regex

from data.check import looks_identifying
from data.labels import clean_label
from data.recipe import Recipe, RecipeColumn
from data.recipe_reuse import AS_BEFORE, CHANGED, is_changed, said_of
from data.recipe_reuse import question as changes
from data.table import ColumnGuess, Problem, Problems, Question, Recognition
from data.vocabulary import normalise

DIRECTION = "direction"
ITEMS = "items:"
BY_HAND = "set by hand"
_BARE_NUMBER = regex.compile(r"(?:ao?)?-?\d{1,3}(?:[.,]0+)?")
_WITH_NUMBER = regex.compile(r"(?:ao?)?-?\d{1,3}\b.*", flags=regex.DOTALL)


@dataclass(frozen=True)
class Settled:
    """The columns as they will be read, in file order; ``codes`` are as the file counts, before any turning.

    ``turned``: columns whose numbers run from high to low; ``unit``: the column with the units, None for no units.
    A column whose role a recipe changed has ``BY_HAND`` as its ``why``.
    """

    columns: tuple[ColumnGuess, ...]
    turned: frozenset[int]
    unit: ColumnGuess | None
    problems: Problems

    def find(self, ref: str | int) -> ColumnGuess | None:
        """The column that a recipe calls ``ref``: its index, its name, or its question."""
        return find(self.columns, ref)


def settle(recognition: Recognition, recipe: Recipe) -> Settled:
    """Every column with the recipe's overrides; blocking problems for what the recipe names and the file has not."""
    columns = tuple(_override(guess, recognition, recipe) for guess in recognition.columns)
    found: list[Problem] = []
    for ref in recipe.roles:
        _require_column(columns, ref, "roles", found)
    for ref in recipe.merges:
        _require_column(columns, ref, "merges", found)
    if recipe.unit:
        _require_column(columns, recipe.unit, "unit", found)
    found += [_open(question) for question in open_questions(recognition, recipe)]
    turned = frozenset(column.index for column in columns if _direction(column, recognition, recipe) == "high_first")
    unit = _unit(columns, recipe)
    return Settled(columns, turned, unit, Problems(tuple(found)))


def open_questions(recognition: Recognition, recipe: Recipe) -> tuple[Question, ...]:
    """What the file cannot answer by itself and the recipe does not answer either."""
    different = changes(recognition, recipe)
    asked = (*recognition.questions, *([different] if different else []))
    return tuple(question for question in asked if not _is_answered(question, recognition, recipe))


def find(columns: Sequence[ColumnGuess], ref: str | int) -> ColumnGuess | None:
    """The column of that index, of exactly that name, or of that name or question but for case and blanks."""
    if isinstance(ref, int):
        return next((column for column in columns if column.index == ref), None)
    exact = next((column for column in columns if ref in (column.name, column.name.strip())), None)
    if exact is not None:
        return exact
    wanted = normalise(ref)
    return next((column for column in columns if wanted in (normalise(column.name), normalise(column.label))), None)


def title(column: ColumnGuess) -> str:
    """What a column is called on pages: its question, cleaned, without the sign that ends it."""
    return clean_label((column.label or column.name).strip().rstrip("?:.* "))


def turn(codes: Mapping[str, int], levels: int) -> dict[str, int]:
    """Codes with the other end of the numbers lowest; words keep their level, because words say it themselves."""
    numbers = all(_WITH_NUMBER.fullmatch(text) for text in codes)
    return {
        text: levels + 1 - code if numbers or _BARE_NUMBER.fullmatch(text) else code for text, code in codes.items()
    }


def guard(column: ColumnGuess, values: Sequence[str]) -> Problem | None:
    """A blocking problem when a column that a recipe keeps identifies people: nobody can override that."""
    kind = looks_identifying(column.name, values) or looks_identifying(column.label, values)
    if kind is None:
        return None
    sentence = f'Column "{column.name.strip()}" identifies people ({kind.replace("_", " ")}), so it cannot be kept.'
    return Problem(column.name, "identifying", len(values), (), sentence + " Leave it out.", blocking=True)


def _override(guess: ColumnGuess, recognition: Recognition, recipe: Recipe) -> ColumnGuess:
    said = said_of(guess, recipe)
    if said is not None and is_changed(guess, recipe):
        guess, said = _reread(guess, said, recipe.answers.get(CHANGED, ""))
    column = guess
    if said is not None:
        column = replace(
            guess,
            role=said.role or guess.role,
            item=guess.item if said.item is None else said.item or None,
            codes=_codes(guess, said),
            levels=_levels(guess, said),
            missing=guess.missing if said.missing is None else frozenset(map(normalise, said.missing)),
        )
    if (said is None or said.item is None) and _is_declined(guess, recognition, recipe):
        column = replace(column, item=None)
    role = next((role for ref, role in recipe.roles.items() if _is_called(guess, ref, recognition)), None)
    column = replace(column, role=role) if role else column
    return replace(column, why=BY_HAND) if column.role != guess.role else column


def _reread(guess: ColumnGuess, said: RecipeColumn, answer: str) -> tuple[ColumnGuess, RecipeColumn]:
    """A column that is answered in another way than when the recipe was made: only this file counts, or only that."""
    if answer == AS_BEFORE:
        return replace(guess, codes={}, levels=None), said
    return guess, replace(said, role=said.role if guess.role == "item" else None, codes=None, levels=None, missing=None)


def _codes(guess: ColumnGuess, said: RecipeColumn) -> dict[str, int]:
    """A recipe's codes over those that were recognised: a later file of the survey may say the same in other words.

    Where the number of answers has changed, and for answers that the recipe calls missing, only the recipe counts.
    """
    own = {normalise(text): code for text, code in (said.codes or {}).items()}
    same = not own or guess.levels == max(said.levels or 0, *own.values())
    no_answer = set(map(normalise, said.missing or ()))
    return {text: code for text, code in guess.codes.items() if same and text not in no_answer} | own


def _levels(guess: ColumnGuess, said: RecipeColumn) -> int | None:
    """The number of answers that a recipe gives, never fewer than the codes use."""
    codes = _codes(guess, said)
    given = said.levels if said.codes else said.levels or guess.levels
    return max(given or 0, 2, *codes.values()) if codes else given


def _is_called(guess: ColumnGuess, ref: str | int, recognition: Recognition) -> bool:
    found = find(recognition.columns, ref)
    return found is not None and found.index == guess.index


def _is_declined(guess: ColumnGuess, recognition: Recognition, recipe: Recipe) -> bool:
    """Whether an item that was only offered by its code was not accepted."""
    asked = [one for one in recognition.questions if one.key.startswith(ITEMS) and guess.index in one.columns]
    return any(recipe.answers.get(question.key) != "yes" for question in asked)


def _is_answered(question: Question, recognition: Recognition, recipe: Recipe) -> bool:
    options = [option for option, _ in question.options]
    if recipe.answers.get(question.key) in options:
        return True
    if question.key.startswith(DIRECTION) and recipe.direction in options:
        return True
    if not question.key.startswith((DIRECTION, ITEMS)):
        return False
    settles = _settles_direction if question.key.startswith(DIRECTION) else _settles_item
    asked = [column for column in recognition.columns if column.index in question.columns]
    return bool(asked) and all(
        settles(column, recognition, recipe) or _override(column, recognition, recipe).role != "item"
        for column in asked
    )


def _settles_direction(column: ColumnGuess, recognition: Recognition, recipe: Recipe) -> bool:
    """Whether the recipe says what this column's numbers mean, by codes of its own or by a scale's labels or ends."""
    said = said_of(column, recipe)
    if said is not None and any(_BARE_NUMBER.fullmatch(normalise(text)) for text in said.codes or ()):
        return True
    refs = [ref for scale in recipe.custom if scale.labels or scale.range for ref in scale.columns]
    return any(_is_called(column, ref, recognition) for ref in refs)


def _settles_item(column: ColumnGuess, recognition: Recognition, recipe: Recipe) -> bool:
    said = said_of(column, recipe)
    return said is not None and said.item is not None


def _direction(column: ColumnGuess, recognition: Recognition, recipe: Recipe) -> str | None:
    asked = [question for question in recognition.questions if question.key.startswith(DIRECTION)]
    mine = [question for question in asked if column.index in question.columns]
    if mine:
        return recipe.answers.get(mine[0].key, recipe.direction)
    # Nobody was asked, or the column was taken for something else: the recipe's one word holds for bare numbers.
    bare = not column.codes or all(_BARE_NUMBER.fullmatch(text) for text in column.codes)
    if bare and (not asked or column.role != "item") and column.levels != 11:
        return recipe.answers.get(DIRECTION, recipe.direction)
    return None


def _unit(columns: Sequence[ColumnGuess], recipe: Recipe) -> ColumnGuess | None:
    if recipe.unit is not None:
        return find(columns, recipe.unit) if recipe.unit else None
    return next((one for one in columns if one.role == "segment" and one.why.startswith("unit")), None)


def _require_column(columns: Sequence[ColumnGuess], ref: str, where: str, found: list[Problem]) -> None:
    if find(columns, ref) is None:
        sentence = f"The recipe names the column {ref!r} in {where}, but the file has no column of that name."
        found.append(Problem(ref, "unknown_column", 0, (), sentence, blocking=True))


def _open(question: Question) -> Problem:
    options = ", ".join(option for option, _ in question.options)
    sentence = f"{question.text} Answer {question.key} with one of: {options}."
    return Problem("", "open_question", 0, (), sentence, blocking=True)
