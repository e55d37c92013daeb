"""The road in a real browser: what a newcomer, an analyst, a manager and a stranger meet."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from analytics import score
from data import access
from data.access import LOCAL_ANALYST
from data.store import Store
from pages.common import words
from tests.browser import company_file
from tests.browser.faults import faults
from tests.browser.places import places
from tests.browser.provider import provider
from tests.browser.running import (
    WORK_MS,
    app,
    choose,
    follow,
    free_port,
    main_part,
    open_everything,
    settled,
    titled,
    upload,
)
from tests.browser.watched import Traffic, watched

pytestmark = pytest.mark.browser
FAR = 120  # steps with the tabulator
HIGH = 900  # of the screens that every page is looked at on
SAMPLE, BADGE = "Nilgiri Goods", "Invented example data"
OWN, HIDDEN = "Borealis / Quartzite", "Borealis / Obsidian"
OTHERS = ("Feldspar", "Obsidian", "Pumice", "Tradewind", "Sirocco")
SURVEY, WAVE = "Lantern Works", "Spring 2026"
PUBLISHED = f"{WAVE} · {SURVEY}"


@pytest.fixture(scope="module")
def first(browser, url) -> str:
    """What the very first visitor sees."""
    with watched(browser) as (page, _):
        page.goto(url)
        titled(page, "Overview")
        return main_part(page).inner_text()


@pytest.fixture(scope="module")
def road(browser, url, first) -> Iterator[tuple[dict[str, str], Traffic]]:
    """From a file to a manager's page: what stood on each screen, and all that went over the wire meanwhile."""
    seen: dict[str, str] = {}
    with watched(browser) as (page, traffic):
        page.goto(url)
        titled(page, "Overview")
        page.get_by_role("link", name="Use my survey file").click()
        titled(page, re.compile("without seeing any person"))
        upload(page, company_file.NAME, company_file.content())
        seen["confirm"] = main_part(page).inner_text()
        page.get_by_role("textbox", name="Survey").fill(SURVEY)
        page.get_by_role("textbox", name="Wave").fill(WAVE)
        page.get_by_role("button", name="Use these data").click()
        titled(page, "Overview")
        seen["overview"] = main_part(page).inner_text()
        for title in ("Teams", "Leanings"):
            follow(page, title)
            seen[title.lower()] = main_part(page).inner_text()
        for name, unit in (("team", OWN), ("hidden", HIDDEN)):
            choose(page, "View as", f"Manager of {SURVEY}: {unit}")
            titled(page, unit.rsplit(" / ")[-1])
            seen[name] = main_part(page).inner_text()
        yield seen, traffic


def test_the_first_start_shows_the_invented_company(first):
    assert SAMPLE in first
    assert BADGE in first
    assert re.search(r"burnout averages \d+ of 100", first)


def test_a_file_becomes_a_dashboard_and_a_managers_page(road):
    seen, _ = road
    assert f"{company_file.PEOPLE} people, 41 columns, comma-separated, UTF-8." in seen["confirm"]
    assert "Copenhagen Burnout Inventory: 19 of 19 questions found." in seen["confirm"]
    assert PUBLISHED.split(" · ")[1] in seen["overview"]
    assert BADGE not in seen["overview"]
    assert "Quartzite" in seen["teams"]
    assert "Quartzite" in seen["team"]
    assert not [name for name in OTHERS if name in seen["team"]]
    assert "Not shown, to protect anonymity" in seen["hidden"]
    assert "Borealis" in seen["hidden"]


def test_no_request_leaves_the_machine(road):
    _, traffic = road
    assert len(traffic.asked) > 20
    assert any(address.startswith("ws://127.0.0.1") for address in traffic.asked)
    assert traffic.outside == []


def test_the_wire_brings_no_person_and_no_hidden_value(road, home):
    _, traffic = road
    assert SURVEY.encode() in traffic.bytes
    assert b"Quartzite" in traffic.bytes
    assert company_file.MARK.encode() + b"-code" not in traffic.bytes
    assert company_file.MARK.encode() + b".mail" not in traffic.bytes
    assert b"flicker" not in traffic.bytes
    longest = max(len(row) for row in traffic.arrays())
    assert 2 <= longest < min(people for people in company_file.TEAMS.values() if people > 8)
    exact = _exact_means(home)
    shown = [float(value) for row in traffic.arrays() for value in row]
    assert shown
    assert not [mean for mean in exact if any(abs(mean - value) < 1e-6 for value in shown)]


def _exact_means(home: Path) -> list[float]:
    """Every score's unrounded mean in the teams that are too small to be shown, where rounding would change it."""
    store = Store.open(home)
    wave = store.wave(next(one.id for one in store.waves() if one.survey == SURVEY))
    small = [place for place, unit in enumerate(wave.tree.units) if unit.name in company_file.SMALL]
    scores = score.score(wave)
    means = [float(scores[scale][wave.unit == unit].mean()) for unit in small for scale in scores]
    return [mean for mean in means if round(mean, 2) != mean]


def test_a_cold_deep_link_is_refused(browser, home, road, tmp_path):
    port = free_port()
    secrets = tmp_path / "secrets.toml"
    with provider() as signs_in:
        secrets.write_text(signs_in.secrets(f"http://127.0.0.1:{port}"), encoding="utf-8")
        _grant(home, signs_in.issuer, "manager")
        with app(home, port, f"--secrets.files={secrets}") as url:
            with watched(browser) as (page, traffic):
                _a_stranger_meets_the_door(page, traffic, url)
            signs_in.subject = "manager"
            with watched(browser) as (page, traffic):
                _a_manager_meets_the_own_team(page, traffic, url)


def test_the_first_address_after_a_start_may_be_a_pages_own(browser, home, road):
    with app(home, free_port()) as url, watched(browser) as (page, _):
        page.goto(f"{url}/teams?wave={quote(PUBLISHED)}")
        titled(page, "Teams")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert SURVEY in main_part(page).inner_text()


def _a_stranger_meets_the_door(page: Page, traffic: Traffic, url: str) -> None:
    for link in ("team?team=Borealis+/+Quartzite", "overview", "waves", "upload", ""):
        page.goto(f"{url}/{link}")
        expect(page.get_by_role("button", name="Sign in")).to_be_visible(timeout=WORK_MS)
        settled(page)
    for script in ("pages/manager/team", "pages/analyst/overview.py"):
        page.goto(f"{url}/{script}", wait_until="networkidle")
        assert page.locator("body").inner_text() == ""
    assert b"Sign in" in traffic.bytes
    assert not [name for name in (SURVEY, SAMPLE, "Quartzite", "View as") if name.encode() in traffic.bytes]


def _a_manager_meets_the_own_team(page: Page, traffic: Traffic, url: str) -> None:
    page.goto(url)
    page.get_by_role("button", name="Sign in").click()
    titled(page, "Quartzite")
    for link in ("overview", "teams", "upload", "team?team=Zephyr+/+Tradewind"):
        page.goto(f"{url}/{link}")
        titled(page, "Quartzite")
    assert words.NOT_YOURS in main_part(page).inner_text()
    assert not [name for name in (SAMPLE, "View as", *OTHERS) if name.encode() in traffic.bytes]


def _grant(home: Path, issuer: str, subject: str) -> None:
    store = Store.open(home)
    survey = next(wave.survey_id for wave in store.waves() if wave.survey == SURVEY)
    store.grant(LOCAL_ANALYST, access.identity(issuer, subject), "manager", survey, OWN)


def test_the_keyboard_alone_leads_from_the_first_page_to_a_team(browser, url, road):
    with watched(browser) as (page, _):
        page.goto(f"{url}/upload")
        titled(page, re.compile("without seeing any person"))
        _press(page, "Look at an example")
        titled(page, "Overview")
        _press(page, "See the numbers")
        expect(page.get_by_role("table").first).to_be_visible()
        _press(page, "Quartzite")
        titled(page, "Quartzite")


def _press(page: Page, words: str) -> None:
    """Go on with the tabulator to what is called so, and press it."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        at = page.evaluate("() => document.activeElement.innerText ?? ''")
        if words in at and len(at) < 80:  # the page's whole text holds the words, too
            page.keyboard.press("Enter")
            return
    pytest.fail(f"{words} is not reached in {FAR} steps")


def test_no_page_has_a_fault_for_people_who_see_or_hear_differently(browser, url, road):
    seen: dict[str, list[str]] = {}
    titles: list[str] = []
    with watched(browser) as (page, _):

        def look(name: str) -> None:
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                seen[f"{name}, {scheme}"] = faults(page)
            titles.append(page.title())

        page.goto(url)
        titled(page, "Overview")
        look("overview")
        for title in ("Teams", "Leanings", "Waves"):
            follow(page, title)
            look(title)
        page.get_by_test_id("stSidebarNav").get_by_role("link", name="Data", exact=True).click()
        titled(page, re.compile("without seeing any person"))
        look("Data")
        upload(page, company_file.NAME, company_file.content())
        open_everything(page)
        look("confirm")
        page.get_by_role("button", name=re.compile("Cancel")).click()
        for unit in (OWN, HIDDEN):
            choose(page, "View as", f"Manager of {SURVEY}: {unit}")
            titled(page, unit.rsplit(" / ")[-1])
            open_everything(page)
            look(unit)
    assert {name: found for name, found in seen.items() if found} == {}
    assert len(set(titles)) >= 6


@pytest.mark.long
@pytest.mark.parametrize("width", [1280, 390])
def test_every_page_is_without_fault_on_wide_and_narrow_screens_in_light_and_dark(browser, url, road, width):
    managers = {"shown": f"Manager of {SURVEY}: {OWN}", "hidden": f"Manager of {SURVEY}: {HIDDEN}"}
    found = {}
    with watched(browser, width, HIGH) as (page, _):
        for place in places(url, managers):
            place.go(page)
            for scheme in ("dark", "light"):
                page.emulate_media(color_scheme=scheme)
                found[f"{place.name}, {scheme}"] = faults(page)
    assert len(found) >= 2 * 18
    assert {name: told for name, told in found.items() if told} == {}


def test_the_front_pages_name_is_an_address_too(browser, url, first):
    with watched(browser) as (page, _):
        page.goto(f"{url}/overview")
        titled(page, "Overview")
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.url.split("?")[0] == f"{url}/"
