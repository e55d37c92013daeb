"""A grid of records to a raw table: tool, header, rows, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from data.intake import aside, headers, long_format, refusals
from data.intake.grid import Grid, is_blank
from data.intake.limits import Limits
from data.intake.rows import Sorted, find_header, is_answers, is_number, sort
from data.intake.summaries import refuse_summaries
from data.intake.tools import Head, Tool, recognise_tool
from data.table import RawTable

_LOOKED_AT = 60
_MANY_ROWS = 1_000
_PLAIN = Tool("unknown", lambda head: 1)
_SECTIONS = Tool("unknown", lambda head: 2, headers.section_then_question, warnings=("merged_header_joined",))
_BLOCKS = Tool("unknown", lambda head: 2, headers.question_then_option, warnings=("merged_header_joined",))
_EXCEL_CSV = Tool("excel_csv", lambda head: 1)


@dataclass(frozen=True)
class Layout:
    """Where the header is: its tool, the places of its first record and of the first below, its records squared;
    ``named`` False when the file has no column names at all."""

    tool: Tool
    start: int
    below: int
    records: list[list[str]]
    named: bool = True


def build(grid: Grid, sha256: str, limits: Limits) -> RawTable:
    """The raw table of a grid; raises ``Refused`` when it is a summary, too wide, too long or holds no answers."""
    _refuse_size(grid, limits)
    refuse_summaries(grid.records)
    layout = find_layout(grid)
    if aside.is_of_left_out_rows(layout.records[0]):
        raise refusals.left_out_rows()
    people = sort(grid.records[layout.below :], grid.first_line + layout.below, layout.records, limits.max_cell)
    named, turned = _by_person(layout, people)
    cells = frame(_decoded(layout.tool, people.rows), len(named))
    _refuse_few(len(people.rows), len(named), limits)
    return finish(grid, grid.raw_records, layout, named, people, cells, sha256, turned)


def finish(
    grid: Grid,
    raw_records: int,
    layout: Layout,
    named: headers.Named,
    people: Sorted,
    cells: pd.DataFrame,
    sha256: str,
    turned: list[tuple[str, str]],
) -> RawTable:
    """The raw table of sorted people and their cells, with everything that was noticed on the way."""
    columns, renamed = headers.source_columns(named)
    said = [*zip(grid.warnings, grid.notes, strict=True), *_noticed(grid, layout, people, renamed), *turned]
    return RawTable(
        tool=layout.tool.name,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_rows=len(layout.records) if layout.named else 0,
        raw_records=raw_records,
        columns=columns,
        cells=cells,
        lines=tuple(people.lines),
        sha256=sha256,
        set_aside=tuple(people.set_aside),
        warnings=tuple(dict.fromkeys((*(kind for kind, _ in said if kind), *layout.tool.warnings))),
        notes=tuple(note for _, note in said if note),
        timezone=layout.tool.zone(layout.records),
    )


def frame(rows: list[list[str]], width: int) -> pd.DataFrame:
    """Rows of text as a frame of text, its columns named by their place; of many rows, columns with few different
    texts as codes of these."""
    if len(rows) < _MANY_ROWS:
        return pd.DataFrame(rows, columns=range(width), dtype="str")
    return pd.DataFrame({place: _column(cells) for place, cells in enumerate(zip(*rows, strict=True))})


def _column(cells: tuple[str, ...]) -> pd.Series:
    places, texts = pd.factorize(np.array(cells, dtype=object))
    if 2 * len(texts) > len(cells):
        return pd.Series(cells, dtype="str")
    return pd.Series(pd.Categorical.from_codes(places, pd.Index(texts, dtype="str")))


def _refuse_size(grid: Grid, limits: Limits) -> None:
    rows = sum(1 for record in grid.records if not is_blank(record)) - 1
    widths = [len(record) for record in grid.records[:_LOOKED_AT] if not is_blank(record)]
    if widths and min(max(widths), sorted(widths)[len(widths) // 2]) > limits.max_columns:
        raise refusals.too_many_columns(max(widths), rows, limits.max_columns)
    if rows > limits.max_rows:
        raise refusals.too_large(f"{rows:,} rows", f"{limits.max_rows:,} rows")


def _by_person(layout: Layout, people: Sorted) -> tuple[headers.Named, list[tuple[str, str]]]:
    named = layout.tool.columns(layout.records)
    find = long_format.peakon if layout.tool.one_answer_per_row else long_format.plain
    long = find(named, people.rows)
    if long is None:
        return named, []
    if long.who is None:
        raise refusals.answers_of_nobody(len(people.rows))
    wide = long_format.pivot(named, people.rows, people.lines, long)
    answers = len(people.rows) - len(wide.set_aside)
    people.rows, people.lines = wide.rows, wide.lines
    people.set_aside += wide.set_aside
    became = aside.count(len(wide.rows), "row")
    words = f"The file has one row per answer: {answers:,} answers became {became}, one per person."
    return wide.columns, [("long_format_pivoted", words)]


def _refuse_few(rows: int, columns: int, limits: Limits) -> None:
    if columns > limits.max_columns:
        raise refusals.too_many_columns(columns, rows, limits.max_columns)
    if not rows:
        raise refusals.no_rows(columns)
    if rows < limits.min_rows:
        raise refusals.too_few_rows(rows, limits.smallest_group)


def find_layout(grid: Grid) -> Layout:
    """Where a grid's header is and which tool wrote it; raises ``Refused`` for a grid without a visible character."""
    visible = [place for place, record in enumerate(grid.records) if not is_blank(record)]
    if not visible:
        raise refusals.empty_file()
    head = [grid.records[place] for place in visible[:_LOOKED_AT]]
    found = _of_tool(head, grid.blank_counts)
    if found:
        tool, count = found
        below = visible[count - 1] + 1
        return Layout(tool, visible[0], below, _square(head[:count], grid, below))
    return _of_no_tool(grid, visible[find_header(head)])


def _of_tool(head: list[list[str]], workbook: bool) -> tuple[Tool, int] | None:
    width = max(map(len, head))
    return recognise_tool(Head([record + [""] * (width - len(record)) for record in head], workbook))


def _of_no_tool(grid: Grid, row: int) -> Layout:
    # A row of section names may be as full as a header; the questions are then in the row below.
    if row + 1 < len(grid.records) and _has_sections(grid, row, row) and _names_columns(grid, row + 1):
        row += 1
    above = row - 1
    if above >= 0 and _has_sections(grid, above, row):
        header = [headers.spread(grid.records, grid.merged, place) for place in (above, row)]
        return Layout(_SECTIONS, above, row + 1, _square(header, grid, row + 1))
    if above >= 0 and not grid.blank_counts and _has_questions(grid.records[above], grid.records[row]):
        return Layout(_BLOCKS, above, row + 1, _square([grid.records[above], grid.records[row]], grid, row + 1))
    tool = _EXCEL_CSV if "sep_line_skipped" in grid.warnings else _PLAIN
    if is_answers(grid.records[row]):
        return Layout(tool, row, row, [[""] * len(grid.records[row])], named=False)
    return Layout(tool, row, row + 1, _square([grid.records[row]], grid, row + 1))


def _has_sections(grid: Grid, row: int, header: int) -> bool:
    """Whether a worksheet's row names sections: some of its merged cells span columns, and none spans them all."""
    width = len(grid.records[header])
    spans = [right - left + 1 for (top, left), (bottom, right) in grid.merged if top <= row <= bottom and right > left]
    return bool(spans) and max(spans) < width and not is_blank(grid.records[row])


def _has_questions(above: list[str], header: list[str]) -> bool:
    """Whether a record holds the questions whose options or rows the header below names: it is as wide, its texts stand
    all along it, the first over the first column, and gaps follow them. Title lines stand at the left alone."""
    places = [place for place, cell in enumerate(above) if cell.strip()]
    if len(above) != len(header) or len(places) < 2 or places[0] or 2 * places[-1] < len(header):
        return False
    return not any(is_number(above[place]) for place in places) and 2 * len(places) <= len(header)


def _names_columns(grid: Grid, row: int) -> bool:
    cells = [cell.strip() for cell in headers.spread(grid.records, grid.merged, row) if cell.strip()]
    return len(cells) > 1 and len(set(cells)) == len(cells) and not any(map(is_number, cells))


def _square(header: list[list[str]], grid: Grid, below: int) -> list[list[str]]:
    """Header records of one width: their own, or one more where every row below has an unnamed first cell."""
    width = max(map(len, header))
    sample = [len(record) for record in grid.records[below : below + 200] if not is_blank(record)]
    unnamed = len(header) == 1 and bool(sample) and 10 * sample.count(width + 1) > 9 * len(sample)
    first = (
        [""] if unnamed and not all(is_blank(record[width:]) for record in grid.records[below : below + 200]) else []
    )
    return [first + record + [""] * (width - len(record)) for record in header]


def is_decoded(tool: Tool) -> bool:
    """Whether a tool writes its cells in a code of its own."""
    return tool.cell is not _PLAIN.cell


def _decoded(tool: Tool, rows: list[list[str]]) -> list[list[str]]:
    if not is_decoded(tool):
        return rows
    return [[tool.cell(cell) for cell in row] for row in rows]


def _noticed(grid: Grid, layout: Layout, people: Sorted, renamed: bool) -> list[tuple[str, str]]:
    found = []
    above = [place for place in range(layout.start) if not is_blank(grid.records[place])]
    if above:
        found.append(("preamble_skipped", f"{aside.count(len(above), 'line')} above the column names were skipped."))
    found += aside.noticed(people.set_aside)
    if not layout.named:
        found.append(
            ("column_names_missing", "The first row holds answers: the columns have no names and got numbers.")
        )
    if renamed:
        found.append(("duplicate_headers_renamed", "Some column names occur twice; the later ones got a number."))
    if people.blank:
        found.append(("", f"{aside.count(len(people.blank), 'blank row')} left out: {aside.listed(people.blank)}."))
    if people.cut:
        found.append(
            ("", f"{aside.count(people.cut, 'very long cell')} cut to the longest text that a worksheet can hold.")
        )
    return found
