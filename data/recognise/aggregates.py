"""Tables that hold results of whole groups, a row per team or organisation: they are no answers of people."""

from __future__ import annotations

from collections.abc import Sequence

from data.intake import refusals
from data.recognise.roles import Roles
from data.recognise.view import View
from data.recognise.words import listed, own_part_says, says

_MEASURES = 3
_BASES = 2


def refuse_aggregates(views: Sequence[View], roles: Roles, rows: int) -> None:
    """Raise ``Refused`` (aggregated_not_raw) for a table without a single rating in which most columns are numbers, one
    names a group, and one counts people: a response rate, a number of respondents, the bases of several shares."""
    numbers = [view for view in views if roles.role[view.index] == "number"]
    filled = sum(not view.empty for view in views)
    if roles.rating or len(numbers) < _MEASURES or 2 * len(numbers) < filled:
        return
    counting = [view for view in numbers if own_part_says(view, "aggregate")]
    bases = [
        view for view in numbers if view.spaced_name.endswith(tuple(f" {word}" for word in listed("aggregate", "last")))
    ]
    found = counting or (bases if len(bases) >= _BASES else [])
    if found and any(says(view, "unit") for view in views):
        raise refusals.results_of_groups(rows, found[0].name.strip())
