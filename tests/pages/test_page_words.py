"""Names from files as Markdown, and the words that stand on every page."""

from __future__ import annotations

from datetime import date

import pytest

from pages.common import words


@pytest.mark.parametrize(
    ("name", "shown_by"),
    [
        ("Sales & Service", "Sales & Service"),
        ("![x](http://a.example)", "\\!\\[x\\](http\\://a.example)"),
        ("R*D _lab_ $5$", "R\\*D \\_lab\\_ \\$5\\$"),
        (":red[fire]", "\\:red\\[fire\\]"),
        ("- list", "\\- list"),
        ("1. First team", "1\\. First team"),
        ("सेवा दल", "सेवा दल"),
    ],
)
def test_a_name_is_shown_and_never_obeyed(name, shown_by):
    assert words.plain(name) == shown_by


def test_a_bare_web_address_cannot_become_a_link():
    assert "www." not in words.plain("See www.example.org").lower()
    assert "www." not in words.plain("WWW.example.org").lower()


def test_bands_say_what_is_open():
    assert words.band(20, 49) == "20–49 answers"
    assert words.band(1000, -1) == "1,000+ answers"


def test_every_help_line_says_when_a_person_checked_it():
    for line in words.help_lines()["lines"]:
        assert line["numbers"]
        assert date(2026, 1, 1) <= line["checked"] <= date(2100, 1, 1)


def test_static_words_are_plain_and_without_emoji():
    text = " ".join([*words.NEEDED, *words.HOW_SURE, *words.RETENTION, *words.GLOSSARY.values()])
    assert all(ord(sign) < 0x2600 for sign in text)
