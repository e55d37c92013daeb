"""One wave's recipe on the next wave's file: whether it fits, what has to go, and which answers have changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.recipe import Recipe, RecipeColumn
from data.table import ColumnGuess, Question, RawTable, Recognition
from data.vocabulary import normalise

CHANGED = "changed"
AS_THIS_FILE = "as_this_file"
AS_BEFORE = "as_before"
APPLIES = 0.95
SUGGESTS = 0.60
# What an answer says about one file alone.
OF_ONE_FILE = (CHANGED, "wave")


@dataclass(frozen=True)
class Match:
    """How well a recipe's columns are those of a file: ``share`` 0 to 1 of all headers of both, the names that are new
    in the file, and those that are gone."""

    share: float
    new: tuple[str, ...]
    gone: tuple[str, ...]

    @property
    def verdict(self) -> str:
        """ "applies" from 95 % of the headers on, "suggests" from 60 %, else "other"."""
        return "applies" if self.share >= APPLIES else "suggests" if self.share >= SUGGESTS else "other"

    @property
    def sentence(self) -> str:
        """What the confirm screen says about it."""
        counts = [f"{len(names)} {word}" for names, word in ((self.new, "new"), (self.gone, "gone")) if names]
        return "The same columns as before." if not counts else f"The columns as before; {' and '.join(counts)}."


def matches(recipe: Recipe, raw: RawTable) -> Match:
    """How well the columns that a recipe was made for are those of a file; another survey tool is no match at all.

    Headers are compared without case, blanks and signs.
    """
    before = {normalise(column.name): column.name.strip() for column in recipe.columns if column.name}
    now = {normalise(column.name): column.name.strip() for column in raw.columns}
    common = before.keys() & now.keys()
    fits = bool(before) and recipe.tool in ("", raw.tool)
    share = len(common) / max(len(before), len(now)) if fits else 0.0
    new = tuple(name for key, name in now.items() if key not in common)
    return Match(share, new, tuple(name for key, name in before.items() if key not in common))


def adapt(recipe: Recipe, raw: RawTable) -> Recipe:
    """A recipe that was made from another file, as far as it holds for this one.

    Record numbers that were left out, cells that were set right, the wave that was chosen and answers about changed
    scales were said of the other file; columns, roles and merges that this file does not have are left behind. The
    same file keeps its recipe whole.
    """
    if recipe.sha256 in ("", raw.sha256):
        return recipe
    names = {normalise(column.name) for column in raw.columns} | {normalise(c.label) for c in raw.columns if c.label}
    return replace(
        recipe,
        sha256="",
        exclude=(),
        repairs={},
        answers={key: answer for key, answer in recipe.answers.items() if key not in OF_ONE_FILE},
        columns=tuple(column for column in recipe.columns if normalise(column.name) in names),
        roles={ref: role for ref, role in recipe.roles.items() if normalise(ref) in names},
        merges={ref: merged for ref, merged in recipe.merges.items() if normalise(ref) in names},
    )


def said_of(guess: ColumnGuess, recipe: Recipe) -> RecipeColumn | None:
    """What a recipe says of a column: by its name; by its index where it gives no name or a name that comes twice."""
    named = [one for one in recipe.columns if one.name and one.name.strip() == guess.name.strip()]
    if len(named) > 1:
        return next((one for one in named if one.index == guess.index), None)
    return (
        named[0] if named else next((one for one in recipe.columns if not one.name and one.index == guess.index), None)
    )


def changed(columns: Sequence[ColumnGuess], recipe: Recipe) -> tuple[ColumnGuess, ...]:
    """The rating columns that are answered in another way than when the recipe was made: another number of answers, a
    new text for a step that had one, or a text that the recipe does not know. A recipe of this very file has none."""
    return tuple(guess for guess in columns if is_changed(guess, recipe))


def question(recognition: Recognition, recipe: Recipe) -> Question | None:
    """How changed answers are to be read, None where nothing has changed."""
    found = changed(recognition.columns, recipe)
    if not found:
        return None
    steps = sum(guess.levels != (said_of(guess, recipe) or RecipeColumn()).levels for guess in found)
    kinds = [f"{count} with {what}" for count, what in ((steps, "another number of answers"),
             (len(found) - steps, "answers in new words")) if count]  # fmt: skip
    where = "1 column is" if len(found) == 1 else f"{len(found)} columns are"
    text = f"{where} answered differently than in the earlier file: {', '.join(kinds)}. How should they be read?"
    options = (
        (AS_THIS_FILE, "As this file has them"),
        (AS_BEFORE, "As before; an answer that was not there then counts as not answered"),
    )
    return Question(CHANGED, text, options, tuple(guess.index for guess in found))


def is_changed(guess: ColumnGuess, recipe: Recipe) -> bool:
    """Whether one rating column is answered in another way than a recipe of another file knows it."""
    said = said_of(guess, recipe)
    if recipe.sha256 or said is None or said.role != "item" or said.seen is None:
        return False
    if guess.role != "item":
        return guess.why != "empty"
    if guess.levels != said.levels:
        return True
    codes = {normalise(text): code for text, code in (said.codes or {}).items()}
    before = {codes[text]: text for text in map(normalise, said.seen) if text in codes}
    new = [text for text in guess.seen if text not in said.seen and text not in (said.missing or ())]
    return any(codes.get(text, 0) == 0 or codes[text] in before for text in new)
