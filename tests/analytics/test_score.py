"""Scores against hand-worked cases and the golden scoring cases."""

import numpy as np
import pytest
from small_waves import CBI_PERSONAL, CBI_WORK, a_scale, a_wave, reference

from analytics.instrument import Item, Scale
from analytics.score import scale_scores, score

# Golden CBI cases: (scale, answers as 0-100 or None, expected score or None).
CBI_CASES = [
    (CBI_PERSONAL, [75, 50, 50, 25, 75, 50], 54.166667),
    (CBI_PERSONAL, [75, None, None, None, 75, 50], 66.666667),
    (CBI_PERSONAL, [75, None, None, None, 75, None], None),
    (CBI_WORK, [75, 50, 50, 75, 50, 25, 75], 50.0),
    (CBI_WORK, [75, 50, 50, None, None, None, None], None),
]


def one_score(scale, codes):
    return scale_scores(np.array([codes], np.int8), scale)[0]


def from_percent(answers):
    return [0 if a is None else int(a // 25) + 1 for a in answers]


@pytest.mark.parametrize(("scale", "answers", "expected"), CBI_CASES)
def test_cbi_golden_cases(scale, answers, expected):
    got = one_score(scale, from_percent(answers))
    assert np.isnan(got) if expected is None else got == pytest.approx(expected, abs=1e-6)


def test_cbi_golden_cases_are_those_of_the_reference():
    cases = {case["case"]: case for case in reference()["scoring_vectors"]["cases"]}
    for name, scale in [
        ("cbi_personal_complete", CBI_PERSONAL),
        ("cbi_personal_3_of_6_answered", CBI_PERSONAL),
        ("cbi_personal_2_of_6_answered", CBI_PERSONAL),
        ("cbi_work_item7_reversed", CBI_WORK),
        ("cbi_work_3_of_7_answered", CBI_WORK),
    ]:
        expected = cases[name]["expected"]["score"]
        got = one_score(scale, from_percent(cases[name]["responses"]))
        assert np.isnan(got) if expected is None else got == pytest.approx(expected, abs=1e-6)


def test_olbi_and_bat_golden_cases_of_the_reference():
    cases = {case["case"]: case for case in reference()["scoring_vectors"]["cases"]}
    codes = [str(i) for i in range(1, 17)]
    reversed_codes = ("2", "3", "4", "6", "8", "9", "11", "12")
    for names, part in [
        (("1", "3", "6", "7", "9", "11", "13", "15"), "disengagement"),
        (("2", "4", "5", "8", "10", "12", "14", "16"), "exhaustion"),
    ]:
        scale = a_scale(f"OLBI.{part}", "burnout", names, 4, tuple(set(names) & set(reversed_codes)))
        case = cases["olbi_agree_first_coding"]
        answers = [case["responses"][codes.index(name)] for name in names]
        assert one_score(scale, answers) * 3 / 100 + 1 == pytest.approx(case["expected"][part], abs=1e-6)
    bat = a_scale("BAT12.total", "burnout", codes[:12])
    for name in ("bat12_green_edge", "bat12_orange", "bat12_red"):
        got = one_score(bat, cases[name]["responses"]) / 25 + 1
        assert got == pytest.approx(cases[name]["expected"]["total"], abs=1e-6)


def test_whole_range_rule_on_other_answer_scales():
    assert one_score(a_scale("X.a", "other", ["1"]), [3]) == 50.0
    assert one_score(a_scale("X.b", "other", ["1", "2"], 7), [4, 5]) == pytest.approx(58.333333, abs=1e-6)
    assert one_score(a_scale("X.c", "other", ["1", "2", "3"], 7), [7, 6, 5]) == pytest.approx(83.333333, abs=1e-6)


def test_half_rule():
    five = a_scale("X.five", "other", list("12345"))
    assert one_score(five, [4, 0, 2, 5, 0]) == pytest.approx(100 * (11 / 3 - 1) / 4)
    assert np.isnan(one_score(five, [4, 0, 0, 5, 0]))


def test_items_with_different_levels_weigh_the_same():
    scale = Scale("X.mixed", "x", "other", (Item("X.1", "a", 5), Item("X.2", "b", 7)), 1, "x")
    assert one_score(scale, [5, 1]) == 50.0
    assert one_score(scale, [2, 3]) == pytest.approx((25 + 100 / 3) / 2)


def test_a_score_that_should_be_fifty_is_exactly_fifty():
    three = a_scale("X.three", "other", list("123"), 7)
    rows = np.array([[a, b, 12 - a - b] for a in range(1, 8) for b in range(1, 8) if 1 <= 12 - a - b <= 7], np.int8)
    assert (scale_scores(rows, three) == 50.0).all()


def test_swapping_every_key_mirrors_the_scores():
    plain = a_scale("X.s", "other", list("1234"))
    mirrored = a_scale("X.s", "other", list("1234"), reversed_codes=tuple("1234"))
    codes = np.random.default_rng(3).integers(0, 6, (50, 4)).astype(np.int8)
    np.testing.assert_allclose(scale_scores(codes, mirrored), 100 - scale_scores(codes, plain), atol=1e-12)


def test_a_code_beyond_the_levels_is_refused_with_both_numbers():
    with pytest.raises(ValueError, match=r"0 to 5, but got 6 to 6"):
        one_score(a_scale("X.a", "other", ["1"]), [6])


def test_a_scale_with_too_few_columns_is_left_out_and_one_with_enough_is_scored():
    answers = {f"CBI.PB{i}": [5, 3] for i in (1, 2, 3)} | {"CBI.WB1": [1, 1]}
    scores = score(a_wave(answers, (CBI_PERSONAL, CBI_WORK)))
    assert list(scores.columns) == ["CBI.personal"]
    assert scores["CBI.personal"].tolist() == [100.0, 50.0]
