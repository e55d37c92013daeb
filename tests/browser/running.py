"""The app as a process on a free port, and the little that has to be known of its pages to drive them."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from playwright.sync_api import Browser, Locator, Page, Playwright, expect

ROOT = Path(__file__).parents[2]
START_S, WORK_MS, DRAWN_MS = 60, 180_000, 20_000


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def app(home: Path, port: int, *options: str) -> Iterator[str]:
    """The app's address, with its data in ``home``; raises with the server's own words when it does not start."""
    settings = [f"--server.port={port}", "--server.headless=true", *options]
    with tempfile.TemporaryFile() as log:
        server = subprocess.Popen(
            [sys.executable, "-m", "streamlit", "run", "app.py", *settings],
            cwd=ROOT,
            env={**os.environ, "EVENKEEL_HOME": str(home)},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        try:
            _wait_for(server, f"http://127.0.0.1:{port}/_stcore/health", log)
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(20)


def _wait_for(server: subprocess.Popen[bytes], address: str, log: BinaryIO) -> None:
    until = time.monotonic() + START_S
    while server.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    log.seek(0)
    raise RuntimeError(f"The app did not answer within {START_S} s:\n{log.read().decode(errors='replace')[-2000:]}")


def chromium() -> str | None:
    """Where the system's Chromium is; the one that Playwright would download is not needed."""
    return shutil.which("chromium") or shutil.which("chromium-browser")


def launch(playwright: Playwright) -> Browser:
    """A headless browser."""
    return playwright.chromium.launch(executable_path=chromium())


def settled(page: Page) -> None:
    """Wait until nothing is stale, still to come or failed; assert new content first, then this."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-script-state", "notRunning", timeout=WORK_MS)
    expect(page.locator('[data-stale="true"]')).to_have_count(0, timeout=DRAWN_MS)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=DRAWN_MS)
    expect(page.get_by_test_id("stException")).to_have_count(0)
    for chart in page.get_by_test_id("stPlotlyChart").all():
        expect(chart.locator(".main-svg").first).to_be_attached(timeout=DRAWN_MS)


def titled(page: Page, title: str | re.Pattern[str]) -> None:
    """Wait for the page with this title, whole."""
    expect(page.get_by_role("heading", level=1, name=title)).to_be_visible(timeout=WORK_MS)
    settled(page)


def follow(page: Page, link: str) -> None:
    """Take a link of the menu."""
    page.get_by_test_id("stSidebarNav").get_by_role("link", name=link, exact=True).click()
    titled(page, link)


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by typing what it is called."""
    box = page.get_by_role("combobox", name=label)
    box.click()
    box.fill(option)
    page.get_by_role("option", name=option, exact=True).first.click()


def upload(page: Page, name: str, content: bytes) -> None:
    """Give the start page a file, and wait for the screen that says what it is."""
    chooser = page.get_by_test_id("stFileUploader").locator("input[type=file]").first
    chooser.set_input_files({"name": name, "mimeType": "text/csv", "buffer": content})
    titled(page, "Is this right?")


def main_part(page: Page) -> Locator:
    """What stands beside the menu."""
    return page.get_by_test_id("stMain")


def open_everything(page: Page) -> None:
    """Open what is folded away: it is part of the page, too."""
    folded = main_part(page).locator("details")
    for place in range(folded.count()):
        fold = folded.nth(place)
        if fold.get_attribute("open") is None:
            fold.locator("summary").first.click()
            expect(fold).to_have_attribute("open", "", timeout=DRAWN_MS)
    settled(page)
