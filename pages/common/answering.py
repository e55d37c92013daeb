"""The panel of the confirm screen that says how people answered, and who could be left out for it; their country."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from analytics.countries import COUNTRIES
from pages.common import work
from pages.common.held import Upload
from pages.common.words import plain

TITLE = "How people answered"
NOBODY = "Nobody answered in a way that stands out."
ONCE = (
    "Who is left out is left out of every figure, and their answers are not kept. This is chosen now, before anything "
    "is published, and is written into what is published. It cannot be changed later."
)
NOT_SAID = "Not said"


def panel(upload: Upload) -> None:
    """Each way of answering that stands out, with a box to leave those people out and what that would change."""
    found = work.foresee(upload).document
    if found is not None and "answering" in found:
        upload.answering = found["answering"]
    with st.expander(TITLE, expanded=bool(upload.exclusions), key="card_answering"):
        if upload.answering is None:
            st.caption("This is being worked out. You need not wait for it.")
            return
        _offers(upload, upload.answering)


def country(upload: Upload, before: str) -> None:
    """Where these people work, if somebody says so; ``before``: what was said of the wave before."""
    codes = ["", *sorted(COUNTRIES, key=COUNTRIES.__getitem__)]
    at = codes.index(before) if before in codes else 0
    chosen = st.selectbox("They work in", codes, at, lambda code: COUNTRIES.get(code, NOT_SAID), key="country")
    upload.country = chosen or ""


def _offers(upload: Upload, told: Mapping[str, Any]) -> None:
    if not told["flags"]:
        st.markdown(NOBODY)
        return
    for one in told["flags"]:
        _offer(upload, one)
    if len(upload.exclusions) > 1 and told["chosen"]:
        st.markdown(f"**{plain(told['chosen'])}**")
    if any(one["offered"] for one in told["flags"]):
        st.caption(ONCE)


def _offer(upload: Upload, one: Mapping[str, Any]) -> None:
    if not one["offered"]:
        st.markdown(plain(one["words"]))
        return
    flag, key = one["flag"], f"leave_out_{one['flag']}"
    label = f"Leave out: {one['words']}"
    st.checkbox(plain(label), flag in upload.exclusions, key=key, on_change=_choose, args=(upload, flag, key))
    st.caption(plain(one["effect"]))


def _choose(upload: Upload, flag: str, key: str) -> None:
    rest = [one for one in upload.exclusions if one != flag]
    upload.exclusions = sorted([*rest, flag]) if st.session_state[key] else rest
