"""Units that were renamed, moved or merged between two waves: matched by a person, or their line breaks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import streamlit as st

from analytics.finding.words import count
from analytics.lineage import Path, lineage, paths, proposals
from analytics.protect import Protected
from data.access import BETWEEN, Viewer
from data.store import WaveRecord
from pages.common import load
from pages.common.words import plain

GONE = "Not there any more: its line ends"
ASKED = (
    "Was a unit renamed, moved or merged? Say which it is now; otherwise its line breaks. What is said here is kept, "
    "and whoever may open the unit's page then sees the earlier figures, too."
)


def asked(waves: Sequence[WaveRecord], tables: Sequence[Protected], by: Viewer) -> list[dict[Path, Path]]:
    """For each pair of neighbouring waves, which earlier unit became which, as the catalogue has it and as said now."""
    maps = load.moved(waves, tables)
    for pair, before, after, told in zip(pairwise(waves), tables, tables[1:], maps, strict=False):
        _pair(_Pair(*pair, by), before.manifest["units"], after.manifest["units"], told)
    return maps


@dataclass(frozen=True)
class _Pair:
    """Two neighbouring waves, and who says what became of their units."""

    one: WaveRecord
    two: WaveRecord
    by: Viewer

    def say(self, told: Mapping[Path, Path]) -> None:
        """Keep it, and draw the page anew with it."""
        load.store().unit_maps.say(self.by, self.one.id, self.two.id, told)
        st.rerun()


def _pair(pair: _Pair, before: list[dict], after: list[dict], told: dict[Path, Path]) -> None:
    found, plainly = lineage(before, after, told), lineage(before, after)
    old, new = paths(before), paths(after)
    gone, fresh = [old[place] for place in plainly.gone], [new[place] for place in plainly.new]
    if not gone:
        return
    left = f"{count(len(found.gone), 'unit')} gone, {count(len(found.new), 'unit')} new"
    key = f"{pair.one.id}_{pair.two.id}"
    with st.expander(plain(f"{pair.one.name} to {pair.two.name}: {left}"), key=f"card_moved_{key}"):
        st.markdown(ASKED)
        likely = {path: now for path, now in proposals(before, after).items() if told.get(path) != now}
        if likely and st.button(f"Take the {len(likely)} likely ones", key=f"likely_{key}"):
            pair.say(likely)
        for path in gone:
            _unit(path, fresh, [place for place in new.values() if place], told, pair)


def _unit(path: Path, fresh: list[Path], every: list[Path], told: Mapping[Path, Path], pair: _Pair) -> None:
    """One unit that is gone: what it is now; units that are new stand first."""
    options = [(), *fresh, *(place for place in every if place not in fresh)]
    chosen = st.selectbox(
        plain(f"{BETWEEN.join(path)} is now"),
        options,
        options.index(told.get(path, ())),
        format_func=lambda one: BETWEEN.join(one) or GONE,
        key=f"moved_{pair.one.id}_{pair.two.id}_{BETWEEN.join(path)}_{told.get(path)}",
    )
    if chosen != told.get(path, ()):
        pair.say({path: chosen})
