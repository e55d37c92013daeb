"""Small scales and waves for the tests of the numbers, built by hand."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from analytics.instrument import Item, Line, Scale
from analytics.wave import Tree, Unit, Wave

REFERENCE = Path(__file__).parents[2].parent / "shared" / "reference"
LINES = (
    Line(50.0, "high", "convention", "Kristensen et al. 2005", "Danish service workers"),
    Line(75.0, "very high", "convention", "Kristensen et al. 2005", "Danish service workers"),
)


def a_scale(scale_id, role, codes, levels=5, reversed_codes=(), need=None, lines=()):
    """A scale whose item ids are ``<instrument>.<code>``."""
    instrument = scale_id.split(".")[0]
    items = tuple(Item(f"{instrument}.{code}", code, levels, code in reversed_codes) for code in codes)
    need = (len(items) + 1) // 2 if need is None else need
    return Scale(scale_id, scale_id.lower(), role, items, need, "more of it", lines, instrument)


CBI_PERSONAL = a_scale("CBI.personal", "burnout", [f"PB{i}" for i in range(1, 7)], need=3, lines=LINES)
CBI_WORK = a_scale("CBI.work", "burnout", [f"WB{i}" for i in range(1, 8)], reversed_codes=("WB7",), need=4, lines=LINES)
PREFERENCE = a_scale(
    "EVK.preference", "preference", [f"PREF{i}" for i in range(1, 5)], reversed_codes=("PREF3", "PREF4")
)
SUPPLY = a_scale("EVK.supply", "supply", [f"SUP{i}" for i in range(1, 5)], reversed_codes=("SUP3",))
CONTROL = a_scale("EVK.control", "control", ["CTL1", "CTL2", "CTL3"], reversed_codes=("CTL3",))
DETACHMENT = a_scale("EVK.detachment", "detachment", ["DET1", "DET2", "DET3"], reversed_codes=("DET2",))
TO_HOME = a_scale("EVK.enactment_wh", "enactment_wh", ["ENAW1", "ENAW2"])
TO_WORK = a_scale("EVK.enactment_hw", "enactment_hw", ["ENAH1", "ENAH2"])
ALL_SCALES = (PREFERENCE, SUPPLY, CONTROL, DETACHMENT, TO_HOME, TO_WORK, CBI_PERSONAL, CBI_WORK)


def a_wave(answers, scales, hours=None):
    """A wave of one unit from a mapping of item id to codes."""
    frame = pd.DataFrame(answers, dtype=np.int8)
    numbers = pd.DataFrame({} if hours is None else {"hours": hours}, index=frame.index, dtype=np.float64)
    nothing = pd.DataFrame(index=frame.index)
    tree = Tree((Unit("Whole organisation", -1),))
    return Wave(
        "Survey", "Wave", True, frame, numbers, nothing, {}, np.zeros(len(frame), np.int32), tree, tuple(scales)
    )


def random_wave(seed=1, n=200, scales=ALL_SCALES):
    """Independent answers, about 5 % missing, with weekly hours."""
    rng = np.random.default_rng(seed)
    answers = {
        item.id: np.where(rng.random(n) < 0.05, 0, rng.integers(1, item.levels + 1, n))
        for scale in scales
        for item in scale.items
    }
    return a_wave(answers, scales, hours=rng.integers(30, 66, n).astype(float))


def reference():
    """The reference numbers, parsed; skips when they are not beside the repository."""
    path = REFERENCE / "reference_values.json"
    if not path.exists():
        pytest.skip("the reference numbers are not beside this repository")
    return json.loads(path.read_text())


def reference_table(name):
    """A reference input file; skips when it is not beside the repository."""
    path = REFERENCE / "data" / name
    if not path.exists():
        pytest.skip(f"the reference input {name} is not beside this repository")
    return pd.read_csv(path)
