"""As a new user would: a file dropped on the first page, whatever is asked answered, and on to its dashboards."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.access import LOCAL_ANALYST
from data.store import Store
from tests.pages.confirming import clicked_through, dropped

CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "import"
STANDARD = {
    "surveymonkey_expanded.csv": 1,
    "limesurvey_codes.csv": 4,
    "google_forms_hindi.csv": 1,
    "kobo_xml_values.csv": 2,
    "merged_header.xlsx": 2,
    "ms_forms.xlsx": 1,
    "qualtrics_numeric.csv": 2,
    "spss_value_labels.sav": 1,
}
IN_EVERY_RUN = ("limesurvey_codes.csv",)  # the one with the most questions
pytestmark = pytest.mark.skipif(not CORPUS.exists(), reason="the corpus of survey files is not beside this repository")


@pytest.mark.parametrize(
    "name", [pytest.param(name, marks=[] if name in IN_EVERY_RUN else pytest.mark.long) for name in STANDARD]
)
def test_from_a_dropped_file_to_its_dashboards(app, clean, name: str) -> None:
    dropped(app, name, (CORPUS / name).read_bytes())
    app.text_input(key="survey_name").set_value(name).run()
    clicks = clicked_through(app)
    assert not app.exception and not app.error, [one.value for one in app.error]
    assert app.title[0].value == "Overview" and "upload" not in app.session_state
    (wave,) = [one for one in Store.open().waves() if one.survey == name]
    assert wave.state == "published" and Store.open().read(LOCAL_ANALYST, wave.id, 0, "indicators").cells.shape[0]
    assert clicks == STANDARD[name] <= 4
