"""The plain record between a file's bytes and its table: records of text, and what was noticed on the way."""

from __future__ import annotations

from dataclasses import dataclass

Range = tuple[tuple[int, int], tuple[int, int]]


@dataclass(frozen=True)
class Grid:
    """All records of a file as text, blank ones included.

    ``first_line`` is the number of ``records[0]`` in the file. ``merged`` holds a worksheet's merged ranges as
    ((row, column), (row, column)), zero-based and inclusive. ``blank_counts`` says whether a blank record is one the
    format has (a worksheet row) or only an empty line.
    """

    records: list[list[str]]
    encoding: str | None = None
    delimiter: str | None = None
    first_line: int = 1
    blank_counts: bool = False
    merged: tuple[Range, ...] = ()
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def raw_records(self) -> int:
        """How many records the file has, a line of hints for the reader included."""
        counted = len(self.records) if self.blank_counts else sum(1 for record in self.records if record)
        return counted + self.first_line - 1


def is_blank(record: list[str]) -> bool:
    """Whether a record has no visible character."""
    return not "".join(record).strip()


def filled(record: list[str]) -> int:
    """How many cells of a record have a visible character."""
    return sum(1 for cell in record if cell and not cell.isspace())
