"""Trend: one's own unit over all surveys so far."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("manager")
wave = frame.wave(viewer)
top = st.container()
unit = pick.unit(viewer, wave)
scores, leanings = (load.over_time(viewer, wave, unit, view) for view in ("indicators", "leanings"))
read = load.reading(scores[-1])
waves = load.history(viewer, wave, unit.node)
maps = load.moved(waves[-len(scores) :], scores)

with top:
    frame.head(f"{unit.name}: trend", viewer, wave, scores[-1])
shares = [m for m in read.indicators if read.measures[m]["kind"] == "share"]
if not unit.shown:
    show.hidden()
elif len(scores) < 2:
    show.finding(finding.first_survey(len(waves)) or finding.new_unit(waves[-2].name))
else:
    st.header("Burnout scores", anchor=False)
    show.drawing(load.drawn(chart.change, scores, read.headline, maps=maps), "scores")
    st.header("Shares beyond each line", anchor=False)
    show.drawing(load.drawn(chart.change, scores, shares, maps=maps), "shares")
    st.header("Leanings", anchor=False)
    show.drawing(load.drawn(chart.change, leanings, ["leaning"], maps=maps, view="leanings"), "leanings")
frame.foot()
