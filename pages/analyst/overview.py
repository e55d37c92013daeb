"""Overview: one sentence, then burnout, leanings and teams, then what this file cannot show."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, show
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
wave = frame.wave(viewer)
scores = load.read(viewer, wave, 0, "indicators")
leanings = load.read(viewer, wave, 0, "leanings")

frame.head("Overview", viewer, wave, scores)
frame.undo(wave)
show.finding(finding.overview(scores))
show.drawing(chart.scores(scores), "scores")
show.drawing(chart.leanings(leanings), "leanings")
first = load.reading(scores).first
if first is not None:
    show.drawing(chart.teams(scores, first), "teams")

absent = finding.absent(scores)
if absent:
    with st.container(border=True, key="card_absent"):
        st.subheader("What this file cannot show", anchor=False)
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in absent))
frame.foot()
