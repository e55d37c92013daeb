"""The direction trap: a question that runs against its scale is not scored until somebody confirms its direction."""

from __future__ import annotations

import csv
import json

import numpy as np
import pytest
from click.testing import CliRunner

import cli

COLUMNS = ["tired 1", "tired 2", "tired 3", "fresh"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    """The scripts on a file whose last question is worded the other way round, and a recipe that overlooks it."""
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))
    rng = np.random.default_rng(4)
    level = rng.normal(3, 1, 60)
    answers = [np.clip(np.round(sign * (level - 3) + 3 + rng.normal(0, 0.6, 60)), 1, 5) for sign in (1, 1, 1, -1)]
    with (tmp_path / "file.csv").open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        writer.writerows([int(one[row]) for one in answers] for row in range(60))

    def call(out, answered, turned):
        scale = {"id": "custom.tired", "title": "Tiredness", "role": "burnout", "columns": COLUMNS, "reversed": turned}
        recipe = {"evenkeel_recipe": 1, "direction": "low_first", "custom": [scale], "answers": answered}
        (tmp_path / "recipe.json").write_text(json.dumps(recipe), encoding="utf-8")
        argv = ["publish", tmp_path / "file.csv", "--out", tmp_path / out, "--recipe", tmp_path / "recipe.json"]
        return CliRunner().invoke(cli.main, [str(one) for one in argv])

    return call


def test_a_question_against_its_scale_stops_until_it_is_confirmed(run):
    refused = run("one", {}, [])
    assert refused.exit_code == 2
    asked = [word.strip("[]") for word in refused.stderr.split() if word.startswith("[confirm:")]
    assert asked and "runs against the other questions" in refused.stderr
    assert run("two", dict.fromkeys(asked, "yes"), []).exit_code == 0


def test_a_question_that_is_turned_round_needs_no_confirmation(run):
    done = run("one", {}, ["fresh"])
    assert done.exit_code == 0, done.stderr
