"""Which instrument's question a column asks: by exact wording, by allowed swaps, by fingerprint, by its code."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from analytics.instrument import Instrument, Item
from data.recognise.view import View
from data.vocabulary import canonical, fingerprint, wording

SIMILAR = 80.0
CLEARLY_BEST = 5.0
_PARTS = regex.compile(r"(?s)\s+\|\s+|\s+[-–]\s+|\n+|[\[\]()]")
_CODE_SIGNS = regex.compile(r"[._\-\s]+")
_BARE_CODE = regex.compile(r"(?:.*[/.])?([a-z]+)(?:\[(?:sq|a)?0*(\d+)\]|_?0*(\d+))")


@dataclass(frozen=True)
class Found:
    """An instrument's item that a column asks, and how it was recognised; ``sure`` False is only an offer."""

    item: Item
    how: str
    sure: bool = True


class Wordings:
    """Every known question, ready to be looked up."""

    def __init__(self, instruments: Mapping[str, Instrument]) -> None:
        items = [item for instrument in instruments.values() for item in instrument.items]
        self._exact = {wording(item.text): item for item in items if item.text}
        self._swapped = {canonical(item.text): item for item in items if item.text}
        self._fingerprints = {print_: item for item in items for print_ in item.fingerprints}
        self._codes = {_plain_code(item.id): item for item in items if _has_letters(item.id)}
        self._bare = {item.id.partition(".")[2].casefold(): item for item in items if _has_letters(item.id)}
        self._bare |= {item.id.replace(".", "").casefold(): item for item in items if not _has_letters(item.id)}

    def find(self, view: View) -> Found | None:
        """The item that a column certainly asks, None when there is no certainty."""
        for part in parts(view.question):
            if (item := self._exact.get(wording(part))) is not None:
                return Found(item, "exact wording")
            if (item := self._swapped.get(canonical(part))) is not None:
                return Found(item, "exact wording but for an allowed swap of words")
            if (item := self._fingerprints.get(fingerprint(part))) is not None:
                return Found(item, "fingerprint of the wording")
        for name in (view.name.rpartition("/")[2], view.question):
            if (item := self._codes.get(_plain_code(name))) is not None:
                return Found(item, "the column is named like the item's code")
        return None

    def offer(self, view: View) -> Found | None:
        """The item whose bare code a column's name is (``PB1`` of ``CBI.PB1``): only an offer, never certain."""
        match = _BARE_CODE.fullmatch(view.name.strip().casefold())
        item = self._bare.get(match[1] + (match[2] or match[3])) if match else None
        return Found(item, "the name alone looks like the item's code", sure=False) if item else None

    def similar(self, view: View) -> tuple[Item, float] | None:
        """The item whose wording is nearest, with its likeness (80-100): a proposal only, "easy" is near "hard"."""
        text = wording(view.own_part)
        ranked = sorted(((fuzz.ratio(text, known, processor=None), known) for known in self._exact), reverse=True)[:2]
        if not ranked or ranked[0][0] < SIMILAR:
            return None
        if len(ranked) > 1 and ranked[0][0] - ranked[1][0] < CLEARLY_BEST:
            return None
        return self._exact[ranked[0][1]], ranked[0][0]


def parts(question: str) -> list[str]:
    """A question and its parts around " - ", " | ", line ends and brackets, the longest first."""
    first, _, rest = question.partition(" - ")
    pieces = {question, first, rest, *_PARTS.split(question)}
    return sorted((piece for piece in pieces if piece and piece.strip()), key=len, reverse=True)


def _plain_code(text: str) -> str:
    return str(_CODE_SIGNS.sub("", text)).casefold()


def _has_letters(item_id: str) -> bool:
    """Codes that are bare numbers (``SPS.1``) are too common as names of anything to be certain."""
    return not item_id.partition(".")[2].isdecimal()
