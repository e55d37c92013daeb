"""Folders in the making: who makes them, and what is left when that process is killed.

A folder is made inside a claim, a hidden folder beside its place that carries its maker's mark. The finished folder is
moved to its place by one rename; only then the catalogue lists it; only then the claim goes. So a folder that the
catalogue does not list is either still claimed by a running process, or a leftover.
"""

from __future__ import annotations

import os
import shutil
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.files import make_folder, move_folder

_OTHER_MACHINE_S = 24 * 3600  # another machine's processes cannot be asked; its claims are left alone for a day
_BETWEEN = "~"


@dataclass(frozen=True)
class Claim:
    """A place for one folder: ``content`` is where it is made, ``place`` where it goes."""

    content: Path
    place: Path

    def publish(self) -> None:
        """Move the finished folder to its place."""
        move_folder(self.content, self.place)


@contextmanager
def claim(parent: Path, name: str) -> Iterator[Claim]:
    """Claim the place ``parent / name``; list the folder in the catalogue before leaving the block.

    When the block fails, the folder goes too, moved or not.
    """
    held = parent / f".{name}{_BETWEEN}{_mark()}"
    make_folder(held)
    make_folder(held / "content")
    made = Claim(held / "content", parent / name)
    try:
        yield made
    except BaseException:
        shutil.rmtree(made.place, ignore_errors=True)
        raise
    finally:
        shutil.rmtree(held, ignore_errors=True)


def sweep(parent: Path, listed: Callable[[], set[str]]) -> None:
    """Remove the leftovers of processes that are gone; ``listed`` gives the names that the catalogue holds.

    The order matters: places first, claims next, the catalogue last. A running process that lists its folder and
    drops its claim in between is then seen by the catalogue.
    """
    places = [path for path in parent.iterdir() if not path.name.startswith(".")]
    claims = [path for path in parent.iterdir() if path.name.startswith(".")]
    running = {_name(path) for path in claims if _runs(path)}
    known = listed()
    for path in places:
        if path.name not in known | running:
            shutil.rmtree(path, ignore_errors=True)
    for path in claims:
        if _name(path) not in running:
            shutil.rmtree(path, ignore_errors=True)


def _name(claimed: Path) -> str:
    return claimed.name[1:].partition(_BETWEEN)[0]


@lru_cache(maxsize=4)
def _mark_of(process: int) -> str:
    return _BETWEEN.join((str(process), _started(process), socket.gethostname()))


def _mark() -> str:
    """This process: its number, when it started (numbers are used again), and the machine."""
    return _mark_of(os.getpid())


def _started(process: int) -> str:
    """When a process started, in the system's own ticks; "" where the system does not tell."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def _runs(claimed: Path) -> bool:
    """Whether the process that made a claim is still there."""
    _, number, started, machine = [*claimed.name.split(_BETWEEN, 3), "", "", ""][:4]
    if os.name != "posix" or machine != socket.gethostname():
        return _young(claimed)
    if not number.isdecimal() or started != _started(int(number)):
        return False
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except PermissionError:  # somebody else's process: it runs
        return True
    return True


def _young(claimed: Path) -> bool:
    try:
        return time.time() - claimed.stat().st_mtime < _OTHER_MACHINE_S
    except FileNotFoundError:
        return False
