"""Figures that lie apart as displayed and are still not clear: what the rule makes of them, in plain words."""

from __future__ import annotations

from collections.abc import Iterable

from analytics.reading import Cell
from analytics.shrink import LEAST_DIFFERENCE

COMPARED = "Not clear: apart, but too few answers to be sure"
_NOTE = "Grey although apart from the organisation: too few answers to be sure."


def unsure(cell: Cell, whole: Cell) -> bool:
    """Whether a figure is five points off the organisation's or more, whatever their bands leave open, and not clear.

    A difference as large would count as clear with more answers: the test, the shrinkage and the reliability all ask
    for less of a difference, the more answers there are (``shrink.states``). So it is the answers that are too few.
    """
    apart = max(cell.low - whole.high, whole.low - cell.high)
    return cell.shown and whole.shown and cell.state == "unclear" and apart >= LEAST_DIFFERENCE


def compared(cell: Cell, whole: Cell) -> str:
    """The state against the organisation in words; a figure that lies apart and is not clear is told why."""
    return COMPARED if unsure(cell, whole) else cell.compared


def unsure_note(pairs: Iterable[tuple[Cell, Cell]]) -> str:
    """A sentence for what is drawn when one of its figures, each beside the organisation's, is apart and not clear."""
    return _NOTE if any(unsure(cell, whole) for cell, whole in pairs) else ""
