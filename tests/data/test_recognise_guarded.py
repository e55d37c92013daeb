"""What never becomes a figure: special categories, results of groups, answers that belong to nobody."""

from __future__ import annotations

import pytest

from data.intake import read
from data.table import Refused
from tests.data.recognise_tables import AGREE, guess, seen, turning

N = 24
STATEMENT = "My organisation treats people fairly whatever their religion or disability"


@pytest.mark.parametrize(
    ("header", "cells"),
    [
        ("race", ["A,B", "A", "B", "A,B"]),
        ("Religion", ["1", "2", "3", "4"]),
        ("Do you have a disability or a chronic illness?", ["Yes", "No", "No", "Prefer not to say"]),
        ("Have you been diagnosed with a mental health disorder by a medical professional?", ["Yes", "No"]),
        ("How many days of sick leave did you take?", ["0", "3", "11", "2"]),
        ("आपका धर्म", ["क", "ख"]),
        ("family_history", ["Yes", "No"]),
    ],
)
def test_special_categories_are_left_out_whatever_the_answers_look_like(header: str, cells: list[str]) -> None:
    found = guess(seen({header: turning(cells, N), "Team": turning("ABC", N)}), header)
    assert (found.role, found.why) == ("drop", "special category, not needed for any figure")


def test_a_statement_that_only_names_a_category_stays_a_rating() -> None:
    assert guess(seen({STATEMENT: turning(AGREE, N)}), STATEMENT).role == "item"


def test_a_yes_no_question_about_a_team_is_no_unit() -> None:
    found = seen({"team_work": turning(("Yes", "No"), N), "Department": turning("ABC", N)})
    assert [column.name for column in found.columns if column.why.startswith("unit")] == ["Department"]


def test_results_of_groups_are_refused_as_already_aggregated() -> None:
    rates = {
        name: [f"0.{10 + 3 * n % 80}" for n in range(N)] for name in ("Burnout", "Engagement", "Balance", "Support")
    }
    columns = {
        "Organisation": [f"Trust {n}" for n in range(N)],
        "Response rate": [f"{40 + n}%" for n in range(N)],
        **rates,
    }
    with pytest.raises(Refused) as caught:
        seen(columns)
    assert caught.value.kind == "aggregated_not_raw"
    assert f"{N} rows" in caught.value.message and "already aggregated" in caught.value.message


def test_means_of_people_without_a_count_of_people_are_not_refused() -> None:
    scores = {name: [f"{1 + n % 7 / 3:.3f}" for n in range(N)] for name in ("COHES", "LEAD", "WBEING", "G.WBEING")}
    assert seen({"GRP": [str(n // 4) for n in range(N)], **scores}).columns[1].role == "number"


def long_file(head: str, *, key: bool = True, again: int = 0) -> bytes:
    lines = [head]
    for person in range(12):
        for question in ("Q1", "Q2", "Q3"):
            lines.append(",".join([*([f"p{person}", "North"] if key else []), question, str(1 + person % 5)]))
    return "\n".join(lines + lines[1 : 1 + again]).encode()


def test_one_row_per_answer_is_turned_when_there_is_a_key() -> None:
    raw = read(long_file("Respondent ID,Site,Question,Answer"))
    assert [column.name for column in raw.columns] == ["Respondent ID", "Site", "Q1", "Q2", "Q3"]
    assert (len(raw.cells), raw.lines[:3]) == (12, (2, 5, 8))
    assert "long_format_pivoted" in raw.warnings and "36 answers became 12 rows" in " ".join(raw.notes)


def test_second_answers_to_a_question_are_listed_and_the_first_counts() -> None:
    raw = read(long_file("employee_id,site,item,score", again=1))
    assert [(row.kind, row.line) for row in raw.set_aside] == [("answered_twice", 38)]
    assert len(raw.cells) == 12


def test_answers_of_nobody_are_refused_with_their_number() -> None:
    with pytest.raises(Refused) as caught:
        read(long_file("Question,Answer", key=False))
    assert caught.value.kind == "aggregated_not_raw" and "36 single answers" in caught.value.message


def test_several_rounds_of_a_person_are_several_rows() -> None:
    lines = ["person,round,question,rating"]
    lines += [f"p{p},{r},Q{q},{1 + (p + r + q) % 5}" for p in range(9) for r in (1, 2) for q in (1, 2, 3)]
    raw = read("\n".join(lines).encode())
    assert [column.name for column in raw.columns] == ["person", "round", "Q1", "Q2", "Q3"]
    assert len(raw.cells) == 18 and not raw.set_aside
