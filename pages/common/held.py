"""A file on its way in: its bytes, what it is, and what the analyst said about it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from pages.common.load import SMALLEST_GROUP

UNITS_FROM_FILE = "As recognised"
NO_UNITS = "No teams: the whole organisation only"
_ROWS = re.compile(r" \([\d,]+ rows?\)$")


@dataclass
class Upload:
    """A file on its way in, held by the uploading session alone: its bytes, what it is, what the analyst changed."""

    name: str
    content: bytes = field(repr=False)
    seen: Mapping[str, Any] = field(repr=False)
    answers: dict[str, str] = field(default_factory=dict)
    roles: dict[str, str] = field(default_factory=dict)
    custom: list[dict[str, Any]] = field(default_factory=list)
    unit: str = UNITS_FROM_FILE
    units: bytes | None = field(default=None, repr=False)
    k: int = SMALLEST_GROUP
    accepted: list[Mapping[str, Any]] = field(default_factory=list)
    exclusions: list[str] = field(default_factory=list)  # flags whose people are left out
    answering: Mapping[str, Any] | None = field(default=None, repr=False)  # how people answered, as last worked out
    country: str = ""
    recalled: Mapping[str, Any] | None = field(default=None, repr=False)  # the earlier wave that it is read as
    repairs: dict[str, dict[str, str]] = field(default_factory=dict, repr=False)  # line -> column -> cell, set right
    values: dict[str, dict[str, int]] = field(default_factory=dict)  # column -> answer text -> the level it stands for
    only: str = ""  # of a file with several waves, the one that is meant; "" for each as a wave of its own
    teams: Mapping[str, Any] | None = field(default=None, repr=False)  # the names that may be joined
    brought: int = 0  # how often repaired rows were brought back
    against: str = ""  # questions that run against their scale, in the words of whoever found them
    refused: tuple[str, str] = ("", "")  # what was last told of the file, and the sentence that refused it

    @property
    def columns(self) -> list[Mapping[str, Any]]:
        """The file's columns with the analyst's own choice of role, where there is one."""
        roles = self._roles()
        return [{**column, "role": roles.get(column["name"], column["role"])} for column in self.seen["columns"]]

    @property
    def open(self) -> list[str]:
        """Keys of the questions that nobody has answered yet."""
        asked = [question["key"] for question in self.seen["questions"] if question["key"] != "wave"]
        return [key for key in asked if key not in self.answers]

    @property
    def parts(self) -> list[tuple[str, str]]:
        """The waves that the file holds, as the file writes them and as they are called; none for a single wave."""
        options = [one["options"] for one in self.seen["questions"] if one["key"] == "wave"]
        return [(value, _ROWS.sub("", words).strip()) for found in options for value, words in found[:-1]]

    def recipe(self) -> dict[str, Any]:
        """What the analyst said about the file, as a recipe; whatever is not in it stays as recognised."""
        before = self.recalled["recipe"] if self.recalled else {}
        made: dict[str, Any] = {"evenkeel_recipe": 1} | before
        made |= {"answers": self._answers(before), "roles": before.get("roles", {}) | self._roles()}
        merges: dict[str, dict[str, str]] = {column: dict(names) for column, names in before.get("merges", {}).items()}
        for change in self.accepted:
            for column, names in change["merges"].items():
                merges[column] = merges.get(column, {}) | names
        if merges:
            made["merges"] = merges
        said = {"custom": self.custom, "exclusions": self.exclusions, "country": self.country, "repairs": self.repairs}
        made = {key: value for key, value in made.items() if key not in said}
        made |= {key: value for key, value in said.items() if value}
        if self.values:
            made["columns"] = self._valued(before.get("columns", []))
        if self.unit == NO_UNITS:
            made["roles"] |= {one["name"]: "segment" for one in self.columns if one["why"].startswith("unit")}
            made["unit"] = ""
        elif self.unit != UNITS_FROM_FILE:
            made["unit"] = self.unit
        return made

    def refuse(self, sentence: str) -> None:
        """Keep a refusal until something else is said of the file: whatever else the page does meanwhile."""
        self.refused = (repr(self.recipe()), sentence)

    @property
    def refusal(self) -> str:
        """The sentence that refused the file as it is told now, "" when none did."""
        told, sentence = self.refused
        return sentence if told == repr(self.recipe()) else ""

    @property
    def measured(self) -> bool:
        """Whether any question belongs to a scale: without one there is nothing to show."""
        return bool(self.custom) or any(one["scale"] for one in self.columns)

    def _answers(self, before: Mapping[str, Any]) -> dict[str, str]:
        """The answers of the wave before and of now; of several waves in the file, the one meant, or the last."""
        wave = self.only or (self.parts[-1][0] if self.parts else "")
        return before.get("answers", {}) | self.answers | ({"wave": wave} if wave else {})

    def _valued(self, known: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
        """What is known of the columns, with the levels that answer texts were given."""
        levels = {one["name"]: one.get("levels") for one in self.seen["columns"]}
        told = {one.get("name", ""): one for one in known}
        for name, texts in self.values.items():
            one = told.get(name, {"name": name, "levels": levels.get(name)})
            told[name] = {**one, "codes": {**one.get("codes", {}), **texts}}
        return list(told.values())

    def _roles(self) -> dict[str, str]:
        """The analyst's choices of role, then the columns that an accepted proposal leaves out."""
        return self.roles | {name: role for change in self.accepted for name, role in change["roles"].items()}


def received(name: str, content: bytes, seen: Mapping[str, Any], k: int) -> Upload:
    """A file as it was read, with what the analyst chose for the wave that it is read as."""
    recalled = seen.get("recalled")
    before = recalled["recipe"] if recalled else {}
    said = {"custom": list(before.get("custom", ())), "exclusions": list(before.get("exclusions", ()))}
    return Upload(name, content, seen, k=k, recalled=recalled, country=before.get("country", ""), **said)
