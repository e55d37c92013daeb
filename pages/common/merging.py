"""Teams that are one: names that look alike are proposed, and any may be joined by hand before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.joining import named
from pages.common import work
from pages.common.held import Upload
from pages.common.words import plain


def panel(upload: Upload) -> None:
    """Similar names with a button each, then a list to choose from; each may be taken back below the preview."""
    found = work.foresee(upload).document or {}
    for place, one in enumerate(found.get("alike", ())):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(one["words"]))
            if st.button("They are one", key=f"alike_{place}"):
                _accept(upload, one["recipe"])
    if found.get("teams"):
        upload.teams = found["teams"]
    if upload.teams:
        _by_hand(upload, upload.teams)


def _by_hand(upload: Upload, teams: Mapping[str, Any]) -> None:
    with st.form("join_teams", clear_on_submit=True, border=False):
        chosen = st.multiselect("Join teams", teams["names"])
        name = st.text_input("Under the name", max_chars=80)
        if st.form_submit_button("Join these") and len(chosen) > 1 and name.strip():
            _accept(upload, {"roles": {}, "merges": {teams["column"]: named(chosen, name.strip(), teams["sign"])}})


def _accept(upload: Upload, recipe: Mapping[str, Any]) -> None:
    upload.accepted.append(recipe)
    st.rerun()
