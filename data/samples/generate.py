"""Writes the invented sample surveys beside this file: ``python -m data.samples.generate`` (same seed, same bytes).

Structure after the measurement notes: latent normals with stated correlations, cut into five answers; intraclass
correlation .06 for exhaustion and .15 for what the workplace allows; work burnout about 45 on average, SD 20; 3 % of
answers missing at random, 1 % of people giving one answer throughout. Assumptions, not findings.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from analytics.instrument import Instrument, Item
from data.questionnaires import load
from data.samples.company import TENURE, WAVES, WORK_MODES, Team, file_of, teams

SEED = 14416
RESPONSE = 0.88
MISSING = 0.03
STRAIGHT = 0.01
DRIFT = 0.6  # how much of a person's position stays the same from one wave to the next

TRAITS = ("PREF", "SUP", "CTL", "DET", "ENAW", "ENAH", "EXH", "HOURS")
# Correlations wanted between scale scores; the latent ones are stretched below because items carry noise.
WANTED = {
    ("PREF", "SUP"): 0.25,
    ("PREF", "ENAW"): -0.30,
    ("PREF", "ENAH"): -0.30,
    ("SUP", "ENAW"): -0.35,
    ("SUP", "ENAH"): -0.20,
    ("CTL", "ENAW"): -0.20,
    ("CTL", "ENAH"): -0.10,
    ("CTL", "SUP"): 0.30,
    ("CTL", "DET"): 0.25,
    ("CTL", "EXH"): -0.35,
    ("DET", "EXH"): -0.40,
    ("DET", "ENAW"): -0.30,
    ("SUP", "EXH"): -0.20,
    ("ENAW", "ENAH"): 0.35,
    ("ENAW", "EXH"): 0.25,
    ("HOURS", "EXH"): 0.15,
    ("HOURS", "ENAW"): 0.25,
}
TEAM_SHARE = {"EXH": 0.075, "SUP": 0.19, "ENAW": 0.05, "HOURS": 0.08}  # of the latent variance
LOADING = 0.78
STRETCH = 1.18
CUTS = (-1.405, -0.583, 0.305, 1.175)  # 8, 20, 34, 26 and 12 % of answers
SHIFT = {"EXH": -0.38, "ENAH": -0.2}
SCALE_TRAITS = {
    "EVK.preference": "PREF",
    "EVK.supply": "SUP",
    "EVK.control": "CTL",
    "EVK.detachment": "DET",
    "EVK.enactment_wh": "ENAW",
    "EVK.enactment_hw": "ENAH",
}
BURNOUT_SHIFT = {"CBI.personal": 0.05, "CBI.work": 0.0, "CBI.client": -0.45}
NO_CLIENTS = ("Operations", "Engineering", "Finance and people")


def main() -> None:
    """Write three waves of the continuum company and one wave of the two-groups company."""
    for place, wave in enumerate(WAVES):
        write(file_of(wave, False), teams(), place, two_groups=False)
    write(file_of(WAVES[-1], True), teams(), len(WAVES) - 1, two_groups=True)


def write(path: Path, company: Sequence[Team], wave: int, *, two_groups: bool) -> None:
    """One wave of an invented company as a CSV with question texts as headers and answers in words."""
    instruments = load()
    rng = np.random.default_rng([SEED, int(two_groups)])
    crew = [team for team in company for _ in range(team.size)]
    latent = _latent(rng, crew, wave, two_groups)
    answered = np.random.default_rng([SEED, wave, 7]).random(len(crew)) < RESPONSE
    columns = _background(np.random.default_rng([SEED, 3]), crew, latent)
    item_rng = np.random.default_rng([SEED, wave, 11, int(two_groups)])
    for instrument in (instruments["EVK"], instruments["CBI"]):
        columns |= _answers(item_rng, instrument, crew, latent)
    _write_csv(path, columns, np.flatnonzero(answered))


def _correlation() -> np.ndarray:
    matrix = np.eye(len(TRAITS))
    for (a, b), wanted in WANTED.items():
        i, j = TRAITS.index(a), TRAITS.index(b)
        matrix[i, j] = matrix[j, i] = wanted * STRETCH
    return matrix


def _latent(rng: np.random.Generator, crew: list[Team], wave: int, two_groups: bool) -> np.ndarray:
    """People x traits: a lasting part, a part of each wave's own, and a shared part for each team."""
    root = np.linalg.cholesky(_correlation())
    shape = (len(crew), len(TRAITS))
    lasting = rng.standard_normal(shape) @ root.T
    fresh = [rng.standard_normal(shape) @ root.T for _ in WAVES][wave]
    person = np.sqrt(DRIFT) * lasting + np.sqrt(1 - DRIFT) * fresh
    if two_groups:
        person = _split(rng, person)
    return _with_teams(rng, person, crew)


def _split(rng: np.random.Generator, person: np.ndarray) -> np.ndarray:
    """Two separate groups, six within-group SDs apart on everything that makes the boundary index."""
    group = np.where(rng.random(len(person)) < 0.5, 1.0, -1.0)
    split = person.copy()
    for trait, sign in (("PREF", 1.0), ("ENAW", -1.0), ("ENAH", -1.0)):
        within = person[:, TRAITS.index(trait)] / np.sqrt(10.0)
        split[:, TRAITS.index(trait)] = sign * group * 3.0 / np.sqrt(10.0) + within
    return split


def _with_teams(rng: np.random.Generator, person: np.ndarray, crew: list[Team]) -> np.ndarray:
    names = sorted({team.path for team in crew})
    place = np.array([names.index(team.path) for team in crew])
    for trait, share in TEAM_SHARE.items():
        shared = rng.standard_normal(len(names))[place]
        column = TRAITS.index(trait)
        person[:, column] = np.sqrt(1 - share) * person[:, column] + np.sqrt(share) * shared
    return person


def _background(rng: np.random.Generator, crew: list[Team], latent: np.ndarray) -> dict[str, list[str]]:
    remote = np.array([team.remote for team in crew])
    mode = np.where(rng.random(len(crew)) < remote, 2, np.where(rng.random(len(crew)) < 2 * remote, 1, 0))
    tenure = rng.choice(len(TENURE), len(crew), p=(0.17, 0.33, 0.32, 0.18))
    hours = np.clip(np.round(45.5 + 6.0 * latent[:, TRAITS.index("HOURS")]), 20, 80).astype(int)
    known = rng.random(len(crew)) >= MISSING
    return {
        "Team": [team.path for team in crew],
        "Site": [team.site for team in crew],
        "Work mode": [WORK_MODES[i] for i in mode],
        "Tenure": [TENURE[i] for i in tenure],
        "Hours worked per week": [str(h) if k else "" for h, k in zip(hours, known, strict=True)],
    }


def _answers(
    rng: np.random.Generator, instrument: Instrument, crew: list[Team], latent: np.ndarray
) -> dict[str, list[str]]:
    """Question text -> answers in words, with gaps, straight-liners and a client scale only where there are clients."""
    straight = np.where(rng.random(len(crew)) < STRAIGHT, rng.integers(1, 6, len(crew)), 0)
    no_clients = np.array([team.division in NO_CLIENTS for team in crew])
    columns: dict[str, list[str]] = {}
    for scale in instrument.scales:
        trait = SCALE_TRAITS.get(scale.id, "EXH")
        level = latent[:, TRAITS.index(trait)] + SHIFT.get(trait, 0.0) + BURNOUT_SHIFT.get(scale.id, 0.0)
        for item in scale.items:
            codes = _codes(rng, level, item)
            codes = np.where(straight > 0, straight, codes)
            gap = rng.random(len(crew)) < MISSING
            if scale.id == "CBI.client":
                gap |= no_clients
            words = ("", *instrument.answer_sets[item.answers])
            columns[item.text] = [words[code] for code in np.where(gap, 0, codes)]
    return columns


def _codes(rng: np.random.Generator, level: np.ndarray, item: Item) -> np.ndarray:
    noise = rng.standard_normal(len(level)) * np.sqrt(1 - LOADING**2)
    codes: np.ndarray = 1 + np.searchsorted(CUTS, LOADING * level + noise)
    return item.levels + 1 - codes if item.reversed else codes


def _write_csv(path: Path, columns: dict[str, list[str]], rows: np.ndarray) -> None:
    with path.open("w", newline="", encoding="utf-8") as handle:
        writer = csv.writer(handle, lineterminator="\n")
        writer.writerow(columns)
        table = list(columns.values())
        writer.writerows([column[row] for column in table] for row in rows)


if __name__ == "__main__":
    main()
