"""Compare: one's own unit beside the one above it and the ones inside it, on one score."""

import streamlit as st

from analytics import chart
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("manager")
wave = frame.wave(viewer)
top = st.container()
unit = pick.unit(viewer, wave)
p = load.read(viewer, wave, unit.node, "indicators")

with top:
    frame.head(f"{unit.name}: compare", viewer, wave, p)
measure = pick.measure(p, shares=True)
if measure is None:
    st.info("This file has no burnout questions, so units cannot be compared on burnout.")
else:
    show.drawing(load.drawn(chart.lineup, p, measure), "compare")
frame.foot()
