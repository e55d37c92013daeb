"""One figure by one attribute, units beside each other, and figures that are tables: what is drawn and what is said."""

from __future__ import annotations

from typing import Any

import pytest
from releases import cell, hidden, mean_measure, release, scale, share_measure, units

from analytics import chart, finding
from analytics.finding.reliability import trusted
from analytics.protect import Protected
from analytics.reading import Reading
from analytics.release import NOT_SHOWN

SITES = ("Pune", "Chennai", "Kolkata")
SPLITS = [{"segment": "Site", "categories": list(SITES)}, {"segment": "Shift", "categories": ["Day"]}]


def split(*figures: str, half: float = 3.0, **more: Any) -> Protected:
    """Work burnout by site: one printed figure per site, or "hidden"."""
    rows = [cell("indicators", 0, "CBI.work", "46", ci_low=45.0, ci_high=47.0)]
    for site, text in zip(SITES, figures, strict=True):
        part = f"Site|{site}"
        if text == "hidden":
            rows.append(hidden("splits", 0, "CBI.work", part))
            continue
        ends = {"ci_low": float(text) - half, "ci_high": float(text) + half}
        rows.append(cell("splits", 0, "CBI.work", text, part=part, **ends))
    return release(rows, **{"splits": SPLITS, "measures": [mean_measure("CBI.work")], **more})


def test_categories_stand_in_the_releases_order_and_hidden_ones_are_hatched() -> None:
    drawing = chart.splits(split("52", "hidden", "40"), "CBI.work", "Site")
    assert [row.label for row in drawing.rows] == list(SITES)
    assert [row.hidden for row in drawing.rows] == [False, True, False]
    assert drawing.numbers["Figure"].tolist() == ["52", NOT_SHOWN, "40"]
    assert any(trace.type == "bar" and trace.marker.pattern.shape == "/" for trace in drawing.figure.data)


def test_a_difference_is_named_only_when_it_is_larger_than_chance() -> None:
    assert finding.splits(split("52", "46", "40"), "CBI.work", "Site") == (
        "Work burnout is highest for Pune: 52, lowest 40"
    )
    assert finding.splits(split("44", "43", "40"), "CBI.work", "Site") == "No clear difference in work burnout by site"
    assert finding.splits(split("52", "46", "40", half=6.5), "CBI.work", "Site").startswith("No clear difference")


def test_one_category_alone_has_no_difference() -> None:
    assert finding.splits(split("52", "hidden", "hidden"), "CBI.work", "Site").startswith("Only one group")


def leaning(*integration: str) -> Protected:
    """The leanings by site: the share of integration per site, or "hidden"."""
    rows = []
    for site, text in zip(SITES, integration, strict=True):
        for part in ("balance", "mixed", "integration"):
            at = f"Site|{site}|{part}"
            if text == "hidden":
                rows.append(hidden("splits", 0, "leaning", at))
                continue
            figure = text if part == "integration" else "30–35 %"
            low = float(figure.split("–")[0])
            more = {"kind": "parts", "ci_low": low - 2, "ci_high": low + 7}
            rows.append(cell("splits", 0, "leaning", figure, part=at, **more))
    measure = share_measure("leaning", "Leaning", kind="parts", parts=["balance", "mixed", "integration"])
    return release(rows, splits=SPLITS, measures=[measure])


def test_leanings_by_an_attribute_have_three_marks_each_and_hidden_ones_none() -> None:
    drawing = chart.splits(leaning("50–55 %", "hidden", "25–30 %"), "leaning", "Site")
    assert [len(row.spans) for row in drawing.rows] == [3, 0, 3]
    assert drawing.numbers["Integration-leaning"].tolist() == ["50–55 %", "", "25–30 %"]
    assert drawing.title == "Pune leans most to integration: 50–55 %, lowest 25–30 %"


def test_leanings_that_are_not_clearly_apart_are_not_named() -> None:
    assert finding.splits(leaning("30–35 %", "25–30 %", "25–30 %"), "leaning", "Site") == (
        "No clear difference in leanings by site"
    )
    assert finding.splits(leaning("hidden", "hidden", "hidden"), "leaning", "Site") == NOT_SHOWN
    assert "too small" in finding.splits(leaning("30–35 %", "25–30 %", "25–30 %"), "leaning", "Shift")


def test_a_split_that_is_hidden_or_not_made_says_so() -> None:
    assert finding.splits(split("hidden", "hidden", "hidden"), "CBI.work", "Site") == NOT_SHOWN
    assert "too small" in finding.splits(split("52", "46", "40"), "CBI.work", "Shift")
    assert finding.splits(split("52", "46", "40"), "CBI.work", "Grade") == "This survey has no attribute to split by"
    assert chart.splits(split("52", "46", "40"), "CBI.work", "Grade").numbers.empty


@pytest.mark.parametrize("draw", [lambda p: chart.splits(p, "x", "y"), chart.fits, chart.reliability])
def test_only_a_protected_aggregate_is_drawn(draw: Any) -> None:
    with pytest.raises(TypeError, match="needs a Protected table, got dict"):
        draw({})


def family(own: str = "unclear", node: int = 2) -> Protected:
    """Whole 46 > North 50 > Alder 60 > two units inside."""
    rows = [cell("indicators", 0, "CBI.work", "46", ci_low=45.0, ci_high=47.0)]
    states = (("50", "unclear"), ("60", own), ("64", "higher"), ("30", "lower"))
    for at, (text, state) in enumerate(states, start=1):
        ends = {"ci_low": float(text) - 5, "ci_high": float(text) + 5}
        rows.append(cell("indicators", at, "CBI.work", text, state, **ends))
    names = ["North", "Alder", "Twig", "Leaf"]
    parents = {"Alder": "North", "Twig": "Alder", "Leaf": "Alder"}
    return release(rows, names, node=node, parents=parents, measures=[mean_measure("CBI.work")])


def test_a_unit_stands_below_those_above_it_and_above_those_inside_it() -> None:
    drawing = chart.lineup(family(), "CBI.work")
    assert [row.label for row in drawing.rows] == ["North", "Alder", "Twig", "Leaf"]
    assert drawing.numbers.iloc[:, 0].tolist() == ["Whole organisation", "North", "Alder", "Twig", "Leaf"]
    assert drawing.title == finding.teams(family(), "CBI.work")


def test_a_unit_without_units_inside_tells_its_own_state() -> None:
    drawing = chart.lineup(family(node=3), "CBI.work")
    assert [row.label for row in drawing.rows] == ["North", "Alder", "Twig"]
    assert drawing.title == "Work burnout is clearly higher than in the organisation"
    lower = chart.lineup(family(node=4), "CBI.work")
    assert lower.title == "Work burnout is clearly lower than in the organisation"


def test_a_hidden_unit_stands_beside_the_group_that_its_people_are_in() -> None:
    rows = [cell("indicators", 0, "CBI.work", "46"), cell("indicators", 1, "CBI.work", "50", "unclear")]
    rows += [hidden("indicators", 2, "CBI.work"), cell("indicators", 3, "CBI.work", "55")]
    listed = units(["North", "Alder", "Other teams in North"], {"Alder": "North", "Other teams in North": "North"})
    listed[2]["shown"], listed[3]["rest"] = False, True
    p = release(rows, node=2, units=listed, measures=[mean_measure("CBI.work")])
    drawing = chart.lineup(p, "CBI.work")
    assert [row.label for row in drawing.rows] == ["North", "Alder", "Other teams in North"]
    assert [row.hidden for row in drawing.rows] == [False, True, False]
    assert drawing.title == NOT_SHOWN


def test_a_measure_that_is_not_there_cannot_be_lined_up() -> None:
    with pytest.raises(ValueError, match="1 measures"):
        chart.lineup(family(), "CBI.client")


def trust(**omega: str) -> Protected:
    rows = [
        cell("reliability", 0, scale_id, text, part=part)
        for scale_id, value in omega.items()
        for part, text in (("n", "500–999"), ("alpha", "0.8"), ("omega", value))
        if text
    ]
    return release(rows, measures=[], scales=[scale("a", "Detachment"), scale("b", "Control"), scale("c", "Hours")])


def test_each_scale_gets_its_verdict_in_a_sentence() -> None:
    drawing = chart.reliability(trust(a="0.85", b="0.55", c=""))
    assert drawing.numbers["Verdict"].tolist() == ["good", "too low", "good"]  # the last by its alpha
    assert drawing.numbers["Omega"].tolist() == ["0.85", "0.55", "–"]
    for word, sentence in trusted(Reading(trust(a="0.85", b="0.55", c=""))).values():
        assert f"{word.capitalize()}: {sentence}" in drawing.subline
    assert drawing.title == "Control: take small differences lightly"


def test_whether_one_total_stands_for_its_parts_is_said_beneath() -> None:
    rows = [
        cell("reliability", 0, "a", text, part=part)
        for part, text in (("n", "1000–2999"), ("alpha", "0.8"), ("general", "0.6"))
    ]
    drawing = chart.reliability(release(rows, measures=[], scales=[scale("a", "Core burnout symptoms")]))
    assert "Core burnout symptoms: one total stands for its parts only roughly" in drawing.subline
    assert "hierarchical" not in chart.reliability(trust(a="0.85")).subline


def test_reliability_is_called_good_only_when_every_scale_is() -> None:
    assert finding.reliability(trust(a="0.85", b="0.70")) == "Both scales hang together well enough"
    assert finding.reliability(trust(a="0.85", b="0.69")) == "Control: take small differences lightly"
    assert "Too few complete answers" in finding.reliability(trust())


def test_the_table_of_fits_has_a_column_for_each_number_of_profiles() -> None:
    rows = [cell("profiles", 0, f"fit:{k}", str(900 + k), part="bic") for k in range(1, 6)]
    drawing = chart.fits(release(rows))
    table = drawing.numbers.set_index("Figure")
    assert list(table) == ["One profile", "Two profiles", "Three profiles", "Four profiles", "Five profiles"]
    assert table.loc["BIC"].tolist() == ["901", "902", "903", "904", "905"]
    assert set(table.loc["ICL"]) == {"–"}
    assert chart.fits(release([])).numbers.empty


def judged(verdict: str, **more: Any) -> Protected:
    told = {"tested": True, "verdict": verdict, "sentence": "S.", "p": 0.48, "certain": 65.0, "exploratory": False}
    return release([], groups={**told, "stable_sentence": "Stable.", **more})


def test_the_evidence_on_groups_follows_the_verdict() -> None:
    slope, groups = (" ".join(finding.evidence(judged(verdict))) for verdict in ("continuum", "two groups"))
    assert "ends of one scale" in slope and "two groups of people" not in slope
    assert "two groups of people" in groups and "ends of one scale" not in groups
    assert "about 48 of 100" in slope
    assert "1 or fewer of 100" in " ".join(finding.evidence(judged("two groups", p_peaked=0.01)))


def test_there_is_no_evidence_before_a_test_and_a_small_survey_is_a_first_look() -> None:
    assert finding.evidence(release([])) == ()
    assert "first look" in finding.evidence(judged("continuum", exploratory=True))[-1]
    assert "first look" not in " ".join(finding.evidence(judged("continuum")))


def test_only_the_heaviest_questions_are_asked_for() -> None:
    from more_releases import questions

    drawing = chart.questions(questions(), most=2, burdened=True)
    assert len(drawing.rows) == 2 and len(drawing.numbers) == 4 and "The 2 that stand out" in drawing.subline
    assert (
        "One clear moment at which work is over" not in chart.questions(questions(), burdened=True).numbers.to_string()
    )
    assert "One clear moment at which work is over" in chart.questions(questions()).numbers.to_string()
