"""From dropping a file to its dashboards: at most four clicks where the tool and the wording are standard."""

from __future__ import annotations

import pytest

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
