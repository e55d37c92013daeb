"""Real survey files with published figures: rows, reliabilities and shares come out of the road from file to wave."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from analytics.reliability import reliability
from data.assemble import Assembled
from data.inspection import Seen, assemble, look
from data.intake import Limits
from data.moments import instants
from data.numerals import numbers
from data.recipe import CustomScale, Recipe
from data.table import Refused

DATASETS = Path(__file__).parents[2].parent / "shared" / "corpus" / "datasets"
RECIPES = Path(__file__).parents[1] / "data_files"
pytestmark = pytest.mark.skipif(not DATASETS.exists(), reason="the real survey files are not beside this repository")
LOW_FIRST = "low_first"


def seen(name: str, recipe: Recipe | None = None) -> Seen:
    return look((DATASETS / name).read_bytes(), name, recipe or Recipe(), Limits())


def wave(name: str, recipe: Recipe) -> Assembled:
    return assemble(seen(name, recipe), None, "Survey", "Wave", False, b"")


def scale(id_: str, *columns: str, role: str = "other", turned: tuple[str, ...] = ()) -> CustomScale:
    return CustomScale(f"custom.{id_}", id_, role, columns, turned)


def alphas(made: Assembled) -> dict[str, float]:
    found = {one.id: reliability(made.wave.answers[list(one.columns)].to_numpy(), one) for one in made.wave.scales}
    return {id_.removeprefix("custom."): one.alpha for id_, one in found.items()}


def icc1(values: np.ndarray, groups: np.ndarray) -> float:
    """From the mean squares between and within groups of unequal size (Bliese 2000)."""
    known = ~np.isnan(values)
    values, groups = values[known], np.unique(groups[known], return_inverse=True)[1]
    sizes = np.bincount(groups)
    means = np.bincount(groups, values) / sizes
    between = (sizes * (means - values.mean()) ** 2).sum() / (len(sizes) - 1)
    within = ((values - means[groups]) ** 2).sum() / (len(values) - len(sizes))
    size = (len(values) - (sizes**2).sum() / len(values)) / (len(sizes) - 1)
    return (between - within) / (between + (size - 1) * within)


def cells(file: Seen, name: str) -> list[str]:
    column = next(column for column in file.raw.columns if column.name.strip() == name)
    return file.raw.cells[column.index].iloc[list(file.recognition.keep)].tolist()


def test_leadership_in_49_companies() -> None:
    customs = (
        scale("lead", *(f"LEAD{n:02d}" for n in range(1, 12))),
        scale("tsig", *(f"TSIG{n:02d}" for n in range(1, 4))),
        scale("hostil", *(f"HOSTIL{n:02d}" for n in range(1, 6))),
    )
    made = wave("o01_multilevel_lq2002.csv", Recipe(direction=LOW_FIRST, custom=customs, unit="COMPID"))
    assert len(made.wave) == 2042 and len(made.wave.tree) - 1 == 49
    assert alphas(made) == pytest.approx({"lead": 0.902, "tsig": 0.823, "hostil": 0.873}, abs=0.0006)
    roles = {column.name: column.role for column in seen("o01_multilevel_lq2002.csv").recognition.columns}
    assert all(roles[name] == "number" for name in ("LEAD", "TSIG", "HOSTILE", "GLEAD", "GTSIG", "GHOSTILE"))
    lead = made.wave.answers[[f"custom.lead.{n}" for n in range(1, 12)]].to_numpy(float).mean(axis=1)
    assert icc1(lead, made.wave.unit) == pytest.approx(0.088, abs=0.001)


def test_wellbeing_in_99_groups() -> None:
    file = seen("o02_multilevel_bh1996.csv")
    assert len(file.recognition.keep) == 7382
    assert {column.role for column in file.recognition.columns} == {"number"}
    groups = np.array(cells(file, "GRP"))
    assert len(set(groups)) == 99
    for name, published in (("WBEING", 0.04337), ("HRS", 0.133), ("LEAD", 0.127), ("COHES", 0.044)):
        assert icc1(np.array(numbers(cells(file, name))), groups) == pytest.approx(published, abs=0.0006), name


def test_three_waves_of_soldiers_in_one_file() -> None:
    figures = {"JSAT": (3.235, 3.246, 3.338), "COMMIT": (3.617, 3.468, 3.537), "READY": (3.010, 3.109, 3.212)}
    file = seen("o03_multilevel_univbct.csv")
    asked = next(question for question in file.questions if question.key == "wave")
    assert [option for option, _ in asked.options] == ["0", "1", "2", "all"] and "495 people" in asked.text
    missing = 0
    for place, wave_name in enumerate(("0", "1", "2")):
        customs = (scale("rank", "HOWLONG"),)  # the road wants one scale; the figures are in the numbers
        recipe = Recipe(answers={"wave": wave_name}, direction=LOW_FIRST, custom=customs, unit="BTN")
        made = wave("o03_multilevel_univbct.csv", recipe).wave
        assert len(made) == 495 and len(made.tree) - 1 == 16
        missing += int(made.numbers["JSAT"].isna().sum())
        for name, means in figures.items():
            assert made.numbers[name].mean() == pytest.approx(means[place], abs=0.0006), (name, wave_name)
    assert missing == 89


def test_home_office_in_a_tab_separated_qualtrics_file() -> None:
    file = seen("o04_qualtrics_homeoffice.tsv")
    assert (file.raw.tool, file.raw.header_rows, len(file.recognition.keep)) == ("qualtrics", 3, 858)
    assert file.recognition.flags["possible_spam"] == 14
    finished = [cell in ("1", "True", "TRUE") for cell in cells(file, "Finished")]
    assert sum(finished) in (704, 705)
    said = [cell for cell in cells(file, "now_before_eff") if cell not in ("", "NA")]
    shares = [said.count(word) / len(said) for word in ("less efficient", "similarly efficient", "more efficient")]
    assert len(said) == 662 and shares == pytest.approx([0.465, 0.301, 0.234], abs=0.0006)
    aspects = [column for column in file.recognition.columns if column.name.startswith("home_office_aspect")]
    assert [column.levels for column in aspects] == [7] * 15


def test_research_software_in_a_limesurvey_file() -> None:
    prefix = "likert2[affSat"
    file = seen("o05_limesurvey_rse2017_de.csv")
    names = [column.name for column in file.recognition.columns if column.name.startswith(prefix)]
    made = wave("o05_limesurvey_rse2017_de.csv", Recipe(direction=LOW_FIRST, custom=(scale("satisfaction", *names),)))
    assert len(made.wave) == 325
    assert alphas(made)["satisfaction"] == pytest.approx(0.873, abs=0.0006)
    answers = made.wave.answers.to_numpy(float)
    complete = answers[(answers > 0).all(axis=1)]
    assert (len(complete), complete.mean()) == (269, pytest.approx(3.718, abs=0.0006))
    blocks = [c for c in file.recognition.columns if c.role == "item" and c.name.startswith("likert")]
    assert len(blocks) == 38 and sorted({column.levels for column in blocks}) == [5, 10, 11]


def test_mental_health_in_a_google_file() -> None:
    file = seen("o06_googleforms_osmi2014.csv")
    assert (file.raw.tool, len(file.recognition.keep)) == ("google_forms", 1259)
    assert cells(file, "treatment").count("Yes") / 1259 == pytest.approx(0.506, abs=0.0006)
    ages = [age for age in numbers(cells(file, "Age")) if not 0 < age < 120]
    assert {-1726.0, 99999999999.0} <= set(ages)


def test_remote_work_says_what_it_lacks() -> None:
    file = seen("o07_nsw_remote2021.csv")
    assert len(file.recognition.keep) == 1512 and file.recognition.instruments == {}
    with pytest.raises(Refused) as caught:
        assemble(file, None, "Survey", "Wave", False, b"")
    assert "Name at least one scale" in caught.value.message


@pytest.mark.parametrize("name", ["o08_csps2019_organisations.csv", "o09_nhs_staff_trusts_2021_2024.csv"])
def test_results_of_organisations_are_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        seen(name)
    assert caught.value.kind == "aggregated_not_raw" and "already aggregated" in caught.value.message


@pytest.mark.parametrize("name", ["o12_qualtrics_sample_de.csv", "o13_qualtrics_legacy.csv"])
def test_one_answer_is_refused(name: str) -> None:
    with pytest.raises(Refused) as caught:
        seen(name)
    assert caught.value.kind == "too_few_rows"


def test_exhaustion_and_technology_after_hours() -> None:
    recipe = Recipe.from_json((RECIPES / "o14_recipe.json").read_text(encoding="utf-8"))
    made = wave("o14_qualtrics_labels_workaholism.xlsx", recipe)
    assert (len(made.wave), made.problems.blocking, len(made.wave.tree)) == (115, (), 1)
    assert alphas(made)["exhaustion"] == pytest.approx(0.941, abs=0.0006)
    assert alphas(made)["cognitive_workaholism"] == pytest.approx(0.929, abs=0.0006)
    answers = made.wave.answers
    exhaustion = answers[[f"custom.exhaustion.{n}" for n in range(1, 6)]].mean(axis=1)
    assert exhaustion.corr(answers["custom.after_hours.1"]) == pytest.approx(0.364, abs=0.0006)


def test_times_come_out_whatever_the_tool() -> None:
    file = seen("o06_googleforms_osmi2014.csv")
    assert all(instants(cells(file, "Timestamp"), file.raw.timezone))
