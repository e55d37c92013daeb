"""Teams: one row per team on one score, with what the test sets apart; and the same score by one attribute."""

import streamlit as st

from analytics import chart
from analytics.chart.teams import MOST_ROWS
from pages.common import frame, load, pick, show, who
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "indicators")

frame.head("Teams", viewer, wave, whole)
with st.container(horizontal=True):
    measure = pick.measure(whole, shares=True)
    node = pick.division(viewer, wave)
if measure is None:
    st.info("This file has no burnout questions, so teams cannot be compared on burnout.")
else:
    p = load.read(viewer, wave, node, "indicators")
    many = len(load.reading(p).teams) > MOST_ROWS
    every = many and st.toggle("Show every team", key="every_team")
    show.drawing(load.drawn(chart.teams, p, measure, every), "teams")
    pick.team_link(viewer, wave)
st.header("Who answered", anchor=False)
who.answered(load.read(viewer, wave, node, "response"))
st.header("By one attribute", anchor=False)
split = load.read(viewer, wave, node, "splits")
chosen = pick.split(split)
if chosen is None:
    st.caption("This wave has no attribute that could be shown without showing small groups.")
else:
    show.drawing(load.drawn(chart.splits, split, *chosen), "splits")
frame.foot()
