"""Which runs take all cores."""

from __future__ import annotations

import pytest


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int | None:
    """None: every core; 0 for named files, which are over before other processes have started."""
    named = [arg for arg in config.args if ".py" in arg]
    return 0 if named and len(named) == len(config.args) else None
