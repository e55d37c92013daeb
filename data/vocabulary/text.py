"""One text in one form: the same answer typed on two machines compares equal, in every script."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

_INVISIBLE = regex.compile("[\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\u061c\ufeff]")
_EMOJI = regex.compile(
    r"[\p{Extended_Pictographic}\U0001F1E6-\U0001F1FF\U0001F3FB-\U0001F3FF\uFE0E\uFE0F\u20E3]\u200D?"
)
_BLANKS = regex.compile(r"\s+")
_DASHES = regex.compile("[\u2010-\u2015\u2212]")
_SINGLE_QUOTES = regex.compile("[\u2018\u2019\u201b\u02bc\u00b4`]")
_DOUBLE_QUOTES = regex.compile("[\u201c\u201d\u201e\u201f\u00ab\u00bb]")
_DIGIT = regex.compile(r"\p{Nd}")
_DEVANAGARI = regex.compile(r"\p{Devanagari}")
_COLON_FOR_VISARGA = regex.compile(r"(?<=\p{Devanagari}):(?=\s)")
_HYPHEN_BETWEEN = regex.compile(r"(?<=\p{Devanagari})\s*-\s*(?=\p{Devanagari})")
_LEADING_CODE = regex.compile(r"\s*(?|(\d{1,3})\s*(?:[-:=.)]\s*|\()|[\[(](\d{1,3})[\])]\s*)(\D.*?)\)?")
_TRAILING_CODE = regex.compile(r"(\D*[^\s\d(])\s*\(?\s*(\d{1,2})\s*\)?")
_ONLY_CODE = regex.compile(r"[\[(]?(\d{1,3})[\])]")
_CLOSING = " .:*_?!\u0964"


@lru_cache(maxsize=1 << 16)
def normalise(text: str) -> str:
    """``text`` in the one form in which answers, labels and questions are compared.

    Compatibility forms, invisible marks, blanks (an underscore is one), case, quotes, dashes, emoji, digits of any
    script and closing punctuation are made the same; the vowel signs of Indic scripts stay. A leading code
    ("5 - Agree") stays too, because a cell whose code and words disagree has to be seen: ``split_code`` takes it off.
    A code alone loses its brackets: "(5)" is "5".
    """
    plain = _devanagari(missing_form(str(_EMOJI.sub(" ", text)).replace("_", " "))).rstrip(_CLOSING)
    return alone[1] if plain.endswith((")", "]")) and (alone := _ONLY_CODE.fullmatch(plain)) else plain


def visible(text: str) -> str:
    """``text`` without invisible signs (direction marks, zero-width blanks, byte-order marks) and blanks around it."""
    return text.strip() if text.isascii() else str(_INVISIBLE.sub("", text)).replace("\u00a0", " ").strip()


@lru_cache(maxsize=1 << 16)
def missing_form(text: str) -> str:
    """``text`` with case, blanks, dashes and digits made the same and every other sign left: "N/A" is "n/a"."""
    if text.isascii():
        return str(_BLANKS.sub(" ", text)).strip().casefold().replace("`", "'")
    folded = _INVISIBLE.sub("", unicodedata.normalize("NFKC", text))
    folded = _BLANKS.sub(" ", folded).strip().casefold()
    folded = _DOUBLE_QUOTES.sub('"', _SINGLE_QUOTES.sub("'", _DASHES.sub("-", folded)))
    return str(_DIGIT.sub(lambda digit: str(unicodedata.decimal(digit[0])), folded)).replace("٫", ".")


def split_code(text: str) -> tuple[str, str]:
    """A normalised cell as (code, words): "5 - agree" and "5 (agree)" are ("5", "agree"); ("", text) without a code."""
    match = _LEADING_CODE.fullmatch(text)
    if match:
        return match[1], match[2].strip(_CLOSING)
    match = _TRAILING_CODE.fullmatch(text)
    if match:
        return match[2], match[1].strip(_CLOSING)
    return "", text


def _devanagari(text: str) -> str:
    """People type a colon for the visarga, and a candrabindu or an anusvara, a hyphen or a blank, as they please."""
    if not _DEVANAGARI.search(text):
        return text
    text = _COLON_FOR_VISARGA.sub("\u0903", text + " ").strip()
    return str(_HYPHEN_BETWEEN.sub(" ", text)).replace("\u0901", "\u0902")
