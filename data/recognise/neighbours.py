"""Questions that stand among those of an instrument and were not recognised: which ones they may be."""

from __future__ import annotations

from collections.abc import Mapping

from analytics.instrument import Instrument, Item
from data.recognise.roles import Roles

MOST = 0.6


def proposals(roles: Roles, instruments: Mapping[str, Instrument]) -> dict[int, Item]:
    """Column index -> the item that it may be, where an instrument was mostly found.

    From 60 % of its items on, the rating columns between its recognised ones that have the same number of answers are
    offered its missing items in order; only when there are exactly as many of the ones as of the others.
    """
    offered: dict[int, Item] = {}
    for id_, instrument in instruments.items():
        at = {index: found.item.id for index, found in roles.found.items() if found.item.id.startswith(f"{id_}.")}
        if len(at) < MOST * len(instrument.items):
            continue
        levels = {roles.rating[index].reading.levels for index in at}
        missing = [item for item in instrument.items if item.id not in at.values()]
        between = [
            index
            for index in range(min(at), max(at))
            if index not in roles.found and index in roles.rating and roles.rating[index].reading.levels in levels
        ]
        if len(between) == len(missing):
            offered |= dict(zip(between, missing, strict=True))
    return offered
