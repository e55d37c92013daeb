"""What the analyst is told about a file: kinds of warning, and plain sentences with their numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
import regex

from analytics.instrument import Instrument
from data.moments import is_moment
from data.numerals import decimal_sign, is_grouped
from data.recognise import waves
from data.recognise.choices import separator
from data.recognise.kinds import damaged_cells, is_damaged_band, is_serial_dates
from data.recognise.roles import Roles
from data.recognise.view import View
from data.table import Problem, RawTable
from data.vocabulary import normalise

_FORMULA = regex.compile(r"[=@\t\r].*|[+-](?![\d\s.,]*%?$).+", flags=regex.DOTALL)
_MARKUP = regex.compile(r"<[a-zA-Z/][^<>]{0,60}>|(?<!\w)\*[^*]+\*(?!\w)")
_DIRECTION_MARK = regex.compile("[\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]")
_ERRORS = frozenset({"#n/a", "#div/0", "#value", "#ref", "#name", "#null", "#num"})
_NON_LATIN_DIGIT = regex.compile(r"(?![0-9])\p{Nd}")
_ZONED = regex.compile(r"(?:Z|GMT|UTC|[+-]\d{2}:?\d{2})\s*$|GMT[+-]")


def warnings(raw: RawTable, views: Sequence[View], roles: Roles) -> tuple[str, ...]:
    """The kinds of warning (closed vocabulary) that a file's columns call for."""
    return tuple(kind for kind, test in _TESTS.items() if test(raw, views, roles))


def notes(
    views: Sequence[View], roles: Roles, instruments: Mapping[str, Instrument], found: Mapping[str, int]
) -> tuple[str, ...]:
    """Plain sentences: which questionnaires, which columns were left out, which group names look alike."""
    said = [
        f"{instruments[id_].title}: {count} of {len(instruments[id_].items)} questions found."
        for id_, count in found.items()
    ]
    identifying = sum(role == "pii" for role in roles.role.values())
    if identifying:
        columns = "1 column that identifies" if identifying == 1 else f"{identifying} columns that identify"
        said.append(f"{columns} people, devices or places: left out.")
    for view in _with(views, roles, "segment"):
        said += [
            f'In "{view.name.strip()}" these names look like one group: {", ".join(names)}.' for names in alike(view)
        ]
        if is_damaged_band(view):
            count = damaged_cells(view)
            said.append(
                f'{count} cells of "{view.name.strip()}" look like dates where bands are expected: '
                '"1-May" was probably "1-5".'
            )
    return tuple(said)


def alike(view: View) -> list[list[str]]:
    """Group names that differ only in case, blanks and hyphens: "IT", "it", "I T"."""
    by_form: dict[str, list[str]] = {}
    for cell in view.counts:
        by_form.setdefault(regex.sub(r"[\s_-]+", "", normalise(cell)), []).append(" ".join(cell.split()))
    return [sorted(set(names)) for names in by_form.values() if len(set(names)) > 1]


def outside_scale(raw: RawTable, view: View, roles: Roles, keep: Sequence[int]) -> Problem | None:
    """The cells of a rating column that its scale does not know; they count as no answer until they are repaired."""
    rating = roles.rating[view.index]
    if not rating.reading.outside:
        return None
    strange = set(rating.reading.outside)
    rows = np.flatnonzero(view.column.where(lambda cell: normalise(cell) in strange)).tolist()
    lines = tuple(raw.lines[keep[row]] for row in rows)
    name = view.name.strip()
    rows_hold = "1 row holds" if len(lines) == 1 else f"{len(lines)} rows hold"
    sentence = (
        f'Column "{name}" should hold one of {rating.reading.levels} answers, but {rows_hold} something else. '
        "That counts as not answered unless you say what it means."
    )
    return Problem(name, "outside_the_scale", len(lines), lines, sentence)


def _with(views: Sequence[View], roles: Roles, *wanted: str) -> list[View]:
    return [view for view in views if roles.role[view.index] in wanted]


def _any_cell(views: Sequence[View], test: Callable[[str], object]) -> bool:
    return any(test(cell) for view in views for cell in view.counts)


def _why(roles: Roles, text: str) -> bool:
    return text in roles.why.values()


def _numbers_to_confirm(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return any(not rating.direction_known for rating in roles.rating.values())


def _codes_without_texts(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return any(
        regex.fullmatch(r"AO?\d{1,2}", cell) for view in views if view.index in roles.rating for cell in view.counts
    )


def _codes_from_zero(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return any(
        r.reading.zero_based and r.reading.levels != 11 and "100" not in r.reading.codes for r in roles.rating.values()
    )


def _whitespace(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return any(cell != cell.strip() for view in _with(views, roles, "segment", "item") for cell in view.column.texts)


def _formulas(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    kept = _with(views, roles, "text", "segment", "multi")
    return any(_FORMULA.fullmatch(cell) for view in kept for cell in view.column.texts)


def _decimal_comma(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return decimal_sign(cell for view in _with(views, roles, "number") for cell in view.counts) == ","


def _zone_unknown(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    moments = [
        cell for view in _with(views, roles, "quality") for cell in view.counts if is_moment(cell) and ":" in cell
    ]
    return bool(moments) and not raw.timezone and not any(map(_ZONED.search, moments))


def _joined_by_commas(raw: RawTable, views: Sequence[View], roles: Roles) -> bool:
    return any(separator(view) in (", ", ",") for view in _with(views, roles, "multi"))


_TESTS: dict[str, Callable[[RawTable, Sequence[View], Roles], bool]] = {
    "pii_columns_removed": lambda raw, views, roles: "pii" in roles.role.values(),
    "display_order_dropped": lambda raw, views, roles: _why(roles, "display order"),
    "timing_columns_dropped": lambda raw, views, roles: _why(roles, "timing"),
    "empty_columns_dropped": lambda raw, views, roles: _why(roles, "empty"),
    "comments_attached_to_items": lambda raw, views, roles: _why(roles, "typed beside a question"),
    "multi_select_given_twice": lambda raw, views, roles: _why(roles, "the same choices again, in one cell"),
    "multi_select_separator_ambiguous": _joined_by_commas,
    "excel_serial_dates": lambda raw, views, roles: any(map(is_serial_dates, _with(views, roles, "quality"))),
    "direction_marks_removed": lambda raw, views, roles: any(
        _DIRECTION_MARK.search("\n".join(view.counts)) for view in views
    ),
    "excel_date_damage": lambda raw, views, roles: any(map(is_damaged_band, _with(views, roles, "segment"))),
    "numeric_codes_direction_to_confirm": _numbers_to_confirm,
    "answer_codes_without_texts": _codes_without_texts,
    "codes_start_at_zero": _codes_from_zero,
    "seen_but_unanswered_as_missing": lambda raw, views, roles: any(
        code.startswith("-") and code != "-" for rating in roles.rating.values() for code in rating.missing
    ),
    "no_segment_column": lambda raw, views, roles: "segment" not in roles.role.values(),
    "similar_segment_names": lambda raw, views, roles: any(map(alike, _with(views, roles, "segment"))),
    "whitespace_trimmed": _whitespace,
    "formula_like_text": _formulas,
    "decimal_comma": _decimal_comma,
    "thousands_separator": lambda raw, views, roles: _any_cell(_with(views, roles, "number"), is_grouped),
    "non_latin_digits": lambda raw, views, roles: _any_cell(
        _with(views, roles, "item", "number"), _NON_LATIN_DIGIT.search
    ),
    "error_cells_as_missing": lambda raw, views, roles: _any_cell(
        _with(views, roles, "item", "number", "segment"), lambda cell: normalise(cell) in _ERRORS
    ),
    "timezone_unknown": _zone_unknown,
    "anonymised_submit_date": lambda raw, views, roles: (
        raw.tool == "limesurvey"
        and _any_cell(_with(views, roles, "quality"), lambda cell: cell.startswith("1980-01-01"))
    ),
    "several_waves_per_respondent": lambda raw, views, roles: any(roles.why[view.index] == waves.WHY for view in views),
    "markup_removed_from_questions": lambda raw, views, roles: any(_MARKUP.search(view.question) for view in views),
    "question_texts_missing": lambda raw, views, roles: raw.tool == "redcap" and bool(roles.rating) and not roles.found,
}
