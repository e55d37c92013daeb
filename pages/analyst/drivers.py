"""What goes together: per burnout score the scales that go along with it, within teams and between them."""

import streamlit as st

from analytics import chart
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "drivers")
LEVELS = {"Between people of one team": "within", "Between teams": "between"}

frame.head("What goes together", viewer, wave, whole)
st.markdown(
    "Which answers go along with burnout, and how strongly, each beside all others. A dot that does not reach beyond "
    "the dotted line is no better than pure noise. Nothing here says what causes what."
)
with st.container(horizontal=True, vertical_alignment="bottom"):
    outcome = pick.outcome(whole)
    held = {node for view, node, measure, _ in load.reading(whole).cells if measure == outcome}
    node = pick.division(viewer, wave, held)
if outcome is None:
    st.info("This file has no burnout questions, so nothing can be looked at beside them.")
else:
    p = pick.seen_from(whole, node)
    for name, level in LEVELS.items():
        st.header(name, anchor=False)
        show.drawing(load.drawn(chart.drivers, p, outcome, level), level)
frame.ways(wave, overview="Overview", leanings="Leanings")
frame.foot()
