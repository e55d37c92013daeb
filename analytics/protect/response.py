"""Who answered: the share of those invited, for the groups that are shown, as a band."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from analytics.measure import Measure
from analytics.protect import display
from analytics.protect.cells import cell
from analytics.protect.display import HIDDEN
from analytics.protect.family import Family
from analytics.protect.thresholds import Thresholds
from analytics.wave import Tree, Wave

VIEW = "response"
_MEASURE = Measure(VIEW, "share", "Response rate", VIEW, (np.nan, 1.0), view=VIEW)


def response(wave: Wave, family: Family, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The response rate of every unit of which it is known how many were invited.

    A rate is a share of those invited in a band as wide as the number of respondents asks for; no answer enters it.
    Nothing is told of a unit that is not shown, nor where more answered than were invited.
    """
    invited = totals(wave.tree, wave.invited)
    own = np.bincount(family.place[wave.unit], minlength=len(family.groups)) if len(family.groups) else np.zeros(0, int)
    answered = dict(zip((group.id for group in family.groups), family.rolled_up(own).tolist(), strict=True))
    for unit, asked in enumerate(invited):
        n = answered.get(unit, 0)
        shown = asked is not None and n >= sizes.k and n <= asked and bool(family.shown[unit])
        yield cell(VIEW, unit, _MEASURE, "", _rate(n, asked or 0, sizes) if shown else HIDDEN, n)


def totals(tree: Tree, invited: Sequence[int | None]) -> list[int | None]:
    """People invited in each unit and below it, None where that is not known.

    A unit's own number is its total when it is at least the sum of the units inside it, else it comes on top of them.
    """
    found: list[int | None] = list(invited)
    for unit in range(len(invited) - 1, -1, -1):
        inside = [found[child] for child in tree.children[unit]]
        known = [count for count in inside if count is not None]
        own = found[unit]
        if known and own is None:
            found[unit] = sum(known) if len(known) == len(inside) else None
        elif known and own is not None and own < sum(known):
            found[unit] = own + sum(known)
    return found


def _rate(n: int, asked: int, sizes: Thresholds) -> display.Shown:
    bands = display.share_bands(n, sizes.insiders)
    at = min(n * bands // asked, bands - 1)
    low, high = 100 * at / bands, 100 * (at + 1) / bands
    return display.Shown(float("nan"), low, high, float("nan"), float("nan"), f"{low:.0f}–{high:.0f} %")
