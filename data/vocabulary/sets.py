"""The answer sets of every language, read from the files in ``words``: which words stand for which level."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from data.vocabulary.text import missing_form, normalise

_WORDS = Path(__file__).parent / "words"
# The order in which sets are tried: the plain five-point set of each kind before its longer and shorter relatives.
_FIRST = "english.toml"
_LONGEST = 80  # characters of a text that means no answer, with its code: a longer cell is prose
_CODED = regex.compile(r"(?|\(?\d{1,3}\)?\s*[-:=.)]\s*(\D*\p{L}\D*)|(\D*\p{L}\D*?)\s*\(\d{1,3}\))")


@dataclass(frozen=True)
class AnswerScale:
    """An ordered set of answers: normalised words -> level, 1 = lowest as worded. ``plain`` names each level."""

    id: str
    kind: str
    levels: int
    words: Mapping[str, int] = field(repr=False)
    plain: tuple[str, ...] = ()


@dataclass(frozen=True)
class Vocabulary:
    """Every answer scale, in the order of trying; every text that means no answer; every word of any scale."""

    scales: tuple[AnswerScale, ...]
    missing: frozenset[str]
    words: frozenset[str]


@lru_cache(maxsize=1)
def load() -> Vocabulary:
    """All languages joined: sets of one id are one scale, so that a two-language survey stays one column."""
    files = sorted(_WORDS.glob("*.toml"), key=lambda file: (file.name != _FIRST, file.name))
    missing: set[str] = set()
    entries: dict[str, list[dict[str, Any]]] = {}
    for file in files:
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        missing |= {missing_form(word) for word in table["missing"]}
        for entry in table["sets"]:
            entries.setdefault(entry["id"], []).append(entry)
    scales = tuple(_scale(id_, same) for id_, same in entries.items())
    return Vocabulary(scales, frozenset(missing), frozenset(word for scale in scales for word in scale.words))


def is_missing(cell: str) -> bool:
    """Whether a cell is blank or one of the texts that mean no answer ("N/A", "prefer not to say", "-"), also beside
    its code ("N/A (8)", "99. Don't know")."""
    form = missing_form(cell)
    if not form or form in load().missing or form.rstrip(".!") in load().missing:
        return True
    coded = _CODED.fullmatch(form) if len(form) <= _LONGEST else None
    return coded is not None and coded[1].strip(" .!") in load().missing


def _scale(scale_id: str, entries: list[dict[str, Any]]) -> AnswerScale:
    words: dict[str, int] = {}
    for entry in entries:
        for level, variants in enumerate(entry["levels"], start=1):
            words |= {normalise(variant): level for variant in variants}
    first = entries[0]
    return AnswerScale(
        scale_id, first["kind"], len(first["levels"]), words, tuple(names[0] for names in first["levels"])
    )
