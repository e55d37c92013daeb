"""Which published waves a new wave may be counted by, and what is said where a folder has none."""

from __future__ import annotations

from at_rest import a_wave, published
from click.testing import CliRunner

import cli
from commands.steps import published_before
from data.samples.company import Team
from data.samples.generate import write
from data.store import Store


def test_waves_of_the_survey_in_the_order_of_publishing(tmp_path):
    store = Store.open(tmp_path)
    for name, survey in (("Autumn", "Pulse"), ("Spring", "Pulse"), ("Other", "Another")):
        published(store, a_wave(name=name, survey=survey))
    store.keep(a_wave(name="Kept", survey="Pulse"), "{}")
    found = published_before(store, "Pulse")
    assert [p.manifest["wave"] for p in found] == ["Autumn", "Spring"]
    assert {(p.view, p.node) for p in found} == {("profiles", 0)}
    assert published_before(store, "New") == []


def test_a_folder_without_a_release_is_refused(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))
    file = tmp_path / "survey.csv"
    write(file, [Team("North", "Bakery", 30, "Pune", 0.2)], 0, two_groups=False)
    told = ["publish", str(file), "--out", str(tmp_path / "out"), "--profiles-of", str(tmp_path)]
    done = CliRunner().invoke(cli.main, told)
    assert done.exit_code == 2 and "There is no release in the folder of profiles." in done.stderr
    assert not (tmp_path / "out").exists()
