"""How far each scale may be trusted, by its reliability as displayed."""

from __future__ import annotations

from math import nan

from analytics.finding.words import capital, count, heading, inside, listed
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading
from analytics.reliability import Reliability, verdict

VIEW = "reliability"
NONE_SHOWN = "Too few complete answers to say how well the questions hang together"
# Omega hierarchical of a total: Reise, Bonifay & Haviland 2013, doi:10.1080/00223891.2012.725437.
ONE_TOTAL, ROUGHLY = 0.75, 0.50
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


def one_total(p: Protected) -> str:
    """Whether one total stands for its parts, for each scale that has a figure on it; "" where none has."""
    read = Reading(p)
    found = [(read.title(scale), read.cell(VIEW, WHOLE, scale, "general")) for scale in read.scales]
    said = [
        f"{title}: {_standing(cell.value)} (omega hierarchical {cell.text})." for title, cell in found if cell.shown
    ]
    means = (
        "Omega hierarchical: how much of all differences in a total comes from one thing behind all of its parts, in "
        "steps of 0.1."
    )
    return " ".join([*said, means]) if said else ""


def _standing(general: float) -> str:
    if general >= ONE_TOTAL:
        return "one total stands for its parts"
    if general >= ROUGHLY:
        return "one total stands for its parts only roughly, so read the parts beside it"
    return "one total does not stand for its parts, so read the parts in its place"
