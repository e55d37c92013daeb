"""The two leanings as groups: what the data support, how stable and certain that is, in one record for publishing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from analytics.acquiescence import Acquiescence, acquiescence
from analytics.beside import Beside, beside
from analytics.honesty import two_group_test
from analytics.ordinal import Questions
from analytics.patterns import distinct
from analytics.profiles import MIN_PEOPLE, Oriented, memberships, oriented
from analytics.score import answer_codes
from analytics.segment import Boundary
from analytics.selection import FitRow, class_certainty, select
from analytics.stability import Stability, stability
from analytics.wave import Wave

CERTAIN = 0.80
EXPLORATORY_BELOW = 300
MOST_PATTERNS = 20_000
BLRT_DRAWS = 199
_TOWARD_SEGMENTATION = "preference"


@dataclass(frozen=True)
class Certainty:
    """``avepp``: mean probability of the people assigned to each class; ``certain``: share of people whose higher
    probability is .80 or more; ``entropy``: 1 for certain, 0 for a coin toss."""

    avepp: tuple[float, ...]
    certain: float
    entropy: float


@dataclass(frozen=True)
class Groups:
    """Everything that may be said about two groups in one wave.

    ``verdict``: "two groups", "uneven", "continuum" or "too few"; ``sentence``: what the page says; ``statistic``: T;
    ``p``: against one normal continuum; ``p_peaked``: against the best continuum with one peak (NaN where not
    needed); ``people``: with a Boundary Index; ``tested``: in the test; ``fitted``: in the fits, fewer than
    ``people`` where their answers differ too much to fit all; ``exploratory``: fewer than 300 people. ``fits``: one
    to five profiles; ``profiles``: the two, integration first; ``memberships``: people by two, NaN without B. The
    fields with a default stay at it where nothing could be fitted.
    """

    verdict: str
    sentence: str
    people: int
    scales: tuple[str, ...] = ()
    statistic: float = float("nan")
    p: float = float("nan")
    p_peaked: float = float("nan")
    tested: int = 0
    fitted: int = 0
    exploratory: bool = False
    fits: tuple[FitRow, ...] = ()
    profiles: Oriented | None = None
    memberships: np.ndarray | None = None
    stability: Stability | None = None
    certainty: Certainty | None = None
    acquiescence: Acquiescence | None = None
    beside: Beside | None = None


def groups(scores: pd.DataFrame, boundary: Boundary, wave: Wave, seed: int = 0, blrt_draws: int = BLRT_DRAWS) -> Groups:
    """Test for two groups on the parts of B and fit one to five profiles beside it.

    ``scores``: people by scales, 0-100; ``boundary`` of the same people; ``wave``: their answers. Which of the two
    leanings a person is shown under: ``group_codes`` where the verdict is "two groups", else the bands of B.
    Deterministic for a seed; the order of people and of columns changes nothing.
    Source: measurement conventions of the product; each figure's source in its own module.
    Checked against: simulated continua and groups.
    """
    people = _people(scores, boundary)
    if people is None:
        found = int((~np.isnan(boundary.values)).sum())
        return Groups("too few", _too_few(boundary, found), found, boundary.parts)
    test = two_group_test(_questions(wave, boundary, people.has), seed)
    rows = _fitting_rows(people.x, people.index, seed)
    x, index = people.x[rows], people.index[rows]
    selection = select(x, index=index, seed=seed, blrt_draws=blrt_draws)
    two = oriented(x, selection.fits[1], index)
    chances = np.full((len(people.has), 2), np.nan)
    chances[people.has] = memberships(people.x, two.profiles)
    return Groups(
        verdict=test.verdict,
        sentence=test.sentence,
        people=len(people.x),
        scales=boundary.parts,
        statistic=test.statistic,
        p=test.p_normal,
        p_peaked=test.p_peaked,
        tested=test.people,
        fitted=len(rows),
        exploratory=len(people.x) < EXPLORATORY_BELOW,
        fits=selection.rows,
        profiles=two,
        memberships=chances,
        stability=stability(x, two.profiles, index, seed=seed),
        certainty=_certainty(chances[people.has], selection.rows[1]),
        acquiescence=acquiescence(wave, boundary.values, _burnout(scores, wave)),
        beside=beside(people.x, people.index, chances[people.has], _steps(wave, boundary), seed),
    )


def group_codes(found: Groups) -> np.ndarray:
    """Each person's group as int8: 0 missing, 1 integration, 2 mixed (neither probability reaches .80), 3 balance.

    All 0 unless the verdict is "two groups" and the profiles carry names. Raises ``ValueError`` for "too few".
    """
    if found.memberships is None or found.profiles is None:
        raise ValueError("Group codes should come from fitted profiles, but no profiles were fitted here.")
    chances = np.nan_to_num(found.memberships)
    code = np.where(chances[:, 1] >= CERTAIN, 3, np.where(chances[:, 0] >= CERTAIN, 1, 2))
    named = found.verdict == "two groups" and found.profiles.labelled
    return np.where(np.isnan(found.memberships[:, 0]) | (not named), 0, code).astype(np.int8)


@dataclass(frozen=True)
class _People:
    """Who has a Boundary Index, and their scores on its parts."""

    has: np.ndarray
    x: np.ndarray
    index: np.ndarray


def _people(scores: pd.DataFrame, boundary: Boundary) -> _People | None:
    """Everyone with B; None with too few of them or a part that is the same for all."""
    has = ~np.isnan(boundary.values)
    if not boundary.parts or has.sum() < MIN_PEOPLE:
        return None
    x = scores.loc[has, list(boundary.parts)].to_numpy(np.float64)
    varies = (np.nanmax(x, axis=0) > np.nanmin(x, axis=0)).all()
    return _People(has, x, boundary.values[has]) if varies else None


def _steps(wave: Wave, boundary: Boundary) -> np.ndarray:
    """How far neighbouring scores of each part of B lie apart where all its questions are answered, in points."""
    by_id = {scale.id: scale for scale in wave.scales}
    parts = [by_id[name].items for name in boundary.parts]
    return np.array([100 / (len(items) * (max(item.levels for item in items) - 1)) for items in parts])


def _burnout(scores: pd.DataFrame, wave: Wave) -> np.ndarray | None:
    """The first burnout score of the file."""
    scale = next((one.id for one in wave.scales if one.role == "burnout" and one.id in scores), None)
    return None if scale is None else scores[scale].to_numpy(np.float64)


def _certainty(chances: np.ndarray, row: FitRow) -> Certainty:
    _, avepp = class_certainty(chances, np.ones(len(chances)))
    certain = float((chances.max(axis=1) >= CERTAIN).mean())
    return Certainty(tuple(float(value) for value in avepp), certain, row.entropy)


def _questions(wave: Wave, boundary: Boundary, has: np.ndarray) -> Questions:
    """The answers behind B, every item turned toward segmentation."""
    by_id = {scale.id: scale for scale in wave.scales}
    codes, levels, places = [], [], []
    for place, name in enumerate(boundary.parts):
        scale = by_id[name]
        toward = scale.role == _TOWARD_SEGMENTATION
        for item, column in zip(scale.items, answer_codes(wave.answers, scale)[has].T, strict=True):
            turned = np.where(column > 0, item.levels + 1 - column, 0)
            codes.append(column if item.reversed != toward else turned)
            levels.append(item.levels)
            places.append(place)
    return Questions(np.column_stack(codes).astype(np.int8), np.array(levels), np.array(places))


def _fitting_rows(x: np.ndarray, index: np.ndarray, seed: int) -> np.ndarray:
    """Everyone, or where too many answers differ one person drawn from each of 20,000 stretches of sorted people."""
    if len(x) <= MOST_PATTERNS or len(distinct(x)[0]) <= MOST_PATTERNS:
        return np.arange(len(x))
    order = np.lexsort((*np.nan_to_num(x, nan=-1).T, index))
    edges = np.linspace(0, len(x), MOST_PATTERNS + 1).astype(np.int64)
    picked: np.ndarray = order[np.random.default_rng(seed).integers(edges[:-1], edges[1:])]
    return np.sort(picked)


def _too_few(boundary: Boundary, people: int) -> str:
    if not boundary.parts:
        return boundary.sentence
    if people < MIN_PEOPLE:
        return f"Groups are looked for from {MIN_PEOPLE} people with a Boundary Index; here are {people}."
    return "Groups are not looked for: everyone has the same score on one of the scales."
