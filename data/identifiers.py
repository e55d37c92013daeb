"""What an identifier looks like: mail, phone, IP, Aadhaar, PAN and their like, in a cell or inside prose."""

from __future__ import annotations

import ipaddress
import unicodedata
from collections.abc import Callable, Iterable
from functools import lru_cache

import regex

_MAIL = regex.compile(r"[\w.+%'-]{1,64}@(?:[\w-]{1,63}\.)+[^\W\d_]{2,24}")
_AADHAAR = regex.compile(r"(?<![\d.])[2-9]\d{3}([ -]?)\d{4}\1\d{4}(?![\d.]\d|\d)")
_PAN = regex.compile(r"(?<![A-Za-z0-9])[A-Za-z]{5}\d{4}[A-Za-z](?![A-Za-z0-9])")
_PHONE_ABROAD = regex.compile(r"(?<![\w+])(?:\+|00)[1-9]\d{0,2}(?:[ .-]?\(?\d{1,5}\)?){2,6}(?!\w)")
_PHONE_INDIA = regex.compile(r"(?<![\w.,])(?:0|91[ -]?)?[6-9]\d{4}[ -]?\d{5}(?![\w]|[.,]\d)")
_PHONE_TRUNK = regex.compile(r"\(?0[1-9]\d{0,3}\)?(?:[ ./-]?\d{2,8}){1,4}")
_LETTER = regex.compile(r"\p{L}")
_DIGIT = regex.compile(r"\d")
_GEOPOINT = regex.compile(r"-?\d{1,2}\.\d{3,}[ ,;]+-?\d{1,3}\.\d{3,}(?:[ ,;]+-?\d+(?:\.\d+)?){0,2}")
_TWELVE_DIGITS = regex.compile(r"\d{4}[ -]?\d{4}[ -]?\d{4}")
_CODE = regex.compile(r"(?i)[a-z]{1,6}[-_/ ]?\d{3,12}")
_TOKEN = regex.compile(r"(?i)(?=.*\d)(?=.*[a-z])[a-z0-9_-]{8,40}")
_DATE = regex.compile(r"\d{1,4}[-./ ](?:\d{1,2}|[^\W\d_]{3,9})[-./ ]\d{1,4}(?:[T ].*)?")

# The dihedral group of order ten: how Verhoeff's scheme multiplies digits and turns them by their place.
_TURN: list[tuple[int, ...]] = [(1, 5, 7, 6, 2, 8, 3, 0, 9, 4)]
for _ in range(7):
    _TURN.append(tuple(_TURN[0][digit] for digit in _TURN[-1]))


def verhoeff_holds(digits: str) -> bool:
    """Whether a row of digits, its check digit last, passes Verhoeff's scheme.

    Catches every single wrong digit and every swap of neighbours; 1 in 10 random rows passes.
    Checked against: the standard example 236 with check digit 3.
    """
    total = 0
    for place, digit in enumerate(reversed(digits)):
        total = _product(total, _TURN[(place - 1) % 8][int(digit)] if place % 8 else int(digit))
    return total == 0


def is_mail(cell: str) -> bool:
    """Whether a whole cell is an e-mail address."""
    return bool(_MAIL.fullmatch(cell))


def is_aadhaar(cell: str) -> bool:
    """Whether a whole cell is twelve digits that an Aadhaar number could be."""
    return bool(_AADHAAR.fullmatch(cell)) and verhoeff_holds(_digits(cell))


def is_twelve_digits(cell: str) -> bool:
    """Whether a whole cell is twelve digits: the length of an Aadhaar number and of a UAN."""
    return bool(_TWELVE_DIGITS.fullmatch(cell))


def is_pan(cell: str) -> bool:
    """Whether a whole cell has the form of a PAN; the holder letter is not asked for."""
    return bool(_PAN.fullmatch(cell))


def is_phone(cell: str) -> bool:
    """Whether a whole cell is an Indian mobile number, or any number with its country code."""
    if _PHONE_ABROAD.fullmatch(cell):
        return 8 <= len(_digits(cell).lstrip("0")) <= 15
    return bool(_PHONE_INDIA.fullmatch(cell))


def is_trunk_phone(cell: str) -> bool:
    """Whether a whole cell has the form in which many countries dial inside them: 0, then eight to ten digits."""
    return bool(_PHONE_TRUNK.fullmatch(cell)) and 9 <= len(_digits(cell)) <= 11


def is_ip(cell: str) -> bool:
    """Whether a whole cell is an IP address, version 4 or 6."""
    try:
        ipaddress.ip_address(cell)
    except ValueError:
        return False
    return "." in cell or ":" in cell


def is_geopoint(cell: str) -> bool:
    """Whether a whole cell is a latitude and a longitude, perhaps with altitude and precision."""
    return bool(_GEOPOINT.fullmatch(cell))


def is_code(cell: str) -> bool:
    """Whether a whole cell is a staff code or an access token: letters and digits in one piece, and no date."""
    return bool(_CODE.fullmatch(cell) or _TOKEN.fullmatch(cell)) and not is_date(cell)


def is_date(cell: str) -> bool:
    """Whether a whole cell has the form of a day with its year."""
    return bool(_DATE.fullmatch(cell))


def text_identifiers(values: Iterable[str]) -> dict[str, int]:
    """Cells of free text that hold an identifier, counted per kind (mail, aadhaar, pan, phone); kinds found only."""
    counted: dict[str, int] = {}
    for value in values:
        for kind in kinds_in(value):
            counted[kind] = counted.get(kind, 0) + 1
    return counted


def cells_with_identifiers(values: Iterable[str]) -> int:
    """How many cells of free text hold at least one identifier."""
    return sum(bool(kinds_in(value)) for value in values)


@lru_cache(maxsize=1 << 14)
def kinds_in(cell: str) -> tuple[str, ...]:
    """The kinds of identifier inside one cell of prose."""
    text = plain(cell)
    return tuple(kind for kind, found in _IN_PROSE.items() if found(text))


def plain(cell: str) -> str:
    """A cell with compatibility forms and the digits of any script made plain, blanks trimmed, and without the quote
    that tools write before a plus so that no spreadsheet takes the cell for a formula."""
    if not cell.isascii():
        folded = unicodedata.normalize("NFKC", cell)
        cell = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in folded)
    trimmed = cell.strip()
    return trimmed[1:] if trimmed.startswith("'+") else trimmed


def _aadhaar_in(text: str) -> bool:
    return any(verhoeff_holds(_digits(match[0])) for match in _AADHAAR.finditer(text))


def _phone_in(text: str) -> bool:
    # A bare ten-digit number is as often an order or a cost: it counts only where there are words around it.
    if any(8 <= len(_digits(match[0]).lstrip("0")) <= 15 for match in _PHONE_ABROAD.finditer(text)):
        return True
    return bool(_LETTER.search(text) and _PHONE_INDIA.search(text))


_IN_PROSE: dict[str, Callable[[str], bool]] = {
    "mail": lambda text: "@" in text and bool(_MAIL.search(text)),
    "aadhaar": _aadhaar_in,
    "pan": lambda text: bool(_PAN.search(text)),
    "phone": _phone_in,
}


def _product(left: int, right: int) -> int:
    """The product of two digits in the dihedral group: five turns (0-4), five turns with a flip (5-9)."""
    turn = (left + right) % 5 if left < 5 else (left - right) % 5
    return turn + 5 * ((left < 5) != (right < 5))


def _digits(text: str) -> str:
    return "".join(_DIGIT.findall(text))
