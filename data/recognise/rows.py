"""Which rows are people: survey previews and tests go before anything is counted, rows without any answer after."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import numpy as np

from data.recognise.tools import is_named
from data.recognise.view import View
from data.table import RawTable, SetAside

_PREVIEW = frozenset({"survey preview", "survey test", "preview", "test", "spam preview", "offline preview"})
_NOT_TICKED = frozenset({"", "0", "no", "n", "false", "unchecked", "not selected"})


def previews(views: Sequence[View]) -> set[int]:
    """Positions of the rows that the survey tool marks as a preview or a test."""
    found: set[int] = set()
    for view in views:
        if view.tool == "qualtrics" and is_named(view, "Status", "Response Type"):
            found |= set(np.flatnonzero(view.column.where(lambda cell: _is_preview(cell.strip()))).tolist())
    return found


def without_answers(views: Sequence[View], roles: dict[int, str]) -> set[int]:
    """Positions, among the rows of ``views``, in which no question has an answer.

    What a tool fills in by itself (embedded data, a department that came with the invitation) is no answer.
    """
    asked = [view for view in views if roles[view.index] in ("item", "multi", "text", "number", "segment")]
    asked = [view for view in asked if not is_embedded(view)]
    if not asked:
        return set()
    empty = np.ones(len(asked[0].column), bool)
    for view in asked:
        empty &= view.column.where(partial(_is_blank, roles[view.index]))
        if not empty.any():
            break
    return set(np.flatnonzero(empty).tolist())


def is_embedded(view: View) -> bool:
    """Whether a Qualtrics column is embedded data: it has no question text of its own."""
    return view.tool == "qualtrics" and view.label.strip() in ("", view.name.strip()) and not view.name_stem


def set_aside(raw: RawTable, positions: Collection[int], kind: str, reason: str) -> list[SetAside]:
    """The rows at ``positions`` as a list for the analyst, with their numbers in the file."""
    return [SetAside(raw.lines[row], kind, reason, tuple(raw.cells.iloc[row].tolist())) for row in sorted(positions)]


def _is_preview(status: str) -> bool:
    """Qualtrics counts a preview as 1 and a test as 2, with other marks added to it (9 is a preview and spam)."""
    return bool(int(status) & 3) if status.isdecimal() else status.casefold() in _PREVIEW


def _is_blank(role: str, cell: str) -> bool:
    plain = cell.strip()
    if role == "multi":
        return plain.casefold() in _NOT_TICKED
    return not plain or (plain[0] == "-" and plain[1:].isdecimal())
