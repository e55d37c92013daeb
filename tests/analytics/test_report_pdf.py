"""Print: PDFs whose text can be selected, with every label of every chart, nothing hidden, and nothing cut."""

from __future__ import annotations

import io
import itertools
import re
import shutil
import subprocess
from typing import Any

import pandas as pd
import pytest
from more_releases import ITEMS, answered, driven, fitted, lived, questions
from pypdf import PdfReader
from releases import CBI, cell, hidden, mean_measure, release, share_measure, team_release

from analytics import chart, report
from analytics.chart.drawing import Drawing
from analytics.protect import Protected
from analytics.release import NOT_SHOWN
from analytics.report import lettering, rows
from analytics.report.sheet import BOTTOM, LEFT, RIGHT, Sheet, Style

HINDI, TAMIL, BENGALI = "हिन्दी विक्रय क्षेत्र", "விற்பனைக் குழு", "বিক্রয় দল"
HOSTILE = "<script>alert(1)</script> **x** \u202egnp.exe\u0000 (Tj) \\ %s {nb}"
LONG = "W" * 400
AUDIT = {"cells": 40, "hidden_cells": 3, "narrowest": {"nested": 1}}
HELP = "Call 14416, day and night."


def pages(content: bytes) -> list[str]:
    """The text of each page, with every run of spaces and line ends as one space.

    pypdf knows no ActualText and shows a part of a joined letter as a control sign; other readers do.
    """
    told = (page.extract_text() for page in PdfReader(io.BytesIO(content)).pages)
    return [re.sub(r"\s+", " ", re.sub(r"[\x00-\x08\x0b-\x1f]", "", page)) for page in told]


def text(content: bytes) -> str:
    return " ".join(pages(content))


def squeezed(words: str) -> str:
    return re.sub(r"\s+", "", words)


def company(
    name: str = "Sales", sample: bool = False, states: tuple[str, ...] = ("higher", "unclear", "")
) -> Protected:
    """An organisation with one team that has scores, leanings and questions, and one team that is not shown."""
    rows = [cell("indicators", 0, m, str(40 + at), ci_low=38.0, ci_high=44.0) for at, m in enumerate(CBI)]
    rows += [
        cell("indicators", 1, m, str(60 + at), state, ci_low=52.0, ci_high=70.0)
        for at, (m, state) in enumerate(zip(CBI, states, strict=True))
    ]
    rows += [hidden("indicators", 2, m) for m in CBI]
    for node, shares in ((0, ("31–32 %", "39–40 %", "29–30 %")), (1, ("20–40 %", "40–60 %", "0–20 %"))):
        parts = zip(("balance", "mixed", "integration"), shares, strict=True)
        rows += [cell("leanings", node, "leaning", share, part=part, kind="parts") for part, share in parts]
    rows += [hidden("leanings", 2, "leaning", part) for part in ("balance", "mixed", "integration")]
    asked = questions()
    rows += [{str(k): v for k, v in row.items()} for row in asked.cells.to_dict("records")]
    measures = [mean_measure(m) for m in CBI] + [share_measure("leaning", "Leaning", kind="parts")]
    measures += list(asked.manifest["measures"])
    made = release(rows, [name, "Payroll"], measures=measures, sample=sample)
    units = [{**unit, "shown": unit["name"] != "Payroll"} for unit in made.manifest["units"]]
    return release(rows, [name, "Payroll"], measures=measures, sample=sample, units=units)


def team(p: Protected, node: int = 1, help_line: str = "") -> bytes:
    every = frozenset(range(len(p.manifest["units"])))
    views = (p.select(node, view, every) for view in ("indicators", "leanings", "questions"))
    return report.team_pdf(*views, node, help_line)


def organisation(p: Protected, **more: Protected) -> bytes:
    return report.organisation_pdf({**dict.fromkeys(("indicators", "leanings", "questions"), p), **more}, AUDIT, HELP)


def labels(drawing: Drawing) -> list[str]:
    """The names of a chart's rows and the words of its numbers."""
    told = [str(value) for value in drawing.numbers.to_numpy().ravel() if value]
    return [row.label for row in drawing.rows if row.label] + told


def test_a_teams_page_is_one_page_with_every_label_of_its_charts() -> None:
    p = company()
    content = team(p, help_line=HELP)
    assert len(pages(content)) == 1
    told = text(content)
    every = frozenset({0, 1, 2})
    seen = p.select(1, "indicators", every)
    drawn = (
        chart.scores(seen),
        chart.leanings(p.select(1, "leanings", frozenset({0, 1}))),
        chart.questions(p.select(1, "questions", every), burdened=True),
    )
    for drawing in drawn:
        assert drawing.rows
        assert drawing.title in told
        for row in drawing.rows:
            assert row.label in told and row.printed in told
            assert all(span.cell.text in told for span in row.spans)
    assert "Your team reports clearly more personal burnout than the whole organisation." in told
    assert all(sentence in told for sentence in ("what lies behind it?", HELP, "How sure:", "Made 2026-11-24."))
    assert "Page 1 of 1" in told and "fewer than 8 people" in told


def test_a_team_that_is_not_shown_prints_no_figure_of_its_own() -> None:
    told = text(team(company(), node=2))
    assert NOT_SHOWN in told and "Your people's answers count in Whole organisation." in told
    assert "Payroll" in told and "Whole organisation" in told
    assert not re.search(r"Payroll[^A-Z]*\d", told)
    assert len(pages(team(company(), node=2))) == 1


def test_the_organisations_report_has_every_label_of_every_chart() -> None:
    p = company()
    more = {"drivers": driven(), "fit": fitted(), "quadrants": lived(), "response": answered()}
    told = text(organisation(p, **more))
    drawings = [
        chart.scores(p),
        *(chart.teams(p, measure) for measure in CBI),
        chart.leanings(p),
        chart.questions(p),
        chart.drivers(more["drivers"], "CBI.work"),
        chart.fit(more["fit"], "CBI.work"),
        chart.quadrants(more["quadrants"]),
        chart.response(more["response"]),
    ]
    for drawing in drawings:
        assert len(drawing.numbers)
        assert drawing.title in told
        idle = {name for name in drawing.numbers if set(drawing.numbers[name]) <= {"Not compared", ""}}
        kept = drawing.numbers.drop(columns=[*idle, *({"Organisation"} & set(drawing.numbers))])
        for label in labels(Drawing(drawing.figure, "", kept, "", "", (), drawing.rows)):
            assert squeezed(label) in squeezed(told), label
        assert all(line in told for line in drawing.method)
    answers = {word for _, _, words, _, _ in ITEMS for word in words}
    assert all(word in told for word in answers)


def test_a_hidden_unit_has_the_sentence_and_no_figure() -> None:
    p = team_release({"Sales": "higher", "Legal": "hidden"}, measures=[mean_measure("CBI.work")])
    told = text(report.organisation_pdf({"indicators": p}, AUDIT))
    found = re.findall(rf"Legal {re.escape(NOT_SHOWN)}(.{{0,12}})", told)
    assert len(found) == 2  # in the chart and in the table
    assert not re.search(r"Legal \d", told)


@pytest.mark.parametrize("name", [HINDI, TAMIL, BENGALI, f"{HINDI} / Sales, {TAMIL}"])
def test_names_in_indian_scripts_are_written_and_can_be_selected(name: str) -> None:
    for content in (team(company(name)), organisation(company(name))):
        assert squeezed(name) in squeezed(text(content))
        assert lettering.MISSING not in text(content)


@pytest.mark.parametrize("name", [HINDI, TAMIL, BENGALI])
def test_another_reader_copies_names_as_they_are_written(name: str) -> None:
    reader = shutil.which("pdftotext")
    if reader is None:
        pytest.skip("needs pdftotext of Debian's poppler-utils")
    told = subprocess.run([reader, "-", "-"], input=team(company(name)), capture_output=True, check=True).stdout
    assert name in told.decode("utf-8")


@pytest.mark.parametrize("name", [HOSTILE, LONG, "漢字 😀", "=1+1", "\u200b", " "])
def test_hostile_names_stay_text_and_pages_stay_whole(name: str) -> None:
    content = team(company(name))
    assert len(pages(content)) == 1
    assert "\u202e" not in text(content)
    whole = organisation(company(name))
    assert "Page 1 of" in text(whole)
    if name == HOSTILE:
        assert "<script>alert(1)</script> **x** gnp.exe (Tj) \\ %s {nb}" in text(content)
    root = PdfReader(io.BytesIO(whole)).trailer["/Root"]
    assert not {"/AA", "/Names", "/URI", "/AcroForm"} & set(root)
    assert isinstance(root["/OpenAction"], list)  # a place in the document to begin with, and nothing to run


def test_a_letter_that_no_font_has_is_replaced_and_not_left_out() -> None:
    assert "".join(run.text for run in lettering.runs("A 漢 B")) == f"A {lettering.MISSING} B"
    assert [run.font for run in lettering.runs(f"{HINDI} 7")] == ["NotoSansDevanagari"]
    assert [run.font for run in lettering.runs(f"{TAMIL} Sales")] == ["NotoSansTamil", "NotoSans"]


def test_every_language_of_the_constitutions_eighth_schedule_has_its_letters() -> None:
    names = ("हिन्दी", "বাংলা", "தமிழ்", "తెలుగు", "ગુજરાતી", "ਪੰਜਾਬੀ", "ಕನ್ನಡ", "മലയാളം", "ଓଡ଼ିଆ", "اردو", "ᱥᱟᱱᱛᱟᱲᱤ", "ꯃꯅꯤꯄꯨꯔꯤ")
    for name in names:
        assert [run.text for run in lettering.runs(name)] == [name]


def test_eighty_teams_break_pages_without_cutting() -> None:
    states = {f"Team {at:02d} of the northern region": ("higher" if at % 9 == 0 else "unclear") for at in range(80)}
    p = team_release(states, measures=[mean_measure("CBI.work")])
    content = report.organisation_pdf({"indicators": p}, AUDIT)
    told = pages(content)
    assert len(told) > 2
    assert all(f"Page {at} of {len(told)}" in page for at, page in enumerate(told, start=1))
    assert all(name in " ".join(told) for name in states)
    for page in PdfReader(io.BytesIO(content)).pages:
        assert _outside(page) == []


def test_rows_without_any_mark_are_still_rows() -> None:
    p = team_release({f"Team {at}": "hidden" for at in range(40)}, measures=[mean_measure("CBI.work")])
    told = text(report.organisation_pdf({"indicators": p}, AUDIT))
    assert f"40 teams {NOT_SHOWN}" in told
    assert "Separation that the workplace allows" not in told


@pytest.mark.parametrize("tight", [1.0, 0.3])
def test_figures_of_one_row_are_never_written_over_each_other(tight: float) -> None:
    drawing = chart.leanings(company().select(1, "leanings", frozenset({0, 1})))
    sheet = Sheet("Lanes", "", "2026-11-24T00:00:00+00:00")
    rows.put(sheet, drawing, drawing.rows, tight)
    told: dict[str, list[float]] = {}

    def visit(words: str, _: object, at: list[float], *__: object) -> None:
        if words.endswith(" %") and at[4] / 72 * 25.4 > rows.PLOT_X + rows.PLOT:
            told.setdefault("figures", []).append(at[5] / 72 * 25.4)

    PdfReader(io.BytesIO(sheet.content())).pages[0].extract_text(visitor_text=visit)
    heights = sorted(told["figures"])
    assert len(heights) == sum(len(row.spans) for row in drawing.rows) >= 6
    assert min(high - low for low, high in itertools.pairwise(heights)) >= 2.9


def test_a_table_has_its_head_on_every_page() -> None:
    p = team_release({f"Team {at}": "unclear" for at in range(80)}, measures=[mean_measure("CBI.work")])
    told = pages(report.organisation_pdf({"indicators": p}, AUDIT))
    assert sum("Likely between" in page for page in told) >= 2
    assert all("Likely between" in page for page in told if "Team 60 " in page)


def test_a_heading_stays_with_its_chart() -> None:
    p = company()
    for page in pages(organisation(p)):
        for drawing in (chart.scores(p), chart.teams(p, "CBI.work"), chart.leanings(p)):
            if f"{drawing.title} {drawing.subline[:20]}" in page:
                assert drawing.rows[0].label in page.split(drawing.subline[:20])[1]


def test_the_same_release_gives_the_same_bytes() -> None:
    assert team(company()) == team(company())
    assert organisation(company()) == organisation(company())


def test_metadata_tell_the_survey_the_wave_and_the_release_alone() -> None:
    p = company()
    for content in (team(p), organisation(p)):
        told = PdfReader(io.BytesIO(content)).metadata
        assert told is not None
        assert dict(told) == {
            "/Title": "Pulse, Autumn 2026",
            "/Subject": f"Release {p.manifest['hash']}",
            "/CreationDate": "D:20261124000000Z",
        }
        assert PdfReader(io.BytesIO(content)).xmp_metadata is None


def test_pages_hold_no_picture_and_only_fonts_that_travel_with_them() -> None:
    for page in PdfReader(io.BytesIO(organisation(company(HINDI)))).pages:
        assert list(page.images) == []
        for font in page["/Resources"]["/Font"].values():
            inner = font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
            assert "/FontFile2" in inner


def test_invented_data_is_badged_and_real_data_is_not() -> None:
    for make in (team, organisation):
        assert "Invented data: no real person or company." in text(make(company(sample=True)))
        assert "Invented data" not in text(make(company()))


def test_states_and_what_is_hidden_are_shapes_and_words() -> None:
    p = team_release({"A": "higher", "B": "lower", "C": "unclear", "D": "hidden"}, measures=[mean_measure("CBI.work")])
    told = text(report.organisation_pdf({"indicators": p}, AUDIT))
    for word in ("clearly higher", "not clear", "clearly lower", "whole organisation", "not shown"):
        assert word in told


def test_only_protected_aggregates_are_printed() -> None:
    p = company()
    with pytest.raises(TypeError, match=r"report\.team_pdf needs a Protected table, got DataFrame"):
        report.team_pdf(p, pd.DataFrame(), p, 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match=r"report\.organisation_pdf needs a Protected table, got dict"):
        report.organisation_pdf({"indicators": {}}, AUDIT)  # type: ignore[dict-item]
    with pytest.raises(ValueError, match="one of the 3 units of this table, but got unit 9"):
        report.team_pdf(p, p, p, 9)
    with pytest.raises(ValueError, match="view indicators"):
        report.organisation_pdf({"leanings": p}, AUDIT)


def test_lines_are_as_wide_as_they_were_measured() -> None:
    sheet = Sheet("T", "S", "2026-11-24")
    for line in sheet.wrap(f"{HINDI} {TAMIL} Sales {LONG} and so on", 60, Style(10)):
        assert sheet.width(line, Style(10)) <= 60.01
    assert len(sheet.wrap(LONG, 50, Style(8), most=2)) == 2


def _outside(page: Any) -> list[str]:
    """Texts of a page that begin outside its margins or below its foot."""
    found: list[str] = []
    k = 72 / 25.4

    def look_at(words: str, _cm: Any, tm: Any, _font: Any, _size: Any) -> None:
        x, y = tm[4] / k, 297 - tm[5] / k
        if words.strip() and not (LEFT - 1 <= x <= RIGHT and 5 <= y <= BOTTOM + 12):
            found.append(words)

    page.extract_text(visitor_text=look_at)
    return found
