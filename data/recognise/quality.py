"""Response-quality flags: which rows look rushed, straight-lined, unfinished or double. Rows stay in by themselves."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import groupby

import numpy as np

from data.moments import instants, is_moment
from data.numerals import numbers
from data.recognise import doubles
from data.recognise.doubles import END, START
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
_FEWEST_ITEMS = 5
_NO = frozenset({"0", "false", "no", "partial", "started", "incomplete", "in progress", "not finished", "terminated"})
_NOT_COMPLETE = frozenset({"0", "1", "incomplete", "unverified"})
_SPAM = frozenset({"spam", "possible spam"})


def flagged(views: Sequence[View], roles: Roles) -> dict[str, tuple[int, ...]]:
    """Flag -> places of the rows that carry it, for the flags that at least one row carries.

    speeder: under 2 seconds per answered rating item. straightliner: longest run of equal rating answers, before
    reverse scoring, of at least max(10, half of the rating items). half_filled_matrix: one block of rating items was
    begun and has blank cells. duplicate_respondent: a non-empty respondent key that came before.
    near_duplicate: nearly the same answers shortly before (``alike``), unless all are one answer. hurried: under a
    third of the median time, for another reason. few_answers: under half of at least 5 rating items, where no tool
    says who finished.
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
        "duplicate_respondent": doubles.again(views, roles),
        "hurried": _hurried(seconds),
        "few_answers": _few_answers(views, levels),
        "near_duplicate": doubles.nearly(views, rated, roles),
    }
    found["near_duplicate"] -= found["straightliner"] | found["duplicate_respondent"]
    found["hurried"] -= found["speeder"] | found["unfinished"] | found["few_answers"]
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
    if levels.shape[1] < _FEWEST_ITEMS or any(_unfinished(view) is not None for view in views):
        return set()
    return _places(2 * (levels > 0).sum(axis=1) < levels.shape[1])


def _places(rows: np.ndarray | bool) -> set[int]:
    return set(np.flatnonzero(rows).tolist())


def _seconds(views: Sequence[View]) -> np.ndarray | None:
    """How long each person took, NaN where unknown: the tool's own figure, else from its start and its end."""
    for view in views:
        if is_named(view, *_DURATION) and not view.empty and not any(map(is_moment, view.counts)):
            return view.column.spread(numbers(view.column.texts), float)
    ends = [next((view for view in views if is_named(view, *names) and not view.empty), None) for names in (START, END)]
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
        # A form that nobody completed says nothing about who finished.
        begun = any(cell.casefold() not in _NOT_COMPLETE for cell in view.counts)
        return (lambda cell: cell in _NOT_COMPLETE) if begun else None
    if is_named(view, "Finished", "Response Type", "Response Status") and not is_named(view, "Status"):
        return lambda cell: cell in _NO
    return None


def _spam(view: View) -> Callable[[str], bool] | None:
    """Qualtrics counts suspected spam as 8, with other marks added to it."""
    if view.tool != "qualtrics" or not is_named(view, "Status"):
        return None
    return lambda cell: bool(int(cell) & 8) if cell.isdecimal() else cell in _SPAM
