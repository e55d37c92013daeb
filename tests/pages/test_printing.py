"""Printing: the bytes are made when asked, from what the store lets this viewer read and from nothing else."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

from data.access import LOCAL_ANALYST, NOBODY, Refusal
from data.store import Store
from pages.common import load, printing, show


def told(content: bytes) -> str:
    return re.sub(r"\s+", " ", " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages))


@pytest.fixture
def store(published, monkeypatch) -> Store:
    opened = Store.open(published)
    monkeypatch.setattr(load, "store", lambda: opened)
    return opened


@pytest.fixture
def pressed(monkeypatch) -> dict:
    """What the buttons of a page would make, by key."""
    made = {}
    monkeypatch.setattr(show, "printed", lambda label, make, key: made.update({key: make}))
    return made


def newest(store):
    return next(wave for wave in load.in_order(store.waves()) if wave.state == "published")


def unit(store, wave, name):
    rows = load._units.__wrapped__("k", LOCAL_ANALYST, wave.id)
    return next(row for row in rows if row.name == name)


def test_a_page_is_made_when_it_is_asked_for(store, pressed, monkeypatch):
    wave = newest(store)
    read = []
    monkeypatch.setattr(store, "read", lambda *asked, ours=store.read: (read.append(asked), ours(*asked))[1])
    printing.team(LOCAL_ANALYST, wave, unit(store, wave, "Quartzite"))
    assert read == []
    assert "Quartzite" in told(pressed["team"]()) and "Tele-MANAS: 14416" in told(pressed["team"]())
    assert {asked[3] for asked in read} == {"indicators", "leanings", "questions"}


def test_a_manager_gets_their_own_page_and_no_other(store, pressed):
    wave = newest(store)
    own, other = (unit(store, wave, name) for name in ("Quartzite", "Sirocco"))
    manager = LOCAL_ANALYST.as_manager(wave.survey_id, own.path)
    printing.team(manager, wave, own)
    text = told(pressed["team"]())
    assert "Quartzite" in text and "Sirocco" not in text and "Zephyr" not in text
    printing.team(manager, wave, other)
    with pytest.raises(Refusal):
        pressed["team"]()
    printing.organisation(manager, wave)
    with pytest.raises(Refusal):
        pressed["report"]()


def test_nobody_gets_nothing(store, pressed):
    wave = newest(store)
    printing.team(NOBODY, wave, unit(store, wave, "Quartzite"))
    with pytest.raises(Refusal):
        pressed["team"]()


def test_a_team_that_is_not_shown_prints_the_sentence_and_no_figure(store, pressed):
    wave = newest(store)
    printing.team(LOCAL_ANALYST, wave, unit(store, wave, "Obsidian"))
    text = told(pressed["team"]())
    assert "Not shown, to protect anonymity." in text
    assert not re.search(r"Obsidian \d", text)


def test_the_report_of_the_organisation_names_every_unit(store, pressed):
    printing.organisation(LOCAL_ANALYST, newest(store))
    text = told(pressed["report"]())
    assert all(name in text for name in ("Quartzite", "Feldspar", "Tradewind", "Sirocco"))
    assert "How this release was attacked" in text


def test_the_manager_of_a_team_that_is_not_shown_gets_the_division_instead(store, pressed):
    wave = newest(store)
    own = unit(store, wave, "Obsidian")
    printing.team(LOCAL_ANALYST.as_manager(wave.survey_id, own.path), wave, own)
    text = told(pressed["team"]())
    assert "Your people's answers count in Borealis." in text
    assert "Quartzite" not in text and "Zephyr" not in text
