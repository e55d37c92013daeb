"""Small tables of text for the tests of recognition, and the open corpus where it lies beside the project."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from data import questionnaires
from data.recognise import recognise
from data.table import ColumnGuess, RawTable, Recognition, SourceColumn

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
OFTEN = ("Never/almost never", "Seldom", "Sometimes", "Often", "Always")
AGREE = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")


def turning(words: Sequence[str], n: int, step: int = 1, start: int = 0) -> list[str]:
    """``n`` cells that go through ``words`` again and again."""
    return [words[(start + step * row) % len(words)] for row in range(n)]


def table(
    columns: Mapping[str, Sequence[str]],
    tool: str = "unknown",
    texts: Mapping[str, str] | None = None,
    value_labels: Mapping[int, Mapping[str, str]] | None = None,
    missing: Mapping[int, frozenset[str]] | None = None,
) -> RawTable:
    """A file that was read: name -> cells, and the questions' texts by name."""
    sources = tuple(SourceColumn(i, name, (texts or {}).get(name, "")) for i, name in enumerate(columns))
    cells = pd.DataFrame({i: list(values) for i, values in enumerate(columns.values())}, dtype=str)
    lines = tuple(range(2, len(cells) + 2))
    return RawTable(
        tool, "utf-8", ",", 1, len(cells) + 1, sources, cells, lines, "0" * 64,
        value_labels=value_labels or {}, missing=missing or {},
    )  # fmt: skip


def seen(columns: Mapping[str, Sequence[str]], **rest) -> Recognition:  # type: ignore[no-untyped-def]
    """The recognition of a small table."""
    return recognise(table(columns, **rest), questionnaires.load())


def guess(recognition: Recognition, name: str) -> ColumnGuess:
    """The guess for a column by its name."""
    return next(column for column in recognition.columns if column.name == name)


def roles(recognition: Recognition) -> dict[str, str]:
    """Column name -> role."""
    return {column.name: column.role for column in recognition.columns}


def expected() -> dict[str, dict]:  # type: ignore[type-arg]
    """What the open corpus expects, by file; empty when it is not there."""
    key = CORPUS / "import" / "EXPECTED.json"
    return json.loads(key.read_text(encoding="utf-8"))["files"] if key.exists() else {}
