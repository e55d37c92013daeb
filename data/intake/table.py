"""A grid of records to a raw table: tool, header, rows, and what was noticed."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from data.intake import headers, refusals
from data.intake.grid import Grid, is_blank
from data.intake.limits import Limits
from data.intake.rows import Sorted, find_header, sort
from data.intake.summaries import refuse_summaries
from data.intake.tools import Head, Tool, recognise_tool
from data.table import RawTable, SourceColumn

_LOOKED_AT = 60
_PLAIN = Tool("unknown", lambda head: 1)
_SECTIONS = Tool("unknown", lambda head: 2, headers.section_then_question, warnings=("merged_header_joined",))
_EXCEL_CSV = Tool("excel_csv", lambda head: 1)


@dataclass(frozen=True)
class Layout:
    """Where the header is: its tool, the place of its first record, and its records, all of one width."""

    tool: Tool
    start: int
    records: list[list[str]]


def build(grid: Grid, sha256: str, limits: Limits) -> RawTable:
    """The raw table of a grid; raises ``Refused`` when it is a summary, too wide, too long or holds no answers."""
    _refuse_size(grid, limits)
    refuse_summaries(grid.records)
    layout = _layout(grid)
    below = layout.start + len(layout.records)
    people = sort(grid.records[below:], grid.first_line + below, layout.records, limits.max_cell)
    columns, renamed = headers.source_columns(layout.tool.columns(layout.records))
    _refuse_few(len(people.rows), columns, people, limits)
    said = [*zip(grid.warnings, grid.notes, strict=True), *_noticed(grid, layout, people, renamed)]
    return RawTable(
        tool=layout.tool.name,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_rows=len(layout.records),
        raw_records=grid.raw_records,
        columns=columns,
        cells=frame(_decoded(layout.tool, people.rows), len(columns)),
        lines=tuple(people.lines),
        sha256=sha256,
        set_aside=tuple(people.set_aside),
        warnings=tuple(dict.fromkeys((*(kind for kind, _ in said if kind), *layout.tool.warnings))),
        notes=tuple(note for _, note in said if note),
        timezone=layout.tool.zone(layout.records),
    )


def frame(rows: list[list[str]], width: int) -> pd.DataFrame:
    """Rows of text as a frame of text, its columns named by their place."""
    return pd.DataFrame(rows, columns=range(width), dtype="str")


def _refuse_size(grid: Grid, limits: Limits) -> None:
    rows = sum(1 for record in grid.records if not is_blank(record)) - 1
    widths = [len(record) for record in grid.records[:_LOOKED_AT] if not is_blank(record)]
    if widths and min(max(widths), sorted(widths)[len(widths) // 2]) > limits.max_columns:
        raise refusals.too_many_columns(max(widths), rows, limits.max_columns)
    if rows > limits.max_rows:
        raise refusals.too_large(f"{rows:,} rows", f"{limits.max_rows:,} rows")


def _refuse_few(rows: int, columns: tuple[SourceColumn, ...], people: Sorted, limits: Limits) -> None:
    if len(columns) > limits.max_columns:
        raise refusals.too_many_columns(len(columns), rows, limits.max_columns)
    if not rows:
        raise refusals.no_rows(len(columns))
    if rows < limits.min_rows:
        raise refusals.too_few_rows(rows, limits.smallest_group)


def _layout(grid: Grid) -> Layout:
    visible = [place for place, record in enumerate(grid.records) if not is_blank(record)]
    if not visible:
        raise refusals.empty_file()
    start = visible[0]
    found = _of_tool(grid, visible)
    if found:
        return found
    head = [grid.records[place] for place in visible[:_LOOKED_AT]]
    start = visible[find_header(head)]
    sections = start - 1
    if sections >= 0 and _has_sections(grid, sections, start):
        return Layout(_SECTIONS, sections, _square([headers.spread(grid.records, grid.merged, row)
                                                    for row in (sections, start)], grid, start + 1))  # fmt: skip
    tool = _EXCEL_CSV if "sep_line_skipped" in grid.warnings else _PLAIN
    return Layout(tool, start, _square([grid.records[start]], grid, start + 1))


def _of_tool(grid: Grid, visible: list[int]) -> Layout | None:
    head = [grid.records[place] for place in visible[:_LOOKED_AT]]
    width = max(map(len, head))
    found = recognise_tool(Head([record + [""] * (width - len(record)) for record in head], grid.blank_counts))
    if found is None:
        return None
    tool, count = found
    start, end = visible[0], visible[count - 1] + 1
    return Layout(tool, start, _square([grid.records[place] for place in visible[:count]], grid, end))


def _has_sections(grid: Grid, row: int, header: int) -> bool:
    """Whether a worksheet's row names sections: some of its merged cells span columns, and none spans them all."""
    width = len(grid.records[header])
    spans = [right - left + 1 for (top, left), (bottom, right) in grid.merged if top <= row <= bottom and right > left]
    return bool(spans) and max(spans) < width and not is_blank(grid.records[row])


def _square(header: list[list[str]], grid: Grid, below: int) -> list[list[str]]:
    """Header records of one width: their own, or one more where every row below has an unnamed first cell."""
    width = max(map(len, header))
    sample = [len(record) for record in grid.records[below : below + 200] if not is_blank(record)]
    unnamed = len(header) == 1 and bool(sample) and 10 * sample.count(width + 1) > 9 * len(sample)
    first = (
        [""] if unnamed and not all(is_blank(record[width:]) for record in grid.records[below : below + 200]) else []
    )
    return [first + record + [""] * (width - len(record)) for record in header]


def _decoded(tool: Tool, rows: list[list[str]]) -> list[list[str]]:
    if tool.cell is _PLAIN.cell:
        return rows
    return [[tool.cell(cell) for cell in row] for row in rows]


def _noticed(grid: Grid, layout: Layout, people: Sorted, renamed: bool) -> list[tuple[str, str]]:
    kinds = [row.kind for row in people.set_aside]
    found = []
    above = [place for place in range(layout.start) if not is_blank(grid.records[place])]
    if above:
        found.append(("preamble_skipped", f"{_count(len(above), 'line')} above the column names were skipped."))
    for kind, warning, words in _SAID:
        lines = [row.line for row in people.set_aside if row.kind == kind]
        if lines:
            found.append((warning, f"{_count(kinds.count(kind), 'row')} {words}: {_listed(lines)}."))
    if renamed:
        found.append(("duplicate_headers_renamed", "Some column names occur twice; the later ones got a number."))
    if people.blank:
        found.append(("", f"{_count(len(people.blank), 'blank row')} left out: {_listed(people.blank)}."))
    if people.cut:
        found.append(("", f"{_count(people.cut, 'very long cell')} cut to the longest text that a worksheet can hold."))
    return found


_SAID = (
    ("too_many_cells", "long_rows_set_aside", "with more cells than column names, set aside"),
    ("too_few_cells_padded", "short_rows_padded", "with fewer cells than column names, kept with blanks"),
    ("summary_or_footer", "summary_rows_excluded", "with totals, averages or notes, left out"),
    ("repeated_header", "repeated_header_removed", "with the column names again, left out"),
)


def _count(number: int, thing: str) -> str:
    return f"{number:,} {thing}" if number == 1 else f"{number:,} {thing}s"


def _listed(lines: list[int]) -> str:
    shown = ", ".join(map(str, lines[:10]))
    return f"line {shown}" if len(lines) == 1 else f"lines {shown}" + (" …" if len(lines) > 10 else "")
