"""Waves: every wave of every survey; publish, take back, delete after asking."""

from datetime import UTC, datetime

import streamlit as st

from data.store import WaveRecord
from pages.common import frame, load, work
from pages.common.confirm import FLOOR
from pages.common.foreseen import SMALLEST
from pages.common.viewer import require
from pages.common.words import SAMPLE, plain

viewer = require("analyst")
STATES = {"kept": "Kept, not published", "published": "Published"}


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
        if st.button("Delete", key=f"delete_{record.id}"):
            st.session_state["deleting"] = record.id
            st.rerun()


st.title("Waves", anchor=False)
if "said" in st.session_state:
    st.error(plain(st.session_state.pop("said")))
waves = load.in_order(load.store().waves(viewer))
if not waves:
    frame.nothing_yet(viewer)
for survey in dict.fromkeys(record.survey for record in waves):
    with st.container(border=True, key=f"card_{survey}"):
        st.subheader(plain(survey), anchor=False)
        for record in (one for one in waves if one.survey == survey):
            st.markdown(f"**{plain(record.name)}** · {STATES[record.state]}{' · ' + SAMPLE if record.sample else ''}")
            ask_before_deleting(record) if st.session_state.get("deleting") == record.id else actions(record)
