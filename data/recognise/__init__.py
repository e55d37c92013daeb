"""What a file is: the role of every column, the questions of known instruments, what is open, which rows are people.

In the order of the road: ``tools`` (columns that the survey tool adds), ``items`` (known questions), ``ratings``
(answer scales, block by block), ``choices`` (multiple choice), ``kinds`` (the rest), ``units``, ``rows``,
``quality``, ``asked``, ``notices``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from analytics.instrument import Instrument
from data.identifiers import kinds_in
from data.recognise import asked, guesses, neighbours, notices, quality, roles, rows, sentinels, waves
from data.recognise.aggregates import refuse_aggregates
from data.recognise.items import Found, Wordings
from data.recognise.view import View, views
from data.table import Problems, RawTable, Recognition, SetAside
from data.vocabulary import normalise

__all__ = ["normalise", "recognise"]


def recognise(raw: RawTable, instruments: Mapping[str, Instrument]) -> Recognition:
    """Take ``raw`` for what it is; nothing is converted, dropped or assumed that the result does not say.

    ``keep`` has the positions of the rows that are people; previews, tests and rows without any answer are set aside.
    An instrument counts as found from three of its items on. An item that is only offered by its bare code stands in
    its column's ``item`` with ``sure`` False and among the columns of a question ``items:<instrument>``; it counts
    after that question is answered with yes. The question ``direction`` names the columns that "high_first" turns; the
    question ``wave`` names the column that splits the file into waves.
    Raises ``Refused`` for a table whose rows are groups that are already summed up.
    """
    everyone = range(len(raw.lines))
    seen = views(raw, everyone)
    tests = rows.previews(seen)
    people = [row for row in everyone if row not in tests]
    seen = views(raw, people) if tests else seen
    wordings = Wordings(instruments)
    assigned = roles.assign(seen, wordings)
    refuse_aggregates(seen, assigned, len(people))
    if (wave := waves.wave_column(seen, assigned)) is not None:
        waves.mark(wave, assigned)
    silent = {people[row] for row in rows.without_answers(seen, assigned.role)}
    keep = tuple(row for row in people if row not in silent)
    aside = rows.set_aside(raw, tests, "preview_or_test", "A preview or test of the survey.")
    aside += rows.set_aside(raw, silent, "no_answers", "No question was answered.")
    return _recognition(raw, instruments, wordings, assigned, keep, aside, views(raw, keep) if silent else seen)


def _recognition(
    raw: RawTable,
    instruments: Mapping[str, Instrument],
    wordings: Wordings,
    assigned: roles.Roles,
    keep: Sequence[int],
    aside: Sequence[SetAside],
    seen: Sequence[View],
) -> Recognition:
    offered = asked.offers(seen, assigned, wordings)
    found = _instruments(assigned.found)
    columns = guesses.guesses(seen, assigned, offered, wordings, neighbours.proposals(assigned, instruments))
    rated = [view for view in seen if view.index in assigned.rating]
    outside = [notices.outside_scale(raw, view, assigned, keep) for view in rated]
    problems = [problem for problem in outside if problem is not None]
    text_pii = {
        view.index: count
        for view in seen
        if assigned.role[view.index] == "text" and (count := int(view.column.where(kinds_in).sum()))
    }
    flagged = {flag: tuple(keep[at] for at in rows) for flag, rows in quality.flagged(seen, assigned).items()}
    return Recognition(
        columns=columns,
        instruments=found,
        questions=asked.questions(seen, assigned, offered, instruments) + waves.questions(seen, assigned),
        keep=tuple(keep),
        set_aside=tuple(aside),
        flags={flag: len(rows) for flag, rows in flagged.items()},
        text_pii=text_pii,
        warnings=notices.warnings(raw, seen, assigned) + _rows_and_text(aside, text_pii, flagged),
        notes=(*notices.notes(seen, assigned, instruments, found), *sentinels.notes(seen, assigned)),
        problems=Problems((*problems, *sentinels.proposals(raw, seen, assigned, keep))),
        flagged=flagged,
    )


def _instruments(found: Mapping[int, Found]) -> dict[str, int]:
    counted = Counter(one.item.id.partition(".")[0] for one in found.values())
    return {id_: count for id_, count in sorted(counted.items()) if count >= asked.FEWEST_ITEMS}


def _rows_and_text(
    aside: Sequence[SetAside], text_pii: Mapping[int, int], flags: Mapping[str, object]
) -> tuple[str, ...]:
    kinds = {row.kind for row in aside}
    told = {
        "preview_rows_excluded": "preview_or_test" in kinds,
        "no_answer_rows_excluded": "no_answers" in kinds,
        "text_contains_identifiers": bool(text_pii),
        "duplicate_submissions": bool({"duplicate_respondent", "near_duplicate"} & set(flags)),
    }
    return tuple(kind for kind, holds in told.items() if holds)
