"""The report: one file that needs nothing else, in which every text is text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pandas as pd
import pytest
from more_releases import driven, waves
from releases import mean_measure, team_release

from analytics import chart, report
from analytics.release import NOT_SHOWN
from analytics.report.svg import svg

TEAMS = {"Sales": "higher", "R&D": "unclear", "Field": "lower", "Legal": "hidden"}
AUDIT = {"cells": 40, "hidden_cells": 3, "narrowest": {"nested": 1}}


class Balance(HTMLParser):
    """Checks that every element that opens also closes."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in ("meta", "line", "rect", "circle", "polygon"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in ("line", "rect", "circle", "polygon"):
            assert self.open.pop() == tag


def made(**more: object) -> str:
    return report.html(team_release(TEAMS, measures=[mean_measure("CBI.work")], **more), AUDIT)


def test_the_report_is_well_formed_and_asks_for_nothing() -> None:
    parser = Balance()
    parser.feed(made())
    assert parser.open == []
    assert not parser.tags & {"script", "link", "img", "iframe", "object"}
    assert not re.search(r"https?://|url\((?!#)|@import|\son\w+=", made())


def test_the_report_holds_the_finding_every_unit_and_the_method() -> None:
    text = made()
    assert "Work burnout averages 40 of 100; one team is clearly above, one clearly below." in text
    assert all(f">{name}<" in text for name in ("Sales", "R&amp;D", "Field", "Legal"))
    assert "How this was worked out" in text and "fewer than 8 people" in text
    assert "<td>3</td>" in text and "Hidden cells" in text


def test_a_hidden_unit_has_the_sentence_and_no_figure() -> None:
    rows = re.findall(r'<tr><th scope="row">Legal</th>(.*?)</tr>', made())
    assert rows and all(NOT_SHOWN in row and not re.search(r"\d", row) for row in rows)


def test_names_from_a_file_stay_text() -> None:
    text = report.html(team_release({"<script>alert(1)</script>": "higher"}, survey='"><img src=x>'), AUDIT)
    assert "<script" not in text and "<img" not in text
    assert "&lt;script&gt;" in text


def test_invented_data_is_badged_and_real_data_is_not() -> None:
    assert "Invented data" in made(sample=True)
    assert "Invented data" not in made()


def test_the_help_line_stands_only_when_given() -> None:
    p = team_release(TEAMS)
    assert "Call 14416" in report.html(p, AUDIT, help_line="Call 14416, day and night.")
    assert "someone to talk to" not in report.html(p, AUDIT)


def test_states_survive_greyscale_by_shape() -> None:
    text = made()
    assert "<polygon" in text and "<circle" in text and "url(#hatch)" in text
    assert "◆" in text and "■" in text and "○" in text


def test_only_a_protected_aggregate_is_reported() -> None:
    with pytest.raises(TypeError, match=r"report\.html needs a Protected table, got DataFrame"):
        report.html(pd.DataFrame(), AUDIT)  # type: ignore[arg-type]


def test_up_down_and_noise_have_shapes_of_their_own_in_print() -> None:
    up, down = (svg(chart.change(waves(40, later), ["CBI.work"])) for later in (52, 28))
    assert "<polygon" in up and "<polygon" in down
    assert re.findall(r'points="[^"]*"', up) != re.findall(r'points="[^"]*"', down)
    assert svg(chart.drivers(driven(), "CBI.work")).count("<polygon") == 0
