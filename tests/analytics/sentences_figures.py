"""Sentences on drivers, fit and questions: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from more_releases import ITEMS, driven, fitted, lived, questions, worked_out
from releases import cell, mean_measure, release, scale
from sentences_teams import LONG, Table, of

from analytics import chart, finding
from analytics.finding.drivers import predictor
from analytics.protect import Protected
from analytics.reading import Reading

ITEM_IDS = [item for item, *_ in ITEMS]


def long(p: Protected) -> Protected:
    """The same release with a first measure whose title is too long for a heading."""
    measures = [{**p.manifest["measures"][0], "title": LONG}, *p.manifest["measures"][1:]]
    return Protected(p.cells, {**p.manifest, "measures": measures}, p.node, p.view, p.seal)


CLOSE, NONE, ALL = (-0.5, 0.5, 0.0, 0.0), (0.0,) * 4, (0.6, 0.6, 0.6, 0.6)


def drivers(beta: Sequence[float] | None = None, **more: Any) -> str:
    return finding.drivers(driven(worked_out(beta or (-0.9, 0.5, 0.45, 0.0), **more)), "CBI.work")


def wordy(beta: Sequence[float], titles: Mapping[str, str], outcome: str = "Work burnout") -> str:
    scales = [scale(key, title) for key, title in {"CBI.work": outcome, **titles}.items()]
    p = driven(worked_out(beta), scales=scales, measures=[mean_measure("CBI.work", outcome)])
    return finding.drivers(p, "CBI.work")


SHORT = {"a": "Boundary control", "b": "Quantitative demands", "c": "Detachment", "d": "Role clarity"}
WIDE = {"a": "Control over when and where and how work is done every day", **{k: SHORT[k] for k in "bcd"}}
MIDDLE = {**SHORT, "a": "Control over boundaries of work"}


def order(beta: Sequence[float]) -> str:
    return finding.order_note(driven(worked_out(beta)), "CBI.work")


def surface(**more: Any) -> str:
    return finding.fit(fitted(**more), "CBI.work")


def slopes(a4: float, a3: float, verdict: str = "surface") -> str:
    """The heading over a surface with these slopes, each with a standard error of 1."""
    found = {"a3": a3, "se_a3": 1.0, "a4": a4, "se_a4": 1.0}
    rows = [cell("fit", 0, "CBI.work", f"{value:.0f}", part=part, kind="model") for part, value in found.items()]
    rows.append(cell("fit", 0, "CBI.work", "0", part="verdict", kind="model") | {"text": verdict})
    return finding.fit(release(rows, measures=[mean_measure("CBI.work")]), "CBI.work")


def wish_and_supply(n: int) -> str:
    roles = [scale("P", "Wish", role="preference"), scale("S", "Supply", role="supply")][:n]
    return finding.fit(release([], scales=roles), "CBI.work")


def question(node: int = 0, items: Any = ITEMS, **states: str) -> str:
    p = questions({f"CBI.{item}": state for item, state in states.items()}, items=items)
    return finding.questions(of(p, node), [item for item, *_ in items])


def spelled_out(p: Protected) -> Protected:
    """A release whose figures are printed in many words."""
    cells = p.cells.assign(text="somewhere between thirty and thirty-five of every hundred people")
    return Protected(cells, p.manifest, p.node, p.view, p.seal)


def searched(text: str) -> str:
    return chart.questions(questions(), search=text).title


def alike(n: int, label: str = "Tired") -> list[Any]:
    """``n`` questions with the same shares."""
    return [(f"CBI.WB{at}", f"{label} {at}", ITEMS[0][2], "high", (20, 25, 25, 20, 10)) for at in range(n)]


FIGURES: Table = {
    "finding/drivers": {
        "A bar stands before others only where it is surely larger; those that cannot be told apart stand by name, "
        "those beyond noise first.": (lambda: order((-0.9, 0.5, 0.45, 0.0)), lambda: order((-0.9, 0.6, 0.3, 0.0))),
        "Hours worked per week": (
            lambda: predictor(Reading(driven()), "hours"),
            lambda: predictor(Reading(driven()), "a"),
        ),
        "No drivers are shown here": (
            lambda: finding.drivers(release([]), "CBI.work"),
            lambda: drivers(n=90),
        ),
        "No order is sure, so the bars stand by name, those beyond noise first.": (
            lambda: order(NONE),
            lambda: order((-0.9, 0.5, 0.45, 0.0)),
        ),
        "Nothing goes along beyond noise": (lambda: wordy(NONE, SHORT, LONG), lambda: wordy(CLOSE, SHORT, LONG)),
        "Nothing goes with {} beyond noise": (lambda: drivers(NONE), lambda: drivers(CLOSE)),
        "The order of the bars is sure.": (lambda: order((-0.9, 0.6, 0.3, 0.0)), lambda: order(NONE)),
        "Too few people or teams to say what goes along": (lambda: drivers(n=90), lambda: drivers(NONE)),
        "{} go along beyond noise": (lambda: wordy(ALL, SHORT, LONG), lambda: wordy(NONE, SHORT, LONG)),
        "{} go with {} beyond noise: association, not a cause": (lambda: drivers(ALL), lambda: drivers(CLOSE)),
        "{} goes along most: not a cause": (
            lambda: wordy((-0.9, 0.5, 0.45, 0.0), SHORT, LONG),
            lambda: wordy(CLOSE, SHORT, LONG),
        ),
        "{} goes most with {}": (
            lambda: wordy((-0.9, 0.5, 0.45, 0.0), {**SHORT, "a": "Control over place of work"}),
            lambda: drivers(CLOSE),
        ),
        "{} goes most with {}: association, not a cause": (lambda: drivers(), lambda: drivers(CLOSE)),
        "{} goes most with {}: not a cause": (
            lambda: wordy((-0.9, 0.5, 0.45, 0.0), {**SHORT, "a": "Control over boundaries"}),
            lambda: drivers(CLOSE),
        ),
        "{} {} along beyond noise, not a cause": (lambda: wordy(CLOSE, WIDE), lambda: wordy(NONE, WIDE)),
        "{} {} with {}: association, not a cause": (
            lambda: wordy(CLOSE, {**SHORT, "a": "Control", "b": "Demands"}),
            lambda: drivers(NONE),
        ),
        "{} {} with {}: not a cause": (lambda: drivers(CLOSE), lambda: drivers(NONE)),
    },
    "finding/fit": {
        "Answers hardly vary: no surface of fit is shown": (lambda: slopes(0, 0, "no spread"), lambda: slopes(0, 0)),
        "Fewer than 200 people: no surface of fit is shown": (lambda: surface(n=150), lambda: surface()),
        "Misfit goes with more of it: association, not a cause": (
            lambda: finding.fit(long(fitted()), "CBI.work"),
            lambda: finding.fit(long(fitted(misfit=0.0)), "CBI.work"),
        ),
        "Misfit shows no clear link": (
            lambda: finding.fit(long(fitted(misfit=0.0)), "CBI.work"),
            lambda: finding.fit(long(fitted()), "CBI.work"),
        ),
        "Misfit shows no clear link with {}": (lambda: surface(misfit=0.0), lambda: surface()),
        "More {} toward too little separation": (lambda: [slopes(0, 3), slopes(-3, 3)], lambda: slopes(0, 1)),
        "More {} toward too much separation": (lambda: [slopes(0, -3), slopes(-3, -3)], lambda: slopes(0, 3)),
        "More {} where people get more separation than they want": (lambda: slopes(3, -3), lambda: slopes(3, 3)),
        "More {} where people want more separation than they get": (lambda: slopes(3, 3), lambda: slopes(3, 1)),
        "More {} where wish and workplace agree": (lambda: slopes(-3, 0), lambda: slopes(3, 0)),
        "More {} where wish and workplace differ, either way": (lambda: slopes(3, 0), lambda: slopes(3, 3)),
        "Nearly everybody misfits in one direction: no surface is shown": (
            lambda: slopes(3, 0, "one-sided"),
            lambda: slopes(3, 0),
        ),
        "No direction of misfit is clear for {}": (
            lambda: slopes(1, 1),
            lambda: [slopes(a4, a3) for a4, a3 in ((3, 1), (-3, 1), (-3, 3), (1, 3))],
        ),
        "This survey does not ask both what people want and how they live": (
            lambda: finding.quadrants(release([])),
            lambda: finding.quadrants(lived()),
        ),
        "This survey does not ask both what people want and what they get": (
            lambda: wish_and_supply(1),
            lambda: wish_and_supply(2),
        ),
        "Too few people answered both questions of fit: no surface is shown": (
            lambda: wish_and_supply(2),
            lambda: surface(),
        ),
        "Wanted and lived": (
            lambda: finding.quadrants(spelled_out(lived())),
            lambda: finding.quadrants(lived()),
        ),
        "{} mix without wanting to, {} keep apart unwillingly": (
            lambda: finding.quadrants(lived()),
            lambda: finding.quadrants(of(lived(), 1)),
        ),
    },
    "finding/questions": {
        "Highest figure: {}": (
            lambda: finding.questions(spelled_out(questions(items=alike(3))), [item for item, *_ in alike(3)]),
            lambda: question(items=alike(3)),
        ),
        "Highest share at the burdened end: {}": (
            lambda: question(items=alike(1, LONG)),
            lambda: question(items=alike(1)),
        ),
        "Highest share: {}, {}": (lambda: question(), lambda: question(items=alike(2))),
        "Highest shares: {}, {}": (lambda: question(items=alike(2)), lambda: question(items=alike(3))),
        "No question contains": (lambda: searched("salery"), lambda: searched("exhausted")),
        "No question stands out: none differs clearly": (lambda: question(1), lambda: question(1, WB1="higher")),
        "No single question is shown for this survey": (
            lambda: finding.questions(questions(), []),
            lambda: finding.questions(of(questions(), 2), ITEM_IDS),
        ),
        "Two questions share the highest figure: {}": (
            lambda: question(items=alike(2, LONG)),
            lambda: question(items=alike(3, LONG)),
        ),
        "{} and how they were answered": (lambda: question(items=ITEMS[-1:]), lambda: question()),
        "{} share the highest figure: {}": (lambda: question(items=alike(3)), lambda: question()),
        "{} than in the organisation": (
            lambda: question(1, WB1="higher", WB2="higher", WB5="lower"),
            lambda: question(1),
        ),
        "clearly {}: {}": (lambda: question(1, WB2="lower").lower(), lambda: question(1).lower()),
    },
}
