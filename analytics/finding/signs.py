"""Signs beside the two-group test, in words: what each of them says, and that none of them decides."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analytics.beside import APART
from analytics.finding.words import count, listed
from analytics.protect import Protected

SURE = 0.05
_SHAPES = {"VVI": "own spreads (VVI)", "EEE": "scales that go together (EEE)", "VVV": "any shape (VVV)"}


def signs(p: Protected) -> tuple[str, ...]:
    """What other signs of groups say, and their names where profiles got none; empty before a test."""
    told = p.manifest.get("groups", {})
    named, beside = str(told.get("named") or ""), told.get("beside")
    first = (named,) if named else ()
    return (*first, *_beside(beside)) if beside else first


def _beside(told: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        _dip(told),
        _ashman(told),
        f"Gap statistic of plain clusters: {count(int(told['clusters']), 'cluster')}.",
        _shaped(told["shapes"]),
    )


def _dip(told: Mapping[str, Any]) -> str:
    said = "more than one peak in the Boundary Index" if told["dip_p"] < SURE else "one peak is enough"
    return f"Dip of the Boundary Index, coarse answers smoothed: {told['dip']:.2f} (p = {told['dip_p']:.2f}): {said}."


def _ashman(told: Mapping[str, Any]) -> str:
    if told["ashman"] is None:
        return "Distance of the two profiles on the Boundary Index (Ashman's D): not known."
    said = "clearly apart" if told["ashman"] > APART else "they overlap"
    return (
        f"Distance of the two profiles on the Boundary Index (Ashman's D): {told['ashman']:.1f}; above {APART:.0f} "
        f"means clearly apart: {said}. Profiles cut from one continuum lie apart, too."
    )


def _shaped(shapes: Mapping[str, int]) -> str:
    found = [f"{count(int(k), 'profile')} with {_SHAPES.get(name, name)}" for name, k in shapes.items()]
    return f"With freer shapes of profiles, BIC prefers {listed(found)}, of one to three."
