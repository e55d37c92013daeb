"""Charts: who may be drawn, what is drawn of them, and that nothing is drawn of anybody else."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest
from releases import CBI, cell, hidden, mean_measure, release, scale, share_measure, team_release

from analytics import chart
from analytics.chart import Drawing, look
from analytics.chart.rows import GAP_PX, NAME_PX, STRIP_PX, UNDER_PX
from analytics.finding.words import MOST_WORDS, n_words
from analytics.protect import Protected
from analytics.release import NOT_SHOWN

TEAMS = {"Sales": "higher", "R&D": "unclear", "Alpha": "unclear", "Field": "lower", "Legal": "hidden", "Pay": "hidden"}
PARTS = ("balance", "mixed", "integration")


def seen_from(p: Protected, node: int) -> Protected:
    return Protected(p.cells, p.manifest, node, p.view, p.seal)


def full() -> Protected:
    """A release with something in every view."""
    rows = [cell("indicators", 0, m, "40", ci_low=38.0, ci_high=42.0) for m in CBI]
    rows += [cell("indicators", 1, m, "64", "higher", ci_low=55.0, ci_high=73.0) for m in CBI]
    rows += [hidden("indicators", 2, m) for m in CBI]
    rows += [cell("indicators", 0, "I7", "30–35 %"), cell("indicators", 1, "I7", "20–40 %", ci_low=11.0, ci_high=51.0)]
    rows += [cell("leanings", node, "leaning", "20–40 %", part=part) for node in (0, 1) for part in PARTS]
    rows += [hidden("leanings", 2, "leaning", part) for part in PARTS]
    rows += [
        cell("slope", 0, "CBI.work", str(60 - 5 * s), part=str(s), ci_low=50.0 - 5 * s, ci_high=70.0 - 5 * s)
        for s in range(1, 5)
    ]
    rows.append(hidden("slope", 0, "CBI.work", "5"))
    for name, value in (("balance", "71"), ("integration", "33")):
        rows.append(cell("profiles", 0, "profile:2", value, part=f"{name}|EVK.preference", kind="model", n_low=0))
        rows.append(cell("profiles", 0, "profile:2", "50 %", part=f"{name}|share", kind="model", n_low=0))
    measures = [mean_measure(m) for m in CBI] + [share_measure("I7", "Low detachment")]
    measures.append(share_measure("leaning", "Leaning", kind="parts"))
    scales = [scale(m, m, reversed=["Energy for family"]) for m in CBI] + [scale("EVK.preference", "Preference")]
    return release(rows, ["Sales", "Legal"], measures=measures, scales=scales)


EVERY: dict[str, Callable[[Any], Drawing]] = {
    "scores": chart.scores,
    "teams": lambda p: chart.teams(p, "CBI.work"),
    "shares": chart.shares,
    "leanings": chart.leanings,
    "slope": chart.slope,
    "profiles": chart.profiles,
}


def scatters(figure: go.Figure) -> list[go.Scatter]:
    return [trace for trace in figure.data if trace.type == "scatter"]


def numbers_in(text: str) -> set[str]:
    return set(re.findall(r"\d+(?:\.\d+)?", text))


@pytest.mark.parametrize("name", EVERY)
def test_only_a_protected_aggregate_is_drawn(name: str) -> None:
    with pytest.raises(TypeError, match=rf"chart\.{name} needs a Protected table, got DataFrame"):
        EVERY[name](pd.DataFrame())


@pytest.mark.parametrize("name", EVERY)
def test_every_drawing_has_its_finding_text_numbers_and_method(name: str) -> None:
    drawing = EVERY[name](full())
    assert drawing.title and n_words(drawing.title) <= MOST_WORDS
    assert drawing.alt.startswith(drawing.title.rstrip("."))
    assert len(drawing.method) == 5
    assert len(drawing.numbers) >= 1
    assert "Autumn 2026" in drawing.subline


@pytest.mark.parametrize("name", EVERY)
def test_nothing_is_left_to_a_theme(name: str) -> None:
    figure = json.loads(EVERY[name](full()).figure.to_json())
    template = figure["layout"]["template"]
    assert "layout" not in template
    assert all(set(style) == {"type"} for styles in template.get("data", {}).values() for style in styles)
    assert figure["layout"]["paper_bgcolor"] == look.PAPER
    for trace in figure["data"]:
        assert trace.get("line", trace.get("marker"))["color"]
    for axis in ("xaxis", "yaxis"):
        assert figure["layout"][axis]["tickfont"]["color"] in (look.QUIET, look.INK)


def contrast(colour: str) -> float:
    levels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [v / 12.92 if v <= 0.04045 else ((v + 0.055) / 1.055) ** 2.4 for v in levels]
    return 1.05 / (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2] + 0.05)


def test_text_has_enough_contrast_on_white() -> None:
    printed = [look.INK, look.QUIET, *(look.MARKS[part].colour for part in PARTS)]
    assert min(contrast(colour) for colour in printed) >= 4.5


def test_each_state_has_its_colour_and_its_shape() -> None:
    figure = chart.teams(team_release(TEAMS), "CBI.work").figure
    marks = {trace.hovertext.split(":")[0]: trace.marker for trace in scatters(figure) if trace.mode == "markers"}
    drawn = {name: (mark.symbol, mark.line.color, mark.color) for name, mark in marks.items()}
    assert drawn["Sales"] == ("diamond", "#801650", "#801650")
    assert drawn["Field"] == ("square", "#12436D", "#12436D")
    assert drawn["R&D"] == ("circle", "#6B7480", "#FFFFFF")


def test_leanings_have_their_colours_and_shapes() -> None:
    figure = chart.leanings(full()).figure
    drawn = {(trace.marker.symbol, trace.line.color) for trace in scatters(figure) if "markers" in trace.mode}
    assert drawn == {("circle", "#12436D"), ("circle", "#6B7480"), ("square", "#C4500F")}


def test_the_axis_runs_from_0_to_100() -> None:
    for name, draw in EVERY.items():
        axis = draw(full()).figure.layout["yaxis" if name == "slope" else "xaxis"]
        assert tuple(axis.range) == (0, 100)


def test_only_displayed_figures_reach_the_browser() -> None:
    p = team_release(TEAMS)
    figure = chart.teams(p, "CBI.work").figure
    shown = p.cells[p.cells["shown"]]
    allowed = set(shown[["value", "low", "high", "ci_low", "ci_high"]].to_numpy().ravel())
    assert all(set(trace.x) <= allowed for trace in scatters(figure))


def test_a_hidden_row_holds_no_figure() -> None:
    drawing = chart.teams(team_release(TEAMS), "CBI.work")
    bars = [trace for trace in drawing.figure.data if trace.type == "bar"]
    assert sorted(bar.hovertext for bar in bars) == [f"Legal: {NOT_SHOWN}", f"Pay: {NOT_SHOWN}"]
    assert all(bar.marker.pattern.shape == "/" and tuple(bar.x) == (100,) for bar in bars)
    row = drawing.numbers.set_index("Unit").loc["Legal"]
    assert row["Score"] == NOT_SHOWN
    assert not numbers_in(" ".join(row))


def test_a_unit_without_a_cell_counts_as_hidden() -> None:
    p = release([cell("indicators", 0, "CBI.work", "40")], ["Ghost"])
    assert chart.teams(p, "CBI.work").numbers["Score"].tolist() == [NOT_SHOWN]


def test_every_name_is_in_the_figure_and_in_the_table() -> None:
    drawing = chart.teams(team_release(TEAMS), "CBI.work")
    text = json.dumps(json.loads(drawing.figure.to_json()), ensure_ascii=False)
    assert all(name in text for name in TEAMS)
    assert set(drawing.numbers["Unit"]) == set(TEAMS)


def test_teams_that_are_not_clear_are_in_alphabetical_order() -> None:
    states = {"B": "unclear", "Low": "lower", "Z": "unclear", "a": "unclear", "Hid": "hidden", "Top": "higher"}
    drawing = chart.teams(team_release(states), "CBI.work")
    assert drawing.numbers["Unit"].tolist() == ["Top", "a", "B", "Z", "Low", "Hid"]


def test_above_thirty_teams_only_the_clear_ones_are_listed() -> None:
    states = {f"Team {n:02d}": "unclear" for n in range(41)} | {"Loud": "higher", "Hid": "hidden"}
    drawing = chart.teams(team_release(states), "CBI.work")
    assert [row.label or row.printed for row in drawing.rows] == ["Loud", "41 teams not clearly different", "One team"]
    assert len(drawing.numbers) == 43
    assert "Team 07" not in drawing.figure.to_json()


def test_thirty_teams_are_all_listed() -> None:
    drawing = chart.teams(team_release({f"Team {n:02d}": "unclear" for n in range(30)}), "CBI.work")
    assert len(drawing.rows) == 30


def test_two_units_of_one_name_carry_their_parents() -> None:
    rows = [cell("indicators", n, "CBI.work", "40") for n in range(5)]
    listed = [(0, "Whole organisation", -1), (1, "North", 0), (2, "South", 0), (3, "HR", 1), (4, "HR", 2)]
    units = [{"id": n, "name": name, "parent": over, "level": 0, "shown": True} for n, name, over in listed]
    drawing = chart.teams(release(rows, units=units), "CBI.work")
    assert drawing.numbers["Unit"].tolist() == ["HR (North)", "HR (South)"]


def test_the_hover_repeats_what_is_printed_in_one_sentence() -> None:
    figure = chart.teams(team_release(TEAMS), "CBI.work").figure
    said = [trace.hovertext for trace in figure.data if trace.hovertext and trace.hovertext.startswith("Sales")]
    assert said == ["Sales: about 64 of 100; likely between 56 and 72; 20–49 answers."]


def test_printed_figures_stand_in_paper_coordinates() -> None:
    figure = chart.teams(team_release(TEAMS), "CBI.work").figure
    printed = [note for note in figure.layout.annotations if "<b>64</b>" in note.text]
    assert [(note.xref, note.x) for note in printed] == [("paper", 1)]
    assert "20–49 answers" in printed[0].text


def test_a_cut_end_is_a_bar_and_never_a_point() -> None:
    rows = [cell("indicators", 0, "CBI.work", "40"), cell("indicators", 1, "CBI.work", "25 or lower", "lower")]
    figure = chart.teams(release(rows, ["A"]), "CBI.work").figure
    mark = next(trace for trace in figure.data if trace.hovertext)
    assert (mark.mode, tuple(mark.x), mark.marker.symbol) == ("lines+markers", (0.0, 25.0), "square")
    assert mark.hovertext == "A: 25 or lower, of 100; 20–49 answers."


def test_a_team_sees_its_scores_beside_the_organisation() -> None:
    drawing = chart.scores(seen_from(full(), 1))
    assert drawing.numbers["Organisation"].tolist() == ["40", "40", "40"]
    assert "whole 40" in drawing.figure.to_json()
    assert "whole 40" not in chart.scores(full()).figure.to_json()


def test_a_hidden_team_sees_no_score() -> None:
    drawing = chart.scores(seen_from(full(), 2))
    assert {trace.type for trace in drawing.figure.data} == {"bar"}
    assert drawing.title == NOT_SHOWN


def test_a_hidden_step_of_the_slope_is_hatched() -> None:
    drawing = chart.slope(full())
    assert [trace.hovertext for trace in drawing.figure.data if trace.type == "bar"] == [f"Index 80–100: {NOT_SHOWN}"]
    assert drawing.numbers["Score"].tolist() == ["55", "50", "45", "40", NOT_SHOWN]
    assert "not a cause" in drawing.subline


def test_profiles_say_that_groups_are_not_tested() -> None:
    drawing = chart.profiles(full())
    assert "not yet tested" in drawing.title
    assert drawing.numbers.to_numpy().tolist() == [["Preference", "71", "33"], ["Share of people", "50 %", "50 %"]]


def test_what_a_survey_lacks_is_a_sentence_in_place_of_the_chart() -> None:
    bare = release([], measures=[], boundary={"kind": "absent", "parts": [], "sentence": ""})
    for name in ("scores", "shares", "leanings", "slope", "profiles"):
        drawing = EVERY[name](bare)
        assert not drawing.figure.data and drawing.numbers.empty
        assert drawing.title in drawing.figure.layout.annotations[0].text


def test_an_unknown_measure_is_refused() -> None:
    with pytest.raises(ValueError, match="one of the 3 measures"):
        chart.teams(team_release(TEAMS), "nonsense")


def test_the_method_names_the_rule_the_reversed_question_and_the_smallest_group() -> None:
    told = " ".join(chart.scores(full()).method)
    assert "needs 4 of 7 answers" in told
    assert "Energy for family" in told
    assert "fewer than 8 people" in told


def test_a_name_cannot_become_markup() -> None:
    drawing = chart.teams(team_release({"<b>Bold</b>": "higher"}), "CBI.work")
    assert names(drawing) == ["&lt;b>Bold&lt;/b>"]


@pytest.mark.parametrize("name", ["Bengaluru Platform Reliability and Infrastructure Engineering " * 2, "x" * 120])
def test_long_names_are_cut_in_the_middle_and_whole_in_the_table(name: str) -> None:
    drawing = chart.teams(team_release({name: "higher"}), "CBI.work")
    lines = names(drawing)[0].split("<br>")
    assert len(lines) <= look.LINES and max(map(len, lines)) <= look.PHONE_CHARS
    assert "…" in "".join(lines)
    assert drawing.numbers["Unit"].tolist() == [name]


def test_a_name_and_the_figure_beside_it_fit_on_a_phone() -> None:
    states = {"Bengaluru Platform Reliability and Infrastructure": "higher", "x" * 60: "lower"}
    drawing = chart.teams(team_release(states), "CBI.work")
    beside = max(len(f"{row.note} {row.printed}") for row in drawing.rows)
    longest = max(len(line) for name in names(drawing) for line in name.split("<br>"))
    assert longest + 1 + beside <= look.PHONE_CHARS


def names(drawing: Drawing) -> list[str]:
    """The names that a figure of rows prints above its marks."""
    notes = [note for note in drawing.figure.layout.annotations if (note.xref, note.x) == ("paper", 0)]
    return [note.text for note in notes if note.yanchor == "top"]


def test_a_cut_name_keeps_joined_signs_together() -> None:
    assert look.shorten("क्षि" * 20, 11).count("…") == 1
    assert look.shorten("é" * 20, 10).endswith("é")


def test_the_height_follows_the_rows() -> None:
    heights = [
        chart.teams(team_release({f"T{n}": "unclear" for n in range(size)}), "CBI.work").figure.layout.height
        for size in (2, 4)
    ]
    assert heights[1] - heights[0] == 2 * (NAME_PX + UNDER_PX + STRIP_PX + GAP_PX)
