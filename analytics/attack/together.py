"""Several attacks, each on other systems of one release, as one report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analytics.attack.audit import outside

_SUMS = ("cells", "hidden_cells", "groups", "people", "classes_proven", "undecided")


def together(reports: Sequence[Mapping[str, Any]], cells: pd.DataFrame) -> dict[str, Any]:
    """One report of attacks that have no system in common; ``cells``: everything that the release shows.

    Systems read different answers, so what was found of each alone is what can be found of all.
    """
    first = dict(reports[0])
    return {
        **first,
        **{name: sum(report[name] for report in reports) for name in _SUMS},
        "narrowest_interval": min(report["narrowest_interval"] for report in reports),
        "outside": outside(cells),
        "findings": [finding for report in reports for finding in report["findings"]],
    }
