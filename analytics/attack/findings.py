"""What the attack found: one record per finding, and the sentence that says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

GROUP_KINDS = ("group_exact", "group_bounded")
PERSON_KINDS = ("person_bounded", "class_proven", "undecided")


@dataclass(frozen=True)
class Finding:
    """One thing that should not be possible: its kind, where it is, and a plain sentence.

    ``nodes``: every unit whose figures combine to it. ``people``: how many people it exposes.
    """

    kind: str
    measure: str
    node: int
    name: str
    part: str
    sentence: str
    nodes: tuple[int, ...] = ()
    people: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The finding as plain values for ``audit.json``."""
        return asdict(self) | {"nodes": list(self.nodes)}


def finding(kind: str, manifest: Mapping[str, Any], cell: Any, problem: str) -> Finding:
    """A finding about one cell: ``problem`` continues the words "The figure for <unit> on <measure> ..."."""
    node = int(cell.node)
    units = manifest["units"]
    name = str(units[node]["name"]) if 0 <= node < len(units) else f"unit {node}"
    part = f" ({cell.part})" if cell.part else ""
    sentence = f"The figure for {name} on {cell.measure}{part} {problem}."
    return Finding(kind, str(cell.measure), node, name, str(cell.part), sentence, (node,))
