"""One survey saved in many ways gives one wave and, published, one and the same file of cells, byte by byte."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pyreadstat
import pytest
from click.testing import CliRunner

from analytics.release import read_cells
from analytics.wave import Wave
from cli import main
from data.inspection import assemble, look
from data.intake import Limits
from data.recipe import Recipe
from tests.data.export_parts import open_document, separated, worksheet
from tests.data.invented_survey import ITEMS, WORDS, invented
from tests.data.test_intake_workbook import workbook, zipped

PEOPLE = 84
SURVEY = invented(PEOPLE, seed=11)
TEAMS = ("Société / Café", "Société / Straße", "Rivière / Ingénierie")
TEAM, SITE, HOURS = "Team", "Standort", "Hours worked per week"
SITES = ("Zürich", "Genève", "", "Köln")


def columns() -> dict[str, list[str]]:
    made = {TEAM: [TEAMS[n % 3] for n in range(PEOPLE)], SITE: [SITES[n % 4] for n in range(PEOPLE)]}
    made[HOURS] = [f"{36 + n % 9}.5" if n % 7 else "" for n in range(PEOPLE)]
    return made | {SURVEY.text(item): SURVEY.words(item) for item in ITEMS}


def records(decimal: str = ".") -> list[list[str]]:
    table = columns()
    table[HOURS] = [cell.replace(".", decimal) for cell in table[HOURS]]
    return [list(table), *map(list, zip(*table.values(), strict=True))]


def qualtrics() -> bytes:
    head, *rows = records()
    keys = [f"Q{n}" for n in range(len(head))]
    ids = [f'{{"ImportId":"QID{n}","timeZone":"Z"}}' for n in range(len(head))]
    meta = [
        ["ResponseId", "Response ID", '{"ImportId":"_recordId"}'],
        ["Finished", "Finished", '{"ImportId":"finished"}'],
    ]
    heads = [[one[row] for one in meta] + line for row, line in enumerate((keys, head, ids))]
    return separated([*heads, *([f"R_2YPOQ602ER1j{n:03d}", "True", *row] for n, row in enumerate(rows))]).encode(
        "utf-8-sig"
    )


def spss(folder: Path, labelled_groups: bool = False) -> bytes:
    """An SPSS file; ``labelled_groups``: team and site as numbers with labels too, and the file packed."""
    frame: dict[str, list[object]] = {}
    labels, texts = {}, {}
    for place, (head, cells) in enumerate(columns().items()):
        name = f"v{place}"
        labels[name] = head
        item = next((item for item in ITEMS if SURVEY.text(item) == head), None)
        if item is not None:
            frame[name] = [float(level) if level else np.nan for level in SURVEY.levels[item]]
            texts[name] = {float(level): word for level, word in enumerate(WORDS[item], start=1)}
        elif labelled_groups and head != HOURS:
            groups = sorted(set(cells) - {""})
            frame[name] = [float(groups.index(cell) + 1) if cell else np.nan for cell in cells]
            texts[name] = {float(code): group for code, group in enumerate(groups, start=1)}
        else:
            frame[name] = [float(cell) if cell else np.nan for cell in cells] if head == HOURS else list(cells)
    path = folder / "survey.sav"
    told = {"column_labels": labels, "variable_value_labels": texts, "compress": labelled_groups}
    pyreadstat.write_sav(pd.DataFrame(frame), path, **told)
    return path.read_bytes()


def typed() -> list[list[object]]:
    """The records with the hours as numbers, as spreadsheets keep them."""
    head, *rows = records()
    at = head.index(HOURS)
    return [head, *([float(cell) if place == at and cell else cell for place, cell in enumerate(row)] for row in rows)]


WAYS = {
    "utf-8 with a mark": lambda folder: separated(records(), every=True).encode("utf-8-sig"),
    "mac roman": lambda folder: separated(records(), end="\r").encode("mac_roman"),
    "tabs": lambda folder: separated(records(), "\t").encode(),
    "utf-16 big-endian": lambda folder: b"\xfe\xff" + separated(records(), ";").encode("utf-16-be"),
    "utf-16": lambda folder: separated(records(), "\t").encode("utf-16"),
    "utf-16 without a mark": lambda folder: separated(records(), "\t").encode("utf-16-le"),
    "windows-1252": lambda folder: separated(records(), every=True).encode("cp1252"),
    "semicolon": lambda folder: separated(records(), ";", end="\n").encode(),
    "decimal comma": lambda folder: ("sep=;\r\n" + separated(records(","), ";")).encode("cp1252"),
    "zipped": lambda folder: zipped(answers__csv=separated(records()).encode()),
    "xlsx": lambda folder: workbook(Antworten=worksheet(typed())),  # type: ignore[arg-type]
    "ods": lambda folder: open_document(typed()),
    "sav": spss,
    "zsav with labelled groups": lambda folder: spss(folder, labelled_groups=True),
    "qualtrics": lambda folder: qualtrics(),
    "qualtrics, utf-16 with tabs, zipped": lambda folder: zipped(
        answers__tsv=qualtrics().decode("utf-8-sig").encode("utf-16")
    ),
}


def wave(content: bytes) -> Wave:
    made = assemble(look(content, "survey", Recipe(), Limits()), None, "Survey", "Spring", False, b"")
    assert not made.problems.blocking
    return made.wave


@pytest.mark.parametrize("way", WAYS)
def test_the_same_wave(way: str, tmp_path: Path) -> None:
    plain, other = wave(separated(records()).encode()), wave(WAYS[way](tmp_path))
    assert (
        len(plain) == PEOPLE and len(plain.tree) == 6 and plain.numbers["hours"].notna().sum() == PEOPLE - PEOPLE // 7
    )
    pd.testing.assert_frame_equal(plain.answers, other.answers)
    pd.testing.assert_frame_equal(plain.numbers, other.numbers)
    pd.testing.assert_frame_equal(plain.segments, other.segments)
    assert plain.segment_labels == other.segment_labels
    assert plain.tree == other.tree and plain.unit.tolist() == other.unit.tolist()
    assert plain.scales == other.scales


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Callable[[bytes], bytes]:
    def publish(content: bytes) -> bytes:
        """The cells that publishing a file writes, through the front door for scripts."""
        folder = tmp_path_factory.mktemp("published")
        (folder / "file").write_bytes(content)
        argv = ["publish", str(folder / "file"), "--out", str(folder / "out"), "--survey", "Survey", "--wave", "Spring"]
        done = CliRunner().invoke(main, argv)
        assert done.exit_code == 0, done.output
        return next((folder / "out").rglob("cells.parquet")).read_bytes()

    return publish


@pytest.fixture(scope="module")
def plain_cells(published: Callable[[bytes], bytes]) -> bytes:
    return published(separated(records()).encode())


ASKED_FOR = ("utf-16", "windows-1252", "semicolon", "decimal comma", "xlsx", "sav", "qualtrics")
FURTHER = [pytest.param(way, marks=pytest.mark.long) for way in WAYS if way not in ASKED_FOR]


@pytest.mark.parametrize("way", [*ASKED_FOR, *FURTHER])
def test_the_same_cells(way: str, published: Callable[[bytes], bytes], plain_cells: bytes, tmp_path: Path) -> None:
    cells = read_cells(plain_cells)
    assert cells["shown"].sum() > 50 and len(cells) > 100
    assert published(WAYS[way](tmp_path)) == plain_cells
