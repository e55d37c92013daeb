"""What a file is, in one look: read it, recognise it, answer from a recipe, and make the wave."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from data import intake, questionnaires
from data.assemble import Assembled, open_questions
from data.assemble import assemble as put_together
from data.import_report import FEWEST
from data.recipe import Recipe
from data.recipe_reuse import adapt
from data.recognise import recognise
from data.remembered import Recalled, Remembered, recall
from data.repair import with_rows
from data.table import Question, RawTable, Recognition, Refused
from data.units import UnitsFile, read_units_file


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: its text, what it was taken for, the recipe, what is still open, and the earlier wave
    whose recipe that is, if any."""

    raw: RawTable
    recognition: Recognition
    recipe: Recipe
    questions: tuple[Question, ...]
    recalled: Recalled | None = None


def look(
    content: bytes, name: str, recipe: Recipe, limits: intake.Limits, remembered: Sequence[Remembered] = ()
) -> Seen:
    """Read and recognise a file; raises ``Refused`` when it cannot be used. A recipe that was made from another file is
    taken as far as it holds for this one; of ``remembered`` recipes the one that fits best goes before ``recipe``."""
    raw = intake.read(content, name, limits=limits)
    recipe = adapt(recipe, raw)
    if recipe.repairs:
        raw = with_rows(raw, recipe.repairs).raw
    recognition = recognise(raw, questionnaires.load())
    recalled = recall(remembered, raw)
    recipe = recalled.recipe if recalled is not None else recipe
    return Seen(raw, recognition, recipe, open_questions(recognition, recipe), recalled)


def assemble(
    seen: Seen, units: UnitsFile | None, survey: str, wave: str, sample: bool, salt: bytes, fewest: int = FEWEST
) -> Assembled:
    """The wave that a file and its recipe make; ``Refused`` with every open question or blocking problem.

    ``fewest``: people who may be left out because of response-quality flags.
    """
    if seen.questions:
        asked = " ".join(f"[{question.key}] {question.text}" for question in seen.questions)
        count = len(seen.questions)
        raise Refused("open_questions", f"The recipe should answer {count} more question(s) about this file: {asked}")
    made = put_together(seen.raw, seen.recognition, seen.recipe, units, survey, wave, sample, salt, fewest)
    if made.problems.blocking:
        raise Refused("problems", " ".join(problem.sentence for problem in made.problems.blocking))
    return made


def with_everybody(seen: Seen) -> Seen:
    """The same file with nobody left out because of response-quality flags."""
    return replace(seen, recipe=replace(seen.recipe, exclusions=()))


def units_file(path: Path | None) -> UnitsFile | None:
    """The units file that was named, or None; ``Refused`` when it cannot be opened or read."""
    if path is None:
        return None
    try:
        return read_units_file(path.read_bytes())
    except OSError:
        raise Refused("units_file", "The units file could not be opened. Check its name.") from None
