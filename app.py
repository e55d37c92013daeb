"""The front door for people: who is asking, which pages exist for them, run one."""

import logging
from pathlib import Path
from typing import Any

import streamlit as st

from data.access import Viewer
from pages.common import first, frame, show, viewer
from pages.common.words import PRODUCT

COMMON = Path(__file__).parent / "pages/common"
ROOT = "start"  # Streamlit keeps a name for the page at the root and serves nothing there; its own leads to it


def pages(asking: Viewer) -> list[st.Page]:
    """The pages that exist for whoever asks; a stranger has the way in and nothing else. (An icon on a page
    would be fetched from outside as the browser tab's picture before ours is set.)"""
    if asking.is_analyst:
        rail = [
            _page("analyst/upload", "Data"),
            _page("analyst/overview", "Overview", default=True, url_path=ROOT),
            *(_page(f"analyst/{name.lower()}", name) for name in ("Questions", "Teams", "Leanings", "Waves")),
        ]
        hidden = {"drivers": "What goes together", "change": "Change", "quality": "Quality", "assurance": "Assurance"}
        hidden |= {"questionnaire": "Questionnaire"}
        own = {"team": "Team", "compare": "Compare", "trend": "Trend"}
        return [
            *rail,
            _page("common/front", "Overview", visibility="hidden", url_path="overview"),
            *(_page(f"analyst/{name}", title, visibility="hidden") for name, title in hidden.items()),
            *(_page(f"manager/{name}", title, visibility="hidden") for name, title in own.items()),
        ]
    if asking.nodes:
        return [
            _page("manager/team", "Your team", default=True),
            _page("manager/compare", "Compare"),
            _page("manager/trend", "Trend"),
        ]
    return [_page("common/sign_in", "Sign in", default=True)]


def _page(script: str, title: str, **how: Any) -> st.Page:
    return st.Page(f"pages/{script}.py", title=title, **how)


def serve() -> None:
    """One run: who is asking, what there is for them, and the page that they are on in its frame."""
    asking = viewer.current()
    page = st.navigation(pages(asking))
    st.set_page_config(page_title=f"{page.title} · {PRODUCT}", page_icon=str(COMMON / "icon.png"), layout="wide")
    st.logo(str(COMMON / "logo.svg"), size="large", icon_image=str(COMMON / "icon.png"))
    show.dressed()
    with st.container(width=frame.WIDTH):
        first.ready(asking)
        viewer.chooser()
        page.run()


if st.runtime.exists():
    serve()
else:  # The server starts. A navigation now keeps it from searching pages/ by itself for the first one who comes:
    app = st.App(__file__)  # an address of a page would be unknown to it, and a script lying there would be run.
    # It is meant to run outside of a visit, which is else warned of in the terminal of whoever starts the app.
    logging.getLogger("streamlit.runtime.scriptrunner_utils.script_run_context").setLevel(logging.ERROR)
    st.navigation([_page("common/sign_in", "Sign in")])
