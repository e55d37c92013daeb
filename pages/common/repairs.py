"""Rows that need a look: answers given a level, cells and rows set right in place, or in a spreadsheet."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from data.repair import read_repaired
from data.table import Refused
from pages.common import work
from pages.common.held import Upload
from pages.common.words import plain

LEFT_OUT, REPORT = "left_out_rows.csv", "import_report.json"
NOT_ANSWERED = "Not answered"
_NUMBER = re.compile(r"\W*\d+([.,]\d+)?\W*")
_FIXED = ("line", "reason", "proposal")


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
            st.caption(plain(f"Rows set right: {len(upload.repairs)}."))
            if st.button("Take the repairs back", key="repairs_back"):
                _again(upload, repairs={})
    _back(upload)


def bands(upload: Upload) -> None:
    """Bands that a spreadsheet made dates of: put back with one click, or left as they are."""
    for place, one in enumerate(upload.seen["repair"].get("bands", ())):
        if one["recipe"] in upload.accepted:
            continue
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/info: {plain(one['words'])}")
            if st.button("Put them back", key=f"bands_{place}"):
                upload.accepted.append(one["recipe"])
                st.rerun()


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
    """One problem cell at a time, set right in place."""
    st.markdown("**Single answers**")
    words = [f"Row {one['line']}, {one['column']}: {one['reason']}" for one in cells]
    place = _pick("Set right", words, "cell")
    if place is None:
        return
    one = cells[place]
    with st.form(f"cell_{place}", border=False):
        st.caption(plain(one["proposal"]))
        new = st.text_input(plain(one["column"]), one["text"], key=f"cell_{one['line']}_{one['column']}")
        if st.form_submit_button("Use this answer") and new.strip() and new != one["text"]:
            _again(upload, _joined(upload.repairs, {one["line"]: {one["column"]: new.strip()}}))


def _rows(upload: Upload, rows: Sequence[Mapping[str, str]]) -> None:
    """One row that was left out or filled up at a time, with every cell that is kept."""
    st.markdown("**Whole rows that are left out or were filled up**")
    place = _pick("Set right", [f"Row {one['line']}: {one['reason']}" for one in rows], "row")
    if place is None:
        return
    one = rows[place]
    with st.form(f"row_{place}", border=False):
        st.caption(plain(one["proposal"]))
        names = [name for name in one if name not in _FIXED]
        new = {name: st.text_input(plain(name), one[name], key=f"row_{one['line']}_{name}") for name in names}
        if st.form_submit_button("Use this row"):
            _again(upload, _joined(upload.repairs, {one["line"]: {name: cell for name, cell in new.items() if cell}}))


def _pick(label: str, words: Sequence[str], key: str) -> int | None:
    """Which of several to set right, None while nobody has chosen."""
    chosen: int | None = st.selectbox(
        label, range(len(words)), None, lambda place: plain(words[place]), key=f"repair_{key}"
    )
    return chosen


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
    for key in ("repair_cell", "repair_row"):
        st.session_state.pop(key, None)
    st.rerun()
