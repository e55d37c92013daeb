"""Which columns are ratings, block by block: one answer scale for all the columns that share a stem."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

import regex

from data.recognise.items import Found
from data.recognise.view import View
from data.recognise.words import name_says, own_part_says, says
from data.vocabulary import (
    AnswerScale,
    NumberScale,
    Reading,
    match_numbers,
    match_shifted,
    normalise,
    read_words,
    split_code,
)
from data.vocabulary.match import KNOWN_SHARE, best_scale
from data.vocabulary.numbers import read_numbers

_BOUNDED_SPAN = regex.compile(r"[(\[]\s*(?:\D{0,12}\s)?(\d{1,2})\s*(?:-|–|to|bis|à|से)\s*(\d{1,2})\s*[)\]]")
KNOWN_SHARE_OF_ITEMS = 0.8
_ONE_LETTER = regex.compile(r"(\p{L})\d{1,3}")
_SHORT = 5
_FEWEST_RANKED = 8
# Tools whose documentation says that the highest number is the strongest agreement.
_LOW_FIRST = ("viva_glint", "peakon")
_SPOKEN_SPAN = regex.compile(
    r"(?i)(?:scale (?:of|from)|skala von|von|échelle de|escala de)\s+(\d{1,2})\s*(?:-|–|to|bis|à|a)\s*(\d{1,2})"
)
_NAMED_END = regex.compile(r"(\d{1,2})\s*(?:=|:|means)\s*([^,;()|\n]{2,40})")


@dataclass(frozen=True)
class Rating:
    """A rating column: what its cells mean, which codes stand for no answer, and whether 1 is known to be lowest."""

    reading: Reading
    block: str
    missing: frozenset[str] = frozenset()
    direction_known: bool = True
    sure: bool = True


def ratings(views: Sequence[View], found: Mapping[int, Found]) -> dict[int, Rating]:
    """Column index -> rating, for every column of ``views`` that is one.

    ``found``: the items recognised by their wording; their own number of levels settles doubtful ranges.
    """
    worded = {view.index: rating for block in blocks(views) for view, rating in _worded(block, found)}
    rest = [view for view in views if view.index not in worded]
    declared = {view.index: rating for view in rest if (rating := _declared(view, found)) is not None}
    rest = [view for view in rest if view.index not in declared]
    numbered = {view.index: rating for block in blocks(rest) for view, rating in _numbered(block, found)}
    return worded | declared | numbered


def blocks(views: Sequence[View]) -> list[list[View]]:
    """Neighbouring columns that share a stem, together; a column without a stem is a block of its own."""
    places = {view.index: place for place, view in enumerate(views)}
    keyed = groupby(views, key=lambda view: _run(view, places[view.index]))
    return [list(block) for _, block in keyed]


def _run(view: View, place: int) -> tuple[str, int]:
    """What neighbours have in common: their stem, or names such as Q1, Q2, Q3; and no column left out between them."""
    numbered = _ONE_LETTER.fullmatch(view.name.strip())
    stem = view.stem or (numbered[1].casefold() if numbered else "")
    return stem, view.index - place if stem else view.index


def _worded(block: Sequence[View], found: Mapping[int, Found]) -> list[tuple[View, Rating]]:
    """A block whose answers are words: one scale for the block, or one per column when no scale holds them all."""
    words = [view for view in block if not view.labels and _scale_of([view], found)]
    together = _scale_of(words, found) if words else None
    rated = []
    for view in words:
        scale = together or _scale_of([view], found)
        if scale is not None:
            reading = read_words(view.cells, scale)
            known = not reading.numbers
            rated.append((view, Rating(reading, block[0].stem, frozenset(), known, reading.clear)))
    return [(view, rating) for view, rating in rated if _is_rating(view, rating, found, len(rated))]


def _scale_of(views: Sequence[View], found: Mapping[int, Found]) -> AnswerScale | None:
    cells: Counter[str] = Counter()
    for view in views:
        cells.update(view.cells)
    return best_scale(cells, _share(views, found))


def _share(views: Sequence[View], found: Mapping[int, Found]) -> float:
    """How many of the cells have to be known: fewer when the wording already says that these are rating questions."""
    return KNOWN_SHARE_OF_ITEMS if all(view.index in found for view in views) else KNOWN_SHARE


def _is_rating(view: View, rating: Rating, found: Mapping[int, Found], together: int) -> bool:
    """A lone column with a single answer says nothing: it may be the tick of an option."""
    levels = {rating.reading.codes[cell] for cell in view.cells if cell in rating.reading.codes}
    return view.index in found or together > 1 or len(levels) > 1


def _declared(view: View, found: Mapping[int, Found]) -> Rating | None:
    """Codes whose texts the file itself declares: their words give the order, whatever the codes are."""
    texts = {code: text for code, text in view.labels.items() if code not in view.declared_missing}
    scale = best_scale(Counter(normalise(text) for text in texts.values()))
    if scale is None or not view.answers:
        return None
    by_text = read_words(Counter(normalise(text) for text in texts.values()), scale)
    codes = {
        normalise(code): by_text.codes[normalise(text)]
        for code, text in texts.items()
        if normalise(text) in by_text.codes
    }
    outside = tuple(cell for cell in view.answers if cell not in codes and cell not in by_text.codes)
    known = sum(count for cell, count in view.answers.items() if cell not in outside)
    if len(codes) < 3 or known < KNOWN_SHARE * sum(view.answers.values()):
        return None
    reading = Reading(scale.id, scale.levels, {**by_text.codes, **codes}, outside, kind=scale.kind)
    return Rating(reading, view.stem, frozenset(map(normalise, view.declared_missing)))


def _numbered(block: Sequence[View], found: Mapping[int, Found]) -> list[tuple[View, Rating]]:
    """A block whose answers are numbers: one range for the columns that have the same number of levels."""
    if _is_ranking(block):
        return []
    shifted = _shifted(block, found)
    numbers = [view for view in block if view.answers and _may_rate(view, found, block, shifted is not None)]
    rated = []
    for levels, same in groupby(numbers, key=lambda view: _levels(view, found)):
        views = list(same)
        scale = shifted or _range(views, levels, found)
        for view in views:
            if (own := scale or _range([view], levels, found)) is not None:
                rated.append((view, _number_rating(view, own, block[0].stem, view.index in found or len(views) > 1)))
    return rated


def _number_rating(view: View, scale: NumberScale, block: str, sure: bool) -> Rating:
    reading, missing = read_numbers(view.cells, scale)
    rising = _named_ends(view)
    if rising is False:
        reading = replace(reading, codes={cell: scale.levels + 1 - level for cell, level in reading.codes.items()})
    known = scale.levels == 11 or view.tool in _LOW_FIRST or rising is not None
    declared = frozenset(map(normalise, view.declared_missing))
    return Rating(reading, block, missing | declared, known, sure or _span(view) is not None or _is_sentence(view))


def _is_ranking(block: Sequence[View]) -> bool:
    """Whether people put the columns of a block in order: 1 to k, and nearly nobody gives one place twice."""
    places = {str(place) for place in range(1, len(block) + 1)}
    if len(block) < 3 or not all(set(view.answers) <= places for view in block):
        return False
    rows = [[cell.strip() for cell in row if cell.strip()] for row in zip(*(view.rows for view in block), strict=True)]
    several = [row for row in rows if len(row) > 1]
    apart = sum(len(set(row)) == len(row) for row in several)
    return len(several) >= _FEWEST_RANKED and apart >= 0.9 * len(several)


def _shifted(block: Sequence[View], found: Mapping[int, Found]) -> NumberScale | None:
    """The range of a Qualtrics matrix whose choices are numbered from any number on, as its editor allows."""
    matrix = len(block) >= 3 and all(view.tool == "qualtrics" and view.index not in found for view in block)
    return match_shifted(*(view.answers for view in block)) if matrix else None


def _may_rate(view: View, found: Mapping[int, Found], block: Sequence[View], ranged: bool) -> bool:
    """Numbers are a rating when the question is known or sounds like one; years, hours, amounts and groups are not."""
    together = len(block)
    if not ranged and _range([view], _levels(view, found), found) is None:
        return False
    if view.index not in found and view.names_groups and not _share_texts(view, block):
        return False
    if view.index in found or _span(view) is not None or _has_worded_ends(view):
        return True
    short = len(view.own_part.split()) <= _SHORT
    if says(view, "counted") or (short and own_part_says(view, "number")) or (view.label and name_says(view, "number")):
        return False
    names_a_group = says(view, "segment") and (short or says(view, "which"))
    if own_part_says(view, "id", "exact") or (names_a_group and together == 1):
        return False
    return together > 1 or len(view.answers) >= (3 if _is_sentence(view) else 4)


def _share_texts(view: View, block: Sequence[View]) -> bool:
    """Whether a neighbour has the same texts for its codes, as the statements of one block have."""
    return any(other is not view and other.labels == view.labels for other in block)


def _has_worded_ends(view: View) -> bool:
    """Whether words stand beside the numbers at the ends, perhaps in the middle, and numbers alone between them:
    "1 (not at all)", 2, 3."""
    worded = sum(bool(split_code(cell)[0]) for cell in view.answers)
    return 0 < worded <= 3 and len(view.answers) >= worded + 2


def _range(views: Sequence[View], levels: int | None, found: Mapping[int, Found]) -> NumberScale | None:
    return match_numbers(
        *(view.answers for view in views), levels=levels, span=_span(views[0]), share=_share(views, found)
    )


def _levels(view: View, found: Mapping[int, Found]) -> int | None:
    return found[view.index].item.levels if view.index in found else None


def _is_sentence(view: View) -> bool:
    return len(view.own_part.split()) >= 3


def _span(view: View) -> tuple[int, int] | None:
    """The lowest and highest code where the question names them ("Satisfaction (1-7)") or everybody knows them."""
    if view.tool == "peakon" and view.label:
        return (0, 10)
    match = _BOUNDED_SPAN.search(view.question) or _SPOKEN_SPAN.search(view.question)
    if match is None:
        above_seven = any(cell in view.answers for cell in ("8", "9", "10"))
        return (0, 10) if above_seven and says(view, "recommend") else None
    low, high = sorted((int(match[1]), int(match[2])))
    return (low, high) if low <= 1 and 3 <= high <= 10 else None


def _named_ends(view: View) -> bool | None:
    """Whether the lowest number is the lowest answer, where the question ("1 = never") or the file's own texts for the
    ends say so; None when neither does."""
    ends = {int(code): normalise(words) for code, words in _NAMED_END.findall(view.question)}
    if len(ends) < 2:
        worded = {code: text for code, text in view.labels.items() if code not in view.declared_missing}
        ends = {int(code): normalise(text) for code, text in worded.items() if code.isdecimal()}
    scale = best_scale(Counter(ends.values())) if len(ends) > 1 else None
    if scale is None:
        return None
    first, last = scale.words.get(ends[min(ends)], 0), scale.words.get(ends[max(ends)], 0)
    return first < last if first and last and first != last else None
