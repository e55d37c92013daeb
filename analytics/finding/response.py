"""Who answered: the response rate in words, and when it is too low to lean on."""

from __future__ import annotations

from analytics.protect import Protected
from analytics.reading import Reading

VIEW = MEASURE = "response"
HALF = 50.0


def response(p: Protected) -> str:
    """What share of those invited answered in the aggregate's unit; empty when nobody's invitation is known.

    A hidden unit gets no sentence of its own: how many answered there is not told.
    """
    read = Reading(p)
    cell = read.cell(VIEW, read.node, MEASURE)
    if not cell.shown:
        return ""
    caution = " Fewer than half: the others may see things differently." if cell.high <= HALF else ""
    return f"{cell.text} of those invited answered.{caution}"
