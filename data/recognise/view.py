"""A column as recognition sees it: its question, the question's parts, and its distinct cells with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import regex

from data.columns import Texts, texts_of
from data.table import RawTable, SourceColumn
from data.vocabulary import is_missing, normalise, wording

_BRACKET = regex.compile(r"(?s)(.*?)\s*\[(.+)\]\s*")
_CHOICE = regex.compile(r"(?s)(.*?)\s*\(choice\s*=\s*'?(.*?)'?\)\s*")
_SUB_NAME = regex.compile(r"(.+?)(?:___|[_.\-/ \[(]+(?:SQ|A)?)(?P<sub>\d+)[\])]?")
_PATH_NAME = regex.compile(r"(.+)(?:/|___)([^/]+)")
_BRACKET_NAME = regex.compile(r"(.+)\[([^\[\]]+)\]")
_LETTERS_DIGITS = regex.compile(r"(\p{L}[\p{L}_]+?)_?\d{1,2}")
_CAMEL = regex.compile(r"(?<=\p{Ll})(?=\p{Lu})")
_RENAMED = regex.compile(r"(.*) \(\d+\)")


@dataclass(frozen=True)
class View:
    """One column: ``column`` has its cells as written, ``counts`` the non-blank ones, trimmed."""

    index: int
    name: str
    label: str
    tool: str
    column: Texts = field(repr=False)
    labels: Mapping[str, str] = field(default_factory=dict)
    declared_missing: frozenset[str] = frozenset()

    @cached_property
    def counts(self) -> Counter[str]:
        """Non-blank cells as written, trimmed, with their counts."""
        trimmed, counts = [text.strip() for text in self.column.texts], self.column.counts.tolist()
        found = Counter(dict(zip(trimmed, counts, strict=True)))
        if len(found) < len(trimmed):  # blanks around them told some apart
            found = Counter()
            for text, count in zip(trimmed, counts, strict=True):
                found[text] += count
        del found[""]
        return found

    @property
    def rows(self) -> list[str]:
        """Every cell in row order: long where the file is, so that questions are better asked of ``column``."""
        return self.column.cells()

    @cached_property
    def cells(self) -> Counter[str]:
        """Normalised non-blank cells with their counts, declared missing codes left out."""
        found: Counter[str] = Counter()
        for cell, count in self.counts.items():
            if cell not in self.declared_missing:
                found[normalise(cell)] += count
        return found

    @cached_property
    def answers(self) -> Counter[str]:
        """``cells`` without the texts that mean no answer."""
        return Counter({cell: count for cell, count in self.cells.items() if not is_missing(cell)})

    @cached_property
    def names_groups(self) -> bool:
        """Whether the file has a text for every code that occurs, and the texts are no numbers themselves."""
        texts = {normalise(code): normalise(text) for code, text in self.labels.items()}
        worded = [texts[code] for code in self.answers if texts.get(code, code) != code]
        return len(set(worded)) > 1 and len(worded) == len(self.answers)

    @cached_property
    def empty(self) -> bool:
        """Whether nobody has anything in this column."""
        return not self.counts

    @cached_property
    def key(self) -> str:
        """The name without the question's text, where a tool writes both into one heading ("PB[SQ001]. [Tired?]")."""
        return self.name.partition(". ")[0] if self.tool == "limesurvey" and self.label else self.name

    @cached_property
    def question(self) -> str:
        """What people were asked: the label where the file has one, else the name without a number for duplicates."""
        text = self.label or self.name
        renamed = _RENAMED.fullmatch(text)
        return renamed[1] if renamed and not self.label else text

    @cached_property
    def split(self) -> tuple[str, str]:
        """The question as (stem, row or option); the stem is "" where the question is not one of a block."""
        for pattern in (_CHOICE, _BRACKET):
            if (match := pattern.fullmatch(self.question)) and match[1].strip():
                return match[1].strip(), match[2].strip()
        for sign in (" | ", " - "):
            stem, found, rest = self.question.partition(sign)
            if found and stem.strip() and rest.strip():
                return stem.strip(), rest.strip()
        return "", self.question

    @cached_property
    def stem(self) -> str:
        """What the columns of one block share: the label's stem, else the name's; "" for a column of its own."""
        return wording(self.split[0]) or self.name_stem

    @cached_property
    def name_stem(self) -> str:
        """The name without its last number or option: Q8 of Q8_1, TOOLS of TOOLS[SQ001], tools of tools/email."""
        if self.name == f"Column {self.index + 1}":
            return ""  # a name that was given to a column without one
        for pattern in (_SUB_NAME, _BRACKET_NAME, _PATH_NAME, _LETTERS_DIGITS):
            if match := pattern.fullmatch(self.key.strip()):
                return str(match[1]).casefold()
        return ""

    @cached_property
    def own_part(self) -> str:
        """The part of the question that is this column's alone."""
        return self.split[1]

    @cached_property
    def text(self) -> str:
        """The whole question and the name in one comparable line, with a blank at both ends."""
        return f" {wording(self.question)} {self.spaced_name} "

    @cached_property
    def spaced_name(self) -> str:
        """The name as words: hours_per_week and hoursPerWeek are "hours per week"."""
        return wording(_CAMEL.sub(" ", self.key.replace("_", " ")))


def views(raw: RawTable, keep: Sequence[int]) -> list[View]:
    """Every column of ``raw`` over the kept rows."""
    return [_view(raw, column, texts_of(raw.cells[column.index], keep)) for column in raw.columns]


def _view(raw: RawTable, column: SourceColumn, rows: Texts) -> View:
    return View(
        column.index,
        column.name,
        column.label,
        raw.tool,
        rows,
        raw.value_labels.get(column.index, {}),
        raw.missing.get(column.index, frozenset()),
    )
