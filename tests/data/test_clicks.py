"""From dropping a file to its dashboards: at most four clicks where the tool and the wording are standard."""

from __future__ import annotations

from itertools import combinations

import pytest

from data import editions
from data.inspection import assemble, look
from data.intake import Limits
from data.recipe import Recipe
from tests.bench.clicks import way
from tests.data.recognise_tables import CORPUS

STANDARD = {
    "google_forms_hindi.csv": 1,
    "kobo_xml_values.csv": 2,
    "limesurvey_codes.csv": 4,
    "merged_header.xlsx": 2,
    "ms_forms.xlsx": 1,
    "qualtrics_numeric.csv": 2,
    "spss_value_labels.sav": 1,
    "surveymonkey_expanded.csv": 1,
}
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of survey files is not beside this repository")


@pytest.mark.parametrize("name", STANDARD)
def test_a_standard_file_needs_at_most_four_clicks(name: str) -> None:
    found = way(CORPUS / "import" / name)
    assert found.stops == "" and found.people >= 8
    assert found.clicks == STANDARD[name] <= 4


def test_small_files_of_different_people_are_told_apart() -> None:
    """Whoever tries all of them in one data folder is not told that they are the same people."""
    rows = [editions.signatures(_wave(name), b"salt") for name in STANDARD]
    assert [editions.shared_rows(one, other) for one, other in combinations(rows, 2)] == [0] * 28


def _wave(name: str):
    content = (CORPUS / "import" / name).read_bytes()
    asked = look(content, name, Recipe(), Limits()).questions
    seen = look(content, name, Recipe(answers={one.key: one.options[0][0] for one in asked}), Limits())
    return assemble(seen, None, "Survey", "Wave", False, b"", 8).wave
