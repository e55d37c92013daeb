"""What exact driver shares cost beside pingouin's, in one run: ``python -m tests.bench.drivers``."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

import numpy as np
import pandas as pd
import pingouin

from analytics.drivers import drivers, team_moments
from analytics.importance import lmg

PREDICTORS, PEOPLE, TEAMS = 10, 2000, 60


def main() -> None:
    """Shares of ten predictors from the same people, both ways, then one whole bootstrap from team moments."""
    values = _scores()
    table = pd.DataFrame(values, columns=[f"x{i}" for i in range(PREDICTORS)] + ["y"])
    theirs = pingouin.linear_regression(table.iloc[:, :-1], table["y"], relimp=True)
    difference = np.abs(theirs["relimp"].to_numpy()[1:] - _ours(values)).max()
    peer = _median(lambda: pingouin.linear_regression(table.iloc[:, :-1], table["y"], relimp=True), 5)
    ours = _median(lambda: _ours(values), 50)
    team = np.arange(PEOPLE) % TEAMS
    whole = _median(lambda: drivers(team_moments(values, list(table), team, TEAMS)), 3)
    print(f"{PREDICTORS} predictors, {PEOPLE:,} people; largest difference from pingouin: {difference:.1e}")
    print(f"pingouin.linear_regression(relimp=True): {1000 * peer:.0f} ms of CPU (median of 5)")
    print(f"LMG from the same scores, correlations included: {1000 * ours:.2f} ms of CPU (median of 50)")
    print(f"ratio: {peer / ours:.0f}")
    print(f"shares with noise predictor and 1,000 draws by team: {1000 * whole:.0f} ms of CPU (median of 3)")


def _scores() -> np.ndarray:
    rng = np.random.default_rng(0)
    x = rng.normal(size=(PEOPLE, PREDICTORS)) + 0.5 * rng.normal(size=(PEOPLE, 1))
    y = x @ np.linspace(0, 1, PREDICTORS) + 3 * rng.normal(size=PEOPLE)
    return 50 + 10 * np.column_stack((x, y))


def _ours(values: np.ndarray) -> np.ndarray:
    return lmg(np.corrcoef(values, rowvar=False))


def _median(work: Callable[[], object], runs: int) -> float:
    times = []
    for _ in range(runs):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times)


if __name__ == "__main__":
    main()
