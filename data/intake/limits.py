"""How much of a file is read before it is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from data.records import NotPossible

SETTINGS = {  # what an operator may set, and the limit that it sets
    "EVENKEEL_MAX_BYTES": "max_bytes",
    "EVENKEEL_MAX_UNPACKED": "max_unpacked",
    "EVENKEEL_MAX_COLUMNS": "max_columns",
    "EVENKEEL_MAX_ROWS": "max_rows",
    "EVENKEEL_MAX_CELL": "max_cell",
}
MB = 1_000_000


@dataclass(frozen=True)
class Limits:
    """The largest file that is read, in bytes, columns, rows and characters per cell; the smallest in answers.

    ``max_unpacked`` counts the bytes of an archive or workbook once unpacked. ``min_rows`` is the fewest answers that
    are read at all; ``smallest_group`` is the number a refusal names as the smallest group that may be charted.
    """

    max_bytes: int = 50 * MB
    max_unpacked: int = 200 * MB
    max_columns: int = 2_000
    max_rows: int = 200_000
    max_cell: int = 32_767
    min_rows: int = 2
    smallest_group: int = 8

    @classmethod
    def for_script(cls) -> Limits:
        """The wider limits of an import that somebody runs on their own machine."""
        return cls(max_bytes=2_000 * MB, max_unpacked=4_000 * MB, max_rows=5_000_000)

    def as_set(self, settings: Mapping[str, str]) -> Limits:
        """These limits with those that an operator has set; ``NotPossible`` for one that is no whole number above 0."""
        given = {name: settings[name].strip() for name in SETTINGS if settings.get(name, "").strip()}
        for name, text in given.items():
            if not text.isascii() or not text.isdigit() or int(text) < 1:
                raise NotPossible(f"{name} should be a whole number of 1 or more, but it is {text[:20]!r}.")
        return replace(self, **{SETTINGS[name]: int(text) for name, text in given.items()})
