"""The questionnaires that are known: their keys lie in ``instruments``, one file each."""

from __future__ import annotations

import tomllib
from functools import lru_cache
from pathlib import Path

from analytics.instrument import Instrument, InstrumentError, from_table
from data.vocabulary import WORDING_VERSION

_KEYS = Path(__file__).parent / "instruments"


@lru_cache(maxsize=1)
def load() -> dict[str, Instrument]:
    """Every known questionnaire by its id; raises ``InstrumentError`` naming the key that is broken and how."""
    keys = sorted(_KEYS.glob("*.toml"))
    instruments = [read_key(key) for key in keys]
    return {instrument.id: instrument for instrument in instruments}


def answer_words() -> dict[str, tuple[str, ...]]:
    """The answers of every known question in words, lowest as worded first, by the item's id."""
    return {
        item.id: instrument.answer_sets[item.answers]
        for instrument in load().values()
        for item in instrument.items
        if item.answers in instrument.answer_sets
    }


def read_key(key: Path) -> Instrument:
    """One questionnaire from its key; ``InstrumentError`` says which key and what is wrong with it."""
    try:
        table = tomllib.loads(key.read_text(encoding="utf-8"))
        instrument = from_table(table)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, TypeError, InstrumentError) as fault:
        raise InstrumentError(f"The questionnaire key {key.name} is broken: {fault}") from None
    _check_fingerprints(key.name, instrument, int(table.get("wording_version", WORDING_VERSION)))
    return instrument


def _check_fingerprints(name: str, instrument: Instrument, version: int) -> None:
    """A fingerprint made by another way of normalising would silently match nothing."""
    fingerprinted = any(item.fingerprints for item in instrument.items)
    if fingerprinted and version != WORDING_VERSION:
        raise InstrumentError(
            f"The questionnaire key {name} has fingerprints of wording version {version}, but this program makes "
            f"version {WORDING_VERSION}. Make the fingerprints again from the wording that was read."
        )
