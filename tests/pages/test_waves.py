"""The list of waves: a person's row goes after a question, and what is said about it afterwards."""

from __future__ import annotations

import shutil

import numpy as np
import pytest
import streamlit as st

from data.respondents import code_of
from data.store import Store
from tests.pages.conftest import NAME, SURVEY, small_wave

KEPT = "Autumn 2026"


@pytest.fixture
def store(published, tmp_path, monkeypatch) -> Store:
    """The published survey again, and a kept wave of it whose people have keys."""
    shutil.copytree(published, tmp_path / "home")
    store, wave = Store.open(tmp_path / "home"), small_wave(KEPT, 9)
    salt = store.salt(SURVEY)
    store.keep(wave, "{}", respondent=np.array([code_of(f"E{place}", salt) for place in range(len(wave))]))
    return store


@pytest.fixture
def page(store, app, tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    return app.run().switch_page("pages/analyst/waves.py").run()


def id_of(store, name):
    return next(wave.id for wave in store.waves() if wave.name == name)


def captions(page):
    return [one.value for one in page.caption]


def test_a_persons_row_is_deleted_by_their_key(store, page):
    wave_id = id_of(store, KEPT)
    before = len(store.wave(wave_id))
    page.button(key=f"erase_{wave_id}").click().run()
    page.text_input(key="whose").set_value("nobody")
    page.button(key=f"row_{wave_id}").click().run()
    assert "No row of this wave belongs to that respondent" in page.error[0].value.replace("\\", "")
    page.text_input(key="whose").set_value("E7")
    page.button(key=f"row_{wave_id}").click().run()
    assert page.success[0].value.replace("\\", "") == "1 row was deleted." and not page.error and not page.exception
    assert len(store.wave(wave_id)) == before - 1


def test_or_by_its_row_in_the_file_and_the_pages_say_so(store, page):
    wave_id = id_of(store, NAME)
    before = len(store.wave(wave_id))
    page.button(key=f"erase_{wave_id}").click().run()
    page.number_input(key="whose").set_value(61)
    page.button(key=f"row_{wave_id}").click().run()
    assert len(store.wave(wave_id)) == before - 1
    assert any("1 row was deleted on request since publishing, on" in one for one in captions(page))
    page.query_params["wave"] = f"{NAME} · {SURVEY}"
    page.switch_page("pages/analyst/assurance.py").run()
    assert not page.exception
    assert any("The published figures were not worked out anew" in one.value for one in page.markdown)


def test_nothing_is_deleted_by_asking(store, page):
    wave_id = id_of(store, KEPT)
    before = len(store.wave(wave_id))
    page.button(key=f"erase_{wave_id}").click().run()
    page.button(key=f"keep_row_{wave_id}").click().run()
    assert not page.exception and len(store.wave(wave_id)) == before
    assert page.button(key=f"erase_{wave_id}").label == "Delete a row"
