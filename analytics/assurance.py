"""What a works council or an auditor asks about a release: its rules, its tables, the attack, what that leaves out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from analytics import attack
from analytics.finding.quality import exclusions
from analytics.protect import Protected

TABLES: Mapping[str, str] = {
    "indicators": "Scores and shares of the units",
    "leanings": "Balance and integration leanings of the units",
    "questions": "Answers to single questions",
    "splits": "The same for one attribute at a time",
    "slope": "Burnout along the Boundary Index",
    "profiles": "Groups that a model finds in the answers",
    "reliability": "Reliability of the scales",
    "drivers": "What goes together with burnout",
    "surface": "Fit between what people wish and what they get",
    "quality": "How people answered",
    "change": "Change since earlier waves",
}
_MODEL = "model"
_TRIED = (
    "It was tried to work out any group smaller than the smallest allowed, to prove for any person which side of a "
    "line they are on, and to narrow down any person's score; as an outsider, and as somebody who knows the own "
    "answers."
)


def rules(p: Protected) -> list[str]:
    """The minimum sizes of a release in plain sentences."""
    sizes = p.manifest["thresholds"]
    insiders = "one person of a group adds" if sizes["insiders"] == 1 else f"{sizes['insiders']} people of a group add"
    return [
        f"No figure stands for fewer than {sizes['k']} people, and whoever is left in a unit beside the units shown "
        f"inside it is nobody or at least {sizes['k']}. So no smaller group can be worked out by subtraction.",
        f"Shares of risk and of leaning stand for {sizes['k_share']} people or more. They are given as bands that are "
        "wider the smaller the group, and averages are rounded likewise.",
        f"Splits by an attribute exist in units of {sizes['n_demo']} or more, one attribute at a time, for categories "
        f"of {sizes['k_demo']} or more.",
        f"Figures of models exist for units of {sizes['model_n']} or more and classes of {sizes['model_class']} or "
        "more.",
        f"All this holds even where {insiders} own answers to what is published.",
        "These sizes were fixed before publishing. They are part of the sealed release, and a later wave of this "
        "survey can raise them but not lower them.",
    ]


def tables(views: Sequence[Protected]) -> pd.DataFrame:
    """The published tables as text: what each holds, figures shown and hidden, units with a figure, how it is tested.

    Only tables with cells are listed. Checked against: the cells of a release counted by hand.
    """
    rows = []
    for p in (one for one in views if len(one.cells)):
        shown = p.cells[p.cells["shown"]]
        kinds = set(p.cells["kind"])
        tested = "Outside the linear audit" if kinds == {_MODEL} else "Attacked"
        name = TABLES.get(p.view, p.view.capitalize())
        numbers = (len(shown), len(p.cells) - len(shown), shown["node"].nunique())
        rows.append((name, *(f"{number:,}" for number in numbers), tested))
    return pd.DataFrame(rows, columns=["Table", "Figures shown", "Figures hidden", "Units with figures", "How tested"])


def units(p: Protected) -> list[str]:
    """Which units have figures of their own, and how many have none."""
    every = p.manifest["units"]
    shown = [unit for unit in every if unit["shown"]]
    real = [unit["name"] for unit in shown if not unit["rest"]]
    rest = [unit["name"] for unit in shown if unit["rest"]]
    hidden = len(every) - len(shown)
    lines = [f"Units with figures of their own ({len(real)}): {', '.join(real)}."] if real else []
    if rest:
        lines.append(f"Rows for the people of hidden units, taken together ({len(rest)}): {', '.join(rest)}.")
    if hidden:
        is_are = "unit has" if hidden == 1 else "units have"
        lines.append(f"{hidden} {is_are} no figure of {'its' if hidden == 1 else 'their'} own.")
    return lines


def attacked(report: Mapping[str, Any]) -> list[str]:
    """The report of the attack in plain sentences: what came of it first, then what was tried, then how."""
    came, *rest = attack.in_words(report)
    return [came, _TRIED, *(line for line in rest if line != report["outside"]["sentence"])]


def outside(views: Sequence[Protected]) -> list[str]:
    """What the attack by equations does not cover, and what holds there instead."""
    models = [TABLES.get(p.view, p.view).lower() for p in views if _MODEL in set(p.cells["kind"])]
    if not models:
        return ["Every published figure was attacked."]
    sizes = views[0].manifest["thresholds"]
    return [
        f"Figures of models are no sums of answers, so the attack by equations leaves them out: {', '.join(models)}.",
        f"For them the sizes above hold ({sizes['model_n']} people, classes of {sizes['model_class']}), and they are "
        "given in steps that grow as fewer people answered: when each person was left out in turn, in tests, none "
        "moved by more than one step (alpha, told in hundredths, by no more than a tenth where about a hundred "
        "answered; the weight of pure noise among drivers, where nothing explains anything, and profiles fitted to "
        "fewer than 300 people, by more). They are the same whoever of a team gave which answers, and a second release "
        "without one person, which would show what that person changes in them, is never made.",
    ]


def left_out(p: Protected) -> list[str]:
    """Who was left out for how they answered, and how the effect that the quality page tells was checked."""
    said = exclusions(p)
    if p.manifest.get("answering", {}).get("left_out"):
        said.append(
            "The quality page tells averages of the whole organisation with and without them. The attack by equations "
            "leaves that out; it is told only where it does not show on which side of a line any of them is. A file "
            "with only some of the same people cannot be published again, so nobody can be worked out by leaving out "
            "others."
        )
    return said


def explanations(report: Mapping[str, Any]) -> list[str]:
    """Which categories are hidden although they are large enough by themselves, by unit and attribute."""
    certificates = report.get("certificates", ())
    if not certificates:
        return []
    by_unit: dict[str, list[str]] = {}
    for one in certificates:
        where, _, category = str(one["hidden"]).rpartition(": ")
        by_unit.setdefault(where, []).append(category)
    categories = "1 category" if len(certificates) == 1 else f"{len(certificates)} categories"
    return [
        f"Added to and subtracted from other figures, {categories} would give a small group away, so they are hidden:",
        *(f"{where}: {', '.join(hidden)}." for where, hidden in sorted(by_unit.items())),
        "Which figures those are stands in the release's own report (audit.json, under certificates).",
    ]
