"""How far each scale may be trusted, by its reliability as displayed."""

from __future__ import annotations

from math import nan

from analytics.finding.words import capital, count, heading, inside, listed
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.reliability import Reliability, verdict

VIEW = "reliability"
NONE_SHOWN = "Too few complete answers to say how well the questions hang together"
_WORDS = {"good": "good", "low": "low", "too low": "too low", "unknown": "not known"}


def trusted(read: Reading) -> dict[str, tuple[str, str]]:
    """Each scale with reliability figures in the release: the verdict in a word, and what it means in a sentence."""
    found = {}
    for scale in read.scales:
        if read.cell(VIEW, WHOLE, scale, "n").shown:
            omega, alpha = (read.cell(VIEW, WHOLE, scale, part) for part in ("omega", "alpha"))
            told = omega if omega.shown else alpha  # of a few hundred people only alpha is told
            word, sentence = verdict(Reliability(0, 0, nan, nan, nan, told.value if told.shown else nan, ()))
            found[scale] = (_WORDS[word], sentence)
    return found


def reliability(p: Protected) -> str:
    """The heading over reliability: that every scale can be used, or which cannot be leaned on."""
    read = Reading(p)
    found = trusted(read)
    if not found:
        return NONE_SHOWN
    weak = [scale for scale, (word, _) in found.items() if word != "good"]
    if not weak:
        every = {1: "The scale hangs", 2: "Both scales hang"}.get(len(found), f"All {count(len(found), 'scale')} hang")
        return f"{every} together well enough"
    names = listed([inside(read.title(scale)) for scale in weak])
    return heading(
        capital(f"{names}: take small differences lightly"), f"{capital(count(len(weak), 'scale'))} to take lightly"
    )
