"""The whole attack on a release, in order, and its report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.attack import display, groups
from analytics.attack.exposures import exposures
from analytics.attack.findings import GROUP_KINDS, PERSON_KINDS, Finding
from analytics.attack.linked import Linked, attack_linked
from analytics.attack.people import Crowd, Truth, answers, truth_of
from analytics.attack.pool import sheets
from analytics.attack.seen import Edition, Group, System, edition_of, linear_cells, name_of, read
from analytics.attack.together import joined, outside
from analytics.release import Release
from analytics.wave import Wave


@dataclass(frozen=True)
class Result:
    """What the attack on one system found, the narrowest interval left to anybody's value, and how many more answers
    the smallest sizes would tell."""

    findings: list[Finding]
    narrowest: float
    conditional: int


def audit(
    cells: pd.DataFrame,
    manifest: Mapping[str, Any],
    truth: Truth | Wave | None = None,
    earlier: Sequence[Release | Edition] = (),
    people: np.ndarray | None = None,
) -> dict[str, Any]:
    """Attack a release with everything that all viewers together can see; returns the report as plain values.

    ``truth``: the wave that was published, for exact sizes and insiders; without it the smallest sizes that the
    published bands allow are taken. ``earlier``: other releases of the same people, which have to hold together with
    this one. ``people``: which rows of the wave this release was made from (None: all). The report passes when
    ``report["findings"]`` is empty.
    """
    editions = (Edition(cells, manifest, people), *(edition_of(before) for before in earlier))
    known = truth_of(truth) if isinstance(truth, Wave) else truth
    systems, findings = read(editions)
    findings += display.broken_rules(editions)
    crowd = None if known is None else Crowd(known, editions)
    misfit = "" if crowd is None else crowd.misfit()
    if misfit:
        findings.append(Finding("contradiction", "", 0, "", "", misfit))
        crowd = known = None
    results = [_attack(system, editions, crowd, known) for system in systems]
    findings += [found for result in results for found in result.findings]
    wave = truth if isinstance(truth, Wave) and known is not None and people is None else None
    linked = [] if wave is None else _linked(cells, manifest, wave, earlier)
    findings += [found for one in linked for found in one.findings]
    narrowest = min([100.0, *(result.narrowest for result in results)])
    report = _report(editions, findings, known, narrowest) | {"conditional": sum(one.conditional for one in results)}
    return report if wave is None else report | {"linked": joined([one.report for one in linked])}


def _linked(
    cells: pd.DataFrame, manifest: Mapping[str, Any], wave: Wave, earlier: Sequence[Release | Edition]
) -> list[Linked]:
    """The attack on each set of columns that the release says are worked out from the same answers, else on all."""
    system_of = {measure["id"]: measure["system"] for measure in manifest["measures"]}
    sets = manifest.get("links") or [sorted(set(system_of.values()))]
    held = sheets(wave, sets)
    systems = cells["measure"].map(system_of)
    return [attack_linked(cells[systems.isin(names)], manifest, held, earlier) for names in sets]


def in_words(report: Mapping[str, Any]) -> list[str]:
    """The report in plain sentences: what was tried, what came of it, what it does not cover, each finding."""
    sizes = "exact numbers of people" if report["sizes"] == "exact" else "the smallest numbers that the bands allow"
    known = (
        "without and with one member who takes out their own answer" if 1 in report["insiders"] else "as an outsider"
    )
    lines = [
        "Attacked with everything that all viewers together can see: "
        f"{report['groups']} groups, {report['people']} people, {report['classes_proven']} proven classes.",
        f"{report['cells']:,} figures are shown and {report['hidden_cells']:,} are hidden. Taken together over "
        f"{report['editions']} edition(s), with {sizes}, {known}.",
        f"Everybody's value stays open over {report['narrowest_interval']:g} points or more of 100.",
        report["outside"]["sentence"],
        _together(report.get("linked", {}), any(found["kind"] == "undecided" for found in report["findings"])),
    ]
    if report["sizes"] != "exact":
        lines += [_WITHOUT_TRUTH, _conditional(int(report.get("conditional", 0)))]
    return [*lines, *(found["sentence"] for found in report["findings"])]


def _together(linked: Mapping[str, Any], shut: bool) -> str:
    """What was tried on figures worked out from the same answers, and what came of it; ``shut``: something is found."""
    same = "Figures that read the same answers were attacked as one."
    if not linked:
        return f"{same} A scale, its single questions, and figures joined from several scales were attacked apart."
    of = "some people of each unit, drawn by lot," if linked["sampled"] else "everybody,"
    said = (
        f"{same} Then a scale, its single questions, and figures joined from several scales were taken together, about "
        f"{of} as an outsider sees them"
    )
    insiders = (
        ", and as the lowest and the highest of each set of people whom no figure tells apart see the others in it"
    )
    said += f"{insiders}." if "open_inside" in linked else "."  # releases made earlier were attacked as an outsider
    if not linked["undecided"]:
        return (
            f"{said} For every answer asked about, another company was found that fits every figure and in which that "
            "answer is another, so figures taken together prove none of them."
        )
    teams = "" if shut else " No question is closed about everybody of a team."
    inside = f", and of those that a member asks about {linked['open_inside']} %" if "open_inside" in linked else ""
    return (
        f"{said} Of the answers that an outsider asks about {linked['open']} %{inside}, or more are open: another "
        f"company fits every figure, and in it that answer is another.{teams} For "
        f"{linked['undecided']} answers no such company was found, so it is not known whether they are open."
    )


def _conditional(answers: int) -> str:
    """What would follow if every number of people were the smallest that may be."""
    if not answers:
        return "Nothing more would follow if every number of people were the smallest that its band allows."
    what = "one answer" if answers == 1 else f"{answers} answers"
    return (
        f"Not counted: in {what}, a class or a narrow range would follow if every number of people were the smallest "
        "that its band allows. Nobody can know that from this release; with the wave at hand the numbers are exact."
    )


_WITHOUT_TRUTH = (
    "Without the wave, units that are never shown have no known size and a member's own answer is not known: "
    "what is left of a unit is taken as the minimum where the bands allow it, and splits are attacked one by one."
)


def _attack(system: System, editions: Sequence[Edition], crowd: Crowd | None, truth: Truth | None) -> Result:
    """Everything tried on one system: groups by linear algebra, then persons by programs."""
    clashes: list[Group] = []
    if crowd is not None and truth is not None:
        populations = [groups.known(system, crowd, answers(truth, system))]
    else:
        populations, clashes = groups.assumed(system, editions, int(editions[0].manifest["thresholds"]["k"]))
    found, narrowest = [_clash(group, system, editions) for group in clashes], 100.0
    conditional = 0
    for population in populations:
        found += groups.miscounted(population, system, editions) if population.block is not None else []
        found += groups.separated(population, system, editions)
        exposed = exposures(population, system, editions)
        found, narrowest = [*found, *exposed.findings], min(narrowest, exposed.narrowest)
        conditional += exposed.conditional
    return Result(found, narrowest, conditional)


def _clash(group: Group, system: System, editions: Sequence[Edition]) -> Finding:
    name = name_of(group, editions[group.edition].manifest)
    sentence = f"The numbers of answers shown for {name} and inside it on {system.name} cannot all be right."
    return Finding("contradiction", system.name, group.node, name, group.category, sentence, (group.node,))


def _report(
    editions: Sequence[Edition], findings: Sequence[Finding], truth: Truth | None, narrowest: float
) -> dict[str, Any]:
    linear = linear_cells(editions[0].cells)
    system_of = {measure["id"]: measure["system"] for measure in editions[0].manifest["measures"]}
    small = [found for found in findings if found.kind in GROUP_KINDS]
    single = [found for found in findings if found.kind in PERSON_KINDS]
    return {
        "cells": int(linear["shown"].sum()),
        "hidden_cells": int((~linear["shown"]).sum()),
        "groups": len({(found.nodes, found.part) for found in small}),
        "people": sum({(found.nodes, found.part): found.people for found in (*small, *single)}.values()),
        "classes_proven": sum(found.people for found in findings if found.kind == "class_proven"),
        "narrowest_interval": round(narrowest, 1),
        "insiders": [0, 1] if truth is not None else [0],
        "sizes": "exact" if truth is not None else "worst in each band",
        "editions": len(editions),
        "undecided": sum(found.people for found in findings if found.kind == "undecided"),
        "outside": outside(editions[0].cells),
        "findings": [
            found.as_dict() | {"system": system_of.get(found.measure, found.measure)}
            for found in sorted(findings, key=lambda f: (f.kind, f.measure, f.node, f.part))
        ],
    }
