"""Sentences on questions, drivers, fit, change and response: data in which each appears, data in which it does not."""

from __future__ import annotations

import pytest
from more_releases import ITEMS, answered, driven, fitted, lived, questions, waves, worked_out
from releases import cell, mean_measure, release, share_measure, team_release

from analytics import finding
from analytics.change import changes
from analytics.finding.change import told
from analytics.finding.drivers import Shown, shown
from analytics.finding.talk import suggestions
from analytics.finding.words import MOST_WORDS, n_words
from analytics.lineage import lineage
from analytics.practices import PRACTICES, practices
from analytics.protect import Protected
from analytics.reading import Reading


def drivers_shown(p: Protected) -> tuple[Shown, ...]:
    return shown(Reading(p), "CBI.work", "within")


EVERY_ITEM = [item for item, *_ in ITEMS]


def seen_from(p: Protected, node: int) -> Protected:
    return Protected(p.cells, p.manifest, node, p.view, p.seal)


def of_team(**states: str) -> str:
    named = {f"CBI.{item}": state for item, state in states.items()}
    return finding.questions(seen_from(questions(named), 1), EVERY_ITEM)


def test_a_question_is_named_for_a_team_only_when_its_state_is_clear() -> None:
    assert of_team(WB1="higher") == "Clearly higher: “Work is emotionally exhausting”"
    assert of_team(WB2="lower") == "Clearly lower: “Burnt out because of work”"
    assert of_team() == "No question stands out: none differs clearly"
    assert "Clearly" not in of_team()


def test_many_clear_questions_are_counted() -> None:
    sentence = of_team(WB1="higher", WB2="higher", WB5="lower")
    assert sentence == "Two questions clearly higher, one question clearly lower than in the organisation"


def test_the_highest_question_of_the_organisation_is_named_when_no_other_is_displayed_as_high() -> None:
    assert finding.questions(questions(), EVERY_ITEM) == "Highest share: “Exhausted at the thought of work”, 35–40 %"
    tied = [entry for entry in ITEMS if entry[0] != "CBI.WB5"]
    tied.append(("CBI.WB9", "Tired", tied[0][2], "high", (20, 25, 25, 20, 10)))
    sentence = finding.questions(questions(items=tied), [item for item, *_ in tied])
    assert sentence == "Highest shares: “Work is emotionally exhausting” and “Tired”, 30–35 %"
    tied.append(("CBI.WB8", "Worn", tied[0][2], "high", (20, 25, 25, 20, 10)))
    sentence = finding.questions(questions(items=tied), [item for item, *_ in tied])
    assert sentence == "Three questions share the highest figure: 30–35 %"


def test_agreement_with_a_wish_is_never_called_highest() -> None:
    assert "One clear moment" not in finding.questions(questions(), EVERY_ITEM)
    assert finding.questions(questions(), ["EVK.PREF1"]) == "One question and how they were answered"


def test_hidden_questions_say_so_and_missing_ones_too() -> None:
    p = seen_from(questions(team=dict.fromkeys(EVERY_ITEM, "hidden")), 1)
    assert finding.questions(p, EVERY_ITEM).startswith("Not shown")
    assert finding.questions(p, []) == "No single question is shown for this survey"


def test_one_driver_is_named_first_only_when_its_place_is_sure() -> None:
    assert finding.drivers(driven(), "CBI.work") == (
        "Lower boundary control goes most with work burnout: association, not a cause"
    )
    close = finding.drivers(driven(worked_out((-0.5, 0.5, 0.0, 0.0))), "CBI.work")
    assert close == "Boundary control and quantitative demands go with work burnout: not a cause"
    assert "most" not in close


def test_noise_alone_gives_no_driver() -> None:
    assert finding.drivers(driven(worked_out((0.0,) * 4)), "CBI.work") == "Nothing goes with work burnout beyond noise"
    assert "Nothing" not in finding.drivers(driven(), "CBI.work")


def test_too_few_people_give_no_driver_and_no_cause_is_ever_claimed() -> None:
    assert finding.drivers(driven(worked_out(n=90)), "CBI.work") == "Too few people or teams to say what goes along"
    assert finding.drivers(release([]), "CBI.work") == "No drivers are shown here"
    assert "not a cause" in finding.drivers(driven(), "CBI.work")


def test_the_order_of_drivers_is_called_sure_only_where_it_is() -> None:
    assert finding.order_note(driven(), "CBI.work").startswith("A bar stands before others only where")
    apart = driven(worked_out((-0.9, 0.6, 0.3, 0.0)))
    assert finding.order_note(apart, "CBI.work") == "The order of the bars is sure."
    assert finding.order_note(driven(worked_out((0.0,) * 4)), "CBI.work").startswith("No order is sure")


def test_drivers_that_cannot_be_told_apart_stand_by_name_whatever_their_figures() -> None:
    order = [one.title for one in drivers_shown(driven(worked_out((0.42, 0.5, 0.0, 0.46))))]
    assert order == ["Boundary control", "Quantitative demands", "Role clarity", "Detachment"]
    first, *others = drivers_shown(driven())
    assert (first.title, first.place) == ("Boundary control", 1) and {one.place for one in others} == {2, 3}


def test_misfit_is_said_to_go_with_more_only_when_the_surface_bends() -> None:
    assert finding.fit(fitted(), "CBI.work") == "More work burnout where wish and workplace differ, either way"
    assert finding.fit(fitted(misfit=0.0), "CBI.work") == "Misfit shows no clear link with work burnout"


def test_the_side_of_misfit_is_named_only_when_it_is_tested() -> None:
    assert "more separation than they get" in finding.fit(fitted(misfit=0.006, lean=0.3), "CBI.work")
    assert "get more separation than they want" in finding.fit(fitted(misfit=0.006, lean=-0.3), "CBI.work")
    assert "either way" not in finding.fit(fitted(misfit=0.006, lean=0.3), "CBI.work")


def test_a_surface_that_is_kept_back_says_why() -> None:
    assert finding.fit(fitted(n=150), "CBI.work") == "Fewer than 200 people: no surface of fit is shown"
    assert finding.fit(release([]), "CBI.work") == "This survey does not ask both what people want and what they get"


def test_quadrants_repeat_displayed_shares() -> None:
    assert finding.quadrants(lived()) == "20–25 % mix without wanting to, 15–20 % keep apart unwillingly"
    assert finding.quadrants(release([])).startswith("This survey does not ask")


def compared(*values: int | str, **more: object) -> str:
    earlier, later = (Reading(p) for p in waves(*values, **more))
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    found = changes(earlier, later, matched, [("indicators", "CBI.work")], [1])
    return finding.change(later, found)


def test_a_change_is_named_only_when_it_is_clear() -> None:
    assert compared(40, 52) == "Work burnout clearly up since last time"
    assert compared(52, 40) == "Work burnout clearly down since last time"
    assert compared(40, 43) == compared(40, 40) == "Nothing has clearly changed since last time"


def test_what_cannot_be_compared_claims_no_change() -> None:
    assert compared(40, "hidden") == "No change can be shown here"
    earlier, later = Reading(waves(40)[0]), Reading(waves(60, measures=[mean_measure("CBI.work", scale="other")])[0])
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    found = changes(earlier, later, matched, [("indicators", "CBI.work")], [1])
    assert finding.change(later, found) == "The questions changed: no change is shown"


def test_the_first_survey_shows_no_change() -> None:
    assert finding.change(Reading(waves(40)[0]), (), n_waves=1) == "First survey: no change shown yet."


def test_one_change_is_told_with_both_figures_and_how_sure_it_is() -> None:
    earlier, later = (Reading(p) for p in waves(40, 52))
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    (one,) = changes(earlier, later, matched, [("indicators", "CBI.work")], [1])
    assert told(later, one) == "Work burnout: 40 before, 52 now; up. The change is clear."


def test_the_response_rate_warns_below_half_only() -> None:
    assert finding.response(answered()) == "70–75 % of those invited answered."
    assert "Fewer than half" in finding.response(answered("40–45 %"))
    assert finding.response(seen_from(answered(), 2)) == "" == finding.response(release([]))


def team(state: str, measure: str = "I7", burden: str = "high") -> Protected:
    entry = share_measure(measure, "Low detachment", indicator=measure.split(".")[0], burden=burden)
    rows = [cell("indicators", 0, measure, "30–35 %"), cell("indicators", 1, measure, "40–60 %", state)]
    return seen_from(release(rows, ["Sales"], measures=[entry]), 1)


def test_practices_are_suggested_for_what_is_clear_at_the_worrying_end_alone() -> None:
    (one,) = suggestions(team("higher"))
    assert one.because == "Low detachment is clearly higher than in the rest of the organisation."
    assert one.practices == PRACTICES["I7"]
    assert suggestions(team("unclear")) == suggestions(team("lower")) == suggestions(team("higher", burden="")) == ()
    assert len(suggestions(team("lower", burden="low"))) == 1


def test_the_organisation_gets_practices_for_what_is_clear_in_a_team() -> None:
    (one,) = suggestions(seen_from(team("higher"), 0))
    assert one.because == "Low detachment: one team clearly higher than the rest of the organisation."
    assert suggestions(seen_from(team("unclear"), 0)) == ()


def test_three_open_questions_and_the_first_names_what_is_clear() -> None:
    assert finding.talking_points(team("higher"))[0].startswith("Our figure on low detachment differs clearly")
    assert finding.talking_points(team("unclear"))[0] == "Does this picture match how the last months felt?"
    assert all(len(finding.talking_points(team(s))) == 3 for s in ("higher", "unclear"))


@pytest.mark.parametrize("indicator", [f"I{place}" for place in range(1, 15)])
def test_every_indicator_has_two_to_four_practices_with_a_source(indicator: str) -> None:
    found = practices("nothing", indicator)
    assert 2 <= len(found) <= 4 and len({one.text for one in found}) == len(found)
    for one in found:
        assert "doi:10." in one.source and one.text.endswith(".")
        assert not any(word in one.text.casefold() for word in ("risk", "will reduce", "prevent"))


def test_a_measure_of_its_own_comes_before_its_indicator() -> None:
    assert practices("I8.over", "I8") == PRACTICES["I8.over"] != PRACTICES["I8"]
    assert practices("CBI.work>=50", "I1") == PRACTICES["I1"] and practices("B") == ()


@pytest.mark.parametrize(
    "sentence",
    [
        finding.questions(questions(), EVERY_ITEM),
        of_team(WB1="higher", WB2="higher", WB5="lower", WB7="higher"),
        finding.drivers(driven(), "CBI.work"),
        finding.drivers(driven(worked_out((0.6, 0.6, 0.6, 0.6))), "CBI.work"),
        finding.fit(fitted(misfit=0.006, lean=0.3), "CBI.work"),
        finding.quadrants(lived()),
        compared(40, 52),
    ],
)
def test_headings_stay_short_and_never_speak_of_risk_or_effects(sentence: str) -> None:
    assert n_words(sentence) <= MOST_WORDS
    assert not any(word in sentence.casefold() for word in ("risk", "causes", "because of it", "leads to", "drives"))


def test_where_to_act_first_names_what_is_clear_at_the_worrying_end() -> None:
    assert finding.act_first(team_release({"A": "higher", "B": "lower"})) == "A stands out clearly: talk there first"
    assert (
        finding.act_first(team_release({"A": "higher", "B": "higher"})) == "A and B stand out clearly: talk there first"
    )
    many = team_release(dict.fromkeys("ABCD", "higher"))
    assert finding.act_first(many) == "Four units stand out clearly: talk there first"
    assert finding.act_first(team_release({"A": "lower"})) == "No team stands out clearly at the worrying end"


def test_teams_that_do_not_differ_are_never_put_first() -> None:
    same = team_release({"A": "unclear", "B": "unclear"}, differ={})
    assert finding.act_first(same) == "Teams do not differ beyond chance" and finding.flags(same) == ()
    assert finding.act_first(team_release({"A": "hidden"})).startswith("Not shown")


def test_flags_are_ordered_by_how_much_is_clear_and_then_by_name() -> None:
    measures = [mean_measure("CBI.work"), mean_measure("CBI.personal")]
    states = {1: ("higher", "unclear"), 2: ("higher", "higher"), 3: ("higher", "unclear")}
    rows = [
        cell("indicators", node, entry["id"], "50", state)
        for node, pair in states.items()
        for entry, state in zip(measures, pair, strict=True)
    ]
    p = release(rows, ["Zebra", "Mid", "Alpha"], measures=measures)
    found = finding.flags(p)
    assert [flag.unit for flag in found] == ["Mid", "Alpha", "Zebra"]
    assert [cell.measure for cell in found[0].cells] == ["CBI.work", "CBI.personal"]


def test_teams_hardly_differ_when_little_lies_between_them_and_only_then() -> None:
    states = {"A": "unclear", "B": "unclear"}
    little, much = (team_release(states, between={"CBI.work": part}) for part in (4, 12))
    assert finding.teams(little, "CBI.work") == "Teams hardly differ in work burnout"
    assert finding.between(little, "CBI.work").startswith("Teams hardly differ in work burnout: 4 % of its differences")
    assert finding.teams(much, "CBI.work") == "No team can be told apart on work burnout"
    assert finding.between(much, "CBI.work").startswith("12 %") and "hardly" not in finding.between(much, "CBI.work")
    assert finding.between(team_release(states), "CBI.work") == ""
    same = team_release(states, between={"CBI.work": 0}, differ={})
    assert finding.between(same, "CBI.work") == "Teams do not differ beyond chance in work burnout."
