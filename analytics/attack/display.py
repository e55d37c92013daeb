"""The rules of display, checked cell by cell from the release's own files.

A figure may be no finer, no nearer to the ends and of no fewer people than its group allows, and nothing beside it -
text, interval, a hidden cell's other columns - may say more than the figure itself. The rules are written here once
more, in the attacker's own words, so that a slip of the publisher does not repeat itself.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from analytics.attack.findings import Finding, finding
from analytics.attack.seen import Edition, linear_cells
from analytics.release import NOT_SHOWN, STATES

_TINY = 1e-6
_BANDS = ((5, 7), (8, 11), (12, 19), (20, 49), (50, 99))  # numbers of answers; then 100-199, 200-499, 500-999, ...
_FINEST_MEAN = ((20, 5), (50, 2))  # below so many answers, a step of so many points; from 50 on, 1 point
_MOST_BANDS = ((12, 3), (15, 4), (30, 5), (60, 10), (300, 20))  # below so many answers, so many bands; then 100
_STEPS = (1, 2, 5, 10, 20)
_DISTRIBUTION = 50  # answers behind a question's whole distribution
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def broken_rules(editions: Sequence[Edition]) -> list[Finding]:
    """Every cell that is finer, smaller or more talkative than its group allows."""
    found: list[Finding] = []
    for edition in editions:
        cells = linear_cells(edition.cells)
        for cell in cells.itertuples(index=False):
            checks = _SHOWN if cell.shown else _HIDDEN
            problems = [problem for check in checks for problem in check(cell, edition.manifest)]
            found += [finding(kind, edition.manifest, cell, words) for kind, words in problems]
        found += [finding("display_inconsistent", edition.manifest, cell, words) for cell, words in _beside(cells)]
        found += list(_models(edition))
    return found


Problems = Iterator[tuple[str, str]]


def _band_of_answers(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    if not _is_band(int(cell.n_low), int(cell.n_high)):
        yield "display_answers", f"tells of {cell.n_low} to {cell.n_high} answers, which is not one of the bands in use"
    limits = manifest["thresholds"]
    least = int(limits["k"] if cell.kind == "mean" else limits["k_share"])
    if cell.view == "splits":
        least = max(least, int(limits.get("k_demo", least)))
    if 0 <= cell.n_high < least:
        yield "display_too_small", f"is of at most {cell.n_high} answers, but {least} are needed"
    if cell.view == "questions" and cell.kind == "parts" and 0 <= cell.n_high < _DISTRIBUTION:
        yield "display_too_small", f"shows a whole distribution of fewer than {_DISTRIBUTION} answers"


def _listed_as_shown(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    if 0 <= cell.node < len(manifest["units"]) and not manifest["units"][cell.node]["shown"]:
        yield "display_not_listed", "is shown, but the manifest lists this unit as hidden"


def _mean(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    if cell.kind != "mean":
        return
    finest = _by_size(cell.n_high, _FINEST_MEAN, 1)
    if not (0 <= cell.low <= cell.high <= 100 and cell.high - cell.low >= finest - _TINY):
        yield "display_too_fine", f"lies between {cell.low:g} and {cell.high:g}, but the finest step is {finest} points"
        return
    cut = 100 * (int(manifest["thresholds"]["insiders"]) + 1) / max(int(cell.n_low), 1)
    yield from _cut_end(cell, cut + finest / 2) if math.isnan(cell.value) else _point(cell, cut)


def _cut_end(cell: Any, least: float) -> Problems:
    end = cell.high if cell.low == 0 else 100 - cell.low
    if not (cell.low == 0 or cell.high == 100) or end < least - _TINY:
        yield "display_uncut_end", f"is cut off {end:g} points from the end, but {least:g} points are needed"


def _point(cell: Any, cut: float) -> Problems:
    step = cell.high - cell.low
    cut = step * math.ceil(cut / step - _TINY)
    if min(cell.value, 100 - cell.value) <= cut + _TINY:
        yield "display_uncut_end", f"is {cell.value:g}, but {cut:g} points at either end are to be cut off"
    if abs(cell.low + cell.high - 2 * cell.value) > _TINY or abs(cell.value / step - round(cell.value / step)) > _TINY:
        yield "display_inconsistent", f"is {cell.value:g}, which is not the middle of its interval or not on its step"


def _share(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    if cell.kind == "mean":
        return
    most = _by_size(cell.n_high, _MOST_BANDS, 100)
    width = cell.high - cell.low
    if not (0 <= cell.low < cell.high <= 100 and 100 / width <= most + _TINY):
        yield "display_too_fine", f"lies between {cell.low:g} and {cell.high:g} %, but {most} equal bands are the most"
    elif abs(cell.low / width - round(cell.low / width)) > 1e-3 or abs(100 / width - round(100 / width)) > 1e-3:
        yield "display_inconsistent", f"lies between {cell.low:g} and {cell.high:g} %, which is not one of equal bands"
    if not math.isnan(cell.value):
        yield "display_too_fine", f"carries the point {cell.value:g} beside its band"


def _text(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    """Every number that is printed has to be one that the interval gives away already."""
    if cell.kind == "mean" and math.isnan(cell.value):
        edge = cell.high if cell.low == 0 else cell.low
        allowed = [edge + side * step / 2 for step in _STEPS for side in (-1, 0, 1)]
    else:
        allowed = [cell.value] if cell.kind == "mean" else [cell.low, cell.high]
    said = [float(number) for number in _NUMBER.findall(str(cell.text))]
    if any(min(abs(number - known) for known in allowed) > 0.5 + _TINY for number in said):
        yield "display_inconsistent", f"is printed as {cell.text!r}, which its interval does not give"
    if any(number != round(number) for number in said):
        yield "display_too_fine", f"is printed as {cell.text!r}, but whole numbers are the finest"
    if cell.state not in STATES:
        yield "display_inconsistent", f"has the state {cell.state!r}, which is not one of those in use"


def _nothing(cell: Any, manifest: Mapping[str, Any]) -> Problems:
    figures = (cell.value, cell.low, cell.high, cell.ci_low, cell.ci_high)
    empty = all(math.isnan(figure) for figure in figures) and cell.n_low == 0 and cell.n_high == 0
    if not empty or cell.text != NOT_SHOWN or cell.state:
        yield "display_hidden_speaks", "is hidden, but its other columns are not empty"


_SHOWN: tuple[Callable[[Any, Mapping[str, Any]], Problems], ...] = (
    _band_of_answers,
    _listed_as_shown,
    _mean,
    _share,
    _text,
)
_HIDDEN: tuple[Callable[[Any, Mapping[str, Any]], Problems], ...] = (_nothing,)


def _beside(cells: pd.DataFrame) -> Iterator[tuple[Any, str]]:
    """Cells that stand twice, and drawn intervals that say more than the figure and the band of answers."""
    twice = cells[cells.duplicated(["view", "node", "measure", "part"])]
    for cell in twice.itertuples(index=False):
        yield cell, "stands in the release more than once"
    shown = cells[cells["shown"]]
    told = ["measure", "n_low", "n_high", "value", "low", "high"]
    drawn = shown[[*told, "ci_low", "ci_high"]].drop_duplicates()
    more = drawn[drawn.duplicated(told, keep=False)]
    for cell in shown[shown.index.isin(more.index)].itertuples(index=False):
        yield cell, "has an interval that differs from that of an equal figure, so it says more"


def _models(edition: Edition) -> Iterator[Finding]:
    """Figures of fitted models: outside the linear attack, and only of groups and classes that are large enough."""
    limits = edition.manifest["thresholds"]
    models = edition.cells[(edition.cells["kind"] == "model") & edition.cells["shown"]]
    for cell in models.itertuples(index=False):
        least = int(limits["model_class"] if cell.part else limits["model_n"])
        yield from _small_model(cell, least, edition.manifest)


def _small_model(cell: Any, least: int, manifest: Mapping[str, Any]) -> Iterator[Finding]:
    if 0 <= cell.n_high < least:
        words = f"comes from a model of at most {cell.n_high} answers, but {least} are needed"
        yield finding("display_too_small", manifest, cell, words)


def _is_band(low: int, high: int) -> bool:
    """Whether a band of answers is one of those in use; from 100 on they begin at 1, 2 and 5 times powers of ten."""
    if (low, high) in _BANDS:
        return True
    if low < 100:
        return False
    first = int(str(low)[0])
    scale = 10 ** (len(str(low)) - 1)
    following = {1: 2, 2: 5, 5: 10}.get(first, 0) * scale
    return low == first * scale and following > 0 and high in (following - 1, -1)


def _by_size(n_high: int, table: Sequence[tuple[int, int]], otherwise: int) -> int:
    """The rule for the largest number of answers that a band allows."""
    return next((rule for below, rule in table if 0 <= n_high < below), otherwise)
