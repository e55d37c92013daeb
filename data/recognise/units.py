"""Which column says where a person works, and which one holds the hours worked per week."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from data.recognise.view import View
from data.recognise.words import listed
from data.vocabulary import is_missing, wording

_YES = {"yes", "y", "true", "1", "ja", "oui", "sí", "si", "हाँ", "हां"}
_YES_NO = _YES | {"no", "n", "false", "0", "maybe", "nein", "non", "नहीं"}
PATH_SIGNS = (" / ", " > ", " » ", " \\ ")


def unit_column(segments: Sequence[View]) -> tuple[int, str] | None:
    """The best unit column as (index, "unit path" or "unit"), None when no segment sounds like a unit."""
    segments = [view for view in segments if not set(view.answers) <= _YES_NO]
    paths = [view for view in segments if is_path(view)]
    if paths:
        return max(paths, key=lambda view: (_rank(view) is not None, len(view.counts))).index, "unit path"
    ranked = [(rank, view.index) for view in segments if (rank := _rank(view)) is not None]
    return (min(ranked)[1], "unit") if ranked else None


def is_path(view: View) -> bool:
    """Whether most cells are paths through an organisation ("Company / Division / Team"): every part has one parent."""
    said = [view.labels.get(cell, cell) for cell in view.counts if not is_missing(cell)]
    for sign in PATH_SIGNS:
        paths = [[part.strip() for part in cell.split(sign)] for cell in said if sign in cell]
        many = len(paths) > 1 and 2 * len(paths) > len(said)
        if many and (_is_tree(paths) or (_rank(view) is not None and _under_few(paths))):
            return True
    return False


def hours_column(views: Sequence[View]) -> int | None:
    """The one number column with the hours worked per week, None when there is none or no single best one."""
    weekly = [view.index for view in views if _is_weekly_hours(view)]
    return weekly[0] if len(weekly) == 1 else None


def _is_tree(paths: list[list[str]]) -> bool:
    parents: dict[tuple[int, str], Counter[str]] = {}
    for path in paths:
        for level in range(1, len(path)):
            parents.setdefault((level, path[level]), Counter())[path[level - 1]] += 1
    single = sum(len(counted) == 1 for counted in parents.values())
    levels = [{path[level] for path in paths if len(path) > level} for level in range(max(map(len, paths)))]
    apart = not any(above & below for above, below in pairwise(levels))
    return apart and single >= 0.8 * len(parents)


def _under_few(paths: list[list[str]]) -> bool:
    """Whether paths of one length share few beginnings: then the same team name may stand under each of them."""
    lengths = Counter(map(len, paths))
    most = lengths.most_common(1)[0][1]
    tops, whole = {path[0] for path in paths}, {tuple(path) for path in paths}
    return most >= 0.95 * len(paths) and 3 * len(tops) <= len(whole)


def _rank(view: View) -> int | None:
    """How small a unit the header names, 0 the smallest; None when it names none or something about one."""
    own = f" {wording(view.own_part)} {view.spaced_name} "
    if any(f" {word} " in own for word in listed("unit", "not")):
        return None
    ranks = [rank for rank, word in enumerate(listed("unit")) if f" {word} " in own]
    return min(ranks) if ranks else None


def _is_weekly_hours(view: View) -> bool:
    own = f" {wording(view.question)} {view.spaced_name} "
    if any(f" {word} " in own for word in listed("hours", "not")):
        return False
    alone = {wording(view.own_part), view.spaced_name} & set(listed("hours", "alone"))
    hours = any(f" {word} " in own for word in listed("hours"))
    return bool(alone) or (hours and any(f" {word} " in own for word in listed("hours", "week")))
