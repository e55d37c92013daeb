"""Several attacks, each on other systems of one release, as one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

_SUMS = ("cells", "hidden_cells", "groups", "people", "classes_proven", "undecided")
_LINKED = ("asked", "open", "asked_inside", "open_inside", "undecided")


def together(reports: Sequence[Mapping[str, Any]], linked: Sequence[Mapping[str, Any]] = ()) -> dict[str, Any]:
    """One report of attacks that have no system in common.

    ``linked``: reports on sets of systems that are worked out from the same answers, each attacked as one.
    """
    first = dict(reports[0])
    return {
        **first,
        **{name: sum(report[name] for report in reports) for name in _SUMS},
        "narrowest_interval": min(report["narrowest_interval"] for report in reports),
        "linked": joined(linked),
        "findings": [finding for report in reports for finding in report["findings"]],
    }


def joined(linked: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What came of taking linked measures together: how many per cent of the answers asked about are open to outsiders
    and to members, rounded down so that no exact number of people is told; how many answers are undecided; and whether
    only a sample of people was asked about."""
    total = {name: sum(int(one[name]) for one in linked) for name in _LINKED}
    if not total["asked"]:
        return {}
    return {
        "open": 100 * total["open"] // total["asked"],
        "open_inside": 100 * total["open_inside"] // total["asked_inside"] if total["asked_inside"] else 100,
        "undecided": total["undecided"],
        "sampled": any(bool(one["sampled"]) for one in linked),
    }


def outside(cells: pd.DataFrame) -> dict[str, Any]:
    """What the attack does not read: figures of fitted models, by view."""
    models = cells[(cells["kind"] == "model") & cells["shown"]]
    views = {str(view): int(count) for view, count in models["view"].value_counts().sort_index().items()}
    named = ", ".join(views) or "none"
    sentence = f"Outside the linear attack, as figures of models of large groups: {len(models)} cells ({named})."
    return {"cells": len(models), "views": views, "sentence": sentence}
