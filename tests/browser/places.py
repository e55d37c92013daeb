"""Every page that a navigation holds, as whom it is looked at, and how one gets there."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tests.browser import company_file
from tests.browser.running import WORK_MS, choose, open_everything, settled, titled, upload

SLIDE_MS = 700
ANALYSTS = {
    "": "Overview",
    "questions": "Questions",
    "teams": "Teams",
    "leanings": "Leanings",
    "drivers": "What goes together",
    "change": "Change",
    "quality": "How good are these figures?",
    "assurance": "Assurance",
    "waves": "Waves",
    "questionnaire": "",
    "upload": "without seeing any person",
}
MANAGERS = ("", "compare", "trend")


@dataclass(frozen=True)
class Place:
    """A page with everything on it unfolded; ``go`` leads there."""

    name: str
    go: Callable[[Page], None]


def places(url: str, managers: dict[str, str]) -> Iterator[Place]:
    """All pages in the order in which one browser can walk them; ``managers``: what to call each, and who they are in
    the list of eyes to look through."""
    for page, title in ANALYSTS.items():
        yield Place(page or "overview", _at(f"{url}/{page}", title))
    yield Place("confirm", _confirm(url))
    for name, who in managers.items():
        for page in MANAGERS:
            yield Place(f"{name} {page or 'team'}", _as(url, page, who))


def _at(address: str, title: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(address)
        titled(page, re.compile(title))
        open_everything(page)

    return go


def _confirm(url: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        _at(f"{url}/upload", "without seeing any person")(page)
        upload(page, company_file.NAME, company_file.content())
        open_everything(page)

    return go


def _as(url: str, name: str, who: str) -> Callable[[Page], None]:
    def go(page: Page) -> None:
        page.goto(f"{url}/")
        titled(page, re.compile(""))
        open_menu(page)
        choose(page, "View as", who)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Overview", timeout=WORK_MS)
        if name:
            link = page.get_by_test_id("stSidebarNav").get_by_role("link", name=name.capitalize(), exact=True)
            open_menu(page)
            link.click()
            titled(page, re.compile(f": {name}"))
        close_menu(page)
        open_everything(page)
        settled(page)

    return go


def open_menu(page: Page) -> None:
    """On a phone the menu is folded away."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()


def close_menu(page: Page) -> None:
    """Fold the menu away again on a phone; it slides, and by itself when another page was chosen."""
    size = page.viewport_size
    if size is None or size["width"] > 1000:
        return
    page.wait_for_timeout(SLIDE_MS)
    closer = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if closer.is_visible():
        closer.click()
        page.wait_for_timeout(SLIDE_MS)
