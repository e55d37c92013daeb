"""Tables that left the product, held against the release: every figure has to be one that the release displays.

An exported row names a unit and a measure, in words or by its page; whatever figures stand in it must be displayed, in
just these digits, for that unit and that measure. So a table can say nothing that the attack on the release has not
had before it: a finer figure, an inner band or a hidden unit's figure is found here.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from analytics.attack.findings import Finding
from analytics.attack.seen import Edition

PAGE, MEASURE, WAVE, RELEASE = "Page of", "Measure", "Wave", "Release"  # which release, where, of what: beside a table
KNOWN_BY = (PAGE, MEASURE, WAVE, RELEASE)
HASH_SHOWN = 16  # digits of the release's hash that a table carries
KIND = "export_says_more"
_MODEL = "model"  # the kind of cells that are figures of a model
_WHOLE, _ORGANISATION = 0, "Organisation"
_DERIVED = ("Change", "Likely between", "In words")  # of displayed figures, where a table compares waves
_STEPS = {f"{low}–{low + 20}" for low in range(0, 100, 20)}  # names of the steps of an index
_NAMES = ("At this end", "Line", "Called", "Drawn on", "Source")  # columns of words that may hold numbers
_ANSWER = re.compile(r"Answer \d+ of \d+")  # the name of an answer that has no words
_TOKEN = re.compile(r"\d[\d,]*(?:\.\d+)?(?:–\d[\d,]*(?:\.\d+)?)?")
_SIGNED = re.compile(r"[-+]?\d{1,3} to [-+]?\d{1,3}")


@dataclass(frozen=True)
class Table:
    """An exported table: its file's name, its columns (those of ``KNOWN_BY`` last), its rows, all as text."""

    name: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Compared:
    """What came of it: tables that are of these releases, tables of others, figures that were read, and findings."""

    tables: int
    others: tuple[str, ...]
    figures: int
    findings: tuple[Finding, ...]


def parse(name: str, content: bytes) -> Table:
    """An exported CSV file as a table, without the sign that keeps spreadsheets from running a text.

    Raises ``ValueError`` for a file that is no table of ours.
    """
    try:
        rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error):
        rows = []
    if not rows or any(len(row) != len(rows[0]) for row in rows):
        raise ValueError(f"{name} should be a CSV file that Evenkeel wrote, but it is not.")
    bare = [tuple(cell.removeprefix("'") for cell in row) for row in rows]
    return Table(name, bare[0], tuple(bare[1:]))


def compare(tables: Sequence[Table], editions: Sequence[Edition]) -> Compared:
    """Hold exported tables against the releases that they name; a figure that a release does not display is a finding.

    Checked against: a table of the release's own strings (no finding), and the same with one digit, one band or one
    hidden unit changed.
    """
    told = {str(edition.manifest["hash"])[:HASH_SHOWN]: _Told(edition) for edition in editions}
    others: list[str] = []
    findings: list[Finding] = []
    figures = held = 0
    for table in tables:
        if not _releases(table) or not _releases(table) <= told.keys():
            others.append(table.name)
            continue
        held += 1
        for row in table.rows:
            read, wrong = _row(table, dict(zip(table.columns, row, strict=True)), told)
            figures += read
            findings += wrong
    return Compared(held, tuple(others), figures, tuple(findings))


def in_words(compared: Compared) -> list[str]:
    """What came of it in plain sentences."""
    lines = [
        f"{compared.figures:,} figures in {compared.tables} exported tables were held against the release: "
        f"{len(compared.findings)} are not displayed there."
    ]
    if compared.others:
        lines.append(f"Of another release, or no table of Evenkeel's: {', '.join(compared.others)}.")
    return [*lines, *(found.sentence for found in compared.findings)]


class _Told:
    """What one release displays, by unit and measure, as the figures that stand in its texts."""

    def __init__(self, edition: Edition) -> None:
        self.manifest = edition.manifest
        self.wave = str(edition.manifest["wave"])
        self.nodes: dict[str, set[int]] = {}
        for unit in edition.manifest["units"]:
            for label in _labels(unit, edition.manifest["units"]):
                self.nodes.setdefault(label, set()).add(int(unit["id"]))
        named = (*edition.manifest["measures"], *edition.manifest.get("scales", ()))
        self.measures: dict[str, set[str]] = {}
        for entry in named:
            self.measures.setdefault(str(entry["title"]), set()).add(str(entry["id"]))
        told = {_ANSWER.sub("", text) for text in _texts(edition.manifest)}
        self.words = {token for text in told for token in _TOKEN.findall(text)} | _STEPS
        self.texts = [text for text in told if _TOKEN.search(text) and not _TOKEN.fullmatch(text)]
        self._said: dict[tuple[int, str], set[str]] = {}
        shown = edition.cells[edition.cells["shown"]]
        cells: Iterator[Any] = shown.itertuples(index=False)
        for cell in cells:
            measure = _MODEL if cell.kind == _MODEL else str(cell.measure)
            self._said.setdefault((int(cell.node), measure), set()).update(_figures(cell))

    def figures(self, nodes: set[int], measures: set[str]) -> set[str]:
        """Every figure displayed for one of the units and one of the measures (none: any of them); figures of models
        have measures of their own and count for each."""
        return {
            figure
            for (node, measure), said in self._said.items()
            if node in nodes and (not measures or measure == _MODEL or measure in measures)
            for figure in said
        }


def _row(table: Table, row: Mapping[str, str], told: Mapping[str, _Told]) -> tuple[int, list[Finding]]:
    """How many figures one row holds, and those that its release does not display there."""
    releases = [told[short] for short in row[RELEASE].split()]
    read, wrong = 0, []
    for column, text in row.items():
        if column in KNOWN_BY or not _TOKEN.search(text) or _is_derived(table, column, text):
            continue
        tokens = _TOKEN.findall(_ANSWER.sub("", text))
        wanted = [one for one in releases if one.wave == column] or releases
        strange = set(tokens) - set().union(*(_allowed(one, row, column) for one in wanted))
        read += len(tokens)
        wrong += [_finding(table, row, column, figure) for figure in sorted(strange)]
    return read, wrong


def _allowed(told: _Told, row: Mapping[str, str], column: str) -> set[str]:
    """What may stand in a row's column: figures of its unit and measure, and what stands in names from the manifest."""
    words = [text for name, text in row.items() if name not in KNOWN_BY]
    nodes = set().union(*(told.nodes.get(text, set()) for text in words)) or told.nodes.get(row[PAGE], set())
    named = set().union(*(told.measures.get(text, set()) for text in words))
    measures = named or ({row[MEASURE]} if row[MEASURE] else set())
    figures = told.figures({_WHOLE} if column == _ORGANISATION else nodes, measures)
    if column in (next(iter(row)), *_NAMES):
        return figures | told.words
    return figures | {token for name in told.texts if name in row[column] for token in _TOKEN.findall(name)}


def _is_derived(table: Table, column: str, text: str) -> bool:
    """Whether a column was worked out from displayed figures of several waves, in whole points."""
    if "Change" not in table.columns or column not in _DERIVED:
        return False
    return column != "Likely between" or bool(_SIGNED.fullmatch(text))


def _figures(cell: Any) -> Iterator[str]:
    yield from _TOKEN.findall(str(cell.text))
    if cell.n_low > 0:
        yield f"{cell.n_low:,}" if cell.n_high in (-1, cell.n_low) else f"{cell.n_low:,}–{cell.n_high:,}"
    for end in (cell.ci_low, cell.ci_high):
        if end == end:  # a cell without an interval has none
            yield f"{end:.0f}"


def _labels(unit: Mapping[str, Any], units: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """How tables name a unit: by its name, with the name of the unit above it where two share one."""
    yield str(unit["name"])
    if unit["parent"] >= 0:
        yield f"{unit['name']} ({units[unit['parent']]['name']})"


def _texts(document: Any) -> Iterator[str]:
    """Every text in a manifest, its keys left out."""
    if isinstance(document, str):
        yield document
    elif isinstance(document, Mapping):
        for name, part in document.items():
            if name not in ("hash", "hashes"):
                yield from _texts(part)
    elif isinstance(document, Sequence):
        for part in document:
            yield from _texts(part)


def _releases(table: Table) -> set[str]:
    if any(name not in table.columns for name in KNOWN_BY):
        return set()
    at = table.columns.index(RELEASE)
    return {short for row in table.rows for short in row[at].split()}


def _finding(table: Table, row: Mapping[str, str], column: str, figure: str) -> Finding:
    first = next(iter(row.values()))
    sentence = f'"{column}" of "{first}" in {table.name} has the figure {figure}, which the release does not display.'
    return Finding(KIND, row[MEASURE], _WHOLE, row[PAGE], "", sentence)
