"""What is worked out per person before anything is counted: scores, the index, coded columns, the two-group test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from analytics import indicators, score, segment
from analytics.measure import Absent, Measure
from analytics.questions import questions
from analytics.segment import Boundary
from analytics.wave import Wave


@dataclass(frozen=True)
class Measured:
    """Scores and the Boundary Index of each person, one coded column per figure, and what the file lacks."""

    scores: pd.DataFrame
    boundary: Boundary
    codes: pd.DataFrame
    measures: tuple[Measure, ...]
    absent: tuple[Absent, ...]

    @property
    def head(self) -> Measure | None:
        """The burnout mean that leads: its scale stands first among the measures."""
        return next((one for one in self.measures if one.headline and one.kind == "mean"), None)


def measure(wave: Wave, words: Mapping[str, Sequence[str]] | None = None) -> Measured:
    """Score a wave and code everything that can be counted.

    ``words``: the answers of an item in its own words, lowest first, by item id; numbers where there are none.
    """
    scores = score.score(wave)
    boundary = segment.boundary(scores, wave.scales)
    codes, figures, absent = indicators.measures(wave, scores, boundary)
    asked = questions(wave, words)
    beside = {one.name: one.codes for one in asked if one.name not in codes}
    joined = pd.concat([codes, pd.DataFrame(beside, index=codes.index)], axis=1)
    every = (*figures, *(figure for one in asked for figure in one.measures))
    return Measured(scores, boundary, joined, every, absent)
