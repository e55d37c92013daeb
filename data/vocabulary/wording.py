"""The wording of a question in one form, with the swaps that keep its meaning, and its fingerprint."""

from __future__ import annotations

import hashlib
from functools import lru_cache

import regex

from data.vocabulary.text import normalise

WORDING_VERSION = 1

_MARKUP = regex.compile(r"<[^<>]{1,80}>|&nbsp;|[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}")
_NUMBERING = regex.compile(r"\s*(?:q\s*)?\d{1,3}[a-z]?\s*[.):]\s+|\s*q\d{1,3}[a-z]?\s+", flags=regex.IGNORECASE)
_NOT_A_WORD = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_LONG_FORMS = (("can't", "can not"), ("cannot", "can not"), ("won't", "will not"), ("n't", " not"), ("'m", " am"))
_PEOPLE = (
    "client customer patient student pupil user guest resident citizen passenger learner tenant member consumer buyer"
)
_PHRASES = (
    ("burned", "burnt"),
    ("burnout", "burnt out"),
    ("burn out", "burnt out"),
    ("any more", "anymore"),
    ("wornout", "worn out"),
    ("service users", "clients"),
    ("a working day", "the working day"),
    ("a workday", "the working day"),
    ("the workday", "the working day"),
    ("get home", "go home"),
)
_SWAPPED_WORDS = {f"{person}s": "clients" for person in _PEOPLE.split()} | {"a": "the", "an": "the"}


@lru_cache(maxsize=1 << 14)
def wording(text: str) -> str:
    """A question without markup, numbering ("Q12.", "12)"), punctuation and case; words in every script stay whole."""
    bare = _NUMBERING.sub("", _MARKUP.sub(" ", text), count=1) if _NUMBERING.match(text) else _MARKUP.sub(" ", text)
    plain = normalise(bare)
    for short, long in _LONG_FORMS:
        plain = plain.replace(short, long)
    return str(_NOT_A_WORD.sub(" ", plain.replace("'", ""))).strip()


@lru_cache(maxsize=1 << 14)
def canonical(text: str) -> str:
    """``wording`` with the swaps that keep the question (patients for clients, burned for burnt, the for a)."""
    words = f" {wording(text)} "
    for variant, standard in _PHRASES:
        words = words.replace(f" {variant} ", f" {standard} ")
    return " ".join(_SWAPPED_WORDS.get(word, word) for word in words.split())


def fingerprint(text: str) -> str:
    """SHA-256 (hex) of the canonical wording: recognises a question whose text may not be shipped."""
    return hashlib.sha256(f"{WORDING_VERSION}:{canonical(text)}".encode()).hexdigest()
