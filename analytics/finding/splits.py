"""What may be said of a figure by one attribute: the range of what is displayed, and no test that was not made."""

from __future__ import annotations

from scipy.stats import studentized_range

from analytics.comparable import middle
from analytics.finding.words import capital, heading, in_line, inside
from analytics.protect import Protected
from analytics.reading import Cell, Reading
from analytics.release import NOT_SHOWN
from analytics.shrink import LEAST_DIFFERENCE

VIEW = "splits"
NO_SPLIT = "This survey has no attribute to split by"
_LARGE = 1e5  # degrees of freedom: the spread is known well
ONE_SHOWN = "Only one group of this attribute is shown, so there is nothing to compare"
TOO_SMALL = "This part of the organisation is too small to split by an attribute"


def categories(read: Reading, segment: str) -> tuple[str, ...]:
    """The categories of one attribute, in the release's order."""
    found = next((one for one in read.manifest.get("splits", ()) if one["segment"] == segment), None)
    return tuple(found["categories"]) if found else ()


def measures(read: Reading) -> tuple[str, ...]:
    """The measures that this release splits by attributes, in its order."""
    split = {measure for view, _, measure, _ in read.cells if view == VIEW}
    return tuple(measure for measure in read.measures if measure in split)


def split_cells(read: Reading, measure: str, segment: str, part: str = "") -> tuple[Cell, ...]:
    """The cells of one figure (or of one part of it) by one attribute in the aggregate's unit, category by category."""
    tail = f"|{part}" if part else ""
    return tuple(read.cell(VIEW, read.node, measure, f"{segment}|{name}{tail}") for name in categories(read, segment))


def splits(p: Protected, measure: str, segment: str) -> str:
    """The heading over one figure by one attribute: how far apart the displayed figures lie.

    The highest and the lowest are named only when they lie more than five points apart, their displayed 95 % intervals
    do not meet, and they lie further apart than the largest of so many chance differences would (Tukey's studentized
    range, 5 %); otherwise that is said.
    """
    read = Reading(p)
    if read.measures.get(measure, {}).get("kind") == "parts":
        return _leanings(read, measure, segment)
    cells = split_cells(read, measure, segment)
    if not cells:
        return NO_SPLIT
    if not any((VIEW, read.node, measure, cell.part) in read.cells for cell in cells):
        return TOO_SMALL
    shown = [cell for cell in cells if cell.shown]
    if not shown:
        return NOT_SHOWN
    title, by = inside(in_line(read.title(measure))), inside(segment)
    low, high = min(shown, key=middle), max(shown, key=middle)
    if len(shown) == 1:
        return ONE_SHOWN
    if not _apart(low, high, len(shown)):
        return heading(f"No clear difference in {title} by {by}", f"No clear difference by {by}")
    name = high.part.partition("|")[2]
    return heading(
        capital(f"{title} is highest for {name}: {high.text}, lowest {low.text}"),
        capital(f"{title} runs from {low.text} to {high.text} by {by}"),
        f"From {low.text} to {high.text} by {by}",
    )


def _leanings(read: Reading, measure: str, segment: str) -> str:
    """The heading over the leanings by one attribute: the first of the two ends on which categories are apart."""
    ends = {part: split_cells(read, measure, segment, part) for part in ("integration", "balance")}
    if not ends["balance"]:
        return NO_SPLIT
    if not any((VIEW, read.node, measure, cell.part) in read.cells for cell in ends["balance"]):
        return TOO_SMALL
    by = inside(segment)
    for part, cells in ends.items():
        shown = [cell for cell in cells if cell.shown]
        if not shown:
            return NOT_SHOWN
        if len(shown) == 1:
            return ONE_SHOWN
        low, high = min(shown, key=middle), max(shown, key=middle)
        if _apart(low, high, len(shown)):
            said = f"{high.part.split('|')[1]} leans most to {part}: {high.text}, lowest {low.text}"
            return heading(capital(said), f"Leaning to {part} runs from {low.text} to {high.text}")
    return heading(f"No clear difference in leanings by {by}", "No clear difference in leanings")


def _apart(low: Cell, high: Cell, categories: int) -> bool:
    if not (low.has_interval and high.has_interval):
        return False
    both = (low.ci_high - low.ci_low + high.ci_high - high.ci_low) / 2  # 3.92 standard errors of one figure
    needed = max(1.0, float(studentized_range.ppf(0.95, categories, _LARGE)) / 3.92)
    return middle(high) - middle(low) > max(needed * both, LEAST_DIFFERENCE)
