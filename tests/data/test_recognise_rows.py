"""Which rows are people, and which of them look careless: hand-worked rows."""

import numpy as np

from data.recognise.quality import straightliners
from tests.data.recognise_tables import OFTEN, seen, turning

N = 12
ITEMS = [f"Statement number {n} about work" for n in range(1, 21)]


def _varied() -> dict[str, list[str]]:
    return {text: turning(OFTEN, N, 1 + place % 3, place) for place, text in enumerate(ITEMS)}


def test_previews_and_tests_are_set_aside_with_their_lines() -> None:
    columns = {"Status": ["1", "2", "9", "0", "8", "32", *["0"] * (N - 6)], **_varied()}
    recognition = seen(columns, tool="qualtrics")
    assert recognition.keep == tuple(range(3, N))
    assert [(row.line, row.kind) for row in recognition.set_aside] == [(n, "preview_or_test") for n in (2, 3, 4)]
    assert recognition.flags["possible_spam"] == 1


def test_rows_without_any_answer_are_set_aside_whatever_the_tool_filled_in() -> None:
    columns = {text: ["" if row == 4 else cell for row, cell in enumerate(cells)] for text, cells in _varied().items()}
    recognition = seen({"Start time": ["2026-01-01 10:00"] * N, **columns})
    assert [row.kind for row in recognition.set_aside] == ["no_answers"]
    assert 4 not in recognition.keep and len(recognition.keep) == N - 1


def test_a_run_has_to_be_long_and_unbroken() -> None:
    ten, nine = [3] * 10 + [1, 2], [3] * 9 + [1, 3, 2]
    broken = [3] * 6 + [0] + [3] * 5
    assert straightliners(np.array([ten, nine, broken])) == {0}
    half = [2] * 11 + [1] * 13
    assert straightliners(np.array([half])) == {0}
    assert straightliners(np.array([[2] * 11 + [1, 2] * 6 + [3]])) == set()


def test_speeders_need_less_than_two_seconds_per_answer() -> None:
    seconds = ["39", "40", "600", *["300"] * (N - 3)]
    assert seen({"Duration (in seconds)": seconds, **_varied()}, tool="qualtrics").flags["speeder"] == 1


def test_speed_is_worked_out_from_start_and_end() -> None:
    start, end = ["2026-01-05 10:00:00"] * N, ["2026-01-05 10:00:30", *["2026-01-05 10:09:00"] * (N - 1)]
    recognition = seen({"Start time": start, "Completion time": end, **_varied()}, tool="microsoft_forms")
    assert recognition.flags["speeder"] == 1


def test_unfinished_is_what_the_tool_says() -> None:
    assert (
        seen({"Finished": ["False", "0", *["True"] * (N - 2)], **_varied()}, tool="qualtrics").flags["unfinished"] == 2
    )
    dates = ["", *["1980-01-01 00:00:00"] * (N - 1)]
    lime = seen({"submitdate": dates, **_varied()}, tool="limesurvey")
    assert lime.flags["unfinished"] == 1 and "anonymised_submit_date" in lime.warnings


def test_the_same_person_twice_counts_once_and_blank_keys_never_match() -> None:
    codes = ["E001", "E001", "", "", *[f"E1{n:02d}" for n in range(N - 4)]]
    assert seen({"Employee code": codes, **_varied()}).flags["duplicate_respondent"] == 1


def test_a_block_that_was_begun_and_has_gaps() -> None:
    stem = "How often ... "
    columns = {f"{stem}[row {n}]": turning(OFTEN, N, n) for n in range(1, 4)}
    columns[f"{stem}[row 2]"][3] = ""
    columns[f"{stem}[row 1]"][5] = "Prefer not to say"
    for text in columns:
        columns[text][7] = ""
    assert seen({**columns, **_varied()}).flags == {"half_filled_matrix": 1}


def test_codes_for_no_answer_are_said_in_ratings_and_only_proposed_in_numbers() -> None:
    hours = ["999" if row in (2, 5) else str(36 + row) for row in range(N)]
    days = ["99" if row == 1 else str(60 + row) for row in range(N)]
    coded = {f"Q1_{n}": ["-99" if row == 4 else str(1 + (row + n) % 5) for row in range(N)] for n in range(1, 4)}
    found = seen({"Hours": hours, "Days": days, **coded, **_varied()})
    assert any("The code -99 is read as no answer in 3 columns" in note for note in found.notes)
    proposed = [problem for problem in found.problems if problem.rule == "code_may_mean_no_answer"]
    assert [(problem.column, problem.rows, problem.blocking) for problem in proposed] == [("Hours", (4, 7), False)]
