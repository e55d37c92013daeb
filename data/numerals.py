"""Numbers as people write them: decimal signs, Indian grouping, percent signs, digits of any script."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable, Sequence

import regex

_NUMBER = regex.compile(r"[+-]?\d[\d\s.,'’]*%?|[+-]?[.,]\d+%?")
_GROUPED = regex.compile(r"[+-]?\d{1,3}(?:([,.'’\s])\d{2,3})+(?:(?!\1)([.,])\d+)?%?")
_DECIMAL_COMMA = regex.compile(r"[+-]?\d+,\d{1,2}%?|[+-]?\d{1,3}(?:[.'’\s]\d{3})+,\d+%?")
_DECIMAL_POINT = regex.compile(r"[+-]?\d*\.\d{1,2}%?|[+-]?\d{1,3}(?:[,'’\s]\d{2,3})+\.\d+%?")


def plain_digits(text: str) -> str:
    """``text`` with the digits of any script turned into 0-9 and the Arabic decimal sign into a point."""
    if text.isascii():
        return text.strip()
    folded = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in text)
    return folded.replace("٫", ".").replace("\u00a0", " ").replace("\u202f", " ").strip()


def decimal_sign(cells: Iterable[str]) -> str:
    """The file's decimal sign, ',' or '.', from cells that can only be read one way; '.' when none says."""
    comma = point = 0
    for cell in cells:
        text = plain_digits(cell)
        comma += bool(_DECIMAL_COMMA.fullmatch(text))
        point += bool(_DECIMAL_POINT.fullmatch(text))
    return "," if comma > point else "."


def number(text: str, decimal: str = ".") -> float:
    """One cell as a number, NaN when it is none: ``1,03,217`` is 103217, ``20 %`` is 20."""
    plain = plain_digits(text)
    if not plain or not _NUMBER.fullmatch(plain):
        return math.nan
    digits = plain.rstrip("% ").replace("’", "").replace("'", "").replace(" ", "")
    group = "." if decimal == "," else ","
    try:
        return float(digits.replace(group, "").replace(decimal, "."))
    except ValueError:
        return math.nan


def numbers(cells: Sequence[str], decimal: str = ".") -> list[float]:
    """Every cell of a column as a number, NaN where there is none; each distinct text is read once."""
    known = {cell: number(cell, decimal) for cell in set(cells)}
    return [known[cell] for cell in cells]


def is_grouped(text: str) -> bool:
    """Whether a cell uses a thousands (or lakh) separator that cannot be a decimal sign."""
    match = _GROUPED.fullmatch(plain_digits(text))
    return bool(match) and (match.group(2) is not None or len(regex.findall(r"[,.'’\s]", plain_digits(text))) > 1)
