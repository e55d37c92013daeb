"""Killed at any moment, a process leaves the last good state."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from at_rest import sound

pytestmark = pytest.mark.skipif(os.name != "posix", reason="processes are killed by signal 9")


NEVER = 10**9


class Nursery:
    """A process that makes others for us to kill."""

    def __init__(self) -> None:
        script = str(Path(__file__).with_name("killed.py"))
        self.process = subprocess.Popen(
            [sys.executable, script],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"},
        )

    def begin(self, home: Path, seed: int, stop_at: int = 0) -> None:
        """Make one process."""
        self.process.stdin.write(json.dumps({"home": str(home), "seed": seed, "stop_at": stop_at}) + "\n")
        self.process.stdin.flush()

    def said(self) -> str:
        """The next line that it or a process of its says."""
        return self.process.stdout.readline().strip()

    def killed_after(self, home: Path, seed: int, seconds: float) -> None:
        """Let one process work for a while, then kill it."""
        self.begin(home, seed)
        said = [self.said(), self.said()]  # in either order
        process = next(int(word) for word in said if word != "ready")
        time.sleep(seconds)
        os.kill(process, signal.SIGKILL)
        assert self.said() == "ended -9"

    def ends_at(self, home: Path, seed: int, operation: int) -> bool:
        """Let one process kill itself at a file operation; whether it came that far."""
        self.begin(home, seed, operation)
        said = [self.said()]
        while not said[-1].startswith("ended"):
            said.append(self.said())
        return said[-1] == "ended -9"


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.process.stdin.close()
    made.process.wait(10)


@pytest.mark.parametrize("times", [pytest.param(12), pytest.param(50, marks=pytest.mark.long)])
def test_killed_at_random_moments(nursery, tmp_path, times):
    rng, states = random.Random(times), set()
    for seed in range(times):
        home = tmp_path / str(seed // 10)  # a folder that many died in, but not so full that looking takes long
        nursery.killed_after(home, seed, rng.uniform(0, 0.6))
        states.update(sound(home))
    assert not nursery.ends_at(home, times, NEVER)  # and the next one works as if nothing had been
    assert {"published", "kept"} == states | set(sound(home))


@pytest.mark.parametrize("step", [pytest.param(11), pytest.param(1, marks=pytest.mark.long)])
def test_killed_at_each_file_operation(nursery, tmp_path, step):
    operation = 1
    while nursery.ends_at(tmp_path / str(operation), operation, operation):
        sound(tmp_path / str(operation))
        operation += step
    assert operation > 100
    assert sound(tmp_path / str(operation)) == ["published", "kept"]
