"""Who may read what, given and taken back through the scripts' front door."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from data.access import Refusal
from data.store import Store
from tests.data.at_rest import SURVEY, a_wave, published

WHO = ("--issuer", "https://issuer.example", "--subject", "s1")
IDENTITY = "https://issuer.example|s1"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))
    return lambda *argv: CliRunner().invoke(cli.main, argv)


@pytest.fixture
def wave(tmp_path, run):
    return published(Store.open(tmp_path / "home"), a_wave())


def listed(run):
    return json.loads(run("grants", "--json").stdout)["grants"]


def test_a_manager_reads_the_unit_that_was_granted_and_no_other(run, wave):
    assert run("grant", *WHO, "--survey", SURVEY, "--unit", "Borealis").exit_code == 0
    store = Store.open()
    viewer = store.viewer(IDENTITY)
    assert [unit["path"] for unit in store.units(viewer, wave)] == [
        "Borealis",
        "Borealis / Quartzite",
        "Borealis / Feldspar",
    ]
    with pytest.raises(Refusal):
        store.read(viewer, wave, 2, "indicators")
    assert listed(run) == [{"number": 1, "identity": IDENTITY, "role": "manager", "survey": SURVEY, "unit": "Borealis"}]
    assert run("grants").stdout.strip() == f"1: {IDENTITY} is manager of Borealis in {SURVEY}"
    assert run("revoke", "1").exit_code == 0
    assert listed(run) == [] and "Nobody was granted" in run("grants").stdout
    with pytest.raises(Refusal):
        store.units(store.viewer(IDENTITY), wave)


def test_the_first_analyst_is_named_on_the_server(run):
    assert run("grant", *WHO, "--analyst").exit_code == 0
    assert Store.open().viewer(IDENTITY).is_analyst


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ((), "either --analyst, or both"),
        (("--survey", SURVEY), "either --analyst, or both"),
        (("--analyst", "--unit", "Borealis"), "either --analyst, or both"),
        (("--survey", "Another", "--unit", "Borealis"), "No published wave belongs to a survey of that name"),
        (("--survey", SURVEY, "--unit", "Boreal"), "has no unit of that path"),
    ],
)
def test_a_grant_of_nothing_that_is_there_is_refused(run, wave, asked, said):
    done = run("grant", *WHO, *asked)
    assert done.exit_code == 2 and said in done.stderr
    assert listed(run) == []


def test_an_issuer_that_could_look_like_somebody_else_is_refused(run):
    done = run("grant", "--issuer", "a|b", "--subject", "c", "--analyst")
    assert done.exit_code == 2 and "without '|'" in done.stderr


def test_a_grant_that_is_gone_cannot_be_taken_back(run):
    done = run("revoke", "7")
    assert done.exit_code == 2 and "no such grant" in done.stderr
