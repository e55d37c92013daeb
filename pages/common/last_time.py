"""A file whose columns an earlier wave had: it is read as that one was, unless somebody wants it read afresh."""

from __future__ import annotations

import streamlit as st

from pages.common import work
from pages.common.held import Upload
from pages.common.words import plain


def panel(upload: Upload) -> None:
    """Which wave's way of reading was taken, and one click to read the file without it."""
    told = upload.recalled
    if told is None:
        return
    sure = told["verdict"] == "applies"
    mark, start = (":material/check:", "Read as last time") if sure else (":material/info:", "Read much as last time")
    said = plain(f"{start} ({told['wave']}). {told['words']}")
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"{mark} {said}")
        if st.button("Read it afresh", type="tertiary", key="afresh"):
            _afresh(upload)


def _afresh(upload: Upload) -> None:
    seen = work.inspect(upload.name, upload.content, {"evenkeel_recipe": 1})
    if isinstance(seen, str):
        st.error(plain(seen))
        return
    st.session_state["upload"] = Upload(upload.name, upload.content, seen, k=upload.k)
    st.rerun()
