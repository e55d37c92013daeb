"""Text to records: which character separates the cells, with quotes and line breaks inside cells understood."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import islice

from data.intake import refusals
from data.intake.encoding import Decoded
from data.intake.grid import Grid

DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 100
_RAGGED = 0.2
_CLEAR_TABLE = 0.5
_SEP_LINE = re.compile(r'"?sep=(.)"?[^\S\r\n]*(?:\r\n|\n|\r)', re.IGNORECASE)

# A cell may be longer than the csv module's 128 KB; rows.py cuts what is over our own limit, and says so.
csv.field_size_limit(1 << 30)


@dataclass(frozen=True)
class _Split:
    """One reading of the text: its records, the commonest width above one, and how many records have it (0 to 1)."""

    delimiter: str
    records: list[list[str]]
    width: int
    share: float

    @property
    def score(self) -> float:
        # A wider table that fits as well is the likelier one: a comma inside sentences also splits every line in two.
        return self.share * (1 - 1 / self.width)

    @property
    def is_table(self) -> bool:
        """Whether most lines agree, or the first names as many columns as any line has; prose with commas does not."""
        if self.width < 2:
            return False
        first = next(len(record) for record in self.records if record)
        longer = sum(1 for record in self.records if len(record) > first)
        return self.share >= _CLEAR_TABLE or (first > 2 and longer < _RAGGED * len(self.records))


def split(decoded: Decoded, likely: str = "") -> Grid:
    """The records of a text; ``likely`` is the delimiter that the file's name suggests, and decides only a tie.

    Raises ``Refused`` (not_text) when no delimiter makes a table of it.
    """
    text, warnings, notes, first_line = decoded.text, decoded.warnings, decoded.notes, 1
    said = _SEP_LINE.match(text)
    if said:
        text, first_line = text[said.end() :], 2
        warnings = (*warnings, "sep_line_skipped")
        notes = (*notes, "The first line only tells Excel which separator is used; it was taken at its word.")
    best = _split(text, said[1]) if said else _best(text, likely)
    if not any(map(any, best.records)):
        raise refusals.empty_file()
    if not best.is_table:
        raise refusals.not_text("a text without columns")
    return Grid(best.records, decoded.encoding, best.delimiter, first_line, warnings=warnings, notes=notes)


def _best(text: str, likely: str) -> _Split:
    order = sorted(DELIMITERS, key=lambda delimiter: delimiter != likely)
    order.sort(key=lambda delimiter: -_split(text, delimiter, _SAMPLE).score)
    best = _split(text, order[0])
    if 1 - best.share <= _RAGGED:
        return best
    # Many rows do not fit: a wrong delimiter is likelier than that many broken rows.
    return max([best, *(_split(text, delimiter) for delimiter in order[1:])], key=lambda one: one.score)


def _split(text: str, delimiter: str, most: int | None = None) -> _Split:
    spaced = _quotes_after_blank(text, delimiter)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=spaced)
    records = _unwrapped(list(islice(reader, most)), delimiter)
    while records and not records[-1]:
        records.pop()
    widths = Counter(len(record) for record in records if record)
    wide = [(count, width) for width, count in widths.items() if width > 1]
    count, width = max(wide, default=(0, 1))
    return _Split(delimiter, records, width, count / max(1, widths.total()))


def _quotes_after_blank(text: str, delimiter: str) -> bool:
    head = text[:100_000]
    return head.count(f'{delimiter} "') > head.count(f'{delimiter}"') + head.count('"\n')


def _unwrapped(records: list[list[str]], delimiter: str) -> list[list[str]]:
    """Open lines that were quoted as a whole, when that gives the width of the others (or of each other)."""
    whole = {}
    for place, record in enumerate(records):
        if len(record) == 1 and delimiter in record[0]:
            inside = list(csv.reader(io.StringIO(record[0], newline=""), delimiter=delimiter))
            whole[place] = inside[0] if len(inside) == 1 else record
    if not whole:
        return records
    widths = Counter(len(record) for record in records if len(record) > 1)
    widths.update(len(record) for record in whole.values())
    usual = widths.most_common(1)[0][0]
    return [whole[place] if len(whole.get(place, ())) == usual else record for place, record in enumerate(records)]
