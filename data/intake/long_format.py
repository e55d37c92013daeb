"""Files with one row per answer, turned into one row per person and one column per question."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from data.intake.headers import Named
from data.table import SetAside

_PERSON = (
    re.compile(r"(employee|account|person|respondent).*(id|key|identifier|code)", re.IGNORECASE),
    re.compile(r"(employee|account|person|respondent).*mail", re.IGNORECASE),
)
_QUESTION = ("questionId", "questionCode", "questionKey", "categoryId")
_QUESTION_TEXT = ("questionText", "question", "categoryStandard")
_OF_AN_ANSWER = ("answer", "question", "category")
# Plain names of the three columns that every long file has, compared without case, blanks and signs.
_WHO = re.compile(
    r"(?:respondent|employee|participant|person|user|case|subject|record|member)(?:id|no|number|key|code)?|"
    r"response(?:id|no|number|key)|id|email|useremail"
)
_WHAT = re.compile(
    r"(?:survey)?(?:question|item|statement)(?:id|code|key|text|name|no|number)?|variable|prompt|frage|pregunta"
)
_TEXT = ("questiontext", "itemtext", "question", "item", "statement", "prompt")
_SAID = re.compile(r"(?:answer|response)(?:text|value|label|score)?|value|score|rating|choice|antwort|respuesta")
_WAVE = re.compile(r"wave|round|survey(?:id|name|round)?|period|cycle|event|year|quarter|month")
_SIGNS = re.compile(r"[\W_]+")
_MOST_QUESTIONS = 400
_PAIRS = 0.95  # share of answers that have to be the only one of a person to a question


@dataclass(frozen=True)
class Long:
    """Where a long file has what: the person (None where nobody is named), the wave, the question and its text, the
    answers with what is added to a question's name for each; ``fixed`` columns may be kept for a person."""

    who: int | None
    what: int
    text: int | None
    answers: tuple[tuple[int, str], ...]
    wave: int | None = None
    fixed: tuple[int, ...] = ()


@dataclass(frozen=True)
class Wide:
    """The table with one row per person (and wave), the line of each one's first answer, and the answers left over."""

    columns: Named
    rows: list[list[str]]
    lines: list[int]
    set_aside: tuple[SetAside, ...] = ()


def peakon(columns: Named, rows: list[list[str]]) -> Long | None:
    """The layout of Peakon's data export, whatever of its columns a file has."""
    names = [name for name, _ in columns]
    who = next((names.index(name) for pattern in _PERSON for name in names if pattern.fullmatch(name)), None)
    what = _place(names, _QUESTION)
    answers = tuple(
        (names.index(name), suffix)
        for name, suffix in (("answerScore", ""), ("answerComment", "_comment"))
        if name in names
    )
    fixed = tuple(place for place, name in enumerate(names) if not name.startswith(_OF_AN_ANSWER) and place != who)
    return None if what is None else Long(who, what, _place(names, _QUESTION_TEXT), answers, fixed=fixed)


def may_be_long(columns: Named) -> bool:
    """Whether the header names a question and an answer, as a file with one row per answer does."""
    names = [_SIGNS.sub("", name).casefold() for name, _ in columns]
    return any(map(_WHAT.fullmatch, names)) and any(map(_SAID.fullmatch, names))


def plain(columns: Named, rows: list[list[str]]) -> Long | None:
    """The layout of a file with a question in one column and its answer in another, None for every other file.

    The header has to name both, a person has several rows, and hardly anybody answers one question twice.
    """
    names = [_SIGNS.sub("", name).casefold() for name, _ in columns]
    said = [place for place, name in enumerate(names) if _SAID.fullmatch(name)]
    asked = [place for place, name in enumerate(names) if _WHAT.fullmatch(name)]
    if not said or not asked or len(rows) < 4:
        return None
    what = min(asked, key=lambda place: (not names[place].endswith(("id", "code")), place))
    questions = Counter(row[what] for row in rows)
    if not 2 <= len(questions) <= _MOST_QUESTIONS or 2 * len(questions) > len(rows):
        return None
    text = next((names.index(name) for name in _TEXT if name in names and names.index(name) != what), None)
    answers = _answers(said, rows)
    who = next(
        (place for place, name in enumerate(names) if _WHO.fullmatch(name) and place not in (*asked, *said)), None
    )
    wave = next((place for place, name in enumerate(names) if _WAVE.fullmatch(name)), None)
    if who is None:
        # Nobody is named: an answer file only where it has hardly any other column.
        return Long(None, what, text, answers) if len(names) <= 4 else None
    if 2 * len({row[who] for row in rows}) > len(rows):
        return None
    fixed = tuple(place for place in range(len(names)) if place not in {who, what, text, wave, *said, *asked})
    found = Long(who, what, text, answers, wave, fixed)
    pairs = {(*_key(row, found), row[what]) for row in rows}
    return found if len(pairs) >= _PAIRS * len(rows) else None


def pivot(columns: Named, rows: list[list[str]], lines: list[int], long: Long) -> Wide:
    """One row per person and wave, in order of their first answer, with the line of that answer.

    Kept as they are: columns that never change within a person. Each question gives a column of answers, and one of
    comments when there are any. An answer that names nobody, and a second one of a person to a question, is set aside.
    """
    who = long.who or 0
    aside = [_aside(line, "no_respondent", row) for row, line in zip(rows, lines, strict=True) if not row[who].strip()]
    kept = [(row, line) for row, line in zip(rows, lines, strict=True) if row[who].strip()]
    first: dict[tuple[str, ...], tuple[list[str], int]] = {}
    given: dict[tuple[tuple[str, ...], str], list[str]] = {}
    for row, line in kept:
        key = _key(row, long)
        first.setdefault(key, (row, line))
        if given.setdefault((key, row[long.what]), row) is not row:
            aside.append(_aside(line, "answered_twice", row))
    people = [row for row, _ in kept]
    keys = [place for place in (who, long.wave) if place is not None]
    same = [place for place in long.fixed if _is_fixed(people, keys, place)]
    named: Named = [columns[place] for place in (*keys, *same)]
    wide = [[row[place] for place in (*keys, *same)] for row, _ in first.values()]
    asked = _questions(people, long)
    for place, suffix in long.answers:
        for question in asked:
            cells = [given[key, question][place] if (key, question) in given else "" for key in first]
            if any(cells):
                named.append((f"{question}{suffix}", asked[question]))
                for row, cell in zip(wide, cells, strict=True):
                    row.append(cell)
    return Wide(named, wide, [line for _, line in first.values()], tuple(sorted(aside, key=lambda one: one.line)))


def _key(row: list[str], long: Long) -> tuple[str, ...]:
    return tuple(row[place].strip() for place in (long.who, long.wave) if place is not None)


def _aside(line: int, kind: str, row: list[str]) -> SetAside:
    reason = {"no_respondent": "an answer that names nobody", "answered_twice": "a second answer to one question"}[kind]
    return SetAside(line, kind, reason, tuple(row))


def _answers(said: list[int], rows: list[list[str]]) -> tuple[tuple[int, str], ...]:
    """The columns of answers (words, and numbers too where a file has both); the others are told apart by a number."""
    filled = [place for place in said if any(row[place].strip() for row in rows)] or said[:1]
    return tuple((place, "" if n == 0 else f"_{n + 1}") for n, place in enumerate(filled))


def _place(names: list[str], wanted: Iterable[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _is_fixed(rows: list[list[str]], keys: list[int], place: int) -> bool:
    seen = {(tuple(row[key].strip() for key in keys), row[place]) for row in rows}
    return len(seen) == len({key for key, _ in seen})


def _questions(rows: list[list[str]], long: Long) -> dict[str, str]:
    asked: dict[str, str] = {}
    for row in rows:
        if row[long.what].strip():
            asked.setdefault(row[long.what], row[long.text] if long.text is not None else "")
    return asked
