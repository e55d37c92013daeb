"""Choices on a page: which score, which division, which team. Each only offers what the viewer may read."""

from __future__ import annotations

import streamlit as st

from analytics.protect import Protected
from analytics.reading import Reading
from data.access import Viewer
from data.store import WaveRecord
from pages.common import load, words
from pages.common.load import UnitRow

ALL = "All divisions"


def measure(p: Protected) -> str | None:
    """The score that teams are compared on: the burnout scores first; None when the wave has none to compare."""
    read = Reading(p)
    means = [m for m, entry in read.measures.items() if entry["kind"] == "mean"]
    options = [*read.headline, *(m for m in means if m not in read.headline)]
    if not options:
        return None
    chosen = st.selectbox("Score", options, format_func=read.title, key="score")
    return chosen if chosen in options else options[0]


def division(viewer: Viewer, wave: WaveRecord) -> int:
    """The part of the organisation to look at; the whole unless another unit with units below it is chosen."""
    units = load.units(viewer, wave)
    parents = {unit.parent for unit in units}
    places = {unit.path: unit.node for unit in units if unit.node in parents and unit.node != 0}
    if not places:
        return 0
    return places.get(st.selectbox("Part of the organisation", [ALL, *places], key="division"), 0)


def team_link(viewer: Viewer, wave: WaveRecord) -> None:
    """A way from the list of teams to one team's own page."""
    units = [unit.path for unit in load.units(viewer, wave) if unit.node != 0]
    if not units:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        path = st.selectbox("Open one team's page", units, None, key="open", placeholder="Choose a team")
        if path in units:  # a link that leads nowhere yet would be too faint to read
            st.page_link("pages/manager/team.py", label="Open", query_params={"team": path})


def unit(viewer: Viewer, wave: WaveRecord) -> UnitRow:
    """The unit that a manager looks at: their own first; an address that names another one gets a neutral sentence."""
    own = {one.path: one for one in load.units(viewer, wave) if one.own}
    asked = st.query_params.get("team")
    if asked is not None and asked not in own:
        st.info(words.NOT_YOURS)
    if len(own) == 1:
        return next(iter(own.values()))
    chosen = st.selectbox("Team", list(own), key="team", bind="query-params")
    return own.get(chosen) or next(iter(own.values()))


def nearest_shown(p: Protected) -> Protected:
    """The same cells seen from the nearest unit above that is shown, for the page of a team that is not."""
    read = Reading(p)
    shown = [unit for unit in read.above(read.node) if read.units[unit]["shown"]]
    return p.select(shown[0] if shown else 0, p.view, frozenset(read.units))
