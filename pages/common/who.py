"""Who answered: the response rate of the page's units as bands, or in one line that it is not known."""

from __future__ import annotations

import streamlit as st

from analytics import chart
from analytics.chart.teams import MOST_ROWS
from analytics.protect import Protected
from pages.common import load, pick, show
from pages.common.words import plain


def answered(p: Protected) -> None:
    """A card with the response rate, where the units file said how many were invited; else a line that says so."""
    read = load.reading(p)
    made = load.drawn(chart.response, p if len(read.teams) <= MOST_ROWS else pick.alone(p, *read.divisions))
    if made.rows:
        show.drawing(made, "response")
    else:
        st.caption(plain(f"{made.title}."))
