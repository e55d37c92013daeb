"""Response-quality flags: which rows look rushed, straight-lined, unfinished or double. Rows stay in by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby, islice

import numpy as np
import pandas as pd

from data.moments import instants, is_moment
from data.numerals import numbers
from data.recognise import waves
from data.recognise.alike import near_duplicates
from data.recognise.roles import Roles
from data.recognise.tools import is_named
from data.recognise.view import View
from data.vocabulary import normalise

MORE = ("near_duplicate", "hurried", "few_answers")  # flags that the closed list of a file's description has not
SECONDS_PER_ANSWER = 2.0
SHORTEST_RUN = 10
_DURATION = (
    "Duration (in seconds)",
    "Duration (seconds)",
    "Duration",
    "interviewtime",
    "Total time",
    "Time taken",
    "Time Taken (seconds)",
)
_START = ("start", "Start Date", "Start time", "Start Date (UTC)", "startdate", "date started")
_END = ("end", "End Date", "Completion time", "Submit Date (UTC)", "datestamp", "End time", "date last action")
_SENT = (
    "RecordedDate",
    "submitdate",
    "Date submitted",
    "_submission_time",
    "Timestamp",
    "SubmissionDate",
    "Submitted at",
)
_ANONYMISED = "1980-01-01"
_LOOKED_AT = 50
_ANSWERED = ("multi", "text", "number", "segment")
_NO = frozenset({"0", "false", "no", "partial", "started", "incomplete", "in progress", "not finished", "terminated"})
_NOT_COMPLETE = frozenset({"0", "1", "incomplete", "unverified"})
_SPAM = frozenset({"spam", "possible spam"})
_KEY_KINDS = frozenset({"mail", "employee_code", "token", "national_id", "aadhaar", "pan", "uan"})
_ONE_PERSON = ("RecipientEmail", "ExternalReference", "token", "email", "email address", "user e-mail", "employeeid")


def flagged(views: Sequence[View], roles: Roles) -> dict[str, tuple[int, ...]]:
    """Flag -> places of the rows that carry it, for the flags that at least one row carries.

    speeder: under 2 seconds per answered rating item. straightliner: longest run of equal rating answers, before
    reverse scoring, of at least max(10, half of the rating items). half_filled_matrix: one block of rating items was
    begun and has blank cells. duplicate_respondent: a non-empty respondent key that came before.
    near_duplicate: nearly the same answers shortly before (``alike``), unless all are one answer. hurried: under a
    third of the median time, and no speeder. few_answers: under half of the rating items, where no tool says who
    finished.
    Source: Johnson 2005 (longstring), doi:10.1016/j.jrp.2004.09.009; Huang et al. 2012 (seconds per item),
    doi:10.1007/s10869-011-9231-8. Checked against: hand-worked rows.
    """
    rated = [view for view in views if view.index in roles.rating and roles.role[view.index] == "item"]
    levels = _levels(rated, roles)
    seconds = _seconds(views)
    found = {
        "unfinished": _marked(views, _unfinished),
        "possible_spam": _marked(views, _spam),
        "speeder": _speeders(seconds, levels),
        "straightliner": straightliners(levels),
        "half_filled_matrix": _half_filled(rated, roles),
        "duplicate_respondent": _duplicates(views, roles),
        "hurried": _hurried(seconds),
        "few_answers": _few_answers(views, levels),
        "near_duplicate": _near_duplicates(views, rated, roles),
    }
    found["near_duplicate"] -= found["straightliner"] | found["duplicate_respondent"]
    found["hurried"] -= found["speeder"]
    return {flag: tuple(sorted(rows)) for flag, rows in found.items() if rows}


def straightliners(levels: np.ndarray) -> set[int]:
    """Which rows of ``levels`` (people by items, 0 = missing) have a run of one answer that is long enough."""
    needed = max(SHORTEST_RUN, (levels.shape[1] + 1) // 2)
    run = np.zeros(len(levels), dtype=np.int16)
    longest = run.copy()
    for place in range(levels.shape[1]):
        same = levels[:, place] == levels[:, place - 1] if place else np.zeros(len(levels), dtype=bool)
        run *= same  # a run goes on, or starts again with this answer
        run += 1
        run *= levels[:, place] != 0
        np.maximum(longest, run, out=longest)
    return _places(longest >= needed)


def _levels(rated: Sequence[View], roles: Roles) -> np.ndarray:
    if not rated:
        return np.zeros((0, 0), dtype=np.int8)
    levels = np.empty((len(rated[0].column), len(rated)), dtype=np.int8, order="F")
    for place, view in enumerate(rated):
        codes = roles.rating[view.index].reading.codes
        levels[:, place] = view.column.spread([codes.get(normalise(cell), 0) for cell in view.column.texts], np.int8)
    return levels


def _speeders(seconds: np.ndarray | None, levels: np.ndarray) -> set[int]:
    if seconds is None or not levels.size:
        return set()
    answered = (levels > 0).sum(axis=1)
    return _places((answered > 0) & (seconds < SECONDS_PER_ANSWER * answered))


def _hurried(seconds: np.ndarray | None) -> set[int]:
    """Who took less than a third of the time that half of the people took at most."""
    known = np.zeros(0) if seconds is None else seconds[seconds > 0]
    return _places(seconds < np.median(known) / 3) if seconds is not None and len(known) else set()


def _few_answers(views: Sequence[View], levels: np.ndarray) -> set[int]:
    """Who answered under half of the rating items; the tool's own word on who finished goes before it."""
    if not levels.size or any(_unfinished(view) is not None for view in views):
        return set()
    return _places(2 * (levels > 0).sum(axis=1) < levels.shape[1])


def _near_duplicates(views: Sequence[View], rated: Sequence[View], roles: Roles) -> set[int]:
    sent = _submitted(views, roles)
    if sent is None or any(roles.why[view.index] == waves.WHY for view in views):
        return set()
    others = [view for view in views if roles.role[view.index] in _ANSWERED and view not in rated]
    people = [view.column for view in views if roles.role[view.index] == "pii" and _is_respondent_key(view, roles)]
    asked = [view.column for view in (*rated, *others)]
    return near_duplicates(asked, len(rated), people, lambda rows: _seconds_of(sent, rows))


def _submitted(views: Sequence[View], roles: Roles) -> View | None:
    """The column that says when a form was sent, or begun: one with times of the day."""
    moments = [view for view in views if roles.role[view.index] == "quality" and _has_times(view)]
    named = (next((view for view in moments if is_named(view, *names)), None) for names in (_SENT, _END, _START))
    return next((view for view in named if view is not None), moments[-1] if moments else None)


def _has_times(view: View) -> bool:
    few = list(islice(view.counts, _LOOKED_AT))
    return bool(few) and all(":" in cell and is_moment(cell) and not cell.startswith(_ANONYMISED) for cell in few)


def _seconds_of(view: View, rows: np.ndarray) -> np.ndarray:
    moments = instants([view.column.texts[place] for place in view.column.places[rows]])
    return np.array(
        [datetime.fromisoformat(moment[:19]).timestamp() if moment[10:] else np.nan for moment in moments], float
    )


def _places(rows: np.ndarray | bool) -> set[int]:
    return set(np.flatnonzero(rows).tolist())


def _seconds(views: Sequence[View]) -> np.ndarray | None:
    """How long each person took, NaN where unknown: the tool's own figure, else from its start and its end."""
    for view in views:
        if is_named(view, *_DURATION) and not view.empty and not any(map(is_moment, view.counts)):
            return view.column.spread(numbers(view.column.texts), float)
    ends = [
        next((view for view in views if is_named(view, *names) and not view.empty), None) for names in (_START, _END)
    ]
    if ends[0] is None or ends[1] is None:
        return None
    start, end = (instants(list(view.rows)) for view in ends if view is not None)
    return np.array([_between(first, last) for first, last in zip(start, end, strict=True)])


def _between(first: str, last: str) -> float:
    if not first or not last or first.endswith("Z") != last.endswith("Z"):
        return np.nan
    seconds = (datetime.fromisoformat(last) - datetime.fromisoformat(first)).total_seconds()
    return seconds if seconds >= 0 else np.nan  # a clock that was set back says nothing about speed


def _half_filled(rated: Sequence[View], roles: Roles) -> set[int]:
    """Rows that began a block and left gaps in it; a declined answer is no gap, and exactly half is not counted."""
    rows: set[int] = set()
    keyed = enumerate(rated)
    for (stem, _, _), block in groupby(keyed, key=lambda pair: (*_block_key(pair[1], roles), pair[1].index - pair[0])):
        places = [place for place, _ in block]
        if stem and len(places) > 1:
            blank = sum(rated[place].column.where(lambda cell: not cell.strip()).astype(np.int16) for place in places)
            gaps = (blank > 0) & (blank < len(places)) & (2 * blank != len(places))
            rows |= _places(gaps)
    return rows


def _block_key(view: View, roles: Roles) -> tuple[str, str]:
    return view.stem, roles.rating[view.index].reading.scale


def _marked(views: Sequence[View], cells_of: Callable[[View], Callable[[str], bool] | None]) -> set[int]:
    """Which rows a tool's own column marks; ``cells_of`` gives a column's test, None for every other column."""
    rows: set[int] = set()
    for view in views:
        if (marks := cells_of(view)) is not None:
            rows |= _places(view.column.where(lambda cell: marks(cell.strip().casefold())))
    return rows


def _unfinished(view: View) -> Callable[[str], bool] | None:
    if view.tool == "limesurvey" and is_named(view, "submitdate", "Date submitted"):
        return lambda cell: not cell
    if view.tool == "redcap" and view.name.casefold().rstrip("?").endswith("complete"):
        return lambda cell: cell in _NOT_COMPLETE
    if is_named(view, "Finished", "Response Type", "Response Status") and not is_named(view, "Status"):
        return lambda cell: cell in _NO
    return None


def _spam(view: View) -> Callable[[str], bool] | None:
    """Qualtrics counts suspected spam as 8, with other marks added to it."""
    if view.tool != "qualtrics" or not is_named(view, "Status"):
        return None
    return lambda cell: bool(int(cell) & 8) if cell.isdecimal() else cell in _SPAM


def _duplicates(views: Sequence[View], roles: Roles) -> set[int]:
    """Rows whose respondent key came before; rows of one person in several waves are no doubles."""
    if any(roles.why[view.index] == waves.WHY for view in views):
        return set()
    rows: set[int] = set()
    for view in views:
        if _is_respondent_key(view, roles):
            keys = [text.strip().casefold() for text in view.column.texts]
            if len(set(keys)) == len(view.column):
                continue
            codes = view.column.spread(pd.factorize(np.array(keys, dtype=object))[0], np.int64)
            again = pd.Series(codes).duplicated().to_numpy() & view.column.where(str.strip)
            rows |= _places(again)
    return rows


def _is_respondent_key(view: View, roles: Roles) -> bool:
    """A column that names one person each: mostly different cells, of a kind that people do not share."""
    if 2 * len(view.counts) <= sum(view.counts.values()):
        return False
    role, why = roles.role[view.index], roles.why[view.index]
    return role == "id" or (role == "pii" and (why in _KEY_KINDS or is_named(view, *_ONE_PERSON)))
