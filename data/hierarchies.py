"""How the groups of a column can be made coarser, step by step: bands of numbers, neighbours joined, rare ones as one,
and at last the column left out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import regex

from data.labels import LONGEST, clean_label

OTHER = "Other"
_BANDS = (5, 10)
_FEWEST = 3  # groups that a column of numbers or of steps keeps before it is left out
_RARE = (0.02, 0.10)  # shares of the people below which a group counts as rare
_LARGE_PART = 0.2
_LEAST = 10  # people: a smaller group is rare however small the file
_NUMBER = regex.compile(r"\d+(?:[.,]\d+)?")
_PLAIN_NUMBER = regex.compile(r"\d{1,4}(?:[.,]\d+)?")
_RANGE = regex.compile(r"(\d+)( ?- ?| to )(\d+)(\D*)")
_BELOW = regex.compile(r"(?i)^\W*(?:<|under|less|below|up to|unter|bis|moins)")
_ABOVE = regex.compile(r"(?i)^\W*(?:>|over|more|above|über|mehr|plus)|\+")


@dataclass(frozen=True)
class Level:
    """A column at one step of coarseness.

    ``words`` continue the column's name ("Age in bands of 10"); ``of_code``: old code -> new code, 0 stays no answer;
    ``merges``: old group -> new group, for those that change; ``loss``: 0 as the file has it, 1 left out.
    """

    words: str
    of_code: np.ndarray = field(repr=False)
    merges: dict[str, str]
    loss: float
    is_dropped: bool = False


def levels(labels: Sequence[str], people: np.ndarray) -> tuple[Level, ...]:
    """The steps of one column from as it is to left out, each coarser than the one before.

    ``labels``: the groups in code order from 1; ``people``: how many are in each, no answer first (length one more).
    ``loss`` is the share of the column's entropy that a step gives up.
    """
    found = [Level("", np.arange(len(people)), {}, 0.0)]
    for words, names in _steps(labels, people[1:]):
        made = _level(words, labels, names, people)
        if made.loss > found[-1].loss and len(set(names)) > 1:
            found.append(made)
    dropped = Level("left out", np.zeros(len(people), np.int64), {}, 1.0, is_dropped=True)
    return (*found, dropped)


def _steps(labels: Sequence[str], people: np.ndarray) -> list[tuple[str, list[str]]]:
    """Each step's words, and the new name of every group."""
    if len(labels) > _FEWEST and all(_PLAIN_NUMBER.fullmatch(label) for label in labels):
        return _banded([int(float(label.replace(",", "."))) for label in labels], people)
    if len(labels) > 2 and all(_NUMBER.search(label) for label in labels):
        return _paired(labels)
    return _rare(labels, people)


def _banded(values: Sequence[int], people: np.ndarray) -> list[tuple[str, list[str]]]:
    steps = []
    for width in _BANDS:
        names = [f"{value // width * width}-{value // width * width + width - 1}" for value in values]
        if len(set(names)) > _FEWEST:
            steps.append((f"in bands of {width}", names))
    return [*steps, (f"in {_FEWEST} bands", _thirds(values, people))]


def _thirds(values: Sequence[int], people: np.ndarray) -> list[str]:
    """Three bands of about as many people each, named by the lowest and highest number in them."""
    order = np.argsort(values, kind="stable")
    before = np.cumsum(people[order]) - people[order]
    band = np.zeros(len(values), np.int64)
    band[order] = np.minimum(before * _FEWEST // max(1, int(people.sum())), _FEWEST - 1)
    ends = {at: [value for value, own in zip(values, band, strict=True) if own == at] for at in set(band.tolist())}
    return [f"{min(ends[own])}-{max(ends[own])}" for own in band.tolist()]


def _paired(labels: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Neighbours joined two by two, and once more, until three groups or fewer are left."""
    parts = [[at] for at in sorted(range(len(labels)), key=lambda at: _place(labels[at]))]
    steps = []
    while len(parts) > _FEWEST:
        parts = [[*parts[at], *(parts[at + 1] if at + 1 < len(parts) else [])] for at in range(0, len(parts), 2)]
        names = [""] * len(labels)
        for part in parts:
            for at in part:
                names[at] = _joined([labels[one] for one in part])
        steps.append((f"in {len(parts)} groups of neighbours", names))
    return steps


def _rare(labels: Sequence[str], people: np.ndarray) -> list[tuple[str, list[str]]]:
    """The smallest groups as "Other": the rare ones; a rare one alone takes the next one in, if it is no large part."""
    steps = []
    order = np.argsort(people, kind="stable").tolist()
    for share in _RARE:
        rare = int((people < max(_LEAST, share * people.sum())).sum())
        if rare == 1 and len(order) > 1 and people[order[1]] < _LARGE_PART * people.sum():
            rare = 2
        if rare > 1:
            names = [OTHER if at in order[:rare] else label for at, label in enumerate(labels)]
            steps.append((f'with the {rare} smallest groups as "{OTHER}"', names))
    return steps


def _level(words: str, labels: Sequence[str], names: Sequence[str], people: np.ndarray) -> Level:
    place: dict[str, int] = {}
    of_code = np.array([0, *(place.setdefault(name, len(place) + 1) for name in names)], np.int64)
    merges = {label: name for label, name in zip(labels, names, strict=True) if label != name}
    fine, coarse = _entropy(people), _entropy(np.bincount(of_code, people))
    return Level(words, of_code, merges, 1 - coarse / fine if fine > 0 else 0.0)


def _entropy(people: np.ndarray) -> float:
    share = people[people > 0] / max(1, people.sum())
    return float(-(share * np.log(share)).sum())


def _place(label: str) -> tuple[float, int]:
    """Where a label stands among steps: by its first number; "under 5" before and "over 5" after it."""
    number = _NUMBER.search(label)
    side = -1 if _BELOW.search(label) else int(bool(_ABOVE.search(label)))
    return (float(number[0].replace(",", ".")) if number else 0.0, side)


def _joined(labels: Sequence[str]) -> str:
    """The name of several neighbours: one range where all are ranges, else their names with a plus."""
    ranges = [_RANGE.fullmatch(label) for label in labels]
    first, last = ranges[0], ranges[-1]
    if first is not None and last is not None and all(one and one[4] == first[4] for one in ranges):
        return f"{first[1]}{first[2]}{last[3]}{first[4]}"
    name = " + ".join(labels)
    return clean_label(name if len(name) <= LONGEST else f"{labels[0][:35].rstrip()} to {labels[-1][:35].rstrip()}")
