"""Prints what publishing and clicking cost: ``python -m tests.bench`` (minutes; nothing here is a test)."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import replace
from pathlib import Path

from data.samples.company import Team, teams
from data.samples.generate import write
from tests.bench.click import median_click
from tests.bench.processes import cost, median_cost

PEOPLE = 100_000


def main() -> None:
    """Publish 100,000 invented people beside ``pandas.read_csv`` of the same file, then click on the team page."""
    scratch = Path(tempfile.mkdtemp())
    try:
        file = scratch / "big.csv"
        write(file, big_company(), 0, two_groups=False)
        _publishing(file, scratch / "out")
        os.environ["EVENKEEL_HOME"] = str(scratch / "home")  # not the one of whoever measures
        _example()
    finally:
        shutil.rmtree(scratch)


def _example() -> None:
    """Publish the invented company in the data folder, and click on its team page."""
    published = cost(["cli.py", "sample"])
    print(f"first start, the example's three waves: {published.cpu:.1f} s of CPU, peak {published.peak_mb:.0f} MB")
    print(f"one click on the team page of the sample: {1000 * median_click():.0f} ms of CPU (median of 50)")


def big_company() -> list[Team]:
    """The invented company with as many teams and larger ones: at least PEOPLE answers after non-response.

    The attack's cost grows with the number of teams, not of people; thousands of teams take far longer than this.
    """
    once = teams()
    times = round(PEOPLE / 0.88 / sum(team.size for team in once)) + 1
    return [replace(team, size=times * team.size) for team in once]


def _publishing(file: Path, out: Path) -> None:
    ours = cost(["cli.py", "publish", str(file), "--out", str(out), "--survey", "Bench", "--wave", "1"])
    peer = median_cost(["-c", f"import pandas; pandas.read_csv({str(file)!r})"])
    rows = sum(1 for _ in file.open(encoding="utf-8")) - 1
    print(f"file: {rows:,} people in {len(teams())} teams, {file.stat().st_size / 1e6:.0f} MB")
    print(f"publish: {ours.cpu:.1f} s of CPU, peak {ours.peak_mb:.0f} MB")
    print(f"pandas.read_csv of the same file: {peer.cpu:.2f} s of CPU, peak {peer.peak_mb:.0f} MB")
    print(f"ratio of CPU, publish to read_csv: {ours.cpu / peer.cpu:.1f}")


if __name__ == "__main__":
    main()
