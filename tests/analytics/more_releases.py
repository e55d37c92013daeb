"""Small releases with questions, drivers, fit and response rates, for tests of what is drawn and said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from releases import NAN, cell, hidden, mean_measure, release, scale, share_measure

from analytics.drivers import Drivers, drivers, figures, team_moments
from analytics.fit import figures as fit_figures
from analytics.fit import surface, surface_moments, total
from analytics.model import ModelFigure
from analytics.protect import Protected

DEGREE = ("Very low", "Low", "Somewhat", "High", "Very high")
OFTEN = ("Never", "Seldom", "Sometimes", "Often", "Always")
AGREE = ("Strongly disagree", "Disagree", "Neither", "Agree", "Strongly agree")
# Item, label, answers, end of the answers that weighs ("" none), share in each answer, lowest first.
ITEMS: tuple[tuple[str, str, tuple[str, ...], str, tuple[int, ...]], ...] = (
    ("CBI.WB1", "Work is emotionally exhausting", DEGREE, "high", (20, 25, 25, 20, 10)),
    ("CBI.WB2", "Burnt out because of work", DEGREE, "high", (30, 30, 20, 15, 5)),
    ("CBI.WB5", "Exhausted at the thought of work", OFTEN, "high", (20, 20, 25, 20, 15)),
    ("CBI.WB7", "Energy for family and friends", OFTEN, "low", (10, 15, 15, 30, 30)),
    ("EVK.PREF1", "One clear moment at which work is over", AGREE, "", (5, 10, 20, 35, 30)),
)
LARGE = {"n_low": 200, "n_high": 499}


def model(view: str, node: int, measure: str, figure: ModelFigure) -> dict[str, Any]:
    """A model figure as a cell of a release."""
    at = {"view": view, "node": node, "measure": measure, "part": figure.part, "kind": "model", "shown": True}
    ends = {"ci_low": figure.low, "ci_high": figure.high, "value": figure.value, "low": figure.value}
    return {**at, **LARGE, **ends, "high": figure.value, "state": "", "text": figure.text}


def questions(
    states: Mapping[str, str] | None = None,
    team: Mapping[str, str] | None = None,
    items: Sequence[Any] = ITEMS,
    **more: Any,
) -> Protected:
    """All questions for the organisation, and for one team their banded ends (``team``: text by item, else 20–40 %)
    with these ``states``; what is "hidden" in ``team`` is hidden."""
    rows, measures = [], []
    for item, label, words, burden, shares in items:
        weighing = "high" if burden else ""
        at = {"view": "questions", "headline": False, "role": "burnout" if "CBI" in item else "other", "scale": "S"}
        measures.append(mean_measure(item, label, **{**at, "kind": "parts", "parts": list(words), "burden": burden}))
        measures.append(share_measure(f"{item}:end", label, **{**at, "burden": weighing}))
        rows += [
            cell("questions", 0, item, f"{share}–{share + 5} %", part=word, kind="parts", **LARGE)
            for word, share in zip(words, shares, strict=True)
        ]
        end = sum(shares[:2] if burden == "low" else shares[-2:])
        rows.append(cell("questions", 0, f"{item}:end", f"{end}–{end + 5} %", kind="share", **LARGE))
        text = (team or {}).get(item, "20–40 %")
        state = (states or {}).get(item, "unclear")
        shown = cell("questions", 1, f"{item}:end", text, state, kind="share") if text != "hidden" else None
        rows.append(shown or hidden("questions", 1, f"{item}:end"))
        rows += [hidden("questions", 1, item, word) for word in words]
    return release(rows, ["Sales"], **{"measures": measures, "scales": [scale("S", "Work burnout")], **more})


def driven(found: Drivers | None = None, **more: Any) -> Protected:
    """The drivers of work burnout in an invented organisation, or those given."""
    found = found or worked_out()
    rows = [model("drivers", 0, "CBI.work", figure) for figure in figures(found)]
    named = {"a": "Boundary control", "b": "Quantitative demands", "c": "Detachment", "d": "Role clarity"}
    scales = [scale("CBI.work", "Work burnout"), *(scale(key, title) for key, title in named.items())]
    return release(rows, **{"measures": [mean_measure("CBI.work")], "scales": scales, **more})


def worked_out(
    beta: Sequence[float] = (-0.9, 0.5, 0.45, 0.0), n: int = 900, level: str = "within", seed: int = 3
) -> Drivers:
    """Drivers of an outcome that is made of four scales with these weights."""
    rng = np.random.default_rng(3)
    x = rng.normal(size=(n, 4))
    values = np.column_stack((x, x @ np.array(beta) + rng.normal(size=n))) * 12 + 50
    return drivers(team_moments(values, ("a", "b", "c", "d", "CBI.work"), np.arange(n) % 30, 30), level, draws=200)


def fitted(seed: int = 1, n: int = 800, misfit: float = 0.012, lean: float = 0.0, **more: Any) -> Protected:
    """The response surface of work burnout where it grows with the squared gap and with wanting more than one gets."""
    rng = np.random.default_rng(seed)
    p, s = np.clip(rng.normal(50, 20, (2, n)), 0, 100)
    z = np.clip(35 + misfit * (p - s) ** 2 + lean * (p - s) + rng.normal(0, 12, n), 0, 100)
    moments = surface_moments(p, s, z, np.zeros(n, np.int64), 1)
    rows = [model("fit", 0, "CBI.work", figure) for figure in fit_figures(surface(total(moments, [0])))]
    return release(rows, **{"measures": [mean_measure("CBI.work")], **more})


def lived(shares: Sequence[str] = ("30–35 %", "20–25 %", "25–30 %", "15–20 %"), **more: Any) -> Protected:
    """The four quadrants of the organisation."""
    parts = ("chosen separation", "unwanted mixing", "chosen mixing", "unwanted separation")
    rows = [
        cell("quadrants", 0, "quadrant", text, part=part, kind="parts", ci_low=10.0, ci_high=40.0, **LARGE)
        for part, text in zip(parts, shares, strict=True)
    ]
    measure = share_measure("quadrant", "Wanted and lived", kind="parts", parts=list(parts))
    return release(rows, **{"measures": [measure], **more})


def answered(whole: str = "70–75 %", **more: Any) -> Protected:
    """Response rates of the organisation, of Sales and of a hidden Pay."""
    rows = [cell("response", 0, "response", whole), cell("response", 1, "response", "50–60 %")]
    rows.append(hidden("response", 2, "response"))
    return release(rows, ["Sales", "Pay"], **{"measures": [share_measure("response", "Response rate")], **more})


def waves(
    *values: int | str, measure: str = "CBI.work", names: Sequence[str] = ("Sales",), **more: Any
) -> list[Protected]:
    """One release per value of one mean in the first unit, oldest first; "hidden" hides it."""
    made = []
    for at, value in enumerate(values):
        n = {"n_low": 100, "n_high": 199, "low": NAN, "high": NAN}
        row = hidden("indicators", 1, measure)
        if value != "hidden":
            ends = {"low": float(value) - 0.5, "high": float(value) + 0.5}
            row = cell("indicators", 1, measure, str(value), **{**n, **ends})
        title = {"wave": f"Wave {at + 1}", "measures": [mean_measure(measure)]}
        made.append(release([row], names, node=1, **{**title, **more}))
    return made
