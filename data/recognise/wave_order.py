"""The waves of one file in order of time: by when people answered, else by what the waves are called."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import islice

import regex

from data.moments import instants, is_moment
from data.recognise.roles import Roles
from data.recognise.view import View
from data.vocabulary import normalise

_LOOKED_AT = 20
_YEAR = regex.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_NUMBER = regex.compile(r"\d+")
_PARTS = (
    r"january|jan|januar|janvier|enero", r"february|feb|februar|février|febrero", r"march|mar|märz|mars|marzo",
    r"spring|april|apr|avril|abril|frühjahr|frühling|printemps|primavera|q1|h1", r"may|mai|mayo",
    r"june|jun|juni|juin|junio", r"summer|sommer|été|verano|q2|july|jul|juli|juillet|julio",
    r"august|aug|août|agosto", r"september|sep|sept|septembre|septiembre|q3|h2",
    r"autumn|fall|herbst|automne|otoño|october|oct|oktober|octobre|octubre",
    r"november|nov|novembre|noviembre", r"winter|hiver|invierno|december|dec|dezember|décembre|diciembre|q4",
)  # fmt: skip
_IN_YEAR = tuple(regex.compile(rf"(?<!\p{{L}})(?:{words})(?![\p{{L}}\d])") for words in _PARTS)


def in_order(
    waves: Sequence[str], names: Sequence[str], column: View, views: Sequence[View], roles: Roles
) -> list[str]:
    """``waves`` (cells of ``column``), first the earliest; as in the file where nothing tells.

    ``names``: what each is called. Moments in the file decide, then years with their parts, then numbers in the names.
    """
    for keys in (_moments(waves, column, views, roles), _years(names), _numbers(names)):
        if keys is not None and len(set(keys)) == len(waves):
            return [wave for _, wave in sorted(zip(keys, waves, strict=True))]
    return list(waves)


def _moments(waves: Sequence[str], column: View, views: Sequence[View], roles: Roles) -> list[str] | None:
    """The middle moment of each wave's rows, by the first column that has one for every wave."""
    rows = [cell.strip() for cell in column.rows]
    for view in views:
        if roles.role[view.index] != "quality" or view is column or not _holds_moments(view):
            continue
        when: dict[str, list[str]] = {wave: [] for wave in waves}
        for wave, moment in zip(rows, instants(list(view.rows)), strict=True):
            if moment and wave in when:
                when[wave].append(moment)
        if all(when.values()):
            return [sorted(found)[len(found) // 2] for found in when.values()]
    return None


def _holds_moments(view: View) -> bool:
    cells = list(islice(view.counts, _LOOKED_AT))
    return bool(cells) and all(map(is_moment, cells))


def _years(names: Sequence[str]) -> list[tuple[int, int, int]] | None:
    found = [_YEAR.search(name) for name in names]
    if not all(found):
        return None
    return [
        (int(year[0]), _part(normalise(name)), _first_number(_YEAR.sub("", name)))
        for year, name in zip(found, names, strict=True)
        if year
    ]


def _part(name: str) -> int:
    return next((place for place, form in enumerate(_IN_YEAR) if form.search(name)), -1)


def _numbers(names: Sequence[str]) -> list[int] | None:
    return [_first_number(name) for name in names] if all(map(_NUMBER.search, names)) else None


def _first_number(name: str) -> int:
    found = _NUMBER.search(name)
    return int(found[0]) if found else -1
