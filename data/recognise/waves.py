"""Several waves in one file: the column that tells them apart, and the question which of them is meant."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import regex

from data.recognise.roles import Roles
from data.recognise.tools import is_named
from data.recognise.view import View
from data.recognise.wave_order import in_order
from data.table import Question
from data.vocabulary import is_missing, normalise

KEY = "wave"
ALL = "all"
WHY = "tells the waves apart"
MOST_WAVES = 24
_NAMED = regex.compile(
    r"(?:survey |data )?(?:wave|round|cycle)(?: (?:id|no|nr|number|name|label))?|redcap event name|"
    r"welle|vague|oleada|ronda|लहर"
)
# Such a column tells waves apart only where the same people come again in it.
_MAY_BE = regex.compile(
    r"time|time ?point|occasion|period|event(?: name)?|year|quarter|month|survey(?: id| name)?|measurement|phase|"
    r"session|zeitpunkt|messzeitpunkt|jahr|année|año|t"
)
_FEWEST_PEOPLE = 5
_AGAIN = 1.3  # rows per person from which people are said to come again


def wave_column(views: Sequence[View], roles: Roles) -> View | None:
    """The column whose values are the waves of a file, None when the file holds one wave."""
    for view in views:
        name = view.spaced_name
        is_one = bool(_NAMED.fullmatch(name)) or is_named(view, "redcap_event_name", "Event Name")
        if not (is_one or _MAY_BE.fullmatch(name)) or roles.role[view.index] == "pii":
            continue
        waves = {normalise(cell) for cell in view.counts if not is_missing(cell)}
        if 2 <= len(waves) <= MOST_WAVES and (is_one or _repeated_people(views, view) is not None):
            return view
    return None


def mark(view: View, roles: Roles) -> None:
    """Take a column for the one with the waves, whatever it was taken for."""
    roles.role[view.index], roles.why[view.index] = "quality", WHY
    roles.rating.pop(view.index, None)
    roles.found.pop(view.index, None)


def questions(views: Sequence[View], roles: Roles) -> tuple[Question, ...]:
    """The question which wave is meant, where a file holds several."""
    return tuple(
        _question(view, views, roles) for view in views if roles.why[view.index] == WHY and len(view.counts) > 1
    )


def _question(view: View, views: Sequence[View], roles: Roles) -> Question:
    """Which wave is meant: one option per value with its rows, in order of time, and one for a column that is something
    else."""
    counted = Counter({cell: n for cell, n in view.counts.items() if not is_missing(cell)})
    who = _repeated_people(views, view)
    again = sum(n > 1 for n in who.counts.values()) if who is not None else 0
    people = f"{again:,} people answered more than once; charts count people, not rows. " if again else ""
    text = f'"{view.name.strip()}" splits this file into {len(counted)} waves. {people}Which one is this?'
    names = [view.labels.get(cell, cell) for cell in counted]
    told = {
        cell: f"{name} ({n:,} {'row' if n == 1 else 'rows'})"
        for (cell, n), name in zip(counted.items(), names, strict=True)
    }
    options = [(cell, told[cell]) for cell in in_order(list(counted), names, view, views, roles)]
    return Question(KEY, text, (*options, (ALL, "They are no waves: every row is one person")), (view.index,))


def _repeated_people(views: Sequence[View], wave: View) -> View | None:
    """A column of keys that come again from wave to wave, and never twice in one."""
    for view in views:
        if view is wave or len(view.counts) < _FEWEST_PEOPLE:
            continue
        total = sum(view.counts.values())
        if total < _AGAIN * len(view.counts) or max(view.counts.values()) > len(wave.counts):
            continue
        pairs = Counter(zip(map(str.strip, view.rows), map(str.strip, wave.rows), strict=True))
        if all(n == 1 for (person, _), n in pairs.items() if person):
            return view
    return None
