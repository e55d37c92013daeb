"""Teams that are joined before publishing, as changes of a recipe; and the units file that goes with them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import regex
from rapidfuzz import fuzz

from data.cells import Column
from data.recognise.units import PATH_SIGNS
from data.units import path_sign
from data.units_file import UnitRow, UnitsFile, key
from data.vocabulary import normalise

_ALIKE = 88
_SHORTEST = 5  # characters: shorter names are alike by chance
_NUMBER = regex.compile(r"\d+|\b\w\b")  # a single letter counts as a number: "Team A" is not "Team B"


def renamed(column: Column, unit: np.ndarray, joined: Sequence[int], name: str, is_listed: bool) -> dict[str, str]:
    """What a recipe's ``merges`` say of the unit column so that the units ``joined`` (places) become one of that name.

    ``unit``: the place of each of the column's rows. A path keeps its beginning; with a units file (``is_listed``) the
    new name alone is enough.
    """
    inside = np.isin(unit, list(joined))
    written = sorted(set(column.places[inside].tolist()))
    texts = [_in_one_line(column.declared.get(column.texts[at], column.texts[at])) for at in written]
    every = [_in_one_line(text) for text, blank in zip(column.texts, column.blank.tolist(), strict=True) if not blank]
    sign = None if is_listed or column.guess.why == "unit" else path_sign(every)
    return {text: _beside(text, name, sign) for text in texts}


def named(texts: Sequence[str], name: str, sign: str | None) -> dict[str, str]:
    """What a recipe's ``merges`` say so that these units become one, below the first one's parent."""
    one = _beside(texts[0], name, sign)
    return {text: one for text in texts if text != one}


def alike(names: Sequence[str]) -> list[tuple[int, int]]:
    """Places of names that may be one in two spellings: 88 % alike, with the same numbers in them. Proposed only."""
    plain = [normalise(name) for name in names]
    numbers = [tuple(_NUMBER.findall(name)) for name in plain]
    pairs = ((one, two) for one in range(len(plain)) for two in range(one + 1, len(plain)))
    return [
        (one, two)
        for one, two in pairs
        if min(len(plain[one]), len(plain[two])) >= _SHORTEST
        and numbers[one] == numbers[two]
        and fuzz.ratio(plain[one], plain[two], processor=None, score_cutoff=_ALIKE)
    ]


def with_joined(file: UnitsFile, merges: Mapping[str, str]) -> UnitsFile:
    """A units file with the teams that a recipe joins as parts of new units, each below its first team's parent."""
    rows = {key(row.name): row for row in file.rows}
    made: dict[str, UnitRow] = {}
    for name, other in merges.items():
        own = _listed(name, rows)
        if own is None or key(other) in rows:
            continue
        made.setdefault(key(other), UnitRow(rows[own].record, other, rows[own].parent))
        rows[own] = replace(rows[own], merged_into=other)
    return replace(file, rows=(*rows.values(), *made.values())) if made else file


def composed(before: Mapping[str, str], then: Mapping[str, str]) -> dict[str, str]:
    """Two rounds of renaming as one: whatever the first round made goes on to what the second makes of it."""
    return {name: then.get(other, other) for name, other in before.items()} | dict(then)


def _beside(text: str, name: str, sign: str | None) -> str:
    parts = [part for part in text.split(sign) if part.strip()] if sign else []
    return sign.join([*parts[:-1], name]) if sign and parts else name


def _listed(name: str, rows: Mapping[str, UnitRow]) -> str | None:
    """The listed unit that a name in a file stands for: the whole name, or the last part of a path."""
    found = [key(name), *(key(name.rpartition(sign)[2]) for sign in PATH_SIGNS if sign in name)]
    return next((own for own in found if own in rows), None)


def _in_one_line(text: str) -> str:
    return " ".join(text.split())
