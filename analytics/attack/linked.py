"""Linked measures attacked as one: whether everybody's answers stay open when all their figures are taken together.

An answer is open when some other company fits every figure and that person answered otherwise in it. Such companies are
made of answer sheets: one person is given another that they might have filled in, and where that breaks a figure, other
people are given other sheets until all figures hold again. An insider's own sheet stays as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from analytics.attack.asked import questions
from analytics.attack.findings import Finding
from analytics.attack.opened import OUTSIDER, Open, observers
from analytics.attack.people import Crowd
from analytics.attack.pool import Sheets, pooled
from analytics.attack.repair import Company, Repair
from analytics.attack.seen import Edition, Figure, System, edition_of, name_of, read
from analytics.attack.sheets import Asked, asked, limits, read_sheets, table
from analytics.attack.team import Team
from analytics.release import Release

_TRIES, _IN_VAIN = 400, 10  # sheets tried on each team; in vain one after the other
_PATIENT = 60  # where nothing is open yet about a whole team, so many are tried in vain
_BLAMED = 6  # sums that most often stand in the way in a team; those about most people are told

Examples = tuple[Mapping[int, int], ...]  # of each, who (a row of the wave) has which of their other sheets


@dataclass(frozen=True)
class Linked:
    """What came of it: a report as plain values, what stands in the way of the undecided, and the examples."""

    report: dict[str, Any]
    findings: tuple[Finding, ...] = ()
    examples: Examples = ()


_NOTHING: Mapping[str, Any] = dict.fromkeys(("asked", "open", "asked_inside", "open_inside", "undecided"), 0)


def attack_linked(
    cells: pd.DataFrame,
    manifest: Mapping[str, Any],
    held: Sheets,
    earlier: Sequence[Release | Edition] = (),
) -> Linked:
    """Attack the cells of one set of linked columns as one system, as an outsider and as insiders.

    In the report, ``asked`` and ``open`` count answers of kinds of people, to outsiders and (``_inside``) to insiders;
    ``undecided`` are those of both for which no example was found; ``sampled``: whether not everybody was asked about.
    A finding is a question on which no example opens anybody's answer in a whole team: what one search does not find
    about single people may be there, but nothing about all of them calls for less exact figures.
    """
    editions = (Edition(_in_order(cells), manifest), *(edition_of(before) for before in earlier))
    systems, _ = read(editions)
    crowd = Crowd(held.own, editions)
    is_asked = any(questions(one.measures, one.ranges is not None, one.n_classes) for one in systems)
    if len(systems) < 2 or not is_asked or crowd.misfit():
        return Linked({**_NOTHING, "sampled": False})
    search = _Search(systems, held, crowd)
    examples = tuple(search.found())
    return Linked(search.report(), tuple(search.blamed(editions)), examples)


def _in_order(cells: pd.DataFrame) -> pd.DataFrame:
    """The same cells in an order of their own, so that the attack is the same whoever reads them."""
    return cells.sort_values(["measure", "view", "node", "part"], kind="stable").reset_index(drop=True)


class _Search:
    """Looks for examples about the people of one set of systems."""

    def __init__(self, systems: Sequence[System], held: Sheets, crowd: Crowd) -> None:
        own = read_sheets(systems, held.own)
        every = limits(systems, own, crowd)
        self._people = held.people[every.member[:, held.people].sum(axis=0) > 0]
        self._sampled = len(held.people) < len(held.own)
        put, teams = asked(systems, own), every.alike(np.flatnonzero(every.of_units))
        kinds = every.alike(np.arange(every.member.shape[0]))
        self._shown = Open(put, observers(kinds, self._people, _leading(put)))
        step, other, self._limits = pooled(systems, held, own, every, self._people)
        self._repair = Repair(self._limits, self._people, table(self._limits.marks, own, self._people), step)
        mine = asked(systems, own, self._people)
        names, self._team_of = np.unique(teams[self._people], return_inverse=True)
        self._teams = [
            Team(np.flatnonzero(self._team_of == at), self._people, mine, other, self._shown, self._repair)
            for at in range(len(names))
        ]
        for team in self._teams:
            team.apart()

    def found(self) -> Iterator[Mapping[int, int]]:
        """Examples looked for in each team; with more patience where nobody's answer to a question is open."""
        for in_vain in (_IN_VAIN, _PATIENT):
            for team in (one for one in self._teams if in_vain == _IN_VAIN or one.shut()):
                for company in team.examples(_TRIES, in_vain):
                    self._see(company)
                    yield {int(self._people[one]): kind for one, kind in company.sheet.items()}

    def report(self) -> dict[str, Any]:
        """How many answers were asked about and are open, to outsiders and to insiders."""
        shown, outside = self._shown, self._shown.watch.insider == OUTSIDER
        closed = shown.closed()
        told = {
            "asked": int(shown.asked[outside].sum()),
            "open": int((shown.asked & ~closed)[outside].sum()),
            "asked_inside": int(shown.asked[~outside].sum()),
            "open_inside": int((shown.asked & ~closed)[~outside].sum()),
        }
        return told | {"undecided": int(closed.sum()), "sampled": self._sampled}

    def blamed(self, editions: Sequence[Edition]) -> Iterator[Finding]:
        """The figures that stand in the way of examples, for each team with a question that is open about nobody."""
        for team in self._teams:
            measures = team.shut()
            if measures:
                stuck = [one for (at, mark), _ in team.stuck.most_common(_BLAMED) for one in self._behind(at, mark)]
                most = max((one.n_low for one in stuck), default=0)
                told = [one for one in stuck if one.n_low == most] or self._smallest(team, measures)
                yield from (_finding(one, editions) for one in told)

    def _behind(self, group: int, mark: int) -> list[Figure]:
        """A figure of the release itself that limits a sum."""
        every = self._limits.behind.get((group, self._limits.marks[mark]), ())
        return [figure for figure in every if figure.group.edition == 0][:1]

    def _smallest(self, team: Team, measures: Sequence[str]) -> list[Figure]:
        """The figure about the fewest people of a team that tells of one of some measures."""
        groups = set(np.flatnonzero(self._limits.member[:, [self._people[team.first]]].toarray()).tolist())
        every = (one for (at, _), held in self._limits.behind.items() if at in groups for one in held)
        of_it = [one for one in every if one.group.edition == 0 and one.measure in measures]
        return sorted(of_it, key=lambda one: (one.n_low, one.measure, one.part))[:1]

    def _see(self, company: Company) -> None:
        for one in company.sheet:
            self._teams[self._team_of[one]].see(company, one)


def _leading(put: Asked) -> np.ndarray:
    """What the lowest and the highest member are told by: the first value that is asked about, else the first class."""
    at = next((at for at, question in enumerate(put.questions) if not question.classes), 0)
    value = put.inside[:, at] if put.questions[at].classes else put.value[:, at]
    return np.asarray(np.where(put.answered[:, at], value, np.nan))


def _finding(figure: Figure, editions: Sequence[Edition]) -> Finding:
    """A figure that stands in the way, as something that should not be possible."""
    group, name = figure.group, name_of(figure.group, editions[0].manifest)
    part = f"{group.segment}|{group.category}" if group.segment else figure.part
    sentence = f"Whether the figure for {name} on {figure.measure} leaves any answer open could not be decided."
    return Finding("undecided", figure.measure, group.node, name, part, sentence, (group.node,))
