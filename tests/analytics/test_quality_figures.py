"""The quality page's figures: what is worked out, for whom, in which steps; and what the page says of them."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from small_waves import a_scale, a_wave

from analytics import flow, quality_figures
from analytics.aggregation import agreement
from analytics.assurance import left_out
from analytics.chart import quality as tables
from analytics.finding import quality as said
from analytics.hierarchical import over_facets
from analytics.measured import measure
from analytics.protect import load, thresholds
from analytics.protect.family import family
from analytics.reliability import reliability
from analytics.wave import Alone, Answering, Tree, Unit

SIZES = thresholds(8)
TEAMS = 10


def company(people=200, seed=1, gaps=0, role="supply"):
    """Ten teams whose members answer six questions of one scale; the last question is left out by ``gaps`` people."""
    rng = np.random.default_rng(seed)
    unit = (1 + np.arange(people) % TEAMS).astype(np.int32)
    level = rng.normal(3, 0.4, TEAMS + 1)[unit] + rng.normal(0, 0.6, people)
    scale = a_scale("OWN.a", role, [f"Q{n}" for n in range(6)])
    codes = np.clip(np.round(level[:, None] + rng.normal(0, 0.8, (people, 6))), 1, 5).astype(int)
    codes[:gaps, 5] = 0
    wave = a_wave({item: codes[:, n] for n, item in enumerate(scale.columns)}, [scale])
    tree = Tree((Unit("Whole", -1), *(Unit(f"Team {n}", 0) for n in range(1, TEAMS + 1))))
    return replace(wave, tree=tree, unit=unit)


def cells(wave, sizes=SIZES):
    units = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    made = quality_figures.figures(wave, measure(wave), units, sizes)
    return {(one["view"], one["measure"], one["part"]): one for one in made}


def near(value, step):
    return pytest.approx(step * np.floor(value / step + 0.5), abs=1e-6)


def test_figures_are_those_of_their_own_functions_in_steps():
    """Of 300 people: 0.05 for coefficients, 5 points for how unsure a score is."""
    wave = company(300)
    found, scale = cells(wave), wave.scales[0]
    codes = wave.answers[list(scale.columns)].to_numpy()
    own = reliability(codes, scale)
    assert found["reliability", "OWN.a", "alpha_low"]["value"] == near(own.alpha_low, 0.05)
    assert (
        found["reliability", "OWN.a", "alpha_low"]["text"]
        == f"{found['reliability', 'OWN.a', 'alpha_low']['value']:.2f}"
    )
    assert found["reliability", "OWN.a", "sem"]["value"] == near(own.sem, 5)
    for item, r in zip(scale.items, own.item_rest, strict=True):
        assert found["reliability", "OWN.a", f"item:{item.id}"]["value"] == near(r, 0.05)
    teams = agreement(codes, wave.unit, 5)
    assert found["reliability", "OWN.a", "rwg"]["value"] == near(np.median(teams.rwg), 0.1)
    assert found["reliability", "OWN.a", "ad"]["value"] == near(np.median(teams.deviation), 0.1)


@pytest.mark.parametrize(("people", "step"), [(100, 0.1), (200, 0.05), (500, 0.02), (1000, 0.01)])
def test_steps_grow_as_fewer_people_answer(people, step):
    told = {part: one["value"] for (_, _, part), one in cells(company(people)).items() if part.startswith("item:")}
    assert told and all(value == near(value, step) for value in told.values())
    assert ("sem" in {part for _, _, part in cells(company(people))}) is (people >= 300)


def test_nothing_is_told_of_fewer_people_than_a_model_needs():
    assert cells(company(99)) == {}
    assert cells(company(100)) != {}


def facets(people):
    """A total of four parts of three questions each, and what lies behind all of them."""
    rng = np.random.default_rng(people)
    behind = 0.8 * rng.normal(0, 1, (people, 1)) + 0.6 * np.repeat(rng.normal(0, 1, (people, 4)), 3, axis=1)
    codes = np.clip(np.round(3 + behind + rng.normal(0, 0.8, (people, 12))), 1, 5).astype(int)
    scale = replace(a_scale("OWN.total", "burnout", [f"Q{n}" for n in range(12)]), needs=tuple("abcd"))
    return a_wave({item: codes[:, n] for n, item in enumerate(scale.columns)}, [scale])


@pytest.mark.parametrize("people", [999, 1000])
def test_whether_one_total_stands_for_its_parts_is_told_of_a_thousand_people_in_tenths(people):
    told = {part: one for (_, _, part), one in cells(facets(people)).items()}
    assert ("general" in told) is (people >= 1000)
    if people >= 1000:
        own = over_facets(facets(people).answers.to_numpy(), facets(people).scales[0])
        assert (told["general"]["value"], told["general"]["text"]) == (near(own, 0.1), f"{round(own, 1)}")


@pytest.mark.long
@pytest.mark.parametrize("alike", [True, False], ids=["with facets", "at random"])
def test_whoever_is_left_out_one_total_stands_for_its_parts_as_before(alike):
    scale = facets(1001).scales[0]
    codes = facets(1001).answers.to_numpy() if alike else np.random.default_rng(2).integers(1, 6, (1001, 12))
    whole = over_facets(codes, scale)
    moved = [abs(over_facets(np.delete(codes, row, axis=0), scale) - whole) for row in range(len(codes))]
    assert max(moved) <= 0.1


def test_agreement_of_fewer_than_five_teams_is_not_told():
    wave = company(200)
    four = replace(wave, unit=(1 + np.arange(200) % 4).astype(np.int32))
    parts = {part for _, _, part in cells(four)}
    assert "icc1" in parts and not {"rwg", "ad"} & parts


def test_hidden_teams_count_as_one_team():
    """Teams under k make one block: swapping all answers between two of them changes no figure."""
    wave = company(200)
    unit = wave.unit.copy()
    unit[:14] = [1 + n % 2 for n in range(14)]
    unit[14:] = 3 + np.arange(186) % 8
    small = replace(wave, unit=unit)
    other = np.where(unit == 1, 2, np.where(unit == 2, 1, unit)).astype(np.int32)
    assert [one["text"] for one in cells(small).values()] == [
        one["text"] for one in cells(replace(small, unit=other)).values()
    ]


@pytest.mark.parametrize(("gaps", "text"), [(0, "4 % or less"), (7, "4 % or less"), (8, "4 %"), (60, "30 %")])
def test_gaps_are_whole_per_cent_and_few_look_like_nobody(gaps, text):
    assert cells(company(200, gaps=gaps))["quality", "OWN.Q5", "missing"]["text"] == text


def published(wave):
    release = flow.publish(wave, SIZES, created="2026-11-25T00:00:00+00:00", code_version="test").release
    p = load(release.cells, release.manifest)
    return {name: p.select(0, name, frozenset(range(99))) for name in ("reliability", "quality")}


@pytest.fixture(scope="module")
def told():
    answering = Answering(
        213,
        {"straightliner": 13, "speeder": 3},
        ("speeder", "straightliner"),
        13,
        {"OWN.a": (51.0, 213)},
        (Alone(("Team", "Age"), 60, 110),),
    )
    return published(replace(company(200, gaps=60), country="IN", answering=answering))


def test_the_page_says_who_was_left_out_and_what_that_changed(told):
    sentences = said.answering(told["quality"])
    assert sentences[0].startswith("12 to 19 people gave one and the same answer")
    assert not any("speeder" in one or "3 people" in one for one in sentences)
    assert any("leave out people who took less than two seconds per answer or gave one and" in one for one in sentences)
    assert "12 to 19 people were left out; their answers are not kept." in sentences
    (effect,) = said.effects(told["quality"])
    assert effect.endswith("with them it would be 51.") or effect.startswith("The average does not change")
    assert left_out(told["quality"])[-1].startswith("The quality page tells averages")


def test_the_page_says_what_is_missing_and_what_singles_people_out(told):
    assert said.complete(told["quality"]) == "95 % of all answers are there"
    assert said.gaps(told["quality"]) == "Many people gave no answer to: Q5"
    assert said.singled_out(told["quality"])[0].startswith("By Team and Age together, 30 % of the people stand alone")
    assert tables.gaps(told["quality"]).numbers["No answer"].tolist()[0] == "30 %"


def test_each_scale_gets_a_sentence_on_teams_and_the_badge_of_its_country(told):
    sentence, _ = said.of_teams(told["reliability"])
    assert "lie between teams" in sentence and "one view" in sentence
    (badge,) = said.badges(told["reliability"])
    assert badge == "own.a: not validated in this population (India)."
    assert tables.agreement(told["reliability"]).numbers.shape == (1, 5)
    assert len(tables.questions(told["reliability"]).numbers) == 6
    assert tables.lines(told["reliability"]).title == "No scale of this survey has a reference line"


def test_a_release_where_nobody_was_left_out_says_so():
    quiet = published(company(40))
    assert said.exclusions(quiet["quality"]) == ["Nobody was left out for how they answered."]
    assert said.effects(quiet["quality"]) == [] and said.of_teams(quiet["reliability"]) == []
    assert said.complete(quiet["quality"]).startswith("Too few people")
    assert said.gaps(quiet["quality"]).startswith("Too few people")
    assert said.against(quiet["reliability"]).startswith("Too few complete answers")
