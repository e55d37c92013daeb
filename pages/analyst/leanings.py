"""Leanings: whether there are two groups at all, who leans where, and how that goes with burnout and with wishes."""

import streamlit as st

from analytics import chart, finding
from pages.common import frame, load, pick, show
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
wave = frame.wave(viewer)
whole, profiles = (load.read(viewer, wave, 0, view) for view in ("leanings", "profiles"))
described = load.drawn(chart.profiles, profiles)
supported = finding.supported(whole)


def along_the_index() -> None:
    """Burnout along the index: what there is to see where one continuum is all that the answers support."""
    show.drawing(load.drawn(chart.slope, load.read(viewer, wave, 0, "slope")), "slope")


frame.head("Leanings", viewer, wave, whole)
show.finding(finding.groups(whole))
st.markdown(
    "**Balance-leaning** people keep work and private life apart. **Integration-leaning** people mix them. "
    "Neither is better; what counts is whether it fits the work."
)
show.card("Two groups or one slope?", finding.evidence(whole), "evidence", listed=True)
if supported:
    show.drawing(described, "profiles")
else:
    along_the_index()

st.header("Who leans where", anchor=False)
node = pick.division(viewer, wave)
show.drawing(load.drawn(chart.leanings, load.read(viewer, wave, node, "leanings")), "leanings")

if supported:
    st.header("Leanings and burnout", anchor=False)
    along_the_index()
by_group = load.drawn(chart.outcomes, profiles)
if by_group.rows:
    show.drawing(by_group, "outcomes")

st.header("What works best for whom: wish, workplace and what people do", anchor=False)
st.markdown(
    "Neither leaning is healthier by itself. In research, people fare better where the workplace allows the separation "
    "that they want, and worse where they have to mix or to separate against their wish (Edwards and Rothbard, 1999; "
    "Kreiner, 2006)."
)
show.drawing(load.drawn(chart.quadrants, load.read(viewer, wave, node, "quadrants")), "quadrants")
fit = load.read(viewer, wave, 0, "fit")
outcome = pick.outcome(fit)
if outcome is not None:
    show.drawing(load.drawn(chart.fit, fit, outcome), "fit")
st.caption(
    "All of this was answered on one day. People who are exhausted may answer differently about boundaries, too: in a "
    "diary study of 425 people, days with more strain were days with more wish for separation and more mixing (Mueller "
    "and others, 2023). These figures show what goes together, not what causes what."
)

sureness = (*finding.sureness(whole), *finding.counted_by(profiles))
if sureness:
    with st.container(border=True, key="card_sureness"):
        st.header("How stable and how certain is this?", anchor=False)
        st.markdown(show.bullets(sureness))
        with st.expander("How one to five profiles fit", type="compact"):
            fits = load.drawn(chart.fits, profiles)
            st.caption(plain(fits.subline))
            show.numbers(fits, "fits")
            st.markdown("Other signs never decide, because each of them is fooled by some continuum:")
            st.markdown(show.bullets(finding.signs(whole)))
if not supported:
    show.drawing(described, "profiles")
frame.ways(wave, drivers="What else goes together with burnout")
frame.foot()
