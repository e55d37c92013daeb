"""What a click and a first paint cost on every page of a 100,000-person wave, beside an app of one chart:
``python -m tests.bench.pages FOLDER`` (minutes; FOLDER keeps the published wave for the next time)."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import BrowserContext, sync_playwright

from data.samples.generate import write
from tests.bench.__main__ import big_company
from tests.bench.visitor import visit
from tests.browser.running import ROOT, free_port, launch

PAGES = ("", "questions", "teams", "leanings", "waves", "change", "drivers", "quality", "assurance")
MANAGERS = ("team", "compare", "trend")
CLICKS, PAINTS = 50, 7
MOST_CLICK, MOST_PAINT = 3.0, 2.0  # times the app of one chart
_PAINT = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? null"


def main() -> None:
    """Publish, start both servers, and print one line per page; ends with 1 when a page costs too much."""
    asked = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    asked.add_argument("folder", type=Path)
    folder = asked.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    home = _published(folder)
    with _server(home, "app.py") as ours, _server(home, "tests/bench/one_chart.py") as theirs:
        peer = asyncio.run(_click(*theirs, ""))
        print(f"one chart: {1000 * peer:.1f} ms of CPU a click (median of {CLICKS})")
        clicks = {page: asyncio.run(_click(*ours, page)) / peer for page in (*PAGES, *MANAGERS)}
        paints = _paints(ours[0], theirs[0])
    for page, times in clicks.items():
        first, drawn = paints[page]
        print(f"{page or 'overview'}: click {times:.1f} times, first paint {first:.2f}, whole page {drawn:.2f} times")
    late = [page for page, times in clicks.items() if times > MOST_CLICK or paints[page][0] > MOST_PAINT]
    sys.exit(1 if late else 0)


def _published(folder: Path) -> Path:
    """The data folder with the wave, made when there is none."""
    home, file = folder / "home", folder / "big.csv"
    if not home.exists():
        write(file, big_company(), 0, two_groups=False)
        kept = _command(home, "keep", str(file), "--survey", "Bench", "--wave", "1")
        _command(home, "release", json.loads(kept.splitlines()[-1])["wave"])
    return home


def _command(home: Path, *argv: str) -> str:
    done = subprocess.run(
        [sys.executable, "cli.py", *argv], cwd=ROOT, env=_served(home), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def _served(home: Path) -> dict[str, str]:
    return {**os.environ, "EVENKEEL_HOME": str(home)}


@contextmanager
def _server(home: Path, script: str) -> Iterator[tuple[int, int]]:
    """A Streamlit server's port and process."""
    port = free_port()
    options = [f"--server.port={port}", "--server.headless=true", "--server.address=127.0.0.1"]
    server = subprocess.Popen(
        [sys.executable, "-m", "streamlit", "run", script, *options],
        cwd=ROOT,
        env=_served(home) | {"PYTHONPATH": str(ROOT)},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        time.sleep(8)
        yield port, server.pid
    finally:
        server.terminate()
        server.wait(20)


async def _click(port: int, pid: int, page: str) -> float:
    """Median CPU seconds of a run after another choice on a page that was seen before."""
    visitor = await visit(port, pid, page)
    for _ in range(3):
        await visitor.rerun()
    costs = []
    for click in range(CLICKS):
        visitor.choose(click)
        costs.append(await visitor.rerun())
    if visitor.failed:
        raise RuntimeError(f"The page {page or 'overview'} failed.")
    return statistics.median(costs)


def _paints(ours: int, theirs: int) -> dict[str, tuple[float, float]]:
    """First paint and time until the title stands, of each page beside the app of one chart, in a warm context."""
    with sync_playwright() as playwright:
        context = launch(playwright).new_context()
        peer = _paint(context, f"http://127.0.0.1:{theirs}/")
        print(f"one chart: first paint {peer[0]:.0f} ms, title {peer[1]:.0f} ms (medians of {PAINTS}, warm)")
        found = {page: _paint(context, f"http://127.0.0.1:{ours}/{page}") for page in (*PAGES, *MANAGERS)}
    return {page: (first / peer[0], drawn / peer[1]) for page, (first, drawn) in found.items()}


def _paint(context: BrowserContext, address: str) -> tuple[float, float]:
    """Median milliseconds until the first paint and until the page's title is visible, after two visits."""
    times = []
    for visit_ in range(PAINTS + 2):
        page = context.new_page()
        began = time.perf_counter()
        page.goto(address)
        page.get_by_role("heading", level=1).first.wait_for()
        drawn = 1000 * (time.perf_counter() - began)
        if visit_ >= 2:
            times.append((float(page.evaluate(_PAINT) or drawn), drawn))
        page.close()
    return statistics.median(one for one, _ in times), statistics.median(two for _, two in times)


if __name__ == "__main__":
    main()
