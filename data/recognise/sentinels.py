"""Codes that may mean "no answer": said where they lie outside a scale, proposed where they could be numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import regex

from data.numerals import decimal_sign, number
from data.recognise.roles import Roles
from data.recognise.view import View
from data.table import Problem, RawTable

_CODE = regex.compile(r"-?\d{1,4}")
_LIKELY = frozenset({-1.0, -9.0, -99.0, -999.0, 88.0, 98.0, 99.0, 888.0, 998.0, 999.0, 8888.0, 9998.0, 9999.0})
_FAR = 1.5  # times the farthest other number: nearer ones are numbers like the others


def notes(views: Sequence[View], roles: Roles) -> list[str]:
    """One sentence per code that rating columns have outside their answers, and that is read as no answer."""
    columns = Counter(
        code
        for view in views
        if view.index in roles.rating and roles.role[view.index] == "item"
        for code in roles.rating[view.index].missing
        if _CODE.fullmatch(code) and code not in view.declared_missing
    )
    return [
        f"The code {code} is read as no answer in {count} {'column' if count == 1 else 'columns'}: it lies outside the "
        "answers there."
        for code, count in sorted(columns.items())
    ]


def proposals(raw: RawTable, views: Sequence[View], roles: Roles, keep: Sequence[int]) -> list[Problem]:
    """Number columns in which such a code stands far from all other numbers; nothing is changed."""
    found = (_proposal(raw, view, keep) for view in views if roles.role[view.index] == "number")
    return [problem for problem in found if problem is not None]


def _proposal(raw: RawTable, view: View, keep: Sequence[int]) -> Problem | None:
    decimal = decimal_sign(view.counts)
    values = {cell: number(cell, decimal) for cell in view.counts}
    likely = {cell for cell, value in values.items() if value in _LIKELY}
    others = [value for cell, value in values.items() if cell not in likely and value == value]
    far = {cell for cell in likely if others and _is_far(values[cell], min(others), max(others))}
    if not far:
        return None
    rows = np.flatnonzero(view.column.where(lambda cell: cell.strip() in far)).tolist()
    lines = tuple(raw.lines[keep[row]] for row in rows)
    codes = " and ".join(sorted(far))
    name = view.name.strip()
    sentence = (
        f'Column "{name}" holds {codes} in {len(lines)} {"row" if len(lines) == 1 else "rows"}, far from all other '
        "numbers. It counts as a number unless you say that it means no answer."
    )
    return Problem(name, "code_may_mean_no_answer", len(lines), lines, sentence)


def _is_far(code: float, low: float, high: float) -> bool:
    return code > _FAR * high if code > 0 else low >= 0
