"""A protected aggregate as plain records: cells with their printed words; units, measures and scales by their ids."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from analytics.protect import Protected
from analytics.release import NOT_SHOWN

WHOLE = 0
COMPARED = {"higher": "Clearly higher", "unclear": "Not clear", "lower": "Clearly lower", "": "Not compared"}


@dataclass(frozen=True)
class Cell:
    """One figure as it may be shown: printed text, displayed range, 95 % interval (0-100, NaN when none), state."""

    node: int
    measure: str
    part: str = ""
    kind: str = "mean"
    shown: bool = False
    n_low: int = 0
    n_high: int = 0
    value: float = math.nan
    low: float = math.nan
    high: float = math.nan
    ci_low: float = math.nan
    ci_high: float = math.nan
    state: str = ""
    text: str = NOT_SHOWN

    @property
    def point(self) -> bool:
        """Whether the display is one number and not a band or a cut end."""
        return self.shown and not math.isnan(self.value)

    @property
    def has_interval(self) -> bool:
        return self.shown and not (math.isnan(self.ci_low) or math.isnan(self.ci_high))

    @property
    def answers(self) -> str:
        """The band of the number of answers in words, empty when hidden or when the cell is a model figure."""
        if not self.shown or self.n_low <= 0:
            return ""
        if self.n_high < 0:
            return f"{self.n_low:,}+ answers"
        return f"{self.n_low:,} answers" if self.n_low == self.n_high else f"{self.n_low:,}–{self.n_high:,} answers"

    @property
    def likely(self) -> str:
        """The 95 % interval in words, empty when there is none."""
        return f"{self.ci_low:.0f} to {self.ci_high:.0f}" if self.has_interval else ""

    @property
    def compared(self) -> str:
        """The state against the organisation in words, empty when hidden."""
        return COMPARED[self.state] if self.shown else ""


@dataclass(frozen=True)
class Reading:
    """Look-ups over a ``Protected``; nothing here computes a figure."""

    p: Protected = field(repr=False)

    @property
    def manifest(self) -> Mapping[str, Any]:
        return self.p.manifest

    @property
    def node(self) -> int:
        return self.p.node

    @cached_property
    def units(self) -> dict[int, Mapping[str, Any]]:
        """Units of this aggregate by id."""
        return {int(unit["id"]): unit for unit in self.manifest["units"]}

    @cached_property
    def measures(self) -> dict[str, Mapping[str, Any]]:
        """Measures by id, in the manifest's order."""
        return {measure["id"]: measure for measure in self.manifest.get("measures", ())}

    @cached_property
    def indicators(self) -> tuple[str, ...]:
        """Ids of the measures that stand in the usual table: scores and indicators, no single questions."""
        return tuple(m for m, entry in self.measures.items() if not entry.get("view"))

    @cached_property
    def scales(self) -> dict[str, Mapping[str, Any]]:
        """Scales by id."""
        return {scale["id"]: scale for scale in self.manifest.get("scales", ())}

    @cached_property
    def cells(self) -> dict[tuple[str, int, str, str], Cell]:
        """Cells by view, node, measure and part: made once for an aggregate, however many readings it gets."""
        if "cells" not in self.p.memo:
            self.p.memo["cells"] = self._cells()
        held: dict[tuple[str, int, str, str], Cell] = self.p.memo["cells"]
        return held

    def _cells(self) -> dict[tuple[str, int, str, str], Cell]:
        found: dict[tuple[str, int, str, str], Cell] = {}
        for row in self.p.cells.to_dict("records"):
            cell = Cell(**{str(name): value for name, value in row.items() if name != "view"})
            found[(row["view"], cell.node, cell.measure, cell.part)] = cell if cell.shown else _hidden(cell)
        return found

    def cell(self, view: str, node: int, measure: str, part: str = "") -> Cell:
        """The cell at an address; one that is not in the release counts as hidden."""
        return self.cells.get((view, node, measure, part)) or Cell(node, measure, part)

    def view(self, measure: str) -> str:
        """The table of the release in which a mean or share stands."""
        return str(self.measures.get(measure, {}).get("view") or "indicators")

    def parts(self, view: str, measure: str) -> tuple[str, ...]:
        """The parts that one measure of a view has anywhere, in the order of their names."""
        return tuple(sorted({part for v, _, m, part in self.cells if v == view and m == measure and part}))

    def name(self, node: int) -> str:
        """A unit's name."""
        return str(self.units[node]["name"]) if node in self.units else "Whole organisation"

    def title(self, measure: str) -> str:
        """A measure's or scale's title; its id when the manifest has neither."""
        entry = self.measures.get(measure) or self.scales.get(measure)
        return str(entry["title"]) if entry else measure

    def above(self, node: int) -> tuple[int, ...]:
        """The units over ``node`` that are in this aggregate, nearest first."""
        found: list[int] = []
        while node in self.units and (node := int(self.units[node]["parent"])) in self.units:
            found.append(node)
        return tuple(found)

    @cached_property
    def teams(self) -> tuple[int, ...]:
        """The lowest units of this aggregate below its own unit."""
        parents = {int(unit["parent"]) for unit in self.units.values() if not unit.get("rest")}
        return tuple(u for u in self.below if u not in parents)

    @cached_property
    def divisions(self) -> tuple[int, ...]:
        """The units right below this aggregate's own unit, in their order."""
        return tuple(u for u in self.below if int(self.units[u]["parent"]) == self.node)

    @cached_property
    def rests(self) -> tuple[int, ...]:
        """The residual groups ("Other teams in ...") right below this aggregate's own unit."""
        return tuple(u for u, unit in self.units.items() if unit.get("rest") and int(unit["parent"]) == self.node)

    @cached_property
    def below(self) -> tuple[int, ...]:
        """The units of this aggregate below its own unit, residual groups left out."""
        return tuple(
            node
            for node, unit in self.units.items()
            if not unit.get("rest") and node != self.node and self.node in self.above(node)
        )

    @cached_property
    def labels(self) -> dict[int, str]:
        """Names of the units, with the parent's name added where two units share one."""
        times = Counter(str(unit["name"]) for unit in self.units.values())
        return {node: self._label(node, times) for node in self.units}

    def _label(self, node: int, times: Counter[str]) -> str:
        name, over = self.name(node), self.above(node)
        return f"{name} ({self.name(over[0])})" if times[name] > 1 and over else name

    @cached_property
    def headline(self) -> tuple[str, ...]:
        """Ids of the burnout means of the survey's one headline instrument."""
        return tuple(m for m, entry in self.measures.items() if entry["headline"] and entry["kind"] == "mean")

    @property
    def first(self) -> str | None:
        """The headline measure that leads: work burnout when it was asked, else the first there is."""
        work = [m for m in self.headline if m.endswith(".work")]
        return next(iter(work or self.headline), None)

    @cached_property
    def leading(self) -> tuple[str, ...]:
        """Ids of the means that teams are held beside each other on: the headline's, or in a survey without burnout
        questions its first other score that has a worrying end."""
        others = [m for m in self.indicators if self.measures[m]["kind"] == "mean" and self.measures[m].get("burden")]
        return self.headline or tuple(others[:1])

    @property
    def wave(self) -> str:
        return f"{self.manifest['survey']}, {self.manifest['wave']}"


def _hidden(cell: Cell) -> Cell:
    return Cell(cell.node, cell.measure, cell.part, cell.kind)
