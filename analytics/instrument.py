"""What a questionnaire is: items, scales, direction, lines and licence, as plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

ROLES = (
    "preference",
    "supply",
    "enactment_wh",
    "enactment_hw",
    "control",
    "detachment",
    "burnout",
    "conflict",
    "demand",
    "resource",
    "wellbeing",
    "other",
)
LINE_KINDS = ("published", "convention", "statutory")


class InstrumentError(ValueError):
    """A questionnaire key or a custom scale does not hold together."""


@dataclass(frozen=True)
class Line:
    """A reference line on a scale's 0-100 range: where it lies and who drew it."""

    at: float
    name: str
    kind: str
    source: str
    population: str
    caveat: str = ""


@dataclass(frozen=True)
class Item:
    """One question: answers are stored as 1 (lowest as worded) to ``levels``; 0 is missing."""

    id: str
    label: str
    levels: int
    reversed: bool = False
    text: str = ""
    answers: str = ""
    fingerprints: tuple[str, ...] = ()


@dataclass(frozen=True)
class Scale:
    """Items that are averaged, with the instrument's own missing rule and lines."""

    id: str
    title: str
    role: str
    items: tuple[Item, ...]
    min_answered: int
    high_means: str
    lines: tuple[Line, ...] = ()
    instrument: str = "custom"
    source: str = ""
    caveat: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


@dataclass(frozen=True)
class Instrument:
    """A named questionnaire: its scales, its answer sets in order, its licence and whether it is validated."""

    id: str
    title: str
    version: str
    source: str
    licence: str
    pilot: bool
    scales: tuple[Scale, ...]
    answer_sets: Mapping[str, tuple[str, ...]]

    @property
    def items(self) -> tuple[Item, ...]:
        return tuple(item for scale in self.scales for item in scale.items)


def half_rule(n_items: int) -> int:
    """Answers needed when a scale has no rule of its own: half of its items, rounded up."""
    return (n_items + 1) // 2


def custom_scale(
    scale_id: str,
    title: str,
    role: str,
    item_ids: Sequence[str],
    levels: int,
    reversed_ids: Sequence[str] = (),
    labels: Mapping[str, str] | None = None,
    high_means: str = "",
) -> Scale:
    """A scale that the analyst or a recipe names: half rule, no lines, licence duties with whoever names it."""
    _require(role in ROLES, f"A scale's role should be one of {', '.join(ROLES)}, but got {role!r}.")
    _require(len(item_ids) >= 1, f"The scale {title!r} should name at least 1 column, but got 0.")
    _require(levels >= 2, f"The scale {title!r} should have at least 2 answer levels, but got {levels}.")
    stray = sorted(set(reversed_ids) - set(item_ids))
    _require(not stray, f"The scale {title!r} reverses columns that it does not name: {', '.join(stray)}.")
    named = labels or {}
    items = tuple(Item(i, named.get(i, i), levels, i in set(reversed_ids)) for i in item_ids)
    caveat = "A scale named by your analyst; Evenkeel knows no reference line for it."
    return Scale(scale_id, title, role, items, half_rule(len(items)), high_means or title.lower(), caveat=caveat)


def from_table(table: Mapping[str, Any]) -> Instrument:
    """An ``Instrument`` from the mapping that a TOML key holds; raises ``InstrumentError`` with what is missing."""
    try:
        answer_sets = {name: tuple(words) for name, words in table.get("answers", {}).items()}
        scales = tuple(_scale(table["id"], entry, answer_sets) for entry in table["scales"])
        return Instrument(
            table["id"],
            table["title"],
            str(table["version"]),
            table["source"],
            table["licence"],
            bool(table.get("pilot", False)),
            scales,
            answer_sets,
        )
    except KeyError as missing:
        raise InstrumentError(f"An instrument key should have {missing}, but it is not there.") from None


def _scale(instrument: str, entry: Mapping[str, Any], answer_sets: Mapping[str, tuple[str, ...]]) -> Scale:
    items = tuple(_item(instrument, raw, answer_sets) for raw in entry["items"])
    _require(entry["role"] in ROLES, f"{instrument}.{entry['id']}: role {entry['role']!r} is not a known role.")
    lines = tuple(Line(**line) for line in entry.get("lines", []))
    _require(all(line.kind in LINE_KINDS for line in lines), f"{instrument}.{entry['id']}: unknown kind of line.")
    return Scale(
        f"{instrument}.{entry['id']}",
        entry["title"],
        entry["role"],
        items,
        int(entry.get("min_answered", half_rule(len(items)))),
        entry["high_means"],
        lines,
        instrument,
        entry.get("source", ""),
        entry.get("caveat", ""),
    )


def _item(instrument: str, raw: Mapping[str, Any], answer_sets: Mapping[str, tuple[str, ...]]) -> Item:
    answers = raw.get("answers", "")
    levels = int(raw.get("levels", len(answer_sets.get(answers, ()))))
    _require(levels >= 2, f"{instrument}.{raw['code']}: expected 2 or more answer levels, but got {levels}.")
    return Item(
        f"{instrument}.{raw['code']}",
        raw["label"],
        levels,
        bool(raw.get("reversed", False)),
        raw.get("text", ""),
        answers,
        tuple(_fingerprint(f"{instrument}.{raw['code']}", entry) for entry in raw.get("fingerprints", ())),
    )


def _fingerprint(item: str, entry: Mapping[str, Any]) -> str:
    """The SHA-256 of a wording; a key has to say where and when that wording was read."""
    known = {"sha256", "read_from", "read_on"} <= set(entry)
    _require(known, f"{item}: a fingerprint should have sha256, read_from and read_on.")
    sha256 = str(entry["sha256"])
    _require(len(sha256) == 64, f"{item}: a fingerprint should have 64 hexadecimal digits, but got {len(sha256)}.")
    return sha256


def _require(holds: bool, sentence: str) -> None:
    if not holds:
        raise InstrumentError(sentence)
