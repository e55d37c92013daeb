"""What a column holds that is no question of an instrument: dates, numbers, keys, groups or prose."""

from __future__ import annotations

import statistics

import regex

from data import bands
from data.moments import is_moment
from data.numerals import decimal_sign, number
from data.recognise.view import View
from data.recognise.words import listed, own_part_says, says
from data.vocabulary import is_missing, wording

MOST_GROUPS = 200
_PEOPLE_A_GROUP = 4  # on average: a column that says it names groups may then name more than MOST_GROUPS
SPECIAL = "special category, not needed for any figure"
_LONG = 60
_NAME = 20
_FEW = 30
_SAME_EVERYWHERE = 20
_SHORT = 5
_MANY = 60
_BAND = regex.compile(
    r"(?i)\D{0,12}\d{1,3}\s*(?:-|–|to|bis|à)\s*\d{1,3}\D{0,12}|[<>]\s*\d+.*|\d+\s*\+.*|"
    r"(?:under|over|less than|more than)\s+\d+.*"
)
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_SHORT_DATE = regex.compile(rf"(?i)\d{{1,2}}[- ]{_MONTH}|{_MONTH}[- ]\d{{2}}")
_CODE = regex.compile(r"[\p{L}\p{N}_.:#-]{1,64}")


def kind(view: View) -> tuple[str, str]:
    """The role of a column that is neither a tool's own nor a rating nor a choice, and why."""
    said = [cell for cell in view.counts if not is_missing(cell)]
    if own_part_says(view, "special"):
        return "drop", SPECIAL
    if is_damaged_band(view):
        return "segment", bands.WHY
    if said and sum(map(is_moment, said)) >= 0.9 * len(said):
        return "quality", "dates"
    if is_serial_dates(view):
        return "quality", "dates"
    if _is_key(view):
        return "id", "a number or code of its own in every row"
    if view.names_groups:
        return "segment", "codes with a text for each"
    if _are_numbers(view, said):
        return ("segment", "few coded groups") if _is_coded_group(view) else ("number", "numbers")
    if len(said) == 1 and view.counts[said[0]] >= _SAME_EVERYWHERE and not says(view, "segment"):
        return "drop", "the same in every row"
    if _asks_for_words(view):
        return "text", "asks for words of one's own"
    if _is_group(view):
        return "segment", "few answers, given again and again"
    return "text", "words of one's own"


def is_special(view: View) -> bool:
    """Whether a column asks for a special category of data: in a short header, or in a question to the person."""
    question = wording(view.own_part)
    short = len(question.split()) <= _SHORT
    named = own_part_says(view, "special") or (short and own_part_says(view, "special", "short"))
    return named and (short or any(f" {word} " in f" {question} " for word in listed("special", "asking")))


def is_damaged_band(view: View) -> bool:
    """Bands such as 1-5 that a spreadsheet turned into dates, beside others that it could not turn."""
    if says(view, "date") and not says(view, "band"):
        return False
    dates = [cell for cell in view.counts if _SHORT_DATE.fullmatch(cell) or is_moment(cell)]
    bands = [cell for cell in view.counts if _BAND.fullmatch(cell) and not is_moment(cell)]
    few = len(view.counts) <= 15 and sum(view.counts.values()) > len(view.counts)
    return bool(dates) and few and (bool(bands) or (says(view, "band") and len(dates) == len(view.counts)))


def damaged_cells(view: View) -> int:
    """How many cells of a damaged band column are dates now."""
    return sum(n for cell, n in view.counts.items() if _SHORT_DATE.fullmatch(cell) or is_moment(cell))


def is_serial_dates(view: View) -> bool:
    """Days counted from 1900, as a spreadsheet stores dates: five digits under a header that names a date."""
    numbers = [cell.partition(".") for cell in view.answers]
    days = bool(numbers) and all(whole.isdecimal() and 30_000 <= int(whole) <= 60_000 for whole, _, _ in numbers)
    return days and own_part_says(view, "date")


def _are_numbers(view: View, said: list[str]) -> bool:
    decimal = decimal_sign(said)
    numeric = sum(view.counts[cell] for cell in said if number(cell, decimal) == number(cell, decimal))
    return bool(said) and numeric >= 0.95 * sum(view.counts[cell] for cell in said)


def _is_coded_group(view: View) -> bool:
    """Numbers under a group's header, such as department codes; ages and years stay numbers."""
    whole = all(cell.isdecimal() for cell in view.answers)
    return whole and says(view, "segment") and not says(view, "number") and len(view.answers) <= MOST_GROUPS


def _is_key(view: View) -> bool:
    named = wording(view.own_part) in listed("id", "exact") or wording(view.name) in listed("id", "exact")
    named = named or view.name.strip() == "#"
    total = sum(view.counts.values())
    distinct = len(view.counts) >= 0.95 * total
    if named and (distinct or len(view.counts) > 10) and all(map(_CODE.fullmatch, view.counts)):
        return True
    return view.index == 0 and _counts_rows(view)


def _counts_rows(view: View) -> bool:
    """Whether the cells are whole numbers that go up by one from row to row."""
    texts = view.column.texts
    if not texts or len(texts) != len(view.column) or not texts[0].isascii() or not texts[0].isdecimal():
        return False
    first = int(texts[0])
    return all(text == str(number) for number, text in enumerate(texts, first))


def _is_group(view: View) -> bool:
    total, distinct = sum(view.counts.values()), len({cell.casefold() for cell in view.counts})
    many = distinct > MOST_GROUPS and not (says(view, "segment") and distinct * _PEOPLE_A_GROUP <= total)
    if not total or many or statistics.fmean(map(len, view.counts)) > _LONG:
        return False
    if says(view, "segment"):
        return distinct <= max(12, 0.6 * total)
    if total >= _MANY and distinct <= 0.1 * total:
        return True
    names = distinct <= _FEW and len(view.own_part.split()) <= 3 and statistics.fmean(map(len, view.counts)) <= _NAME
    return distinct <= (0.7 if names else 0.5) * total and not _is_open_question(view)


def _asks_for_words(view: View) -> bool:
    """The question asks for a comment or a reason; "other" and "note" say so only in a short header."""
    short = len(view.own_part.split()) <= _SHORT
    return own_part_says(view, "text") or (short and own_part_says(view, "text", "short"))


def _is_open_question(view: View) -> bool:
    """A question for a wish or a change, answered in sentences: no group, however often one sentence comes back."""
    opening = any(f"{wording(view.own_part)} ".startswith(f"{word} ") for word in listed("text", "opening"))
    wish = own_part_says(view, "text", "wish")
    sentences = statistics.fmean(len(cell.split()) for cell in view.counts) >= 2
    return opening and wish and sentences
