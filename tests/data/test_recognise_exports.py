"""Columns that real exports have beside their questions: quizzes, files that were sent, answer codes, addresses."""

from __future__ import annotations

import pytest

from tests.data.recognise_tables import AGREE, guess, roles, seen, turning

N = 24
RATED = {"I can switch off after work": turning(AGREE, N)}


@pytest.mark.parametrize(
    ("tool", "name", "cell", "role"),
    [
        ("qualtrics", "Q9_Id", "F_1", "drop"),
        ("qualtrics", "Q9.1_Type", "application/pdf", "drop"),
        ("google_forms", "Your team? [Score]", "-- / 0", "drop"),
        ("google_forms", "Your team?\nreally [Feedback]", "", "drop"),
        ("limesurvey", "groupTime12", "3.5", "drop"),
        ("kobo", "meta/rootUuid", "uuid:1", "drop"),
    ],
)
def test_columns_that_a_tool_adds(tool: str, name: str, cell: str, role: str) -> None:
    assert guess(seen({"first": ["x"] * N, name: [cell] * N, **RATED}, tool=tool), name).role == role


def test_codes_that_limesurvey_gives_by_default() -> None:
    columns = {f"G1Q1[SQ00{n}]": turning([f"AO0{k}" for k in range(1, 6)], N, n) for n in (1, 2, 3)}
    found = seen(columns, tool="limesurvey")
    assert {(column.role, column.levels) for column in found.columns} == {("item", 5)}
    assert "answer_codes_without_texts" in found.warnings and [q.key for q in found.questions] == ["direction"]


def test_one_address_in_every_row_is_no_option() -> None:
    columns = {f"Contact | {name}": [cell] * N for name, cell in (("Email", "p@example.org"), ("Fax", "none"))}
    assert roles(seen({**columns, **RATED}))["Contact | Email"] == "pii"


def test_a_constant_with_a_stroke_is_no_path() -> None:
    found = seen({"Mark": ["-- / 0"] * N, "Team": turning("AB", N), **RATED})
    assert guess(found, "Team").why == "unit"


def test_direction_marks_around_a_group_do_not_make_another_group() -> None:
    found = seen({"Team": turning(("\u200fA\u200e", "A", "B"), N), **RATED})
    assert guess(found, "Team").role == "segment" and "direction_marks_removed" in found.warnings


def test_eight_and_nine_beside_five_answers_are_no_answers() -> None:
    cells = [str(1 + n % 5) if n % 12 else "9" for n in range(72)]
    columns = {f"Q1_{n}": cells for n in (1, 2, 3)}
    found = seen(columns)
    assert {column.levels for column in found.columns} == {5}
    assert [problem.rule for problem in found.problems] == ["outside_the_scale"] * 3
    ten = {f"Q1_{n}": [str(1 + (n + k) % 10) for k in range(72)] for n in (1, 2, 3)}
    assert {column.levels for column in seen(ten).columns} == {10}
