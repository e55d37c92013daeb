"""The guess for every column, put together from what was found out about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import islice

import regex

from analytics.instrument import Item
from data.recognise import units
from data.recognise.items import Found, Wordings
from data.recognise.roles import Roles
from data.recognise.view import View
from data.table import ColumnGuess
from data.vocabulary import is_missing, normalise

_SHOWN_VALUES = 3
_SENTINEL = regex.compile(r"-\d{1,3}")
_ABBREVIATION = regex.compile(r"[A-Z]{2,5}")


def guesses(
    views: Sequence[View],
    roles: Roles,
    offered: Mapping[int, Found],
    wordings: Wordings,
    among: Mapping[int, Item],
) -> tuple[ColumnGuess, ...]:
    """One guess per source column, in file order; the best unit column says so in ``why``."""
    segments = [view for view in views if roles.role[view.index] == "segment"]
    unit = units.unit_column(segments)
    hours = units.hours_column([view for view in views if roles.role[view.index] == "number"])
    made = []
    for view in views:
        if view.index in roles.rating and roles.role[view.index] == "item":
            made.append(_item(view, roles, offered, _proposed(view, wordings, among)))
        else:
            why = unit[1] if unit and unit[0] == view.index else roles.why[view.index]
            made.append(_other(view, roles, why, "hours" if view.index == hours else None))
    return tuple(made)


def _item(view: View, roles: Roles, offered: Mapping[int, Found], proposed: str) -> ColumnGuess:
    rating = roles.rating[view.index]
    found = roles.found.get(view.index) or offered.get(view.index)
    why = found.how if found else roles.why[view.index]
    asked_twice = view.index in roles.unsure
    proposed = proposed if found is None and not asked_twice else ""
    if found and found.item.reversed:
        why += "; reverse-keyed"
    why = proposed or why
    missing = frozenset(cell for cell in view.cells if is_missing(cell) and cell not in rating.reading.codes)
    sure = rating.sure and not asked_twice and not proposed and (found is None or found.sure)
    return ColumnGuess(
        view.index,
        view.name,
        view.question,
        "item",
        found.item.id if found else None,
        rating.reading.levels,
        dict(rating.reading.codes),
        missing | rating.missing,
        rating.block,
        sure,
        why,
        _examples(view),
        tuple(cell for cell in view.cells if cell in rating.reading.codes),
    )


def _proposed(view: View, wordings: Wordings, among: Mapping[int, Item]) -> str:
    """A sentence that proposes an item for an unknown rating question, "" when there is nothing to propose."""
    if (near := wordings.similar(view)) is not None:
        return f"similar to {near[0].id} ({near[1]:.0f} of 100); please check"
    if view.index in among:
        item = among[view.index]
        return f"stands among the questions of {item.id.partition('.')[0]}, where {item.id} is missing; please check"
    return ""


def _other(view: View, roles: Roles, why: str, item: str | None) -> ColumnGuess:
    role = roles.role[view.index]
    return ColumnGuess(
        view.index,
        view.name,
        view.question,
        role,
        item,
        missing=_missing(view, role),
        block=view.stem if role == "multi" else "",
        sure=view.index not in roles.unsure,
        why=why,
        examples=_examples(view) if role == "segment" else (),
    )


def _missing(view: View, role: str) -> frozenset[str]:
    """The cells of a group or number column that mean no answer; "NA" stays when every group is an abbreviation."""
    if role not in ("segment", "number"):
        return frozenset()
    declared = {normalise(code) for code in view.declared_missing}
    found = {normalise(cell) for cell in view.counts if is_missing(cell)} | declared
    if role == "number":
        found |= {cell for cell in view.cells if _SENTINEL.fullmatch(cell) and _is_only_negative(view, cell)}
    elif all(_ABBREVIATION.fullmatch(cell) for cell in view.counts):
        found -= {"na"}
    return frozenset(found)


def _is_only_negative(view: View, sentinel: str) -> bool:
    return set(sentinel[1:]) == {"9"} and all(cell == sentinel or not cell.startswith("-") for cell in view.cells)


def _examples(view: View) -> tuple[str, ...]:
    return tuple(view.labels.get(cell, cell) for cell in islice(view.counts, _SHOWN_VALUES))
