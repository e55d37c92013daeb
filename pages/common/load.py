"""The only caches. What they hold is released cells; the grant is checked again by the store for every new key."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import streamlit as st

from analytics.attack import exports
from analytics.chart import Drawing
from analytics.lineage import Path, applicable
from analytics.protect import Protected
from analytics.reading import Reading
from data import jobs
from data.access import Viewer
from data.store import Store, WaveRecord
from pages.common import show

OUR_SURVEY = "Our survey"
SMALLEST_GROUP = 8  # people behind any figure, where nothing else was chosen before


@dataclass(frozen=True)
class UnitRow:
    """A unit whose page is the viewer's: its place in the release, and its path as a grant and an address name it."""

    node: int
    name: str
    path: str
    parent: int
    shown: bool


@st.cache_resource(max_entries=1)
def store() -> Store:
    """The catalogue of this machine. What is loaded by now stays for good, so the collector need not walk it again."""
    opened = Store.open()
    gc.collect()
    gc.freeze()
    return opened


@st.cache_resource(max_entries=1)
def sample_job() -> jobs.Job:
    """The publishing of the invented company: started once per server, whoever comes first."""
    return jobs.start(["sample"], b"", 4096, 600, 600)


def waves(viewer: Viewer, survey_id: str = "") -> list[WaveRecord]:
    """The published waves that a viewer may read: their own surveys first, newest first; the sample last."""
    return in_order(w for w in store().waves(viewer) if w.state == "published" and survey_id in ("", w.survey_id))


def in_order(waves: Iterable[WaveRecord]) -> list[WaveRecord]:
    """One's own surveys first, newest first; the sample last: its latest wave is made first."""
    found = list(waves)
    own = sorted((w for w in found if not w.sample), key=lambda w: w.created, reverse=True)
    return own + sorted((w for w in found if w.sample), key=lambda w: w.created)


def wave(viewer: Viewer, wave_id: str) -> WaveRecord | None:
    """One of the viewer's published waves by its id."""
    return next((one for one in waves(viewer) if one.id == wave_id), None)


def read(viewer: Viewer, wave: WaveRecord, node: int, view: str) -> Protected:
    """One table of one release at one unit, after the store has checked that this viewer may have it."""
    return _read(_key(viewer, wave, str(node), view), viewer, wave.id, node, view)


def units(viewer: Viewer, wave: WaveRecord) -> tuple[UnitRow, ...]:
    """The units of a wave whose pages are the viewer's, the organisation first; residual groups have no page."""
    return _units(_key(viewer, wave, "units"), viewer, wave.id)


def history(viewer: Viewer, wave: WaveRecord, node: int = 0) -> list[WaveRecord]:
    """The published waves of the same survey up to this one, oldest first; ``node``: the viewer's unit."""
    newest_first = in_order(store().unit_maps.waves(viewer, wave.id, node))
    at = next((place for place, one in enumerate(newest_first) if one.id == wave.id), len(newest_first))
    return newest_first[at:][::-1]


def over_time(viewer: Viewer, wave: WaveRecord, unit: UnitRow, view: str) -> list[Protected]:
    """One view of one unit in the waves up to this one, oldest first, as far back as the unit can be followed."""
    before = [one.id for one in history(viewer, wave, unit.node)]
    told = [sorted(store().unit_maps.between(*pair).items()) for pair in pairwise(before)]
    return _over_time(_key(viewer, wave, str(unit.node), view, repr((before, told))), viewer, before, unit.node, view)


def moved(waves: Sequence[WaveRecord], tables: Sequence[Protected]) -> list[dict[Path, Path]]:
    """For each pair of neighbouring waves which earlier unit is which now, among the units of these tables."""
    return [
        applicable(store().unit_maps.between(one.id, two.id), before.manifest["units"], after.manifest["units"])
        for (one, two), (before, after) in zip(pairwise(waves), pairwise(tables), strict=True)
    ]


def audit(viewer: Viewer, wave: WaveRecord) -> Mapping[str, Any]:
    """The report of the attack on a wave; the store asks whether this viewer may have it."""
    return store().audit(viewer, wave.id)


def every_unit(viewer: Viewer) -> dict[str, tuple[str, str]]:
    """Every unit of every survey's newest wave, as people read it, and as a grant names it."""
    newest = {wave.survey_id: wave for wave in reversed(waves(viewer))}
    one = len(newest) == 1
    return {
        unit.path if one else f"{wave.survey}: {unit.path}": (wave.survey_id, unit.path)
        for wave in newest.values()
        for unit in units(viewer, wave)
        if unit.node != 0
    }


def last_survey(viewer: Viewer) -> str:
    """The survey that a new wave most likely belongs to: the one used last, else a name to begin with."""
    return next((wave.survey for wave in waves(viewer) if not wave.sample), OUR_SURVEY)


def last_country(viewer: Viewer) -> str:
    """Where the people of the newest published wave work (ISO 3166 alpha-2), "" when nobody said."""
    newest = next((wave for wave in waves(viewer) if not wave.sample), None)
    return str(read(viewer, newest, 0, "indicators").manifest.get("country", "")) if newest else ""


def smallest_group(viewer: Viewer, survey_id: str = "") -> int:
    """The smallest group to begin with: that of the survey's newest published wave, since it is never lowered; without
    one the usual 8. Without a survey's id the survey used last is meant."""
    own = [wave for wave in waves(viewer, survey_id) if survey_id or not wave.sample]
    newest = own[0] if own else None
    return int(read(viewer, newest, 0, "indicators").manifest["thresholds"]["k"]) if newest else SMALLEST_GROUP


def drawn(make: Callable[..., Drawing], p: Protected | Sequence[Protected], *told: Any, **more: Any) -> Drawing:
    """A drawing of cells that the viewer already has: drawn once for the same cells and the same choices."""
    of = [p] if isinstance(p, Protected) else list(p)
    what = repr((make.__module__, make.__name__, [_cells_of(one) for one in of], told, more))
    return _drawn(hashlib.sha256(what.encode("utf-8")).hexdigest(), make, p, told, more)


def _cells_of(p: Protected) -> str:
    """Which cells an aggregate holds, in words that no other cells share."""
    if "cells of" not in p.memo:
        nodes = [unit["id"] for unit in p.manifest["units"]]
        p.memo["cells of"] = repr((p.manifest["hash"], p.node, p.view, nodes))
    return str(p.memo["cells of"])


def reading(p: Protected) -> Reading:
    """Look-ups over a protected table."""
    return Reading(p)


def _key(viewer: Viewer, wave: WaveRecord, *parts: str) -> str:
    """One hex id for who asks what: string keys side by side could be confused with each other."""
    nodes = sorted(map(repr, viewer.nodes))
    told = repr((viewer.subject, viewer.is_analyst, nodes, wave.id, str(wave.published_at), parts))
    return hashlib.sha256(told.encode("utf-8")).hexdigest()


@st.cache_resource(max_entries=256)
def _read(key: str, _viewer: Viewer, _wave: str, _node: int, _view: str) -> Protected:
    return store().read(_viewer, _wave, _node, _view)


@st.cache_resource(max_entries=64)
def _over_time(key: str, _viewer: Viewer, _waves: list[str], _node: int, _view: str) -> list[Protected]:
    return store().unit_maps.over_time(_viewer, _waves, _node, _view)


@st.cache_resource(max_entries=256)
def _drawn(key: str, _make: Callable[..., Drawing], _p: Any, _told: tuple[Any, ...], _more: dict[str, Any]) -> Drawing:
    made = _make(_p, *_told, **_more)
    made.memo[show.OF] = _known_by([_p] if isinstance(_p, Protected) else list(_p))
    return made


def _known_by(of: Sequence[Protected]) -> dict[str, str]:
    """Which page, wave and release a drawing's figures are from; of several waves the last one names the page."""
    if not of:
        return {}
    last = of[-1]
    page = next((str(unit["name"]) for unit in last.manifest["units"] if unit["id"] == last.node), "")
    releases = " ".join(str(p.manifest["hash"])[: exports.HASH_SHOWN] for p in of)
    return {exports.PAGE: page, exports.WAVE: str(last.manifest["wave"]), exports.RELEASE: releases}


@st.cache_resource(max_entries=64)
def _units(key: str, _viewer: Viewer, _wave: str) -> tuple[UnitRow, ...]:
    told = store().units(_viewer, _wave)
    return tuple(
        UnitRow(unit["id"], unit["name"], unit["path"] or unit["name"], unit["parent"], unit["shown"]) for unit in told
    )
