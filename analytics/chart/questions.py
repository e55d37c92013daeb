"""Single questions: whole answers as stacked bars where a unit is large enough, one banded share each for a team."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analytics import finding
from analytics.chart import look
from analytics.chart.drawing import Drawing, Row, Span, nothing, require_protected, said, takeaway
from analytics.chart.method import method, people
from analytics.chart.rows import draw
from analytics.chart.stacks import Bar, stacked
from analytics.finding.questions import NONE_FOUND
from analytics.protect import Protected
from analytics.questions import END, VIEW
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

COLUMNS = (
    "Question",
    "At this end",
    "Share",
    "All answers",
    "Answers",
    "Organisation",
    "Compared with the organisation",
)
ORDERS = ("burden", "questionnaire")
MOST_OF_TEAM = 6
_PLACE = {"higher": 0, "lower": 1, "unclear": 2, "": 3}


@dataclass(frozen=True)
class _Question:
    """One question as the release shows it for a unit: its parts in the order they are drawn, and its end."""

    item: str
    label: str
    words: tuple[str, ...]
    parts: tuple[Cell, ...]
    end: Cell
    ends: str
    burdened: bool
    turned: bool
    burnout: bool

    @property
    def colours(self) -> tuple[str, ...]:
        """Two hues for agreement; otherwise one, plum for burnout alone."""
        if any("agree" in word.casefold() for word in self.words):
            return look.ramp(look.AGREEMENT[::-1] if self.turned else look.AGREEMENT, len(self.words))
        return look.ramp(look.PLUM if self.burnout else look.GREY, len(self.words))


def questions(
    p: Protected, search: str = "", order: str = "burden", scale: str = "", most: int = 0, burdened: bool = False
) -> Drawing:
    """The questions of the aggregate's unit: stacked bars in one panel per answer set, the burdened end at the right
    with its share; for a unit too small for that, the six that differ most as banded shares beside the organisation's.

    ``search``: only questions that contain it; ``order``: "burden" or "questionnaire"; ``scale``: one scale's
    questions; ``most``: draw only so many, the clearly different ones and the highest shares first (0: all,
    or six for a small unit); ``burdened``: leave
    out questions without such an end. Raises ``TypeError`` on anything else than a ``Protected``, ``ValueError`` on
    another order.
    """
    read = Reading(require_protected(p, "chart.questions"))
    if order not in ORDERS:
        raise ValueError(f"Expected the order burden or questionnaire, but got {order!r}.")
    items = [item for item in _items(read, scale) if search.strip().casefold() in read.title(item).casefold()]
    items = [item for item in items if read.measures[item]["burden"]] if burdened else items
    title, lines = finding.questions(p, items), method(read, [*dict.fromkeys(_scale_of(read, item) for item in items)])
    if search.strip() and not items:
        return nothing(f"{NONE_FOUND} “{search.strip()}”.", people(read), lines, COLUMNS)
    every = [_question(read, item) for item in items]
    if not any(one.end.shown for one in every):
        return nothing(title, people(read), lines, COLUMNS)
    ordered = _ordered(every, order)
    numbers = _numbers(read, ordered)
    if any(cell.shown for one in every for cell in one.parts):
        drawn = [one for one in ordered if one in _standing_out(ordered, most)] if most else ordered
        rows = tuple(_end_row(one, "") for one in drawn)
        figure, subline = stacked([_bar(one) for one in drawn]), _of_whole(read, len(drawn), len(ordered))
        return Drawing(figure, takeaway(title, rows), numbers, title, subline, lines, rows, suffix=" %")
    few = _standing_out(ordered, most or MOST_OF_TEAM)
    rows = tuple(_end_row(one, _beside(read, one), _organisation(read, one)) for one in few)
    note = finding.unsure_note((one.end, read.cell(VIEW, WHOLE, f"{one.item}{END}")) for one in few)
    subline = f"{_of_small(read, len(ordered))} {note}".strip()
    return Drawing(draw(rows, None, " %"), takeaway(title, rows), numbers, title, subline, lines, rows, suffix=" %")


def _items(read: Reading, scale: str) -> list[str]:
    every = [m for m, e in read.measures.items() if e.get("view") == VIEW and e["kind"] == "parts"]
    return [item for item in every if not scale or read.measures[item]["scale"] == scale]


def _scale_of(read: Reading, item: str) -> str:
    return str(read.measures[item]["scale"] or item)


def _question(read: Reading, item: str) -> _Question:
    entry, end = read.measures[item], f"{item}{END}"
    turned = entry["burden"] == "low"
    words = tuple(reversed(entry["parts"])) if turned else tuple(entry["parts"])
    parts = tuple(read.cell(VIEW, read.node, item, word) for word in words)
    half = len(words) // 2
    ends = " or ".join(words[-half:] if not turned else words[-half:][::-1])
    label = f"{read.title(item)}{' ↺' if turned else ''}"
    kind = (bool(entry["burden"]), turned, entry["role"] == "burnout")
    return _Question(item, label, words, parts, read.cell(VIEW, read.node, end), ends, *kind)


def _ordered(every: Sequence[_Question], order: str) -> list[_Question]:
    """Panels of one answer set and colour each, as they first occur; by burden, what weighs comes first."""
    if order == "questionnaire":
        ranked = list(every)
    else:
        ranked = sorted(every, key=lambda one: (not one.burdened, -one.end.low if one.end.shown else 1.0))
    panels = list(dict.fromkeys((one.words, one.colours) for one in ranked))
    return sorted(ranked, key=lambda one: panels.index((one.words, one.colours)))


def _standing_out(ordered: Sequence[_Question], most: int) -> list[_Question]:
    """So many of the questions: the clearly different ones first, then those with the highest shares at their end."""
    shown = [one for one in ordered if one.end.shown]
    return sorted(shown, key=lambda one: (_PLACE[one.end.state], -one.end.low))[:most]


def _bar(one: _Question) -> Bar:
    share = one.end.text if one.end.shown else ""
    return Bar(one.label, one.words, tuple(cell.text for cell in one.parts), _widths(one.parts), one.colours, share)


def _widths(parts: Sequence[Cell]) -> tuple[float, ...]:
    """How long each part is drawn: the middle of its band, stretched so that the parts fill the bar."""
    if not all(cell.shown for cell in parts):
        return ()
    middle = [cell.value if cell.point else (cell.low + cell.high) / 2 for cell in parts]
    drawn = [round(100 * one / sum(middle), 2) for one in middle[:-1]]
    return (*drawn, round(100 - sum(drawn), 2))


def _end_row(one: _Question, note: str, whole: Cell | None = None) -> Row:
    if not one.end.shown:
        return Row(one.label, (), NOT_SHOWN, hidden=True)
    meaning = one.end.state if one.end.state in ("higher", "lower") else "burnout" if one.burnout else "share"
    return Row(
        one.label, (Span(meaning, one.end, said(one.label, one.end, f"{one.ends}:")),), one.end.text, note, whole
    )


def _organisation(read: Reading, one: _Question) -> Cell | None:
    return None if read.node == WHOLE else read.cell(VIEW, WHOLE, f"{one.item}{END}")


def _beside(read: Reading, one: _Question) -> str:
    whole = _organisation(read, one)
    return f"whole {whole.text}" if whole is not None and whole.shown else ""


def _of_whole(read: Reading, drawn: int, asked: int) -> str:
    few = f" The {drawn} that stand out most of {asked}; all are in the numbers." if drawn < asked else ""
    return (
        f"% of answers to each question; the figure at the right is the end that weighs.{few} ↺ turned round for the "
        f"scale. Shares may not add up to 100 because of rounding. {people(read)}."
    )


def _of_small(read: Reading, asked: int) -> str:
    few = f" The {MOST_OF_TEAM} that differ most of {asked}; all are in the numbers." if asked > MOST_OF_TEAM else ""
    tick = " Black tick: whole organisation." if read.node != WHOLE else ""
    return (
        f"% of answers at the end that weighs, in bands that are wider for smaller groups.{few}{tick} {people(read)}."
    )


def _numbers(read: Reading, ordered: Sequence[_Question]) -> pd.DataFrame:
    table = []
    for one in ordered:
        whole = read.cell(VIEW, WHOLE, f"{one.item}{END}")
        parts = "; ".join(f"{word} {cell.text}" for word, cell in zip(one.words, one.parts, strict=True) if cell.shown)
        told = (one.end.answers, whole.text if whole.shown else "", finding.compared(one.end, whole))
        table.append((one.label, one.ends, one.end.text, parts, *told))
    return pd.DataFrame(table, columns=list(COLUMNS))
