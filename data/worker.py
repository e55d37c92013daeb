"""The inside of a job: limits first, then ``cli.py`` as if it had been started by hand.

``data.jobs`` starts it with four arguments before those of ``cli.py``: the number of a pipe that stays open as long as
the server lives, the limits in bytes and in seconds, and the script.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading
from pathlib import Path

OUT_OF_MEMORY = 3
USED = "memory in use, in MB: "  # begins the line that is said when there is no more
_MB = 1024 * 1024


def run() -> None:
    """Set the limits, run the script, and end with a code of its own when the memory does not suffice."""
    lifeline, memory, seconds, script = sys.argv[1:5]
    _limit(int(memory), int(seconds))
    if int(lifeline) >= 0:
        threading.Thread(target=_end_with_server, args=(int(lifeline),), daemon=True).start()
    sys.argv = [script, *sys.argv[5:]]
    try:
        runpy.run_path(script, run_name="__main__")
        return
    except MemoryError:
        pass
    # Out here the failed work's memory is free again, so that there is room to say what happened.
    os.write(2, f"\n{USED}{_most_in_use_mb()}\n".encode())
    os._exit(OUT_OF_MEMORY)


def _limit(memory: int, seconds: int) -> None:
    """Bound the address space and the computing time, where the system can."""
    if os.name != "posix":
        return
    import resource

    for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, highest = resource.getrlimit(kind)
        bound = limit if highest == resource.RLIM_INFINITY else min(limit, highest)
        resource.setrlimit(kind, (bound, highest))


def _end_with_server(lifeline: int) -> None:
    """Wait until the other end of the pipe closes, which the system does however the server ends.

    A death signal of the kernel would come too early: it is sent when the thread that started this process ends, and a
    page's thread ends with the page.
    """
    os.read(lifeline, 1)
    os._exit(1)


def _most_in_use_mb() -> int:
    """The most address space that was in use; 0 where the system does not tell."""
    try:
        status = Path("/proc/self/status").read_text()
    except OSError:
        return 0
    peak = (line.split()[1] for line in status.splitlines() if line.startswith("VmPeak:"))
    return int(next(peak, "0")) * 1024 // _MB
