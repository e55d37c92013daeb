"""Team: one unit's own answers beside the organisation's, for the manager who leads it."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, plan, printing, show, who, words
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("manager")
wave = frame.wave(viewer)
top = st.container()
unit = pick.unit(viewer, wave)
MOST = 6  # rows of one chart on this page
VIEWS = ("indicators", "questions", "quadrants", "leanings", "response")
own = {view: load.read(viewer, wave, unit.node, view) for view in VIEWS}
scores = own["indicators"]

with top:
    frame.head(unit.name, viewer, wave, scores)
with st.container(horizontal=True, vertical_alignment="center"):
    frame.ways(wave, unit.path if unit.node else "", compare="Compare", trend="Trend")
    printing.team(viewer, wave, unit)
verdict = finding.team_verdict(scores, unit.node)
if unit.shown:
    show.finding(verdict)
else:
    show.hidden(verdict)
    own = {view: pick.nearest_shown(p) for view, p in own.items()}
    scores = own["indicators"]
    rest = pick.rest(scores)
    if rest is not None:
        st.header(plain(f"{load.reading(rest).name(rest.node)}, yours among them"), anchor=False)
        show.drawing(load.drawn(chart.scores, rest), "rest")
    st.header(plain(load.reading(scores).name(scores.node)), anchor=False)

show.drawing(load.drawn(chart.scores, scores), "scores")
show.drawing(load.drawn(chart.questions, own["questions"], most=MOST, burdened=True), "questions")
plan.since(viewer, wave, unit, scores.node)
show.drawing(load.drawn(chart.quadrants, own["quadrants"]), "quadrants")
show.drawing(load.drawn(chart.leanings, own["leanings"]), "leanings")
show.drawing(load.drawn(chart.shares, scores, most=MOST), "shares")
who.answered(pick.alone(own["response"]))
plan.talk(viewer, wave, unit, scores)
with st.expander("How sure is this?", key="card_sure"):
    st.markdown("\n\n".join(words.HOW_SURE))
frame.foot()
