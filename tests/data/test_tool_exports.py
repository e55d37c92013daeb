"""The same invented survey as every tool writes it: roles, questions, cells and times come out right in each layout."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from data.describe import write_table
from data.inspection import Seen, look
from data.intake import Limits
from data.recipe import Recipe
from tests.data import commercial_tools as bought
from tests.data import export_parts
from tests.data import open_tools as free
from tests.data.export_parts import ASIDE, Col
from tests.data.invented_survey import ITEMS, WORDS, invented
from tests.data.test_intake_workbook import workbook, zipped

SURVEY = invented()
CASES: dict[str, tuple[list[Col], bytes, str, str, int]] = {}


def case(name: str, columns: list[Col], tool: str, header_rows: int, *, delimiter: str = ",", encoding: str = "utf-8",
         every: bool = False, end: str = "\r\n", inside: str = "") -> None:  # fmt: skip
    """One layout as a text file, or inside a workbook or an archive."""
    records = export_parts.texts(columns)
    content = export_parts.separated(records, delimiter, every, end).encode(encoding)
    if inside == "zip":
        content = zipped(survey__csv=content)
    elif inside == "xlsx":
        content = workbook(Responses=export_parts.worksheet(records))
    CASES[name] = columns, content, f"survey.{inside or 'csv'}", tool, header_rows


def _qualtrics() -> None:
    case("qualtrics, labels", bought.qualtrics(SURVEY), "qualtrics", 3, encoding="utf-8-sig")
    case(
        "qualtrics, numbers, seen but skipped",
        bought.qualtrics(SURVEY, numeric=True, skipped="-99"),
        "qualtrics",
        3,
    )
    case(
        "qualtrics, numbers, joined choices",
        bought.qualtrics(SURVEY, numeric=True, joined=True),
        "qualtrics",
        3,
    )
    joined = bought.qualtrics(SURVEY, joined=True)
    case("qualtrics, tab-separated UTF-16", joined, "qualtrics", 3, delimiter="\t", encoding="utf-16")
    employee = bought.qualtrics(SURVEY, employee=True, zone="Z")
    case("qualtrics, employee experience, zipped", employee, "qualtrics", 3, inside="zip")
    case("qualtrics, without the third record", bought.qualtrics(SURVEY, ids=False), "qualtrics", 2)
    renumbered = bought.qualtrics(SURVEY, numeric=True, skipped="-99", renumbered=True)
    case("qualtrics, choices numbered from 11", renumbered, "qualtrics", 3)
    case("qualtrics, workbook", bought.qualtrics(SURVEY), "qualtrics", 3, inside="xlsx")


def _surveymonkey() -> None:
    case("surveymonkey, expanded", bought.surveymonkey(SURVEY), "surveymonkey", 2)
    case("surveymonkey, expanded workbook", bought.surveymonkey(SURVEY), "surveymonkey", 2, inside="xlsx")
    case("surveymonkey, numbers", bought.surveymonkey(SURVEY, numeric=True), "surveymonkey", 2)
    case("surveymonkey, condensed", bought.surveymonkey(SURVEY, expanded=False), "surveymonkey", 2)
    old = bought.surveymonkey(SURVEY)
    case("surveymonkey, lone carriage returns", old, "surveymonkey", 2, end="\r", encoding="mac_roman")


def _google() -> None:
    case("google forms, zipped", bought.google(SURVEY), "google_forms", 1, every=True, end="\n", inside="zip")
    west = bought.google(SURVEY, stamp="2026/02/{d:02d} {h}:{M:02d}:00 {a} GMT-7", mail="Username")
    case("google forms, west of Greenwich", west, "google_forms", 1, every=True)
    american = bought.google(SURVEY, stamp="2/{d}/2026 {H}:{M:02d}:00", sign=", ", mail="")
    case("google sheets, month first", american, "google_forms", 1)
    german = bought.google(SURVEY, stamp="{d:02d}.02.2026 {H:02d}:{M:02d}:00", first="Zeitstempel", sign=", ",
                          mail="E-Mail-Adresse")  # fmt: skip
    case("google sheets, German", german, "google_forms", 1)
    french = bought.google(SURVEY, stamp="{d:02d}/02/2026 {H:02d}:{M:02d}:00", first="Horodateur", sign=", ",
                          mail="Adresse e-mail", grid=False)  # fmt: skip
    case("google sheets, French", french, "google_forms", 1)
    book = bought.google(SURVEY, stamp="2026-02-{d:02d} {H:02d}:{M:02d}:00", sign=", ")
    case("google sheets, workbook", book, "google_forms", 1, inside="xlsx")


def _microsoft() -> None:
    iso = "2026-05-{d:02d}T{H:02d}:{M:02d}:00"
    case("microsoft forms, csv", bought.microsoft(SURVEY), "microsoft_forms", 1)
    quiz = bought.microsoft(SURVEY, anonymous=False, quiz=True, stamp=iso)
    case("microsoft forms, quiz", quiz, "microsoft_forms", 1, inside="xlsx")
    spanish = bought.microsoft(SURVEY, heads=bought.MS_SPANISH, stamp=iso)
    case("microsoft forms, Spanish", spanish, "microsoft_forms", 1, inside="xlsx")
    german = bought.microsoft(SURVEY, heads=bought.MS_GERMAN, modified=False, anonymous=False, stamp=iso)
    case("microsoft forms, German", german, "microsoft_forms", 1, inside="xlsx")
    saved = bought.microsoft(SURVEY, heads=bought.MS_SPANISH, stamp="{d:02d}/05/2026 {H}:{M:02d}:00")
    case("microsoft forms, Spanish saved as csv", saved, "microsoft_forms", 1, delimiter=";", encoding="cp1252")


def _typeform() -> None:
    case("typeform", bought.typeform(SURVEY), "typeform", 1)
    case("typeform, old, with markup", bought.typeform(SURVEY, old=True, markup=True), "typeform", 1)
    case("typeform, joined by strokes", bought.typeform(SURVEY, joined=" / "), "typeform", 1)
    case("typeform, joined by commas", bought.typeform(SURVEY, joined=","), "typeform", 1)
    case("typeform, workbook", bought.typeform(SURVEY), "typeform", 1, inside="xlsx")


def _limesurvey() -> None:
    for heading in ("code", "text", "both"):
        for full in (False, True):
            for yes_no, delimiter in (("Y", ";"), ("12", ","), ("Yes", "\t"), ("N", ";")):
                columns = free.limesurvey(SURVEY, heading=heading, full=full, yes_no=yes_no, anonymised=yes_no == "N")
                name = f"limesurvey, {heading} headings, {'full' if full else 'codes'}, {yes_no}"
                case(name, columns, "limesurvey", 1, delimiter=delimiter, encoding="utf-8-sig", every=True)
    case("limesurvey, vv", free.limesurvey(SURVEY, vv=True), "limesurvey", 2, delimiter="\t")
    book = free.limesurvey(SURVEY, heading="text", full=True, timings=False)
    case("limesurvey, workbook", book, "limesurvey", 1, inside="xlsx")


def _kobo_and_redcap() -> None:
    for labels in (False, True):
        for shapes in ("both", "joined", "split"):
            for tags in (False, True):
                columns = free.kobo(SURVEY, labels=labels, tags=tags, shapes=shapes)
                name = f"kobo, {'labels' if labels else 'names'}, {shapes}{', tags' if tags else ''}"
                case(name, columns, "kobo", 1 + tags, delimiter=";", every=True)
        for events in (0, 2):
            columns = free.redcap(SURVEY, labels=labels, events=events)
            case(f"redcap, {'labels' if labels else 'raw'}, {events} events", columns, "redcap", 1)
    case("kobo, workbook", free.kobo(SURVEY, labels=True), "kobo", 1, inside="xlsx")
    case("viva glint", free.glint(SURVEY), "viva_glint", 1)


for make in (_qualtrics, _surveymonkey, _google, _microsoft, _typeform, _limesurvey, _kobo_and_redcap):
    make()


@pytest.mark.parametrize("name", CASES)
def test_a_layout(name: str, tmp_path: Path) -> None:
    columns, content, filename, tool, header_rows = CASES[name]
    check(columns, look(content, filename, Recipe(), Limits()), tool, header_rows, tmp_path)


def check(columns: list[Col], seen: Seen, tool: str, header_rows: int, scratch: Path) -> None:
    assert (seen.raw.tool, seen.raw.header_rows) == (tool, header_rows)
    assert len(seen.recognition.keep) == SURVEY.people
    assert len(columns) == len(seen.recognition.columns)
    write_table(seen, scratch / "table.csv")
    with (scratch / "table.csv").open(encoding="utf-8", newline="") as handle:
        heads, *rows = csv.reader(handle)
    for column, guess in zip(columns, seen.recognition.columns, strict=True):
        assert guess.role in column.roles.split(), (guess.name, guess.role, guess.why)
        place = heads.index(str(guess.index)) if str(guess.index) in heads else None
        cells = [row[place] for row in rows] if place is not None else []
        if column.roles == "item":
            assert (guess.levels, guess.item or column.item) == (column.levels, column.item or guess.item), guess.name
        if column.item and guess.role == "item":
            assert cells == [str(level) if level else "" for level in SURVEY.levels[column.item]], guess.name
        if column.roles == "segment" and guess.role == "segment":
            assert cells == [cell.strip() for cell in column.cells], guess.name
        if column.roles == "pii":
            assert place is None


SPSS = {
    "numbers": {},
    "highest first": {"code": lambda level: 6 - level},
    "from zero": {"code": lambda level: level - 1},
    "to a hundred": {"code": lambda level: 25 * (level - 1)},
    "only the ends have texts": {"ends": True},
    "only the ends have texts, highest first": {"ends": True, "code": lambda level: 6 - level},
    "a range of missing codes": {"missing": {"lo": 90.0, "hi": 99.0}},
    "compressed": {"compressed": True},
}


@pytest.mark.parametrize("name", SPSS)
def test_an_spss_file(name: str, tmp_path: Path) -> None:
    columns, content = spss(tmp_path, **SPSS[name])
    seen = look(content, "survey.sav", Recipe(), Limits())
    check(columns, seen, "spss", 0, tmp_path)
    assert seen.questions == ()


def spss(folder: Path, code=lambda level: level, ends: bool = False, missing=98.0, compressed: bool = False):  # type: ignore[no-untyped-def]
    people = SURVEY.people
    teams = dict(enumerate(dict.fromkeys(SURVEY.team), start=1))
    frame: dict[str, list] = {"respid": [float(n + 1) for n in range(people)]}  # type: ignore[type-arg]
    columns = [Col(("respid",), [], ASIDE), Col(("dept",), SURVEY.team, "segment")]
    frame["dept"] = [float(1 + n % 4) for n in range(people)]
    labels, texts, declared = {"dept": "Which department?"}, {"dept": {float(n): t for n, t in teams.items()}}, {}
    for item in ITEMS:
        name = item.partition(".")[2].lower()
        frame[name] = [float(code(level)) if level else 98.0 for level in SURVEY.levels[item]]
        words = {float(code(level)): word for level, word in enumerate(WORDS[item], start=1)}
        texts[name] = (
            {k: w for k, w in words.items() if w in (WORDS[item][0], WORDS[item][-1])} if ends else words
        ) | {98.0: "Prefer not to say"}
        labels[name], declared[name] = SURVEY.text(item), [missing]
        columns.append(Col((name,), [], "item", item, 5))
    frame["email"] = [f"p{n}@example.org" for n in range(people)]
    frame["started"] = [pd.Timestamp("2026-05-04 10:00") + pd.Timedelta(hours=n) for n in range(people)]
    columns += [Col(("email",), [], "pii"), Col(("started",), [], ASIDE)]
    path = folder / ("survey.zsav" if compressed else "survey.sav")
    pyreadstat.write_sav(
        pd.DataFrame(frame), path, column_labels=labels, variable_value_labels=texts, missing_ranges=declared,
        compress=compressed,
    )  # fmt: skip
    return columns, path.read_bytes()


def test_peakon_becomes_one_row_per_person_and_keeps_no_address() -> None:
    content = export_parts.separated(free.peakon(SURVEY)).encode()
    seen = look(content, "survey.csv", Recipe(), Limits())
    roles = {guess.name: (guess.role, guess.levels) for guess in seen.recognition.columns}
    assert (seen.raw.tool, len(seen.recognition.keep)) == ("peakon", SURVEY.people)
    assert roles["employeeId"][0] == roles["accountEmail"][0] == "pii"
    assert roles["Department"] == ("segment", None) and roles["q1_comment"][0] == "text"
    assert all(roles[f"q{n}"] == ("item", 11) for n in range(4))
