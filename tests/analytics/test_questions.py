"""Single questions: the answers as worded, and the end that weighs."""

import numpy as np
import pytest
from small_waves import ALL_SCALES, CBI_WORK, CONTROL, PREFERENCE, a_scale, a_wave, random_wave

from analytics.instrument import Item
from analytics.questions import burdened, questions
from analytics.systems import systems

WORDS = ("Never", "Seldom", "Sometimes", "Often", "Always")


def by_id(columns):
    return {measure.id: measure for column in columns for measure in column.measures}


def test_every_question_has_its_answers_and_its_burdened_end():
    wave = random_wave(scales=(CBI_WORK,))
    columns = questions(wave, dict.fromkeys(CBI_WORK.columns, WORDS))
    found = by_id(columns)
    assert [column.name for column in columns] == list(CBI_WORK.columns)
    one, end = found["CBI.WB1"], found["CBI.WB1:end"]
    assert one.kind == "parts" and one.parts == WORDS and one.view == end.view == "questions"
    counts = np.bincount(columns[0].codes, minlength=6)
    assert np.nansum(counts * np.array(end.weights)) == counts[4] + counts[5]
    assert "“Often” or “Always”" in end.formula


def test_a_reversed_question_weighs_at_its_other_end():
    found = by_id(questions(random_wave(scales=(CBI_WORK, CONTROL))))
    assert found["CBI.WB7"].burden == "low" and found["CBI.WB7:end"].weights[1:] == (1, 1, 0, 0, 0)
    assert found["EVK.CTL1"].burden == "low" and found["EVK.CTL1:end"].weights[1:] == (1, 1, 0, 0, 0)
    assert found["EVK.CTL3"].burden == "high" and found["EVK.CTL3:end"].weights[1:] == (0, 0, 0, 1, 1)
    assert found["CBI.WB7:end"].burden == found["EVK.CTL1:end"].burden == "high"


def test_a_question_without_a_worrying_end_counts_agreement_as_worded():
    found = by_id(questions(random_wave(scales=(PREFERENCE,))))
    for item in ("EVK.PREF1", "EVK.PREF3"):
        assert found[item].burden == "" and found[f"{item}:end"].weights[1:] == (0, 0, 0, 1, 1)


@pytest.mark.parametrize(("levels", "codes"), [(2, (2,)), (3, (3,)), (4, (3, 4)), (5, (4, 5)), (7, (5, 6, 7))])
def test_the_middle_answer_belongs_to_no_end(levels, codes):
    assert burdened(Item("x", "x", levels), "high") == codes


def test_without_words_answers_are_numbered_and_doubled_words_are_not_used():
    wave = random_wave(scales=(CONTROL,))
    assert by_id(questions(wave))["EVK.CTL1"].parts[0] == "Answer 1 of 5"
    assert by_id(questions(wave, {"EVK.CTL1": ("a",) * 5}))["EVK.CTL1"].parts[4] == "Answer 5 of 5"


def test_a_question_of_two_scales_and_one_that_nobody_answered_appear_once_and_never():
    again = a_scale("EVK.again", "control", ["CTL1", "CTL9"])
    wave = a_wave({"EVK.CTL1": [1, 2], "EVK.CTL9": [0, 0]}, (CONTROL, again))
    assert [column.name for column in questions(wave)] == ["EVK.CTL1"]


def test_answers_and_end_are_one_system():
    every = [measure for column in questions(random_wave(scales=ALL_SCALES)) for measure in column.measures]
    system = next(one for one in systems(every) if one.name == "CBI.WB7")
    assert system.counts == ({part: (place,) for place, part in enumerate(every[0].parts)}, (0, 1))
