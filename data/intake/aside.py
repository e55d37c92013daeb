"""What is said of the rows that a file has and its table has not, or has with blanks."""

from __future__ import annotations

from collections.abc import Sequence

from data.table import SetAside

_SAID = (
    ("too_many_cells", "long_rows_set_aside", "with more cells than column names, set aside"),
    ("too_few_cells_padded", "short_rows_padded", "with fewer cells than column names, kept with blanks"),
    ("summary_or_footer", "summary_rows_excluded", "with totals, averages or notes, left out"),
    ("repeated_header", "repeated_header_removed", "with the column names again, left out"),
)
LISTED = ("line", "column", "reason", "proposal")  # the first columns of left_out_rows.csv
WARNINGS = frozenset(warning for _, warning, _ in _SAID)


def is_of_left_out_rows(header: Sequence[str]) -> bool:
    """Whether a header is that of ``left_out_rows.csv``, which belongs to the file that its rows come from."""
    return [cell.strip().casefold() for cell in header[: len(LISTED)]] == list(LISTED)


def noticed(rows: Sequence[SetAside]) -> list[tuple[str, str]]:
    """A warning and a sentence for each kind of row, with their number and their places in the file."""
    found = []
    for kind, warning, words in _SAID:
        lines = [row.line for row in rows if row.kind == kind]
        if lines:
            found.append((warning, f"{count(len(lines), 'row')} {words}: {listed(lines)}."))
    return found


def count(number: int, thing: str) -> str:
    """A number of things in words."""
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def listed(lines: Sequence[int]) -> str:
    """The first ten line numbers."""
    shown = ", ".join(map(str, lines[:10]))
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}" + (" …" if len(lines) > 10 else "")
