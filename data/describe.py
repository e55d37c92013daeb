"""What ``inspect`` prints: a looked-at file as one JSON document, and its kept columns as a table."""

from __future__ import annotations

import csv
import json
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pandas as pd

from data.inspection import Seen
from data.moments import from_serial, instants, is_moment
from data.numerals import decimal_sign, numbers
from data.recognise.quality import MORE
from data.settled import settle
from data.table import KEPT_ROLES, ColumnGuess, Refused
from data.vocabulary import normalise
from data.vocabulary.text import visible

_SERIAL = re.compile(r"\d{5}(\.\d+)?")
TABLE_ROLES = (*KEPT_ROLES, "multi", "text")


def refusal(refused: Refused) -> dict[str, Any]:
    """The document for a file that cannot be used."""
    return {"outcome": "refuse", "message_kind": refused.kind, "message": refused.message}


def describe(seen: Seen) -> dict[str, Any]:
    """The document for a file that can be used: shape, roles, instruments, problems, flags and open questions."""
    raw, recognition = seen.raw, seen.recognition
    aside = [*raw.set_aside, *recognition.set_aside]
    return {
        "outcome": "accept",
        "message_kind": None,
        "message": None,
        "recognised_tool": raw.tool,
        "encoding": raw.encoding,
        "delimiter": raw.delimiter,
        "raw_records": raw.raw_records,
        "header_rows": raw.header_rows,
        "n_rows": len(recognition.keep),
        "sha256": raw.sha256,
        "columns": [_column(guess) for guess in _columns(seen)],
        "recognised_instruments": dict(recognition.instruments),
        "problem_rows": dict(Counter(row.kind for row in aside)),
        "flags": {flag: rows for flag, rows in recognition.flags.items() if flag not in MORE},
        "more_flags": {flag: rows for flag, rows in recognition.flags.items() if flag in MORE},
        "text_pii": {_named(seen, index): cells for index, cells in recognition.text_pii.items()},
        "warnings": sorted({*raw.warnings, *recognition.warnings}),
        "questions": [asdict(question) for question in seen.questions],
        "problems": [asdict(problem) for problem in recognition.problems],
        "said": said(seen),
    }


def recalled(seen: Seen) -> dict[str, Any] | None:
    """The earlier wave whose recipe was taken: its name, how its columns fit, and the recipe; None without one."""
    if seen.recalled is None:
        return None
    of, match = seen.recalled.of, seen.recalled.match
    return {
        "survey": of.survey,
        "wave": of.wave,
        "verdict": match.verdict,
        "words": match.sentence,
        "recipe": json.loads(seen.recipe.to_json()),
    }


def _columns(seen: Seen) -> tuple[ColumnGuess, ...]:
    """The columns as recognised, or as a recipe that knows every column says."""
    if not seen.recipe.columns:
        return seen.recognition.columns
    return settle(seen.recognition, seen.recipe).columns


def said(seen: Seen) -> list[str]:
    """The same in plain sentences, for a person."""
    return [*seen.raw.notes, *seen.recognition.notes]


def write_table(seen: Seen, path: Path) -> None:
    """Write the kept columns as a CSV: header = source column index, rows in file order, empty = missing."""
    guesses = [guess for guess in seen.recognition.columns if guess.role in TABLE_ROLES]
    rows = seen.raw.cells.iloc[list(seen.recognition.keep)]
    decimal = decimal_sign(_number_cells(rows, guesses))
    columns = [_values(_worded(seen, rows, guess), guess, seen.raw.timezone, decimal) for guess in guesses]
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow([guess.index for guess in guesses])
        writer.writerows(zip(*columns, strict=True))


def _column(guess: ColumnGuess) -> dict[str, Any]:
    return {
        "index": guess.index,
        "name": guess.name,
        "label": guess.label,
        "role": guess.role,
        "scale": guess.item,
        "levels": guess.levels,
        "sure": guess.sure,
        "why": guess.why,
        "examples": list(guess.examples) if guess.role in KEPT_ROLES else [],
    }


def _named(seen: Seen, index: int) -> str:
    return next((guess.name for guess in seen.recognition.columns if guess.index == index), str(index))


def _number_cells(rows: pd.DataFrame, guesses: list[ColumnGuess]) -> Iterator[str]:
    for guess in guesses:
        if guess.role == "number":
            yield from rows[guess.index]


def _worded(seen: Seen, rows: pd.DataFrame, guess: ColumnGuess) -> list[str]:
    """A column's cells; names of groups without invisible signs, or as the text that the file has for a code."""
    cells: list[str] = rows[guess.index].tolist()
    if guess.role != "segment":
        return cells
    texts = seen.raw.value_labels.get(guess.index, {})
    declared = seen.raw.missing.get(guess.index, frozenset())
    return [visible(cell if cell in declared else texts.get(cell, cell)) for cell in cells]


def _values(cells: list[str], guess: ColumnGuess, zone: str, decimal: str) -> list[str]:
    if guess.role == "item":
        return [str(guess.codes.get(normalise(cell), "")) for cell in cells]
    blank = ["" if normalise(cell) in guess.missing else cell.strip() for cell in cells]
    if guess.role == "number":
        return ["" if math.isnan(value) else repr(value) for value in numbers(blank, decimal)]
    if guess.role == "quality" and guess.why == "dates" and all(map(_SERIAL.fullmatch, filter(None, blank))):
        return [from_serial(cell) for cell in blank]
    if guess.role == "quality" and any(map(is_moment, set(blank))):
        return instants(blank, "UTC" if "(UTC)" in guess.name else zone)
    return blank
