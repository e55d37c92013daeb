"""How much of a file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

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
