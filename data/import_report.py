"""What an import says about itself: sentences for the confirm screen, a report of counts, and the rows left out."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.wave import Wave
from data import questionnaires
from data.identifiers import kinds_in
from data.members import Members, Splits
from data.scales import Read
from data.settled import Settled
from data.table import Problems, RawTable, Recognition, SetAside

FEWEST = 8  # a smaller number of people is never said exactly
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
_PROPOSALS = {
    "too_many_cells": "type the answers into their columns here; a comma inside a comment has split the row",
    "too_few_cells_padded": "fill the columns that are blank, if they should not be",
    "summary_or_footer": "leave it out; it is no person",
    "repeated_header": "leave it out; it is no person",
    "preview_or_test": "leave it out; it is a test",
    "no_answers": "leave it out, or type the answers in",
    "outside_the_scale": "type one of the scale's answers into this column",
    "not_a_number": "type a number into this column",
    "hours_out_of_range": "type the hours of one week into this column",
}
_REPAIRABLE = ("item", "segment", "number", "quality")


@dataclass(frozen=True)
class Told:
    """Everything that an import has to tell about."""

    raw: RawTable
    recognition: Recognition
    settled: Settled
    wave: Wave
    known: Read
    custom: Read
    belong: Members
    split: Splits
    problems: Problems
    excluded: tuple[int, ...]
    other_waves: tuple[int, ...] = ()
    careless: tuple[int, ...] = ()


def said(told: Told) -> tuple[str, ...]:
    """What was recognised, in plain sentences: scales, teams, groups, numbers, what was left out."""
    return tuple(sentence for part in (*_counted(told), _spellings(told)) for sentence in part)


def report(told: Told) -> dict[str, Any]:
    """What ``import_report.json`` holds: how the file was read, and counts; no answer and no name of a group."""
    raw, recognition = told.raw, told.recognition
    aside = Counter(row.kind for row in (*raw.set_aside, *recognition.set_aside))
    return {
        "format": 1,
        "file": {
            "tool": raw.tool,
            "encoding": raw.encoding,
            "delimiter": raw.delimiter,
            "header_rows": raw.header_rows,
            "sha256": raw.sha256,
            "records": raw.raw_records,
        },
        "rows": {"kept": len(told.wave), "excluded": len(told.excluded), "set_aside": dict(aside)}
        | ({"other_waves": len(told.other_waves)} if told.other_waves else {})
        | ({"left_out_by_flag": len(told.careless)} if told.careless else {}),
        "columns": dict(Counter(column.role for column in told.settled.columns)),
        "instruments": _found_items(told),
        "scales": [_scale(told, scale.id) for scale in told.wave.scales],
        "units": {
            "column": told.belong.column.name.strip() if told.belong.column else None,
            "count": len(told.wave.tree),
            "levels": max(told.wave.tree.level),
            "invited": sum(count for count in told.belong.invited if count is not None) or None,
        },
        "groups": {name: len(labels) for name, labels in told.split.labels.items()},
        "flags": dict(recognition.flags),
        "text_with_identifiers": sum(recognition.text_pii.values()),
        "warnings": sorted({*raw.warnings, *recognition.warnings}),
        "problems": [asdict(problem) for problem in told.problems],
        "spellings_joined": len(_spellings(told)),
        "said": [sentence for part in _counted(told) for sentence in part],
    }


def left_out_rows(raw: RawTable, recognition: Recognition, settled: Settled, problems: Problems) -> pd.DataFrame:
    """Records that are not in the wave and cells that count as not answered, for repair in a spreadsheet.

    Columns ``line``, ``column``, ``reason`` and ``proposal``, then the cells of questions, groups, numbers and dates
    for whole records; identifying columns, free text and cells that hold an identifier stay out, and nothing can act
    as a formula. A record that is longer than the header comes without cells, because its cells stand in wrong columns.
    """
    kept = [column for column in settled.columns if column.role in _REPAIRABLE]
    aside = sorted((*raw.set_aside, *recognition.set_aside), key=lambda row: row.line)
    rows = [
        {"line": row.line, "column": "", "reason": row.reason, "proposal": _PROPOSALS.get(row.kind, "")}
        | {column.name: _repairable(row, column.index, len(settled.columns)) for column in kept}
        for row in aside
    ]
    rows += [
        {
            "line": line,
            "column": problem.column,
            "reason": problem.rule.replace("_", " "),
            "proposal": _PROPOSALS.get(problem.rule, ""),
        }
        for problem in problems
        for line in problem.rows
    ]
    names = ["line", "column", "reason", "proposal", *dict.fromkeys(column.name for column in kept)]
    frame = pd.DataFrame(rows, columns=names).fillna("")
    return frame.rename(columns={name: neutral(name) for name in names[4:]})


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; plain numbers stay as they are."""
    if not cell.startswith(_FORMULA):
        return cell
    try:
        float(cell)
    except ValueError:
        return f"'{cell}"
    return cell


def size_in_words(people: int) -> str:
    """A number of people; a small one is not said exactly."""
    return f"{people:,}" if people >= FEWEST else f"fewer than {FEWEST}"


def _repairable(row: SetAside, index: int, width: int) -> str:
    if index >= len(row.cells) or len(row.cells) > width or row.kind == "too_many_cells":
        return ""
    cell = row.cells[index]
    return "" if kinds_in(cell) else neutral(cell)


def _counted(told: Told) -> tuple[list[str], ...]:
    return _rows(told), _instruments(told), _customs(told), _units(told), _groups(told), _columns(told)


def _rows(told: Told) -> list[str]:
    aside = len(told.recognition.set_aside) + len(told.excluded)
    listed = f", {_count(aside, 'row')} left out and listed" if aside else ""
    others = len(told.other_waves)
    of_others = [f"{_count(others, 'row')} of other waves in the same file stay out of this one."] if others else []
    by_flag = [f"{len(told.careless):,} people are left out for how they answered."] if told.careless else []
    return [f"Answers from {len(told.wave):,} people{listed}.", *of_others, *by_flag]


def _found_items(told: Told) -> dict[str, int]:
    used = {item for scale in told.known.scales for item in scale.columns}  # one of a part is one of the total, too
    return dict(sorted(Counter(item.partition(".")[0] for item in used).items()))


def _instruments(told: Told) -> list[str]:
    instruments = questionnaires.load()
    return [
        f"{instruments[id_].title}: {count} of {len(instruments[id_].items)} items."
        for id_, count in _found_items(told).items()
    ]


def _customs(told: Told) -> list[str]:
    sentences = []
    for scale in told.custom.scales:
        turned = sum(item.reversed for item in scale.items)
        around = f", {turned} of them turned round" if turned else ""
        levels = scale.items[0].levels
        sentences.append(
            f"{scale.title}: your own scale of {_count(len(scale.items), 'question')} with {levels} answers{around}."
        )
    return sentences


def _units(told: Told) -> list[str]:
    tree, belong = told.wave.tree, told.belong
    if belong.column is None:
        return ["No teams: answers are shown for the whole organisation only."]
    direct = np.bincount(told.wave.unit, minlength=len(tree))
    leaves = [place for place in range(1, len(tree)) if not tree.children[place] and direct[place]]
    name = belong.column.name.strip()
    if not leaves:
        return [f'Teams from "{name}": nobody names one.']
    levels = max(tree.level)
    deep = f" on {levels} levels" if levels > 1 else ""
    smallest = size_in_words(int(min(direct[place] for place in leaves)))
    sentences = [f'Teams from "{name}": {_count(len(leaves), "team")}{deep}, smallest {smallest}.']
    if direct[0]:
        named = f"{size_in_words(int(direct[0]))} people name no team and count"
        sentences.append(f"{named[0].upper()}{named[1:]} for the whole organisation only.")
    return sentences


def _groups(told: Told) -> list[str]:
    names = [f'"{name}" ({_count(len(labels), "group")})' for name, labels in told.split.labels.items()]
    return [f"Groups from {', '.join(names)}."] if names else []


def _spellings(told: Told) -> list[str]:
    """Names of groups that came in several spellings; these sentences name groups, however small."""
    unit = told.belong.column.name.strip() if told.belong.column else ""
    return [
        f'In "{column}" {len(spellings)} spellings of "{name}" are one: {", ".join(spellings)}.'
        for column, joined in ((unit, told.belong.joined), *told.split.joined.items())
        for name, spellings in joined
    ]


def _columns(told: Told) -> list[str]:
    roles = Counter(column.role for column in told.settled.columns)
    used = told.known.used | told.custom.used
    idle = sum(column.role == "item" and column.index not in used for column in told.settled.columns)
    sentences = []
    if "hours" in told.wave.numbers:
        sentences.append("Hours worked per week are in the file.")
    if roles["pii"]:
        sentences.append(f"Left out because they identify people, devices or places: {_count(roles['pii'], 'column')}.")
    if roles["text"]:
        sentences.append(f"Left out because they hold free text: {_count(roles['text'], 'column')}.")
    if idle:
        sentences.append(f"Not used because they belong to no scale: {_count(idle, 'rating question')}.")
    return sentences


def _scale(told: Told, scale_id: str) -> dict[str, Any]:
    scale = next(scale for scale in told.wave.scales if scale.id == scale_id)
    return {"id": scale.id, "items": len(scale.items), "levels": sorted({item.levels for item in scale.items})}


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}" if number == 1 else f"{number:,} {word}s"
