"""Files with one row per answer, turned into one row per person and one column per question."""

from __future__ import annotations

import re
from collections.abc import Iterable

from data.intake.headers import Named

_PERSON = (
    re.compile(r"(employee|account|person|respondent).*(id|key|identifier|code)", re.IGNORECASE),
    re.compile(r"(employee|account|person|respondent).*mail", re.IGNORECASE),
)
_QUESTION = ("questionId", "questionCode", "questionKey", "categoryId")
_QUESTION_TEXT = ("questionText", "question", "categoryStandard")
_OF_AN_ANSWER = ("answer", "question", "category")


def pivot(columns: Named, rows: list[list[str]], lines: list[int]) -> tuple[Named, list[list[str]], list[int]] | None:
    """One row per person, in order of their first answer, with the line of that answer; None when nobody is named.

    Kept as they are: columns that never change within a person. Each question gives a column of scores, and one of
    comments when there are any. A second score of one person on one question replaces the first.
    """
    names = [name for name, _ in columns]
    who = next((names.index(name) for pattern in _PERSON for name in names if pattern.fullmatch(name)), None)
    what = _place(names, _QUESTION)
    if who is None or what is None:
        return None
    people = {row[who]: line for row, line in reversed(list(zip(rows, lines, strict=True))) if row[who]}
    order = sorted(people, key=lambda person: people[person])
    fixed = [place for place in _fixed(names, rows, who) if place != who]
    first = {row[who]: row for row in reversed(rows)}
    asked = _questions(rows, what, _place(names, _QUESTION_TEXT))
    wide = [[person, *(first[person][place] for place in fixed)] for person in order]
    named: Named = [columns[who], *(columns[place] for place in fixed)]
    for source, suffix in (("answerScore", ""), ("answerComment", "_comment")):
        cells = _cells(rows, who, what, names.index(source)) if source in names else {}
        for question in (question for question in asked if any((person, question) in cells for person in order)):
            named.append((f"{question}{suffix}", asked[question]))
            for row, person in zip(wide, order, strict=True):
                row.append(cells.get((person, question), ""))
    return named, wide, [people[person] for person in order]


def _place(names: list[str], wanted: Iterable[str]) -> int | None:
    return next((names.index(name) for name in wanted if name in names), None)


def _fixed(names: list[str], rows: list[list[str]], who: int) -> list[int]:
    found = []
    for place, name in enumerate(names):
        seen = {(row[who], row[place]) for row in rows}
        if not name.startswith(_OF_AN_ANSWER) and len(seen) == len({person for person, _ in seen}):
            found.append(place)
    return found


def _questions(rows: list[list[str]], what: int, text: int | None) -> dict[str, str]:
    asked: dict[str, str] = {}
    for row in rows:
        if row[what]:
            asked.setdefault(row[what], row[text] if text is not None else "")
    return asked


def _cells(rows: list[list[str]], who: int, what: int, source: int) -> dict[tuple[str, str], str]:
    return {(row[who], row[what]): row[source] for row in rows if row[source]}
