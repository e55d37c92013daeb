"""Who may read what. By default nobody may read anything; a wider right is always the analyst's to give.

The order of deciding: an analyst reads every unit of every survey. A manager reads the units below the paths that were
granted to them, and of the units above these only the benchmarks. Whatever is left is refused, in one sentence that
does not tell whether there is such a thing.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.release import VIEWS

# The views a manager has: of the own units, and of those above to compare with.
BENCHMARKS = frozenset({"indicators", "leanings", "quadrants", "questions", "response"})
BETWEEN = " / "
ROOT = ""  # the path of the whole organisation, whatever it is called
_STROKE = re.compile(" */ *")

Units = Sequence[Mapping[str, Any]]  # a manifest's "units": id is the place, parents before children


class Refusal(Exception):
    """Asked for something that is not the viewer's, or does not exist: one sentence for both."""

    def __init__(self) -> None:
        super().__init__("There is nothing here that is open to you.")


@dataclass(frozen=True)
class Viewer:
    """Who asks, and which units they were granted, each as (survey id, path of names below the whole)."""

    subject: str = ""
    is_analyst: bool = False
    nodes: frozenset[tuple[str, str]] = frozenset()

    def as_manager(self, survey_id: str, path: str) -> Viewer:
        """The same person with the eyes of the manager of one unit; sight is only ever taken away."""
        seen = self.is_analyst or any(survey_id == survey and _within(path, own) for survey, own in self.nodes)
        return replace(self, is_analyst=False, nodes=frozenset({(survey_id, path)} if seen else ()))


NOBODY = Viewer()
LOCAL_ANALYST = Viewer("local", is_analyst=True)


def identity(issuer: str, subject: str) -> str:
    """Who somebody is: the issuer of their sign-in and its name for them, never an e-mail address alone.

    Raises ``ValueError`` when the issuer holds the sign between the two, which would let two people look the same.
    """
    if "|" in issuer or not issuer or not subject:
        raise ValueError("An identity needs an issuer without '|' and a subject.")
    return f"{issuer}|{subject}"


def paths(units: Units) -> tuple[str, ...]:
    """Each unit's path of names below the whole organisation: "Sales / North"; "" for the whole itself.

    A stroke inside a name loses its blanks, so that no name can look like a path.
    """
    made: list[str] = []
    for unit in units:
        over = made[unit["parent"]] if unit["parent"] >= 0 else None
        name = _STROKE.sub("/", unit["name"])
        made.append(ROOT if over is None else f"{over}{BETWEEN}{name}" if over else name)
    return tuple(made)


def granted(viewer: Viewer, survey_id: str, named: Sequence[str]) -> frozenset[int]:
    """The places whose path was granted to the viewer; a path that two units share is granted to nobody."""
    mine = {path for survey, path in viewer.nodes if survey == survey_id}
    counted = Counter(named)
    return frozenset(place for place, path in enumerate(named) if path in mine and counted[path] == 1)


def own(viewer: Viewer, survey_id: str, units: Units) -> frozenset[int]:
    """The places of the units whose page is the viewer's: all for an analyst, the granted subtrees for a manager."""
    if viewer.is_analyst:
        return frozenset(range(len(units)))
    inside = set(granted(viewer, survey_id, paths(units)))
    for place, unit in enumerate(units):
        if unit["parent"] in inside:
            inside.add(place)
    return frozenset(inside)


def readable(viewer: Viewer, survey_id: str, units: Units, node: int, view: str) -> frozenset[int]:
    """The places whose cells of one view stand on the page of ``node``: itself, those above, those right below it.

    The page of a unit that is not shown leads to the nearest one above that is, so it also has the residual row
    ("Other teams in ...") right below that one: its own people are in it. An analyst at the whole organisation has
    every unit. Raises ``Refusal`` for whatever is not the viewer's.
    """
    if view not in VIEWS or node not in own(viewer, survey_id, units):
        raise Refusal
    if viewer.is_analyst and node == 0:
        return frozenset(range(len(units)))
    if not viewer.is_analyst and view not in BENCHMARKS:
        raise Refusal
    below = {place for place, unit in enumerate(units) if unit["parent"] == node}
    return frozenset({node, *above(units, node), *below, *_rest(units, node)})


def _rest(units: Units, node: int) -> Iterable[int]:
    """The residual row that holds a hidden unit's people; none for a unit that is shown itself."""
    if units[node].get("shown", True):
        return ()
    nearest = next((place for place in above(units, node) if units[place].get("shown", True)), None)
    return [place for place, unit in enumerate(units) if unit.get("rest") and unit["parent"] == nearest]


def above(units: Units, node: int) -> tuple[int, ...]:
    """The places above a unit, nearest first, the whole organisation last."""
    found: list[int] = []
    while (node := units[node]["parent"]) >= 0:
        found.append(node)
    return tuple(found)


def _within(path: str, of: str) -> bool:
    return of in (ROOT, path) or path.startswith(of + BETWEEN)
