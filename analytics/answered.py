"""What a release tells of how a file was answered: people per flag as bands, who was left out, what it changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from analytics import careless
from analytics.protect import display
from analytics.protect.thresholds import Thresholds
from analytics.wave import Wave

REPORTED = (
    "half_filled_matrix",
    "low_variability",
    "odd_pattern",
    "uneven_halves",
    "unlike_synonyms",
)  # flags that leave nobody out


def told(wave: Wave, sizes: Thresholds) -> dict[str, Any]:
    """The part of the manifest about answering.

    A number of people is given as its band, and only from k on; nobody and fewer than k look alike. What singles
    people out is given in whole per cent, as figures of models are, from ``model_n`` people on.
    """
    one = wave.answering
    people = one.people or len(wave)
    flags = {**one.flags, **careless.unusual(wave)}
    changed = careless.effects(one.everybody, careless.means(wave), sizes) if one.everybody else {}
    return {
        "people": _band(people),
        "flags": [{"flag": flag} | _band(count) for flag, count in sorted(flags.items()) if count >= sizes.k_share],
        "exclusions": list(one.exclusions),
        "left_out": _band(one.left_out) if one.left_out >= sizes.k_share else None,
        "effects": [
            {"scale": name, "everybody": effect.everybody.text, "published": effect.published.text}
            for name, effect in sorted(changed.items())
        ],
        "alone": list(_alone(wave, sizes)),
    }


def _band(count: int) -> dict[str, int]:
    low, high = display.n_band(count)
    return {"low": low, "high": high}


def _alone(wave: Wave, sizes: Thresholds) -> Iterator[Mapping[str, Any]]:
    """Columns that, known together, leave people alone, with the share of those people; small shares are cut off."""
    n = len(wave)
    for one in wave.answering.alone if n >= sizes.model_n else ():
        alone, small = (display.part(count, n, sizes.k_share) for count in (one.alone, one.small))
        yield {"columns": list(one.columns), "alone": alone, "small": small}
