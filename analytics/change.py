"""What has changed between two published waves, from displayed figures alone: up, steady, down, and how surely."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import isnan, nan, sqrt

import numpy as np
from scipy import stats

from analytics.comparable import difference_in_kind, middle, moved_question
from analytics.intervals import newcombe, welch
from analytics.lineage import Lineage
from analytics.reading import Cell, Reading
from analytics.shrink import FALSE_DISCOVERY, LEAST_DIFFERENCE, Moments, benjamini_hochberg

LEAST_ANSWERS = 20  # in each wave, before a change may be called clear


@dataclass(frozen=True)
class Change:
    """One figure of one unit in two waves.

    ``state``: "up", "steady" or "down" when both waves show the figure (steady: no more than one display step);
    "broken" when it is not the same measure, "new" when the unit or figure was not there, "hidden" when either wave
    does not show it. ``difference``, ``low``, ``high``: later minus earlier with its 95 % interval, in points, NaN
    without; ``clear``: beyond chance after correction, 5 points or more, 20 answers or more in both waves, and no
    question behind it whose meaning moved; ``note``: why a line is broken or a change is never called clear.
    """

    node: int
    measure: str
    part: str
    state: str
    before: Cell
    after: Cell
    difference: float = nan
    low: float = nan
    high: float = nan
    p: float = nan
    clear: bool = False
    note: str = ""

    @property
    def drawn(self) -> bool:
        """Whether a line may join the two waves."""
        return self.state in ("up", "steady", "down")


def changes(
    earlier: Reading,
    later: Reading,
    matched: Lineage,
    asked: Iterable[tuple[str, str]],
    nodes: Sequence[int] | None = None,
) -> tuple[Change, ...]:
    """The change of every asked (view, measure) in ``nodes`` (every unit of ``later``), corrected together.

    Only what both waves show is compared, so nothing is said that their pages do not. Means: Welch's interval from
    each wave's published spread and the lower edge of its band of answers, with the rounding of both figures added;
    shares: Newcombe's interval at the ends of both bands that are furthest apart. ``clear`` is corrected over all
    changes returned (Benjamini-Hochberg, q = .10). Checked against: the same intervals worked out by hand.
    """
    found = [
        change(earlier, later, matched, node, view, measure, part)
        for view, measure in asked
        for part in (later.parts(view, measure) or ("",))
        for node in (later.units if nodes is None else nodes)
    ]
    q = benjamini_hochberg(np.array([one.p for one in found]))
    return tuple(replace(one, clear=_is_clear(one, float(at))) for one, at in zip(found, q, strict=True))


def change(
    earlier: Reading, later: Reading, matched: Lineage, node: int, view: str, measure: str, part: str = ""
) -> Change:
    """One figure's change, not yet corrected for others (``clear`` is never set); see ``changes``."""
    after = later.cell(view, node, measure, part)
    nothing = Cell(node, measure, part)
    if node not in matched.before or measure not in earlier.measures:
        note = "Not in the earlier survey." if node in matched.new else ""
        return Change(node, measure, part, "new", nothing, after, note=note)
    cells = [earlier.cell(view, place, measure, part) for place in matched.before[node]]
    why = difference_in_kind(earlier, later, measure)
    if why:
        return Change(node, measure, part, "broken", nothing, after, note=why)
    before = cells[0] if len(cells) == 1 else joined(cells)
    if not (before.shown and after.shown):
        return Change(node, measure, part, "hidden", before, after)
    note = moved_question(earlier, later, measure, node)
    return replace(_compared(earlier, later, node, before, after), note=note)


def series(
    waves: Sequence[Reading], matched: Sequence[Lineage], node: int, view: str, measure: str, part: str = ""
) -> tuple[Cell, ...]:
    """One figure in every wave, oldest first, as far back as a line may be drawn; before that, hidden cells.

    ``matched``: one ``Lineage`` for each pair of neighbouring waves; ``node``: the unit in the latest wave. A merged
    unit reaches back to what its parts showed, and no further.
    """
    cells = [waves[-1].cell(view, node, measure, part)]
    for at in range(len(waves) - 1, 0, -1):
        one = change(waves[at - 1], waves[at], matched[at - 1], node, view, measure, part)
        if one.state in ("broken", "new"):
            break
        cells.append(one.before)
        were = matched[at - 1].before[node]
        if len(were) > 1:
            break
        node = were[0]
    lacking = [Cell(node, measure, part)] * (len(waves) - len(cells))
    return (*lacking, *reversed(cells))


def joined(cells: Sequence[Cell]) -> Cell:
    """The figure of several units taken together, as far as their displayed figures tell it; hidden otherwise.

    The range is that of every mixture of the displayed ranges with the numbers of answers that the bands allow.
    """
    if not all(cell.shown and cell.n_high >= 0 for cell in cells):
        return Cell(cells[0].node, cells[0].measure, cells[0].part, cells[0].kind)
    low = _mixed([cell.low for cell in cells], cells, lowest=True)
    high = _mixed([cell.high for cell in cells], cells, lowest=False)
    n_low, n_high = sum(cell.n_low for cell in cells), sum(cell.n_high for cell in cells)
    text = f"{low:.0f}–{high:.0f}{' %' if '%' in cells[0].text else ''}"
    return replace(
        cells[0], n_low=n_low, n_high=n_high, low=low, high=high, value=nan, ci_low=nan, ci_high=nan, text=text
    )


def _compared(earlier: Reading, later: Reading, node: int, before: Cell, after: Cell) -> Change:
    gap, step = middle(after) - middle(before), max(before.high - before.low, after.high - after.low)
    state = "steady" if abs(gap) <= step + 1e-9 else "up" if gap > 0 else "down"
    at = (node, after.measure, after.part, state, before, after, gap)
    if after.kind == "mean":
        spread = [read.manifest.get("pooled_sd", {}).get(after.measure, nan) for read in (earlier, later)]
        return Change(*at, *_of_means(before, after, spread))
    return Change(*at, *_of_shares(before, after))


def _of_means(before: Cell, after: Cell, spread: Sequence[float]) -> tuple[float, float, float]:
    """The 95 % interval and p-value of a change in means."""
    if any(isnan(sd) for sd in spread) or min(before.n_low, after.n_low) < 2 or not (before.point and after.point):
        return nan, nan, nan
    one, two = (_moments(cell, sd) for cell, sd in zip((before, after), spread, strict=True))
    found = welch(one, two)
    gap, half = float(found.estimate), float(found.high - found.estimate)
    # Rounding leaves each figure anywhere within its step: its variance joins that of the answers.
    error = sum(sd**2 / cell.n_low for cell, sd in zip((before, after), spread, strict=True))
    rounding = sum((cell.high - cell.low) ** 2 / 12 for cell in (before, after))
    half *= sqrt((error + rounding) / error) if error > 0 else 1.0
    return gap - half, gap + half, _p(gap, half / 1.96)


def _of_shares(before: Cell, after: Cell) -> tuple[float, float, float]:
    """The widest 95 % interval that the two bands allow, and the largest p-value."""
    n = (before.n_low, after.n_low)
    low = newcombe((before.high / 100 * n[0], n[0]), (after.low / 100 * n[1], n[1]))
    high = newcombe((before.low / 100 * n[0], n[0]), (after.high / 100 * n[1], n[1]))
    apart = max(after.low - before.high, before.low - after.high)
    if apart <= 0:
        return 100 * float(low.low), 100 * float(high.high), 1.0
    near = low if after.low > before.high else high
    half = (float(near.high) - float(near.low)) / 2 * 100
    return 100 * float(low.low), 100 * float(high.high), _p(apart, half / 1.96)


def _is_clear(one: Change, q: float) -> bool:
    enough = min(one.before.n_low, one.after.n_low) >= LEAST_ANSWERS
    off_zero = one.low > 0 or one.high < 0
    large = one.state in ("up", "down") and abs(one.difference) >= LEAST_DIFFERENCE
    return bool(enough and large and off_zero and q <= FALSE_DISCOVERY and not one.note)


def _moments(cell: Cell, sd: float) -> Moments:
    n = float(cell.n_low)
    mean = middle(cell)
    return Moments(np.array(n), np.array(n * mean), np.array((n - 1) * sd**2 + n * mean**2))


def _p(gap: float, error: float) -> float:
    return float(2 * stats.norm.sf(abs(gap) / error)) if error > 0 else float(gap == 0)


def _mixed(values: Sequence[float], cells: Sequence[Cell], lowest: bool) -> float:
    """The extreme weighted mean when each weight lies in a band: one by one, the most extreme get the most people."""
    order = np.argsort(values) if lowest else np.argsort(values)[::-1]
    best = [
        sum(values[at] * (cells[at].n_high if rank < cut else cells[at].n_low) for rank, at in enumerate(order))
        / sum(cells[at].n_high if rank < cut else cells[at].n_low for rank, at in enumerate(order))
        for cut in range(len(cells) + 1)
    ]
    return float(min(best) if lowest else max(best))
