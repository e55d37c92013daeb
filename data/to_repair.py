"""What a person may set right on the confirm screen, before anything is kept: records set aside, and problem cells.

Only columns that are kept and identify nobody: their cells are shown to whoever holds the file anyway, once, to be
repaired. Nothing of this is stored.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

import pandas as pd

from data import bands
from data.identifiers import kinds_in
from data.import_report import left_out_rows, neutral
from data.inspection import Seen
from data.settled import Settled, settle
from data.table import ColumnGuess, Problem, Problems
from data.vocabulary import normalise

MOST = 200  # records, and cells, that are set right on a screen; a spreadsheet takes all of them


def to_repair(seen: Seen) -> dict[str, Any]:
    """The records and cells that need a look, and ``left_out_rows.csv`` with all of them.

    ``problems``: those that the recipe has not settled; ``rows``: records set aside, with their cells by column;
    ``cells``: line, column and text; ``values``: column -> text -> how often, of texts outside the column's scale;
    ``answers``: column -> the answers it knows -> their level; ``bands``: bands that a spreadsheet made dates of.
    """
    settled = settle(seen.recognition, seen.recipe)
    problems = _open(seen, settled)
    listed = left_out_rows(seen.raw, seen.recognition, settled, problems)
    whole, single = listed[listed["column"] == ""], listed[listed["column"] != ""]
    cells = _cells(seen, settled, single)
    return {
        "problems": [asdict(problem) for problem in problems],
        "rows": [_texts(row) for row in whole.head(MOST).to_dict("records")],
        "cells": cells[:MOST],
        "values": _values(cells),
        "answers": {name: _answers(seen, settled, name) for name in sorted({one["column"] for one in cells})},
        "bands": bands.proposals(seen.raw, seen.recognition.columns),
        "count": len(listed),
        "csv": listed.assign(column=listed["column"].map(neutral)).to_csv(index=False),
    }


def _open(seen: Seen, settled: Settled) -> Problems:
    """Problems of single cells that the recipe has not settled: a text that it gives a level is no problem."""
    known = {column.name.strip(): column.codes for column in settled.columns}
    found = seen.recognition.problems
    return Problems(tuple(one for one in found if one.rule != "outside_the_scale" or not _settled(seen, one, known)))


def _settled(seen: Seen, problem: Problem, known: Mapping[str, Mapping[str, int]]) -> bool:
    column = _named(seen.recognition.columns, problem.column)
    if column is None:
        return False
    at = {line: place for place, line in enumerate(seen.raw.lines)}
    cells = seen.raw.cells[column.index].iloc[[at[line] for line in problem.rows]]
    return all(normalise(str(cell)) in known.get(problem.column, {}) for cell in cells)


def _cells(seen: Seen, settled: Settled, single: pd.DataFrame) -> list[dict[str, str]]:
    """Problem cells, without those whose column comes twice, and those that hold what identifies somebody."""
    at = {line: place for place, line in enumerate(seen.raw.lines)}
    named = {name: _named(settled.columns, name) for name in single["column"].unique()}
    found = []
    for line, name, reason, proposal in single[["line", "column", "reason", "proposal"]].itertuples(index=False):
        column = named[name]
        if column is None or line not in at:
            continue
        text = str(seen.raw.cells[column.index].iloc[at[line]])
        if not kinds_in(text):
            told = {"line": str(line), "reason": reason, "proposal": proposal}
            found.append(told | {"column": column.name, "text": text})
    return found


def _answers(seen: Seen, settled: Settled, name: str) -> dict[str, int]:
    """The answers of a column as the file writes them, lowest first; none for a column without levels."""
    column = _named(settled.columns, name)
    if column is None:
        return {}
    written = {normalise(text): text for text in map(str, pd.unique(seen.raw.cells[column.index]))}
    known = [text for text in column.seen if text in column.codes and text in written]
    return {written[text]: column.codes[text] for text in sorted(known, key=column.codes.__getitem__)}


def _values(cells: Sequence[Mapping[str, str]]) -> dict[str, dict[str, int]]:
    outside = [one for one in cells if one["reason"] == "outside the scale"]
    counted = Counter((one["column"], one["text"]) for one in outside)
    found: dict[str, dict[str, int]] = {}
    for (column, text), count in counted.items():
        found.setdefault(column, {})[text] = count
    return found


def _named(columns: tuple[ColumnGuess, ...], name: str) -> ColumnGuess | None:
    found = [column for column in columns if column.name.strip() == name.strip()]
    return found[0] if len(found) == 1 and found[0].role in ("item", "number", "segment", "quality") else None


def _texts(row: Mapping[Any, Any]) -> dict[str, str]:
    return {str(key): str(cell) for key, cell in row.items() if key != "column"}
