"""Rows of one person that came before: by a key that names the person, or by the same answers shortly before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

import numpy as np
import pandas as pd

from data.columns import Texts
from data.moments import instants, is_moment
from data.recognise import waves
from data.recognise.alike import near_duplicates
from data.recognise.roles import Roles
from data.recognise.tools import is_named
from data.recognise.view import View
from data.vocabulary import is_missing, normalise

START = ("start", "Start Date", "Start time", "Start Date (UTC)", "startdate", "date started")
END = ("end", "End Date", "Completion time", "Submit Date (UTC)", "datestamp", "End time", "date last action")
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
_KEY_KINDS = frozenset({"mail", "employee_code", "token", "national_id", "aadhaar", "pan", "uan"})
_ONE_PERSON = ("RecipientEmail", "ExternalReference", "token", "email", "email address", "user e-mail", "employeeid")


def again(views: Sequence[View], roles: Roles) -> set[int]:
    """Rows whose respondent key came before; rows of one person in several waves are no doubles."""
    if any(roles.why[view.index] == waves.WHY for view in views):
        return set()
    rows: set[int] = set()
    for view in views:
        if _is_respondent_key(view, roles) and not _all_differ(view):
            keys = [text.strip().casefold() for text in view.column.texts]
            codes = view.column.spread(pd.factorize(np.array(keys, dtype=object))[0], np.int64)
            again = pd.Series(codes).duplicated().to_numpy() & view.column.where(str.strip)
            rows |= set(np.flatnonzero(again).tolist())
    return rows


def _all_differ(view: View) -> bool:
    """Whether every row has a key of its own, told at once where all are in capitals or none is."""
    together = "".join(view.counts)
    plain = together.isascii() and together in (together.upper(), together.lower())
    return plain and len(view.counts) == len(view.column)


def _is_respondent_key(view: View, roles: Roles) -> bool:
    """A column that names one person each: mostly different cells, of a kind that people do not share."""
    if 2 * len(view.counts) <= sum(view.counts.values()):
        return False
    role, why = roles.role[view.index], roles.why[view.index]
    return role == "id" or (role == "pii" and (why in _KEY_KINDS or is_named(view, *_ONE_PERSON)))


def nearly(views: Sequence[View], rated: Sequence[View], roles: Roles) -> set[int]:
    """Rows that repeat nearly all answers of a row shortly before; without times there is no telling."""
    sent = _submitted(views, roles)
    if sent is None or any(roles.why[view.index] == waves.WHY for view in views):
        return set()
    others = [view for view in views if roles.role[view.index] in _ANSWERED and view not in rated]
    people = [view.column for view in views if roles.role[view.index] == "pii" and _is_respondent_key(view, roles)]
    asked = [_answered(view, roles) for view in (*rated, *others)]
    return near_duplicates(asked, len(rated), people, lambda rows: _seconds_of(sent, rows))


def _answered(view: View, roles: Roles) -> Texts:
    """A column whose texts that mean no answer are blank."""
    coded = roles.rating[view.index].missing if view.index in roles.rating else view.declared_missing
    texts = ("" if is_missing(text) or normalise(text) in coded else text.strip() for text in view.column.texts)
    return Texts(tuple(texts), view.column.places)


def _submitted(views: Sequence[View], roles: Roles) -> View | None:
    """The column that says when a form was sent, or begun: one with times of the day."""
    moments = [view for view in views if roles.role[view.index] == "quality" and _has_times(view)]
    named = (next((view for view in moments if is_named(view, *names)), None) for names in (_SENT, END, START))
    return next((view for view in named if view is not None), moments[-1] if moments else None)


def _has_times(view: View) -> bool:
    few = list(islice(view.counts, _LOOKED_AT))
    return bool(few) and all(":" in cell and is_moment(cell) and not cell.startswith(_ANONYMISED) for cell in few)


def _seconds_of(view: View, rows: np.ndarray) -> np.ndarray:
    moments = instants([view.column.texts[place] for place in view.column.places[rows]])
    return np.array(
        [datetime.fromisoformat(moment[:19]).timestamp() if moment[10:] else np.nan for moment in moments], float
    )
