"""Everything that turned a file into a wave, as one JSON document: complete when we write it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from analytics.instrument import ROLES as SCALE_ROLES
from analytics.wave import EXCLUDABLE
from data.recipe_reading import (
    FORMAT,
    Expected,
    RecipeError,
    a_choice,
    a_count,
    a_list,
    a_range,
    a_table,
    a_text,
    keys_of,
    read_custom_id,
)
from data.table import ROLES
from data.vocabulary import normalise

__all__ = ["CustomScale", "Recipe", "RecipeColumn", "RecipeError"]

DIRECTIONS = ("low_first", "high_first")


@dataclass(frozen=True)
class RecipeColumn:
    """What one column is; a field that is None is left as recognised, an ``item`` of "" says that it is none.

    ``seen``: the texts of ``codes`` that occurred when the recipe was made, so that new ones are noticed later.
    """

    name: str = ""
    index: int | None = None
    role: str | None = None
    item: str | None = None
    levels: int | None = None
    codes: Mapping[str, int] | None = None
    missing: tuple[str, ...] | None = None
    seen: tuple[str, ...] | None = None


@dataclass(frozen=True)
class CustomScale:
    """Columns that a person names as one scale; ``labels`` are the answers as the file has them, lowest first, or
    ``range`` the two numbers between which they lie: the one that stands for the lowest answer, then the highest."""

    id: str
    title: str
    role: str
    columns: tuple[str | int, ...]
    reversed: tuple[str | int, ...] = ()
    labels: tuple[str, ...] = ()
    high_means: str = ""
    range: tuple[float, ...] = ()


@dataclass(frozen=True)
class Recipe:
    """How a file becomes a wave. Every field may be left out; what is left out stays as recognised.

    ``answers``: question key -> option; ``direction`` answers every question about direction; ``unit``: the column with
    the units, "" for none, None as recognised; ``merges``: column -> name -> the name it is joined with;
    ``exclude``: record numbers of the file that are left out; ``repairs``: record number -> column -> the cell as it
    should be (used for one file, and kept with no wave); ``exclusions``: response-quality flags whose people are
    left out; ``country``: where these people work (ISO 3166 alpha-2), "" when nobody says.
    """

    tool: str = ""
    encoding: str | None = None
    delimiter: str | None = None
    header_rows: int | None = None
    sha256: str = ""
    columns: tuple[RecipeColumn, ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    answers: Mapping[str, str] = field(default_factory=dict)
    direction: str | None = None
    custom: tuple[CustomScale, ...] = ()
    unit: str | None = None
    merges: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exclude: tuple[int, ...] = ()
    repairs: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    exclusions: tuple[str, ...] = ()
    country: str = ""

    def to_json(self) -> str:
        """The recipe as a JSON document; what was left open is left out."""
        made: dict[str, Any] = {"evenkeel_recipe": FORMAT} | vars(self)
        made["columns"] = [_said(column) for column in self.columns]
        made["custom"] = [_said(scale) for scale in self.custom]
        # An empty unit stays: it means "no units", which is not the same as leaving it open.
        silent = {key for key, value in made.items() if value in (None, (), [], {}) or (key, value) == ("country", "")}
        return json.dumps({key: value for key, value in made.items() if key not in silent}, ensure_ascii=False)

    @staticmethod
    def from_json(text: str) -> Recipe:
        """The recipe that a JSON document holds; ``RecipeError`` names the key, what it should be and what came."""
        try:
            document = json.loads(text)
        except ValueError as fault:
            line = getattr(fault, "lineno", 1)
            raise RecipeError(
                f"A recipe should be one JSON document, but line {line} cannot be read as JSON."
            ) from None
        return _recipe(document)

    def fingerprint(self) -> str:
        """A hash of the tool and the set of column names: files with the same one can take the same recipe."""
        names = sorted({normalise(column.name) for column in self.columns})
        return hashlib.sha256(json.dumps([self.tool, names]).encode()).hexdigest()


def _said(part: RecipeColumn | CustomScale) -> dict[str, Any]:
    """The fields of a column or a scale that say something."""
    return {name: value for name, value in vars(part).items() if value is not None}


def _recipe(document: Any) -> Recipe:
    table = a_table(document, "the recipe")
    if table.get("evenkeel_recipe") != FORMAT:
        raise Expected("evenkeel_recipe", str(FORMAT), table.get("evenkeel_recipe"))
    keys_of(table, "the recipe", ("evenkeel_recipe", *Recipe.__dataclass_fields__))
    return Recipe(
        tool=a_text(table.get("tool"), "tool"),
        encoding=a_text(table.get("encoding"), "encoding") or None,
        delimiter=a_text(table.get("delimiter"), "delimiter") or None,
        header_rows=a_count(table.get("header_rows"), "header_rows"),
        sha256=a_text(table.get("sha256"), "sha256"),
        columns=tuple(_column(one, f"columns[{n}]") for n, one in enumerate(a_list(table.get("columns"), "columns"))),
        roles=_choices(table.get("roles"), "roles", ROLES),
        answers=_texts(table.get("answers"), "answers"),
        direction=a_choice(table.get("direction"), "direction", DIRECTIONS),
        custom=_customs(table.get("custom")),
        unit=None if table.get("unit") is None else a_text(table["unit"], "unit"),
        merges={
            column: _texts(names, f"merges[{column!r}]")
            for column, names in a_table(table.get("merges"), "merges").items()
        },
        exclude=tuple(_record(one, f"exclude[{n}]") for n, one in enumerate(a_list(table.get("exclude"), "exclude"))),
        repairs=_repairs(table.get("repairs")),
        exclusions=tuple(dict.fromkeys(_flag(one) for one in a_list(table.get("exclusions"), "exclusions"))),
        country=_country(table.get("country")),
    )


def _column(value: Any, key: str) -> RecipeColumn:
    table = a_table(value, key)
    keys_of(table, key, tuple(RecipeColumn.__dataclass_fields__))
    if not table.get("name") and table.get("index") is None:
        raise Expected(f"{key}.name", "the column's name (or its index, counted from 0)", None)
    codes = table.get("codes")
    missing, seen = table.get("missing"), table.get("seen")
    return RecipeColumn(
        a_text(table.get("name"), f"{key}.name"),
        a_count(table.get("index"), f"{key}.index"),
        a_choice(table.get("role"), f"{key}.role", ROLES),
        (a_text(table["item"], f"{key}.item") if "item" in table else None),
        a_count(table.get("levels"), f"{key}.levels", 2, 101),
        None if codes is None else _codes(codes, f"{key}.codes"),
        None if missing is None else tuple(a_text(one, f"{key}.missing") for one in a_list(missing, f"{key}.missing")),
        None if seen is None else tuple(a_text(one, f"{key}.seen") for one in a_list(seen, f"{key}.seen")),
    )


def _codes(value: Any, key: str) -> dict[str, int]:
    read = {text: a_count(code, f"{key}[{text!r}]", 1, 101) for text, code in a_table(value, key).items()}
    return {text: code for text, code in read.items() if code is not None}


def _customs(value: Any) -> tuple[CustomScale, ...]:
    scales = tuple(_custom(one, f"custom[{n}]") for n, one in enumerate(a_list(value, "custom")))
    ids = [scale.id for scale in scales]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise RecipeError(f"In custom every scale should have an id of its own, but {twice[0]} comes twice.")
    return scales


def _custom(value: Any, key: str) -> CustomScale:
    table = a_table(value, key)
    keys_of(table, key, tuple(CustomScale.__dataclass_fields__))
    role = a_choice(table.get("role"), f"{key}.role", SCALE_ROLES)
    title = a_text(table.get("title"), f"{key}.title")
    columns = _refs(table.get("columns"), f"{key}.columns")
    turned = _refs(table.get("reversed"), f"{key}.reversed")
    if role is None:
        raise Expected(f"{key}.role", f"one of {', '.join(SCALE_ROLES)}", None)
    if not title or not columns:
        raise Expected(f"{key}.{'columns' if title else 'title'}", "at least one entry", None)
    labels = tuple(a_text(one, f"{key}.labels") for one in a_list(table.get("labels"), f"{key}.labels"))
    if len(labels) == 1:
        raise RecipeError(f"In {key}.labels there should be at least 2 answers, lowest first, but got 1.")
    high_means = a_text(table.get("high_means"), f"{key}.high_means")
    ends = a_range(table.get("range"), f"{key}.range")
    named = read_custom_id(table.get("id"), f"{key}.id")
    return CustomScale(named, title, role, columns, turned, labels, high_means, ends)


def _refs(value: Any, key: str) -> tuple[str | int, ...]:
    for one in a_list(value, key):
        if isinstance(one, bool) or not isinstance(one, str | int):
            raise Expected(key, "names of columns (or their indexes, counted from 0)", one)
    return tuple(a_list(value, key))


def _choices(value: Any, key: str, options: tuple[str, ...]) -> dict[str, str]:
    read = {name: a_choice(one, f"{key}[{name!r}]", options) for name, one in a_table(value, key).items()}
    return {name: choice for name, choice in read.items() if choice is not None}


def _texts(value: Any, key: str) -> dict[str, str]:
    return {name: a_text(one, f"{key}[{name!r}]") for name, one in a_table(value, key).items()}


def _repairs(value: Any) -> dict[str, dict[str, str]]:
    table = a_table(value, "repairs")
    wrong = next((line for line in table if not line.isdecimal()), None)
    if wrong is not None:
        raise Expected("repairs", "record numbers of the file, counted from 1", wrong)
    return {line: _texts(cells, f"repairs[{line!r}]") for line, cells in table.items()}


def _flag(value: Any) -> str:
    if value is None:
        raise Expected("exclusions", f"a list of {', '.join(EXCLUDABLE)}", None)
    return str(a_choice(value, "exclusions", EXCLUDABLE))


def _country(value: Any) -> str:
    code = a_text(value, "country").strip().upper()
    if code and not (len(code) == 2 and code.isascii() and code.isalpha()):
        raise Expected("country", "a country's two letters, such as IN", value)
    return code


def _record(value: Any, key: str) -> int:
    number = a_count(value, key, 1)
    if number is None:
        raise Expected(key, "a record number of the file, counted from 1", None)
    return number
