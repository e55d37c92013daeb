"""The fourteen indicators in words: what each counts, where its line comes from, what a file needs to show it."""

from __future__ import annotations

from dataclasses import dataclass

from analytics.instrument import Line

CONVENTION = "Evenkeel's convention"
_ANYWHERE = "no population; a fixed point of the answer scale"


@dataclass(frozen=True)
class Indicator:
    """One indicator: its name, how it is worked out, its line, its source, and the sentence for a file without it."""

    id: str
    title: str
    formula: str
    source: str
    absent: str
    line: Line | None = None
    burden: str = "high"
    caveat: str = ""


def _midpoint(name: str) -> Line:
    return Line(50.0, name, "convention", CONVENTION, _ANYWHERE)


_EXHAUSTED = "Kristensen et al. 2005, doi:10.1080/02678370500297720"
_FIT = "Kreiner 2006, doi:10.1002/job.386; Edwards & Rothbard 1999, doi:10.1006/obhd.1998.2813"
_HOURS = "hours worked per week"

COMPUTED: tuple[Indicator, ...] = (
    Indicator(
        "I1",
        "Work-related exhaustion",
        "mean of the work scale, and the share of people at or above each line",
        _EXHAUSTED,
        "This file has no questions on work-related exhaustion from the Copenhagen Burnout Inventory.",
    ),
    Indicator(
        "I2",
        "Personal exhaustion",
        "mean of the personal scale, and the share of people at or above each line",
        _EXHAUSTED,
        "This file has no questions on personal exhaustion from the Copenhagen Burnout Inventory.",
    ),
    Indicator(
        "I7",
        "Low detachment",
        "share of people whose detachment score is below 50",
        "Sonnentag & Fritz 2007, doi:10.1037/1076-8998.12.3.204",
        "This file has no questions on switching off from work in free time (detachment).",
        _midpoint("midpoint of the detachment scale"),
    ),
    Indicator(
        "I8",
        "Less separation allowed than wanted",
        "share of people whose preference for separation is 25 points or more above what the workplace allows",
        _FIT,
        "This file does not ask both how much separation people want and how much the workplace allows.",
        Line(25.0, "one step on a five-point question", "convention", CONVENTION, _ANYWHERE),
    ),
    Indicator(
        "I8.over",
        "More separation imposed than wanted",
        "share of people whose preference for separation is 25 points or more below what the workplace gives",
        _FIT,
        "",
        Line(-25.0, "one step on a five-point question", "convention", CONVENTION, _ANYWHERE),
        burden="",
    ),
    Indicator(
        "I9",
        "Mixing without wanting to",
        "share of people whose preference for separation is 60 or higher and who mix work and private life at 60 or "
        "higher (mean of both directions)",
        "Mueller et al. 2023, doi:10.3389/fpsyg.2023.1149969; Wepfer et al. 2018, doi:10.1007/s10869-017-9520-y",
        "This file does not ask both what separation people want and how they mix work and private life in both "
        "directions.",
        Line(60.0, "60 on both scales", "convention", CONVENTION, _ANYWHERE),
    ),
    Indicator(
        "I10",
        "Low boundary control",
        "share of people whose boundary control score is below 50",
        "Kossek et al. 2012, doi:10.1016/j.jvb.2012.04.003",
        "This file has no questions on who decides when work enters private time (boundary control).",
        _midpoint("midpoint of the boundary control scale"),
    ),
    Indicator(
        "I11",
        "Work messages after hours",
        "share of people who answer often or always on dealing with work messages after their working day",
        "Barber & Santuzzi 2015, doi:10.1037/a0038278",
        "This file has no question on work messages after the working day that Evenkeel recognises.",
    ),
    Indicator(
        "I12.48",
        "Working more than 48 hours a week",
        f"share of people with more than 48 {_HOURS}",
        "Weekly limit of India's Occupational Safety, Health and Working Conditions Code; International Labour "
        "Organization",
        "This file has no hours worked per week.",
        Line(
            48.0, "48 hours a week", "statutory", "India's labour codes; ILO", "employees in India", "Not legal advice."
        ),
        caveat="Managers and shops may fall under other rules; no legal verdict is meant.",
    ),
    Indicator(
        "I12.55",
        "Working 55 hours a week or more",
        f"share of people with 55 or more {_HOURS}",
        "Pega et al. 2021 (WHO and ILO), doi:10.1016/j.envint.2021.106595",
        "",
        Line(55.0, "55 hours a week", "published", "WHO and ILO 2021", "workers in 194 countries"),
    ),
)

# Named as absent in every file until their keys are scored.
NOT_SCORED: tuple[tuple[str, str], ...] = (
    ("I3", "core burnout symptoms (Burnout Assessment Tool)"),
    ("I4", "the exhaustion and disengagement pattern (Oldenburg Burnout Inventory)"),
    ("I5", "burnout in a single question"),
    ("I6", "work getting in the way of home life"),
    ("I13", "the balance of job demands and resources"),
    ("I14", "general wellbeing (WHO-5)"),
)

# The inventory's own scales and the indicator that each one is.
SCALE_INDICATORS = {"CBI.work": "I1", "CBI.personal": "I2"}


def indicator(indicator_id: str) -> Indicator:
    """The definition with this id; raises ``KeyError`` for an id that is not computed."""
    return {entry.id: entry for entry in COMPUTED}[indicator_id]
