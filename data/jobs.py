"""Long work in a process of its own: ``cli.py`` with limits on memory, computing time and waiting time.

The server goes on whatever happens in there, and a job ends with the server, however that ends.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from data import worker

OK, FAILED, REFUSED = 0, 1, 2  # the codes of cli.py itself
OUT_OF_MEMORY, OUT_OF_TIME, STOPPED = worker.OUT_OF_MEMORY, 4, 5
_ROOT = Path(__file__).resolve().parents[1]
_SCRIPT = _ROOT / "cli.py"
_BEGIN = "import sys; sys.path[0] = sys.argv.pop(1); from data import worker; worker.run()"
_PROGRESS = "progress "
# Every further thread and memory arena reserves address space, which is what the limit counts, needed or not.
_ROOMY = {"MALLOC_ARENA_MAX": "2", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"}
_TAIL_LINES, _LINE_BYTES = 40, 8_192
_MB = 1024 * 1024
_NO_MEMORY = (
    "MemoryError",
    "Memory allocation",
    "bad_alloc",
    "Cannot allocate memory",
    "failed to map segment",
)  # how libraries say it


@dataclass(frozen=True)
class Progress:
    """How far a job is: the stage's name, and how many of its steps are done."""

    stage: str
    done: int
    of: int


@dataclass(frozen=True)
class Limits:
    """What a job may use: address space, seconds of computing, seconds until it must have ended."""

    memory_mb: int
    cpu_s: float
    wall_s: float


@dataclass(frozen=True)
class Done:
    """How a job ended: ``code`` is that of ``cli.py`` (0 done, 1 failed, 2 refused), or one of those above."""

    code: int
    stdout: str
    stderr_tail: str
    limits: Limits
    took_s: float
    used_mb: int = 0  # when the memory did not suffice; 0 when that is not known

    @property
    def reason(self) -> str:
        """A plain sentence when the job was stopped, with the limit and what was used; else ""."""
        limits = self.limits
        if self.code == OUT_OF_MEMORY:
            used = f"{self.used_mb:,} MB were in use when it needed more" if self.used_mb else "it needed more"
            return f"This may use {limits.memory_mb:,} MB of memory, but {used}. Try a smaller file."
        if self.code == OUT_OF_TIME:
            allowed = f"{limits.cpu_s:g} seconds of computing and {limits.wall_s:g} seconds in all"
            return f"This may take {allowed}, but it was not done after {self.took_s:.0f} seconds. Try a smaller file."
        return "This was stopped before it was done." if self.code == STOPPED else ""


def start(argv: Sequence[str], stdin: bytes, memory_mb: int, cpu_s: int, wall_s: int) -> Job:
    """Run ``cli.py argv`` in a process of its own and return at once; ``stdin`` is what it reads."""
    return Job(argv, stdin, Limits(memory_mb, cpu_s, wall_s))


class Job:
    """A running or ended process; ask from any thread."""

    def __init__(self, argv: Sequence[str], stdin: bytes, limits: Limits) -> None:
        self._limits = limits
        self._progress: Progress | None = None
        self._output = b""
        self._tail: list[str] = []
        self._used_mb = 0
        self._stopped = 0  # the code to end with when it was stopped from here
        self._done: Done | None = None
        self._ended = threading.Event()
        self._began = time.monotonic()
        self._process, self._lifeline = _spawn(argv, limits)
        _in_background(self._feed, stdin)
        _in_background(self._watch)

    @property
    def progress(self) -> Progress | None:
        """How far the job has said it is; None before it said anything."""
        return self._progress

    def poll(self) -> int | None:
        """The code with which the job has ended, or None while it runs."""
        return None if self._done is None else self._done.code

    def result(self) -> Done:
        """How the job ended; waits until it has."""
        self._ended.wait()
        assert self._done is not None
        return self._done

    def kill(self) -> None:
        """Stop the job; what it had not finished is swept away by the store."""
        self._stop(STOPPED)

    def _stop(self, code: int) -> None:
        if self._process.poll() is None:
            self._stopped = self._stopped or code
            self._process.kill()

    def _feed(self, content: bytes) -> None:
        """Give the process its input; one that ends without reading it all is no fault."""
        with contextlib.suppress(BrokenPipeError), _pipe(self._process.stdin) as pipe:
            pipe.write(content)

    def _watch(self) -> None:
        """Wait for the process, at the latest until its time is up, while both outputs are read."""
        readers = [_in_background(self._take, self._process.stdout), _in_background(self._listen, self._process.stderr)]
        try:
            self._process.wait(self._limits.wall_s)
        except subprocess.TimeoutExpired:
            self._stop(OUT_OF_TIME)
        code = self._process.wait()
        for reader in readers:
            reader.join()
        if self._lifeline >= 0:
            os.close(self._lifeline)
        text = self._output.decode("utf-8", "replace")
        took = time.monotonic() - self._began
        self._done = Done(self._code(code), text, "\n".join(self._tail), self._limits, took, self._used_mb)
        self._ended.set()

    def _take(self, output: IO[bytes] | None) -> None:
        with _pipe(output) as pipe:
            self._output = pipe.read()

    def _listen(self, output: IO[bytes] | None) -> None:
        """Follow what the process says: its progress, and the last lines of everything else."""
        with _pipe(output) as pipe:
            for raw in iter(lambda: pipe.readline(_LINE_BYTES), b""):
                line = raw.decode("utf-8", "replace").strip()
                if line.startswith(_PROGRESS):
                    self._progress = _progress(line.removeprefix(_PROGRESS)) or self._progress
                elif line.startswith(worker.USED):
                    self._used_mb = int(line.removeprefix(worker.USED))
                elif line:
                    self._tail = [*self._tail, line][-_TAIL_LINES:]

    def _code(self, code: int) -> int:
        """The code with the reasons of the system told apart from those of the script."""
        if self._stopped and code != OK:
            return self._stopped
        if os.name == "posix" and code == -signal.SIGXCPU:
            return OUT_OF_TIME
        killed = os.name == "posix" and code == -signal.SIGKILL  # by the system, when the machine's memory was gone
        if killed or (code not in (OK, REFUSED) and any(sign in line for line in self._tail for sign in _NO_MEMORY)):
            return OUT_OF_MEMORY
        return FAILED if code < 0 else code


def _spawn(argv: Sequence[str], limits: Limits) -> tuple[subprocess.Popen[bytes], int]:
    """The process, and the end of its lifeline that the server holds (-1 where there is none)."""
    theirs, ours = os.pipe() if os.name == "posix" else (-1, -1)
    told = (str(_ROOT), str(theirs), str(limits.memory_mb * _MB), str(int(limits.cpu_s)), str(_SCRIPT))
    try:
        process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-c", _BEGIN, *told, *map(_passable, argv)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            pass_fds=(theirs,) if theirs >= 0 else (),
            env=_ROOMY | os.environ,
        )
    except BaseException:
        if ours >= 0:
            os.close(ours)
        raise
    finally:
        if theirs >= 0:
            os.close(theirs)
    return process, ours


def _passable(argument: str) -> str:
    """An argument without what no system hands on: a file's name comes from outside."""
    return argument.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _in_background(work: Callable[..., None], *args: object) -> threading.Thread:
    thread = threading.Thread(target=work, args=args, daemon=True)
    thread.start()
    return thread


def _pipe(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None  # all three were asked for
    return pipe


def _progress(told: str) -> Progress | None:
    try:
        document = json.loads(told)
        return Progress(str(document["stage"]), int(document["done"]), int(document["of"]))
    except (ValueError, KeyError, TypeError):
        return None
