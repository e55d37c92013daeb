"""Which rows a recipe leaves out: record numbers, rows of other waves, and people who carry a response-quality flag.

Who is left out of a wave because of a flag is nobody, or as many people as a figure may stand for: else the wave with
them and the wave without them would differ by a few people. Their answers are not kept.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.wave import Alone, Answering
from data import uniqueness
from data.members import Members, Splits
from data.recipe import Recipe
from data.recognise.waves import ALL as ALL_WAVES
from data.recognise.waves import KEY as WAVE
from data.settled import title
from data.table import RawTable, Recognition


class RowsLost(RuntimeError):
    """Rows that went in and neither came out nor were listed: never the user's doing."""


@dataclass(frozen=True)
class Sorted:
    """Every row once: positions that are ``keep``t; record numbers that the recipe leaves out (``excluded``), of other
    waves (``elsewhere``), and of people who carry a flag that is left out (``careless``). ``flags``: rows per flag
    before that; ``flagged``: per flag, which of the kept rows carry it."""

    keep: list[int]
    excluded: tuple[int, ...]
    elsewhere: tuple[int, ...]
    careless: tuple[int, ...]
    flags: Mapping[str, int]
    flagged: Mapping[str, np.ndarray]


def sort_out(raw: RawTable, recognition: Recognition, recipe: Recipe, fewest: int) -> Sorted:
    """Which rows are kept, and why the others are not.

    ``fewest``: people who may be left out because of flags; where fewer carry one, nobody is. Raises ``RowsLost`` when
    a row is neither kept nor listed.
    """
    # Record numbers mean the file that they were read from: in the next wave's file they are other people.
    wanted = set(recipe.exclude) if recipe.sha256 in ("", raw.sha256) else set()
    mine = _of_this_wave(raw, recognition, recipe)
    named = [row for row in mine if raw.lines[row] not in wanted]
    here = set(named)
    carriers = {flag: here.intersection(rows) for flag, rows in recognition.flagged.items()}
    careless = set().union(*(carriers.get(flag, set()) for flag in recipe.exclusions))
    careless = careless if len(careless) >= fewest else set()
    keep = [row for row in named if row not in careless]
    sorted_out = Sorted(
        keep,
        tuple(raw.lines[row] for row in mine if raw.lines[row] in wanted),
        tuple(raw.lines[row] for row in sorted(set(recognition.keep) - set(mine))),
        tuple(raw.lines[row] for row in sorted(careless)),
        {flag: len(rows) for flag, rows in carriers.items() if rows},
        {flag: np.array([row in rows for row in keep], bool) for flag, rows in carriers.items() if rows},
    )
    _nobody_lost(raw, recognition, sorted_out)
    return sorted_out


def answering(made: Sorted, recipe: Recipe, belong: Members, split: Splits) -> Answering:
    """How the file was answered, with what singles its people out."""
    unit = {} if belong.column is None else {title(belong.column): belong.unit}
    apart = uniqueness.first_to_single_out(uniqueness.combinations(unit | split.codes))
    people, left_out = len(made.keep) + len(made.careless), len(made.careless)
    alone = tuple(Alone(one.columns, one.alone, one.small) for one in apart)
    return Answering(people, made.flags, recipe.exclusions, left_out, {}, alone)


def _of_this_wave(raw: RawTable, recognition: Recognition, recipe: Recipe) -> Sequence[int]:
    """The rows of the wave that the recipe names, in a file that holds several."""
    asked = next((question for question in recognition.questions if question.key == WAVE), None)
    wanted = recipe.answers.get(WAVE)
    if asked is None or wanted in (None, ALL_WAVES) or wanted not in dict(asked.options):
        return recognition.keep
    cells = raw.cells[asked.columns[0]].tolist()
    return tuple(row for row in recognition.keep if cells[row].strip() == wanted)


def _nobody_lost(raw: RawTable, recognition: Recognition, made: Sorted) -> None:
    parts = (made.keep, made.excluded, made.elsewhere, made.careless, recognition.set_aside)
    listed = sum(map(len, parts))
    if listed != len(raw.lines) or len(set(recognition.keep)) != len(recognition.keep):
        raise RowsLost(f"{len(raw.lines)} rows should be kept or listed, but {listed} are.")
