"""The grammar of findings: counting words, lists of names, and headings of at most twelve words."""

from __future__ import annotations

from collections.abc import Sequence

MOST_WORDS = 12
_SMALL = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")


def number(amount: int) -> str:
    """A number as a word below ten, in figures from ten on."""
    return _SMALL[amount] if amount < len(_SMALL) else str(amount)


def count(amount: int, noun: str = "team") -> str:
    """A number with its noun: "three teams", "41 teams"."""
    return f"{number(amount)} {noun if amount == 1 else noun + 's'}"


def listed(names: Sequence[str]) -> str:
    """Names as a plain list: "Sales, Finance and IT Operations"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def capital(sentence: str) -> str:
    """The sentence with a capital first letter, the rest as it was."""
    return sentence[:1].upper() + sentence[1:]


def inside(title: str) -> str:
    """A title as it stands inside a sentence: a small first letter, unless it opens with an abbreviation or with I, or
    is a name ("Boundary Index")."""
    first, _, rest = title.partition(" ")
    abbreviation = len(first) > 1 and not first[1:].islower() and "-" not in first
    return title if abbreviation or first == "I" or rest[:1].isupper() else title[:1].lower() + title[1:]


def in_line(title: str) -> str:
    """A title of two parts without its colon, for sentences that have one of their own."""
    return title.replace(": ", " ")


def n_words(heading: str) -> int:
    """How many words a heading has; signs that stand alone do not count."""
    return sum(any(letter.isalnum() for letter in word) for word in heading.split())


def heading(*candidates: str) -> str:
    """The first candidate of at most twelve words, or the last one when none is short enough."""
    return next((text for text in candidates if n_words(text) <= MOST_WORDS), candidates[-1])
