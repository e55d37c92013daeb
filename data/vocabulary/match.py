"""Which answer scale holds every answer of a block of columns, and what each answer then means."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import regex

from data.vocabulary.sets import AnswerScale, is_missing, load
from data.vocabulary.text import normalise, split_code

KNOWN_SHARE = 0.95
_BARE_NUMBER = regex.compile(r"\d{1,3}(?:[.,]0+)?")
_HALVES = regex.compile(r"\s+[/|]\s+|\n")
_LETTERED = regex.compile(r"\(?[a-k][.)]\s*(\p{L}.*)")


@dataclass(frozen=True)
class Reading:
    """What the answers of one column mean: normalised cell -> 1..levels, and the cells outside the scale.

    ``numbers``: some cells are bare numbers whose direction no other cell tells; ``clear`` False when two different
    answers share a level, which a person should look at; ``zero_based``: the lowest code in the file is 0.
    """

    scale: str
    levels: int
    codes: Mapping[str, int]
    outside: tuple[str, ...] = ()
    numbers: bool = False
    clear: bool = True
    zero_based: bool = False
    kind: str = field(default="")


def match_scale(*columns: Iterable[str], share: float = 1.0) -> AnswerScale | None:
    """The answer scale in which the non-missing cells of all ``columns`` lie, or None.

    One column is often not enough: "agree" and "disagree" alone fit sets of four, five and seven, so columns that
    share a stem come together. ``share`` (0-1) is the part of all cells that has to be known. A scale whose every
    level is told apart comes before one that merges two answers.
    """
    cells = Counter(normalise(cell) for column in columns for cell in column)
    return best_scale(cells, share)


def best_scale(cells: Mapping[str, int], share: float = 1.0) -> AnswerScale | None:
    """``match_scale`` for normalised cells that were counted already."""
    forms = {cell: _forms(cell) for cell in cells}
    worded = {cell for cell, found in forms.items() if any(form in load().words for form in found)}
    possible = sum(cells[cell] for cell in worded)
    strange = sum(n for cell, n in cells.items() if cell not in worded and not _is_bare(cell) and not is_missing(cell))
    if not possible or possible < share * (possible + strange):
        return None
    fits = []
    for place, scale in enumerate(load().scales):
        known = {cell: level_of(cell, scale) for cell in worded}
        in_words = sum(cells[cell] for cell in worded if known[cell])
        total = strange + sum(cells[cell] for cell in worded if known[cell] or not is_missing(cell))
        if in_words and in_words >= share * total:
            forced = scale.levels == 4 and _all_four(known, possible)
            fits.append((total - in_words, _shared_levels(known), not forced, place))
    return load().scales[min(fits)[3]] if fits else None


def read_words(cells: Mapping[str, int], scale: AnswerScale) -> Reading:
    """What the normalised, counted ``cells`` of one column mean on ``scale``, code and words of a cell compared."""
    codes = dict(scale.words)
    pairs, bare, outside = [], [], []
    for cell in cells:
        level, code = level_of(cell, scale), split_code(cell)[0]
        if level and code and cell not in scale.words:
            pairs.append((cell, int(code), level))
        elif level:
            codes[cell] = level
        elif _is_bare(cell):
            bare.append(cell)
        elif not is_missing(cell):
            outside.append(cell)
    steps = _numbering(pairs, bare, cells, scale.levels)
    for cell, number, level in pairs:
        if steps.get(number, level) == level:
            codes[cell] = level
        else:
            outside.append(cell)
    for cell in bare:
        if (value := int(float(cell.replace(",", ".")))) in steps:
            codes[cell] = steps[value]
        else:
            outside.append(cell)
    clear = _shared_levels({cell: codes.get(cell, 0) for cell in cells}) == 0
    return Reading(scale.id, scale.levels, codes, tuple(outside), bool(bare and not pairs), clear, False, scale.kind)


def level_of(cell: str, scale: AnswerScale) -> int:
    """The level of one normalised cell by its words, 0 when it has none: plain, with a code, or in two languages."""
    whole, words, *halves = _forms(cell)
    if whole in scale.words:
        return scale.words[whole]
    if words in scale.words:
        return scale.words[words]
    levels = {scale.words[half] for half in halves if half in scale.words}
    return levels.pop() if len(levels) == 1 else 0


@lru_cache(maxsize=1 << 14)
def _forms(cell: str) -> tuple[str, ...]:
    """A cell whole, without its code, and its halves where two languages stand side by side; "a) often" is "often"."""
    words = split_code(cell)[1]
    halves = _HALVES.split(words) if _HALVES.search(words) else []
    lettered = _LETTERED.fullmatch(words)
    return (cell, words, *(half.strip(" .:*_?!") for half in halves), *([lettered[1]] if lettered else []))


def _is_bare(cell: str) -> bool:
    return bool(_BARE_NUMBER.fullmatch(cell))


def _numbering(
    pairs: Sequence[tuple[str, int, int]], bare: Sequence[str], cells: Mapping[str, int], levels: int
) -> dict[int, int]:
    """Code -> level as most cells with code and words have it; counting from 1 upwards when none tells."""
    rising = {level: level for level in range(1, levels + 1)}
    from_zero = {level - 1: level for level in range(1, levels + 1)}
    falling = {levels + 1 - level: level for level in range(1, levels + 1)}
    hundred = {round(100 * (level - 1) / (levels - 1)): level for level in range(1, levels + 1)}
    numbers = {int(float(cell.replace(",", "."))) for cell in bare}
    if not pairs:
        return from_zero if 0 in numbers else rising
    steps = (rising, from_zero, falling, hundred)
    agreeing = [sum(cells[cell] for cell, code, level in pairs if step.get(code) == level) for step in steps]
    most = max(agreeing)
    if most * 2 <= sum(cells[cell] for cell, _, _ in pairs):
        return {}
    return steps[agreeing.index(most)]


def _shared_levels(known: Mapping[str, int]) -> int:
    """How many levels hold two different answers, such as "disagree" and "tend to disagree" in one column."""
    by_level: dict[int, set[str]] = {}
    for cell, level in known.items():
        if level:
            by_level.setdefault(level, set()).add(_bare(split_code(cell)[1]))
    return sum(len(words) > 1 for words in by_level.values())


def _bare(words: str) -> str:
    return "never" if words.startswith("never") else words


def _all_four(known: Mapping[str, int], cells: int) -> bool:
    """A set without a middle is believed when all four steps occur and nobody of many took a middle."""
    return {level for level in known.values() if level} == {1, 2, 3, 4} and cells >= 40
