"""What may be said about drivers: associations beyond noise, one before another only where that is sure."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.drivers import HOURS, NOISE
from analytics.finding.words import capital, count, heading, inside, listed
from analytics.protect import Protected
from analytics.reading import Cell, Reading

VIEW = "drivers"
MOST_NAMES = 3


@dataclass(frozen=True)
class Shown:
    """One predictor as the release shows it: its share with the interval, its direction, whether it beats noise, and
    its place, which it has in common with those that it cannot be told apart from."""

    name: str
    title: str
    cell: Cell
    sign: str
    clear: bool
    place: int


def shown(read: Reading, outcome: str, level: str) -> tuple[Shown, ...]:
    """The predictors of one outcome at one level in the aggregate's unit, noise left out: larger shares first where
    the order is sure; of those that cannot be told apart the ones beyond noise first, then by name."""
    found = []
    for part in read.parts(VIEW, outcome):
        at, _, rest = part.partition("|")
        name, _, what = rest.rpartition("|")
        cell = read.cell(VIEW, read.node, outcome, part)
        if at != level or what != "share" or name == NOISE or not cell.shown:
            continue
        sign, clear, place = (
            read.cell(VIEW, read.node, outcome, f"{level}|{name}|{one}") for one in ("sign", "clear", "place")
        )
        stands = int(place.value) if place.point else 1
        found.append(Shown(name, predictor(read, name), cell, sign.text, clear.text == "yes", stands))
    return tuple(sorted(found, key=lambda one: (one.place, not one.clear, one.title.casefold())))


def predictor(read: Reading, name: str) -> str:
    """A predictor's title."""
    return "Hours worked per week" if name == HOURS else read.title(name)


def drivers(p: Protected, outcome: str, level: str = "within") -> str:
    """The heading over the drivers of one outcome: those beyond noise; one is named first only when that is sure."""
    read = Reading(p)
    title = inside(read.title(outcome))
    lacking = read.cell(VIEW, read.node, outcome, f"{level}|lacking")
    every = shown(read, outcome, level)
    if not every:
        return "Too few people or teams to say what goes along" if lacking.shown else "No drivers are shown here"
    clear = [one for one in every if one.clear]
    if not clear:
        return heading(f"Nothing goes with {title} beyond noise", "Nothing goes along beyond noise")
    if every[0].clear and [one.place for one in every].count(1) == 1 < len(every):
        first = _directed(every[0])
        return heading(
            f"{first} goes most with {title}: association, not a cause",
            f"{first} goes most with {title}: not a cause",
            f"{first} goes most with {title}",
            f"{every[0].title} goes along most: not a cause",
        )
    names = listed([inside(one.title) for one in clear[:MOST_NAMES]])
    verb = "goes" if len(clear) == 1 else "go"
    many = capital(count(len(clear), "scale"))
    if len(clear) > MOST_NAMES:
        return heading(
            f"{many} go with {title} beyond noise: association, not a cause", f"{many} go along beyond noise"
        )
    return heading(
        f"{capital(names)} {verb} with {title}: association, not a cause",
        f"{capital(names)} {verb} with {title}: not a cause",
        f"{many} {verb} along beyond noise, not a cause",
    )


def order_note(p: Protected, outcome: str, level: str = "within") -> str:
    """How far the order of the bars may be trusted; empty for a single bar."""
    places = [one.place for one in shown(Reading(p), outcome, level)]
    if len(places) < 2:
        return ""
    if len(set(places)) == len(places):
        return "The order of the bars is sure."
    if set(places) == {1}:
        return "No order is sure, so the bars stand by name, those beyond noise first."
    return (
        "A bar stands before others only where it is surely larger; those that cannot be told apart stand by name, "
        "those beyond noise first."
    )


def _directed(one: Shown) -> str:
    """A predictor with its direction: "Lower boundary control"."""
    word = {"more": "Higher", "less": "Lower"}.get(one.sign)
    return f"{word} {inside(one.title)}" if word else one.title
