"""Names that try to run, to load or to lead somewhere, though no cleaning at intake had taken their teeth out."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import replace

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from analytics import flow, report
from analytics.protect import Thresholds, load
from analytics.wave import Tree
from data.access import LOCAL_ANALYST
from data.store import Store
from tests.pages.conftest import ROOT, small_wave
from tests.pages.payloads import Downloads, drawn, elements, pages_of

FORMULA, IMAGE = "=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>"
FORMULA_OF_TEX, PATH = "$\\href{javascript:alert(1)}{x}$", "../../x"
LINK = "![i](http://outside.example/i.png) [go](http://outside.example) www.outside.example"
SURVEY, WAVE = f"{IMAGE} {FORMULA_OF_TEX}", f"{PATH} {LINK}"
RUNS = ("=", "+", "-", "@", "\t", "\r", "\n")
MARKDOWN = {"markdown", "caption", "title", "header", "subheader", "info", "error", "success", "warning", "expander"}
LIVE = re.compile(r"(?<!\\)!\[|(?<!\\)\]\(|(?<!\\)\$|(?<!\\)<|www\.")  # image, link, TeX, HTML, and what becomes a link


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A data folder with one published wave in which every name is hostile, and its release."""
    home = tmp_path_factory.mktemp("hostile")
    wave = small_wave()
    names = {"Borealis": IMAGE, "Quartzite": FORMULA, "Feldspar": FORMULA_OF_TEX, "Zephyr": PATH, "Sirocco": LINK}
    units = tuple(replace(unit, name=names.get(unit.name, unit.name)) for unit in wave.tree.units)
    scales = tuple(replace(one, title=title) for one, title in zip(wave.scales, (FORMULA, IMAGE), strict=True))
    items = [replace(item, label=LINK) for item in scales[0].items[:1]]
    scales = (replace(scales[0], items=(*items, *scales[0].items[1:])), scales[1])
    wave = replace(wave, survey=SURVEY, name=WAVE, tree=Tree(units), scales=scales)
    store = Store.open(home)
    wave_id = store.keep(wave, "{}")
    made = flow.publish(wave, Thresholds(), created="2026-11-24T00:00:00+00:00", code_version="test")
    store.publish(wave_id, made.release, made.memberships)
    return home, made.release


@pytest.fixture
def app(hostile, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(hostile[0]))
    monkeypatch.chdir(ROOT)
    st.cache_resource.clear()
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)


def test_no_page_runs_loads_or_links_what_a_name_says(app, monkeypatch):
    downloads, seen = Downloads(monkeypatch), 0
    for page, shown in pages_of(app, WAVE, SURVEY):
        for element in elements(shown):
            body = getattr(element, "value", "") if element.type in MARKDOWN else getattr(element, "label", "")
            if isinstance(body, str) and any(word in body for word in ("outside", "onerror", "javascript", "cmd")):
                seen += 1
                assert not LIVE.search(body), (page, element.type, body)
        for spec in drawn(shown):
            assert "<img" not in json.dumps(spec) and "<a " not in json.dumps(spec), page
        for _, name, content in downloads.files:
            for row in csv.reader(io.StringIO(content.decode("utf-8-sig"))):
                assert not any(cell.startswith(RUNS) and not re.fullmatch(r"[-+]\d+ to [-+]?\d+", cell) for cell in row)
            assert re.fullmatch(r"evenkeel_\w+\.csv", name)
    assert seen > 20


def test_the_reports_hold_the_names_as_words(hostile):
    home, release = hostile
    page = report.html(load(release.cells, release.manifest), release.audit, "")
    assert "onerror=alert(1)&gt;" in page
    assert "<img src=x" not in page and not re.search(r"<a[^>]+(outside\.example|javascript)", page)
    store = Store.open(home)
    (wave,) = store.waves()
    views = {view: store.read(LOCAL_ANALYST, wave.id, 0, view) for view in report.VIEWS}
    pdf = report.organisation_pdf(views, store.audit(LOCAL_ANALYST, wave.id), "")
    assert pdf.startswith(b"%PDF") and b"/URI" not in pdf and b"/JavaScript" not in pdf


def test_no_file_is_called_by_a_name(hostile):
    home, _ = hostile
    files = [path.relative_to(home).as_posix() for path in home.rglob("*")]
    assert files and all(re.fullmatch(r"[0-9a-z./_-]+", path) for path in files)
    assert not (home.parent / "x").exists() and not (home.parent.parent / "x").exists()
