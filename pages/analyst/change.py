"""Change: this wave against the ones before it, for the organisation, for a division and for the teams."""

import streamlit as st

from analytics import chart, finding
from analytics.finding.words import inside
from pages.common import frame, load, mapping, pick, show
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
wave = frame.wave(viewer)
waves = load.history(viewer, wave)
tables = ([load.read(viewer, one, 0, view) for one in waves] for view in ("indicators", "leanings", "profiles"))
scores, leanings, profiles = tables
read = load.reading(scores[-1])

frame.head("Change", viewer, wave, scores[-1])
if len(waves) < 2:
    show.finding(finding.first_survey(1))
else:
    maps = mapping.asked(waves, scores, viewer)
    node = pick.division(viewer, wave)
    shares = [m for m in read.indicators if read.measures[m]["kind"] == "share"]
    st.header("Burnout scores", anchor=False)
    show.drawing(load.drawn(chart.change, scores, read.headline, [node], maps), "scores")
    st.header("Shares beyond each line", anchor=False)
    show.drawing(load.drawn(chart.change, scores, shares, [node], maps), "shares")
    st.header("Leanings", anchor=False)
    show.drawing(load.drawn(chart.change, leanings, ["leaning"], [node], maps, "leanings"), "leanings")
    show.drawing(load.drawn(chart.counted, profiles), "counted")
    if read.first is not None:
        teams = load.reading(pick.seen_from(scores[-1], node)).teams
        st.header(plain(f"Teams on {inside(read.title(read.first))}"), anchor=False)
        show.drawing(load.drawn(chart.change, scores, [read.first], teams, maps), "teams")
    show.card("Do the questions still mean the same?", finding.meanings(scores), "meanings", listed=True)
frame.ways(wave, overview="Overview", teams="Teams")
frame.foot()
