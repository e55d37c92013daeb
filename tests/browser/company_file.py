"""A small invented company as a survey file, with everything in it that must never come back out."""

from __future__ import annotations

import csv
import io

import numpy as np

from data import questionnaires

NAME = "lantern works spring 2026.csv"
# Team: people. The names occur nowhere else, so that finding one on a page means that it was sent.
TEAMS = {
    "Borealis / Quartzite": 40,
    "Borealis / Feldspar": 34,
    "Borealis / Obsidian": 4,
    "Borealis / Pumice": 5,
    "Zephyr / Tradewind": 38,
    "Zephyr / Sirocco": 30,
}
PEOPLE = sum(TEAMS.values())
SMALL = ("Obsidian", "Pumice")
MARK = "zq"  # begins everything that names a person


def content(seed: int = 5) -> bytes:
    """The file: codes and addresses of people, their team, answers in words, and a comment each."""
    rng = np.random.default_rng(seed)
    team = np.repeat(np.arange(len(TEAMS)), list(TEAMS.values()))
    columns: dict[str, list[str]] = {
        "Employee code": [f"{MARK}-code-{person:04d}" for person in range(PEOPLE)],
        "E-mail": [f"{MARK}.mail{person}@lantern.example" for person in range(PEOPLE)],
        "Team": [list(TEAMS)[place] for place in team],
    }
    lift = np.where(team == 0, 0.9, 0.0)
    for instrument in (questionnaires.load()["EVK"], questionnaires.load()["CBI"]):
        for scale in instrument.scales:
            level = 2.3 + (lift if instrument.id == "CBI" else 0.0) + rng.normal(0, 0.8, PEOPLE)
            for item in scale.items:
                words = instrument.answer_sets[item.answers][:: -1 if item.reversed else 1]
                codes = np.clip(np.round(level + rng.normal(0, 0.7, PEOPLE)), 0, len(words) - 1).astype(int)
                columns[item.text] = [words[code] for code in codes]
    columns["Anything else?"] = [
        f"{MARK} remark {person}: the lamps on floor {person} flicker" for person in range(PEOPLE)
    ]
    sink = io.StringIO()
    writer = csv.writer(sink, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(zip(*columns.values(), strict=True))
    return sink.getvalue().encode("utf-8")
