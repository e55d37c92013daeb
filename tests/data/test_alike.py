"""Submissions that are alike: what is found is what comparing every pair finds, also in long files."""

from __future__ import annotations

import time

import numpy as np
import pytest

from data.columns import Texts
from data.recognise.alike import FEWEST, near_duplicates
from tests.data.recognise_tables import OFTEN, seen, turning

WORDS = np.array(["Never", "Seldom", "Sometimes", "Often", ""])


def asked(codes: np.ndarray) -> list[Texts]:
    return [Texts.of([WORDS[code] for code in column]) for column in codes.T]


def every_pair(codes: np.ndarray, rated: int, people: np.ndarray, seconds: np.ndarray) -> set[int]:
    """The later row of every pair that is alike, by comparing all of them."""
    order = sorted(range(len(codes)), key=lambda row: (seconds[row], row))
    found = set()
    for place, later in enumerate(order):
        for earlier in order[:place]:
            said = (codes[earlier] != 4) | (codes[later] != 4)
            same = codes[earlier] == codes[later]
            enough = (same & said)[:rated].sum() >= FEWEST and (same & said).sum() >= 0.95 * said.sum() - 1e-9
            named = people[earlier] and people[later] and people[earlier] != people[later]
            if enough and seconds[later] - seconds[earlier] <= 1800 and not named:
                found.add(later)
    return found


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_is_what_every_pair_shows(seed: int) -> None:
    drawn = np.random.default_rng(seed)
    codes = drawn.choice(5, (160, 44), p=[0.24, 0.24, 0.24, 0.24, 0.04])
    seconds = drawn.integers(0, 20_000, 160).astype(float)
    people = drawn.choice(["", "a", "b"], 160)
    for row in range(0, 120, 3):
        copy = row + 1
        codes[copy], seconds[copy] = codes[row], seconds[row] + drawn.integers(0, 3_600)
        changed = drawn.choice(44, drawn.integers(0, 5), replace=False)
        codes[copy, changed] = (codes[copy, changed] + 1) % 5
    wanted = every_pair(codes, 30, people, seconds)
    found = near_duplicates(asked(codes), 30, [Texts.of(people.tolist())], lambda rows: seconds[rows])
    assert found == wanted and 4 < len(wanted) < 40


def test_a_long_file_takes_time_in_proportion() -> None:
    drawn = np.random.default_rng(1)
    codes = drawn.integers(0, 4, (60_000, 40))
    codes[:3_000] = 2  # thousands of people who gave one answer throughout
    codes[50_000] = codes[49_999]
    columns = [Texts(tuple(WORDS), column) for column in codes.T]
    begun = time.process_time()
    found = near_duplicates(columns, 40, [], lambda rows: 1.0 * rows)
    assert time.process_time() - begun < 3
    assert 50_000 in found and len(found) == 3_000


N = 14
ITEMS = [f"Statement number {n} about work" for n in range(1, 21)]


def sent(**changed: list[str]) -> dict[str, list[str]]:
    """A Google file whose row 3 is sent again as row 4, two minutes later."""
    columns = {text: turning(OFTEN, N, 1 + place % 3, place) for place, text in enumerate(ITEMS)}
    for place, cells in enumerate(columns.values()):
        cells[4] = cells[3] if place else OFTEN[(OFTEN.index(cells[3]) + 1) % 5]
    times = [f"2026/03/{row + 1:02d} 10:00:00 AM GMT+5:30" for row in range(N)]
    times[4] = times[3].replace("10:00", "10:02")
    return {"Timestamp": times, **changed, **columns}


def test_a_form_that_was_sent_twice_is_flagged_and_said() -> None:
    found = seen(sent(), tool="google_forms")
    assert found.flagged["near_duplicate"] == (4,)
    assert "duplicate_submissions" in found.warnings


def test_two_people_another_day_or_one_answer_throughout_are_no_double() -> None:
    people = {"Email Address": [f"p{row}@example.org" for row in range(N)]}
    assert "near_duplicate" not in seen(sent(**people), tool="google_forms").flags
    later = sent()
    later["Timestamp"][4] = later["Timestamp"][5]
    assert "near_duplicate" not in seen(later, tool="google_forms").flags
    one = sent()
    for text in ITEMS:
        one[text][3] = one[text][4] = "Often"
    assert seen(one, tool="google_forms").flags == {"straightliner": 2}
    assert "near_duplicate" not in seen({**sent(), "Timestamp": ["2026-03-01"] * N}).flags


def test_hurried_people_and_few_answers() -> None:
    columns = {text: turning(OFTEN, N, 1 + place % 3, place) for place, text in enumerate(ITEMS)}
    for text in ITEMS[:11]:
        columns[text][2] = ""
    for text in ITEMS[:10]:
        columns[text][3] = ""
    found = seen({"Duration (in seconds)": ["20", "99", *["300"] * (N - 2)], **columns})
    assert found.flagged["few_answers"] == (2,)
    assert found.flagged["speeder"] == (0,) and found.flagged["hurried"] == (1,)
    finished = seen({"Finished": ["1"] * N, **columns}, tool="qualtrics")
    assert "few_answers" not in finished.flags


def test_texts_that_mean_no_answer_are_not_alike() -> None:
    columns = {text: turning(OFTEN, N, 1 + place % 3, place) for place, text in enumerate(ITEMS)}
    for place, text in enumerate(ITEMS):
        for row in (3, 4):
            columns[text][row] = "N/A" if place > 5 else columns[text][row]
        columns[text][4] = columns[text][3]
    times = [f"2026/03/{row + 1:02d} 10:00:00 AM GMT+5:30" for row in range(N)]
    times[4] = times[3]
    assert "near_duplicate" not in seen({"Timestamp": times, **columns}, tool="google_forms").flags
