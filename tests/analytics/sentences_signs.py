"""Sentences on signs beside the two-group test: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from releases import release
from sentences_teams import Said, Table

from analytics import finding

TOLD = {"dip": 0.02, "dip_p": 0.4, "ashman": 1.4, "clusters": 2, "shapes": {"VVI": 2}}


def beside(**more: Any) -> Said:
    return finding.signs(release([], groups={"tested": True, "named": "Named.", "beside": {**TOLD, **more}}))


def untested() -> Said:
    return finding.signs(release([]))


def shaped(**shapes: int) -> Said:
    found: Mapping[str, int] = shapes
    return beside(shapes=found)


SIGNS: Table = {
    "finding/signs": {
        "Dip of the Boundary Index, coarse answers smoothed: {} (p = {}): {}.": (lambda: beside(), untested),
        "Distance of the two profiles on the Boundary Index (Ashman's D): not known.": (
            lambda: beside(ashman=None),
            lambda: beside(),
        ),
        "Distance of the two profiles on the Boundary Index (Ashman's D): {}; above {} means clearly apart: {}. "
        "Profiles cut from one continuum lie apart, too.": (lambda: beside(), lambda: beside(ashman=None)),
        "Gap statistic of plain clusters: {}.": (lambda: beside(clusters=1), untested),
        "With freer shapes of profiles, BIC prefers {}, of one to three.": (lambda: beside(), untested),
        "any shape (VVV)": (lambda: shaped(VVI=2, VVV=1), lambda: shaped(VVI=2)),
        "clearly apart": (lambda: [one[-130:] for one in beside(ashman=2.4)], lambda: beside(ashman=None)),
        "more than one peak in the Boundary Index": (lambda: beside(dip_p=0.01), lambda: beside(dip_p=0.05)),
        "one peak is enough": (lambda: beside(dip_p=0.05), lambda: beside(dip_p=0.01)),
        "own spreads (VVI)": (lambda: shaped(VVI=1), lambda: shaped(EEE=1)),
        "scales that go together (EEE)": (lambda: shaped(EEE=3), lambda: shaped(VVV=3)),
        "they overlap": (lambda: beside(ashman=2.0), lambda: beside(ashman=2.1)),
    },
}
