"""Small releases made by hand, for tests of what is drawn and said."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

from analytics import protect
from analytics.protect import Protected
from analytics.release import NOT_SHOWN, cells_frame, seal

NAN = math.nan
CBI = ("CBI.personal", "CBI.work", "CBI.client")
_TITLES = {"CBI.personal": "Personal burnout", "CBI.work": "Work burnout", "CBI.client": "Client burnout"}


def cell(view: str, node: int, measure: str, text: str, state: str = "", part: str = "", **more: Any) -> dict[str, Any]:
    """A shown cell: "64" is a point, "20–40 %" a band, "25 or lower" a cut end; the rest through ``more``."""
    bare = text.removesuffix(" %")
    if bare.endswith(" or lower"):
        value, low, high = NAN, 0.0, float(bare.split()[0])
    elif "–" in bare:
        value, low, high = NAN, float(bare.split("–")[0]), float(bare.split("–")[1])
    else:
        value = low = high = float(bare)
    kind = "share" if text.endswith("%") else "mean"
    whole = {"n_low": 20, "n_high": 49, "ci_low": NAN, "ci_high": NAN, "value": value, "low": low, "high": high}
    at = {"view": view, "node": node, "measure": measure, "part": part, "kind": kind}
    return {**at, "shown": True, "state": state, "text": text, **whole, **more}


def hidden(view: str, node: int, measure: str, part: str = "") -> dict[str, Any]:
    """A hidden cell: no figure in any column."""
    empty = {"n_low": 0, "n_high": 0, "value": NAN, "low": NAN, "high": NAN, "ci_low": NAN, "ci_high": NAN}
    at = {"view": view, "node": node, "measure": measure, "part": part, "kind": "mean"}
    return {**at, "shown": False, "state": "", "text": NOT_SHOWN, **empty}


def mean_measure(measure: str, title: str = "", **more: Any) -> dict[str, Any]:
    """A headline burnout mean, as a manifest lists it."""
    named = {"id": measure, "kind": "mean", "title": title or _TITLES.get(measure, measure), "indicator": ""}
    words = {"scale": measure, "formula": "", "source": "", "caveat": ""}
    return {**named, **words, "role": "burnout", "parts": [], "burden": "high", "line": None, "headline": True, **more}


def share_measure(measure: str, title: str, **more: Any) -> dict[str, Any]:
    """A share indicator, as a manifest lists it."""
    return mean_measure(measure, title, **{"kind": "share", "role": "other", "headline": False, "scale": "", **more})


def scale(scale_id: str, title: str, **more: Any) -> dict[str, Any]:
    """A scale, as a manifest lists it."""
    rule = {"n_items": 7, "min_answered": 4, "levels": 5, "reversed": [], "source": "", "caveat": ""}
    return {"id": scale_id, "title": title, "role": "burnout", **rule, "instrument": "CBI", **more}


def units(names: Sequence[str], parents: Mapping[str, str] | None = None) -> list[dict[str, Any]]:
    """The whole organisation and units below it; a unit's parent is the whole unless ``parents`` names another."""
    every = ["Whole organisation", *names]
    over = [every.index((parents or {}).get(name, every[0])) for name in names]
    listed = [{"id": 0, "name": every[0], "parent": -1, "level": 0, "shown": True}]
    for place, (name, parent) in enumerate(zip(names, over, strict=True), start=1):
        listed.append({"id": place, "name": name, "parent": parent, "level": 1 + (parent > 0), "shown": True})
    return listed


def release(rows: list[dict[str, Any]], names: Sequence[str] = (), node: int = 0, **more: Any) -> Protected:
    """A sealed release of these cells as a ``Protected`` seen from ``node``; ``more`` replaces manifest entries."""
    measures = more.pop("measures", [mean_measure(m) for m in CBI])
    manifest = {
        "format": 1,
        "survey": "Pulse",
        "wave": "Autumn 2026",
        "sample": False,
        "created": "2026-11-24",
        "code_version": "test",
        "thresholds": {"k": 8, "k_share": 8, "insiders": 1, "model_n": 100},
        "units": units(names, more.pop("parents", None)),
        "n": {"low": 100, "high": -1},
        "measures": measures,
        "absent": [],
        "boundary": {"kind": "full", "parts": ["EVK.preference"], "sentence": "Three parts."},
        "scales": [scale(m["scale"], m["title"]) for m in measures if m["scale"]],
        "groups": {"tested": False, "sentence": "Whether people fall into two groups is not yet tested."},
        "differ": {m["id"]: True for m in measures},
        "pooled_sd": {m["id"]: 18.0 for m in measures},
        **more,
    }
    cells = cells_frame(rows)
    loaded = protect.load(cells, seal(manifest, cells, {}))
    if node == 0:
        return loaded
    return Protected(loaded.cells, loaded.manifest, node, "indicators", loaded.seal)


def team_release(states: Mapping[str, str], measure: str = "CBI.work", **more: Any) -> Protected:
    """One team per entry of ``states`` (a state, or "hidden") on one measure, in an organisation that averages 40."""
    score = {"higher": 64, "unclear": 42, "": 42, "lower": 24}
    rows = [cell("indicators", 0, measure, "40", ci_low=38.0, ci_high=42.0, n_low=100, n_high=-1)]
    for node, state in enumerate(states.values(), start=1):
        if state == "hidden":
            rows.append(hidden("indicators", node, measure))
            continue
        at = score[state]
        rows.append(cell("indicators", node, measure, f"{at}", state, ci_low=at - 8.0, ci_high=at + 8.0))
    return release(rows, list(states), **more)
