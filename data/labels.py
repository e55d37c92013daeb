"""Names of teams, sites and other groups, cleaned once before anything is stored or shown."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

import regex

LONGEST = 80
UNNAMED = "(unnamed)"
_BLANKS = regex.compile(r"\s+")
_UNSEEN = regex.compile(r"[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}]")
_OTHER = regex.compile(r"[^\p{L}\p{M}\p{N} &\-_/().,'+]")
_WEB = regex.compile(r"(?i)\bwww\.")
_SAME = str.maketrans({"\u2018": "'", "\u2019": "'", "\u2013": "-", "\u2014": "-", "\u2212": "-", "\u2010": "-"})
_LEADING = "=+-@'./· "


@lru_cache(maxsize=1 << 14)
def clean_label(text: str) -> str:
    """A group's name that cannot act as a formula, a link, markup or a second spelling of the same name.

    Letters of every script, marks, numbers, blanks and ``& - _ / ( ) . , ' +`` stay; invisible signs go; every other
    sign becomes a middle dot; signs that start a formula are taken off the front; at most 80 characters; a name with
    nothing left is "(unnamed)". Cleaning a clean name changes nothing.
    """
    seen = _BLANKS.sub(" ", unicodedata.normalize("NFKC", text)).translate(_SAME)
    # Compatibility forms once more: an invisible sign may have stood between a letter and its mark.
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", seen))
    kept = _BLANKS.sub(" ", _OTHER.sub("·", _WEB.sub("www·", seen)))
    return kept.lstrip(_LEADING)[:LONGEST].rstrip() or UNNAMED
