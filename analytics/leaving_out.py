"""Who could be left out for how they answered, and what that would change: what the confirm screen offers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from analytics import careless
from analytics.finding.quality import FLAGS, TOO_FEW_OUT
from analytics.protect.thresholds import Thresholds
from analytics.wave import EXCLUDABLE, Wave

_HIDDEN = "What it would change is not shown, to protect them."
_FEW = "Nobody, or fewer than {k} people, {what}. They stay in."


def offered(wave: Wave, flagged: Mapping[str, np.ndarray], asked: tuple[str, ...], sizes: Thresholds) -> dict[str, Any]:
    """Per flag that somebody carries, in words: how many, whether they can be left out, what it would change for the
    whole organisation; and the same for all that were ``asked`` for together.

    ``wave``: with everybody; ``flagged``: per flag, which of its rows carry it. Fewer than k people stay in, and their
    number and effect are not told.
    """
    everybody = careless.means(wave)
    rows = [{"flag": flag, **_row(wave, flag, flagged[flag], everybody, sizes)} for flag in FLAGS if flag in flagged]
    return {"flags": rows, "chosen": _together(wave, flagged, asked, everybody, sizes)}


def _row(
    wave: Wave, flag: str, who: np.ndarray, everybody: Mapping[str, careless.Mean], sizes: Thresholds
) -> dict[str, Any]:
    count, what = int(who.sum()), FLAGS[flag]
    if count < sizes.k_share:
        return {"words": _FEW.format(k=sizes.k_share, what=what.partition(";")[0]), "offered": False, "effect": ""}
    can = flag in EXCLUDABLE and len(wave) - count >= sizes.k
    effect = _effect(wave, who, everybody, sizes) if can else ""
    return {"words": f"{count:,} people {what}.", "offered": can, "effect": effect}


def _together(
    wave: Wave,
    flagged: Mapping[str, np.ndarray],
    asked: tuple[str, ...],
    everybody: Mapping[str, careless.Mean],
    sizes: Thresholds,
) -> str:
    if not asked:
        return ""
    who = np.any([flagged[flag] for flag in asked if flag in flagged] or [np.zeros(len(wave), bool)], axis=0)
    if who.sum() < sizes.k_share:
        return TOO_FEW_OUT
    return f"{who.sum():,} people are left out. {_effect(wave, who, everybody, sizes)}"


def _effect(wave: Wave, who: np.ndarray, everybody: Mapping[str, careless.Mean], sizes: Thresholds) -> str:
    """The averages that move, and that the others stay, for the whole organisation alone."""
    found = careless.effects(everybody, careless.means(wave, ~who), sizes)
    titles = {scale.id: scale.title for scale in wave.scales}
    moved = [
        f"{titles[name]} from {one.everybody.text} to {one.published.text}"
        for name, one in found.items()
        if one.everybody.text != one.published.text
    ]
    if not found:
        return _HIDDEN
    if not moved:
        return "Without them no average of the whole organisation changes by a point."
    return f"Without them, for the whole organisation: {'; '.join(moved)}."
