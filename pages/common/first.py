"""The first start: publish the invented company, its latest wave first, and say how far that is."""

from __future__ import annotations

import time

import streamlit as st

from data.access import Viewer
from pages.common import load, viewer


def ready(asking: Viewer) -> None:
    """Wait, with a bar, until the invented company's latest wave can be looked at; only when nothing is kept yet."""
    if viewer.served() or not asking.is_analyst or load.waves(asking):
        return
    job = load.sample_job()
    if job.poll() is not None:
        return
    st.title("Setting up the example company", anchor=False)
    st.markdown("Evenkeel publishes an invented company on the same road as any file. This happens once.")
    bar = st.progress(0.0, text="Starting")
    while job.poll() is None and not load.waves(asking):
        told = job.progress
        if told is not None:
            bar.progress(min(1.0, told.done / max(1, told.of)), text=told.stage)
        time.sleep(0.3)
    st.rerun()
