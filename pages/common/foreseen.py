"""The panel of the confirm screen that says what managers will see, what singles people out, and what to change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from pages.common import show, work
from pages.common.confirm import FLOOR
from pages.common.held import Upload
from pages.common.words import plain

TITLE = "What managers will see"
SMALLEST = "Smallest group behind any figure"
MOST = 50  # the largest smallest group that can be chosen
AT_ONCE = 5  # proposals that have a button of their own
_EVERY_S = 0.5
_HEADS = {
    "k": "Smallest group",
    "own": "Teams on their own",
    "others": 'Teams inside "Other teams in …"',
    "hidden": "Teams with nothing of their own",
}


def panel(upload: Upload) -> list[str]:
    """The panel, open when there is something to look at; returns what must be set right before the file is used."""
    found = work.foresee(upload).document
    looked = found is not None and found.get("verdict", "amber") != "green"
    with st.expander(TITLE, expanded=looked, key="card_foreseen"):
        if found is None:
            _waiting(upload)
        elif found["outcome"] != "accept":
            st.warning(plain(str(found["message"])))
        else:
            _page(upload, found)
    return [*found.get("stop", ()), *found.get("problems", ())] if found is not None else []


@st.fragment(run_every=_EVERY_S)
def _waiting(upload: Upload) -> None:
    """A line that looks again until there is something to show."""
    st.caption("This is being worked out. You need not wait for it.")
    if work.foresee(upload).document is not None:
        st.rerun()


def _page(upload: Upload, found: Mapping[str, Any]) -> None:
    _said([*found["stop"], *found["problems"]], ":material/error:")
    _said(found["managers"])
    _smallest_group(upload, found["by_k"])
    _proposals(upload, found["joins"], "Small teams that could be joined", "Join", "Join all")
    st.markdown("**What singles people out**")
    _said(found["singles_out"])
    _proposals(upload, found["coarsenings"], "Coarser groups that would change that", "Use this", "")
    _said([*found["removed"], *found["cells"]])
    _accepted(upload)


def _smallest_group(upload: Upload, rows: Sequence[Mapping[str, Any]]) -> None:
    """The effect of the smallest group on what is shown, and its choice."""
    if any(row["teams"] for row in rows):
        table = pd.DataFrame([{head: str(row[key]) for key, head in _HEADS.items()} for row in rows])
        table["People who see their own team"] = [_percent(row["share"]) for row in rows]
        show.table(table, "What is shown for each smallest group")
    st.number_input(SMALLEST, FLOOR, MOST, upload.k, key="k", width=260, on_change=_choose, args=(upload,))
    st.caption("It can be raised for a later wave and never lowered. Shares of risk and leaning need 8 or more.")


def _choose(upload: Upload) -> None:
    upload.k = max(FLOOR, int(st.session_state["k"]))


def _proposals(upload: Upload, found: Sequence[Mapping[str, Any]], title: str, does: str, every: str) -> None:
    """Changes that one click accepts, the first few by themselves."""
    if not found:
        return
    st.markdown(f"**{title}**")
    for place, one in enumerate(found[:AT_ONCE]):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(one["words"]))
            st.button(does, key=f"{does}_{place}", on_click=_accept, args=(upload, [one]))
    if len(found) > AT_ONCE:
        st.caption(f"And {len(found) - AT_ONCE} more.")
    if every and len(found) > 1:
        st.button(f"{every} {len(found)}", key=f"{does}_all", on_click=_accept, args=(upload, found))


def _accept(upload: Upload, found: Sequence[Mapping[str, Any]]) -> None:
    upload.accepted += [one["recipe"] for one in found]


def _accepted(upload: Upload) -> None:
    if not upload.accepted:
        return
    changes = "1 change is" if len(upload.accepted) == 1 else f"{len(upload.accepted)} changes are"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(f"{changes} accepted.")
        st.button("Take back", key="take_back", on_click=upload.accepted.clear)


def _said(sentences: Sequence[str], mark: str = "") -> None:
    for sentence in sentences:
        st.markdown(f"{mark} {plain(sentence)}".strip())


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.0%}"
