"""The CPU that one click on the team page costs the server, without the browser."""

from __future__ import annotations

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "app.py"


def median_click(clicks: int = 50) -> float:
    """Median CPU seconds of a rerun of the team page when another team is chosen (sample published before)."""
    page = AppTest.from_file(str(APP), default_timeout=120).run()
    page.switch_page("pages/manager/team.py").run()
    times = []
    for click in range(clicks):
        began = time.process_time()
        chooser = page.selectbox(key="team")
        chooser.set_value(chooser.options[click % 2]).run()
        times.append(time.process_time() - began)
    return statistics.median(times)
