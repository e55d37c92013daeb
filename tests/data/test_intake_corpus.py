"""The reader against real export files and their written expectations, and against damaged copies of them."""

from __future__ import annotations

import json
import random
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pyreadstat
import pytest

from data.intake import Limits, read
from data.table import Refused

CORPUS = Path(__file__).parents[2].parent / "shared" / "corpus"
EXPECTED = CORPUS / "import" / "EXPECTED.json"
FILES: dict[str, Any] = json.loads(EXPECTED.read_text(encoding="utf-8"))["files"] if EXPECTED.exists() else {}
MINE = ("too_many_cells", "too_few_cells_padded", "summary_or_footer", "repeated_header")
needs_corpus = pytest.mark.skipif(not FILES, reason="the shared corpus of export files is not beside this repository")


def content(name: str) -> bytes:
    return (CORPUS / name).read_bytes()


@needs_corpus
@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file["outcome"] == "accept"])
def test_files_are_read_as_expected(name: str) -> None:
    expected = FILES[name]
    raw = read(content(f"import/{name}"), name)
    for key in ("encoding", "delimiter", "raw_records", "header_rows"):
        assert getattr(raw, key) == expected[key], key
    assert raw.tool == expected["recognised_tool"]
    listed = [row.kind for row in raw.set_aside]
    problems = {kind: count for kind, count in expected.get("problem_rows", {}).items() if kind in MINE}
    assert {kind: listed.count(kind) for kind in MINE if kind in listed} == problems
    people = expected["n_rows"] + sum(
        expected.get("problem_rows", {}).get(kind, 0) for kind in ("preview_or_test", "no_answers")
    )
    assert len(raw.cells) == len(raw.lines) == people
    for column, wanted in zip(raw.columns, expected["columns"], strict=True):
        assert column.name.replace("\xa0", " ") == wanted["name"].replace("\xa0", " ")
        assert column.label == wanted.get("label", "")


@needs_corpus
@pytest.mark.parametrize("name", [name for name, file in FILES.items() if file["outcome"] == "refuse"])
def test_files_are_refused_as_expected(name: str) -> None:
    with pytest.raises(Refused) as caught:
        read(content(f"import/{name}"), name)
    assert caught.value.kind == FILES[name]["message_kind"]


@needs_corpus
def test_lines_of_rows_set_aside_are_those_an_editor_shows() -> None:
    raw = read(content("import/ragged_duplicate_headers.csv"))
    expected = FILES["ragged_duplicate_headers.csv"]["problem_row_lines"]
    assert [row.line for row in raw.set_aside if row.kind == "too_many_cells"] == expected


@needs_corpus
@pytest.mark.parametrize(
    ("name", "tool", "rows", "columns"),
    [
        ("o04_qualtrics_homeoffice.tsv", "qualtrics", 859, 60),
        ("o05_limesurvey_rse2017_de.csv", "limesurvey", 325, 248),
        ("o06_googleforms_osmi2014.csv", "google_forms", 1259, 27),
        ("o07_nsw_remote2021.csv", "unknown", 1512, 109),
        ("o12_qualtrics_sample_de.csv", "qualtrics", 1, 20),
        ("o13_qualtrics_legacy.csv", "qualtrics", 1, 16),
        ("o14_qualtrics_labels_workaholism.xlsx", "qualtrics", 115, 106),
    ],
)
def test_real_files(name: str, tool: str, rows: int, columns: int) -> None:
    raw = read(content(f"datasets/{name}"), name, limits=Limits(min_rows=1))
    assert (raw.tool, *raw.cells.shape, raw.set_aside) == (tool, rows, columns, ())


@needs_corpus
def test_a_system_file_brings_answer_texts_and_declared_missing_codes() -> None:
    raw = read(content("import/spss_value_labels.sav"))
    assert raw.value_labels[2]["100"] == "Always"
    assert raw.missing[2] == {"999"}
    assert raw.cells[15].iloc[0] == "2026-07-01T09:00:00"


def test_a_system_file_made_here_keeps_missing_ranges_apart_from_blanks(tmp_path: Path) -> None:
    import pandas as pd

    path = tmp_path / "made.sav"
    frame = pd.DataFrame({"q": [1.0, 98.0, 99.0, None], "t": ["a", "", "c", "d"]})
    pyreadstat.write_sav(frame, str(path), column_labels={"q": "How?"}, missing_ranges={"q": [{"lo": 90, "hi": 99}]})
    raw = read(path.read_bytes())
    assert raw.cells[0].tolist() == ["1", "98", "99", ""]
    assert raw.missing == {0: frozenset({"98", "99"})}
    assert (raw.columns[0].label, raw.tool, raw.header_rows) == ("How?", "spss", 0)


def damaged(content: bytes, chance: random.Random) -> bytes:
    """A copy that was cut, garbled, spliced, or had a separator or line end replaced."""
    place, how = chance.randrange(len(content)), chance.randrange(5)
    if how == 0:
        return content[:place]
    if how == 1:
        garbled = bytearray(content)
        for _ in range(20):
            garbled[chance.randrange(len(content))] = chance.randrange(256)
        return bytes(garbled)
    if how == 2:
        return content[:place] + chance.randbytes(50) + content[place + chance.randrange(100) :]
    if how == 3:
        return content.replace(b",", chance.choice([b";", b"\t", b"|", b'"', b"\n", b""]))
    return content.replace(b"\n", chance.choice([b"\r", b"\r\r\n", b"\n\n", b'"']))


def read_or_refuse(content: bytes) -> None:
    try:
        raw = read(content)
    except Refused as refusal:
        assert refusal.message
        return
    assert raw.cells.shape == (len(raw.lines), len(raw.columns))


@needs_corpus
@pytest.mark.parametrize("name", sorted(set(FILES) - {"five_thousand_columns.csv"}))
def test_damaged_files_are_read_or_refused_and_never_fail(name: str) -> None:
    chance = random.Random(name)
    for _ in range(12):
        read_or_refuse(damaged(content(f"import/{name}"), chance))


@needs_corpus
@pytest.mark.long
@pytest.mark.parametrize("name", sorted(set(FILES)))
def test_damaged_files_at_length(name: str) -> None:
    chance = random.Random(f"{name} at length")
    for _ in range(300):
        read_or_refuse(damaged(content(f"import/{name}"), chance))


@needs_corpus
@pytest.mark.parametrize("name", ["ms_forms.xlsx", "merged_header.xlsx"])
def test_workbooks_with_damaged_parts_are_read_or_refused(name: str) -> None:
    chance = random.Random(name)
    with zipfile.ZipFile(BytesIO(content(f"import/{name}"))) as archive:
        parts = {member: archive.read(member) for member in archive.namelist()}
    for _ in range(40):
        member = chance.choice(sorted(parts))
        out = BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for part, inside in parts.items():
                archive.writestr(part, damaged(inside, chance) if part == member else inside)
        read_or_refuse(out.getvalue())
