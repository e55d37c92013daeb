"""One value of a recipe, checked: what the key should hold, and what came instead, in one sentence."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import regex

FORMAT = 1
_CUSTOM_ID = regex.compile(r"(?:custom\.)?[\p{L}\p{N}_-]{1,60}")
_LONGEST = 40


class RecipeError(ValueError):
    """A recipe that does not hold together; the message is the sentence for whoever wrote it."""


class Expected(RecipeError):
    """A key of a recipe that holds something else than it should."""

    def __init__(self, key: str, expected: str, got: object) -> None:
        super().__init__(f"In the recipe {key} should be {expected}, but {_shown(got)}.")


def a_text(value: Any, key: str) -> str:
    """A text; "" when there is none."""
    if value is None:
        return ""
    if not isinstance(value, str):
        raise Expected(key, "a text", value)
    return value


def a_count(value: Any, key: str, low: int = 0, high: int = 10_000_000) -> int | None:
    """A whole number from ``low`` to ``high``; None when there is none."""
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
        raise Expected(key, f"a whole number from {low} to {high}", value)
    return value


def a_choice(value: Any, key: str, options: Sequence[str]) -> str | None:
    """One of a few words; None when there is none."""
    if value is not None and value not in options:
        raise Expected(key, f"one of {', '.join(options)}", value)
    return None if value is None else str(value)


def a_list(value: Any, key: str) -> list[Any]:
    """A list; empty when there is none."""
    if value is None:
        return []
    if not isinstance(value, list):
        raise Expected(key, "a list", value)
    return value


def a_range(value: Any, key: str) -> tuple[float, ...]:
    """Two different numbers, the lowest answer's and the highest answer's; empty when there are none."""
    ends = a_list(value, key)
    numbers = [one for one in ends if isinstance(one, int | float) and not isinstance(one, bool) and abs(one) < 1e6]
    if ends and (len(ends) != 2 or len(numbers) != 2 or numbers[0] == numbers[1]):
        raise Expected(key, "two different numbers, the lowest answer first", value)
    return tuple(float(one) for one in ends)


def a_table(value: Any, key: str) -> Mapping[str, Any]:
    """Names with their values; empty when there is none."""
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Expected(key, "an object with names and values", value)
    return value


def keys_of(table: Mapping[str, Any], key: str, known: Sequence[str]) -> None:
    """Refuse a misspelt key: a recipe that is silently half read is worse than none."""
    strange = sorted(set(table) - set(known))
    if strange:
        raise RecipeError(
            f"In {key} there is a key {_shown_text(strange[0])} that is not known. Known are: {', '.join(known)}."
        )


def read_custom_id(value: Any, key: str) -> str:
    """The id of a scale that a person names: letters, digits, _ and -, with "custom." in front."""
    text = a_text(value, key)
    if not _CUSTOM_ID.fullmatch(text):
        raise Expected(key, 'a short name such as "custom.exhaustion", of letters, digits, _ and -', value)
    return text if text.startswith("custom.") else f"custom.{text}"


def _shown(got: object) -> str:
    """What came, briefly: a recipe holds column names and settings, so a short text may be said."""
    if got is None:
        return "it is not there"
    if isinstance(got, str):
        return f"got {_shown_text(got)}"
    if isinstance(got, int | float):
        return f"got {got}"
    return "got a list" if isinstance(got, list) else "got an object"


def _shown_text(text: str) -> str:
    return repr(text if len(text) <= _LONGEST else text[:_LONGEST] + "…")
