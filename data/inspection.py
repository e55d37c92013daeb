"""What a file is, in one look: read it, recognise it, answer from a recipe, and make the wave."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from data import intake, questionnaires
from data.assemble import Assembled, open_questions
from data.assemble import assemble as put_together
from data.import_report import FEWEST
from data.recipe import Recipe
from data.recipe_reuse import adapt
from data.recognise import recognise
from data.table import Question, RawTable, Recognition, Refused
from data.units import UnitsFile, read_units_file


@dataclass(frozen=True)
class Seen:
    """A file that was looked at: its text, what it was taken for, the recipe, and what is still open."""

    raw: RawTable
    recognition: Recognition
    recipe: Recipe
    questions: tuple[Question, ...]


def look(content: bytes, name: str, recipe: Recipe, limits: intake.Limits) -> Seen:
    """Read and recognise a file; raises ``Refused`` when it cannot be used. A recipe that was made from another file is
    taken as far as it holds for this one."""
    raw = intake.read(content, name, limits=limits)
    recognition = recognise(raw, questionnaires.load())
    recipe = adapt(recipe, raw)
    return Seen(raw, recognition, recipe, open_questions(recognition, recipe))


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
