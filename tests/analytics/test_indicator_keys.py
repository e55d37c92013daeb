"""The indicators read the questionnaires whose keys ship: same ids, same lines, nothing left absent."""

import numpy as np
import pytest
from small_waves import a_wave

from analytics import indicators
from analytics.derived import DEMANDS, RESOURCES
from analytics.indicator_set import OLBI_DISENGAGED, OLBI_EXHAUSTED, SCALE_INDICATORS
from analytics.questions import questions
from analytics.score import score
from analytics.segment import boundary
from analytics.systems import systems
from data import questionnaires

KEYS = questionnaires.load()
SCALES = {scale.id: scale for key in KEYS.values() for scale in key.scales}


def wave_of(names, n=400, seed=0):
    rng = np.random.default_rng(seed)
    scales = [scale for name in names for scale in KEYS[name].scales]
    answers = {i.id: rng.integers(1, i.levels + 1, n) for scale in scales for i in scale.items}
    return a_wave(answers, scales, hours=rng.integers(30, 66, n).astype(float))


def worked_out(names):
    wave = wave_of(names)
    scores = score(wave)
    return indicators.measures(wave, scores, boundary(scores, wave.scales))


def test_every_scale_that_an_indicator_names_has_its_key():
    assert {*SCALE_INDICATORS, *DEMANDS, *RESOURCES, "OLBI.exhaustion", "TELE.telepressure"} <= set(SCALES)


def test_the_lines_of_the_pattern_are_those_of_the_keys():
    assert SCALES["OLBI.exhaustion"].lines[0].at == OLBI_EXHAUSTED
    assert SCALES["OLBI.disengagement"].lines[0].at == OLBI_DISENGAGED


def test_a_file_with_every_questionnaire_lacks_no_indicator():
    names = [name for name in KEYS if name != "SPS"]
    _, figures, absent = worked_out(names)
    assert absent == ()
    assert {figure.indicator for figure in figures} - {""} == {f"I{place}" for place in range(1, 15)}
    assert len({figure.id for figure in figures}) == len(figures)


@pytest.mark.parametrize(
    ("name", "indicator", "figure"),
    [
        ("BAT12", "I3", "BAT12.total>=38.5"),
        ("BAT23", "I3", "BAT23.total>=50.5"),
        ("OLBI", "I4", "I4"),
        ("SINGLE", "I5", "SINGLE.burnout>=50"),
        ("CARLSON", "I6", "I6.CARLSON.strain_wif"),
        ("NETEMEYER", "I6", "I6.NETEMEYER.wfc"),
        ("COPSOQ", "I6", "I6.COPSOQ.work_life_conflict"),
        ("REQ", "I7", "I7"),
        ("WLI", "I10", "I10"),
        ("TELE", "I11", "I11.pressure"),
        ("COPSOQ", "I13", "I13.over"),
        ("WHO5", "I14", "WHO5.wellbeing<=50"),
    ],
)
def test_each_questionnaire_gives_its_indicator(name, indicator, figure):
    _, figures, absent = worked_out([name])
    found = {one.id: one for one in figures}
    assert found[figure].indicator == indicator and found[figure].kind == "share"
    assert indicator not in {one.indicator for one in absent}


def test_home_getting_in_the_way_of_work_is_no_indicator():
    _, figures, _ = worked_out(["CARLSON", "NETEMEYER"])
    assert not [one.id for one in figures if one.id.startswith("I6") and one.id.endswith(("fiw", "fwc"))]


def test_a_line_between_whole_numbers_is_told_to_one_decimal_and_counted_unrounded():
    _, figures, _ = worked_out(["OLBI"])
    found = next(one for one in figures if one.id.startswith("OLBI.exhaustion>="))
    assert found.title.endswith(": 41.7 or higher") and found.line.at == OLBI_EXHAUSTED
    assert found.formula.endswith("41.7 or higher: 2.25 on 1 to 4")


def test_the_total_leads_among_the_scales_of_its_questionnaire():
    _, figures, _ = worked_out(["BAT12"])
    assert figures[0].id == "BAT12.total" and figures[0].headline


def test_all_figures_and_questions_of_all_keys_join_into_systems():
    names = [name for name in KEYS if name != "SPS"]
    codes, figures, _ = worked_out(names)
    asked = [measure for column in questions(wave_of(names)) for measure in column.measures]
    for system in systems([*figures, *asked]):
        codes_of = codes.get(system.name)
        assert len(system.counts) == len(system.measures) and system.classes[0] == -1
        assert codes_of is None or codes_of.max() < len(system.classes)
