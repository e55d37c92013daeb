"""Assurance: what a works council or an auditor asks about a published wave, on one page to print."""

import streamlit as st

from analytics import assurance
from analytics.release import VIEWS
from pages.common import frame, load, show, words
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
wave = frame.wave(viewer)
views = [load.read(viewer, wave, 0, view) for view in VIEWS]
report = load.audit(viewer, wave)


def card(title: str, sentences: list[str], key: str) -> None:
    """One part of the page: a heading and its sentences."""
    with st.container(border=True, key=f"card_{key}"):
        st.header(title, anchor=False)
        st.markdown("\n\n".join(plain(sentence) for sentence in sentences))


frame.head("Assurance", viewer, wave, views[0])
show.finding(assurance.attacked(report)[0])
card("The rules of this release", assurance.rules(views[0]), "rules")
with st.container(border=True, key="card_tables"):
    st.header("What is published", anchor=False)
    show.table(assurance.tables(views), "The published tables, with how many figures are shown and hidden")
    st.markdown("\n\n".join(plain(sentence) for sentence in assurance.units(views[0])))
card("Who was left out", assurance.left_out(views[0]), "left_out")
card("The attack on this release", assurance.attacked(report)[1:], "attack")
card("What the attack does not cover", assurance.outside(views), "outside")
explained = assurance.explanations(report)
if explained:
    card("Categories hidden although they are large enough", explained, "explained")
deleted = words.erased(wave.erased, wave.erased_on)
card("What is kept, and for how long", [*([deleted] if deleted else ()), *words.RETENTION], "retention")
card("How to check that nothing was changed", words.seal(views[0].manifest), "seal")
