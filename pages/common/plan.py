"""What to talk about with a team, what it will try until the next survey, and what came of the last time."""

from __future__ import annotations

import streamlit as st

from analytics import chart, finding
from analytics.finding.talk import DOES_NOT_DIAGNOSE
from analytics.protect import Protected
from analytics.reading import Reading
from data.access import Viewer
from data.notes import LONGEST, LONGEST_NAME, Note
from data.store import NotPossible, WaveRecord
from pages.common import act, load, pick, show
from pages.common.load import UnitRow
from pages.common.words import plain


def since(viewer: Viewer, wave: WaveRecord, unit: UnitRow, seen: int) -> None:
    """The change since last time of the unit that the page is about, beside what was planned after the last survey.

    ``seen``: the unit whose figures the page shows: the unit itself, or the nearest one above.
    """
    waves, tables = load.history(viewer, wave, unit.node), load.over_time(viewer, wave, unit, "indicators")
    if len(tables) < 2:
        st.caption(plain(finding.first_survey(len(waves)) or finding.new_unit(waves[-2].name)))
        return
    pair = [tables[-2], pick.seen_from(tables[-1], seen)]
    maps = load.moved(waves[-2:], pair)
    show.drawing(load.drawn(chart.change, pair, Reading(pair[-1]).headline, maps=maps), "change")
    _planned(viewer, waves[-2], wave, unit)


def _planned(viewer: Viewer, before: WaveRecord, wave: WaveRecord, unit: UnitRow) -> None:
    kept = load.store().unit_maps.notes_before(viewer, before.id, wave.id, unit.node)
    if kept:
        show.card(f"What the team set out to try after {before.name}", [_told(note) for note in kept], "planned")


def talk(viewer: Viewer, wave: WaveRecord, unit: UnitRow, p: Protected) -> None:
    """The card of open questions, suggestions, and the plan until the next survey."""
    with st.container(border=True, key="card_talk"):
        st.header("Talk about it with the team", anchor=False)
        points = finding.talking_points(p)
        st.markdown("\n".join(f"{place}. {plain(point)}" for place, point in enumerate(points, start=1)))
        act.suggestions(p, "What others have found worth trying")
        st.caption(f"Nobody can see single answers here. {DOES_NOT_DIAGNOSE}")
    with st.container(border=True, key="card_plan"):
        st.header("What we try until the next survey", anchor=False)
        _form(viewer, wave, unit, load.store().note(viewer, wave.id, unit.node))


def _form(viewer: Viewer, wave: WaveRecord, unit: UnitRow, note: Note | None) -> None:
    key = f"{wave.id}_{unit.node}"
    with st.form(f"plan_{key}", border=False):
        text = st.text_area("What we try", note.text if note else "", max_chars=LONGEST, key=f"plan_text_{key}")
        with st.container(horizontal=True):
            owner = st.text_input(
                "Who sees to it", note.owner if note else "", max_chars=LONGEST_NAME, key=f"plan_owner_{key}"
            )
            due = st.date_input("By when", note.due if note else None, format="YYYY-MM-DD", key=f"plan_due_{key}")
        if st.form_submit_button("Keep it"):
            _keep(viewer, wave, unit, Note(text, owner, due) if text.strip() else None)
    st.caption(
        "Kept beside this survey and shown with the next one's change. Whoever may open this page can read it, so "
        "write what the team does and nothing about a person."
    )


def _keep(viewer: Viewer, wave: WaveRecord, unit: UnitRow, note: Note | None) -> None:
    try:
        load.store().write_note(viewer, wave.id, unit.node, note)
        st.success("Kept." if note else "Removed.")
    except NotPossible as reason:
        st.error(plain(str(reason)))


def _told(note: Note) -> str:
    about = ", ".join(part for part in (note.owner, f"until {note.due:%-d %B %Y}" if note.due else "") if part)
    return f"{note.text}{f' ({about})' if about else ''}"
