"""Known questions are recognised by exact wording, allowed swaps, fingerprints and full codes, and by nothing less."""

import pytest

from data import questionnaires
from tests.data.recognise_tables import AGREE, OFTEN, guess, seen, turning

N = 30
TIRED = "How often do you feel tired?"


@pytest.mark.parametrize(
    ("name", "item"),
    [
        (TIRED, "CBI.PB1"),
        ("q1. HOW OFTEN do you feel tired", "CBI.PB1"),
        ("In the last four weeks ... - How often do you feel tired?", "CBI.PB1"),
        ("In the last four weeks [How often do you feel tired?]", "CBI.PB1"),
        ("<strong>How often do you feel worn-out?</strong>", "CBI.PB5"),
        ("How\u00a0often do you think: “I can’t take it anymore”?", "CBI.PB4"),
        ("Do you feel burned out because of your work?", "CBI.WB2"),
        ("Do you find it hard to work with patients?", "CBI.CB1"),
        ("cbi_pb1", "CBI.PB1"),
        ("CBI.WB7", "CBI.WB7"),
        ("EVK-PREF1", "EVK.PREF1"),
        ("I took care of private matters during working time.", "EVK.ENAH1"),
        ("I prefer to keep work life at work", "SPS.2"),
    ],
)
def test_certain(name: str, item: str) -> None:
    answers = AGREE if item.startswith("SPS") else OFTEN
    found = guess(seen({name: turning(answers, N)}), name)
    assert (found.role, found.item, found.levels) == ("item", item, 5)
    assert "100" not in found.codes and found.codes[answers[4].lower()] == 5


@pytest.mark.parametrize(
    "name",
    [
        "Do you find it easy to work with clients?",
        "How often do you feel tired of your commute?",
        "Do you feel worn out at the beginning of the working day?",
        "pb1",
        "SPS[1]",
        "SPS 1",
    ],
)
def test_nearly_the_same_is_never_taken_for_it(name: str) -> None:
    recognition = seen({name: turning(OFTEN, N)})
    assert guess(recognition, name).item is None and guess(recognition, name).role == "item"
    assert recognition.instruments == {}


def test_a_near_wording_is_proposed_and_opened_for_checking() -> None:
    near = guess(
        seen({"Do you find it easy to work with clients?": turning(OFTEN, N)}),
        "Do you find it easy to work with clients?",
    )
    assert not near.sure and "CBI.CB1" in near.why


def test_bare_codes_are_offered_with_a_question() -> None:
    recognition = seen({f"burnout/pb{n}": turning(OFTEN, N, n) for n in range(1, 7)}, tool="kobo")
    question = recognition.questions[0]
    assert question.key == "items:CBI" and question.columns == tuple(range(6))
    assert [column.item for column in recognition.columns] == [f"CBI.PB{n}" for n in range(1, 7)]
    assert not any(column.sure for column in recognition.columns) and recognition.instruments == {}


def test_two_bare_codes_are_not_even_offered() -> None:
    recognition = seen({"pb1": turning(OFTEN, N), "pb2": turning(OFTEN, N, 2)})
    assert recognition.questions == () and {column.item for column in recognition.columns} == {None}


def test_an_instrument_counts_from_three_items_on() -> None:
    texts = [item.text for item in questionnaires.load()["CBI"].items]
    assert seen({text: turning(OFTEN, N) for text in texts[:2]}).instruments == {}
    assert seen({text: turning(OFTEN, N) for text in texts[:3]}).instruments == {"CBI": 3}


def test_every_item_of_the_shipped_wordings_is_found_and_the_reversed_ones_say_so() -> None:
    items = [item for id_ in ("CBI", "EVK") for item in questionnaires.load()[id_].items]
    recognition = seen({item.text: turning(OFTEN, N, place) for place, item in enumerate(items, start=1)})
    assert [column.item for column in recognition.columns] == [item.id for item in items]
    assert ["reverse-keyed" in column.why for column in recognition.columns] == [item.reversed for item in items]


def test_a_question_asked_twice_is_an_item_once() -> None:
    recognition = seen({TIRED: turning(OFTEN, N), f"{TIRED} (2)": turning(OFTEN, N, 2)})
    second = guess(recognition, f"{TIRED} (2)")
    assert guess(recognition, TIRED).item == "CBI.PB1"
    assert second.role == "item" and second.item is None and not second.sure


def test_a_known_question_answered_in_prose_is_no_item() -> None:
    prose = guess(seen({TIRED: [f"On day {n} I was rather tired after the shift" for n in range(N)]}), TIRED)
    assert prose.role == "text" and prose.item is None


def test_a_strange_question_among_those_of_an_instrument_is_offered_the_missing_item() -> None:
    items = questionnaires.load()["CBI"].items
    texts = [item.text for item in items]
    texts[3] = "Ich kann nicht mehr"
    recognition = seen({text: turning(OFTEN, N, place) for place, text in enumerate(texts, start=1)})
    assert recognition.columns[3].item is None and not recognition.columns[3].sure
    assert "CBI.PB4 is missing" in recognition.columns[3].why
    assert recognition.instruments == {"CBI": 18}
