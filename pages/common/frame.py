"""What stands around every page: which survey and wave, who answered, the badge, undo, help and the glossary."""

from __future__ import annotations

from datetime import UTC, datetime

import streamlit as st

from analytics.protect import Protected
from data.access import Viewer
from data.store import WaveRecord
from pages.common import load, words
from pages.common.words import plain

_MANAGERS = ("team", "compare", "trend")
WIDTH = 1040  # pixels: lines stay readable and charts keep their proportions on wide screens


def wave(viewer: Viewer) -> WaveRecord:
    """The published wave that the viewer looks at: from the address or the list, and only from their own."""
    waves = {label(record): record for record in load.waves(viewer)}
    if not waves:
        nothing_yet(viewer)
    asked = st.query_params.get("wave")
    if asked is not None and asked not in waves:
        st.info(words.NOT_YOURS)
    chosen = st.sidebar.selectbox("Survey and wave", list(waves), key="wave", bind="query-params")
    return waves.get(chosen) or next(iter(waves.values()))


def label(record: WaveRecord) -> str:
    """A wave as the list and the address call it."""
    return f"{record.name} · {record.survey}"


def head(title: str, viewer: Viewer, record: WaveRecord, p: Protected) -> None:
    """The page's title, and one line under it: survey, wave, how many answered as a band; on the invented company
    its badge and, for an analyst, the way to one's own file."""
    st.title(plain(title), anchor=False)
    with st.container(horizontal=True, vertical_alignment="center"):
        n = p.manifest["n"]
        answers = words.band(n["low"], n["high"]) + (" in the whole organisation" if p.node else "")
        st.caption(plain(f"{record.survey} · {record.name} · {answers}"), width="content")
        if record.sample:
            st.badge(words.SAMPLE, color="gray")
        if record.sample and viewer.is_analyst:
            _own_file()


def ways(record: WaveRecord, team: str = "", **pages: str) -> None:
    """Quiet links to further pages about the same wave (and unit): a page's file name, and the words of its link."""
    with st.container(horizontal=True, width="content", gap="xsmall"):
        for page, words_of_link in pages.items():
            folder = "manager" if page in _MANAGERS else "analyst"
            query = {"wave": label(record)} | ({"team": team} if team else {})
            st.page_link(
                f"pages/{folder}/{page}.py", label=words_of_link, query_params=query, icon=":material/arrow_forward:"
            )


def undo(record: WaveRecord) -> None:
    """For ten minutes after an import: what was imported, and a button that takes it back."""
    until = record.can_undo_until
    if record.sample or until is None or until <= datetime.now(UTC):
        return
    with st.container(border=True, horizontal=True, vertical_alignment="center", key="card_undo"):
        st.markdown(plain(f"{label(record)} was imported. You can take it back until {until.astimezone():%H:%M}."))
        if st.button("Undo", key="undo"):
            load.store().undo(record.id)
            st.rerun()


def nothing_yet(viewer: Viewer) -> None:
    """The empty state: what to do first. Ends the page."""
    st.title("Nothing to show yet", anchor=False)
    if viewer.is_analyst:
        st.markdown(words.FIRST_USE)
        _own_file()
    else:
        st.markdown("No survey of yours has been published yet.")
    st.stop()


def foot() -> None:
    """The words that were used, and where help is to be had: on every page that shows burnout."""
    with st.expander("What the words mean", key="card_words"):
        st.markdown("\n\n".join(f"**{term}**: {meaning}" for term, meaning in words.GLOSSARY.items()))
    told = words.help_lines()
    with st.container(border=True, key="card_help"):
        st.header(told["title"], anchor=False)
        for line in told["lines"]:
            numbers = " or ".join(f"**{number}**" for number in line["numbers"])
            st.markdown(f"{line['name']}: {numbers}. {line['what']}. (Checked on {line['checked']:%-d %B %Y}.)")
        st.caption(told["text"])


def _own_file() -> None:
    st.page_link("pages/analyst/upload.py", label="Use my survey file", icon=":material/upload_file:")
