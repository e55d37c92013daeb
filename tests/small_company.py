"""A small invented company as a CSV: burnout questions, teams, groups, and what must never be said again."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence

import numpy as np

from data import questionnaires

TEAMS = {
    "North / Alder": 20,
    "North / Birch": 5,
    "North / Cedar": 4,
    "North / Dogwood": 4,
    "South / Elder": 30,
    "South / Fir": 25,
}
MAIL, REMARK = "E-mail", "Any remarks?"
SECRET = "nobody.else@example.com"
REMARKS = {3: f"Please write to {SECRET} about the late shift in our hall", 10: "Call me on +91 98765 43210 about it"}


def items() -> dict[str, tuple[str, ...]]:
    """The burnout questions that every company file asks, with their answers in words, least burnt out first."""
    cbi = questionnaires.load()["CBI"]
    every = [item for scale in cbi.scales for item in scale.items]
    answers = {item.text: tuple(cbi.answer_sets[item.answers]) for item in every}
    return answers | {item.text: answers[item.text][::-1] for item in every if item.reversed}


def company(teams: Mapping[str, int] = TEAMS, more: Mapping[str, Sequence[str]] | None = None, seed: int = 3) -> bytes:
    """The file: team, address, remarks, any further columns, and answers in words."""
    rng = np.random.default_rng(seed)
    people = sum(teams.values())
    columns: dict[str, Sequence[str]] = {
        "Team": [name for name, size in teams.items() for _ in range(size)],
        MAIL: [f"person{n}@example.com" for n in range(people)],
        REMARK: [REMARKS.get(n, f"The lamps above desk number {n} have flickered for weeks") for n in range(people)],
    }
    columns |= dict(more or {})
    level = rng.normal(0, 0.8, people)  # of each person, so that the questions of a scale go together
    for text, words in items().items():
        codes = np.clip(np.round(1.8 + level + rng.normal(0, 0.7, people)), 0, len(words) - 1).astype(int)
        columns[text] = [words[code] for code in codes]
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return sink.getvalue().encode("utf-8")
