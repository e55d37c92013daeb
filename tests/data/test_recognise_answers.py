"""Answers become levels by words or numbers, block by block; what cannot be known is asked, once."""

import pytest

from tests.data.recognise_tables import AGREE, OFTEN, guess, seen, turning

N = 30
TIRED = "How often do you feel tired?"
FIVE = ("1", "2", "3", "4", "5")


@pytest.mark.parametrize(
    ("cells", "codes"),
    [
        (FIVE, {"1": 1, "5": 5}),
        (("0", "1", "2", "3", "4"), {"0": 1, "4": 5}),
        (("0", "25", "50", "75", "100"), {"0": 1, "25": 2, "100": 5}),
        (("1.0", "2.0", "3.0"), {"1.0": 1, "3.0": 3}),
        (("१", "२", "५"), {"1": 1, "5": 5}),
    ],
)
def test_a_known_question_in_numbers_asks_for_its_direction(cells: tuple[str, ...], codes: dict[str, int]) -> None:
    recognition = seen({TIRED: turning(cells, N)})
    found = guess(recognition, TIRED)
    assert found.levels == 5 and {cell: found.codes[cell] for cell in codes} == codes
    assert [(question.key, question.columns) for question in recognition.questions] == [("direction", (0,))]
    assert [option for option, _ in recognition.questions[0].options] == ["low_first", "high_first"]


def test_words_need_no_question_and_neither_do_ends_that_the_question_names() -> None:
    assert seen({TIRED: turning(OFTEN, N)}).questions == ()
    named = "How often do you feel tired? (1 = never, 5 = always)"
    assert seen({named: turning(FIVE, N)}).questions == ()


def test_numbers_of_other_questions_are_not_asked_about_when_the_instrument_is_in_words() -> None:
    recognition = seen({TIRED: turning(OFTEN, N), "My workload is manageable": turning(FIVE, N)})
    assert guess(recognition, "My workload is manageable").role == "item" and recognition.questions == ()


def test_recommendation_from_zero_to_ten_keeps_eleven_levels_and_asks_nothing() -> None:
    name = "How likely are you to recommend us?"
    recognition = seen({name: turning([str(n) for n in range(11)], 44)})
    assert guess(recognition, name).levels == 11 and recognition.questions == ()


@pytest.mark.parametrize(
    ("name", "cells", "levels"),
    [
        ("eNPS", ("6", "8", "10"), 11),
        ("On a scale of 0 to 10, how full is your week?", ("3", "4"), 11),
        ("Satisfaction (1-7)", ("2", "3"), 7),
        ("How likely are you to recommend us?", ("1", "3", "5"), 5),
        ("My workload is manageable", ("1", "3", "4"), 5),
    ],
)
def test_a_range_that_the_question_names(name: str, cells: tuple[str, ...], levels: int) -> None:
    assert seen({name: turning(cells, N)}).columns[0].levels == levels


def test_years_hours_and_codes_of_departments_are_no_ratings() -> None:
    recognition = seen(
        {
            "How many years have you worked here?": turning(FIVE, N),
            "Age": turning(("23", "31", "47"), N),
            "Department": turning(FIVE, N),
            "Children": turning(("0", "1", "2", "3", "4"), N),
        }
    )
    assert [column.role for column in recognition.columns] == ["number", "number", "segment", "number"]


def test_the_block_decides_the_scale() -> None:
    two, seven = ("Agree", "Disagree"), ("Somewhat agree", "Agree", "Somewhat disagree")
    recognition = seen({"How true? [first]": turning(two, N), "How true? [second]": turning(seven, N)})
    assert [column.levels for column in recognition.columns] == [7, 7]
    apart = seen({"First thing": turning(two, N), "Second thing": turning(seven, N)})
    assert [column.levels for column in apart.columns] == [5, 7]


def test_one_strange_answer_among_many_is_a_problem_and_not_an_answer() -> None:
    cells = [*turning(OFTEN, N), "Oftn"]
    recognition = seen({TIRED: cells})
    (problem,) = tuple(recognition.problems)
    assert problem.rows == (N + 2,) and "Oftn" not in problem.sentence
    assert "oftn" not in guess(recognition, TIRED).codes and guess(recognition, TIRED).role == "item"


def test_a_known_question_stays_an_item_with_more_strange_answers_than_an_unknown_one() -> None:
    cells = [*turning(OFTEN, 12), "oftn"]
    assert guess(seen({TIRED: cells}), TIRED).role == "item"
    assert guess(seen({"Mood today": cells}), "Mood today").role == "segment"
    numbers = [*turning(FIVE, 12), "x"]
    assert guess(seen({TIRED: numbers}), TIRED).role == "item"


def test_many_strange_answers_are_no_rating() -> None:
    assert guess(seen({"Mood": turning((*OFTEN, "blue"), N)}), "Mood").role == "segment"


def test_code_and_words_that_disagree_are_a_problem() -> None:
    cells = [f"{n + 1} - {word}" for n, word in enumerate(AGREE)] * 6
    cells[3] = "5 - Disagree"
    recognition = seen({"I like it here": cells})
    assert [problem.count for problem in recognition.problems] == [1]
    assert "5 - disagree" not in guess(recognition, "I like it here").codes


def test_declared_texts_give_the_order_and_declared_missing_codes_are_missing() -> None:
    labels = {
        "0": "Never/almost never",
        "25": "Seldom",
        "50": "Sometimes",
        "75": "Often",
        "100": "Always",
        "999": "Refused",
    }
    recognition = seen(
        {"cbi_pb1": turning(("0", "50", "100", "999"), N)}, tool="spss", value_labels={0: labels},
        missing={0: frozenset({"999"})},
    )  # fmt: skip
    found = guess(recognition, "cbi_pb1")
    assert (found.item, found.codes["0"], found.codes["100"]) == ("CBI.PB1", 1, 5)
    assert "999" in found.missing and "999" not in found.codes and recognition.questions == ()


def test_declared_texts_that_name_groups_make_a_group() -> None:
    labels = {0: {"1": "Sales", "2": "Engineering", "3": "Support"}}
    assert guess(seen({"dept": turning(("1", "2", "3"), N)}, value_labels=labels), "dept").role == "segment"


def test_unanswered_codes_of_a_tool_are_missing() -> None:
    recognition = seen({TIRED: [*turning(FIVE, N), "-99"]}, tool="qualtrics")
    assert "-99" in guess(recognition, TIRED).missing
    assert "seen_but_unanswered_as_missing" in recognition.warnings


def test_stray_blanks_and_two_spellings_are_one_answer() -> None:
    cells = turning(("Somewhat Agree   ", "somewhat agree", "Strongly Disagree ", "Neither agree nor disagree"), N)
    found = guess(seen({"Q1_1": cells}), "Q1_1")
    assert found.levels == 5 and found.codes["somewhat agree"] == 4


def test_the_question_about_direction_shows_what_each_reading_would_mean() -> None:
    columns = {f"Q1_{n}": ["5"] * 12 + ["1"] * 3 + ["3"] * 5 for n in (1, 2, 3)}
    (question,) = seen(columns).questions
    assert [words for _, words in question.options] == [
        '1 = never / very low / strongly disagree: then 60 % are on the upper side of "Q1_1"',
        '1 = always / very high / strongly agree: then 15 % are on the upper side of "Q1_1"',
    ]
