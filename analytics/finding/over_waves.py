"""What may be said of leanings over waves: people counted by the same profiles, and questions that mean the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import sqrt
from typing import Any

from analytics.anchored import FITTED, MEASURE, SAME_GROUPS, VIEW
from analytics.comparable import same_meaning
from analytics.finding.words import count, inside, listed
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.shrink import LEAST_DIFFERENCE

NAMES = ("balance", "integration")
_Z = 1.96
_ROUNDING = 1.0  # points that two shares in whole per cent may be off together
_VERDICTS = {
    "drift": "in {} a question moved by itself since then, so read a shift with care",
    "other": "in {} the questions hang together differently than then, so a shift says little",
    "unknown": "of {} it cannot be told whether the questions mean the same",
}


def counted_by(profiles: Protected) -> tuple[str, ...]:
    """A wave counted by the profiles of an earlier one, how far its own fit agrees and whether the questions mean the
    same; or why that was not done; empty for the first wave of a survey."""
    read = Reading(profiles)
    told = read.manifest.get("groups", {}).get("anchored")
    if not told:
        return ()
    if told.get("why"):
        return (f"Not counted by the profiles of an earlier wave: {inside(told['why'])}",)
    shares = [read.cell(VIEW, WHOLE, MEASURE, f"{name}|share") for name in NAMES]
    own = [read.cell(VIEW, WHOLE, FITTED, f"{name}|share") for name in NAMES]
    beside = f" By profiles fitted to this wave alone: {own[0].text} and {own[1].text}." if own[0].shown else ""
    first = (
        f"Counted by the two profiles of {told['reference']}: {shares[0].text} balance-leaning, {shares[1].text} "
        f"integration-leaning.{beside} Those profiles are not fitted again, so a shift is one of people and not of "
        "profiles."
    )
    return (first, _agreement(told), _same(read, told))


def counted_over(waves: Sequence[Protected]) -> tuple[tuple[Protected, tuple[Cell, ...]], ...]:
    """The waves (their view of profiles, oldest first) that were counted by one and the same profiles, each with its
    shares of balance and integration; the wave whose profiles they are among them."""
    if not waves:
        return ()
    basis = _release(waves[-1]) or waves[-1].manifest.get("hash")
    found = []
    for p in waves:
        measure = FITTED if p.manifest.get("hash") == basis else MEASURE if _release(p) == basis else ""
        cells = tuple(Reading(p).cell(VIEW, WHOLE, measure, f"{name}|share") for name in NAMES) if measure else ()
        if cells and all(cell.shown for cell in cells):
            found.append((p, cells))
    return tuple(found)


def over_waves(waves: Sequence[Protected]) -> str:
    """The heading over shares on the same profiles: the last two, told apart only when they lie clearly apart."""
    found = counted_over(waves)
    if len(found) < 2:
        return "No two surveys are counted by the same profiles"
    before, after = found[-2][1][0], found[-1][1][0]
    error = sqrt(sum(cell.value * (100 - cell.value) / max(cell.n_low, 1) for cell in (before, after)))
    gap = after.value - before.value
    if abs(gap) < LEAST_DIFFERENCE or abs(gap) - _ROUNDING <= _Z * error:
        return "No clear change in the two leanings on the same profiles"
    end = "balance" if gap > 0 else "integration"
    return f"On the same profiles, more people lean to {end} than before"


def meanings(waves: Sequence[Protected]) -> tuple[str, ...]:
    """Whether the questions of each scale mean in the last wave what they meant in the one before, in sentences."""
    if len(waves) < 2:
        return ()
    earlier, later = (Reading(p) for p in waves[-2:])
    found = {scale: one for scale, one in same_meaning(earlier, later).items() if scale in earlier.scales}
    of = {v: [s for s, one in found.items() if one.verdict == v] for v in ("same", "drift", "other", "unknown")}
    told = []
    if of["same"]:
        told.append(
            f"In {count(len(of['same']), 'scale')} of {len(found)} the questions mean the same as in "
            f"{earlier.manifest['wave']}, as far as answers tell."
        )
    told += [_moved(later, scale, found[scale].drifting) for scale in of["drift"]]
    told += [
        f"{later.title(scale)}: the questions hang together differently than before (congruence "
        f"{found[scale].phi:.2f}; the same from 0.95), so no change is drawn."
        for scale in of["other"]
    ]
    if of["unknown"]:
        told.append(
            "Not checked, with one question, fewer than 100 answers or questions that hardly hang together: "
            f"{_titles(later, of['unknown'])}."
        )
    return tuple(told)


def _moved(read: Reading, scale: str, drifting: Sequence[str]) -> str:
    labels = {str(item["id"]): str(item["label"]) for item in read.scales[scale]["items"]}
    named = listed([f"“{labels.get(item, item)}”" for item in drifting])
    both = " (of two questions it cannot be told which one)" if len(labels) == 2 else ""
    return f"{read.title(scale)}: {named} moved by itself{both}, so no change of the scale is called clear."


def _agreement(told: Mapping[str, Any]) -> str:
    ari = float(told["agreement"])
    if ari >= SAME_GROUPS:
        return f"Profiles fitted to this wave alone name nearly the same people (adjusted Rand index {ari:.2f})."
    return (
        f"Profiles fitted to this wave alone draw the line elsewhere (adjusted Rand index {ari:.2f}; alike from "
        f"{SAME_GROUPS:.2f}): the two profiles are not the same as in {told['reference']}."
    )


def _same(read: Reading, told: Mapping[str, Any]) -> str:
    """Whether the boundary questions mean the same as in the wave whose profiles these are."""
    verdicts: Mapping[str, str] = told["scales"]
    odd = [
        words.format(_titles(read, [scale for scale, verdict in verdicts.items() if verdict == name]))
        for name, words in _VERDICTS.items()
        if name in verdicts.values()
    ]
    if not odd:
        return f"The boundary questions mean the same as in {told['reference']}, as far as answers tell."
    return f"Do the boundary questions mean the same as in {told['reference']}? Not surely: {'; '.join(odd)}."


def _titles(read: Reading, scales: Sequence[str]) -> str:
    return listed([inside(read.title(scale)) for scale in scales])


def _release(p: Protected) -> str:
    return str((p.manifest.get("groups", {}).get("anchored") or {}).get("release") or "")
