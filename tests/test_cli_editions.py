"""The same people's answers again, through the scripts' front door: refused, or attacked jointly with what is known."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from data.access import LOCAL_ANALYST
from data.samples.company import Team
from data.samples.generate import write
from data.store import Store

COMPANY = [Team("North", "Bakery", 24, "Pune", 0.2), Team("South", "Dairy", 26, "Chennai", 0.2)]


@pytest.fixture(scope="module")
def file(tmp_path_factory):
    """A survey of about 45 invented people."""
    made = tmp_path_factory.mktemp("file") / "survey.csv"
    write(made, COMPANY, 0, two_groups=False)
    return made


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The scripts on a data folder of their own."""
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))

    def call(*argv):
        return CliRunner().invoke(cli.main, [str(one) for one in argv])

    return call


def kept(run, file, wave):
    done = run("keep", file, "--survey", "Pulse", "--wave", wave)
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout.splitlines()[-1])["wave"]


def without_last_row(file):
    shorter = file.with_name("shorter.csv")
    shorter.write_text("".join(file.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")
    return shorter


def test_undo_and_the_same_file_with_one_row_less_is_refused(run, file):
    first = kept(run, file, "Autumn")
    assert run("release", first).exit_code == 0
    Store.open().undo(first)
    again = run("release", kept(run, without_last_row(file), "Autumn"))
    assert again.exit_code == 2
    assert "were already published as Autumn of Pulse" in again.stderr


def test_the_same_rows_under_another_name_are_attacked_jointly(run, file):
    first = kept(run, file, "Autumn")
    assert run("release", first).exit_code == 0
    Store.open().delete(first)
    second = kept(run, file, "Autumn again")
    done = run("release", second)
    assert done.exit_code == 0, done.output
    report = Store.open().audit(LOCAL_ANALYST, second)
    assert report["editions"] == 2 and report["findings"] == []


@pytest.fixture(scope="module")
def folder(file, tmp_path_factory):
    """A publication outside the catalogue."""
    out = tmp_path_factory.mktemp("folder") / "one"
    done = CliRunner().invoke(cli.main, ["publish", str(file), "--out", str(out), "--k", "10"])
    assert done.exit_code == 0, done.output
    return out


def test_a_second_folder_of_nearly_the_same_rows_is_refused(run, file, folder, tmp_path):
    done = run("publish", without_last_row(file), "--out", tmp_path / "two", "--k", "10", "--earlier", folder)
    assert done.exit_code == 2
    assert "already published" in done.stderr
    assert not (tmp_path / "two").exists()


def test_a_second_folder_of_the_same_rows_is_attacked_together_with_the_first(run, file, folder, tmp_path):
    done = run("publish", file, "--out", tmp_path / "two", "--k", "10", "--wave", "Another", "--earlier", folder)
    assert done.exit_code == 0, done.output
    report = json.loads((tmp_path / "two" / "audit.json").read_text(encoding="utf-8"))
    assert report["editions"] == 2 and report["findings"] == []


def test_a_second_folder_does_not_lower_the_smallest_group(run, file, folder, tmp_path):
    done = run("publish", file, "--out", tmp_path / "two", "--k", "8", "--earlier", folder)
    assert done.exit_code == 2
    assert "was published with 10, but this asks for 8" in done.stderr
    assert not (tmp_path / "two").exists()


def test_a_row_deleted_on_request_leaves_no_second_release_to_subtract(run, file):
    first = kept(run, file, "Autumn")
    assert run("release", first).exit_code == 0
    done = run("erase", first, "--row", "2")
    assert done.exit_code == 0 and json.loads(done.stdout)["erased"] == 1
    assert run("release", first).exit_code == 2
    Store.open().delete(first)
    again = run("release", kept(run, without_last_row(file), "Autumn again"))
    assert again.exit_code == 2
    assert "were already published as Autumn of Pulse" in again.stderr


def test_deleting_a_row_asks_for_one_way_to_name_it(run, file):
    first = kept(run, file, "Autumn")
    assert run("erase", first).exit_code == run("erase", first, "--row", "2", "--respondent", "x").exit_code == 2
    done = run("erase", first, "--row", "4000")
    assert done.exit_code == 2 and "No answers of this wave came from that row" in done.stderr


def test_thresholds_are_not_lowered_by_publishing_again(run, file):
    first = kept(run, file, "Autumn")
    assert run("release", first, "--k", "10").exit_code == 0
    Store.open().delete(first)
    done = run("release", kept(run, file, "Autumn again"), "--k", "8")
    assert done.exit_code == 2
    assert "10" in done.stderr and "8" in done.stderr
