"""Who is asking: the first statement of every page, and the only place that decides it.

Local mode has one person, the analyst, on the loopback address. Served mode has sign-in, and grants in the catalogue.
"""

from __future__ import annotations

import time
from pathlib import Path

import streamlit as st

from data import access
from data.access import Viewer
from pages.common import load

LOOPBACK = ("127.0.0.1", "localhost", "::1")
LONGEST_SESSION = 12 * 3600  # seconds since sign-in; Streamlit's own cookie would last thirty days
ANALYST = "HR analyst"
OPEN_DOOR = (
    "Evenkeel was asked to listen beyond this machine, but nobody can sign in, so it does not start. Either set "
    "server.address to 127.0.0.1 in .streamlit/config.toml, or set up sign-in: the section [auth] in "
    ".streamlit/secrets.toml, with grants in the catalogue."
)
BROKEN_SECRETS = "The file secrets.toml is there but cannot be read, so nobody can be told apart. Mend or remove it."


def served() -> bool:
    """Whether sign-in is set up: then nobody is anybody before they have signed in."""
    return st.secrets.load_if_toml_exists() and "auth" in st.secrets


def refusal() -> str:
    """Why the app must not serve anybody here, or "": without sign-in it serves the loopback address alone."""
    there = any(Path(file).exists() for file in st.get_option("secrets.files"))
    if there and not st.secrets.load_if_toml_exists():
        return BROKEN_SECRETS
    return "" if served() or st.get_option("server.address") in LOOPBACK else OPEN_DOOR


def signed_in() -> bool:
    """Whether a person has signed in, and not too long ago: Streamlit itself checks neither expiry nor age."""
    if not (served() and st.user.get("is_logged_in", False)):
        return False
    now, issued = time.time(), float(st.user.get("iat") or 0)
    return now < float(st.user.get("exp") or issued + LONGEST_SESSION) and now < issued + LONGEST_SESSION


def asking() -> Viewer:
    """The person behind the browser, looked up anew on every run; nobody unless something says otherwise."""
    if refusal():
        return access.NOBODY
    if not served():
        return access.LOCAL_ANALYST
    return load.store().viewer(f"{st.user.get('iss')}|{st.user.get('sub')}") if signed_in() else access.NOBODY


def current() -> Viewer:
    """Who the pages are for: the person asking, or the manager that an analyst looks as."""
    person = asking()
    chosen = st.session_state.get("view_as", ANALYST) if person.is_analyst else ANALYST
    places = load.every_unit(person) if chosen != ANALYST else {}
    return person.as_manager(*places[chosen]) if chosen in places else person


def require(role: str) -> Viewer:
    """The guard: the viewer when they hold the role, else the page ends here with a neutral sentence."""
    viewer = current()
    if not (viewer.is_analyst or (role == "manager" and viewer.nodes)):
        st.info("This page is not for you.")
        st.stop()
    return viewer


def chooser() -> None:
    """Let an analyst look through a manager's eyes; it can only take sight away."""
    person = asking()
    if person.is_analyst:
        options = [ANALYST, *load.every_unit(person)]
        st.sidebar.selectbox("View as", options, key="view_as", format_func=_as_manager)


def _as_manager(option: str) -> str:
    return option if option == ANALYST else f"Manager of {option}"
