"""The confirm screen: what a file was taken for, in sentences, and the few things a person may set right."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import show
from pages.common.held import NO_UNITS, UNITS_FROM_FILE, Upload
from pages.common.words import plain

ROLES = {
    "item": "Question with answer levels",
    "segment": "Group, such as team or site",
    "multi": "Several answers in one cell",
    "text": "Comment: not kept",
    "number": "Number",
    "id": "Row id: kept as a salted code only",
    "quality": "About the answering, such as duration",
    "pii": "Identifies people: not kept",
    "drop": "Not used",
}
PLAYS = {
    "burnout": "Burnout or exhaustion",
    "preference": "Wish to keep work and private life apart",
    "enactment_wh": "Work reaching into private life",
    "enactment_hw": "Private life reaching into work",
    "supply": "What the workplace allows",
    "control": "Control over the boundary",
    "detachment": "Switching off from work",
    "other": "Something else",
}
SEPARATED = {",": "comma-separated", ";": "semicolon-separated", "\t": "tab-separated", "|": "bar-separated"}
FLOOR = 5  # people behind any figure: the fewest that may be chosen
_CONFIRMED = re.compile(r"\[(confirm:[^\]]+)\] ?")
_ENDS = ("Lowest", "Highest")


def sentences(upload: Upload) -> None:
    """How large the file is, what is certain with a tick, what is worth a look with a mark."""
    comments = sum(column["role"] == "text" for column in upload.columns)
    said = [_size(upload.seen), *upload.seen["said"], *([_left_out(comments)] if comments else [])]
    for sentence in said:
        st.markdown(f":material/check: {plain(sentence)}")
    for problem in upload.seen["problems"]:
        st.markdown(f":material/info: {plain(problem['sentence'])}")


def questions(upload: Upload) -> None:
    """What the file cannot answer by itself: usually nothing, at most one question."""
    for question in upload.seen["questions"]:
        if question["key"] == "wave":
            continue  # every wave of a file is kept, unless somebody says otherwise
        words = dict(question["options"])
        chosen = st.radio(plain(question["text"]), list(words), None, words.get, key=f"question_{question['key']}")
        if chosen is not None:
            upload.answers[question["key"]] = chosen


def directions(upload: Upload) -> None:
    """Questions that clearly run against their scale: nothing is scored until somebody says that this is right."""
    if not upload.against:
        return
    st.warning(plain(_CONFIRMED.sub("", upload.against)))
    st.caption("If an answer is coded the other way round, name the scale below and turn that question round.")
    if st.button("The directions are right", key="directions"):
        upload.answers |= dict.fromkeys(_CONFIRMED.findall(upload.against), "yes")
        upload.against = ""
        st.rerun()


def is_about_directions(sentence: str) -> bool:
    """Whether a refusal asks to confirm the direction of questions."""
    return bool(_CONFIRMED.search(sentence))


def columns(upload: Upload) -> None:
    """Every column: what it is taken for, and how sure that is; one may be changed at a time."""
    rows = [(_asked(one), _taken_for(one), _sure(one, upload)) for one in upload.columns]
    counted = Counter(ROLES.get(one["role"], one["role"]) for one in upload.columns)
    st.caption(plain(" · ".join(f"{count} × {role}" for role, count in counted.most_common())))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Change what a column is", [one["name"] for one in upload.columns], None, key="role_column")
        role = st.selectbox("It is", list(ROLES), None, ROLES.__getitem__, key="role_role")
        if st.button("Change", disabled=not (name and role), key="role_change") and name and role:
            upload.roles[name] = role
            st.rerun()
    rows.sort(key=lambda row: row[-1] != "Please check")
    frame = pd.DataFrame(rows, columns=["Column", "Taken for", "How sure"])
    show.table(frame, "Every column of the file and what it is taken for")


def problems(upload: Upload) -> None:
    """Rows that need a look: how many, and where in the file; never what was answered."""
    for problem in upload.seen["problems"]:
        rows = ", ".join(str(row) for row in problem["rows"][:20])
        more = f" and {problem['count'] - 20} more" if problem["count"] > 20 else ""
        st.markdown(plain(problem["sentence"]))
        if rows:
            st.caption(f"Rows {rows}{more}")
    for kind, count in upload.seen["problem_rows"].items():
        became = "kept with blanks" if kind.endswith("_padded") else "set aside"
        st.markdown(plain(f"{count} × {kind.removesuffix('_padded').replace('_', ' ')}: {became}."))


def teams(upload: Upload) -> None:
    """Where the teams come from: a column, and a units file where one was added."""
    groups = [column["name"] for column in upload.columns if column["role"] == "segment"]
    st.selectbox("Teams come from", [UNITS_FROM_FILE, *groups, NO_UNITS], key="unit")
    upload.unit = st.session_state["unit"]
    added = st.file_uploader("Or add a list of units (CSV with the columns unit and parent)", "csv", key="units_file")
    upload.units = added.getvalue() if added is not None else None


def custom_scale(upload: Upload) -> None:
    """Name columns that belong together as a scale of one's own."""
    for scale in upload.custom:
        st.markdown(plain(f"{scale['title']}: {len(scale['columns'])} columns, {PLAYS[scale['role']].lower()}."))
    free = [one["name"] for one in upload.columns if one["role"] in ("item", "number") and not one["scale"]]
    if not free:
        st.markdown("Every question of this file belongs to a questionnaire that is known.")
        return
    with st.form("custom", clear_on_submit=True, border=False):
        title = st.text_input("Name of the scale", max_chars=80)
        role = st.selectbox("It measures", list(PLAYS), format_func=PLAYS.__getitem__)
        names = st.multiselect("Its questions", free)
        turned = st.multiselect("Questions where a high answer means less of it", free)
        with st.container(horizontal=True):
            ends = [st.number_input(f"{end} answer, where answers are numbers", value=None) for end in _ENDS]
        if st.form_submit_button("Add this scale"):
            _add_scale(upload, title.strip(), role, names, turned, ends)


def default_wave(upload: Upload, now: datetime) -> str:
    """A first name for the wave: the file's own season and year when its name has them, else this month."""
    found = re.search(r"(?i)(spring|summer|autumn|fall|winter|q[1-4]|h[12])[ _-]*(20\d\d)", upload.name)
    return f"{found.group(1).capitalize()} {found.group(2)}" if found else f"{now:%B %Y}"


def _add_scale(
    upload: Upload, title: str, role: str, names: list[str], turned: list[str], ends: Sequence[float | None]
) -> None:
    if not title or not names or set(turned) - set(names):
        st.warning("A scale needs a name and at least one question, and only its own questions can be turned round.")
        return
    given = [end for end in ends if end is not None]
    if given and (len(given) < len(ends) or given[0] == given[1]):
        st.warning("A range needs two different numbers: the lowest answer, and the highest. Or leave both open.")
        return
    slug = re.sub(r"\W+", "_", title.lower()).strip("_") or f"scale_{len(upload.custom) + 1}"
    made = {"id": f"custom.{slug}", "title": title, "role": role, "columns": names, "reversed": turned} | (
        {"range": given} if given else {}
    )
    upload.custom = [one for one in upload.custom if one["id"] != made["id"]] + [made]
    st.rerun()


def _sure(column: Mapping[str, Any], upload: Upload) -> str:
    if column["name"] in upload.roles:
        return "Set by you"
    return "Sure" if column["sure"] else "Please check"


def _asked(column: Mapping[str, Any]) -> str:
    """A column's name, with its question where that is something else."""
    name, label = column["name"].strip(), (column["label"] or "").strip()
    return name if label in ("", name) else f"{name}: {label}"


def _taken_for(column: Mapping[str, Any]) -> str:
    role = ROLES.get(column["role"], column["role"])
    return f"{role} ({column['scale']})" if column["scale"] else role


def _size(seen: Mapping[str, Any]) -> str:
    told = [f"{seen['n_rows']:,} people", f"{len(seen['columns']):,} columns"]
    told += [SEPARATED[seen["delimiter"]]] if seen["delimiter"] in SEPARATED else []
    return ", ".join(told + ([seen["encoding"].upper()] if seen["encoding"] else [])) + "."


def _left_out(comments: int) -> str:
    return "1 column with comments: left out." if comments == 1 else f"{comments} columns with comments: left out."
