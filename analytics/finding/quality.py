"""How good the figures are, in words: gaps, how people answered, who was left out, where a questionnaire holds."""

from __future__ import annotations

from collections.abc import Mapping
from math import nan
from typing import Any

import numpy as np

from analytics.aggregation import Agreement, BetweenTeams, agreement_sentence, between_sentence
from analytics.finding.words import capital, count, heading, in_line, inside, listed
from analytics.protect import Protected
from analytics.reading import WHOLE, Reading

QUALITY, RELIABILITY = "quality", "reliability"
LEAST_FIT = 0.30  # a smaller correlation with the rest: the question measures little of what its scale measures
MANY_GAPS = 20.0  # per cent of the people without an answer, from which a question is named
FLAGS: Mapping[str, str] = {
    "unfinished": "did not finish",
    "few_answers": "answered fewer than half of the questions",
    "possible_spam": "were marked as possible spam by the survey tool",
    "speeder": "took less than two seconds per answer",
    "hurried": "took less than a third of the time that is usual here",
    "straightliner": "gave one and the same answer ten times or more in a row, and to at least half of the questions",
    "duplicate_respondent": "answered more than once; their first answers count as theirs",
    "near_duplicate": "repeated, within half an hour, nearly all answers of somebody before them",
    "half_filled_matrix": "left gaps in a block of questions that they had begun",
    "low_variability": "hardly varied their answers, and least of all people",
    "odd_pattern": "gave a combination of answers that is rare, which may well be honest",
    "uneven_halves": "answered the two halves of the scales unlike each other, which may well be honest",
    "unlike_synonyms": "answered questions the other way round that most people answer alike",
}
NOBODY_ELSE = "Other ways of answering carelessly: nobody, or too few people to be counted here."
NOBODY = "Nobody answered in a way that stands out, or too few people did to be counted here."
TOO_FEW_OUT = "Nobody was left out: too few people would have been, or nobody."
NO_NEED = (
    "What each person feels or wants needs no shared view for a team's average to describe its members; what a "
    "workplace allows does."
)
SHARED_ROLES = ("supply",)  # what a workplace does is one thing for a team; what people feel need not be


def complete(p: Protected) -> str:
    """The heading of the page: how many of all answers are there."""
    there = Reading(p).cell(QUALITY, WHOLE, "answers", "there")
    if not there.shown:
        return "Too few people to say how complete the answers are"
    return f"{there.text} of all answers are there"


def gaps(p: Protected) -> str:
    """The heading over the missing answers: which questions many people left out, or that none did."""
    read = Reading(p)
    cells = [cell for (view, _, _, part), cell in read.cells.items() if (view, part) == (QUALITY, "missing")]
    if not cells:
        return "Too few people to say which questions were left out"
    labels = labelled(read)
    often = [inside(labels.get(cell.measure, cell.measure)) for cell in cells if cell.low >= MANY_GAPS - 0.5]
    if not often:
        return "No question was left out by a fifth of the people"
    named = f"Many people gave no answer to: {listed(often)}"
    return heading(named, f"{capital(count(len(often), 'question'))} left out by a fifth of the people or more")


def against(p: Protected) -> str:
    """The heading over the questions: which hardly go with the rest of their scale, or that all do."""
    read = Reading(p)
    labels = labelled(read)
    cells = {part.removeprefix("item:"): cell for (v, _, _, part), cell in read.cells.items() if _is_item(v, part)}
    if not cells:
        return "Too few complete answers to say how each question fits its scale"
    weak = [inside(labels.get(item, item)) for item, cell in cells.items() if cell.value < LEAST_FIT]
    if not weak:
        return "Every question goes with the rest of its scale"
    return heading(f"Hardly goes with its scale: {listed(weak)}", f"{capital(count(len(weak), 'question'))} fit badly")


def answering(p: Protected) -> list[str]:
    """How people answered, one sentence per flag that enough people carry; then who was left out for it."""
    told = _told(p)
    said = [f"{_people(one)} {FLAGS.get(one['flag'], one['flag'])}." for one in told.get("flags", ())]
    return [*said, NOBODY_ELSE if said else NOBODY, *exclusions(p)]


def exclusions(p: Protected) -> list[str]:
    """Who was left out before publishing, and by which rule; that nobody was, where that was asked for."""
    told = _told(p)
    asked = [FLAGS[flag].partition(";")[0] for flag in told.get("exclusions", ())]
    if not asked:
        return ["Nobody was left out for how they answered."]
    rule = f"It was chosen before publishing to leave out people who {' or '.join(asked)}."
    out = told.get("left_out")
    done = f"{_people(out)} were left out; their answers are not kept." if out else TOO_FEW_OUT
    return [rule, done]


def effects(p: Protected) -> list[str]:
    """What leaving people out did to the averages of the whole organisation; empty where nobody was left out."""
    told, read = _told(p), Reading(p)
    if not told.get("left_out"):
        return []
    found = told.get("effects", ())
    same = [one for one in found if one["everybody"] == one["published"]]
    moved = [
        f"{read.title(one['scale'])} averages {one['published']} of 100; with them it would be {one['everybody']}."
        for one in found
        if one not in same
    ]
    names = listed([inside(read.title(one["scale"])) for one in same]) if same else ""
    still = [f"The average does not change with them: {names}."] if same else []
    hidden = [] if found else ["What that changes is not shown, to protect the people who were left out."]
    return moved + still + hidden


def singled_out(p: Protected) -> list[str]:
    """Which columns, known together, leave people alone in the file, as the check at upload found it."""
    found = _told(p).get("alone", ())
    if not found:
        return ["Nobody stands alone by any three of the groups of this file, or there are too few people to say."]
    said = [
        f"By {listed(one['columns'])}{' together' if len(one['columns']) > 1 else ''}, {one['alone']} of the people "
        f"stand alone, and {one['small']} are in groups of fewer than five."
        for one in found
    ]
    return [*said, "That is why splits are shown one at a time, in large units and for large groups only."]


def of_teams(p: Protected) -> list[str]:
    """What ICC(1), ICC(2), r_wg(J) and AD say of each scale, one sentence each."""
    read = Reading(p)
    found = [sentence for scale in read.scales for sentence in _between(read, scale)]
    return [*found, NO_NEED] if found else []


def unsure(p: Protected) -> str:
    """What the standard error of measurement means."""
    return (
        "Unsure by: how many points one person's score may lie from the true one through the questions alone (two in "
        "three lie nearer); averages of groups are far surer."
        if any(part == "sem" for _, _, _, part in Reading(p).cells)
        else ""
    )


def badges(p: Protected) -> list[str]:
    """Each questionnaire with the sentence on where it is not known to hold; those that hold are left out."""
    found: dict[str, list[str]] = {}
    for entry in Reading(p).scales.values():
        if entry.get("badge"):
            found.setdefault(str(entry["badge"]), []).append(str(entry["title"]))
    return [f"{listed(titles)}: {sentence[:1].lower()}{sentence[1:]}" for sentence, titles in found.items()]


def labelled(read: Reading) -> dict[str, str]:
    """The questions' own words by item id."""
    return {str(item["id"]): str(item["label"]) for entry in read.scales.values() for item in entry.get("items", ())}


def _between(read: Reading, scale: str) -> list[str]:
    value = {part: read.cell(RELIABILITY, WHOLE, scale, part).value for part in ("icc1", "icc2", "rwg", "ad")}
    title = capital(in_line(read.title(scale)))
    said = []
    if value["icc1"] == value["icc1"]:
        said.append(between_sentence(BetweenTeams(0, 0, nan, nan, nan, nan, value["icc1"], value["icc2"])))
    if value["rwg"] == value["rwg"]:
        one = Agreement(*(np.array([v]) for v in (0, nan, value["rwg"], nan, value["ad"])))
        said.append(agreement_sentence(one, int(read.scales[scale]["levels"])))
        if "do not share" in said[-1] and read.scales[scale]["role"] in SHARED_ROLES:
            said.append("So a team's average is no shared view of its workplace.")
    return [f"{title}: {inside(said[0])} {' '.join(said[1:])}".strip()] if said else []


def _is_item(view: str, part: str) -> bool:
    return view == RELIABILITY and part.startswith("item:")


def _told(p: Protected) -> Mapping[str, Any]:
    told: Mapping[str, Any] = p.manifest.get("answering", {})
    return told


def _people(band: Mapping[str, Any]) -> str:
    return f"{band['low']:,} to {band['high']:,} people"
