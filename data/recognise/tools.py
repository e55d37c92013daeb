"""The columns that a survey tool adds by itself, by the tool that wrote the file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import regex

from data.recognise.view import View

_COLUMNS = Path(__file__).parent / "tool_columns.toml"
_ROLES = ("id", "quality", "pii", "drop", "segment")
_BLANKS = regex.compile(r"[\s_]+")
_GEOPOINT = regex.compile(r"-?\d{1,2}\.\d+[ ,]+-?\d{1,3}\.\d+([ ,]+-?\d+(\.\d+)?){0,2}")


@dataclass(frozen=True)
class Meta:
    """What a tool's own column is: a role, or "custom" where its values have to decide, and why."""

    role: str
    why: str


def meta(view: View) -> Meta | None:
    """What the tool's own list says about a column, None for a question."""
    for table in (view.tool, "any"):
        if (found := _listed(table, view)) is not None:
            return found
    return _by_shape(view)


def is_named(view: View, *names: str) -> bool:
    """Whether a column has one of these names, or one of these texts as its label."""
    return bool({_plain(view.name), _plain(view.label)} & {_plain(name) for name in names})


def _listed(table: str, view: View) -> Meta | None:
    entry = _table().get(table, {})
    for role in _ROLES:
        if is_named(view, *entry.get(role, ())):
            return Meta(role, f"{view.tool} column" if table != "any" else "survey tool column")
    names = _forms_of_name(view)
    for pattern in entry.get("patterns", ()):
        if any(regex.fullmatch(pattern["match"], name) for name in names):
            return Meta(pattern["role"], pattern["why"])
    return None


def _forms_of_name(view: View) -> tuple[str, ...]:
    """The name; where LimeSurvey writes code and text into one heading, both by themselves too."""
    name = view.name.strip()
    return (name, view.key.strip(), view.label.strip()) if view.tool == "limesurvey" else (name,)


def _by_shape(view: View) -> Meta | None:
    """Tools translate their headers, and people name places as they like: here the cells decide."""
    cells = list(view.counts)
    if cells and all(_GEOPOINT.fullmatch(cell) for cell in cells):
        return Meta("pii", "a place")
    if view.tool in ("google_forms", "microsoft_forms") and view.index < (1 if view.tool == "google_forms" else 5):
        translated = {"google_forms": ("quality",), "microsoft_forms": ("id", "quality", "quality", "pii", "pii")}
        return Meta(translated[view.tool][view.index], f"{view.tool} column")
    return None


def _plain(name: str) -> str:
    return str(_BLANKS.sub("", name)).casefold()


@lru_cache(maxsize=1)
def _table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(_COLUMNS.read_text(encoding="utf-8"))
