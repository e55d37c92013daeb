"""Each sentence a page can say: data in which it must appear, data in which it must not."""

from __future__ import annotations

import math

import numpy as np
import pytest
from releases import CBI, cell, hidden, mean_measure, release, share_measure, team_release

from analytics import finding
from analytics.finding.boundary import trend
from analytics.finding.words import MOST_WORDS, count, heading, inside, n_words
from analytics.protect import Protected
from analytics.reading import Reading


def seen_from(p: Protected, node: int) -> Protected:
    return Protected(p.cells, p.manifest, node, p.view, p.seal)


def test_overview_names_how_many_teams_the_test_sets_apart() -> None:
    p = team_release({"A": "higher", "B": "higher", "C": "higher", "D": "unclear"})
    assert finding.overview(p) == "Work burnout averages 40 of 100; three teams are clearly above."


def test_overview_says_both_ends_and_uses_the_singular() -> None:
    p = team_release({"A": "higher", "B": "lower", "C": "lower"})
    assert finding.overview(p) == "Work burnout averages 40 of 100; one team is clearly above, two clearly below."


def test_overview_without_a_clear_team_says_that_none_can_be_told_apart() -> None:
    sentence = finding.overview(team_release({"A": "unclear", "B": "unclear"}))
    assert sentence == "Work burnout averages 40 of 100; no team can be told apart from the whole."
    assert "told apart" not in finding.overview(team_release({"A": "higher"}))


def test_overview_says_beyond_chance_only_when_the_teams_do_not_differ() -> None:
    same = team_release({"A": "unclear"}, differ={"CBI.work": False})
    assert finding.overview(same).endswith("Teams do not differ beyond chance.")
    assert "chance" not in finding.overview(team_release({"A": "unclear"}))


def test_overview_of_hidden_teams_draws_no_conclusion() -> None:
    sentence = finding.overview(team_release({"A": "hidden"}))
    assert "apart" not in sentence and "chance" not in sentence
    assert sentence.endswith("Teams are not shown, to protect anonymity.")


def test_overview_without_burnout_questions_says_so() -> None:
    p = release([], measures=[share_measure("I7", "Low detachment")])
    assert finding.overview(p) == "This survey has no burnout questions, so no burnout score is shown."


def test_overview_without_burnout_questions_goes_on_with_another_score_that_has_a_worrying_end() -> None:
    calm = mean_measure("OWN.calm", "Calm", headline=False, role="other", burden="low")
    said = finding.overview(team_release({"A": "lower", "B": "unclear"}, "OWN.calm", measures=[calm]))
    assert said == (
        "This survey has no burnout questions, so no burnout score is shown. "
        "Calm averages 40 of 100; one team is clearly below."
    )
    neither = team_release({"A": "lower"}, "OWN.calm", measures=[{**calm, "burden": ""}])
    assert finding.overview(neither).endswith("no burnout score is shown.")


def test_overview_of_a_cut_end_claims_no_exact_average() -> None:
    p = release([cell("indicators", 0, "CBI.work", "25 or lower")])
    assert finding.overview(p) == "Work burnout averages 25 or lower, of 100."


@pytest.mark.parametrize(
    ("state", "begins"),
    [
        ("higher", "Your team reports clearly more work burnout"),
        ("lower", "Your team reports clearly less work burnout"),
        ("unclear", "Your team reports about as much burnout"),
        ("hidden", "Not shown, to protect anonymity. Your people's answers count in Whole organisation."),
    ],
)
def test_each_verdict_appears_for_its_state_alone(state: str, begins: str) -> None:
    measures = [mean_measure("CBI.work")]
    others = {s: "" for s in ("higher", "lower", "unclear", "hidden") if s != state}
    assert finding.team_verdict(team_release({"A": state}, measures=measures), 1).startswith(begins)
    for other in others:
        assert not finding.team_verdict(team_release({"A": other}, measures=measures), 1).startswith(begins)


def wide(half: float, n_low: int = 20) -> Protected:
    row = cell("indicators", 1, "CBI.work", "42", "unclear", ci_low=42 - half, ci_high=42 + half, n_low=n_low)
    return release([cell("indicators", 0, "CBI.work", "40"), row], ["A"], measures=[mean_measure("CBI.work")])


def test_about_the_same_is_not_said_of_an_interval_that_could_hide_ten_points() -> None:
    assert "too few answers to say" in finding.team_verdict(wide(10.5), 1)
    assert "too few answers to say" not in finding.team_verdict(wide(9.5), 1)


def test_a_figure_without_interval_needs_twenty_answers_for_about_the_same() -> None:
    assert "too few" in finding.team_verdict(wide(math.nan, 12), 1)
    assert "about as much" in finding.team_verdict(wide(math.nan, 20), 1)


def test_a_team_above_on_one_score_and_below_on_another_is_told_both() -> None:
    rows = [cell("indicators", 0, m, "40") for m in CBI[:2]]
    rows += [cell("indicators", 1, CBI[0], "30", "lower"), cell("indicators", 1, CBI[1], "60", "higher")]
    verdict = finding.team_verdict(release(rows, ["A"]), 1)
    assert "clearly more work burnout" in verdict and "clearly less personal burnout" in verdict


def test_the_team_heading_names_up_to_three_teams() -> None:
    p = team_release({"Sales": "higher", "Finance": "higher", "HR": "unclear"})
    assert finding.teams(p, "CBI.work") == "Sales and Finance report clearly more work burnout"
    many = team_release(dict.fromkeys("ABCD", "higher"))
    assert finding.teams(many, "CBI.work") == "Four teams report clearly more work burnout"


def test_the_team_heading_says_less_for_lower_and_never_more() -> None:
    sentence = finding.teams(team_release({"Sales": "lower", "HR": "unclear"}), "CBI.work")
    assert sentence == "Sales reports clearly less work burnout"


def test_the_team_heading_is_silent_without_a_clear_team() -> None:
    p = team_release({"Sales": "unclear"})
    assert finding.teams(p, "CBI.work") == "No team can be told apart on work burnout"
    assert "beyond chance" in finding.teams(team_release({"S": "unclear"}, differ={}), "CBI.work")


def test_a_share_is_said_to_be_higher_and_never_reported_more() -> None:
    measure = share_measure("I7", "Low detachment")
    p = team_release({"Sales": "higher"}, "I7", measures=[measure])
    assert finding.teams(p, "I7") == "Sales is clearly higher: low detachment"


@pytest.mark.parametrize("states", [["higher"] * 3, ["higher"] * 5 + ["lower"] * 4, ["unclear"], ["hidden"]])
def test_no_heading_is_longer_than_twelve_words_or_speaks_of_risk(states: list[str]) -> None:
    names = {f"Regional Quality and Compliance {n}": state for n, state in enumerate(states)}
    sentence = finding.teams(team_release(names), "CBI.work")
    assert n_words(sentence) <= MOST_WORDS
    assert "risk" not in sentence.casefold()


def test_scores_of_a_team_differ_only_when_a_state_says_so() -> None:
    p = team_release({"A": "higher", "B": "unclear"}, measures=[mean_measure("CBI.work")])
    assert finding.scores(seen_from(p, 1)) == "Work burnout clearly higher than in the organisation"
    assert finding.scores(seen_from(p, 2)) == "No score differs clearly from the organisation"


def test_shares_that_were_not_compared_claim_no_difference() -> None:
    rows = [cell("indicators", node, "I7", "20–40 %", state) for node, state in ((0, ""), (1, ""), (2, "lower"))]
    p = release(rows, ["A", "B"], measures=[share_measure("I7", "Low detachment")])
    assert finding.shares(seen_from(p, 1), ["I7"]) == "Low detachment: 20–40 % of people"
    assert finding.shares(seen_from(p, 2), ["I7"]) == "Low detachment clearly lower than in the organisation"


def leaning(balance: str = "20–40 %", integration: str = "40–60 %", **more: object) -> Protected:
    texts = {"balance": balance, "mixed": "20–40 %", "integration": integration}
    rows = [cell("leanings", 0, "leaning", text, part=part, low=0.0, high=50.0) for part, text in texts.items()]
    return release(rows, measures=[share_measure("leaning", "Leaning", kind="parts")], **more)


def test_leanings_repeat_the_displayed_shares_and_say_that_groups_are_untested() -> None:
    assert finding.leanings(leaning()) == ("20–40 % lean to balance, 40–60 % to integration; groups not yet tested")
    tested = leaning(groups={"tested": True, "sentence": "Two groups are supported."})
    assert "not yet tested" not in finding.leanings(tested)
    assert finding.groups(tested) == "Two groups are supported."


def test_leanings_without_boundary_questions_say_so() -> None:
    p = leaning(boundary={"kind": "absent", "parts": [], "sentence": ""})
    assert finding.leanings(p).startswith("This survey has no boundary questions")
    assert "no boundary questions" not in finding.leanings(leaning())


def test_an_index_of_one_part_carries_its_name() -> None:
    one = leaning(boundary={"kind": "preference only", "parts": ["EVK.preference"], "sentence": ""})
    assert finding.index_name(one) == "Boundary Index (preference only)"
    assert finding.index_name(leaning()) == "Boundary Index"


def steps(values: list[int | None], half: float = 4.0) -> Protected:
    rows = [
        hidden("slope", 0, "CBI.work", str(step))
        if value is None
        else cell("slope", 0, "CBI.work", str(value), part=str(step), ci_low=value - half, ci_high=value + half)
        for step, value in enumerate(values, start=1)
    ]
    return release(rows)


def test_the_slope_heading_follows_the_line_and_says_association() -> None:
    falling = finding.slope(steps([58, 50, 41, 34, 28]))
    assert falling == "Integration goes with more work burnout: association, not a cause"
    assert finding.slope(steps([28, 34, 41, 50, None])).startswith("Balance goes with more")


@pytest.mark.parametrize(("values", "half"), [([40, 44, 39, 43, 41], 4.0), ([30, 36, 41, 45, 50], 30.0)])
def test_no_slope_is_claimed_when_its_interval_holds_zero(values: list[int | None], half: float) -> None:
    assert finding.slope(steps(values, half)) == "No clear slope in work burnout along the boundary index"


def test_a_sure_but_tiny_slope_is_not_a_heading() -> None:
    assert finding.slope(steps([40, 41, 41, 42, 42], 0.5)).startswith("No clear slope")


def test_two_steps_make_no_slope() -> None:
    assert finding.slope(steps([60, 20, None, None, None])).startswith("Too few steps")


def test_the_line_equals_weighted_least_squares() -> None:
    values, halves = [58, 50, 41, 34, 28], [4.0, 9.0, 3.0, 5.0, 12.0]
    cells = Reading(
        release(
            [
                cell("slope", 0, "CBI.work", str(v), part=str(at), ci_low=v - h, ci_high=v + h)
                for at, (v, h) in enumerate(zip(values, halves, strict=True), start=1)
            ]
        )
    )
    line = trend(tuple(cells.cell("slope", 0, "CBI.work", str(at)) for at in range(1, 6)))
    weights = 1.96 / np.array(halves)
    coefficients, covariance = np.polyfit([1, 2, 3, 4, 5], values, 1, w=weights, cov="unscaled")
    assert line is not None
    assert line.rise == pytest.approx(coefficients[0])
    assert (line.high - line.low) / 2 == pytest.approx(1.96 * np.sqrt(covariance[0, 0]))


def test_profiles_are_called_fitted_and_never_found() -> None:
    p = release([cell("profiles", 0, "profile:2", "70", part="balance|EVK.preference", kind="model")])
    assert finding.profiles(p) == "Two fitted profiles; whether two groups exist is not yet tested"
    assert finding.profiles(release([])) == "No profiles are shown for this survey"


def test_a_missing_burnout_score_is_named_and_a_complete_set_is_not() -> None:
    two = release([], measures=[mean_measure(m) for m in CBI[:2]])
    assert finding.missing_scores(two) == (
        "This file has no client-burnout questions. The other two scores are complete."
    )
    assert finding.missing_scores(release([])) == ""
    one = release([], measures=[mean_measure("CBI.work")])
    assert finding.missing_scores(one).endswith("The other score is complete.")


def test_absent_lists_each_sentence_once() -> None:
    absent = [{"indicator": "I7", "sentence": "No detachment."}, {"indicator": "I8", "sentence": "No detachment."}]
    assert finding.absent(release([], absent=[*absent, {"indicator": "I9", "sentence": ""}])) == ("No detachment.",)
    assert finding.absent(release([])) == ()


def test_first_survey_is_said_of_one_wave_only() -> None:
    assert finding.first_survey(1) == "First survey: no change shown yet."
    assert finding.first_survey(2) == ""


def test_small_numbers_are_words_and_large_ones_figures() -> None:
    assert (count(0), count(1), count(3), count(41)) == ("no teams", "one team", "three teams", "41 teams")


def test_titles_inside_a_sentence_keep_their_abbreviations() -> None:
    titles = ("Work burnout", "CBI work", "Self-rated", "I am tired", "Boundary Index", "Is work tiring?")
    told = ("work burnout", "CBI work", "self-rated", "I am tired", "Boundary Index", "is work tiring?")
    assert tuple(inside(title) for title in titles) == told


def test_a_heading_falls_back_to_the_shorter_form() -> None:
    assert heading("a " * 13, "short") == "short"
    assert heading("a " * 12, "short") == "a " * 12
