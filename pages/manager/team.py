"""Team: one unit's own answers beside the organisation's, for the manager who leads it."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, show, words
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("manager")
wave = frame.wave(viewer)
top = st.container()
unit = pick.unit(viewer, wave)
scores = load.read(viewer, wave, unit.node, "indicators")
leanings = load.read(viewer, wave, unit.node, "leanings")

with top:
    frame.head(unit.name, viewer, wave, scores)
verdict = finding.team_verdict(scores, unit.node)
if unit.shown:
    show.finding(verdict)
else:
    show.hidden(verdict)
    scores, leanings = pick.nearest_shown(scores), pick.nearest_shown(leanings)
    st.subheader(plain(load.reading(scores).name(scores.node)), anchor=False)

show.drawing(chart.scores(scores), "scores")
show.drawing(chart.shares(scores), "shares")
show.drawing(chart.leanings(leanings), "leanings")
if alone := finding.first_survey(len(load.waves(viewer, wave.survey_id))):
    st.caption(alone)

with st.container(border=True, key="card_talk"):
    st.subheader("Talk about it with the team", anchor=False)
    st.markdown("\n".join(f"{place}. {question}" for place, question in enumerate(words.QUESTIONS, start=1)))
    st.caption(words.TALK_NOTE)
with st.expander("How sure is this?", key="card_sure"):
    st.markdown("\n\n".join(words.HOW_SURE))
frame.foot()
