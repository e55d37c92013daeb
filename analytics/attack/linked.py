"""Linked measures attacked as one: whether everybody's answers stay open when all their figures are taken together.

An answer is open when some other company fits every figure and that person answered otherwise in it. Such companies are
made of answer sheets: two people are given each other's, or one person is given another that they might have filled in,
and where that breaks a figure, other people are given other sheets until all figures hold again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd
from scipy import sparse

from analytics.attack.asked import questions
from analytics.attack.opened import Open
from analytics.attack.people import Crowd, Truth, truth_of
from analytics.attack.repair import Repair
from analytics.attack.seen import Edition, edition_of, read
from analytics.attack.sheets import Asked, Demands, asked, candidates, demands
from analytics.attack.variants import varied
from analytics.release import Release
from analytics.wave import Wave

_AT_ONCE = 4_000_000  # pairs of people
_MOST_PEOPLE, _OF_UNIT = 1_500, 60  # who are asked about; of any one unit; units are drawn by lot where there are more
_FOR_ALL = 200  # sheets tried on a team, so that every question is open for somebody
_FOR_EACH = 300  # sheets tried on all teams, so that more answers are open


@dataclass(frozen=True)
class Sheets:
    """Everybody's own sheet, then others that some ``people`` might have filled in."""

    every: Truth
    people: np.ndarray
    own: Truth


def sheets(wave: Wave, linked: Sequence[Sequence[str]]) -> Sheets:
    """The sheets that examples are made of; ``linked``: columns worked out from the same answers, in sets."""
    people = _drawn(wave.unit)
    others = varied(wave, people, linked)
    frames = {
        name: pd.concat([getattr(wave, name), getattr(others, name)], ignore_index=True)
        for name in ("answers", "numbers", "segments")
    }
    both = replace(wave, unit=np.concatenate([wave.unit, others.unit]), **frames)
    every = truth_of(both)
    own = replace(every, unit=wave.unit, codes=every.codes[: len(wave)], segments=wave.segments)
    return Sheets(every, people, own)


def attack_linked(
    cells: pd.DataFrame, manifest: Mapping[str, Any], held: Sheets, earlier: Sequence[Release | Edition] = ()
) -> dict[str, Any]:
    """Attack the cells of one set of linked columns as one system; a report as plain values.

    ``open`` of the answers ``asked`` about are left open by an example; ``undecided``: questions that none was found to
    open for anybody of a team, over all teams; ``sampled``: whether not everybody was asked about.
    """
    editions = (Edition(cells, manifest), *(edition_of(before) for before in earlier))
    systems, _ = read(editions)
    crowd = Crowd(held.own, editions)
    is_asked = any(questions(one.measures, one.ranges is not None, one.n_classes) for one in systems)
    if len(systems) < 2 or not is_asked or crowd.misfit():
        return {"asked": 0, "open": 0, "undecided": 0, "sampled": False}
    rows, put = demands(systems, held.every, crowd), asked(systems, held.every)
    people = held.people[np.diff(rows.by_person.indptr)[held.people] > 0]
    teams = _teams(rows, people)
    shown = _opened(rows, put, people, teams)
    closed = shown.closed(people)
    return {
        "asked": int(put.answered[people].sum()),
        "open": int(put.answered[people].sum() - closed.sum()),
        "undecided": sum(int(shown.wholly_closed(team).sum()) for team in teams),
        "sampled": len(held.people) < len(held.own),
    }


def _drawn(unit: np.ndarray) -> np.ndarray:
    """Everybody, or some people of each unit, or of units drawn by lot."""
    random = np.random.default_rng(len(unit))
    order = random.permutation(len(unit))
    at = np.argsort(unit[order], kind="stable")
    first = np.searchsorted(unit[order][at], unit[order][at])
    some = order[at][np.arange(len(unit)) - first < _OF_UNIT]
    units = random.permutation(np.unique(unit))
    size = np.bincount(unit[some], minlength=int(unit.max(initial=0)) + 1)[units]
    taken = units[: int(np.searchsorted(np.cumsum(size), _MOST_PEOPLE)) + 1]
    return np.sort(some[np.isin(unit[some], taken)])


def _opened(rows: Demands, put: Asked, people: np.ndarray, teams: Sequence[np.ndarray]) -> Open:
    """Everything tried: exchanges, one other sheet, several other sheets, and harder where nobody's answer is open."""
    shown, everybody = Open(put, rows.member.shape[1]), np.arange(rows.member.shape[1])
    others = candidates(put, everybody)
    for some in np.array_split(people, max(1, len(people) * len(others) // _AT_ONCE)):
        shown.see(some, others, exchanges(rows, some, others))
    repair = Repair(rows, people)
    for person in people[shown.closed(people).any(axis=1)].tolist():
        shown.see(np.array([person]), repair.sheets(person), fits(rows, person, repair.sheets(person))[None])
    for team in teams:
        repair.open(team, shown, wholly=True, tries=_FOR_ALL)
    for team in teams:
        repair.open(team, shown, wholly=False, tries=_FOR_EACH // len(teams))
    return shown


def fits(rows: Demands, person: int, sheets: np.ndarray) -> np.ndarray:
    """Which sheets a person may have had while everybody else has their own."""
    near: np.ndarray = np.concatenate([rows.tight(int(group)) for group in rows.groups(person)])
    change = rows.adds(sheets, near) - rows.adds(np.array([person]), near)
    held: np.ndarray = np.all(change >= -rows.room[near], axis=1)
    return held


def exchanges(rows: Demands, people: np.ndarray, others: np.ndarray) -> np.ndarray:
    """People by others: whether every figure holds when the two have each other's sheets."""
    found = people[:, None] != others
    for group in range(rows.member.shape[0]):
        near = rows.tight(group)
        if len(near):
            inside = np.zeros(rows.member.shape[1], bool)
            inside[rows.member.indices[rows.member.indptr[group] : rows.member.indptr[group + 1]]] = True
            _keep(found, rows, near, (people, inside[people]), (others, ~inside[others]))
            _keep(found.T, rows, near, (others, inside[others]), (people, ~inside[people]))
    return np.asarray(found)


def _keep(
    found: np.ndarray,
    rows: Demands,
    near: np.ndarray,
    inside: tuple[np.ndarray, np.ndarray],
    outside: tuple[np.ndarray, np.ndarray],
) -> None:
    """Strike out where somebody inside a group would get the sheet of somebody outside it and break a row.

    Both with who is meant: people, and whether each is inside (or outside).
    """
    (givers, give), (getters, get) = inside, outside
    if give.any() and get.any():
        lost, won = rows.adds(givers[give], near), rows.adds(getters[get], near)
        holds = np.ones((len(lost), len(won)), bool)
        for at, row in enumerate(near):
            holds &= won[:, at] - lost[:, at, None] >= -rows.room[row]
        found[np.ix_(np.flatnonzero(give), np.flatnonzero(get))] &= holds


def _teams(rows: Demands, people: np.ndarray) -> list[np.ndarray]:
    """Some people by the units they are in."""
    held = sparse.csc_array(rows.member[np.flatnonzero(rows.of_units)])
    alike: dict[bytes, list[int]] = {}
    for person in people.tolist():
        alike.setdefault(held.indices[held.indptr[person] : held.indptr[person + 1]].tobytes(), []).append(person)
    return [np.array(team) for team in alike.values()]
