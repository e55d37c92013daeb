"""Leaving people out through the scripts: written into the release, and no second edition with or without them."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner

import cli
from data.files import read_release_files, read_wave_files
from tests.pages.test_answering import file_of, scale


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))

    def call(out, straight, *more, exclusions=("straightliner",), recipe=None):
        (tmp_path / "file.csv").write_bytes(file_of(straight))
        told = {"evenkeel_recipe": 1, "direction": "low_first", "custom": scale(), "exclusions": list(exclusions)}
        (tmp_path / "recipe.json").write_text(json.dumps(told | (recipe or {})), encoding="utf-8")
        argv = ["publish", tmp_path / "file.csv", "--out", tmp_path / out, "--recipe", tmp_path / "recipe.json", *more]
        return CliRunner().invoke(cli.main, [str(one) for one in argv])

    return call


def test_a_recipe_leaves_people_out_and_the_release_lists_it(run, tmp_path):
    done = run("one", 12, recipe={"country": "IN"})
    assert done.exit_code == 0, done.stderr
    assert "118 answers read" in done.stdout
    manifest = read_release_files(tmp_path / "one").manifest
    assert manifest["answering"]["exclusions"] == ["straightliner"] and manifest["country"] == "IN"
    assert manifest["answering"]["left_out"] == {"low": 12, "high": 19}
    assert len(read_wave_files(tmp_path / "one" / "wave")) == 118
    again = run("two", 12, "--earlier", tmp_path / "one", exclusions=())
    assert again.exit_code == 2 and not (tmp_path / "two").exists(), again.stderr


@pytest.mark.long
def test_too_few_people_stay_in_and_a_catalogue_knows_both_editions_apart(run, tmp_path):
    done = run("one", 5)
    assert done.exit_code == 0 and "130 answers read" in done.stdout, done.stderr
    assert read_release_files(tmp_path / "one").manifest["answering"]["left_out"] is None
    (tmp_path / "file.csv").write_bytes(file_of(12))
    kept = []
    for name, exclusions in (("with", []), ("without", ["straightliner"])):
        told = json.loads((tmp_path / "recipe.json").read_text(encoding="utf-8")) | {"exclusions": exclusions}
        (tmp_path / "recipe.json").write_text(json.dumps(told), encoding="utf-8")
        argv = ["keep", tmp_path / "file.csv", "--survey", "S", "--wave", name, "--recipe", tmp_path / "recipe.json"]
        kept.append(json.loads(CliRunner().invoke(cli.main, [str(one) for one in argv]).stdout)["wave"])
    first, second = (CliRunner().invoke(cli.main, ["release", wave]) for wave in kept)
    assert first.exit_code == 0, first.stderr
    assert second.exit_code == 2 and "rows were already published" in second.stderr, second.stderr
