"""Figures that are a table and no picture: the reliability of scales, and how one to five profiles fit."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analytics import finding
from analytics.chart.drawing import Drawing, nothing, require_protected
from analytics.chart.method import method
from analytics.finding.reliability import trusted
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading

RELIABILITY_COLUMNS = ("Scale", "Omega", "Alpha", "Complete answers", "Verdict")
FIT_COLUMNS = ("Profiles", "BIC", "ICL", "Entropy", "Least certain", "Smallest", "Beats one fewer (p)", "Found again")
_FIT_PARTS = ("bic", "icl", "entropy", "avepp", "smallest", "blrt", "replicated")


def reliability(p: Protected) -> Drawing:
    """Omega and alpha (0-1, two decimals) of each scale with what they mean; raises ``TypeError`` on anything else
    than a ``Protected``."""
    read = Reading(require_protected(p, "chart.reliability"))
    found = trusted(read)
    means = " ".join(f"{word.capitalize()}: {sentence}" for word, sentence in dict.fromkeys(found.values()))
    subline = f"Omega and alpha from people who answered every question of a scale. {read.wave}. {means}".strip()
    table = [
        (read.title(scale), *_texts(read, "reliability", scale, ("omega", "alpha", "n")), found[scale][0])
        for scale in found
    ]
    return _table(finding.reliability(p), subline, method(read, list(found)), RELIABILITY_COLUMNS, table)


def fits(p: Protected) -> Drawing:
    """How one to five profiles fit the boundary answers; raises ``TypeError`` on anything else than a ``Protected``."""
    read = Reading(require_protected(p, "chart.fits"))
    ids = sorted({m for view, _, m, _ in read.cells if view == "profiles" and m.startswith("fit:")})
    subline = (
        f"Lower BIC and ICL fit better; least certain: the mean probability of the class that is told apart worst. "
        f"{read.wave}."
    )
    table = [(one.partition(":")[2], *_texts(read, "profiles", one, _FIT_PARTS)) for one in ids]
    return _table(finding.groups(p), subline, method(read, ["B"]), FIT_COLUMNS, table)


def _texts(read: Reading, view: str, measure: str, parts: Sequence[str]) -> list[str]:
    cells = [read.cell(view, WHOLE, measure, part) for part in parts]
    return [cell.text if cell.shown else "–" for cell in cells]


def _table(
    title: str, subline: str, lines: tuple[str, ...], columns: tuple[str, ...], table: Sequence[Sequence[str]]
) -> Drawing:
    empty = nothing(title, subline, lines, columns)
    return Drawing(empty.figure, title, pd.DataFrame(table, columns=list(columns)), title, subline, lines)
