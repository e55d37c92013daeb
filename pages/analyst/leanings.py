"""Leanings: whether there are two groups at all, who leans where, and how that goes with burnout and with wishes."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, show
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
wave = frame.wave(viewer)
whole, profiles = (load.read(viewer, wave, 0, view) for view in ("leanings", "profiles"))

frame.head("Leanings", viewer, wave, whole)
show.finding(finding.groups(whole))
st.markdown(
    "**Balance-leaning** people keep work and private life apart. **Integration-leaning** people mix them. "
    "Neither is better; what counts is whether it fits the work."
)
evidence = finding.evidence(whole)
if evidence:
    with st.container(border=True, key="card_evidence"):
        st.subheader("Two groups or one slope: how sure is that?", anchor=False)
        st.markdown(show.bullets(evidence))
        with st.expander("How one to five profiles fit", type="compact"):
            fits = load.drawn(chart.fits, profiles)
            st.caption(plain(fits.subline))
            show.numbers(fits, "fits")
show.drawing(load.drawn(chart.profiles, profiles), "profiles")
show.drawing(load.drawn(chart.slope, load.read(viewer, wave, 0, "slope")), "slope")

st.subheader("Who leans where, and by whose choice", anchor=False)
node = pick.division(viewer, wave)
show.drawing(load.drawn(chart.leanings, load.read(viewer, wave, node, "leanings")), "leanings")
show.drawing(load.drawn(chart.quadrants, load.read(viewer, wave, node, "quadrants")), "quadrants")

st.subheader("Does wish fit workplace?", anchor=False)
fit = load.read(viewer, wave, 0, "fit")
outcome = pick.outcome(fit)
if outcome is not None:
    show.drawing(load.drawn(chart.fit, fit, outcome), "fit")
st.caption(
    "All of this was answered on one day. People who are exhausted may answer differently about boundaries, too: these "
    "figures show what goes together, not what causes what."
)
frame.ways(wave, drivers="What else goes together with burnout")
frame.foot()
