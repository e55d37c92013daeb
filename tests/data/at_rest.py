"""Small waves and sealed releases made by hand, and what must always hold of a data folder."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import text

from analytics.instrument import Item, Line, Scale
from analytics.release import Release, cells_frame, seal
from analytics.wave import Tree, Unit, Wave
from data import catalogue, ledger, log
from data.access import LOCAL_ANALYST
from data.files import read_release_files
from data.store import Store

SURVEY = "Lantern Works"
UNITS = (("Whole organisation", -1), ("Borealis", 0), ("Zephyr", 0), ("Quartzite", 1), ("Feldspar", 1), ("Sirocco", 2))
WAVE_FILES = {"answers.parquet", "wave.json", "recipe.json", "memberships.parquet", "respondents.parquet"}
RELEASE_FILES = {"cells.parquet", "manifest.json", "audit.json"}


def a_scale(scale_id: str, items: int, levels: int = 5) -> Scale:
    """A scale with items "<scale id>.1" and so on."""
    listed = tuple(Item(f"{scale_id}.{place}", str(place), levels, place == 2) for place in range(1, items + 1))
    line = Line(50.0, "high", "convention", "Somebody 2005", "somewhere")
    return Scale(scale_id, scale_id.title(), "burnout", listed, items // 2, "more of it", (line,), "CBI")


def a_wave(
    name: str = "Spring", seed: int = 1, n: int = 60, survey: str = SURVEY, items: int = 12, **more: Any
) -> Wave:
    """People with independent answers, spread evenly over three teams."""
    rng = np.random.default_rng(seed)
    scales = more.pop("scales", (a_scale("CBI.work", items), a_scale("CBI.personal", items)))
    ids = [item.id for scale in scales for item in scale.items]
    answers = pd.DataFrame(rng.integers(0, 6, (n, len(ids))), columns=ids, dtype="int8")
    numbers = pd.DataFrame({"hours": rng.integers(30, 60, n).astype(float)})
    segments = pd.DataFrame({"Site": rng.integers(0, 3, n)}, dtype="int16")
    unit = (3 + np.arange(n) % 3).astype(np.int32)
    tree = Tree(tuple(Unit(*unit) for unit in UNITS))
    sample = more.pop("sample", False)
    return Wave(survey, name, sample, answers, numbers, segments, {"Site": ("North", "South")}, unit, tree, scales)


def rows_of(wave: Wave, rows: Any, **changed: Any) -> Wave:
    """The same wave with some of its rows only, in that order; ``changed`` replaces further fields."""
    frames = {
        name: getattr(wave, name).iloc[rows].reset_index(drop=True) for name in ("answers", "numbers", "segments")
    }
    return Wave(**{**vars(wave), **frames, "unit": wave.unit[rows], **changed})


def a_release(wave: Wave, value: float = 40.0, k: int = 8) -> Release:
    """A sealed release of a wave with one mean per unit and view."""
    shown = {"kind": "mean", "shown": True, "n_low": 20, "n_high": 49, "state": "", "part": "", "text": f"{value:g}"}
    at = {"value": value, "low": value - 1, "high": value + 1, "ci_low": math.nan, "ci_high": math.nan}
    rows = [
        {"view": view, "node": node, "measure": "CBI.work", **shown, **at}
        for view in ("indicators", "leanings", "reliability")
        for node in range(len(UNITS))
    ]
    units = [
        {"id": place, "name": name, "parent": parent, "level": wave.tree.level[place], "shown": True, "rest": False}
        for place, (name, parent) in enumerate(UNITS)
    ]
    audit = {"findings": [], "attacked": "everything"}
    manifest = {"format": 1, "survey": wave.survey, "wave": wave.name, "units": units, "thresholds": {"k": k}}
    cells = cells_frame(rows)
    return Release(cells, seal(manifest, cells, audit), audit)


def memberships(wave: Wave) -> pd.DataFrame:
    """Each row's degree of membership in two groups."""
    return pd.DataFrame({"first": np.full(len(wave), 0.25), "second": np.full(len(wave), 0.75)})


def published(store: Store, wave: Wave) -> str:
    """Keep and publish a wave; its id."""
    wave_id = store.keep(wave, "{}")
    store.publish(wave_id, a_release(wave), memberships(wave))
    return wave_id


def sound(home: Path) -> list[str]:
    """Open a data folder and check that all that is listed can be read and nothing else is left; the waves' states."""
    store = Store.open(home)
    records = store.waves()
    for record in records:
        assert len(store.wave(record.id)) == record.rows
        if record.state == "published":
            assert store.read(LOCAL_ANALYST, record.id, 0, "indicators").cells["shown"].all()
            assert store.audit(LOCAL_ANALYST, record.id)["findings"] == []
    with catalogue.reading(store._engine) as connection:
        waves, releases = ledger.folders(connection)
        assert log.first_broken(connection) is None
        assert connection.scalar(text("PRAGMA integrity_check")) == "ok"
    assert {record.id for record in records} == waves == names(inside(home, "waves"))
    assert releases == names(inside(home, "releases"))
    for folder in inside(home, "waves").iterdir():
        assert names(folder) <= WAVE_FILES
    for folder in inside(home, "releases").iterdir():
        assert names(folder) == RELEASE_FILES
        read_release_files(folder)
    own = inside(home, "waves").parent
    assert names(own) == {"waves", "releases"}
    assert names(home) <= {own.name} | {f"catalogue.sqlite{end}" for end in ("", "-wal", "-shm")}
    store._engine.dispose()
    return [record.state for record in records]


def inside(home: Path, what: str) -> Path:
    """The folder with the waves or the releases of a data folder's one catalogue."""
    (folder,) = home.glob(f"*/{what}")
    return folder


def names(folder: Path) -> set[str]:
    """The names of everything in a folder, hidden or not."""
    return {path.name for path in folder.iterdir()}
