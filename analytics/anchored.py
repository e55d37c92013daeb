"""A later wave counted by the profiles that an earlier wave published: not fitted again, so that labels cannot move."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.comparable import same_scale
from analytics.groups import Groups
from analytics.invariance import Factor, Invariance, meaning
from analytics.profiles import Profiles, memberships
from analytics.protect import Protected, model, steps
from analytics.protect.thresholds import Thresholds
from analytics.reading import WHOLE, Reading
from analytics.stability import adjusted_rand

VIEW, FITTED, MEASURE = "profiles", "profile:2", "anchored:2"
SAME_GROUPS = 0.80  # agreement above which a fit of its own would name the same people
NAMES = ("integration", "balance")
_NOTHING = float("nan")


@dataclass(frozen=True)
class Reference:
    """The two named profiles that a wave published, from its displayed figures; ``hash``: of that release."""

    wave: str
    hash: str
    scales: Mapping[str, Mapping[str, Any]]
    parts: tuple[str, ...]
    profiles: Profiles


@dataclass(frozen=True)
class Anchored:
    """A wave in another wave's profiles: the mean share of each (0-1) over ``n`` people, people whose most likely
    profile each is, agreement with profiles fitted to the wave itself (adjusted Rand index), and whether each scale
    means the same. ``reference``: that wave, "" where none serves; ``why``: then the reason, in a sentence."""

    reference: str = ""
    hash: str = ""
    n: int = 0
    shares: tuple[float, ...] = ()
    people: tuple[int, ...] = ()
    agreement: float = _NOTHING
    scales: Mapping[str, Invariance] | None = None
    why: str = ""


def reference(published: Protected) -> Reference | None:
    """The profiles of a published wave (its view of profiles), None where it shows none that carry names."""
    told = Reading(published)
    groups, parts = told.manifest.get("groups", {}), tuple(told.manifest.get("boundary", {}).get("parts", ()))
    spreads = groups.get("spreads") or {}
    cells = [[told.cell(VIEW, WHOLE, FITTED, f"{name}|{part}") for part in ("share", *parts)] for name in NAMES]
    if not parts or set(parts) - set(spreads) or not all(cell.shown for row in cells for cell in row):
        return None
    figures = np.array([[cell.value for cell in row] for row in cells])
    shares, variances = figures[:, 0] / figures[:, 0].sum(), np.array([float(spreads[part]) ** 2 for part in parts])
    n = int(cells[0][0].n_low)
    profiles = Profiles(2, n, _NOTHING, 0, _NOTHING, figures[:, 1:], variances, shares, True, _NOTHING)
    return Reference(str(told.manifest["wave"]), str(told.manifest["hash"]), told.scales, parts, profiles)


def anchored(
    published: Sequence[Protected],
    scores: pd.DataFrame,
    found: Groups,
    scales: Mapping[str, Mapping[str, Any]],
    factors: Mapping[str, Factor | None],
) -> Anchored:
    """Count a wave by the profiles of the first of ``published`` that has the same boundary questions.

    ``published``: waves of the same survey, each its view of profiles, in the order of publishing; ``scores``: people
    by scales, 0-100; ``found``, ``scales`` and ``factors``: the wave's own groups, scales as a manifest tells them, and
    their models. Only displayed figures of the other wave enter, never its rows.
    Checked against: the wave itself, whose published profiles give its own memberships back but for rounding.
    """
    if not published:
        return Anchored()
    if found.memberships is None:
        return Anchored(why="This wave has too few people with a Boundary Index to be counted by profiles.")
    known = [one for one in map(reference, published) if one is not None]
    first = next((one for one in known if _same_questions(one, found.scales, scales)), None)
    if first is None:
        return Anchored(why=_lacking(bool(known)))
    chances = memberships(scores[list(first.parts)].to_numpy(np.float64), first.profiles)
    used = ~np.isnan(found.memberships[:, 0]) & ~np.isnan(chances[:, 0])
    old, own = chances[used].argmax(axis=1), found.memberships[used].argmax(axis=1)
    table = np.bincount(old * 2 + own, minlength=4).reshape(2, 2)
    return Anchored(
        reference=first.wave,
        hash=first.hash,
        n=int(used.sum()),
        shares=tuple(chances[used].mean(axis=0).tolist()),
        people=tuple(table.sum(axis=1).tolist()),
        agreement=adjusted_rand(table),
        scales=meaning({part: first.scales.get(part) for part in first.parts}, factors),
    )


def cells(found: Anchored, sizes: Thresholds) -> Iterator[dict[str, Any]]:
    """The shares on the other wave's profiles; none where people or a profile are few."""
    if found.n < sizes.model_n or min(found.people, default=0) < sizes.model_class:
        return
    for name, share in zip(NAMES, found.shares, strict=True):
        yield model.share(VIEW, MEASURE, f"{name}|share", share, found.n)


def told(found: Anchored, sizes: Thresholds) -> dict[str, Any] | None:
    """What the manifest says of it, in the steps that so many people allow; None for the first wave of a survey."""
    if not found.reference:
        return {"why": found.why} if found.why else None
    few = found.n < sizes.model_n or min(found.people, default=0) < sizes.model_class
    why = "Too few people are in one of its profiles to count this wave by them." if few else ""
    entry: dict[str, Any] = {"reference": found.reference, "release": found.hash, "why": why}
    if not few:
        entry["agreement"] = steps.rounded(found.agreement, steps.coefficient(found.n))
        entry["scales"] = {scale: one.verdict for scale, one in (found.scales or {}).items()}
    return entry


def _same_questions(first: Reference, parts: Sequence[str], scales: Mapping[str, Mapping[str, Any]]) -> bool:
    return first.parts == tuple(parts) and all(same_scale(first.scales.get(part), scales.get(part)) for part in parts)


def _lacking(known: bool) -> str:
    if known:
        return "The boundary questions, their answers or their scoring changed, so no earlier profiles fit this wave."
    return "No wave of this survey that was published before shows two named profiles to count this wave by."
