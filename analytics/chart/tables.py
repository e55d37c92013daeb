"""Figures that are a table and no picture: how one to five profiles fit, and what such tables are made of."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, nothing, require_protected
from analytics.chart.method import method
from analytics.finding.by_group import NEVER_ALONE
from analytics.finding.words import count
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


def fits(p: Protected) -> Drawing:
    """How one to five profiles fit the boundary answers; raises ``TypeError`` on anything else than a ``Protected``."""
    read = Reading(require_protected(p, "chart.fits"))
    ids = sorted({m for view, _, m, _ in read.cells if view == "profiles" and m.startswith("fit:")})
    subline = (
        f"{NEVER_ALONE} BIC, SABIC, AIC and ICL: how far above the lowest, in steps of 20; 0 fits best or as well. "
        "Log-likelihood: how far above one profile's, in steps of 10. Least certain: the mean probability of the class "
        "that is told apart worst (wanted .80). Odds: of being counted to the right class (wanted 5). Smallest: share "
        "of the smallest class (wanted 5 %). Found again: often where a fifth of the starts ended at the same fit. "
        f"ICL, entropy, least certain and smallest are told from 300 people. {read.wave}."
    )
    columns = ("Figure", *(count(int(one.partition(":")[2]), "profile").capitalize() for one in ids))
    found = [texts(read, "profiles", one, tuple(_FITS.values())) for one in ids]
    table = [(name, *(texts[at] for texts in found)) for at, name in enumerate(_FITS)] if found else []
    return tabled(finding.groups(p), subline, method(read, ["B"]), columns, table)


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
