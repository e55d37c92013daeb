"""What the file cannot answer by itself: which end of its numbers is the low one, and items offered by their codes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from analytics.instrument import Instrument
from data.recognise.items import Found, Wordings
from data.recognise.roles import Roles
from data.recognise.view import View
from data.table import Question

LOW_FIRST = ("low_first", "1 = never / very low / strongly disagree")
HIGH_FIRST = ("high_first", "1 = always / very high / strongly agree")
FEWEST_ITEMS = 3
_SHOWN = 60  # characters of a question


def offers(views: Sequence[View], roles: Roles, wordings: Wordings) -> dict[int, Found]:
    """Rating columns whose names look like an instrument's item codes and whose levels fit: column -> the offer.

    At least three items of one instrument have to be offered, each once; ``pb1`` alone may be anything.
    """
    by_instrument: dict[str, dict[str, tuple[int, Found]]] = defaultdict(dict)
    for view in views:
        if view.index in roles.found or view.index not in roles.rating:
            continue
        found = wordings.offer(view)
        if found is not None and _fits(found, roles.rating[view.index].reading.levels):
            by_instrument[found.item.id.partition(".")[0]].setdefault(found.item.id, (view.index, found))
    enough = [items for items in by_instrument.values() if len(items) >= FEWEST_ITEMS]
    return {index: found for items in enough for index, found in items.values()}


def questions(
    views: Sequence[View], roles: Roles, offered: Mapping[int, Found], instruments: Mapping[str, Instrument]
) -> tuple[Question, ...]:
    """Everything that has to be answered once before the file can become a wave."""
    asked = [_direction(views, roles, offered)]
    for id_, instrument in instruments.items():
        columns = [index for index, found in sorted(offered.items()) if found.item.id.startswith(f"{id_}.")]
        asked.append(_offer(instrument, columns) if columns else None)
    return tuple(question for question in asked if question is not None)


def _direction(views: Sequence[View], roles: Roles, offered: Mapping[int, Found]) -> Question | None:
    """Asked when an instrument's items are bare numbers, or when numbers are all that the file has."""
    numbers = sorted(index for index, rating in roles.rating.items() if not rating.direction_known and rating.sure)
    known = [index for index in (*roles.found, *offered) if index in roles.rating]
    if not numbers or (known and not set(known) & set(numbers)):
        return None
    text = f"The answers in {len(numbers)} columns are numbers without words. What does 1 mean?"
    asked = [view for view in views if view.index in numbers]
    shown = max(asked, key=lambda view: (view.index in (*roles.found, *offered), abs(_lean(view, roles))))
    options = ((key, f"{words}{_reading(shown, roles, key)}") for key, words in (LOW_FIRST, HIGH_FIRST))
    return Question("direction", text, tuple(options), tuple(numbers))


def _lean(view: View, roles: Roles) -> int:
    """How many more people stand above the middle of a column's numbers than below it."""
    return _above(view, roles, turned=False) - _above(view, roles, turned=True)


def _above(view: View, roles: Roles, *, turned: bool) -> int:
    reading = roles.rating[view.index].reading
    levels = [(reading.codes[cell], count) for cell, count in view.cells.items() if cell in reading.codes]
    return sum(n for level, n in levels if 2 * (reading.levels + 1 - level if turned else level) > reading.levels + 1)


def _reading(view: View, roles: Roles, key: str) -> str:
    """What a direction would mean for one question: how many people are then on its upper side."""
    codes = roles.rating[view.index].reading.codes
    total = sum(count for cell, count in view.cells.items() if cell in codes)
    name = " ".join(view.own_part.split())
    short = name if len(name) <= _SHOWN else f"{name[:_SHOWN].rstrip()}…"
    above = _above(view, roles, turned=key == "high_first")
    return f': then {100 * above / total:.0f} % are on the upper side of "{short}"' if total else ""


def _offer(instrument: Instrument, columns: Sequence[int]) -> Question:
    text = (
        f"{len(columns)} columns are named like questions of the {instrument.title}, but their wording is not in the "
        "file. Are they these questions?"
    )
    return Question(
        f"items:{instrument.id}",
        text,
        (("yes", f"Yes, they are the {instrument.title}"), ("no", "No, they are other questions")),
        tuple(columns),
    )


def _fits(found: Found, levels: int) -> bool:
    return found.item.levels == levels or (found.item.levels == 7 and levels == 5)
