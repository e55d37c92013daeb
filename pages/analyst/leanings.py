"""Leanings: who keeps work and life apart and who mixes them, by unit, along the scale, and as fitted profiles."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "leanings")

frame.head("Leanings", viewer, wave, whole)
show.finding(finding.groups(whole))
st.markdown(
    "**Balance-leaning** people keep work and private life apart. **Integration-leaning** people mix them. "
    "Neither is better; what counts is whether it fits the work."
)
node = pick.division(viewer, wave)
show.drawing(chart.leanings(load.read(viewer, wave, node, "leanings")), "leanings")
show.drawing(chart.slope(load.read(viewer, wave, 0, "slope")), "slope")
show.drawing(chart.profiles(load.read(viewer, wave, 0, "profiles")), "profiles")
frame.foot()
