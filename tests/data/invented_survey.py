"""One invented survey, neutral of any tool: questions, answers as levels, and background."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from data import questionnaires

TEAMS = ("Engineering", "Sales", "Customer Support", "Finance & HR")
TOOLS = ("E-mail", "Chat", "Phone calls")
WISHES = (
    "Fewer meetings, please; mornings are lost",
    'The "war room" has to end',
    "More people on the late shift\nand a second monitor",
    "",
    "Nothing, it is fine as it is",
)
OFTEN_STEM = "How often do the following apply to you?"
DEGREE_STEM = "To what degree do the following apply to you?"
AGREE_STEM = "How much do you agree?"


@dataclass(frozen=True)
class Survey:
    """People by items as levels (0 = blank), background columns, and the questions in order."""

    people: int
    levels: dict[str, np.ndarray]
    team: list[str]
    years: list[int]
    ticks: dict[str, list[bool]]
    wish: list[str]
    stems: dict[str, str] = field(default_factory=dict)

    def text(self, item: str) -> str:
        return KNOWN[item].text

    def words(self, item: str) -> list[str]:
        """Each person's answer in the questionnaire's own words."""
        options = ("", *WORDS[item])
        return [options[level] for level in self.levels[item]]

    def numbers(self, item: str, low: int = 1) -> list[str]:
        return [str(level - 1 + low) if level else "" for level in self.levels[item]]


_BOTH = (questionnaires.load()["CBI"], questionnaires.load()["EVK"])
KNOWN = {item.id: item for instrument in _BOTH for item in instrument.items}
WORDS = {item.id: instrument.answer_sets[item.answers] for instrument in _BOTH for item in instrument.items}
OFTEN = [f"CBI.PB{n}" for n in range(1, 7)]
DEGREE = [f"CBI.WB{n}" for n in range(1, 4)]
AGREE = [f"EVK.{code}" for code in ("PREF1", "PREF2", "PREF3", "PREF4")]
ITEMS = [*OFTEN, *DEGREE, *AGREE]


def invented(people: int = 24, seed: int = 7) -> Survey:
    """A small survey with gaps: every answer of every question occurs, nobody is alone with a team."""
    rng = np.random.default_rng(seed)
    levels = {}
    for item in ITEMS:
        drawn = rng.integers(1, 6, people)
        drawn[:5] = rng.permutation(5) + 1
        levels[item] = np.where((rng.random(people) < 0.04) & (np.arange(people) > 5), 0, drawn)
    return Survey(
        people,
        levels,
        [TEAMS[n % 4] for n in range(people)],
        rng.integers(0, 30, people).tolist(),
        {tool: (rng.random(people) < 0.5).tolist() for tool in TOOLS},
        [f"{wish} ({n})" if (wish := WISHES[n % 5]) else "" for n in range(people)],
        dict.fromkeys(OFTEN, OFTEN_STEM) | dict.fromkeys(DEGREE, DEGREE_STEM) | dict.fromkeys(AGREE, AGREE_STEM),
    )
