"""SPSS system files: names, question texts, answer texts and declared missing codes, all as text."""

from __future__ import annotations

import io
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas as pd
import pyreadstat

from data.intake import refusals
from data.intake.apart import survives
from data.intake.sheet import text

_SECONDS, _BYTES_A_SECOND = 15, 5_000_000  # far more than reading takes


@dataclass(frozen=True)
class SpssFile:
    """The variables of a system file: (name, label) each, their cells as text, answer texts and missing codes."""

    columns: list[tuple[str, str]]
    rows: list[list[str]]
    encoding: str
    value_labels: dict[int, dict[str, str]]
    missing: dict[int, frozenset[str]]


def read_spss(content: bytes) -> SpssFile:
    """Read a .sav or .zsav file; raises ``Refused`` (not_text) for a damaged one.

    Declared missing codes keep their number, so that "refused" stays apart from "not asked"; a range of codes is
    listed by the codes that occur.
    """
    read = partial(pyreadstat.read_sav, io.BytesIO(content), user_missing=True)
    if not survives(read, _SECONDS + len(content) // _BYTES_A_SECOND):
        raise refusals.not_text("a damaged SPSS file")
    try:
        frame, meta = read()
    except (pyreadstat.ReadstatError, pyreadstat.PyreadstatError, ValueError, OverflowError, MemoryError):
        raise refusals.not_text("a damaged SPSS file") from None
    names = list(frame.columns)
    cells = [_column(frame[name]) for name in names]
    labels = meta.column_names_to_labels or {}
    answers = meta.variable_value_labels or {}
    return SpssFile(
        columns=[(name, labels.get(name) or "") for name in names],
        rows=[list(row) for row in zip(*cells, strict=True)],
        encoding=_encoding(meta.file_encoding),
        value_labels={
            place: {_text(code): str(label) for code, label in answers[name].items()}
            for place, name in enumerate(names)
            if name in answers
        },
        missing=_missing(names, cells, meta.missing_ranges or {}),
    )


def _column(column: pd.Series[Any]) -> list[str]:
    return ["" if value is None or value != value else _text(value) for value in column.tolist()]


def _text(value: Any) -> str:
    if isinstance(value, pd.Timestamp):
        value = value.to_pydatetime()
    return text(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def _missing(names: list[str], cells: list[list[str]], ranges: dict[str, Any]) -> dict[int, frozenset[str]]:
    declared = {}
    for place, name in enumerate(names):
        spans = ranges.get(name, ())
        codes = {_text(span["lo"]) for span in spans if span["lo"] == span["hi"]}
        codes.update(cell for cell in set(cells[place]) if any(_within(cell, span) for span in spans))
        if codes:
            declared[place] = frozenset(codes)
    return declared


def _within(cell: str, span: dict[str, Any]) -> bool:
    try:
        return bool(span["lo"] <= float(cell) <= span["hi"])
    except (TypeError, ValueError):
        return cell in (span["lo"], span["hi"])


def _encoding(declared: str | None) -> str:
    name = (declared or "utf-8").lower()
    return {"windows-1252": "cp1252", "utf8": "utf-8", "us-ascii": "utf-8"}.get(name, name)
