"""What reading costs beside the libraries that read nothing but cells: ``python -m tests.bench.importing`` (minutes).

From a file to its coded wave in one process, beside ``polars.read_csv`` of the same file with typed columns, and beside
``python_calamine`` alone for a workbook. CPU seconds of the whole process with its start, and its peak memory.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
from collections.abc import Callable
from multiprocessing import Process
from pathlib import Path
from typing import Any

import numpy as np

from data.questionnaires import load
from tests.bench.processes import Cost, cost, median_cost
from tests.data.export_parts import worksheet
from tests.data.test_intake_workbook import workbook

ROWS, COLUMNS = 1_000_000, 60
SHEET_ROWS, SHEET_COLUMNS = 20_000, 120
AGREEMENT = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")

WAVE = """
import sys
from pathlib import Path
from data import road
seen = road.look(sys.argv[1], "", None)
made = road.assemble(seen, None, "Bench", "1", b"")
print(len(made.wave))
"""
POLARS = """
import sys, polars
head = polars.read_csv(sys.argv[1], n_rows=1000)
kinds = {name: polars.Categorical for name, kind in head.schema.items() if kind == polars.String}
kinds.pop(head.columns[0], None)
print(polars.read_csv(sys.argv[1], schema_overrides=kinds).height)
"""
CALAMINE = """
import sys, python_calamine
print(len(python_calamine.CalamineWorkbook.from_path(sys.argv[1]).get_sheet_by_index(0).to_python()))
"""


def header(columns: int) -> list[str]:
    burnout = [item.text for item in load()["CBI"].items]
    own = [f"My work on subject {n} is going well" for n in range(columns)]
    return ["Respondent", "Team", "Site", "Hours per week", *burnout, *own][:columns]


def answers(columns: int) -> list[tuple[str, ...]]:
    """The answer words of each column after the first four."""
    sets = load()["CBI"].answer_sets
    burnout = [sets[item.answers] for item in load()["CBI"].items]
    return [*burnout, *[AGREEMENT] * columns][: columns - 4]


def write_text(path: Path, rows: int, columns: int) -> None:
    """A labelled survey as CSV, about 800 MB for a million people and 60 columns."""
    drawn = np.random.default_rng(1)
    words = [np.array([*each, ""]) for each in answers(columns)]
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write(",".join(header(columns)) + "\r\n")
        for some in (range(start, min(start + 50_000, rows)) for start in range(0, rows, 50_000)):
            codes = drawn.choice(6, (len(some), columns - 4), p=[0.19, 0.2, 0.2, 0.2, 0.19, 0.02])
            said = np.column_stack([word[codes[:, place]] for place, word in enumerate(words)]).tolist()
            teams = drawn.integers(0, 300, len(some)).tolist()
            file.writelines(
                f"R{n:07d},Team {team},Site {team % 9},{36 + n % 9}," + ",".join(row) + "\r\n"
                for n, team, row in zip(some, teams, said, strict=True)
            )


def write_workbook(path: Path, rows: int, columns: int) -> None:
    """A labelled survey as a workbook."""
    drawn = random.Random(1)
    body = [
        [f"R{n:06d}", f"Team {drawn.randrange(300)}", f"Site {n % 9}", 36 + n % 9]
        + [drawn.choice(words) for words in answers(columns)]
        for n in range(rows)
    ]
    path.write_bytes(workbook(Answers=worksheet([header(columns), *body])))


def apart(write: Callable[[Path, int, int], None], *how: Any) -> None:
    """Write a file in a process of its own: what it takes would count as memory of the processes that are measured."""
    process = Process(target=write, args=how)
    process.start()
    process.join()


def compared(name: str, ours: Cost, peer: Cost, limit: float) -> None:
    print(f"{name}: {ours.cpu:.1f} s of CPU beside {peer.cpu:.1f} s: {ours.cpu / peer.cpu:.2f} times (limit {limit})")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rows", type=int, default=ROWS)
    options.add_argument("--sheet-rows", type=int, default=SHEET_ROWS)
    chosen = options.parse_args()
    folder = Path(tempfile.mkdtemp())
    try:
        sheet = folder / "survey.xlsx"
        apart(write_workbook, sheet, chosen.sheet_rows, SHEET_COLUMNS)
        ours, peer = (median_cost(["-c", script, str(sheet)]) for script in (WAVE, CALAMINE))
        compared(f"workbook, {chosen.sheet_rows:,} x {SHEET_COLUMNS}, to the coded wave", ours, peer, 1.5)
        text = folder / "survey.csv"
        apart(write_text, text, chosen.rows, COLUMNS)
        size = text.stat().st_size / 1e6
        ours, peer = (cost(["-c", script, str(text)]) for script in (WAVE, POLARS))
        compared(f"text, {chosen.rows:,} x {COLUMNS}, {size:.0f} MB, to the coded wave", ours, peer, 3)
        print(f"peak memory {ours.peak_mb:.0f} MB, {ours.peak_mb / size:.2f} times the file (limit 2)")
    finally:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
