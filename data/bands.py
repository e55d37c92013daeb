"""Bands such as 1-5 that a spreadsheet turned into dates: what each of them was, to be put back with one click."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import regex

from data.moments import instants
from data.table import ColumnGuess, RawTable

WHY = "bands that a spreadsheet turned into dates"
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SHORT = regex.compile(rf"(?i)(?:(?P<day>\d{{1,2}})[- ](?P<month>{'|'.join(_MONTHS)})[a-z]*|"
                       rf"(?P<month>{'|'.join(_MONTHS)})[a-z]*[- ](?P<day>\d{{2}}))")  # fmt: skip


def put_back(cell: str) -> str:
    """The band that a date was: "1-May" and "5-Jan" are "1-5", "Nov-20" is "11-20"; "" for a cell that is no date.

    Bands rise, so that the smaller number comes first whichever way round the machine writes its dates.
    """
    short = _SHORT.fullmatch(cell.strip())
    if short:
        parts = int(short["day"]), _MONTHS.index(short["month"].casefold()) + 1
    else:
        moment = instants([cell])[0]
        if not moment:
            return ""
        parts = int(moment[8:10]), int(moment[5:7])
    return f"{min(parts)}-{max(parts)}"


def proposals(raw: RawTable, columns: Iterable[ColumnGuess]) -> list[dict[str, Any]]:
    """For each column with such bands: what would be put back, in words and as a change of the recipe."""
    found = []
    for column in columns:
        if column.why != WHY or column.role != "segment":
            continue
        cells = {text.strip() for text in raw.cells[column.index].unique()}
        back = {cell: band for cell in sorted(cells) if (band := put_back(cell))}
        if back:
            told = ", ".join(f'"{cell}" as "{band}"' for cell, band in back.items())
            words = f'In "{column.name.strip()}" a spreadsheet turned bands into dates. Read {told}?'
            found.append({"words": words, "recipe": {"roles": {}, "merges": {column.name: back}}})
    return found
