"""One page after another over the wire itself: every number in a picture, every finer one in words, is displayed."""

from __future__ import annotations

import re
from json import JSONDecoder

import pytest
from playwright.sync_api import expect

from analytics import flow
from analytics.protect import Thresholds
from data.store import Store
from tests.browser.running import app, free_port, settled
from tests.browser.watched import watched
from tests.pages.conftest import SURVEY, small_wave
from tests.pages.payloads import coordinates
from tests.pages.test_payloads import Readable, fixed

FINER = re.compile(r"(?<![\d.#\w-])\d{1,3}\.\d+(?![\d.\w])")  # a number with decimals, no version and no colour
PAGES = ("overview", "teams", "leanings", "questions", "drivers", "quality", "team", "compare")


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The app on a data folder with one published wave."""
    home = tmp_path_factory.mktemp("wire")
    store, wave = Store.open(home), small_wave()
    wave_id = store.keep(wave, "{}")
    made = flow.publish(wave, Thresholds(), created="2026-11-24T00:00:00+00:00", code_version="test")
    store.publish(wave_id, made.release, made.memberships)
    with app(home, free_port()) as url:
        yield home, url


@pytest.mark.long
@pytest.mark.browser
def test_the_wire_brings_displayed_values_and_nothing_finer(browser, address):
    home, url = address
    readable, words = Readable(home), fixed()
    with watched(browser) as (page, traffic):
        for name in PAGES:
            page.goto(f"{url}/{'' if name == 'overview' else name}")
            expect(page.get_by_role("heading", level=1)).to_be_visible(timeout=60_000)
            settled(page)
    came = traffic.bytes.decode("utf-8", "ignore")
    assert SURVEY in came
    pictures, words_alone, at = [], "", 0
    for found in re.finditer(r'\{"data":\[', came):
        spec, end = JSONDecoder().raw_decode(came, found.start())
        pictures, words_alone, at = [*pictures, spec], words_alone + came[at : found.start()], end
    places = [place for spec in pictures for place in coordinates(spec, "x")]
    assert len(pictures) > 10 and len(places) > 100
    assert {place for place in places if round(place, 6) not in readable.places} == set()
    finer = set(FINER.findall(words_alone + came[at:]))
    assert finer and {number for number in finer if number not in readable.texts | words} == set()
