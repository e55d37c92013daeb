"""Multiple choice: one column per option with ticks in it, or all the ticked options joined in one cell."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

import regex

from data.recognise.view import View
from data.recognise.words import own_part_says, says
from data.vocabulary import load, normalise, wording

_TICKS = tuple(
    frozenset(pair)
    for pair in (
        {"1", "0"},
        {"y", "n"},
        {"yes", "no"},
        {"true", "false"},
        {"checked", "unchecked"},
        {"selected", "not selected"},
        {"quoted", "not quoted"},
        {"ja", "nein"},
        {"oui", "non"},
        {"sí", "no"},
        {"हाँ", "नहीं"},
        {"x"},
    )
)
_JOINED_CODES = regex.compile(r"\d{1,2}(?::\d{1,2})+")
_YES_NO_CODES = frozenset({"1", "2"})
MOST_OPTIONS = 40
_LONGEST_OPTION = 80
_MOST_TICKS = 1_000  # ways to write one tick and no answer; there are seldom three


def option_columns(views: Sequence[View]) -> dict[int, str]:
    """Column index -> "multi" or "text" for the columns that are options of a multiple-choice question.

    The text column beside the options ("Other, please specify") is told apart; an option that nobody ticked is one too.
    """
    groups: dict[str, list[View]] = defaultdict(list)
    for view in views:
        for stem in {view.stem, view.name_stem} - {""}:
            groups[stem].append(view)
    alone = (view for view in views if _repeats_its_option(view) or _is_checkbox(view))
    found: dict[int, str] = {view.index: "multi" for view in alone}
    for group in groups.values():
        ticks = [view for view in group if _is_ticks(view)]
        typed = [view for view in group if not view.empty and not _is_ticks(view)]
        if len(ticks) >= 2 and all(_is_other(view) for view in typed):
            found |= {view.index: "multi" for view in group if view.empty or view in ticks}
            found |= {view.index: "text" for view in typed}
    return found


def separator(view: View, summed_up: bool = False) -> str:
    """The sign that joins several options in the cells of one column, "" when the cells are no joined choices.

    ``summed_up``: the options also have columns of their own, so that even a blank may join them.
    """
    if says(view, "text") and not summed_up:
        return ""
    signs = ("; ", ";", "\n", " / ", ", ", ",", "|") + ((" ",) if summed_up or view.tool == "kobo" else ())
    if view.tool == "viva_glint" and view.counts and any(map(_JOINED_CODES.fullmatch, view.counts)):
        return ":"
    return next((sign for sign in signs if _is_joined(view, sign)), "")


def summaries(views: Sequence[View], options: dict[int, str]) -> set[int]:
    """Columns that repeat, in one cell, the options that also have a column each (``tools`` beside ``tools/email``)."""
    parents = {view.name_stem for view in views if options.get(view.index) == "multi"}
    return {view.index for view in views if view.name.strip().casefold() in parents and separator(view, summed_up=True)}


def _repeats_its_option(view: View) -> bool:
    """A single value that is the column's own option: some tools write the option's text as its tick."""
    if len(view.counts) > _MOST_TICKS:
        return False
    values = set(view.answers)
    parts = [*view.question.split(" - "), view.own_part]
    return len(values) == 1 and (
        values <= {normalise(part) for part in parts} or set(map(wording, values)) <= set(map(wording, parts)) - {""}
    )


def _is_checkbox(view: View) -> bool:
    """A box to tick of REDCap, which names it after its question and its code, also where it stands alone."""
    named = view.tool == "redcap" and "___" in view.name
    return named and any(set(view.answers) <= pair for pair in _TICKS[:1] + _TICKS[4:5])


def _is_ticks(view: View) -> bool:
    """Ticks: 1 and 0, yes and no, or one text alone that is not an answer of a rating scale."""
    values = set(view.answers)
    if len(values) == 1 and not any(values <= pair for pair in _TICKS):
        alone = bool(view.stem) and not values & load().words and not own_part_says(view, "text")
        return alone or _repeats_its_option(view)
    # LimeSurvey can write 1 for yes and 2 for no, so that "not zero" would tick every option.
    return bool(values) and (
        any(values <= pair for pair in _TICKS) or (_is_lime_option(view) and values <= _YES_NO_CODES)
    )


def _is_lime_option(view: View) -> bool:
    return view.tool == "limesurvey" and view.name.strip().endswith("]")


def _is_other(view: View) -> bool:
    """The field beside the options in which people type their own."""
    typed = own_part_says(view, "text") or own_part_says(view, "text", "short")
    return typed or (len(view.counts) > 1 and view.name.endswith("_TEXT"))


def _is_joined(view: View, sign: str) -> bool:
    """Several options in one cell: few different parts, and the same ones again in other combinations."""
    if not any(sign in cell for cell in view.counts):
        return False
    in_cells: Counter[str] = Counter()
    parts: Counter[str] = Counter()
    joined = 0
    for cell, count in view.counts.items():
        pieces = {piece.strip().casefold() for piece in cell.split(sign)} - {""}
        joined += count if len(pieces) > 1 or cell.endswith(";") else 0
        in_cells.update(pieces)
        parts.update(dict.fromkeys(pieces, count))
    several = joined >= max(2, 0.1 * sum(view.counts.values()))
    few = 0 < len(parts) <= MOST_OPTIONS and max(map(len, parts)) <= _LONGEST_OPTION
    again = sum(count > 1 for count in in_cells.values()) * 2 >= len(parts) or (sign[0] == ";" and several)
    return several and few and again and sum(parts.values()) >= 2 * len(parts)
