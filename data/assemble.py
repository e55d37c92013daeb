"""A file that was read and recognised, with a recipe on top, becomes a wave."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from analytics.wave import Answering, Wave
from data import import_report, questionnaires
from data.cells import Column, Rows, figures
from data.import_report import FEWEST
from data.left_out import RowsLost, answering, sort_out
from data.members import Members, Splits, members, splits
from data.numerals import decimal_sign
from data.recipe import Recipe, RecipeColumn
from data.recipe_reuse import CHANGED
from data.respondents import code_of
from data.scales import Read, custom_scales, instrument_scales
from data.settled import BY_HAND, Settled, guard, open_questions, settle, title
from data.table import ColumnGuess, Problem, Problems, RawTable, Recognition
from data.units import UnitsFile

__all__ = ["Assembled", "RowsLost", "assemble", "open_questions"]

_HOURS = "hours"
_COUNTER = 10  # a key whose highest number is at most this many times the rows only counts them


@dataclass(frozen=True)
class Assembled:
    """A wave, the complete recipe that makes it again, and everything worth saying about how it came about.

    ``respondent``: one salted hash per row ("" where the key is blank), None without a key or a salt. ``report``: what
    ``import_report.json`` holds, counts only. ``said``: plain sentences for the confirm screen. ``invited``: people
    invited per unit of the tree, None where no units file says. ``excluded``: record numbers
    that the recipe leaves out. ``flagged``: per response-quality flag, which rows of the wave carry it; ``keep``: where
    those rows stand in the raw table; ``records``: their record numbers in the file.
    """

    wave: Wave
    recipe: Recipe
    problems: Problems
    respondent: np.ndarray | None
    report: dict[str, Any]
    said: tuple[str, ...]
    invited: tuple[int | None, ...]
    excluded: tuple[int, ...] = ()
    flagged: Mapping[str, np.ndarray] = field(default_factory=dict)
    keep: Sequence[int] = ()
    records: tuple[int, ...] = ()


def assemble(
    raw: RawTable,
    recognition: Recognition,
    recipe: Recipe,
    units: UnitsFile | None,
    survey: str,
    wave: str,
    sample: bool = False,
    salt: bytes = b"",
    fewest: int = FEWEST,
) -> Assembled:
    """The wave that a file, what it was taken for and a recipe make.

    ``fewest``: people who may be left out because of response-quality flags; fewer stay in.
    Nothing raises for what is wrong with the file or the recipe: it is all in ``problems``, and a wave with a blocking
    problem is not to be kept. Raises ``RowsLost`` when a row is neither kept nor listed.
    """
    settled = settle(recognition, recipe)
    out = sort_out(raw, recognition, recipe, fewest)
    rows = Rows(raw, out.keep)
    known = instrument_scales(rows, settled, questionnaires.load())
    custom = custom_scales(rows, settled, recipe.custom)
    used = known.used | custom.used
    belong = members(rows, settled.unit, recipe.merges, units, _groups(settled))
    split = splits(rows, [one for one in _groups(settled) if one != belong.column and one.index not in used], recipe)
    numbers, wrong = _numbers(rows, [one for one in settled.columns if one.role == "number" and one.index not in used])
    stopping = (*_guarded(rows, settled, belong), *_nothing_to_show(known, custom, numbers))
    parts = (known.problems, custom.problems, belong.problems, split.problems, wrong, stopping)
    problems = _problems(recognition, settled, parts)
    answered = answering(out, recipe, belong, split)
    made = _wave(survey, wave, sample, known, custom, numbers, split, belong, recipe.country, answered)
    complete = _complete(raw, settled, recipe, belong, out.excluded)
    told = import_report.Told(
        raw,
        recognition,
        settled,
        made,
        known,
        custom,
        belong,
        split,
        problems,
        out.excluded,
        out.elsewhere,
        out.careless,
    )
    respondent = _respondent(rows, settled.columns, salt)
    report, said = import_report.report(told), import_report.said(told)
    more = (belong.invited, out.excluded, out.flagged, out.keep, tuple(raw.lines[row] for row in out.keep))
    return Assembled(made, complete, problems, respondent, report, said, *more)


def _problems(recognition: Recognition, settled: Settled, parts: Sequence[Sequence[Problem]]) -> Problems:
    """All that was found, cells outside a scale as they were counted when the answers were read."""
    recognised = [problem for problem in recognition.problems if problem.rule != "outside_the_scale"]
    return Problems((*recognised, *settled.problems.found, *(problem for part in parts for problem in part)))


def _groups(settled: Settled) -> list[ColumnGuess]:
    return [column for column in settled.columns if column.role == "segment"]


def _wave(
    survey: str,
    name: str,
    sample: bool,
    known: Read,
    custom: Read,
    numbers: pd.DataFrame,
    split: Splits,
    belong: Members,
    country: str,
    answered: Answering,
) -> Wave:
    index = pd.RangeIndex(len(belong.unit))
    return Wave(
        survey,
        name,
        sample,
        pd.DataFrame(known.answers | custom.answers, index=index),
        numbers,
        pd.DataFrame(split.codes, index=index),
        split.labels,
        belong.unit,
        belong.tree,
        (*known.scales, *custom.scales),
        belong.invited if any(count is not None for count in belong.invited) else (),
        country,
        answered,
    )


def _numbers(rows: Rows, columns: Sequence[ColumnGuess]) -> tuple[pd.DataFrame, list[Problem]]:
    """The number columns, hours worked per week first under their own name; one decimal sign for the whole file."""
    read = [rows.column(column) for column in columns]
    decimal = decimal_sign(text for column in read for text in column.texts)
    made: dict[str, np.ndarray] = {}
    problems: list[Problem] = []
    for column in sorted(read, key=lambda column: column.guess.item != _HOURS):
        is_hours = column.guess.item == _HOURS and _HOURS not in made
        values, wrong = figures(column, decimal, is_hours)
        made[_HOURS if is_hours else _free_name(column, made)] = values
        problems += wrong
    return pd.DataFrame(made, index=pd.RangeIndex(len(rows))), problems


def _free_name(column: Column, taken: dict[str, np.ndarray]) -> str:
    name = title(column.guess)
    return name if name not in taken and name != _HOURS else f"{name} ({column.guess.index})"


def _guarded(rows: Rows, settled: Settled, belong: Members) -> list[Problem]:
    """Columns that a person says are groups, numbers or units although they identify people."""
    kept = [one for one in settled.columns if one.role in ("segment", "number") and one.why == BY_HAND]
    if belong.column is not None and belong.column not in kept:
        kept.append(belong.column)
    read = [rows.column(column) for column in kept]
    found = (guard(column.guess, [column.texts[at] for at in column.places]) for column in read)
    return [problem for problem in found if problem is not None]


def _nothing_to_show(known: Read, custom: Read, numbers: pd.DataFrame) -> list[Problem]:
    if known.scales or custom.scales or _HOURS in numbers:
        return []
    sentence = (
        "No questionnaire was recognised with enough of its questions, so there is nothing to show. Name at least one "
        "scale: its title, what it measures, and its columns."
    )
    return [Problem("", "nothing_to_show", 0, (), sentence, blocking=True)]


def _respondent(rows: Rows, columns: Sequence[ColumnGuess], salt: bytes) -> np.ndarray | None:
    """A salted hash of each respondent's key. A key that only counts the rows of this file leads nowhere; without a
    salt a hash would lead straight back."""
    keys = (rows.column(column) for column in columns if column.role == "id")
    filled = (key for key in keys if 2 * int(key.people[~key.blank].sum()) > len(rows) and not _only_counts(key))
    if not salt or (best := next(filled, None)) is None:
        return None
    hashes = ["" if blank else code_of(text, salt) for text, blank in zip(best.texts, best.blank.tolist(), strict=True)]
    return best.spread(np.array(hashes, dtype=str), np.dtype("<U32"))


def _only_counts(key: Column) -> bool:
    return all(text.isdecimal() for text in key.texts) and max(map(int, key.texts), default=0) <= _COUNTER * len(
        key.lines
    )


def _complete(raw: RawTable, settled: Settled, recipe: Recipe, belong: Members, excluded: tuple[int, ...]) -> Recipe:
    """The recipe with everything said that was left as recognised."""
    columns = tuple(
        RecipeColumn(
            column.name,
            column.index,
            column.role,
            column.item or "",
            column.levels,
            dict(column.codes),
            tuple(sorted(column.missing)),
            tuple(text for text in column.seen if text in column.codes) if column.role == "item" else None,
        )
        for column in settled.columns
    )
    return replace(
        recipe,
        tool=raw.tool,
        encoding=raw.encoding,
        delimiter=raw.delimiter,
        header_rows=raw.header_rows,
        sha256=raw.sha256,
        answers={key: answer for key, answer in recipe.answers.items() if key != CHANGED},
        columns=columns,
        unit=belong.column.name if belong.column is not None else "",
        exclude=excluded,
        repairs={},  # answers of single people: the wave has them, its recipe tells of nobody
    )
