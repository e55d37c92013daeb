"""The plain records that pass between reading a file, recognising it and turning it into a wave."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

ROLES = ("item", "segment", "multi", "text", "number", "id", "quality", "pii", "drop")
KEPT_ROLES = ("item", "segment", "number", "id", "quality")


class Refused(Exception):
    """A file that cannot be used: a kind from the closed vocabulary and one plain sentence with its numbers."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind
        self.message = message


@dataclass(frozen=True)
class Problem:
    """One thing wrong with an upload: where, which rule, how often, in which records; never an answer."""

    column: str
    rule: str
    count: int
    rows: tuple[int, ...]
    sentence: str
    blocking: bool = False


@dataclass(frozen=True)
class Problems:
    """All that is wrong with an upload, in one list."""

    found: tuple[Problem, ...] = ()

    def __iter__(self):  # type: ignore[no-untyped-def]
        return iter(self.found)

    def __len__(self) -> int:
        return len(self.found)

    def __add__(self, other: Problems) -> Problems:
        return Problems(self.found + other.found)

    @property
    def blocking(self) -> tuple[Problem, ...]:
        return tuple(problem for problem in self.found if problem.blocking)


@dataclass(frozen=True)
class SourceColumn:
    """A column as the file has it: its place, its key in the key row, and its question text where there is one."""

    index: int
    name: str
    label: str = ""


@dataclass(frozen=True)
class SetAside:
    """A record that is not among the respondents' rows: its number in the file, a kind, a reason, its cells."""

    line: int
    kind: str
    reason: str
    cells: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True)
class RawTable:
    """A file read as text: one row per candidate respondent, every cell a string, "" for blank.

    ``cells`` has integer column names (the source column's index) and one row per kept record, in file order;
    ``lines`` gives each row's record number in the file (1-based, header records counted).
    ``value_labels`` holds declared code texts per column (SPSS, Kobo and the like), ``missing`` declared codes.
    """

    tool: str
    encoding: str | None
    delimiter: str | None
    header_rows: int
    raw_records: int
    columns: tuple[SourceColumn, ...]
    cells: pd.DataFrame
    lines: tuple[int, ...]
    sha256: str
    set_aside: tuple[SetAside, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    value_labels: Mapping[int, Mapping[str, str]] = field(default_factory=dict)
    missing: Mapping[int, frozenset[str]] = field(default_factory=dict)
    timezone: str = ""


@dataclass(frozen=True)
class ColumnGuess:
    """What a source column is taken for, and how sure that is.

    ``item``: the item id (``CBI.PB1``) when an instrument's question was recognised; ``levels``: answer levels of
    a rating column; ``codes``: normalised answer text -> 1..levels; ``missing``: normalised texts that mean no answer;
    ``block``: columns that share a stem and an answer set; ``sure`` False opens the row for checking. ``seen``: the
    texts of ``codes`` that occur in the file.
    """

    index: int
    name: str
    label: str
    role: str
    item: str | None = None
    levels: int | None = None
    codes: Mapping[str, int] = field(default_factory=dict)
    missing: frozenset[str] = frozenset()
    block: str = ""
    sure: bool = True
    why: str = ""
    examples: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Something the file cannot answer by itself; ``key`` is what a recipe's ``answers`` uses."""

    key: str
    text: str
    options: tuple[tuple[str, str], ...]
    columns: tuple[int, ...] = ()


@dataclass(frozen=True)
class Recognition:
    """What a file is: a guess for every column, the instruments found, what is still open, what was set aside.

    ``flags``: rows per response-quality flag; ``flagged``: which rows those are, as positions in the raw table.
    """

    columns: tuple[ColumnGuess, ...]
    instruments: Mapping[str, int]
    questions: tuple[Question, ...]
    keep: tuple[int, ...]
    set_aside: tuple[SetAside, ...] = ()
    flags: Mapping[str, int] = field(default_factory=dict)
    text_pii: Mapping[int, int] = field(default_factory=dict)
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    problems: Problems = Problems()
    flagged: Mapping[str, tuple[int, ...]] = field(default_factory=dict, repr=False)
