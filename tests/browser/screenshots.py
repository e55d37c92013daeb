"""Pictures of every page for a human eye, and the README's: ``python -m tests.browser.screenshots FOLDER``.

Pages are taken whole, at the width of a desk and of a phone. ``--readme`` writes ``docs/overview.png`` as well.
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser import company_file
from tests.browser.running import ROOT, app, choose, follow, free_port, launch, open_everything, settled, titled, upload
from tests.browser.watched import watched

WIDTHS = (1280, 390)
FIRST_HEIGHT, MOST = 900, 9000  # pixels
SLIDE_MS = 700
README = ROOT / "docs/overview.png"
SHOWN, HIDDEN = "Finance and people / Accounts payable", "Operations / Safety"


def main() -> None:
    """Start the app on an empty data folder, walk through it at every width, and save what is seen."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("folder", type=Path)
    asked.add_argument("--readme", action="store_true", help="write docs/overview.png, too")
    given = asked.parse_args()
    given.folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as home,
        sync_playwright() as playwright,
        app(Path(home), free_port()) as url,
    ):
        browser = launch(playwright)
        if given.readme:
            _readme(browser, url)
        for width in WIDTHS:
            for name in _walk(browser, url, width, given.folder):
                print(name)


def _readme(browser: Browser, url: str) -> None:
    """The overview as somebody sees it who has just started, down to the end of its second card."""
    README.parent.mkdir(exist_ok=True)
    with watched(browser, WIDTHS[0], MOST // 3) as (page, _):
        page.goto(url)
        titled(page, "Overview")
        page.mouse.move(0, 0)
        card = page.locator(".st-key-card_leanings").bounding_box()
        assert card is not None
        end = card["y"] + card["height"] + 12
        page.screenshot(path=README, clip={"x": 0, "y": 0, "width": WIDTHS[0], "height": end})


def _walk(browser: Browser, url: str, width: int, folder: Path) -> Iterator[str]:
    """Every page at one width; yields the names of the pictures."""
    with watched(browser, width, FIRST_HEIGHT) as (page, _):

        def taken(name: str) -> str:
            path = folder / f"{name}_{width}.png"
            _picture(page, path, width)
            return path.name

        page.goto(url)
        titled(page, "Overview")
        yield taken("overview")
        for title in ("Teams", "Leanings", "Waves"):
            _open_menu(page)
            follow(page, title)
            yield taken(title.lower())
        page.goto(f"{url}/upload")
        titled(page, re.compile("without seeing any person"))
        yield taken("upload")
        upload(page, company_file.NAME, company_file.content())
        yield taken("confirm")
        open_everything(page)
        yield taken("confirm_open")
        page.goto(url)
        titled(page, "Overview")
        for name, unit in (("manager_shown", SHOWN), ("manager_hidden", HIDDEN)):
            _open_menu(page)
            choose(page, "View as", f"Manager of {unit}")
            titled(page, unit.rsplit(" / ", maxsplit=1)[-1])
            yield taken(name)


def _open_menu(page: Page) -> None:
    """On a phone the menu is folded away."""
    opener = page.get_by_test_id("stExpandSidebarButton")
    if opener.is_visible():
        opener.click()


def _close_menu(page: Page) -> None:
    """Fold the menu away again; it slides, and by itself when another page was chosen."""
    page.wait_for_timeout(SLIDE_MS)
    closer = page.get_by_test_id("stSidebarCollapseButton").get_by_role("button")
    if closer.is_visible():
        closer.click()
        page.wait_for_timeout(SLIDE_MS)


def _picture(page: Page, path: Path, width: int) -> None:
    """The whole page: it scrolls inside itself, so the window is made as high as the page is."""
    if width < WIDTHS[0]:
        _close_menu(page)
    height = page.evaluate("() => document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": min(MOST, height)})
    settled(page)
    page.mouse.move(0, 0)
    page.screenshot(path=path)
    page.set_viewport_size({"width": width, "height": FIRST_HEIGHT})


if __name__ == "__main__":
    main()
