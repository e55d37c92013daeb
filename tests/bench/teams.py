"""What 5,760 teams cost: ``python -m tests.bench.teams [copies]`` publishes the invented company 80 times over, as one.

Every measure, every split; then the release is attacked once more from its files, with the wave and without it. A long
time; nothing here is a test.
"""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from data.samples.company import Team, teams
from data.samples.generate import write
from tests.bench.processes import cost

COPIES = 80


def main(copies: int = COPIES) -> None:
    """Print CPU seconds and the peak of memory of publishing, and of the attack from files."""
    scratch = Path(tempfile.mkdtemp())
    try:
        file, out = scratch / "many.csv", scratch / "out"
        company = many(copies)
        write(file, company, 0, two_groups=False)
        people = sum(1 for _ in file.open(encoding="utf-8")) - 1
        print(f"{people:,} people in {len(company):,} teams", flush=True)
        _told("publish", ["cli.py", "publish", str(file), "--out", str(out), "--survey", "Bench", "--wave", "1"])
        _told("audit with the wave", ["cli.py", "audit", str(out), "--truth", str(out / "wave")])
        _told("audit from the files alone", ["cli.py", "audit", str(out)])
    finally:
        shutil.rmtree(scratch)


def many(copies: int) -> list[Team]:
    """The invented company's divisions and teams, each as often as asked for."""
    return [replace(team, division=f"{team.division} {copy + 1}") for copy in range(copies) for team in teams()]


def _told(what: str, arguments: list[str]) -> None:
    spent = cost(arguments)
    print(f"{what}: {spent.cpu:.0f} s of CPU, peak {spent.peak_mb:.0f} MB", flush=True)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
