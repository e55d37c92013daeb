"""Waves: every wave of every survey; publish, take back, delete a person's row or a whole wave after asking."""

from datetime import UTC, datetime

import streamlit as st

from data.store import NotPossible, WaveRecord
from pages.common import frame, load, words, work
from pages.common.confirm import FLOOR
from pages.common.foreseen import SMALLEST
from pages.common.viewer import require
from pages.common.words import SAMPLE, plain

viewer = require("analyst")
STATES = {"kept": "Kept, not published", "published": "Published"}
MOST_ROWS = 10_000_000


def ask_before_deleting(record: WaveRecord) -> None:
    """The question before a wave is deleted for good."""
    st.markdown(
        plain(f"Delete {frame.label(record)}? Its answers and its results are removed from this machine for good.")
    )
    with st.container(horizontal=True):
        if st.button("Delete for good", type="primary", key=f"sure_{record.id}"):
            load.store().delete(record.id)
            st.session_state.pop("deleting", None)
            st.rerun()
        if st.button("Keep it", key=f"keep_{record.id}"):
            st.session_state.pop("deleting", None)
            st.rerun()


def ask_whose_row(record: WaveRecord) -> None:
    """Who asked to be deleted, and the question before their row goes for good."""
    st.markdown(
        plain(
            f"Delete one person's row from {frame.label(record)}, because they ask for it? It is removed from this "
            "machine for good. What is published stays as it is: figures without this one person, beside those with "
            "them, would show their answers."
        )
    )
    told_by = load.store().told_by(record.id)
    if not told_by:
        st.info("This wave was kept without anything that a row could be named by. Delete the wave instead.")
    respondent, row = "", 0
    if told_by == "respondent":
        respondent = st.text_input("The person's key, as the file had it", key="whose")
    elif told_by == "record":
        row = st.number_input("Row of the file, the header being row 1", 1, MOST_ROWS, 2, key="whose")
    with st.container(horizontal=True):
        if told_by and st.button("Delete this row for good", type="primary", key=f"row_{record.id}"):
            erase(record, respondent, int(row))
        if st.button("Keep it", key=f"keep_row_{record.id}"):
            st.session_state.pop("erasing", None)
            st.rerun()


def erase(record: WaveRecord, respondent: str, row: int) -> None:
    """Delete the row, and say what came of it on the next run."""
    try:
        gone = load.store().erase(record.id, respondent=respondent.strip(), row=row, by=viewer)
        st.session_state["done"] = f"{gone:,} {'row was' if gone == 1 else 'rows were'} deleted."
        st.session_state.pop("erasing", None)
    except NotPossible as reason:
        st.session_state["said"] = str(reason)
    st.rerun()


def actions(record: WaveRecord) -> None:
    """The buttons that this wave's state allows."""
    with st.container(horizontal=True, vertical_alignment="bottom" if record.state == "kept" else "center"):
        if record.state == "kept":
            usual = load.smallest_group(viewer, record.survey_id)
            k = st.number_input(SMALLEST, FLOOR, 50, usual, key=f"k_{record.id}", width=220)
            if st.button("Publish", key=f"publish_{record.id}"):
                work.publish(record.id, k)
                st.rerun()
        else:
            query = {"wave": frame.label(record)}
            st.page_link("pages/analyst/quality.py", label="Quality", query_params=query, icon=":material/rule:")
            st.page_link(
                "pages/analyst/assurance.py", label="Assurance", query_params=query, icon=":material/verified_user:"
            )
        until = None if record.sample else record.can_undo_until
        if until is not None and until > datetime.now(UTC) and st.button("Undo import", key=f"undo_{record.id}"):
            load.store().undo(record.id)
            st.rerun()
        if not record.sample and st.button("Delete a row", key=f"erase_{record.id}"):
            st.session_state["erasing"] = record.id
            st.rerun()
        if st.button("Delete", key=f"delete_{record.id}"):
            st.session_state["deleting"] = record.id
            st.rerun()


def one_wave(record: WaveRecord) -> None:
    """A wave's name and state, and what can be done with it, or the question that was asked about it."""
    st.markdown(f"**{plain(record.name)}** · {STATES[record.state]}{' · ' + SAMPLE if record.sample else ''}")
    if record.erased:
        st.caption(plain(words.erased(record.erased, record.erased_on)))
    if st.session_state.get("deleting") == record.id:
        ask_before_deleting(record)
    elif st.session_state.get("erasing") == record.id:
        ask_whose_row(record)
    else:
        actions(record)


st.title("Waves", anchor=False)
if "said" in st.session_state:
    st.error(plain(st.session_state.pop("said")))
if "done" in st.session_state:
    st.success(plain(st.session_state.pop("done")))
waves = load.in_order(load.store().waves(viewer))
if not waves:
    frame.nothing_yet(viewer)
for survey in dict.fromkeys(record.survey for record in waves):
    with st.container(border=True, key=f"card_{survey}"):
        st.header(plain(survey), anchor=False)
        for record in (one for one in waves if one.survey == survey):
            one_wave(record)
