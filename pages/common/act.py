"""Where to act first: the units that are clear at their worrying end, each with a way to its page, and what to try."""

from __future__ import annotations

import streamlit as st

from analytics import finding
from analytics.finding.act import Flag
from analytics.finding.talk import NOTHING_CLEAR
from analytics.finding.words import capital, in_line, inside, listed
from analytics.protect import Protected
from analytics.reading import Reading
from analytics.release import NOT_SHOWN
from data.access import Viewer
from data.store import WaveRecord
from pages.common import frame, load, show
from pages.common.words import plain

AT_ONCE = 5


def first(viewer: Viewer, wave: WaveRecord, p: Protected) -> None:
    """The card: its heading, the flagged units, and practices matched to what is clear."""
    flags, places = finding.flags(p), {unit.node: unit.path for unit in load.units(viewer, wave)}
    with st.container(border=True, key="card_act"):
        heading = finding.act_first(p)
        if heading == NOT_SHOWN:
            st.header("Where to act first", anchor=False)
            st.markdown(plain(heading))
            return
        st.header(plain(heading), anchor=False)
        if not Reading(p).teams:
            return
        st.caption(
            "Clearly at the worrying end: beyond chance after allowing for all teams and figures compared, and large "
            "enough to matter. Most figures first; units with as many stand by name."
        )
        for flag in flags[:AT_ONCE]:
            _flag(flag, wave, Reading(p), places)
        if len(flags) > AT_ONCE:
            with st.expander(f"{len(flags) - AT_ONCE} more", type="compact"):
                for flag in flags[AT_ONCE:]:
                    _flag(flag, wave, Reading(p), places)
        suggestions(p, "What teams can try")


def _flag(flag: Flag, wave: WaveRecord, read: Reading, places: dict[int, str]) -> None:
    """The unit's name as the way to its page, and below it what is clear there."""
    with st.container(gap=None):
        if flag.node in places:
            query = {"team": places[flag.node], "wave": frame.label(wave)}
            label, icon = f"**{plain(flag.unit)}**", ":material/arrow_forward:"
            st.page_link("pages/manager/team.py", label=label, query_params=query, icon=icon)
        else:
            st.markdown(f"**{plain(flag.unit)}**")
        st.markdown(plain(capital(listed([inside(in_line(read.title(cell.measure))) for cell in flag.cells]))))


def suggestions(p: Protected, title: str) -> None:
    """What can be tried about each clear figure, folded in, with the study that each leans on."""
    found = finding.suggestions(p)
    if not found:
        st.caption(NOTHING_CLEAR)
        return
    with st.expander(title, type="compact"):
        st.caption(
            "Suggestions for a conversation. Most of the evidence is about associations, not about proven cures."
        )
        for one in found:
            st.markdown(f"**{plain(one.because)}**")
            st.markdown(show.bullets([f"{practice.text} ({practice.source})" for practice in one.practices]))
