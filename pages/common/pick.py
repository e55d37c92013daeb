"""Choices on a page: which score, which division, which team. Each only offers what the viewer may read."""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from analytics.finding.splits import measures as split_measures
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from data.access import Viewer
from data.store import WaveRecord
from pages.common import load, words
from pages.common.load import UnitRow

ALL = "All divisions"


def measure(p: Protected, shares: bool = False) -> str | None:
    """The score that units are compared on: the burnout scores first; None when the wave has none to compare."""
    read = Reading(p)
    kinds = ("mean", "share") if shares else ("mean",)
    every = [m for m in read.indicators if read.measures[m]["kind"] in kinds]
    options = [*read.headline, *(m for m in every if m not in read.headline)]
    if not options:
        return None
    chosen = st.selectbox("Score", options, format_func=read.title, key="score")
    return chosen if chosen in options else options[0]


def outcome(p: Protected, key: str = "outcome") -> str | None:
    """The burnout score that something is looked at beside; None when the wave has none."""
    read = Reading(p)
    if not read.headline:
        return None
    first = read.headline.index(read.first) if read.first in read.headline else 0
    chosen = st.selectbox("Burnout score", read.headline, first, format_func=read.title, key=key)
    return chosen if chosen in read.headline else read.headline[first]


def scale(p: Protected) -> str:
    """The scale whose questions are looked at; "" for those of every scale."""
    read = Reading(p)
    asked = {str(entry["scale"]) for entry in read.measures.values() if entry.get("view") == "questions"}
    options = ["", *(one for one in read.scales if one in asked)]
    chosen = st.selectbox(
        "Scale", options, format_func=lambda one: read.title(one) if one else "All scales", key="scale"
    )
    return chosen if chosen in options else ""


def split(p: Protected) -> tuple[str, str] | None:
    """The figure to split and the attribute to split it by; None when the wave has nothing of the kind."""
    read = Reading(p)
    figures = split_measures(read)
    attributes = [str(one["segment"]) for one in p.manifest.get("splits", ()) if one["categories"]]
    if not figures or not attributes:
        return None
    with st.container(horizontal=True):
        figure = st.selectbox("Figure", figures, format_func=read.title, key="split_figure")
        attribute = st.selectbox("Split by", attributes, key="segment")
    return (figure if figure in figures else figures[0]), (attribute if attribute in attributes else attributes[0])


def division(viewer: Viewer, wave: WaveRecord, among: Iterable[int] | None = None, key: str = "division") -> int:
    """The part of the organisation to look at: the whole unless another unit with units below it is chosen.

    ``among``: the units that may be chosen instead, such as those that are large enough for a model.
    """
    units = load.units(viewer, wave)
    offered = {unit.parent for unit in units} if among is None else set(among)
    places = {unit.path: unit.node for unit in units if unit.node in offered and unit.node != WHOLE}
    if not places:
        return WHOLE
    return places.get(st.selectbox("Part of the organisation", [ALL, *places], key=key), WHOLE)


def team_link(viewer: Viewer, wave: WaveRecord) -> None:
    """A way from the list of teams to one team's own page."""
    units = [unit.path for unit in load.units(viewer, wave) if unit.node != WHOLE]
    if not units:
        return
    with st.container(horizontal=True, vertical_alignment="bottom"):
        path = st.selectbox("Open one team's page", units, None, key="open", placeholder="Choose a team")
        if path in units:  # a link that leads nowhere yet would be too faint to read
            st.page_link("pages/manager/team.py", label="Open", query_params={"team": path})


def unit(viewer: Viewer, wave: WaveRecord) -> UnitRow:
    """The unit that a manager looks at: their own first; an address that names another one gets a neutral sentence."""
    own = {one.path: one for one in load.units(viewer, wave)}
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
    return seen_from(p, shown[0] if shown else WHOLE)


def seen_from(p: Protected, node: int) -> Protected:
    """The same cells seen from another unit among them."""
    return _selected(p, node, frozenset(int(unit["id"]) for unit in p.manifest["units"]))


def alone(p: Protected, *more: int) -> Protected:
    """The cells of the aggregate's own unit, of the whole and of any others named, without the rest below."""
    return _selected(p, p.node, frozenset({WHOLE, p.node, *more}))


def _selected(p: Protected, node: int, nodes: frozenset[int]) -> Protected:
    """Some of the cells, selected once for an aggregate."""
    name = f"selected {node} {sorted(nodes)}"
    if name not in p.memo:
        p.memo[name] = p.select(node, p.view, nodes)
    found: Protected = p.memo[name]
    return found


def rest(p: Protected) -> Protected | None:
    """The residual group right below the aggregate's own unit, if there is one among the cells."""
    found = Reading(p).rests
    return seen_from(p, found[0]) if found else None
