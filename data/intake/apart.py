"""Try out, in a process of its own, what may take a whole process with it."""

from __future__ import annotations

import contextlib
import faulthandler
import os
from collections.abc import Callable


def survives(work: Callable[[], object], seconds: int) -> bool:
    """Whether ``work`` comes to an end, with a result or an exception, within ``seconds`` of computing.

    A library that is not written in Python may crash on a damaged file. Where the system cannot copy a process, nothing
    is tried out.
    """
    if not hasattr(os, "fork"):
        return True
    child = os.fork()
    if child == 0:
        faulthandler.disable()  # that it may crash is why it runs here
        _limit(seconds)
        with contextlib.suppress(BaseException):
            work()
        os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status) == 0


def _limit(seconds: int) -> None:
    import resource

    used = resource.getrusage(resource.RUSAGE_SELF)
    _, highest = resource.getrlimit(resource.RLIMIT_CPU)
    most = int(used.ru_utime + used.ru_stime) + seconds
    resource.setrlimit(resource.RLIMIT_CPU, (most if highest < 0 else min(most, highest), highest))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
