"""The confirm screen puts bands back that a spreadsheet turned into dates."""

from __future__ import annotations

import pytest

from tests.pages.confirming import dropped

pytestmark = pytest.mark.usefixtures("at_once")
ITEMS = ("How often do you feel tired?", "How often are you physically exhausted?", "How often do you feel worn out?")


def test_bands_are_put_back_with_one_click(app):
    lines = [f"{'AB'[n % 2]},{('1-May', '6-10')[n % 2]}," + ",".join(["Often"] * 3) for n in range(30)]
    app = dropped(app, "bands.csv", "\n".join([",".join(["Team", "Tenure", *ITEMS]), *lines]).encode())
    assert any("turned bands into dates" in one.value for one in app.markdown)
    app.button(key="bands_0").click().run()
    assert app.session_state["upload"].recipe()["merges"] == {"Tenure": {"1-May": "1-5"}}
    assert not any("turned bands into dates" in one.value for one in app.markdown) and not app.exception
