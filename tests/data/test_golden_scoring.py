"""The 22 golden scoring cases, through the keys that ship: file codes in, scores and lines out."""

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.instrument import custom_scale
from analytics.score import scale_scores, score
from analytics.wave import Tree, Unit, Wave
from data import questionnaires

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference" / "reference_values.json"
BAT12_ITEMS = [f"{part}S{i}" for part in ("EX", "MD", "CI", "EI") for i in (1, 2, 3)]


def cases():
    if not REFERENCE.exists():
        pytest.skip("the reference numbers are not beside this repository")
    return {case["case"]: case for case in json.loads(REFERENCE.read_text())["scoring_vectors"]["cases"]}


def scored(instrument, codes):
    """Scores of one person by scale; ``codes``: item code -> stored answer, 0 missing."""
    answers = pd.DataFrame({f"{instrument}.{code}": [value] for code, value in codes.items()}, dtype=np.int8)
    nothing = pd.DataFrame(index=answers.index)
    tree = Tree((Unit("All", -1),))
    scales = questionnaires.load()[instrument].scales
    wave = Wave("S", "W", True, answers, nothing, nothing, {}, np.zeros(1, np.int32), tree, scales)
    return {name: values[0] for name, values in score(wave).items()}


def check(got, expected):
    assert np.isnan(got) if expected is None else got == pytest.approx(expected, abs=1e-6)


def stored(responses, lowest=1, step=1):
    return [0 if value is None else round((value - lowest) / step) + 1 for value in responses]


@pytest.mark.parametrize(
    ("name", "scale", "code"),
    [
        ("cbi_personal_complete", "personal", "PB"),
        ("cbi_personal_3_of_6_answered", "personal", "PB"),
        ("cbi_personal_2_of_6_answered", "personal", "PB"),
        ("cbi_work_item7_reversed", "work", "WB"),
        ("cbi_work_3_of_7_answered", "work", "WB"),
    ],
)
def test_copenhagen(name, scale, code):
    case = cases()[name]
    codes = {f"{code}{i}": value for i, value in enumerate(stored(case["responses"], 0, 25), start=1)}
    got = scored("CBI", codes)[f"CBI.{scale}"]
    check(got, case["expected"]["score"])
    if "band" in case["expected"]:
        first, second = (line.at for line in questionnaires.load()["CBI"].scales[0].lines)
        assert first <= got < second


@pytest.mark.parametrize("name", ["olbi_agree_first_coding", "olbi_same_person_disagree_first_coding"])
def test_oldenburg_in_both_codings(name):
    """Stored answers have 1 = strongly disagree; a file with agreement first is turned on import."""
    case = cases()[name]
    turned = "agree_first" in name and "disagree" not in name
    codes = {str(i): 5 - value if turned else value for i, value in enumerate(case["responses"], start=1)}
    got = scored("OLBI", codes)
    for part in ("exhaustion", "disengagement"):
        assert got[f"OLBI.{part}"] * 3 / 100 + 1 == pytest.approx(case["expected"][part], abs=1e-6)
        line = {scale.id: scale.lines[0].at for scale in questionnaires.load()["OLBI"].scales}[f"OLBI.{part}"]
        assert (got[f"OLBI.{part}"] >= line) == case["expected"].get(f"{part}_high", True)
    if "total_sum" in case["expected"]:
        assert sum(got[f"OLBI.{part}"] * 24 / 100 + 8 for part in ("exhaustion", "disengagement")) == pytest.approx(49)


def test_a_mean_of_exactly_the_line_is_at_the_line():
    exhaustion = next(scale for scale in questionnaires.load()["OLBI"].scales if scale.id == "OLBI.exhaustion")
    keyed = [2, 2, 2, 2, 2, 2, 3, 3]
    codes = [5 - c if item.reversed else c for c, item in zip(keyed, exhaustion.items, strict=True)]
    assert scale_scores(np.array([codes], np.int8), exhaustion)[0] == exhaustion.lines[0].at


@pytest.mark.parametrize("name", ["bat12_green_edge", "bat12_orange", "bat12_red"])
def test_burnout_assessment_tool(name):
    case = cases()[name]
    got = scored("BAT12", dict(zip(BAT12_ITEMS, case["responses"], strict=True)))
    expected = case["expected"]
    assert got["BAT12.total"] / 25 + 1 == pytest.approx(expected["total"], abs=1e-6)
    for short, part in [("EX", "exhaustion"), ("MD", "mental_distance"), ("CI", "cognitive_impairment")]:
        if short in expected:
            assert got[f"BAT12.{part}"] / 25 + 1 == pytest.approx(expected[short], abs=1e-6)
    orange, red = (line.at for line in questionnaires.load()["BAT12"].scales[0].lines)
    band = "red" if got["BAT12.total"] >= red else "orange" if got["BAT12.total"] >= orange else "green"
    assert band == expected["band"]


def test_bat_total_needs_all_four_parts():
    codes = dict.fromkeys(BAT12_ITEMS, 3)
    without = codes | {"EIS1": 0, "EIS2": 0}
    got = scored("BAT12", without)
    assert np.isnan(got["BAT12.total"]) and np.isnan(got["BAT12.emotional_impairment"])
    assert got["BAT12.exhaustion"] == 50
    one_part_absent = {code: value for code, value in codes.items() if not code.startswith("EIS")}
    assert "BAT12.total" not in scored("BAT12", one_part_absent)


@pytest.mark.parametrize("name", ["who5", "who5_missing"])
def test_who5(name):
    case = cases()[name]
    codes = {f"WHO{i}": value for i, value in enumerate(stored(case["responses"], 0), start=1)}
    got = scored("WHO5", codes)["WHO5.wellbeing"]
    check(got, case["expected"]["score"])
    if "low_wellbeing" in case["expected"]:
        assert (got <= questionnaires.load()["WHO5"].scales[0].lines[0].at) == case["expected"]["low_wellbeing"]


def test_uwes3():
    case = cases()["uwes3"]
    got = scored("UWES3", dict(zip(("VI", "DE", "AB"), stored(case["responses"], 0), strict=True)))
    check(got["UWES3.engagement"], case["expected"]["pomp"])
    check(got["UWES3.engagement"] * 6 / 100, case["expected"]["mean"])


def test_share_of_the_range():
    """A mean on any range becomes 0-100; means that no single answer gives are made from several answers."""
    checked = 0
    for name, case in cases().items():
        if not name.startswith("pomp_"):
            continue
        mean, low, high = case["responses"]
        times = 100
        total = round((mean - low) * times)
        levels = round(high - low) + 1
        codes = [1 + total // times + (place < total % times) for place in range(times)]
        scale = custom_scale("X.p", "x", "other", [f"X.{i}" for i in range(times)], levels)
        check(scale_scores(np.array([codes], np.int8), scale)[0], case["expected"]["pomp"])
        checked += 1
    assert checked == 7


@pytest.mark.parametrize("name", ["half_rule_generic_5_items", "half_rule_generic_5_items_fail"])
def test_half_rule(name):
    case = cases()[name]
    scale = custom_scale("X.h", "x", "other", [f"X.{i}" for i in range(5)], 5)
    got = scale_scores(np.array([stored(case["responses"])], np.int8), scale)[0]
    expected = case["expected"]["mean"]
    check(got / 25 + 1, expected)


def test_all_22_cases_are_covered_here():
    assert len(cases()) == 5 + 2 + 3 + 2 + 1 + 7 + 2
