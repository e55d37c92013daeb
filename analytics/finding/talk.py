"""What to talk about: open questions for a team, and practices matched to what is clear in its figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from analytics.finding.act import worrying
from analytics.finding.words import count, in_line, inside
from analytics.practices import Practice, practices
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading

DOES_NOT_DIAGNOSE = "Scores describe answers; they do not diagnose anyone."
NOTHING_CLEAR = "Nothing in these figures stands out beyond chance, so no practice is suggested more than another."
_OPEN = (
    "Does this picture match how the last months felt?",
    "What should we stop doing, or do less of?",
    "What helps us, and should stay as it is?",
)


@dataclass(frozen=True)
class Suggestion:
    """Why something is suggested (the clear figure in a sentence) and what can be tried."""

    measure: str
    because: str
    practices: tuple[Practice, ...]


def suggestions(p: Protected) -> tuple[Suggestion, ...]:
    """Practices for each figure of the aggregate's unit that is clear at its worrying end; none without such a figure.

    For the whole organisation a figure counts when at least one team is clear. Figures of one indicator are one
    suggestion.
    """
    read = Reading(p)
    found: dict[tuple[Practice, ...], Suggestion] = {}
    for measure, because in _clear(read):
        what = practices(measure, str(read.measures[measure].get("indicator", "")))
        if what and what not in found:
            found[what] = Suggestion(measure, because, what)
    return tuple(found.values())


def talking_points(p: Protected) -> tuple[str, ...]:
    """Three open questions for the team; the first names the first clear figure when there is one."""
    read = Reading(p)
    first = next((inside(in_line(read.title(measure))) for measure, _ in _clear(read)), "")
    if not first or read.node == WHOLE:
        return _OPEN
    return (f"Our figure on {first} differs clearly from the organisation's: what lies behind it?", *_OPEN[1:])


def _clear(read: Reading) -> Iterable[tuple[str, str]]:
    """The measures that are clear at their worrying end, with the sentence that says so."""
    for measure in read.indicators:
        title = in_line(read.title(measure))
        if read.node == WHOLE:
            clear = [cell for team in read.teams if worrying(read, cell := read.cell("indicators", team, measure))]
            if clear:
                yield (
                    measure,
                    f"{title}: {count(len(clear))} clearly {clear[0].state} than the rest of the organisation.",
                )
        elif worrying(read, cell := read.cell("indicators", read.node, measure)):
            yield measure, f"{title} is clearly {cell.state} than in the rest of the organisation."
