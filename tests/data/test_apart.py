"""What may take a process with it is tried out in one of its own."""

from __future__ import annotations

import os
import signal

import pandas as pd
import pyreadstat
import pytest

from data.intake import read, spss
from data.intake.apart import survives
from data.table import Refused

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot copy a process")


def crash(*_: object, **__: object) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def fail() -> None:
    raise ValueError("no file")


def hang() -> None:
    while True:
        pass


def test_results_and_exceptions_are_ends_and_crashes_and_hangs_are_none() -> None:
    assert survives(lambda: 1, 5) and survives(fail, 5)
    assert not survives(crash, 5)
    assert not survives(hang, 1)


def test_a_file_that_crashes_the_library_is_refused_in_words(monkeypatch: pytest.MonkeyPatch, tmp_path) -> None:
    path = tmp_path / "survey.sav"
    pyreadstat.write_sav(pd.DataFrame({"team": ["A", "B", "C"], "q1": [1.0, 2.0, 3.0]}), path)
    assert len(read(path.read_bytes()).cells) == 3
    monkeypatch.setattr(spss.pyreadstat, "read_sav", crash)
    with pytest.raises(Refused, match="a damaged SPSS file"):
        read(path.read_bytes())
