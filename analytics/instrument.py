"""What a questionnaire is: items, scales, direction, lines and licence, as plain frozen records."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from analytics.countries import named

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
LICENCE_CLASSES = ("text", "labels", "key", "link")


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
    """Items that are averaged, with the instrument's own missing rule and lines.

    ``needs``: ids of scales of the same instrument without which this one is not scored (the parts of a total);
    ``pilot`` and ``validated`` (countries, ISO 3166 alpha-2): how far it is known to hold.
    """

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
    needs: tuple[str, ...] = ()
    pilot: bool = False
    validated: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return tuple(item.id for item in self.items)


@dataclass(frozen=True)
class Validation:
    """A country (ISO 3166 alpha-2) in whose population a questionnaire was examined, and where that is written."""

    country: str
    source: str


@dataclass(frozen=True)
class Instrument:
    """A named questionnaire: its scales, its answer sets in order, its licence and where it was validated.

    ``licence_class``: what ships here: "text" (wording), "labels" (key and own-word labels), "key", or "link" (key,
    and ``link`` to those who give the questionnaire out).
    """

    id: str
    title: str
    version: str
    source: str
    licence: str
    pilot: bool
    scales: tuple[Scale, ...]
    answer_sets: Mapping[str, tuple[str, ...]]
    licence_class: str = "key"
    link: str = ""
    validated: tuple[Validation, ...] = ()

    @property
    def items(self) -> tuple[Item, ...]:
        """Every question once, in the order of the scales; an item may belong to a part and to a total."""
        return tuple({item.id: item for scale in self.scales for item in scale.items}.values())

    def badge(self, country: str) -> str:
        """The sentence to show beside every figure where the questionnaire is not known to hold; "" where it is."""
        return badge(self.pilot, [entry.country for entry in self.validated], country)


def badge(pilot: bool, validated: Sequence[str], country: str) -> str:
    """Where a questionnaire is not known to hold, in one sentence; "" where it is.

    ``validated``: countries in whose population it was examined; ``country``: where the people who answered work, ""
    when nobody says (ISO 3166 alpha-2).
    """
    if pilot:
        return "Pilot scale: not yet validated."
    if country in validated:
        return ""
    if country:
        return f"Not validated in this population ({named(country)})."
    where = f"outside {', '.join(map(named, validated))}" if validated else "in any population that is known to us"
    return f"Not validated {where}, and where these people work is not said."


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
        items = _items(table["id"], table["scales"], answer_sets)
        pilot, validated = (
            bool(table.get("pilot", False)),
            tuple(Validation(**one) for one in table.get("validated", [])),
        )
        countries = tuple(one.country for one in validated)
        scales = [_scale(table["id"], entry, items) for entry in table["scales"]]
        return Instrument(
            table["id"],
            table["title"],
            str(table["version"]),
            table["source"],
            table["licence"],
            pilot,
            tuple(replace(scale, pilot=pilot, validated=countries) for scale in scales),
            answer_sets,
            _licence_class(table),
            table.get("link", ""),
            validated,
        )
    except KeyError as missing:
        raise InstrumentError(f"An instrument key should have {missing}, but it is not there.") from None


def _items(instrument: str, scales: Any, answer_sets: Mapping[str, tuple[str, ...]]) -> dict[str, Item]:
    """Every item by its code, each described once; a scale may also name items of others by their code alone."""
    described = [raw for entry in scales for raw in entry["items"] if not isinstance(raw, str)]
    found = {raw["code"]: _item(instrument, raw, answer_sets) for raw in described}
    _require(len(found) == len(described), f"{instrument}: expected every item once, but a code stands twice.")
    return found


def _licence_class(table: Mapping[str, Any]) -> str:
    name = str(table["licence_class"])
    _require(name in LICENCE_CLASSES, f"Licence class should be one of {', '.join(LICENCE_CLASSES)}, but got {name!r}.")
    return name


def _scale(instrument: str, entry: Mapping[str, Any], known: Mapping[str, Item]) -> Scale:
    codes = [raw if isinstance(raw, str) else raw["code"] for raw in entry["items"]]
    stray = [code for code in codes if code not in known]
    _require(not stray, f"{instrument}.{entry['id']} names items that are not described: {', '.join(stray)}.")
    items = tuple(known[code] for code in codes)
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
        tuple(f"{instrument}.{name}" for name in entry.get("needs", ())),
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
