"""Where to act first: what is clear at its worrying end, by unit, after correction; no ranking of what is not."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.finding.words import capital, count, heading, listed
from analytics.protect import Protected
from analytics.reading import Cell, Reading
from analytics.release import NOT_SHOWN

MOST_NAMES = 2
_WORRYING = {"high": "higher", "low": "lower"}


@dataclass(frozen=True)
class Flag:
    """One unit with the figures of it that are clear at their worrying end, in the release's order of measures."""

    node: int
    unit: str
    cells: tuple[Cell, ...]


def flags(p: Protected) -> tuple[Flag, ...]:
    """The units below the aggregate's own that have a clear figure at its worrying end; most such figures first, by
    name inside equals. States were decided at publishing, corrected over units and indicators."""
    read = Reading(p)
    found = []
    for node in read.units:
        if node == read.node or read.node not in read.above(node):
            continue
        cells = tuple(
            cell for cell in (read.cell("indicators", node, m) for m in read.indicators) if worrying(read, cell)
        )
        if cells:
            found.append(Flag(node, read.labels[node], cells))
    return tuple(sorted(found, key=lambda flag: (-len(flag.cells), flag.unit.casefold())))


def act_first(p: Protected) -> str:
    """The heading over where to act first: units by name when few are flagged, otherwise how many; or that none is."""
    read = Reading(p)
    if not any(read.cell("indicators", unit, m).shown for unit in read.below for m in read.indicators):
        return NOT_SHOWN if read.below else "There are no teams below this unit"
    flagged = flags(p)
    if not flagged:
        differ = read.manifest.get("differ", {})
        if not any(differ.get(measure, False) for measure in read.measures):
            return "Teams do not differ beyond chance"
        return "No team stands out clearly at the worrying end"
    if len(flagged) <= MOST_NAMES:
        verb = "stands" if len(flagged) == 1 else "stand"
        named = f"{listed([flag.unit for flag in flagged])} {verb} out clearly: talk there first"
        return heading(capital(named), f"{capital(count(len(flagged), 'unit'))} {verb} out clearly: talk there first")
    return f"{capital(count(len(flagged), 'unit'))} stand out clearly: talk there first"


def worrying(read: Reading, cell: Cell) -> bool:
    """Whether a figure is clear at its worrying end."""
    wanted = _WORRYING.get(str(read.measures[cell.measure].get("burden", "")))
    return cell.shown and wanted is not None and cell.state == wanted
