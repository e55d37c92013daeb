"""The page before publishing, from the script: a verdict, what it says, what it proposes, and that red stops."""

from __future__ import annotations

import io
import json
import zipfile

import numpy as np
import pytest
from click.testing import CliRunner

from analytics.release import TamperedRelease, canonical, seal
from cli import main
from data.access import LOCAL_ANALYST
from data.files import read_release_files
from data.store import Store
from tests.small_company import MAIL, REMARKS, SECRET, TEAMS, company

PEOPLE = sum(TEAMS.values())
UNITS = "unit,parent\n" + "".join(f"{name.split(' / ')[1]},{name.split(' / ')[0]}\n" for name in TEAMS)
UNITS += "North,\nSouth,\n"


@pytest.fixture
def run(tmp_path, monkeypatch):
    """Run a command of the script on a data folder of its own."""
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "home"))

    def command(*argv, file=None, recipe=None):
        argv = list(argv)
        if recipe is not None:
            (tmp_path / "recipe.json").write_text(json.dumps({"evenkeel_recipe": 1} | recipe), encoding="utf-8")
            argv += ["--recipe", str(tmp_path / "recipe.json")]
        return CliRunner().invoke(main, argv, input=file)

    return command


def page(run, file, *more, recipe=None):
    done = run("foresee", "-", "--name", "company.csv", "--json", *more, file=file, recipe=recipe)
    return json.loads(done.stdout), done.exit_code


def keep(run, file, wave="Spring", survey="Company", recipe=None, more=()):
    argv = ("keep", "-", "--name", "company.csv", "--survey", survey, "--wave", wave, *more)
    return run(*argv, file=file, recipe=recipe)


def test_a_file_of_large_teams_is_green(run):
    told, code = page(run, company({"Alder": 40, "Birch": 30}))
    assert (told["verdict"], code) == ("green", 0)
    assert told["stop"] == told["problems"] == told["joins"] == told["coarsenings"] == []
    assert told["managers"][0].startswith("2 of 2 teams will be shown on their own.")
    assert [row["k"] for row in told["by_k"]] == [5, 8, 10, 12]
    assert told["rows"] == 70


def with_ages(file: bytes) -> bytes:
    """The file with a column of ages to the month, which is neither a group nor an answer."""
    first, *rest = file.decode("utf-8-sig").splitlines()
    return "\n".join([f"{first},Age", *(f"{row},{20 + place * 0.61:.2f}" for place, row in enumerate(rest))]).encode()


def test_a_column_of_numbers_that_singles_people_out_is_said_and_can_be_left_out(run):
    file = with_ages(company({"Alder": 40, "Birch": 30}))
    told, _ = page(run, file, recipe={"roles": {"Age": "number"}})
    assert told["verdict"] == "amber"
    assert any("Age" in sentence and "stand alone" in sentence for sentence in told["singles_out"])
    (way,) = [one for one in told["coarsenings"] if one["words"].startswith("Age left out")]
    again, _ = page(run, file, recipe={"roles": {"Age": "number"} | way["recipe"]["roles"]})
    assert again["verdict"] == "green" and not any("Age" in sentence for sentence in again["singles_out"])


def test_columns_and_cells_that_identify_are_named_and_never_said(run):
    told, _ = page(run, company())
    assert any(MAIL in sentence for sentence in told["removed"])
    (cells,) = told["cells"]
    assert cells.startswith('In "Any remarks" 2 cells look like e-mail addresses or telephone numbers: rows 5, 12.')
    assert all(str(row + 2) in cells for row in REMARKS)  # record numbers, the header is the first
    everything = json.dumps(told)
    for secret in (SECRET, "98765", "person0@", "flickered"):
        assert secret not in everything


@pytest.mark.parametrize(
    "recipe",
    [
        {"roles": {MAIL: "segment"}},
        {"roles": {MAIL: "number"}},
        {"unit": MAIL},
        {"unit": MAIL, "roles": {MAIL: "segment"}},
    ],
)
def test_an_identifier_that_would_be_kept_is_red_and_nothing_keeps_it(run, recipe, tmp_path):
    told, code = page(run, company(), recipe=recipe)
    assert (told["verdict"], code) == ("red", 2)
    assert "identifies people (mail)" in told["stop"][0]
    kept = keep(run, company(), recipe=recipe)
    assert kept.exit_code == 2
    assert "identifies people" in kept.stderr
    assert Store.open().waves() == []
    (tmp_path / "company.csv").write_bytes(company())
    published = run("publish", str(tmp_path / "company.csv"), "--out", str(tmp_path / "out"), recipe=recipe)
    assert published.exit_code == 2
    assert not (tmp_path / "out").exists()


def test_addresses_cannot_be_made_a_scale_of_ones_own(run):
    custom = {"id": "custom.x", "title": "X", "role": "other", "columns": [MAIL]}
    kept = keep(run, company(), recipe={"custom": [custom]})
    assert kept.exit_code == 2
    assert "person0@" not in kept.stderr


def test_fewer_rows_than_the_smallest_group_are_red_and_are_not_kept(run):
    few = company({"Alder": 6})
    told, code = page(run, few)
    assert (told["verdict"], code) == ("red", 2)
    assert "8 answers or more" in told["stop"][0]
    assert "has 6" in told["stop"][0]
    assert keep(run, few, more=("--k", "8")).exit_code == 2
    assert page(run, few, "--k", "5")[0]["verdict"] != "red"


def test_k_has_a_floor(run):
    done = run("foresee", "-", "--k", "4", file=company())
    assert done.exit_code == 2
    assert "should be 5 or more, but got 4" in done.stderr


def test_joined_teams_are_shown_under_both_names(run, tmp_path):
    told, _ = page(run, company())
    (join,) = told["joins"]
    assert join["words"] == "Join Birch, Cedar and Dogwood in North: as one team they will be shown."
    after, _ = page(run, company(), recipe=join["recipe"])
    assert after["joins"] == []
    own = [row["own"] for told_ in (told, after) for row in told_["by_k"] if row["k"] == 8]
    assert own == [3, 4]
    wave = json.loads(keep(run, company(), recipe=join["recipe"]).stdout)["wave"]
    assert run("release", wave).exit_code == 0
    units = Store.open().read(LOCAL_ANALYST, wave, 0, "indicators").manifest["units"]
    assert [u["name"] for u in units if u["shown"] and " + " in u["name"]] == ["Birch + Cedar + Dogwood"]


def test_teams_of_a_units_file_are_joined_in_it(run, tmp_path):
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    file = company({name.split(" / ")[1]: size for name, size in TEAMS.items()})
    told, _ = page(run, file, "--units", str(tmp_path / "units.csv"))
    (join,) = told["joins"]
    after, _ = page(run, file, "--units", str(tmp_path / "units.csv"), recipe=join["recipe"])
    assert after["joins"] == []
    assert [row["teams"] for row in after["by_k"]] == [4, 4, 4, 4]
    assert after["problems"] == []


AGE = {"roles": {"Age": "segment"}}  # taken for a number otherwise, which no figure is split by


def groups(people):
    rng = np.random.default_rng(5)
    ages, sites = rng.integers(20, 60, people), rng.integers(1, 4, people)
    return {"Age": [str(age) for age in ages], "Site": [f"Site {site}" for site in sites]}


def with_age(recipe):
    return {"merges": recipe["merges"], "roles": AGE["roles"] | recipe["roles"]}


def test_columns_that_single_people_out_are_amber_with_two_ways_out(run):
    file = company({"Alder": 60, "Birch": 60}, groups(120))
    told, code = page(run, file, recipe=AGE)
    assert (told["verdict"], code) == ("amber", 0)
    assert any("Age" in sentence and "stand alone" in sentence for sentence in told["singles_out"])
    assert len(told["coarsenings"]) == 2
    for way in told["coarsenings"]:
        after, _ = page(run, file, recipe=with_age(way["recipe"]))
        assert (after["verdict"], after["coarsenings"]) == ("green", [])


def test_coarser_columns_are_kept_coarser(run):
    file = company({"Alder": 60, "Birch": 60}, groups(120))
    told, _ = page(run, file, recipe=AGE)
    way = next(way for way in told["coarsenings"] if "Age" not in way["recipe"]["roles"])
    wave = json.loads(keep(run, file, recipe=with_age(way["recipe"])).stdout)["wave"]
    labels = Store.open().wave(wave).segment_labels["Age"]
    assert len(labels) <= 8
    assert all("-" in label for label in labels)


def released(run, wave, k):
    return run("release", wave, "--k", str(k))


def test_the_smallest_group_is_never_lowered(run):
    first = json.loads(keep(run, company()).stdout)["wave"]
    assert released(run, first, 10).exit_code == 0
    later = json.loads(keep(run, company(seed=8), wave="Autumn").stdout)["wave"]
    refused = released(run, later, 8)
    assert refused.exit_code == 2
    assert "Spring was published with 10, but this asks for 8" in refused.stderr
    Store.open().delete(first)
    assert released(run, later, 8).exit_code == 2  # what was published stays known
    assert released(run, later, 12).exit_code == 0


def test_the_same_rows_under_another_name_are_no_way_round(run):
    first = json.loads(keep(run, company()).stdout)["wave"]
    assert released(run, first, 10).exit_code == 0
    again = json.loads(keep(run, company(), survey="Another").stdout)["wave"]
    assert "with 10, but this asks for 8" in released(run, again, 8).stderr


def test_an_edited_manifest_is_refused_at_load(run, tmp_path):
    wave = json.loads(keep(run, company()).stdout)["wave"]
    assert released(run, wave, 8).exit_code == 0
    (folder,) = (found.parent for found in (tmp_path / "home").rglob("manifest.json"))
    made = read_release_files(folder)
    lowered = dict(made.manifest) | {"thresholds": dict(made.manifest["thresholds"]) | {"k": 5}}
    for manifest in (lowered, seal(lowered, made.cells, made.audit)):  # as it is, and sealed anew
        (folder / "manifest.json").write_bytes(canonical(manifest))
        with pytest.raises(TamperedRelease):
            Store.open().read(LOCAL_ANALYST, wave, 0, "indicators")
    (folder / "manifest.json").write_bytes(canonical(lowered))
    assert run("audit", str(folder)).exit_code == 1


HOSTILE = ["=cmd|' /C calc'!A0", "<img src=x onerror=alert(1)>", "$\\href{javascript:alert(1)}{x}$", "../../x"]


def test_hostile_names_of_teams_and_columns_are_harmless(run, tmp_path):
    teams = dict(zip(HOSTILE, (3, 4, 5, 40), strict=True))
    file = company(teams, {"<img onerror>": ["=1+1", "@x"] * 26})
    told, code = page(run, file)
    assert code == 0
    said = json.dumps([told[part] for part in ("removed", "cells", "singles_out", "managers", "problems")])
    said += json.dumps([one["words"] for part in ("joins", "coarsenings") for one in told[part]])
    for sign in ("<", ">", "$", "\\\\", "=", "|", "../"):
        assert sign not in said
    wave = json.loads(keep(run, file, recipe=told["joins"][0]["recipe"] if told["joins"] else {}).stdout)["wave"]
    names = [unit.name for unit in Store.open().wave(wave).tree.units]
    assert not any(sign in name for name in names for sign in "<>$\\=|")
    assert not any(name.startswith((".", "/", "=", "+", "-", "@")) for name in names)


def workbook(rows):
    """A workbook of one sheet whose XML unpacks to far more than it weighs."""
    cells = "".join(f"<row><c t='inlineStr'><is><t>{'a' * 50}</t></is></c></row>" for _ in range(rows))
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "[Content_Types].xml",
            f"<Types xmlns='{package}/content-types'><Override PartName='/xl/workbook.xml' ContentType='application/"
            "vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml'/></Types>",
        )
        archive.writestr(
            "xl/workbook.xml",
            f"<workbook xmlns='{space}' xmlns:r='{office}'><sheets><sheet name='a' sheetId='1' r:id='r1'/></sheets>"
            "</workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f"<Relationships xmlns='{package}/relationships'><Relationship Id='r1' Type='{office}/worksheet' "
            "Target='worksheets/sheet1.xml'/></Relationships>",
        )
        sheet = f"<worksheet xmlns='{space}'><sheetData>{cells}</sheetData></worksheet>"
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    return sink.getvalue(), len(sheet)


def test_a_workbook_that_unpacks_to_far_more_is_refused(run):
    content, unpacked = workbook(2_500_000)
    assert unpacked > 100 * len(content)
    done = run("foresee", "-", "--name", "bomb.xlsx", "--json", file=content)
    assert done.exit_code == 2
    assert json.loads(done.stdout)["outcome"] == "refuse"


def test_100_000_columns_are_refused(run):
    header = ",".join(f"c{n}" for n in range(100_000))
    done = run("foresee", "-", "--name", "wide.csv", "--json", file=f"{header}\n{header}\n{header}\n".encode())
    assert done.exit_code == 2
    told = json.loads(done.stdout)
    assert told["outcome"] == "refuse"
    assert "100,000" in told["message"] or "2,000" in told["message"]


def test_nul_bytes_are_harmless(run):
    told, code = page(run, company().replace(b"Alder", b"Al\x00der"))
    assert code == 0
    assert "\\u0000" not in json.dumps(told)
