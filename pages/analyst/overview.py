"""Overview: one sentence, three cards, where to act first, the teams, and what this file cannot show."""

import streamlit as st

from analytics import chart, finding
from pages.common import act, frame, load, pick, printing, show, who
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
scores, leanings, quadrants, questions, response = (
    load.read(viewer, wave, 0, view) for view in ("indicators", "leanings", "quadrants", "questions", "response")
)
TOP = 5  # questions that are said most

frame.head("Overview", viewer, wave, scores)
frame.undo(wave)
show.finding(finding.overview(scores))
with st.container(horizontal=True, vertical_alignment="center"):
    frame.ways(
        wave, change="Change since last time", drivers="What goes together", quality="How good are these figures?"
    )
    printing.organisation(viewer, wave)

show.drawing(load.drawn(chart.scores, scores), "scores")
show.drawing(load.drawn(chart.questions, questions, most=TOP, burdened=True), "questions")
left, right = st.columns(2)
with left:
    show.drawing(load.drawn(chart.leanings, pick.alone(leanings)), "leanings")
with right:
    show.drawing(load.drawn(chart.quadrants, quadrants), "quadrants")

act.first(viewer, wave, scores)
leading = load.reading(scores).first or next(iter(load.reading(scores).leading), None)
if leading is not None and load.reading(scores).teams:
    show.drawing(load.drawn(chart.teams, scores, leading), "teams")
    pick.team_link(viewer, wave)
who.answered(pick.alone(response, *load.reading(response).divisions))
show.card("What this file cannot show", finding.absent(scores), "absent", listed=True)
frame.foot()
