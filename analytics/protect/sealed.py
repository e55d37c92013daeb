"""The type that charts and pages accept: a frozen aggregate that only a checked release can become."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

import pandas as pd

from analytics.release import verify

_SEAL = object()


@dataclass(frozen=True)
class Protected:
    """A frozen aggregate that has passed disclosure control; charts and pages accept nothing else."""

    cells: pd.DataFrame
    manifest: Mapping[str, Any]
    node: int = 0
    view: str = ""
    seal: object = field(default=None, repr=False, compare=False)
    memo: dict[str, Any] = field(default_factory=dict, repr=False, compare=False)  # look-ups made of it, by name

    def __post_init__(self) -> None:
        if self.seal is not _SEAL:
            raise TypeError("Only analytics.protect makes a Protected aggregate; use protect.load.")

    def select(self, node: int, view: str, nodes: frozenset[int]) -> Protected:
        """The cells of one view at the given nodes, with the manifest cut to the units among them."""
        wanted = (self.cells["view"] == view) & self.cells["node"].isin(nodes)
        units = [unit for unit in self.manifest["units"] if unit["id"] in nodes]
        manifest = MappingProxyType({**self.manifest, "units": units})
        return Protected(self.cells[wanted].reset_index(drop=True), manifest, node, view, _SEAL)


def load(cells: pd.DataFrame, manifest: Mapping[str, Any]) -> Protected:
    """A stored release as a ``Protected``, after its hash chain has been checked (``TamperedRelease`` otherwise)."""
    verify(manifest, cells)
    return Protected(cells.copy(), MappingProxyType(dict(manifest)), seal=_SEAL)
