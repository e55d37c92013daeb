"""The cells of the kept rows, each distinct text of a column looked at once however many people wrote it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from data.columns import Texts, texts_of
from data.identifiers import kinds_in
from data.labels import clean_label
from data.numerals import number
from data.settled import BY_HAND
from data.table import ColumnGuess, Problem, RawTable
from data.vocabulary import is_missing, normalise

HOURS = (0.0, 120.0)


@dataclass(frozen=True)
class Column:
    """One column over the kept rows: ``texts`` as written and trimmed, ``places`` int array into them, ``lines`` the
    rows' record numbers in the file, ``declared`` texts that the file itself gives for its codes."""

    guess: ColumnGuess
    texts: tuple[str, ...]
    places: np.ndarray
    lines: np.ndarray = field(repr=False)
    declared: Mapping[str, str] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The column's key without blanks around it."""
        return self.guess.name.strip()

    @cached_property
    def people(self) -> np.ndarray:
        """How many rows hold each text."""
        return np.bincount(self.places, minlength=len(self.texts))

    @cached_property
    def blank(self) -> np.ndarray:
        """Which texts mean no answer."""
        return np.array([self._is_blank(text) for text in self.texts], bool)

    @cached_property
    def counted(self) -> Counter[str]:
        """Normalised answers with how many people gave them, texts that mean no answer left out."""
        found: Counter[str] = Counter()
        for text, count, blank in zip(self.texts, self.people.tolist(), self.blank.tolist(), strict=True):
            if not blank:
                found[normalise(text)] += count
        return found

    def _is_blank(self, text: str) -> bool:
        form = normalise(text)
        if form in self.guess.missing or not form:
            return True
        if self.guess.role == "segment" and self.guess.why != BY_HAND:
            return False  # recognition has decided which names of groups mean no answer: "NA" may be a region
        return form not in self.guess.codes and is_missing(text)

    def spread(self, per_text: Sequence[float] | np.ndarray, dtype: np.dtype[np.generic] | type) -> np.ndarray:
        """One value per row from one value per distinct text."""
        spread: np.ndarray = np.asarray(per_text, dtype)[self.places]
        return spread

    def problem(self, rule: str, wrong: np.ndarray, sentence: str) -> Problem | None:
        """A problem over the rows whose text is marked in ``wrong``; ``sentence`` may use {column} and {rows}."""
        lines = self.lines[wrong[self.places]] if wrong.any() else np.zeros(0, int)
        if not len(lines):
            return None
        rows = "1 row holds" if len(lines) == 1 else f"{len(lines):,} rows hold"
        said = sentence.format(column=f'Column "{self.name}"', rows=rows)
        return Problem(self.name, rule, len(lines), tuple(lines.tolist()), said)


class Rows:
    """The rows of a file that are kept, column by column."""

    def __init__(self, raw: RawTable, keep: Sequence[int]) -> None:
        self._raw = raw
        self._keep: np.ndarray = np.asarray(keep, np.int64)
        self.lines = np.asarray(raw.lines, np.int64)[self._keep]
        self._read: dict[int, Texts] = {}

    def __len__(self) -> int:
        return len(self._keep)

    def column(self, guess: ColumnGuess) -> Column:
        """A column's distinct texts and which of them each row holds."""
        if guess.index not in self._read:
            self._read[guess.index] = texts_of(self._raw.cells[guess.index], self._keep).trimmed
        read = self._read[guess.index]
        return Column(guess, read.texts, read.places, self.lines, self._raw.value_labels.get(guess.index, {}))


def answers(column: Column) -> tuple[np.ndarray, Problem | None]:
    """A rating column as int8 codes (1 = lowest as worded, 0 missing), and the cells outside its answers."""
    codes = [column.guess.codes.get(normalise(text), 0) for text in column.texts]
    strange = (np.array(codes, np.int64) == 0) & ~column.blank
    sentence = (
        f"{{column}} should hold one of {column.guess.levels} answers, but {{rows}} something else. They count as not "
        "answered."
    )
    return column.spread(codes, np.int8), column.problem("outside_the_scale", strange, sentence)


def figures(column: Column, decimal: str, is_hours: bool) -> tuple[np.ndarray, list[Problem]]:
    """A number column as float64 (NaN missing), and the cells that are no numbers or cannot be hours of one week."""
    values = np.array([number(text, decimal) for text in column.texts], np.float64)
    values[column.blank] = math.nan
    strange = np.isnan(values) & ~column.blank
    sentence = "{column} should hold numbers, but {rows} something else. They count as not answered."
    found = [column.problem("not_a_number", strange, sentence)]
    if is_hours:
        outside = (values < HOURS[0]) | (values > HOURS[1])
        sentence = (
            f"{{column}} should hold {HOURS[0]:.0f} to {HOURS[1]:.0f} hours a week, but {{rows}} another number. They "
            "count as not answered."
        )
        found.append(column.problem("hours_out_of_range", outside, sentence))
        values[outside] = math.nan
    return column.spread(values, np.float64), [problem for problem in found if problem is not None]


@dataclass(frozen=True)
class Groups:
    """A column of group names: ``names`` as cleaned, commonest spelling; ``of_text`` the place of each distinct text
    in them, -1 for no answer; ``joined``: names that came in several spellings, with those spellings."""

    names: tuple[str, ...]
    of_text: tuple[int, ...]
    joined: tuple[tuple[str, tuple[str, ...]], ...]
    problem: Problem | None


def groups(column: Column, merges: dict[str, str], clean: Callable[[str], str] = clean_label) -> Groups:
    """The groups of a column: spellings that differ in case or blanks are one, ``merges`` (name -> name) are joined,
    and a cell that holds an identifier of a person is no group."""
    wanted = {clean(name).casefold(): clean(other) for name, other in merges.items()}
    identifying = np.array([bool(kinds_in(text)) for text in column.texts], bool) & ~column.blank
    spellings: dict[str, Counter[str]] = {}
    keys: list[str] = []
    for text, people, skip in zip(column.texts, column.people.tolist(), column.blank | identifying, strict=True):
        name = "" if skip else clean(column.declared.get(text, text))
        name = wanted.get(name.casefold(), name)
        keys.append(name.casefold())
        if name and people:
            spellings.setdefault(name.casefold(), Counter())[name] += people
    shown = {key: min(found, key=lambda name: (-found[name], name)) for key, found in spellings.items()}
    order = {key: n for n, key in enumerate(sorted(shown))}
    joined = tuple((shown[key], tuple(sorted(spellings[key]))) for key in order if len(spellings[key]) > 1)
    sentence = "{column}: {rows} an identifier of a person where the name of a group should be. They are left blank."
    problem = column.problem("identifier_in_group", identifying, sentence)
    return Groups(tuple(shown[key] for key in order), tuple(order.get(key, -1) for key in keys), joined, problem)
