"""The front door for people: who is asking, which pages exist for them, run one."""

from pathlib import Path

import streamlit as st

from data.access import Viewer
from pages.common import first, frame, show, viewer
from pages.common.words import PRODUCT


def pages(asking: Viewer) -> list[st.Page]:
    """The pages that exist for whoever asks; a stranger has the way in and nothing else. (An icon on a page
    would be fetched from outside as the browser tab's picture before ours is set.)"""
    team = ("pages/manager/team.py", "Your team")
    if asking.is_analyst:
        return [
            st.Page("pages/analyst/upload.py", title="Data"),
            st.Page("pages/analyst/overview.py", title="Overview", default=True),
            st.Page("pages/analyst/teams.py", title="Teams"),
            st.Page("pages/analyst/leanings.py", title="Leanings"),
            st.Page("pages/analyst/waves.py", title="Waves"),
            st.Page("pages/analyst/assurance.py", title="Assurance", visibility="hidden"),
            st.Page(team[0], title="Team", visibility="hidden"),
        ]
    if asking.nodes:
        return [st.Page(team[0], title=team[1], default=True)]
    return [st.Page("pages/common/sign_in.py", title="Sign in", default=True)]


asking = viewer.current()
page = st.navigation(pages(asking))
icon = str(Path(__file__).parent / "pages/common/icon.png")
st.set_page_config(page_title=f"{page.title} · {PRODUCT}", page_icon=icon, layout="wide")
show.dressed()
with st.container(width=frame.WIDTH):
    first.ready(asking)
    viewer.chooser()
    page.run()
