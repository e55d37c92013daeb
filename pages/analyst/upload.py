"""Data: a survey file in, one screen of plain sentences, one button, and on to its own overview."""

from datetime import datetime

import streamlit as st

from pages.common import (
    answering,
    confirm,
    foreseen,
    frame,
    held,
    last_time,
    load,
    merging,
    repairs,
    several,
    words,
    work,
)
from pages.common.viewer import require
from pages.common.words import plain

viewer = require("analyst")
KINDS = ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "sav", "zsav", "zip"]


def start() -> None:
    """The first screen: two ways in, and what happens to a file."""
    st.title("See how your organisation is doing, without seeing any person", anchor=False)
    with st.container(border=True, key="card_file"):
        given = st.file_uploader("Use my survey file", KINDS, key=f"file_{st.session_state.get('files', 0)}")
        st.page_link("pages/analyst/overview.py", label="Look at an example", icon=":material/visibility:")
        st.page_link("pages/analyst/questionnaire.py", label="Take a ready questionnaire", icon=":material/assignment:")
    with st.container(border=True, key="card_needed"):
        st.markdown("\n\n".join(words.NEEDED))
        with st.expander("Which columns?", type="compact"):
            st.markdown(words.WHICH_COLUMNS)
    if given is not None:
        receive(given.name, given.getvalue())


def receive(name: str, content: bytes) -> None:
    """Look at a file in a process of its own, and say what it is or why it cannot be used."""
    seen = work.inspect(name, content)
    if isinstance(seen, str):
        st.error(plain(seen))
        return
    upload = held.received(name, content, seen, load.smallest_group(viewer))
    st.session_state["upload"] = upload
    work.foresee(upload)
    st.session_state["files"] = st.session_state.get("files", 0) + 1  # a new widget lets go of the old one's bytes
    st.rerun()


def check(upload: held.Upload) -> None:
    """The confirm screen: sentences, at most a question, panels for whoever wants to look, one button."""
    st.title("Is this right?", anchor=False)
    st.caption(plain(upload.name))
    with st.container(border=True, key="card_said"):
        last_time.panel(upload)
        confirm.sentences(upload)
        repairs.bands(upload)
        several.panel(upload)
        confirm.questions(upload)
        repairs.downloads(upload)
    with st.expander(f"Columns ({len(upload.columns)})", key="card_columns"):
        confirm.columns(upload)
    if upload.seen["problems"] or upload.seen["problem_rows"] or upload.repairs:
        with st.expander("Rows that need a look", key="card_rows"):
            confirm.problems(upload)
            repairs.panel(upload)
    with st.expander("Teams", key="card_teams"):
        confirm.teams(upload)
        merging.panel(upload)
    with st.expander("Name a scale of your own", expanded=bool(upload.custom) or not upload.measured, key="card_scale"):
        confirm.custom_scale(upload)
    answering.panel(upload)
    stop = foreseen.panel(upload)
    use(upload, stop)


def use(upload: held.Upload, stop: list[str]) -> None:
    """Name the wave, then keep and publish it; the questions come first, and nobody can wave a red through."""
    with st.container(horizontal=True):
        survey = st.text_input("Survey", load.last_survey(viewer), max_chars=80, key="survey_name")
        first = confirm.default_wave(upload, datetime.now())
        wave = st.text_input("Wave", first, max_chars=80, key="wave_name") if not several.each(upload) else first
        answering.country(upload, load.last_country(viewer))
    if upload.open:
        st.caption("One answer is missing above.")
    for sentence in dict.fromkeys([*stop, upload.refusal]):
        if sentence:
            st.error(plain(sentence))
    confirm.directions(upload)
    with st.container(horizontal=True):
        ready = not upload.open and not stop and bool(survey.strip()) and bool(wave.strip())
        if st.button("Use these data", type="primary", disabled=not ready, key="use"):
            take(upload, survey.strip(), wave.strip())
        if st.button("Cancel: nothing is kept", key="cancel"):
            work.forget(upload)
            st.rerun()


def take(upload: held.Upload, survey: str, wave: str) -> None:
    """Keep the wave or waves, publish them, and land on the overview; a refusal stays on this screen in words."""
    kept = several.keep(upload, survey, wave)
    told = " ".join(one.sentence for one in kept if one.sentence)
    if confirm.is_about_directions(told):
        upload.against = told
        st.rerun()
    if not any(one.wave for one in kept):
        upload.refuse(told)
        st.rerun()
    work.forget(upload)
    st.session_state["said"] = told
    waves = [one.wave for one in kept if one.wave]
    for one in waves:
        work.publish(one, upload.k)
    made = load.wave(viewer, waves[-1])
    if made is None or st.session_state["said"]:
        st.switch_page("pages/analyst/waves.py")  # the list of waves says what was left out, or not published
    st.switch_page("pages/analyst/overview.py", query_params={"wave": frame.label(made)})


if "upload" in st.session_state:
    check(st.session_state["upload"])
else:
    start()
