"""Rating columns that hold numbers: which range they run over, and which level each number stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex

from data.vocabulary.match import KNOWN_SHARE, Reading
from data.vocabulary.sets import is_missing
from data.vocabulary.text import split_code

MANY = 60
_FEW = 0.2  # the most that may give no answer by such a code
VERY_MANY = 200  # answers after which a top step that nobody chose is believed not to exist
_NUMBER = regex.compile(r"-?\d{1,3}(?:[.,]0+)?")
_TOOL_CODE = regex.compile(r"ao?(\d{1,2})")
# Codes that tools and people write for "no answer"; believed only in a column whose answers end far below them.
_OUT_OF_RANGE = frozenset({66, 77, 88, 97, 98, 99, 777, 888, 997, 998, 999})


@dataclass(frozen=True)
class NumberScale:
    """A range of whole-number codes from ``low`` in steps of ``step``: 1-5, 0-4, 0/25/50/75/100, 1-7, 0-10."""

    low: int
    step: int
    levels: int

    def level(self, value: int) -> int:
        """1..levels for a code of the range, 0 for any other number."""
        steps, rest = divmod(value - self.low, self.step)
        return steps + 1 if rest == 0 and 0 <= steps < self.levels else 0


@dataclass(frozen=True)
class _Cell:
    """A cell as a number, with the words that stand beside it, if any."""

    text: str
    value: int
    words: str = ""


def match_numbers(
    *columns: Mapping[str, int],
    levels: int | None = None,
    span: tuple[int, int] | None = None,
    share: float = KNOWN_SHARE,
) -> NumberScale | None:
    """The range that holds the numbers of all ``columns`` (normalised cell -> count), or None when they are no ratings.

    ``levels``: what the question's own answer set has; ``span``: lowest and highest code where the question names them;
    ``share`` (0-1): the part of a column's cells that has to be numbers.
    """
    found: dict[int, int] = {}
    worded: set[int] = set()
    for column in columns:
        cells = _numbers(column, share)
        if cells is None:
            return None
        worded |= {cell.value for cell in cells if cell.words}
        for cell in cells:
            found[cell.value] = found.get(cell.value, 0) + column[cell.text]
    values = {value for value in found if value >= 0 and value not in _OUT_OF_RANGE}
    values -= _apart(found, values)
    if not values:
        return None
    if span is not None and all(span[0] <= value <= span[1] for value in values):
        return NumberScale(span[0], 1, span[1] - span[0] + 1)
    if len(worded) > 1 and 0 <= min(worded) <= 1 and max(values) == max(worded) <= 10 and min(values) >= min(worded):
        # "1 (none at all)" and "10 (all my time)": a scale whose ends have words says where they are.
        return NumberScale(min(worded), 1, max(worded) - min(worded) + 1)
    return _by_levels(values, levels, sum(found.values())) or _by_range(values, sum(found.values()))


def _apart(found: Mapping[int, int], values: set[int]) -> set[int]:
    """8 and 9 beside answers that end at 5 or less: in many answers with nothing between, codes for no answer."""
    rest = values - {8, 9}
    alone = bool(rest) and 2 <= max(rest) <= 5 and len(rest) >= 3 and sum(found.values()) >= MANY
    few = sum(found[value] for value in values - rest) <= _FEW * sum(found.values())
    return values - rest if alone and few else set()


def match_shifted(*columns: Mapping[str, int]) -> NumberScale | None:
    """The range of a block of columns whose choices are numbered from 2 or more (11-15): four to seven in a row, all of
    which occur; None for anything else."""
    values: set[int] = set()
    for column in columns:
        cells = _numbers(column, KNOWN_SHARE)
        if cells is None:
            return None
        values |= {cell.value for cell in cells if cell.value >= 0 and cell.value not in _OUT_OF_RANGE}
    low, levels = min(values, default=0), len(values)
    in_a_row = low > 1 and 4 <= levels <= 7 and max(values) - low == levels - 1
    return NumberScale(low, 1, levels) if in_a_row else None


def read_numbers(cells: Mapping[str, int], scale: NumberScale) -> tuple[Reading, frozenset[str]]:
    """What the normalised ``cells`` of one column mean on ``scale``, and the codes taken for "no answer"."""
    codes: dict[str, int] = {str(scale.low + scale.step * place): place + 1 for place in range(scale.levels)}
    outside, missing = [], set()
    for cell in cells:
        number = _number(cell)
        if number is None:
            if not is_missing(cell):
                outside.append(cell)
        elif level := scale.level(number.value):
            codes[cell] = level
        elif number.value < 0 or number.value in _OUT_OF_RANGE:
            missing.add(cell)
        else:
            outside.append(cell)
    name = f"{scale.low}-{scale.low + scale.step * (scale.levels - 1)}"
    return Reading(name, scale.levels, codes, tuple(outside), True, True, scale.low == 0, "number"), frozenset(missing)


def _numbers(cells: Mapping[str, int], share: float) -> list[_Cell] | None:
    """Every cell as a number, or None when the column is not one of numbers with a few of them in words too."""
    found, known, total = [], 0, 0
    for cell, count in cells.items():
        number = _number(cell)
        total += count if number or not is_missing(cell) else 0
        if number is not None:
            found.append(number)
            known += count
    worded = [number.words for number in found if number.words]
    # "Ward 1" and "Ward 2" are no ratings: their words are the same, and no cell is a number alone.
    rating = not worded or (len(worded) < len(found) - 1 and len(set(worded)) == len(worded))
    return found if found and rating and known >= share * total else None


def _number(cell: str) -> _Cell | None:
    if _NUMBER.fullmatch(cell):
        return _Cell(cell, round(float(cell.replace(",", "."))))
    if tool := _TOOL_CODE.fullmatch(cell):
        return _Cell(cell, int(tool[1]))
    code, words = split_code(cell)
    return _Cell(cell, int(code), words) if code else None


def _by_levels(values: set[int], levels: int | None, count: int) -> NumberScale | None:
    if levels is None:
        return None
    if levels == 7 and values <= set(range(1, 6)) and count >= MANY:
        return NumberScale(1, 1, 5)
    step = 100 // (levels - 1)
    if max(values) > levels and values <= set(range(0, 101, step)):
        return NumberScale(0, step, levels)
    for low in (1, 0):
        if low <= min(values) and max(values) < low + levels:
            return NumberScale(low, 1, levels)
    # Tools let people number the choices from any number on; believed when every choice occurs and nothing else does.
    return NumberScale(min(values), 1, levels) if values == set(range(min(values), min(values) + levels)) else None


def _by_range(values: set[int], count: int) -> NumberScale | None:
    low, high = min(values), max(values)
    if high > 10:
        return NumberScale(0, 25, 5) if values <= {0, 25, 50, 75, 100} and values & {25, 75} else None
    if len(values) < 2 or (high <= 2 and len(values) == 2):
        return None
    usual = (5, 7, 10) if low >= 1 else (4, 6, 10)
    top = next(end for end in usual if high <= end)
    if top == 10:
        low = 1 if low >= 1 and count >= MANY else 0
        return NumberScale(low, 1, 11 - low)
    if count >= VERY_MANY and high >= 3:
        top = high
    low = min(low, 1)
    return NumberScale(low, 1, top - low + 1)
