"""Persons of one population: the attack on them, and each exposure as a finding at the group that gives it away."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from analytics.attack import persons, solve
from analytics.attack.alone import Exposed
from analytics.attack.any_size import AnySize
from analytics.attack.asked import cases, questions
from analytics.attack.facts import Assignment, Facts, facts
from analytics.attack.findings import Finding
from analytics.attack.groups import Population, homes, regions
from analytics.attack.seen import Edition, Figure, Group, System, name_of


@dataclass(frozen=True)
class Exposures:
    """What was found of persons, the narrowest interval left to anybody's value, and of how many answers more would be
    told if the numbers of people were the smallest that may be."""

    findings: list[Finding]
    narrowest: float = 100.0
    conditional: int = 0


def exposures(population: Population, system: System, editions: Sequence[Edition]) -> Exposures:
    """What the figures of one population say of single persons.

    Figures that the real answers do not give, or that no answers could give, are contradictions.
    """
    found, rows = [], facts(system, population)
    company = _real(population, rows)
    if company is not None:
        found = [_untrue(rows.source[row], editions) for row in rows.broken(company)]
    truthful = company is not None and not found
    if company is None or not rows.fits(company):
        company = solve.company(rows)
    if company is None or not rows.fits(company):
        return Exposures([*found, _impossible(population, system, editions)])
    asked = questions(system.measures, rows.has_values, system.n_classes)
    crossed = any(group.segment for group in population.groups) and population.block is not None
    attack = persons.Attack(
        rows, company, asked, regions(population), homes(population), crossed, _any_size(population, system)
    )
    exposed = attack.exposed(cases(population, rows, with_insiders=truthful))
    return Exposures([*found, *_told(exposed, population, editions)], attack.narrowest, attack.conditional)


def _any_size(population: Population, system: System) -> AnySize | None:
    """Where the sizes are the smallest that may be: the companies of any size."""
    if population.least is None:
        return None
    return AnySize(system, population.groups, population.inside, population.least)


def _real(population: Population, rows: Facts) -> Assignment | None:
    """The real company, where the wave is known and every answer falls into a class."""
    if population.block is None or population.answers is None or (population.answers.group < 0).any():
        return None
    count = np.zeros((len(population.size), len(rows.ranges)), np.int64)
    np.add.at(count, (population.block, population.answers.group), 1)
    total = np.bincount(population.block, np.nan_to_num(population.answers.value), len(population.size))
    return Assignment(count, total if rows.has_values else np.zeros(len(population.size)))


def _untrue(figure: Figure, editions: Sequence[Edition]) -> Finding:
    name = name_of(figure.group, editions[figure.group.edition].manifest)
    sentence = f"The figure for {name} on {figure.measure} is not what the wave's answers give."
    return _finding("contradiction", figure.measure, figure.group, name, sentence, 0, figure.part)


def _impossible(population: Population, system: System, editions: Sequence[Edition]) -> Finding:
    group = population.groups[0]
    name = name_of(group, editions[group.edition].manifest)
    sentence = f"No answers could give the figures of {system.name} in {name} and inside it together."
    return _finding("contradiction", system.name, group, name, sentence, 0)


def _told(exposed: Iterable[Exposed], population: Population, editions: Sequence[Edition]) -> list[Finding]:
    """One finding per question and group to blame; its people are counted once, by whoever exposes most of them."""
    worst: dict[tuple[str, str, Group], dict[int, Exposed]] = {}
    for one in exposed:
        group = _blamed(population, one.block)
        blocks = worst.setdefault((one.question.measure, one.question.part, group), {})
        if one.block not in blocks or not one.insider:
            blocks[one.block] = one
    return [_sentence(key, list(blocks.values()), population, editions) for key, blocks in worst.items()]


def _blamed(population: Population, block: int) -> Group:
    """The smallest split that a block is in, since splits are the first to go; else the smallest unit."""
    people, rows = population.people, np.flatnonzero(population.inside[:, block])
    row = min(rows, key=lambda row: (not population.groups[row].segment, people[row], -row))
    return population.groups[row]


def _sentence(
    key: tuple[str, str, Group], exposed: list[Exposed], population: Population, editions: Sequence[Edition]
) -> Finding:
    measure, part, group = key
    name = name_of(group, editions[group.edition].manifest)
    people = sum(int(population.size[one.block]) - one.insider for one in exposed)
    who = "one member who takes out their own answer" if all(one.insider for one in exposed) else "anybody"
    whom = f"{people} people" if people != 1 else "one person"
    first = min(exposed, key=lambda one: (np.isnan(one.low), one.high - one.low))
    on = f"{measure} ({part})" if part else measure
    if np.isnan(first.low):
        kind = "undecided"
        sentence = f"In {name}, it could not be shown that the answers of {whom} on {on} stay open."
    elif first.question.classes:
        kind, said = "class_proven", "counted" if first.low > 0.5 else "not counted"
        sentence = f"In {name}, {who} can prove of {whom} that they are {said} in the share on {on}."
    else:
        kind, said = "person_bounded", f"between {first.low:.0f} and {first.high:.0f}"
        sentence = f"In {name}, {who} can tell of {whom} that their value on {on} lies {said}."
    return _finding(kind, measure, group, name, sentence, people, part)


def _finding(kind: str, measure: str, group: Group, name: str, sentence: str, people: int, part: str = "") -> Finding:
    where = "|".join(text for text in (group.segment, group.category, part) if text)
    return Finding(kind, measure, group.node, name, where, sentence, (group.node,), people)
