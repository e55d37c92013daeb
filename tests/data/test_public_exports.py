"""Exports as they are found in public: what tools really write beside what their documentation says. Rows invented."""

from __future__ import annotations

import csv
import io
import time
from itertools import cycle

import pytest

from data.inspection import Seen, look
from data.intake import Limits
from data.recipe import Recipe
from data.vocabulary import is_missing, load, normalise

PEOPLE = 40


def seen(columns: dict[str, list[str]], *above: list[str], delimiter: str = ",") -> Seen:
    """A file of these columns, each of which repeats its cells over all people; ``above``: records over the header."""
    sink = io.StringIO()
    writer = csv.writer(sink, delimiter=delimiter)
    writer.writerows(above)
    writer.writerow([name.removesuffix("#") for name in columns])  # "#" at the end tells two equal names apart
    turning = [cycle(cells) for cells in columns.values()]
    writer.writerows([[next(cells) for cells in turning] for _ in range(PEOPLE)])
    return look(sink.getvalue().encode(), "export.csv", Recipe(), Limits())


def role(found: Seen, name: str) -> str:
    return next(column.role for column in found.recognition.columns if column.name == name)


def each(form: str) -> list[str]:
    return [form.format(place) for place in range(100, 100 + PEOPLE)]


LIME_HEADINGS = [
    "ID de la réponse,Date de soumission,Dernière page,Langue de départ,Tête de série,Adresse IP,URL référente",
    "Antwort ID,Datum Abgeschickt,Letzte Seite,Start-Sprache,Zufallsstartwert,IP-Adresse,Weiterleitungs-URL",
    "ID de respuesta,Fecha de envío,Última página,Lenguaje inicial,Semilla,Dirección IP,URL de referencia",
]


@pytest.mark.parametrize("headings", LIME_HEADINGS)
def test_limesurvey_writes_its_headings_in_the_language_of_the_survey(headings: str) -> None:
    names = headings.split(",")
    cells = [each("{}"), ["2026-05-04 10:00:00"], ["5"], ["xx"], each("17{}"), each("203.0.113.{}"), [""]]
    found = seen({**dict(zip(names, cells, strict=True)), "Wie? [Eins]": ["nie", "oft"], "Wie? [Zwei]": ["oft", "nie"]})
    assert found.raw.tool == "limesurvey"
    assert [role(found, name) for name in names] == ["id", "quality", "quality", "drop", "drop", "pii", "drop"]


def test_redcap_is_known_by_its_form_status_whatever_its_first_column_is_called() -> None:
    found = seen(
        {"study_id": each("{}"), "tired": ["0", "3", "4"], "consent___1": ["1"], "morale_complete": ["2", "0"]}
    )
    assert found.raw.tool == "redcap"
    assert [role(found, name) for name in ("study_id", "consent___1", "morale_complete")] == ["id", "multi", "quality"]
    assert found.recognition.flags["unfinished"] == PEOPLE // 2


def test_a_form_that_nobody_completed_says_nothing_about_who_finished() -> None:
    found = seen({"record_id": each("{}"), "tired": ["0", "3"], "first_complete": ["2"], "later_complete": ["0"]})
    assert "unfinished" not in found.recognition.flags


@pytest.mark.parametrize(
    ("header", "cells", "kind"),
    [
        ("Contact", each("0550{}915"), "phone"),
        ("Tu número 📲", each("'+56961{}252"), "phone"),
        ("Your line", each("059 456 4{}"), "phone"),
        ("Nom &amp; Post-nom /Firstname and Surname", each("Aline Kab{}"), "name"),
        ("Danos tu dirección para que disfrutes", each("Calle {}, Providencia"), "location"),
        ("Please create a code. [First letter of your mother's name]", ["A", "B", "C"], "token"),
    ],
)
def test_what_identifies_people_is_never_kept(header: str, cells: list[str], kind: str) -> None:
    column = seen({header: cells, "Team": ["A", "B"], "Mood": ["Often", "Never"]}).recognition.columns[0]
    assert (column.role, column.why) == ("pii", kind)


def test_a_rating_about_contact_is_no_telephone_number() -> None:
    found = seen(
        {"Contact": ["Very satisfied", "Satisfied", "Neutral"], "Contact with customers": ["3", "5", "2", "1"]}
    )
    assert role(found, "Contact") == "item" and role(found, "Contact with customers") != "pii"


@pytest.mark.parametrize("cell", ["Not Applicable (8)", "99. Ns/Nc", "(9) Don't know", "I prefer not to answer."])
def test_no_answer_beside_its_code_is_no_answer(cell: str) -> None:
    assert is_missing(cell)


def test_a_very_long_cell_is_looked_at_once() -> None:
    began = time.process_time()
    assert not is_missing("many words " * 3_000) and not is_missing("1 - " + "many words " * 3_000)
    assert time.process_time() - began < 1


@pytest.mark.parametrize("cell", ["-8", "8", "(8)", "Ward (8)", "8 - Noah", "5 - Agree"])
def test_a_code_alone_or_beside_words_is_an_answer(cell: str) -> None:
    assert not is_missing(cell)


def test_words_decide_where_codes_fall() -> None:
    falling = ["Strongly Agree (1)", "Agree (2)", "Neutral (3)", "Disagree (4)", "Strongly Disagree (5)"]
    (column,) = [one for one in seen({"Q1": falling, "Q2": falling}).recognition.columns if one.name == "Q1"]
    assert [column.codes[normalise(cell)] for cell in falling] == [5, 4, 3, 2, 1]


def test_numbers_in_brackets_with_words_at_the_ends_are_a_rating() -> None:
    cells = ["(1) no clear goals", "(2)", "(3)", "(4) some", "(5)", "(6)", "(7) very clear goals"]
    (column,) = [one for one in seen({"I have": cells, "Team": ["A", "B"]}).recognition.columns if one.name == "I have"]
    assert (column.role, column.levels) == ("item", 7)
    assert [column.codes[normalise(cell)] for cell in cells] == [1, 2, 3, 4, 5, 6, 7]


def test_a_ranking_is_no_rating() -> None:
    places = ["123", "231", "312", "132"]
    asked = {f"Rank these [{thing}]": [row[at] for row in places] for at, thing in enumerate(("Pay", "Time", "Place"))}
    assert {one.role for one in seen(asked | {"Team": ["A", "B"]}).recognition.columns[:3]} == {"number"}


def test_an_option_with_markup_in_its_header_is_an_option() -> None:
    found = seen({"*Home office*": ["Home office", ""], "Team": ["A", "B"]})
    assert role(found, "*Home office*") == "multi"


def test_questions_over_their_options_are_joined_in_a_text_file_too() -> None:
    above = ["Which subjects?", "", "", "How often?", "", ""]
    columns = {"Law": ["Ja", "Nein"], "Art": ["Nein", "Ja"], "Sonstiges": ["", "Physik", "Musik"]} | {
        name: ["selten", "oft"] for name in ("Mails", "Calls", "Chats")
    }
    found = seen(columns, above, delimiter=";")
    assert found.raw.header_rows == 2
    assert [one.name for one in found.raw.columns][2:4] == ["Which subjects? | Sonstiges", "How often? | Mails"]
    assert [one.role for one in found.recognition.columns] == ["multi", "multi", "text", "item", "item", "item"]


def test_a_title_above_the_header_is_no_question() -> None:
    columns = {"Team": ["A", "B"], "Q1": ["Often", "Never"], "Q2": ["Never", "Often"], "Q3": ["Often", "Never"]}
    found = seen(columns, ["Wellbeing 2026", "All teams", "", ""])
    assert (found.raw.header_rows, [one.name for one in found.raw.columns]) == (1, list(columns))


def test_surveymonkey_without_its_respondent_columns_keeps_both_header_rows() -> None:
    columns = {"Response": ["Yes", "No"], "Response#": ["Han", "Greedo"], "Han Solo": ["Very favorably"] * 2 + [""]}
    found = seen(columns, ["Have you seen it?", "Which shot first?", "How do you view them?"])
    assert (found.raw.tool, found.raw.header_rows, len(found.raw.lines)) == ("surveymonkey", 2, PEOPLE)


SETS = {
    "agreement-4": [
        "stimme gar nicht zu | stimme eher nicht zu | stimme eher zu | stimme vollständig zu",
        "pas du tout d'accord | plutôt pas d'accord | plutôt d'accord | tout à fait d'accord",
    ],
    "frequency-5": [
        "कधीच नाही | क्वचित | कधी-कधी | अनेकदा | नेहमी",
        "ஒருபோதும் இல்லை | அரிதாக | சில நேரங்களில் | அடிக்கடி | எப்போதும்",
        "কখনও না | কদাচিৎ | মাঝে মাঝে | প্রায়ই | সবসময়",
        "कहिल्यै पनि | विरलै | कहिलेकाहीँ | प्रायः | सधैँ",
        "أبداً | نادراً | أحياناً | غالباً | دائماً",
    ],
    "satisfaction-5": ["बहुत असंतुष्ट | असंतुष्ट | सामान्य | संतुष्ट | बहुत संतुष्ट"],
    "agreement-5": [
        "أعارض بشدة | أعارض | محايد | أوافق | أوافق بشدة",
        "दृढ़ता से असहमत | असहमत | तटस्थ | सहमत | दृढ़ता से सहमत",
    ],
}


@pytest.mark.parametrize(
    ("set_id", "answers"), [(set_id, answers) for set_id, all_ in SETS.items() for answers in all_]
)
def test_answers_seen_in_public_forms_are_known_and_in_order(set_id: str, answers: str) -> None:
    words = answers.split(" | ")
    (scale,) = [one for one in load().scales if one.id == set_id]
    assert [scale.words[normalise(word)] for word in words] == list(range(1, len(words) + 1))
    columns = seen({f"How? [{row}]": words for row in ("one", "two", "three")}).recognition.columns
    assert {(one.role, one.levels) for one in columns} == {("item", len(words))}
