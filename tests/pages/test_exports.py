"""What leaves the product by a download: the strings of the page, and no figure that the release does not display."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest
from click.testing import CliRunner

from analytics.attack import exports
from analytics.attack.exports import KNOWN_BY, Table
from analytics.attack.seen import Edition
from cli import main
from data.files import read_release_files
from data.store import Store
from pages.common import show
from tests.pages.conftest import EARLIER, NAME, SURVEY, UNITS
from tests.pages.payloads import Downloads, pages_of

MANAGERS = ["Borealis", "Borealis / Quartzite"]
OTHERS = ["Zephyr", "Borealis / Feldspar", "Borealis / Pumice", "Borealis / Obsidian", "Zephyr / Tradewind"]
EVERY = [pytest.param(path, marks=pytest.mark.long) for path in OTHERS]


@pytest.fixture
def editions(published):
    releases = [read_release_files(folder) for folder in published.glob("*/releases/*")]
    return [Edition(release.cells, release.manifest) for release in releases]


@pytest.fixture
def downloads(monkeypatch):
    return Downloads(monkeypatch)


def check(app, downloads, editions, name, manager=""):
    """Hold every page's downloads against its tables and against the releases; returns the tables."""
    found = []
    for page, shown in pages_of(app, name, SURVEY, manager):
        tables = downloads.tables(page)
        told = [[str(cell) for cell in row] for one in shown.table for row in one.value.to_numpy().tolist()]
        for table in tables:
            width = len(table.columns) - len(KNOWN_BY)
            assert table.columns[width:] == KNOWN_BY, (page, table.name)
            for row in table.rows:
                assert [show._cell(cell) for cell in row[:width]] in told, (page, table.name)
        compared = exports.compare(tables, editions)
        assert compared.others == () and [one.sentence for one in compared.findings] == []
        found += tables
    return found


@pytest.mark.parametrize("wave", [NAME, EARLIER])
def test_the_analysts_downloads_are_the_pages_and_the_releases_strings(app, downloads, editions, wave):
    tables = check(app, downloads, editions, wave)
    assert len({table.name for table in tables}) >= 10
    assert sum(len(table.rows) for table in tables) > 80


@pytest.mark.parametrize("path", [*MANAGERS, *EVERY])
def test_a_managers_downloads_are_too_and_name_no_unit_that_is_not_theirs(app, downloads, editions, path):
    tables = check(app, downloads, editions, NAME, path)
    own = path.split(" / ")
    strangers = {name for name in UNITS if name not in own and UNITS[name][0] != own[-1]} - {"Whole organisation"}
    hidden = {"Obsidian", "Pumice"} if path != "Borealis" else set()
    words = {cell for table in tables for row in table.rows for cell in row}
    assert tables and not words & (strangers - {own[0]} | hidden - set(own))


# The attack has teeth: a table that says more is found


def a_table(editions, **changed):
    """The company's and one unit's figure as the page of the teams hands them out, with some of it changed."""
    release = next(edition for edition in editions if edition.manifest["wave"] == NAME)
    cells = release.cells
    mean = cells[(cells["kind"] == "mean") & cells["shown"] & (cells["node"] == 3) & (cells["view"] == "indicators")]
    cell = next(mean.itertuples())
    row = {"Unit": "Quartzite", "Score": cell.text, "Answers": f"{cell.n_low}–{cell.n_high} answers"}
    row |= {"Page of": "Whole organisation", "Measure": cell.measure, "Wave": NAME}
    row |= {"Release": release.manifest["hash"][: exports.HASH_SHOWN]}
    return Table("x.csv", tuple(row), (tuple((row | changed).values()),))


def test_the_releases_own_strings_are_no_finding(editions):
    compared = exports.compare([a_table(editions)], editions)
    assert (compared.tables, compared.figures, compared.findings) == (1, 2, ())


@pytest.mark.parametrize(
    "changed",
    [{"Score": "61.3"}, {"Score": "3"}, {"Answers": "40 answers"}, {"Answers": "20–40 answers"}, {"Unit": "Obsidian"}],
    ids=["finer", "another", "exact number", "tighter band", "hidden unit"],
)
def test_whatever_says_more_is_found(editions, changed):
    compared = exports.compare([a_table(editions, **changed)], editions)
    assert compared.findings and all(found.kind == exports.KIND for found in compared.findings)


def test_a_table_of_another_release_is_set_apart(editions):
    strange = a_table(editions, Release="0" * exports.HASH_SHOWN)
    bare = replace(strange, columns=strange.columns[:3], rows=(strange.rows[0][:3],))
    assert exports.compare([strange, bare], editions).others == ("x.csv", "x.csv")


@pytest.mark.parametrize("content", [b"", b"\xff\xfe", b'"a","b"\n"1"\n', b'"a'])
def test_what_is_no_table_of_ours_is_refused(content):
    with pytest.raises(ValueError, match=r"x\.csv should be a CSV file that Evenkeel wrote"):
        exports.parse("x.csv", content)


@pytest.mark.parametrize(("changed", "code"), [({}, 0), ({"Score": "61.3"}, 1)], ids=["as it was", "finer"])
def test_the_script_holds_a_folder_of_downloads_against_the_release(published, editions, tmp_path, changed, code):
    table = a_table(editions, **changed)
    frame = pd.DataFrame(table.rows, columns=list(table.columns))
    (tmp_path / "downloads").mkdir()
    (tmp_path / "downloads" / "teams.csv").write_bytes(show.csv_bytes(frame))
    short, store = table.rows[0][-1], Store.open(published)
    release = next(one for one in published.glob("*/releases/*") if _hash(one).startswith(short))
    wave = next(wave for wave in store.waves() if wave.name == NAME)
    (truth,) = published.glob(f"*/waves/{wave.id}")
    argv = ["audit", str(release), "--truth", str(truth), "--exports", str(tmp_path / "downloads")]
    done = CliRunner().invoke(main, argv)
    assert done.exit_code == code, done.output
    assert f"2 figures in 1 exported tables were held against the release: {code} are not displayed" in done.stdout
    assert ("has the figure 61.3, which the release does not display" in done.stdout) == bool(code)


def _hash(folder):
    return read_release_files(folder).manifest["hash"]
