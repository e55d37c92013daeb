"""Rows that need a look: answers given a level, cells and rows set right in place, or in a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from data.repair import read_repaired
from data.table import Refused
from pages.common import work
from pages.common.confirm import Upload
from pages.common.words import plain

LEFT_OUT, REPORT = "left_out_rows.csv", "import_report.json"
NOT_ANSWERED = "Not answered"
_NUMBER = re.compile(r"\W*\d+([.,]\d+)?\W*")
_FIXED = ("line", "reason", "proposal", "column", "text")
_HEADS = {
    "line": "Line",
    "reason": "Why",
    "proposal": "What to do",
    "column": "Column",
    "text": "In the file",
    "new": "Should be",
}


def panel(upload: Upload) -> None:
    """What can be set right, and the two downloads; a change reads the file again at once."""
    found = upload.seen["repair"]
    if found["values"]:
        _values(upload, found)
    if found["cells"]:
        _cells(upload, found["cells"])
    if found["rows"]:
        _rows(upload, found["rows"])
    if upload.repairs:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.caption(plain(f"{len(upload.repairs)} rows are set right."))
            if st.button("Take the repairs back", key="repairs_back"):
                _again(upload, repairs={})
    _back(upload)


def downloads(upload: Upload) -> None:
    """What was left out, row by row, and what the import says about itself in counts."""
    found, report = upload.seen["repair"], (work.foresee(upload).document or {}).get("import_report")
    with st.container(horizontal=True):
        if found["count"]:
            st.download_button("Left-out rows (CSV)", found["csv"], LEFT_OUT, "text/csv", key="left_out")
        if report is not None:
            told = json.dumps(report, ensure_ascii=False, indent=2)
            st.download_button("Import report (JSON)", told, REPORT, "application/json", key="import_report")


def _values(upload: Upload, found: Mapping[str, Any]) -> None:
    """Each text that a scale does not know, with its count, and the answer that it stands for."""
    st.markdown("**Answers that the scale does not know**")
    for column, texts in found["values"].items():
        for text, count in texts.items():
            _value(upload, column, text, count, found)


def _value(upload: Upload, column: str, text: str, count: int, found: Mapping[str, Any]) -> None:
    levels: Mapping[str, int] = found["answers"].get(column, {})
    label = plain(f'{count} × "{text}" in {column} means')
    chosen = st.selectbox(label, [NOT_ANSWERED, *levels], 0, key=f"value_{column}_{text}")
    if chosen not in levels:
        return
    if not _NUMBER.fullmatch(text):  # words are remembered for the next wave; what a number means depends on the file
        upload.values.setdefault(column, {})[text] = levels[chosen]
        _again(upload, upload.repairs)
    lines = [one["line"] for one in found["cells"] if (one["column"], one["text"]) == (column, text)]
    _again(upload, _joined(upload.repairs, {line: {column: str(chosen)} for line in lines}))


def _cells(upload: Upload, cells: Sequence[Mapping[str, str]]) -> None:
    st.markdown("**Single answers**")
    frame = pd.DataFrame([{**one, "new": one["text"]} for one in cells], dtype="str")[[*_FIXED, "new"]]
    edited = _editor(frame, "cells", _FIXED)
    changed = edited[edited["new"] != frame["new"]]
    made = {line: {} for line in changed["line"]}
    for line, column, new in changed[["line", "column", "new"]].itertuples(index=False):
        made[line][column] = new
    _use(upload, made, "cells")


def _rows(upload: Upload, rows: Sequence[Mapping[str, str]]) -> None:
    st.markdown("**Whole rows that are left out or were filled up**")
    frame = pd.DataFrame(rows, dtype="str").fillna("")
    edited = _editor(frame, "rows", _FIXED)
    made: dict[str, dict[str, str]] = {}
    for before, after in zip(frame.to_dict("records"), edited.fillna("").to_dict("records"), strict=True):
        new = {name: str(cell) for name, cell in after.items() if cell != before[name] and str(cell).strip()}
        if new:  # a row that comes back brings everything that it holds
            held = {name: str(cell) for name, cell in after.items() if name not in _FIXED and str(cell).strip()}
            made[str(before["line"])] = held | new
    _use(upload, made, "rows")


def _editor(frame: pd.DataFrame, key: str, fixed: Sequence[str]) -> pd.DataFrame:
    """A grid of texts, of which the telling columns cannot be changed."""
    names = {name: st.column_config.TextColumn(_HEADS.get(name, name)) for name in frame.columns}
    disabled = [name for name in fixed if name in frame.columns]
    return st.data_editor(frame, hide_index=True, disabled=disabled, column_config=names, key=f"edit_{key}")


def _use(upload: Upload, made: Mapping[str, Mapping[str, str]], key: str) -> None:
    if made and st.button("Use these changes", key=f"use_{key}"):
        _again(upload, _joined(upload.repairs, made))


def _back(upload: Upload) -> None:
    """The left-out rows come back from a spreadsheet and join this wave."""
    given = st.file_uploader("Or bring the left-out rows back, set right (CSV)", "csv", key=f"back_{upload.brought}")
    if given is None:
        return
    try:
        made = read_repaired(given.getvalue())
    except Refused as reason:
        st.error(plain(reason.message))
        return
    upload.brought += 1
    _again(upload, _joined(upload.repairs, made))


def _joined(
    before: Mapping[str, Mapping[str, str]], made: Mapping[str, Mapping[str, str]]
) -> dict[str, dict[str, str]]:
    return {line: {**before.get(line, {}), **made.get(line, {})} for line in {**before, **made}}


def _again(upload: Upload, repairs: Mapping[str, Mapping[str, str]]) -> None:
    """Read the file with these repairs; a file that cannot be used with them stays as it was."""
    was, upload.repairs = upload.repairs, {line: dict(cells) for line, cells in repairs.items()}
    before = upload.recalled["recipe"].get("answers", {}) if upload.recalled else {}
    seen = work.inspect(
        upload.name, upload.content, upload.recipe() | {"answers": before}
    )  # what was asked stays asked
    if isinstance(seen, str):
        upload.repairs = was
        st.error(plain(seen))
        return
    upload.seen = seen
    for key in ("edit_cells", "edit_rows"):
        st.session_state.pop(key, None)
    st.rerun()
