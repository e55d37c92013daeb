"""Header records to columns: a key, and the question's text where the file has one."""

from __future__ import annotations

import re
from collections import Counter

from data.intake.grid import Range
from data.table import SourceColumn

Named = list[tuple[str, str]]
_GENERIC = frozenset({"", "response", "open-ended response", "réponse", "antwort", "respuesta", "resposta"})
_CODE_AND_TEXT = re.compile(r"[A-Za-z]\w*(?:\[\w+\])*\.\s+(?=\S)")


def keys_alone(headers: list[list[str]]) -> Named:
    """One header record: every cell is the key; records below it (tags) say nothing."""
    return [(key, "") for key in headers[0]]


def keys_then_texts(headers: list[list[str]]) -> Named:
    """Keys in the first record, question texts in the second."""
    texts = headers[1] if len(headers) > 1 else headers[0]
    return list(zip(headers[0], texts, strict=True))


def texts_then_keys(headers: list[list[str]]) -> Named:
    """Question texts in the first record, keys in the second."""
    return list(zip(headers[1], headers[0], strict=True))


def question_then_option(headers: list[list[str]]) -> Named:
    """A question over its first column only, and below it the option or row of every column."""
    if len(headers) == 1:
        return keys_alone(headers)
    named, question = [], ""
    for over, under in zip(headers[0], headers[1], strict=True):
        question = over or (question if under else "")
        option = "" if under.strip().casefold() in _GENERIC else under
        named.append((" | ".join(part for part in (question, option) if part), ""))
    return named


def section_then_question(headers: list[list[str]]) -> Named:
    """A section's name over the questions that its merged cell covers."""
    joined = [[part for part in dict.fromkeys(parts) if part.strip()] for parts in zip(*headers, strict=True)]
    return [(" | ".join(parts), "") for parts in joined]


def code_and_text(headers: list[list[str]]) -> Named:
    """Headings of the form ``code. text``: the whole heading is the key, the part after the code is the label."""
    return [(key, _CODE_AND_TEXT.sub("", key, count=1)) for key in headers[0]]


def spread(records: list[list[str]], merged: tuple[Range, ...], row: int) -> list[str]:
    """A worksheet's row with each merged cell's text in all the columns that it covers."""
    cells = list(records[row])
    for (top, left), (bottom, right) in merged:
        if top <= row <= bottom and left < len(records[top]):
            cells[left : right + 1] = [records[top][left]] * (min(right, len(cells) - 1) - left + 1)
    return cells


def source_columns(named: Named) -> tuple[tuple[SourceColumn, ...], bool]:
    """The columns with a name each, and whether one had to be renamed: a second "Comments" is "Comments (2)"."""
    taken: set[str] = {name for name, _ in named}
    seen: Counter[str] = Counter()
    columns = []
    for index, (name, label) in enumerate(named):
        seen[name] += 1
        if not name.strip():
            columns.append(SourceColumn(index, f"Column {index + 1}", label))
        elif seen[name] > 1:
            columns.append(SourceColumn(index, _another(name, seen, taken), label if label and label != name else name))
        else:
            columns.append(SourceColumn(index, name, "" if label == name else label))
    renamed = any(count > 1 for name, count in seen.items() if name.strip())
    return tuple(columns), renamed


def _another(name: str, seen: Counter[str], taken: set[str]) -> str:
    while (new := f"{name} ({seen[name]})") in taken:
        seen[name] += 1
    taken.add(new)
    return new
