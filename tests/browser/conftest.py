"""A browser, and the app on a fresh data folder; skipped in one clear line where there is no Chromium."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.browser.running import app, chromium, free_port, launch

NONE = "no Chromium on this machine: apt-get install chromium"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Without a browser these tests are skipped, unless somebody has said that there must be one."""
    if chromium() is None and not os.environ.get("EVENKEEL_NEEDS_BROWSER"):
        for item in items:
            if item.get_closest_marker("browser"):
                item.add_marker(pytest.mark.skip(reason=NONE))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if chromium() is None:
        pytest.fail(NONE)
    with sync_playwright() as playwright:
        opened = launch(playwright)
        yield opened
        opened.close()


@pytest.fixture(scope="session")
def home(tmp_path_factory) -> Path:
    """A data folder that nobody has used."""
    return tmp_path_factory.mktemp("evenkeel")


@pytest.fixture(scope="session")
def url(home) -> Iterator[str]:
    """The app on that folder."""
    with app(home, free_port()) as address:
        yield address
