"""A small published survey in a data folder of its own, and the app on it."""

from __future__ import annotations

import os
import shutil
import time
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics import flow
from analytics.instrument import custom_scale
from analytics.protect import Thresholds
from analytics.wave import Tree, Unit, Wave
from data import jobs
from data.store import Store
from tests.pages.confirming import Ended

ROOT = Path(__file__).parents[2]
SURVEY, NAME, EARLIER = "Lantern Works", "Spring 2026", "Spring 2025"
OLD_NAME = "Scirocco"  # what Sirocco was called in the earlier wave
# Unit: parent, people. The names occur nowhere else, so that finding one in a page means that it was sent.
UNITS = {
    "Whole organisation": (None, 0),
    "Borealis": ("Whole organisation", 0),
    "Zephyr": ("Whole organisation", 0),
    "Quartzite": ("Borealis", 40),
    "Feldspar": ("Borealis", 34),
    "Obsidian": ("Borealis", 4),
    "Pumice": ("Borealis", 5),
    "Tradewind": ("Zephyr", 38),
    "Sirocco": ("Zephyr", 30),
}


def small_wave(name: str = NAME, seed: int = 3, renamed: str = "Sirocco") -> Wave:
    """About 150 invented people in a tree of two divisions, with one burnout scale and one preference scale."""
    rng = np.random.default_rng(seed)
    names = list(UNITS)
    listed = [(renamed if unit == "Sirocco" else unit, over) for unit, (over, _) in UNITS.items()]
    tree = Tree(tuple(Unit(unit, -1 if over is None else names.index(over)) for unit, over in listed))
    unit = np.repeat(np.arange(len(names)), [people for _, people in UNITS.values()]).astype(np.int32)
    lift = np.where(unit == names.index("Quartzite"), 1.2, 0.0)
    items = {f"custom.tired.{place}": lift for place in range(1, 7)} | {f"custom.apart.{p}": 0 for p in range(1, 5)}
    answers = {item: np.clip(np.round(2.6 + up + rng.normal(0, 1, len(unit))), 1, 5) for item, up in items.items()}
    tired, apart = ([item for item in items if f".{word}." in item] for word in ("tired", "apart"))
    scales = (
        custom_scale("custom.tired", "Tiredness", "burnout", tired, 5),
        custom_scale("custom.apart", "Keeping apart", "preference", apart, 5),
    )
    empty = pd.DataFrame(index=range(len(unit)))
    return Wave(SURVEY, name, False, pd.DataFrame(answers).astype("int8"), empty, empty, {}, unit, tree, scales)


def copy_of_published(tmp_path_factory) -> Path:
    """A data folder of its own that holds two published waves of one survey; published once for all processes."""
    base = tmp_path_factory.getbasetemp()
    base = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    try:
        (base / "begun").mkdir()  # by whichever process comes first
        _publish_into(base / "begun" / "lantern")
        (base / "begun" / "lantern").rename(base / "lantern")
    except FileExistsError:
        until = time.monotonic() + 300
        while not (base / "lantern").exists() and time.monotonic() < until:
            time.sleep(0.1)
    return Path(shutil.copytree(base / "lantern", tmp_path_factory.mktemp("home") / "lantern"))


def _publish_into(home: Path) -> None:
    store = Store.open(home)
    for wave in (small_wave(EARLIER, 4, OLD_NAME), small_wave()):
        wave_id = store.keep(wave, "{}", records=range(2, len(wave) + 2))
        made = flow.publish(wave, Thresholds(), created="2026-11-24T00:00:00+00:00", code_version="test")
        store.publish(wave_id, made.release, made.memberships)


@pytest.fixture(scope="session")
def published(tmp_path_factory) -> Path:
    """A data folder that holds two published waves of one survey."""
    return copy_of_published(tmp_path_factory)


@pytest.fixture
def app(published, monkeypatch) -> AppTest:
    """The app on that folder, from its front door, not yet run."""
    monkeypatch.setenv("EVENKEEL_HOME", str(published))
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


@pytest.fixture
def at_once(monkeypatch):
    """Jobs run in this process, where a test is not about their having one of their own."""
    monkeypatch.setattr(jobs, "start", Ended)


@pytest.fixture
def clean():
    """Whatever a test publishes is gone after it; other tests share the folder."""
    before = {one.id for one in Store.open().waves()}
    yield
    for one in Store.open().waves():
        if one.id not in before:
            Store.open().delete(one.id)
    st.cache_resource.clear()
