"""Charts of questions, drivers, fit, change and response: what is drawn, and that nothing hidden is."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pandas as pd
import pytest
from more_releases import AGREE, DEGREE, ITEMS, OFTEN, answered, driven, fitted, lived, questions, waves, worked_out
from releases import cell, mean_measure, release, scale, units
from test_chart import contrast

from analytics import chart
from analytics.chart import Drawing, look
from analytics.chart.slopes import apart
from analytics.finding.words import MOST_WORDS, n_words
from analytics.protect import Protected
from analytics.release import NOT_SHOWN

Draw = Callable[[Any], Drawing]
EVERY: dict[str, tuple[Draw, Protected]] = {
    "questions": (chart.questions, questions()),
    "drivers": (lambda p: chart.drivers(p, "CBI.work"), driven()),
    "fit": (lambda p: chart.fit(p, "CBI.work"), fitted()),
    "quadrants": (chart.quadrants, lived()),
    "response": (chart.response, answered()),
    "change": (lambda p: chart.change([waves(40)[0], p], ["CBI.work"]), waves(40, 52)[1]),
}


def seen_from(p: Protected, node: int) -> Protected:
    return Protected(p.cells, p.manifest, node, p.view, p.seal)


@pytest.fixture(params=EVERY)
def drawing(request: pytest.FixtureRequest) -> Drawing:
    draw, p = EVERY[request.param]
    return draw(p)


@pytest.mark.parametrize("name", EVERY)
def test_only_a_protected_aggregate_is_drawn(name: str) -> None:
    with pytest.raises(TypeError, match=rf"chart\.{name} needs a Protected table, got DataFrame"):
        EVERY[name][0](pd.DataFrame())


def test_every_drawing_has_its_finding_text_numbers_and_method(drawing: Drawing) -> None:
    assert drawing.title and n_words(drawing.title) <= MOST_WORDS
    assert drawing.alt.startswith(drawing.title.rstrip("."))
    assert len(drawing.method) == 5 and len(drawing.numbers) >= 1 and drawing.rows
    assert "Pulse" in drawing.subline


def test_nothing_is_left_to_a_theme(drawing: Drawing) -> None:
    figure = json.loads(drawing.figure.to_json())
    assert "layout" not in figure["layout"]["template"]
    assert figure["layout"]["paper_bgcolor"] == look.PAPER
    for trace in figure["data"]:
        assert trace.get("line", trace.get("marker"))["color"]
    for axis in ("xaxis", "yaxis"):
        assert figure["layout"][axis]["tickfont"]["color"] in (look.QUIET, look.INK)


def test_every_name_of_a_row_is_in_the_numbers(drawing: Drawing) -> None:
    told = drawing.numbers.astype(str).to_numpy().ravel().tolist()
    for row in drawing.rows:
        assert any(row.label.removeprefix("Wanted ") in text for text in told)


@pytest.mark.parametrize("name", ["questions", "drivers", "fit", "quadrants", "response"])
def test_what_a_survey_lacks_is_a_sentence_in_place_of_the_chart(name: str) -> None:
    drawing = EVERY[name][0](release([]))
    assert not drawing.figure.data and drawing.numbers.empty
    assert drawing.title in drawing.figure.layout.annotations[0].text


def bars(drawing: Drawing) -> list[Any]:
    return [trace for trace in drawing.figure.data if trace.type == "bar"]


def test_questions_have_one_panel_for_each_answer_set() -> None:
    drawing = chart.questions(questions())
    keys = [note.text for note in drawing.figure.layout.annotations if "■" in note.text]
    assert len(keys) == 4  # frequency, degree, frequency turned round, agreement
    assert all(word in keys[0] for word in OFTEN) and all(word in keys[1] for word in DEGREE)
    assert all(word in keys[3] for word in AGREE)


def test_the_burdened_end_is_drawn_last_and_its_share_printed_at_the_right() -> None:
    drawing = chart.questions(questions())
    of_turned = [bar.hovertext for bar in bars(drawing) if bar.hovertext.startswith("Energy")]
    assert of_turned == [
        f"Energy for family and friends ↺: {word} {share}–{share + 5} %."
        for word, share in zip(reversed(OFTEN), (30, 30, 15, 15, 10), strict=True)
    ]
    shares = [(note.text, note.xref) for note in drawing.figure.layout.annotations if note.text.startswith("<b>")]
    assert ("<b>25–30 %</b>", "paper") in shares


def test_the_parts_of_a_bar_fill_it() -> None:
    drawn: dict[float, float] = {}
    for bar in bars(chart.questions(questions())):
        drawn[bar.y[0]] = drawn.get(bar.y[0], 0) + bar.x[0]
    assert len(drawn) == len(ITEMS) and all(total == pytest.approx(100, abs=0.1) for total in drawn.values())


def test_burnout_is_plum_and_agreement_has_two_hues() -> None:
    colours = {bar.hovertext.split(":")[0]: [] for bar in bars(chart.questions(questions()))}
    for bar in bars(chart.questions(questions())):
        colours[bar.hovertext.split(":")[0]].append(bar.marker.color)
    assert colours["Burnt out because of work"] == list(look.PLUM)
    assert colours["One clear moment at which work is over"] == list(look.AGREEMENT)


def test_questions_are_ordered_by_burden_or_as_asked_inside_their_panel() -> None:
    by_burden = chart.questions(questions()).numbers["Question"].tolist()
    assert by_burden.index("Work is emotionally exhausting") < by_burden.index("Burnt out because of work")
    turned = [(*entry[:4], entry[4][::-1]) if entry[0] == "CBI.WB1" else entry for entry in ITEMS]
    p = questions(items=[turned[1], turned[0], *turned[2:]])
    assert chart.questions(p, order="questionnaire").numbers["Question"][0] == "Burnt out because of work"
    with pytest.raises(ValueError, match="burden or questionnaire, but got 'x'"):
        chart.questions(p, order="x")


def test_what_weighs_comes_before_what_does_not() -> None:
    items = [ITEMS[4], *ITEMS[:4]]
    assert chart.questions(questions(items=items)).numbers["Question"].tolist()[-1] == ITEMS[4][1]
    assert chart.questions(questions(items=items), order="questionnaire").numbers["Question"][0] == ITEMS[4][1]


def test_a_search_keeps_what_contains_it_and_says_when_nothing_does() -> None:
    found = chart.questions(questions(), search=" EXHAUST").numbers["Question"].tolist()
    assert found == ["Exhausted at the thought of work", "Work is emotionally exhausting"]
    nothing = chart.questions(questions(), search="salery")
    assert nothing.title == "No question contains “salery”." and not nothing.figure.data


def test_a_team_gets_banded_shares_with_the_most_different_first() -> None:
    p = seen_from(questions({"CBI.WB2": "lower", "CBI.WB5": "higher"}, {"CBI.WB7": "hidden"}), 1)
    drawing = chart.questions(p)
    assert [row.label for row in drawing.rows][:2] == ["Exhausted at the thought of work", "Burnt out because of work"]
    assert [row.spans[0].meaning for row in drawing.rows][:2] == ["higher", "lower"]
    assert "Energy" not in drawing.figure.to_json()
    hidden = drawing.numbers.set_index("Question").loc["Energy for family and friends ↺"]
    assert hidden["Share"] == NOT_SHOWN and hidden["Answers"] == ""
    assert drawing.rows[0].note == "whole 35–40 %"


def test_a_team_sees_no_whole_answers() -> None:
    drawing = chart.questions(seen_from(questions(), 1))
    assert (drawing.numbers["All answers"] == "").all() and not bars(drawing)


def test_at_most_six_questions_of_a_team_are_drawn_and_all_are_in_the_numbers() -> None:
    many = [(f"CBI.X{n}", f"Question {n}", DEGREE, "high", (20, 25, 25, 20, 10)) for n in range(9)]
    drawing = chart.questions(seen_from(questions(items=many), 1))
    assert len(drawing.rows) == 6 and len(drawing.numbers) == 9 and "of 9" in drawing.subline


def test_one_scale_alone_can_be_asked_for() -> None:
    assert chart.questions(questions(), scale="other").numbers.empty
    assert len(chart.questions(questions(), scale="S").numbers) == len(ITEMS)


def test_drivers_carry_direction_noise_and_the_explained_part() -> None:
    drawing = chart.drivers(driven(), "CBI.work")
    assert drawing.rows[-1].label == "Pure noise (yardstick)"
    table = drawing.numbers.set_index("Scale")
    assert table.loc["Boundary control", "Direction"] == "goes with less"
    assert table.loc["Role clarity", "Beyond noise"] == "no"
    assert "Together the scales explain" in drawing.subline and "not causes" in drawing.subline
    line = drawing.figure.layout.shapes[-1]
    assert line.x0 == line.x1 == drawing.rows[-1].spans[0].cell.ci_high


def test_drivers_beyond_noise_are_filled_and_others_hollow() -> None:
    meanings = {row.label: row.spans[0].meaning for row in chart.drivers(driven(), "CBI.work").rows}
    assert meanings["Boundary control"] == "driver" and meanings["Role clarity"] == "faint"


def test_drivers_that_were_not_worked_out_say_what_is_needed() -> None:
    drawing = chart.drivers(driven(worked_out(n=90)), "CBI.work")
    assert "100 people" in drawing.subline and not drawing.figure.data
    assert chart.drivers(driven(), "CBI.work", "between").numbers.empty
    with pytest.raises(ValueError, match="within or between, but got 'all'"):
        chart.drivers(driven(), "CBI.work", "all")


def test_the_surface_is_drawn_only_where_people_are() -> None:
    p = fitted()
    drawing = chart.fit(p, "CBI.work")
    steps = {part for part in p.cells["part"] if part.startswith("at|")}
    squares = [shape for shape in drawing.figure.layout.shapes if shape.type == "rect"]
    assert 0 < len(squares) == len(steps) < 25
    assert sum(name.startswith("Predicted") for name in drawing.numbers["Figure"]) == len(steps)
    assert drawing.numbers["Figure"][0].endswith("(a1)")


def test_a_surface_that_is_kept_back_draws_nothing_and_tells_the_shares() -> None:
    drawing = chart.fit(fitted(n=150), "CBI.work")
    assert not drawing.figure.data and "want clearly more separation" in drawing.subline


def test_quadrants_of_a_hidden_unit_are_not_drawn() -> None:
    drawing = chart.quadrants(seen_from(lived(), 1))
    assert drawing.title == NOT_SHOWN and not drawing.figure.data


def test_a_hidden_response_rate_is_hatched() -> None:
    drawing = chart.response(answered())
    assert [bar.hovertext for bar in bars(drawing)] == [f"Pay: {NOT_SHOWN}"]
    assert drawing.numbers["Response rate"].tolist() == ["70–75 %", NOT_SHOWN, "50–60 %"]


def lines(drawing: Drawing) -> list[Any]:
    return [trace for trace in drawing.figure.data if trace.mode == "lines+markers"]


def test_two_surveys_are_slopes_grey_until_clear() -> None:
    clear, chance = (chart.change(waves(40, after), ["CBI.work"]) for after in (52, 43))
    assert [line.line.color for line in lines(clear)] == [look.MARKS["up"].colour]
    assert [line.line.color for line in lines(chance)] == [look.MARKS["steady"].colour]
    assert tuple(lines(clear)[0].y) == (40, 52)
    assert clear.numbers.iloc[0].tolist()[:4] == ["Work burnout", "40", "52", "↑ up"]


def test_three_surveys_are_panels_on_one_axis() -> None:
    drawing = chart.change(waves(40, 44, 52), ["CBI.work"])
    assert tuple(lines(drawing)[0].y) == (40, 44, 52)
    assert drawing.figure.layout.yaxis.range == (0, 100)
    assert drawing.numbers.columns[1:4].tolist() == ["Wave 1", "Wave 2", "Wave 3"]


def test_the_first_survey_is_a_sentence() -> None:
    drawing = chart.change(waves(40), ["CBI.work"])
    assert drawing.title == "First survey: no change shown yet." and not drawing.figure.data
    with pytest.raises(ValueError, match="1 survey or more, but got 0"):
        chart.change([], ["CBI.work"])


def test_a_broken_line_is_not_drawn_and_its_reason_is_told() -> None:
    later = waves(60, measures=[mean_measure("CBI.work")], scales=[scale("CBI.work", "Work burnout", levels=7)])
    drawing = chart.change([waves(40)[0], later[0]], ["CBI.work"])
    assert not drawing.figure.data and "cannot be compared" in drawing.numbers["In words"][0]
    assert drawing.numbers["Change"].tolist() == ["not comparable"] and NOT_SHOWN not in drawing.numbers.to_string()


def test_a_hidden_figure_has_no_line() -> None:
    drawing = chart.change(waves(40, "hidden"), ["CBI.work"])
    assert not drawing.figure.data and NOT_SHOWN in drawing.numbers["Wave 2"].tolist()


def test_a_renamed_unit_keeps_its_line_and_an_unmapped_one_starts_anew() -> None:
    pair = [waves(40)[0], waves(52, names=("Markets",))[0]]
    assert not chart.change(pair, ["CBI.work"]).figure.data
    mapped = chart.change(pair, ["CBI.work"], maps=[{("Sales",): ("Markets",)}])
    assert tuple(lines(mapped)[0].y) == (40, 52)
    assert "1 are new and 1 are gone" in chart.change(pair, ["CBI.work"]).subline


def test_above_eight_lines_the_clear_ones_are_drawn() -> None:
    names = [f"T{n}" for n in range(12)]

    def of(values: list[int]) -> Protected:
        ends = [{"low": v - 0.5, "high": v + 0.5, "n_low": 100, "n_high": 199} for v in values]
        rows = [cell("indicators", at + 1, "CBI.work", str(v), **ends[at]) for at, v in enumerate(values)]
        return release(rows, names, measures=[mean_measure("CBI.work")], units=units(names))

    drawing = chart.change([of([40] * 12), of([40] * 11 + [60])], ["CBI.work"], nodes=list(range(1, 13)))
    assert len(lines(drawing)) == 1 and drawing.title == "T11 clearly up since last time"
    assert len(drawing.numbers) == 12
    steady = chart.change([of([40] * 12), of([40] * 12)], ["CBI.work"], nodes=list(range(1, 13)))
    assert not steady.rows and len(steady.numbers) == 12


def test_labels_at_the_ends_of_lines_do_not_cover_each_other() -> None:
    placed = sorted(apart([40, 40, 41, 99, 100]))
    assert all(b - a >= 6 - 1e-9 for a, b in pairwise(placed)) and placed[-1] <= 100


def test_a_ramp_holds_its_ends_and_numbers_read_on_it() -> None:
    assert look.ramp(look.PLUM, 5) == look.PLUM
    assert look.ramp(look.PLUM, 7)[0] == look.PLUM[0] and look.ramp(look.PLUM, 7)[-1] == look.PLUM[-1]
    assert (look.ink_on(look.PLUM[0]), look.ink_on(look.PLUM[4])) == ("#000000", look.PAPER)
    every = [colour for row in (look.PLUM, look.GREY, look.AGREEMENT) for colour in look.ramp(row, 101)]
    assert min(between(colour, look.ink_on(colour)) for colour in every) >= 4.5


def between(one: str, two: str) -> float:
    dark, light = sorted(contrast(colour) for colour in (one, two))
    return light / dark
