"""The scales of a wave: of every questionnaire that was recognised, and of the columns that a recipe names."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from analytics.instrument import Instrument, Scale, custom_scale
from data.cells import Column, Rows, answers
from data.labels import clean_label
from data.ranges import on_range
from data.recipe import CustomScale
from data.settled import Settled, title, turn
from data.table import ColumnGuess, Problem
from data.vocabulary import match_numbers, normalise, read_words
from data.vocabulary.match import KNOWN_SHARE, best_scale
from data.vocabulary.numbers import read_numbers

_RATINGS = ("item", "number", "segment")


@dataclass(frozen=True)
class Read:
    """Answers by item id, the scales that they make, what is wrong, and the columns that were used."""

    answers: dict[str, np.ndarray]
    scales: tuple[Scale, ...]
    problems: tuple[Problem, ...]
    used: frozenset[int]


def instrument_scales(rows: Rows, settled: Settled, instruments: Mapping[str, Instrument]) -> Read:
    """Every scale of a known questionnaire of which enough items are in the file for its own missing rule.

    A scale keeps the items that were asked; what is missing is said in its caveat and in a problem.
    """
    known = {item.id: item for instrument in instruments.values() for item in instrument.items}
    named = [column for column in settled.columns if column.role == "item" and column.item]
    columns = [_with_codes(rows, column) for column in named]
    problems = [_unknown_item(column) for column in columns if column.item not in known]
    problems += [_no_rating(column) for column in columns if not column.codes]
    by_item: dict[str, ColumnGuess] = {}
    for column in columns:
        item = str(column.item)
        if item in known and column.codes and by_item.setdefault(item, column) is not column:
            problems.append(_twice(column, by_item[item]))
    scales: list[Scale] = []
    for whole in (scale for instrument in instruments.values() for scale in instrument.scales):
        found = [item for item in whole.columns if item in by_item]
        scale = _asked(whole, {item: by_item[item] for item in found}, problems) if found else None
        scales += [scale] if scale else []
    wanted = {item: by_item[item] for scale in scales for item in scale.columns}
    coded = {item: _coded(rows, settled.turned, column, problems) for item, column in wanted.items()}
    used = frozenset(column.index for column in wanted.values())
    return Read(coded, tuple(scales), tuple(problems), used)


def custom_scales(rows: Rows, settled: Settled, named: Sequence[CustomScale]) -> Read:
    """Every scale that a recipe names, its columns as ``<scale id>.<n>``; a blocking problem where one cannot be."""
    coded: dict[str, np.ndarray] = {}
    scales: list[Scale] = []
    problems: list[Problem] = []
    used: set[int] = set()
    for wanted in named:
        columns = _columns_of(wanted, settled, problems)
        if columns is None or (read := _readings(rows, settled, wanted, columns, problems)) is None:
            continue
        names = {column.index: f"{wanted.id}.{n}" for n, column in enumerate(columns, start=1)}
        # Labels and ends are listed lowest first: they say the direction themselves.
        turned = frozenset() if wanted.labels or wanted.range else settled.turned
        coded |= {names[column.index]: _coded(rows, turned, column, problems) for column in read}
        scales.append(_custom(wanted, settled, read, names))
        used |= set(names)
    return Read(coded, tuple(scales), tuple(problems), frozenset(used))


def _asked(whole: Scale, found: Mapping[str, ColumnGuess], problems: list[Problem]) -> Scale | None:
    """A scale with the items that the file has and the levels they were answered on; None when they are too few."""
    absent = [item.label for item in whole.items if item.id not in found]
    have = f"{whole.title}: {len(found)} of {len(whole.items)} questions are in the file"
    if len(found) < whole.min_answered:
        sentence = f"{have}, but it needs {whole.min_answered}. It is not scored."
        problems.append(Problem("", "scale_not_scored", len(absent), (), sentence))
        return None
    items = tuple(
        replace(item, levels=found[item.id].levels or item.levels) for item in whole.items if item.id in found
    )
    if not absent:
        return replace(whole, items=items)
    missing = f"Not asked: {', '.join(absent)}."
    sentence = f"{have}. {missing} It is scored from the others, as its own rule allows."
    problems.append(Problem("", "items_missing", len(absent), (), sentence))
    return replace(whole, items=items, caveat=f"{whole.caveat} {missing}".strip())


def _coded(rows: Rows, turned: frozenset[int], guess: ColumnGuess, problems: list[Problem]) -> np.ndarray:
    if guess.index in turned:
        guess = replace(guess, codes=turn(guess.codes, guess.levels or 0))
    codes, problem = answers(rows.column(guess))
    if problem is not None and problem not in problems:
        problems.append(problem)
    return codes


def _columns_of(wanted: CustomScale, settled: Settled, problems: list[Problem]) -> list[ColumnGuess] | None:
    """The columns that a scale names, each once; None (and problems) when one is not there or is not a rating."""
    found = [(ref, settled.find(ref)) for ref in (*wanted.columns, *wanted.reversed)]
    absent = [str(ref) for ref, column in found if column is None]
    columns = list({column.index: column for _, column in found[: len(wanted.columns)] if column is not None}.values())
    no_rating = [column for column in columns if column.role not in _RATINGS and not _may_hold(wanted, column)]
    stray = [column for _, column in found[len(wanted.columns) :] if column is not None and column not in columns]
    said = []
    if absent:
        said.append(f"names columns that the file does not have: {', '.join(sorted(set(absent)))}")
    if no_rating:
        said.append(f"names columns that hold no ratings: {_names(no_rating)}")
    if stray:
        said.append(f"turns columns round that it does not name: {_names(stray)}")
    problems += [_wrong(wanted, rule) for rule in said]
    return None if said else columns


def _may_hold(wanted: CustomScale, column: ColumnGuess) -> bool:
    """With its answers listed or their ends named, a column of any kind can be read, unless it identifies people."""
    return bool(wanted.labels or wanted.range) and column.role != "pii"


def _readings(
    rows: Rows, settled: Settled, wanted: CustomScale, columns: list[ColumnGuess], problems: list[Problem]
) -> list[ColumnGuess] | None:
    """The scale's columns with codes and one number of levels; None (and a problem) when they do not agree."""
    if wanted.labels:
        codes = {normalise(label): level for level, label in enumerate(wanted.labels, start=1)}
        levels = len(wanted.labels)
        return [replace(one, codes=codes, levels=levels, missing=one.missing - codes.keys()) for one in columns]
    if wanted.range:
        return on_range([rows.column(column) for column in columns], *wanted.range)
    bare = [column for column in columns if not column.codes]
    read = {column.index: column for column in _read_together([rows.column(column) for column in bare])}
    if len(read) < len(bare):
        unread = [column for column in bare if column.index not in read]
        problems.append(_wrong(wanted, f"names columns whose answers form no rating scale: {_names(unread)}"))
        return None
    ready = [read.get(column.index, column) for column in columns]
    if len({column.levels for column in ready}) > 1:
        spread = ", ".join(f"{column.name.strip()} has {column.levels}" for column in ready[:8])
        problems.append(_wrong(wanted, f"should have the same number of answer levels in every column, but {spread}"))
        return None
    return ready


def _read_together(columns: Sequence[Column]) -> list[ColumnGuess]:
    """Columns that were not taken for ratings, read on the one answer scale that holds them all, if there is one."""
    if not columns:
        return []
    together: Counter[str] = sum((column.counted for column in columns), Counter())
    words = best_scale(together, KNOWN_SHARE)
    if words is not None:
        return [
            replace(one.guess, codes=dict(read_words(one.counted, words).codes), levels=words.levels) for one in columns
        ]
    numbers = match_numbers(*(column.counted for column in columns))
    if numbers is None:
        return []
    read = [(one.guess, *read_numbers(one.counted, numbers)) for one in columns]
    return [
        replace(guess, codes=dict(reading.codes), levels=numbers.levels, missing=guess.missing | missing)
        for guess, reading, missing in read
    ]


def _custom(wanted: CustomScale, settled: Settled, read: Sequence[ColumnGuess], names: Mapping[int, str]) -> Scale:
    turned = [settled.find(ref) for ref in wanted.reversed]
    return custom_scale(
        wanted.id,
        clean_label(wanted.title),
        wanted.role,
        [names[column.index] for column in read],
        read[0].levels or 0,
        [names[column.index] for column in turned if column is not None],
        {names[column.index]: title(column) for column in read},
        clean_label(wanted.high_means) if wanted.high_means else "",
    )


def _names(columns: Sequence[ColumnGuess]) -> str:
    return ", ".join(column.name.strip() for column in columns)


def _wrong(wanted: CustomScale, said: str) -> Problem:
    sentence = f"The scale {clean_label(wanted.title)!r} {said}."
    return Problem(wanted.id, "custom_scale", 0, (), sentence, blocking=True)


def _with_codes(rows: Rows, column: ColumnGuess) -> ColumnGuess:
    """A column that only a recipe calls a question has no codes yet: its answers are read on a fitting scale."""
    return column if column.codes else next(iter(_read_together([rows.column(column)])), column)


def _no_rating(column: ColumnGuess) -> Problem:
    sentence = f'Column "{column.name.strip()}" is said to be {column.item}, but its answers form no rating scale.'
    return Problem(column.name, "no_rating", 0, (), sentence, blocking=True)


def _unknown_item(column: ColumnGuess) -> Problem:
    sentence = (
        f'Column "{column.name.strip()}" is said to be {column.item!r}, but no questionnaire has such a question.'
    )
    return Problem(column.name, "unknown_item", 0, (), sentence, blocking=True)


def _twice(column: ColumnGuess, first: ColumnGuess) -> Problem:
    both = f'Columns "{first.name.strip()}" and "{column.name.strip()}"'
    sentence = f"{both} are both said to be {column.item}. Only one can be."
    return Problem(column.name, "item_twice", 0, (), sentence, blocking=True)
