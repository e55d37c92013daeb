"""Answers compare in one form, are looked up exactly, and a scale holds a whole block or none of it."""

import pytest

from data.vocabulary import (
    canonical,
    fingerprint,
    is_missing,
    load,
    match_numbers,
    match_scale,
    normalise,
    read_words,
    split_code,
    wording,
)
from data.vocabulary.numbers import read_numbers


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("  Strongly\u00a0 Agree ", "strongly agree"),
        ("AGREE", "agree"),
        ("\ufeff1", "1"),
        ("Don’t know", "don't know"),
        ("1 – 5", "1 - 5"),
        ("🙂 सहमत", "सहमत"),
        ("पूर्णत: सहमत", "पूर्णतः सहमत"),
        ("कभी-कभी", "कभी कभी"),
        ("हाँ", "हां"),
        ("फ़ोन", "फ\u093cोन"),
        ("४", "4"),
        ("Agree.", "agree"),
        ("-8", "-8"),
        ("N/A", "n/a"),
        ("\u200fأوافق\u200e", "أوافق"),
    ],
)
def test_normalise(typed: str, same: str) -> None:
    assert normalise(typed) == same
    assert normalise(normalise(typed)) == same


def test_vowel_signs_of_indic_scripts_stay() -> None:
    for word in ("हमेशा", "உடன்படுகிறேன்", "সম্পূর্ণ একমত"):
        assert normalise(word) == word
        assert wording(word) == word


@pytest.mark.parametrize(
    ("cell", "split"),
    [
        ("5 - strongly agree", ("5", "strongly agree")),
        ("5 (strongly agree)", ("5", "strongly agree")),
        ("4: agree", ("4", "agree")),
        ("at home 1", ("1", "at home")),
        ("1-5", ("", "1-5")),
        ("agree", ("", "agree")),
    ],
)
def test_split_code(cell: str, split: tuple[str, str]) -> None:
    assert split_code(cell) == split


@pytest.mark.parametrize(
    "cell", ["", " ", "N/A", "n.a.", "-", "--", "#DIV/0!", "Prefer not to say", "keine Angabe", "लागू नहीं"]
)
def test_texts_that_mean_no_answer(cell: str) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["None", "null", "99", "-8", "Agree", "Nothing", "0"])
def test_texts_that_are_answers(cell: str) -> None:
    assert not is_missing(cell)


@pytest.mark.parametrize(
    ("answers", "scale"),
    [
        (["Agree", "Disagree"], "agreement-5"),
        (["Agree", "Somewhat agree", "Disagree"], "agreement-7"),
        (["Somewhat Agree   ", "Strongly Disagree   ", "Neither agree nor disagree"], "agreement-5-somewhat"),
        (["Never", "Occasionally", "some of the time", "all of the time"], "frequency-5-time"),
        (["Never/almost never", "Always"], "frequency-5"),
        (["Never", "To a very high degree"], "cbi-5"),
        (["Never", "Almost never", "Fairly often"], "frequency-5-stress"),
        (["Agree / सहमत", "Disagree / असहमत"], "agreement-5"),
        (["stimme nicht zu", "stimme eher nicht zu", "stimme zu"], "agreement-7"),
        (["சம்மதம்"], None),
        (["Satisfied", "Agree"], None),
        (["IT", "Operations"], None),
    ],
)
def test_match_scale(answers: list[str], scale: str | None) -> None:
    found = match_scale(answers)
    assert (found.id if found else None) == scale


def test_similar_answers_are_never_taken_for_one_another() -> None:
    for near in ("dissatisfed", "agre", "असहमतत"):
        assert match_scale([near]) is None


def test_a_block_decides_together() -> None:
    alone, neighbour = ["Agree", "Disagree"], ["Somewhat agree", "Agree"]
    assert match_scale(alone) is not match_scale(alone, neighbour)
    assert match_scale(alone, neighbour).levels == 7


def test_four_steps_without_a_middle_are_believed_when_many_people_answered() -> None:
    four = ["Strongly disagree", "Disagree", "Agree", "Strongly agree"]
    assert match_scale(four * 3).levels == 5
    assert match_scale(four * 20).levels == 4


def test_code_and_words_of_a_cell_have_to_agree() -> None:
    cells = {"1 - strongly disagree": 5, "4 - agree": 5, "5 - disagree": 1, "2": 1, "agree": 1}
    reading = read_words(cells, match_scale(cells))
    assert reading.outside == ("5 - disagree",)
    assert reading.codes["4 - agree"] == 4 and reading.codes["2"] == 2 and not reading.numbers


def test_codes_that_fall_are_read_by_their_words() -> None:
    cells = {"1 - strongly agree": 3, "5 - strongly disagree": 3, "2": 1}
    assert read_words(cells, match_scale(cells)).codes["2"] == 4


def test_every_language_has_ordered_sets_of_agreement() -> None:
    agreement = next(scale for scale in load().scales if scale.id == "agreement-5")
    for low, high in (
        ("पूर्णतः असहमत", "पूर्णतः सहमत"),
        ("पूर्णपणे असहमत", "पूर्णपणे सहमत"),
        ("முற்றிலும் உடன்படவில்லை", "முற்றிலும் உடன்படுகிறேன்"),
        ("সম্পূর্ণ দ্বিমত", "সম্পূর্ণ একমত"),
        ("पूर्ण असहमत", "पूर्ण सहमत"),
        ("Stimme überhaupt nicht zu", "Stimme voll und ganz zu"),
        ("Pas du tout d’accord", "Tout à fait d’accord"),
        ("Totalmente en desacuerdo", "Totalmente de acuerdo"),
    ):
        assert (agreement.words[normalise(low)], agreement.words[normalise(high)]) == (1, 5)


@pytest.mark.parametrize(
    ("values", "low", "step", "levels"),
    [
        ("1 2 5", 1, 1, 5),
        ("0 1 4", 0, 1, 5),
        ("0 25 100", 0, 25, 5),
        ("1 7 3", 1, 1, 7),
        ("0 10 6", 0, 1, 11),
        ("-99 1 4", 1, 1, 5),
        ("1 3 999", 1, 1, 5),
        ("A1 A3 A5", 1, 1, 5),
        ("1,0 4,0", 1, 1, 5),
    ],
)
def test_match_numbers(values: str, low: int, step: int, levels: int) -> None:
    scale = match_numbers({normalise(value): 3 for value in values.split()})
    assert scale is not None
    assert (scale.low, scale.step, scale.levels) == (low, step, levels)


@pytest.mark.parametrize("values", ["0 1", "12 47", "1.5 2.25", "2019 2020", "red 1 2", "3"])
def test_numbers_that_are_no_ratings(values: str) -> None:
    assert match_numbers(dict.fromkeys(values.split(), 3)) is None


def test_numbered_names_are_no_ratings_but_worded_ends_are() -> None:
    assert match_numbers({"ward 1": 5, "ward 2": 5, "ward 3": 5}) is None
    ends = {"at home 1": 4, "2": 3, "5": 3, "in the office 7": 4}
    scale = match_numbers(ends)
    assert scale is not None and scale.levels == 7
    assert read_numbers(ends, scale)[0].codes["in the office 7"] == 7


def test_codes_for_no_answer_are_kept_apart_from_answers_outside_the_range() -> None:
    cells = {"1": 5, "5": 5, "-99": 1, "9": 1}
    scale = match_numbers({"1": 5, "5": 5})
    assert scale is not None
    reading, missing = read_numbers(cells, scale)
    assert missing == {"-99"} and reading.outside == ("9",)


def test_allowed_swaps_keep_a_question_and_other_words_change_it() -> None:
    asked = "Do you find it hard to work with clients?"
    assert canonical("Do you find it hard to work with patients?") == canonical(asked)
    assert canonical("Do you feel burned out because of your work?") == canonical(
        "Do you feel burnt-out because of your work"
    )
    assert fingerprint("Q12. <b>I don't</b> like it") == fingerprint("I do not like it")
    assert canonical("Do you find it easy to work with clients?") != canonical(asked)
