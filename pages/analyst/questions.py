"""Questions: how people answered each question, in one panel per answer set, and one question by division."""

import streamlit as st

from analytics import chart
from analytics.questions import END
from pages.common import frame, load, pick, show
from pages.common.viewer import require

viewer = require("analyst")
wave = frame.wave(viewer)
whole = load.read(viewer, wave, 0, "questions")
ORDERS = {"Burden": "burden", "Questionnaire": "questionnaire"}

frame.head("Questions", viewer, wave, whole)
with st.container(horizontal=True, vertical_alignment="bottom"):
    search = st.text_input("Search", max_chars=80, key="search", placeholder="A word of a question")
    node = pick.division(viewer, wave)
    scale = pick.scale(whole)
    order = st.segmented_control("Order", list(ORDERS), default="Burden", key="order")
p = load.read(viewer, wave, node, "questions")
drawn = load.drawn(chart.questions, p, search, ORDERS.get(order or "", "burden"), scale)
show.drawing(drawn, "questions")

read = load.reading(whole)
items = [m for m, entry in read.measures.items() if entry.get("view") == "questions" and entry["kind"] == "parts"]
if items and read.divisions:
    st.header("One question by division", anchor=False)
    item = st.selectbox("Question", items, format_func=read.title, key="item")
    if item in items:
        show.drawing(load.drawn(chart.teams, pick.alone(whole, *read.divisions), f"{item}{END}"), "question")
frame.foot()
