"""One file on its way to a wave: read, recognised, answered by a recipe, assembled."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from data import inspection
from data.assemble import Assembled
from data.intake import Limits
from data.recipe import Recipe


@dataclass(frozen=True)
class Road:
    """Where a wave comes from and what it is to be called. ``units``: a units file, None without one."""

    content: bytes
    name: str
    recipe: Recipe
    limits: Limits
    units: Path | None
    survey: str
    wave: str
    sample: bool = False

    def assemble(self, salt: bytes) -> Assembled:
        """The assembled wave; raises ``Refused`` when the file, the recipe or the units file cannot be used."""
        seen = inspection.look(self.content, self.name, self.recipe, self.limits)
        units = inspection.units_file(self.units)
        return inspection.assemble(seen, units, self.survey, self.wave, self.sample, salt)
