"""Units that were renamed, moved or merged between two waves: matched by a person, or their line breaks."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import streamlit as st

from analytics.lineage import Path, lineage, paths, proposals
from analytics.protect import Protected
from data.access import BETWEEN
from data.store import WaveRecord
from pages.common.words import plain

GONE = "Not there any more: its line ends"


def asked(waves: Sequence[WaveRecord], tables: Sequence[Protected]) -> list[dict[Path, Path]]:
    """For each pair of neighbouring waves, which earlier unit became which; kept while the session lasts."""
    return [
        _pair(one, two, before.manifest["units"], after.manifest["units"])
        for (one, two), (before, after) in zip(pairwise(waves), pairwise(tables), strict=True)
    ]


def _pair(one: WaveRecord, two: WaveRecord, before: list[dict], after: list[dict]) -> dict[Path, Path]:
    told: dict[Path, Path] = st.session_state.setdefault("moved", {}).setdefault((one.id, two.id), {})
    found = lineage(before, after, told)
    plainly = lineage(before, after)
    old, new = paths(before), paths(after)
    gone, fresh = [old[place] for place in plainly.gone], [new[place] for place in plainly.new]
    if not gone or not fresh:
        return told
    heading = f"{one.name} to {two.name}: {len(found.gone)} units are gone and {len(found.new)} are new"
    with st.expander(plain(heading), key=f"card_moved_{one.id}_{two.id}"):
        st.markdown("Was a unit renamed, moved or merged? Say which it is now; otherwise its line breaks.")
        likely = {path: now for path, now in proposals(before, after).items() if told.get(path) != now}
        if likely and st.button(f"Take the {len(likely)} likely ones", key=f"likely_{one.id}_{two.id}"):
            told.update(likely)
            st.rerun()
        for path in gone:
            _unit(path, fresh, [place for place in new.values() if place], told, f"{one.id}_{two.id}")
    return told


def _unit(path: Path, fresh: list[Path], every: list[Path], told: dict[Path, Path], pair: str) -> None:
    """One unit that is gone: what it is now; units that are new stand first."""
    options = [(), *fresh, *(place for place in every if place not in fresh)]
    chosen = st.selectbox(
        plain(f"{BETWEEN.join(path)} is now"),
        options,
        options.index(told.get(path, ())),
        format_func=lambda one: BETWEEN.join(one) or GONE,
        key=f"moved_{pair}_{BETWEEN.join(path)}_{told.get(path)}",
    )
    if chosen and told.get(path) != chosen:
        told[path] = chosen
        st.rerun()
    if not chosen and told.pop(path, None) is not None:
        st.rerun()
