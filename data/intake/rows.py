"""Which records are people: header and preamble above, totals and notes below, and rows that do not fit."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import islice
from statistics import median

from data.intake.grid import filled, is_blank
from data.table import SetAside

NUMBER = re.compile(r"[\s(+\-₹$€£]*[\d٠-٩०-९][\d٠-٩०-९.,\s]*%?\)?\s*")
DATE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}([T ].*)?")
_SUMMARY = re.compile(
    r"(grand total|sub-?total|total|sum|average|avg|mean|count|median|std|stdev|standard deviation|min|max"
    r"|minimum|maximum|summe|gesamt|durchschnitt|mittelwert|anzahl|moyenne|somme|promedio|suma|média|कुल|औसत)(?![\w\u0900-\u097f])",
    re.IGNORECASE,
)
_SUMMARY_AT_A_LINES_START = re.compile(rf"^\s*{_SUMMARY.pattern}", re.IGNORECASE | re.MULTILINE)
_OF_A_PERSON = re.compile(
    r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}[T ]+\d{1,2}:\d{2}.*|[^@\s]+@[^@\s]+\.[a-z]{2,24}|\d{1,3}(?:\.\d{1,3}){3}",
    re.IGNORECASE,
)
_HEAD = 40
_LIKE_OTHERS = 500  # rows that show what people's rows look like


@dataclass
class Sorted:
    """The records that may be people, with their numbers in the file, and those that are not."""

    rows: list[list[str]] = field(default_factory=list)
    lines: list[int] = field(default_factory=list)
    set_aside: list[SetAside] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    cut: int = 0

    def aside(self, line: int, kind: str, reason: str, record: list[str]) -> None:
        """List a record with its number, kind, reason and cells."""
        self.set_aside.append(SetAside(line, kind, reason, tuple(record)))


def find_header(records: list[list[str]]) -> int:
    """The place of the header record: the first that is filled to 70 % of the table's width and is not data."""
    head = records[:_HEAD]
    # A broken row may be wider than the table: the commonest width is the table's.
    usual = Counter(len(record) for record in head).most_common(1)[0][0]
    fullest = min(usual, max(map(filled, head)))
    wide = [place for place, record in enumerate(head) if filled(record) >= 0.7 * fullest]
    if not _is_numeric(head[wide[0]]):
        return wide[0]
    # Column numbers above the names: names are all different, the answers of a person seldom are.
    return next((place for place in wide[1:] if not _is_numeric(head[place]) and _is_distinct(head[place])), wide[0])


def _is_numeric(record: list[str]) -> bool:
    cells = [cell for cell in record if cell.strip()]
    return sum(1 for cell in cells if is_number(cell)) > len(cells) / 2


def _is_distinct(record: list[str]) -> bool:
    cells = [cell.strip() for cell in record if cell.strip()]
    return len(set(cells)) >= 0.9 * len(cells)


def is_answers(record: list[str]) -> bool:
    """Whether a record that should name the columns holds a person's cells: a moment, an address, or the same numbers
    again and again. Years and item numbers are names; they are all different."""
    cells = [cell.strip() for cell in record if cell.strip()]
    if any(map(_OF_A_PERSON.fullmatch, cells)):
        return True
    numbers = [cell for cell in cells if is_number(cell)]
    return len(numbers) > len(cells) / 2 and len(set(numbers)) < 0.8 * len(numbers)


def is_number(cell: str) -> bool:
    """Whether a cell holds a number, an amount, a percentage or a date."""
    return bool(NUMBER.fullmatch(cell) or DATE.fullmatch(cell.strip()))


def sort(records: list[list[str]], first_line: int, header: list[list[str]], max_cell: int) -> Sorted:
    """Sort the records below a header: people to ``rows``, padded to the header's width; the rest listed, never lost.

    ``first_line`` is the number of ``records[0]`` in the file. A record with content beyond the header is set aside
    whole; nothing is ever shifted into another column. Cells longer than ``max_cell`` characters are cut.
    """
    width = len(header[0])
    headers = [[cell.strip() for cell in record] for record in header]
    found = Sorted()
    for line, record in enumerate(records, first_line):
        if is_blank(record):
            found.blank.append(line)
        elif len(record) > width and not is_blank(record[width:]):
            reason = f"{len(record)} cells where the header has {width}"
            found.aside(line, "too_many_cells", reason, record)
        elif record[0].strip() == headers[0][0] and _same(record, headers):
            found.aside(line, "repeated_header", "the header again", record)
        else:
            found.rows.append(_short(record, max_cell, found))
            found.lines.append(line)
    _take_out_summaries(found, width)
    _pad(found, width)
    return found


def _same(record: list[str], headers: list[list[str]]) -> bool:
    trimmed = [cell.strip() for cell in record]
    return any(trimmed == header[: len(trimmed)] and len(trimmed) > len(header) / 2 for header in headers)


def _short(record: list[str], max_cell: int, found: Sorted) -> list[str]:
    if len("".join(record)) <= max_cell:
        return record
    found.cut += sum(1 for cell in record if len(cell) > max_cell)
    return [cell[:max_cell] for cell in record]


def _take_out_summaries(found: Sorted, width: int) -> None:
    """Set aside totals, averages and notes: rows that start with such a word, and lone text in a wide table."""
    suspects = [place for place, row in enumerate(found.rows) if is_suspect(row, width)]
    if not suspects:
        return
    known = set(suspects)
    others = list(islice((row for place, row in enumerate(found.rows) if place not in known), _LIKE_OTHERS))
    foreign = are_foreign([found.rows[place] for place in suspects], others, width)
    for place in reversed([place for place, away in zip(suspects, foreign, strict=True) if away]):
        found.aside(found.lines[place], "summary_or_footer", "a total, an average or a note", found.rows[place])
        del found.rows[place], found.lines[place]
    found.set_aside.sort(key=lambda row: row.line)


def is_suspect(row: list[str], width: int) -> bool:
    """Whether a row may be a total, an average or a note: it starts with such a word, or holds a lone text."""
    return starts_summary(row[_first(row)]) or (width > 3 and _lone(row))


def are_foreign(suspects: list[list[str]], others: list[list[str]], width: int) -> list[bool]:
    """Which of the suspicious rows are no people, beside the first of the other rows."""
    shape = _Shape.of(others[:_LIKE_OTHERS], width)
    return [shape.is_foreign(row) for row in suspects]


def starts_summary(cell: str) -> bool:
    """Whether a cell begins with a word for a total, an average or a count."""
    return bool(_SUMMARY.match(cell.strip()))


def may_start_summary(cells: Sequence[str]) -> bool:
    """Whether any of many cells may begin with such a word: one search through all of them."""
    return bool(_SUMMARY_AT_A_LINES_START.search("\n".join(cells)))


def is_header_again(record: list[str], header: list[list[str]]) -> bool:
    """Whether a record repeats one of the header records."""
    return _same(record, [[cell.strip() for cell in one] for one in header])


def _first(row: list[str]) -> int:
    return next(place for place, cell in enumerate(row) if cell.strip())


def _lone(row: list[str]) -> bool:
    place = _first(row)
    # Notes stand at the left; text alone further right is the comment of a person who answered nothing else.
    return place < 2 and not is_number(row[place]) and not any(cell.strip() for cell in row[place + 1 :])


@dataclass(frozen=True)
class _Shape:
    """What people's rows look like: how full they are, which columns hold text, and the texts of each column."""

    fill: float
    texts: tuple[frozenset[str], ...]
    is_text: tuple[bool, ...]

    @classmethod
    def of(cls, rows: list[list[str]], width: int) -> _Shape:
        columns = [[row[place] for row in rows if place < len(row) and row[place].strip()] for place in range(width)]
        is_text = tuple(2 * sum(1 for cell in cells if not is_number(cell)) > len(cells) for cells in columns)
        return cls(median(map(filled, rows)) if rows else 0.0, tuple(map(frozenset, columns)), is_text)

    def is_foreign(self, row: list[str]) -> bool:
        """Whether a suspicious row is no person: an answer "Average" among other answers is one."""
        place = _first(row)
        if _lone(row):
            return row[place] not in self.texts[place] or not self.is_text[place]
        others = [at for at, text in enumerate(self.is_text) if text and at != place]
        speaks = any(at < len(row) and row[at].strip() and not is_number(row[at]) for at in others)
        sparse = filled(row) < 0.7 * self.fill
        return sparse or not self.is_text[place] or (bool(others) and not speaks)


def _pad(found: Sorted, width: int) -> None:
    for place, row in enumerate(found.rows):
        if len(row) < width:
            reason = f"{len(row)} cells where the header has {width}; the rest was taken as blank"
            found.aside(found.lines[place], "too_few_cells_padded", reason, row)
            found.rows[place] = row + [""] * (width - len(row))
        elif len(row) > width:
            found.rows[place] = row[:width]
