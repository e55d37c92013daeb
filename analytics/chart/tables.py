"""Figures that are a table and no picture: how one to five profiles fit, and what such tables are made of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, nothing, require_protected
from analytics.chart.method import method
from analytics.finding.by_group import NEVER_ALONE
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading

_FITS = {
    "BIC": "bic",
    "SABIC": "sabic",
    "AIC": "aic",
    "ICL": "icl",
    "Log-likelihood": "loglik",
    "Parameters": "npar",
    "Entropy": "entropy",
    "Least certain": "avepp",
    "Odds": "occ",
    "Smallest": "smallest",
    "Beats one fewer (p)": "blrt",
    "Found again": "replicated",
}
FIT_COLUMNS = ("Profiles", *_FITS)


def fits(p: Protected) -> Drawing:
    """How one to five profiles fit the boundary answers; raises ``TypeError`` on anything else than a ``Protected``."""
    read = Reading(require_protected(p, "chart.fits"))
    ids = sorted({m for view, _, m, _ in read.cells if view == "profiles" and m.startswith("fit:")})
    subline = (
        f"{NEVER_ALONE} Lower BIC, SABIC, AIC and ICL fit better. Least certain: the mean probability of the class "
        "that is told apart worst (wanted .80). Odds: of being counted to the right class (wanted 5). Smallest: share "
        f"of the smallest class (wanted 5 %). Found again: starts that ended at the same fit (wanted .20). {read.wave}."
    )
    table = [(one.partition(":")[2], *texts(read, "profiles", one, tuple(_FITS.values()))) for one in ids]
    return tabled(finding.groups(p), subline, method(read, ["B"]), FIT_COLUMNS, table)


def texts(read: Reading, view: str, measure: str, parts: Sequence[str]) -> list[str]:
    """The printed figures of the whole organisation, a dash for what is not shown."""
    cells = [read.cell(view, WHOLE, measure, part) for part in parts]
    return [cell.text if cell.shown else "–" for cell in cells]


def tabled(
    title: str, subline: str, lines: tuple[str, ...], columns: tuple[str, ...], table: Sequence[Sequence[str]]
) -> Drawing:
    """A drawing that is a table: its heading, what it holds, how it was worked out, its columns and rows."""
    empty = nothing(title, subline, lines, columns)
    return Drawing(empty.figure, title, pd.DataFrame(table, columns=list(columns)), title, subline, lines)
