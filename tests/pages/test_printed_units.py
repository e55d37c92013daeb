"""Every unit of the invented companies on paper: one page each, with every name of its charts as text."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from analytics import chart
from cli import main
from data.access import LOCAL_ANALYST
from data.samples.company import WAVES, file_of
from data.store import Store, WaveRecord
from pages.common import load, pick, printing
from pages.common.load import UnitRow

VIEWS = ("indicators", "leanings")


@pytest.fixture(params=[False, True], ids=["one continuum", "two groups"])
def kept(request, tmp_path, monkeypatch) -> tuple[Store, WaveRecord]:
    """A data folder with one invented company, published as any other file."""
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path))
    argv = ["keep", str(file_of(WAVES[-1], request.param)), "--survey", "Invented", "--wave", WAVES[-1]]
    wave = json.loads(CliRunner().invoke(main, argv, catch_exceptions=False).stdout.splitlines()[-1])["wave"]
    assert CliRunner().invoke(main, ["release", wave], catch_exceptions=False).exit_code == 0
    return opened(tmp_path, monkeypatch)


def opened(home: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Store, WaveRecord]:
    store = Store.open(home)
    monkeypatch.setattr(load, "store", lambda: store)
    return store, next(iter(store.waves()))


@pytest.mark.long
def test_every_unit_prints_on_one_page_with_every_name_of_its_charts(kept):
    store, wave = kept
    units = load._units.__wrapped__("k", LOCAL_ANALYST, wave.id)
    assert len(units) > 60
    for unit in units:
        page = PdfReader(io.BytesIO(printing._team(LOCAL_ANALYST, wave, unit))).pages
        assert len(page) == 1, unit.path
        told = re.sub(r"\s+", " ", page[0].extract_text())
        assert [name for name in named(store, wave, unit) if name not in told] == [], unit.path


def named(store: Store, wave: WaveRecord, unit: UnitRow) -> Iterator[str]:
    """The headings and names of a unit's scores and leanings, or of the nearest unit above it that is shown."""
    tables = [store.read(LOCAL_ANALYST, wave.id, unit.node, view) for view in VIEWS]
    scores, leanings = tables if unit.shown else map(pick.nearest_shown, tables)
    for drawn in (chart.scores(scores), chart.leanings(pick.alone(leanings))):
        yield drawn.title
        for row in drawn.rows:
            yield row.label
            yield from (span.cell.text for span in row.spans)
