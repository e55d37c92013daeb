"""Rows that lie apart and are not clear are told why; no other row is."""

from __future__ import annotations

import numpy as np
import pytest
from releases import cell, mean_measure, release, share_measure

from analytics import chart
from analytics.finding.unsure import COMPARED
from analytics.shrink import moments, states

LOW, SCORE = share_measure("I7", "Low detachment"), mean_measure("CBI.work")
NOTE = "Grey although apart from the organisation: too few answers to be sure."


def team(share: str, state: str, whole: str = "45–46 %"):
    rows = [cell("indicators", 0, "I7", whole), cell("indicators", 1, "I7", share, state)]
    return release(rows, ["A"], node=1, measures=[LOW])


def said(p) -> tuple[str, str]:
    drawn = chart.shares(p)
    return drawn.numbers["Compared with the organisation"].iloc[0], drawn.subline


@pytest.mark.parametrize(("share", "whole"), [("80–100 %", "45–46 %"), ("0–20 %", "45–46 %"), ("55–60 %", "45–50 %")])
def test_a_band_apart_that_is_not_clear_is_told_why(share, whole):
    words, subline = said(team(share, "unclear", whole))
    assert words == COMPARED and subline.endswith(NOTE)


@pytest.mark.parametrize(
    ("share", "state", "words"),
    [
        ("40–60 %", "unclear", "Not clear"),  # holds the organisation's
        ("50–55 %", "unclear", "Not clear"),  # may be as near as four points
        ("80–100 %", "higher", "Clearly higher"),
        ("0–20 %", "lower", "Clearly lower"),
        ("80–100 %", "", "Not compared"),
    ],
)
def test_what_may_lie_near_or_is_clear_is_not(share, state, words):
    found, subline = said(team(share, state))
    assert found == words and NOTE not in subline


@pytest.mark.parametrize(("score", "state", "there"), [("58", "unclear", True), ("44", "unclear", False)])
def test_scores_and_teams_say_the_same(score, state, there):
    rows = [cell("indicators", 0, "CBI.work", "40"), cell("indicators", 1, "CBI.work", score, state)]
    whole, own = (release(rows, ["A"], node=node, measures=[SCORE]) for node in (0, 1))
    for drawn in (chart.scores(own), chart.teams(whole, "CBI.work"), chart.lineup(own, "CBI.work")):
        assert (NOTE in drawn.subline or COMPARED in drawn.numbers.to_string()) == there


def test_more_answers_alone_make_such_a_figure_clear():
    """Why the words are true: the same shares with twenty times the people are clear."""

    def state(times: int) -> str:
        beyond = times * np.array([13, *[9, 10] * 9, 9])
        people = np.full(20, 20 * times)
        counts = np.column_stack([0 * beyond, people - beyond, beyond])
        figures = moments(np.vstack([counts.sum(axis=0), counts])[:, None, :], (np.nan, 0.0, 1.0))
        found = states(figures, [0, *[1] * 20], 0.05)
        return str(np.ravel(found)[1])

    assert state(1) == "unclear" and state(20) == "higher"
