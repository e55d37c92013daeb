"""A process that has everything loaded and makes others that keep, publish, undo and delete until they are killed.

Run as a script. Each line of its input is a JSON object: the data folder, a seed, and (or 0) the file operation at
which the new process kills itself. It prints the number of the new process, "ready" when that has begun, and "ended".
"""

from __future__ import annotations

import json
import os
import signal
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[0:0] = [str(ROOT), str(Path(__file__).parent)]

from at_rest import a_wave, published  # noqa: E402

from data.store import Store  # noqa: E402

FILE_OPERATIONS = ("open", "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.truncate", "os.chmod")


def live(home: str, seed: int, stop_at: int) -> None:
    """Open the store and go on until killed; with ``stop_at`` one round is enough."""
    if stop_at:
        kill_at(stop_at)
    store = Store.open(Path(home))
    say("ready")
    for number in range(1 if stop_at else 10_000):
        wave = a_wave(f"{seed}.{number}", seed=1000 * seed + number)
        first, second = published(store, wave), store.keep(a_wave(f"{seed}.{number} kept"), "{}")
        store.undo(first) if number % 2 else store.delete(first)
        if number % 3:
            store.delete(second)
        published(store, a_wave(f"{seed}.{number} again", seed=1000 * seed + number + 500))


def kill_at(operation: int) -> None:
    """Kill this process at its so many-th file operation below the data folder."""
    seen = 0

    def count(event: str, args: tuple[object, ...]) -> None:
        nonlocal seen
        if event in FILE_OPERATIONS and not str(args[0]).startswith("/proc"):
            seen += 1
            if seen == operation:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


def say(word: object) -> None:
    """One line for whoever watches; one write, so that two processes do not mix."""
    os.write(1, f"{word}\n".encode())


def nursery() -> None:
    """Make a process for each line of input, and wait for its end."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            live(**json.loads(line))
            os._exit(0)
        say(process)
        _, status = os.waitpid(process, 0)
        say(f"ended {os.waitstatus_to_exitcode(status)}")


if __name__ == "__main__":
    nursery()
