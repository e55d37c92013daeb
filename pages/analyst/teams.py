"""Teams: one row per team on one score, with what the test sets apart and what is not shown."""

import streamlit as st

from analytics import chart
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "indicators")

frame.head("Teams", viewer, wave, whole)
with st.container(horizontal=True):
    measure = pick.measure(whole)
    node = pick.division(viewer, wave)
p = load.read(viewer, wave, node, "indicators")
if measure is None:
    st.info("This file has no burnout questions, so teams cannot be compared on burnout.")
else:
    show.drawing(chart.teams(p, measure), "teams")
    pick.team_link(viewer, wave)
frame.foot()
