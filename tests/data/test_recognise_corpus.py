"""The open corpus of exports: roles, items, rows, flags and warnings as expected, file by file."""

from collections import Counter

import pytest

from data import intake, questionnaires
from data.recognise import recognise
from data.table import RawTable, Recognition
from tests.data.recognise_tables import CORPUS, expected

FILES = {name: want for name, want in expected().items() if want["outcome"] == "accept"}
ASIDE = {"id", "quality", "drop"}
pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of survey exports is not beside this project")


@pytest.fixture(scope="module", params=FILES or ["none"])
def file(request: pytest.FixtureRequest) -> tuple[dict, RawTable, Recognition]:  # type: ignore[type-arg]
    path = CORPUS / "import" / request.param
    raw = intake.read(path.read_bytes(), f"survey{path.suffix}")
    return FILES[request.param], raw, recognise(raw, questionnaires.load())


def test_roles_and_items(file) -> None:  # type: ignore[no-untyped-def]
    want, _, got = file
    for column in (column for column in want["columns"] if "index" in column):
        have = got.columns[column["index"]]
        accepted = {column["role"], *column.get("also_accept", [])}
        accepted |= ASIDE if accepted & ASIDE else set()
        assert have.role in accepted, column["name"]
        if have.role == "item":
            assert column.get("scale") in (None, have.item), column["name"]
            assert column.get("levels") in (None, have.levels), column["name"]


def test_people_and_rows_set_aside(file) -> None:  # type: ignore[no-untyped-def]
    want, raw, got = file
    assert len(got.keep) == want["n_rows"]
    assert dict(Counter(row.kind for row in [*raw.set_aside, *got.set_aside])) == want.get("problem_rows", {})


def test_instruments_flags_and_identifiers_in_text(file) -> None:  # type: ignore[no-untyped-def]
    want, _, got = file
    shipped = want.get("recognised_instruments_if_translation_shipped", {})
    assert got.instruments == want.get("recognised_instruments", shipped)
    if "flags" in want:
        assert got.flags == want["flags"]
    if "text_pii" in want:
        assert {got.columns[index].name: cells for index, cells in got.text_pii.items()} == want["text_pii"]


def test_warnings(file) -> None:  # type: ignore[no-untyped-def]
    want, raw, got = file
    assert set(want["warnings"]) <= set(raw.warnings) | set(got.warnings)


def test_a_real_workbook_gives_items_that_a_custom_scale_can_name() -> None:
    path = CORPUS / "datasets" / "o14_qualtrics_labels_workaholism.xlsx"
    if not path.exists():
        pytest.skip("the real survey files are not beside this project")
    got = recognise(intake.read(path.read_bytes(), "survey.xlsx"), questionnaires.load())
    exhaustion = [column for column in got.columns if column.name.startswith("Emotional exhaustion_")]
    assert [(column.role, column.levels) for column in exhaustion] == [("item", 5)] * 5
    after_hours = [column for column in got.columns if column.name.startswith("Q132_")]
    assert all(column.codes["all of the time"] == 5 and column.codes["occasionally"] == 2 for column in after_hours)
    assert got.questions == () and got.instruments == {}
