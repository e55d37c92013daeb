"""What the team's printed page says of change and of what to try: each with a case in which it is silent."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader
from releases import cell, mean_measure, release, share_measure

from analytics import report
from analytics.finding.talk import NOTHING_CLEAR
from analytics.report.team_page import TRIED


def wave(name: str, score: str, state: str):
    rows = [cell("indicators", 0, "CBI.work", "40"), cell("indicators", 1, "CBI.work", score, state)]
    measures = [mean_measure("CBI.work", indicator="I1"), share_measure("I7", "Low detachment")]
    return release(rows, ["Quartz"], measures=measures, wave=name)


def printed(p, before=()) -> str:
    pages = PdfReader(io.BytesIO(report.team_pdf(p, p, p, 1, "", before))).pages
    assert len(pages) == 1
    return re.sub(r"\s+", " ", pages[0].extract_text())


@pytest.mark.parametrize(("state", "tried"), [("higher", True), ("unclear", False), ("lower", False)])
def test_practices_stand_on_the_page_of_a_team_that_is_clear_and_on_no_other(state, tried):
    text = printed(wave("Spring", "64", state))
    assert (TRIED in text, NOTHING_CLEAR in text) == (tried, not tried)


def test_change_stands_on_the_page_from_the_second_survey_on():
    first, second = wave("Spring", "64", "higher"), wave("Autumn", "44", "unclear")
    assert "First survey: no change shown yet." in printed(first)
    text = printed(second, [first])
    assert "First survey" not in text
    assert "Work burnout: 64 before, 44 now; down. The change is clear." in text
