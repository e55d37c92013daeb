"""Published figures of real files, in the release that ``cli.py publish --recipe`` writes: alpha and ICC(1)."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

import cli
from analytics import chart, finding
from analytics.chart import quality as tables
from analytics.protect import load
from data.files import read_release_files

DATASETS = Path(__file__).parents[2].parent / "shared" / "corpus" / "datasets"
RECIPES = Path(__file__).parents[1] / "data_files"
pytestmark = pytest.mark.skipif(not DATASETS.exists(), reason="the real survey files are not beside this repository")


def published(folder, name, recipe):
    argv = ["publish", DATASETS / name, "--out", folder / "out", "--recipe", RECIPES / recipe]
    done = CliRunner().invoke(cli.main, [str(one) for one in argv])
    assert done.exit_code == 0, done.stderr
    release = read_release_files(folder / "out")
    return load(release.cells, release.manifest)


def view(p, name):
    return p.select(0, name, frozenset(unit["id"] for unit in p.manifest["units"]))


def told(p, part):
    """The printed figures of one part of the reliability view, by scale."""
    cells = view(p, "reliability").cells
    mine = cells[(cells["part"] == part) & cells["shown"]]
    return {scale.removeprefix("custom."): text for scale, text in zip(mine["measure"], mine["text"], strict=True)}


def test_leadership_climate_in_49_companies(tmp_path):
    p = published(tmp_path, "o01_multilevel_lq2002.csv", "o01_recipe.json")
    assert told(p, "alpha") == {"leadership": "0.90", "significance": "0.82", "hostility": "0.87"}
    assert told(p, "icc1") == {"leadership": "0.09", "significance": "0.08", "hostility": "0.05"}
    assert (told(p, "icc2")["leadership"], told(p, "rwg")["leadership"]) == ("0.80", "0.87")
    assert told(p, "ad")["leadership"] == "0.89"
    table = chart.reliability(view(p, "reliability")).numbers.set_index("Scale")
    assert table.loc["Leadership climate", "Alpha"] == "0.90"
    between = tables.agreement(view(p, "reliability")).numbers.set_index("Scale")
    assert between["ICC(1)"].tolist() == ["0.09", "0.08", "0.05"]


def test_teams_hardly_differ_in_wellbeing(tmp_path):
    p = published(tmp_path, "o02_multilevel_bh1996.csv", "o02_recipe.json")
    assert told(p, "icc1") == {"wellbeing": "0.04"}
    drawing = chart.teams(view(p, "indicators"), "custom.wellbeing")
    assert "Teams hardly differ in well-being: 4 % of its differences lie between teams" in drawing.subline
    assert finding.between(view(p, "indicators"), "custom.wellbeing") in drawing.subline
    assert drawing.title.startswith("Teams hardly differ in well-being; ")
    assert finding.overview(view(p, "indicators")).endswith(", the others hardly differ.")
    assert "Teams hardly differ in well-being" in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.long
def test_job_satisfaction_of_research_software_engineers(tmp_path):
    p = published(tmp_path, "o05_limesurvey_rse2017_de.csv", "o05_recipe.json")
    assert told(p, "alpha") == {"satisfaction": "0.87"}


def test_exhaustion_and_thinking_of_work(tmp_path):
    p = published(tmp_path, "o14_qualtrics_labels_workaholism.xlsx", "o14_recipe.json")
    alphas = told(p, "alpha")
    assert (alphas["exhaustion"], alphas["cognitive_workaholism"]) == ("0.94", "0.93")
