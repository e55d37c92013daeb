"""Bands that a spreadsheet turned into dates: put back one by one, and then one group each."""

from __future__ import annotations

import pytest

from data.assemble import assemble
from data.bands import put_back
from data.inspection import look
from data.intake import Limits
from data.recipe import Recipe
from data.to_repair import to_repair

ITEMS = ("How often do you feel tired?", "How often are you physically exhausted?", "How often do you feel worn out?")


@pytest.mark.parametrize(
    ("cell", "band"),
    [("1-May", "1-5"), ("5-Jan", "1-5"), ("06-Oct", "6-10"), ("Nov-20", "11-20"), ("2026-05-01 00:00:00", "1-5"),
     ("11-20", ""), ("More than 20", ""), ("", "")],
)  # fmt: skip
def test_what_a_date_was(cell: str, band: str) -> None:
    assert put_back(cell) == band


def test_bands_are_put_back_by_the_proposal() -> None:
    lines = [f"{'AB'[n % 2]},{('1-May', '6-10', '5-Jan')[n % 3]}," + ",".join(["Often"] * 3) for n in range(30)]
    content = "\n".join([",".join(["Team", "Tenure", *ITEMS]), *lines]).encode()
    (found,) = to_repair(look(content, "survey.csv", Recipe(), Limits()))["bands"]
    assert '"1-May" as "1-5", "5-Jan" as "1-5"?' in found["words"]
    for merges, groups in (({}, 3), (found["recipe"]["merges"], 2)):
        seen = look(content, "survey.csv", Recipe(merges=merges), Limits())
        made = assemble(seen.raw, seen.recognition, seen.recipe, None, "Survey", "Wave", False, b"")
        assert len(made.wave.segment_labels["Tenure"]) == groups
    assert sorted(made.wave.segment_labels["Tenure"]) == ["1-5", "6-10"]
