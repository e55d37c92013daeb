"""Run a command as a whole process and take the operating system's own account of it."""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Cost:
    """CPU seconds (user and system) and peak memory in MB of one finished process."""

    cpu: float
    peak_mb: float


def cost(argv: Sequence[str], env: dict[str, str] | None = None) -> Cost:
    """The cost of one run of a Python command line; raises when it fails."""
    child = subprocess.Popen(
        [sys.executable, *argv], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env={**os.environ, **(env or {})}
    )
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode != 0:
        raise RuntimeError(f"{' '.join(argv[:3])} ended with {child.returncode}.")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def median_cost(argv: Sequence[str], runs: int = 3) -> Cost:
    """Medians over several runs: single runs on a shared machine say little."""
    costs = [cost(argv) for _ in range(runs)]
    return Cost(statistics.median(c.cpu for c in costs), statistics.median(c.peak_mb for c in costs))
