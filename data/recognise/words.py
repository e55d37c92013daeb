"""What the words of a header say about its column: lists in ``headers.toml``, compared as whole words."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from data.recognise.view import View
from data.vocabulary import wording

_LISTS = Path(__file__).parent / "headers.toml"


def says(view: View, kind: str) -> bool:
    """Whether the header or question of a column has a word or phrase of ``kind`` (a table of ``headers.toml``)."""
    return any(f" {word} " in view.text for word in listed(kind))


def own_part_says(view: View, kind: str, entry: str = "words") -> bool:
    """``says`` for the column's own part of the question and its name alone, so that a shared stem has no say."""
    text = f" {wording(view.own_part)} {view.spaced_name} " if not view.split[0] else ""
    text = text or f" {wording(view.own_part)} "
    return any(f" {word} " in text for word in listed(kind, entry))


def name_says(view: View, kind: str) -> bool:
    """``says`` for the column's name alone."""
    text = f" {view.spaced_name} "
    return any(f" {word} " in text for word in listed(kind))


@lru_cache(maxsize=64)
def listed(kind: str, entry: str = "words") -> tuple[str, ...]:
    """A list of ``headers.toml`` in comparable form, in its order."""
    return tuple(wording(word) for word in _table()[kind].get(entry, ()))


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(_LISTS.read_text(encoding="utf-8"))
