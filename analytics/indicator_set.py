"""The fourteen indicators in words: what each counts, where its line comes from, what a file needs to show it."""

from __future__ import annotations

from dataclasses import dataclass
from math import nextafter

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


# Above the midpoint, not at it: as a line that people are at or above.
ABOVE_50 = nextafter(50.0, 100.0)
# Mean answers of 2.25 and 2.10 on 1 to 4, as 0 to 100; whole numbers divided once, as scores are.
OLBI_EXHAUSTED, OLBI_DISENGAGED = 125 / 3, 110 / 3


def at_most(at: float) -> float:
    """The line for "at or below ``at``" as one that people are below."""
    return nextafter(at, 100.0)


def agree_side(levels: int) -> float:
    """The lowest score (0-100) on the agree side: half a step above the middle answer (3.5 of 5, 4.5 of 7)."""
    return 50 * levels / (levels - 1)


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
        "I3",
        "Core burnout symptoms",
        "share of people at or above each line of the Burnout Assessment Tool, on unrounded means",
        "Schaufeli et al. 2023, doi:10.5271/sjweh.4093",
        "This file has no questions on core burnout symptoms from the Burnout Assessment Tool.",
    ),
    Indicator(
        "I4",
        "Exhausted and disengaged at once",
        "share of people with a mean answer (1 to 4) of 2.25 or more on exhaustion and 2.10 or more on disengagement",
        "Peterson et al. 2008, doi:10.1111/j.1365-2648.2007.04580.x",
        "This file does not ask both about exhaustion and about disengagement from the Oldenburg Burnout Inventory.",
        Line(
            OLBI_EXHAUSTED,
            "2.25 on exhaustion and 2.10 on disengagement",
            "published",
            "Peterson et al. 2008",
            "health-care workers in Sweden",
            "Derived from one sample, without clinical validation.",
        ),
        caveat="Lines derived from one Swedish sample; not a local norm and not a diagnosis.",
    ),
    Indicator(
        "I5",
        "Burned out by one's own account",
        "share of people who choose one of the three highest answers to a single question on burnout (3 or more of 5)",
        "Dolan et al. 2015, doi:10.1007/s11606-014-3112-6",
        "This file has no single question on burnout that Evenkeel recognises.",
        Line(50.0, "3 of 5", "published", "Dolan et al. 2015", "primary-care staff in the United States"),
        caveat="A single question gives other shares than a questionnaire; compare it with itself alone.",
    ),
    Indicator(
        "I6",
        "Work getting in the way of home life",
        "share of people whose mean answer is on the agree side (3.5 or higher of 5, 4.5 or higher of 7)",
        "Carlson et al. 2000, doi:10.1006/jvbe.1999.1713; Netemeyer et al. 1996, doi:10.1037/0021-9010.81.4.400; "
        "Burr et al. 2019, doi:10.1016/j.shaw.2019.10.002",
        "This file has no questions on work getting in the way of home life.",
        Line(62.5, "agree side", "convention", CONVENTION, _ANYWHERE),
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
        "I11.pressure",
        "Feeling pressed to answer at once",
        "share of people whose mean answer on workplace telepressure is 3.5 or higher of 5",
        "Barber & Santuzzi 2015, doi:10.1037/a0038278",
        "",
        Line(62.5, "agree side", "convention", CONVENTION, _ANYWHERE),
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
    Indicator(
        "I13",
        "Demands against resources",
        "half the difference between the mean of the demand scales (amount, pace, emotional) and the mean of the "
        "resource scales (influence, support, clear role, say over hours), plus 50: above 50, demands are higher",
        "Bakker & Demerouti 2017, doi:10.1037/ocp0000056; Burr et al. 2019, doi:10.1016/j.shaw.2019.10.002",
        "This file does not ask both about demands and about resources of the job (COPSOQ).",
    ),
    Indicator(
        "I13.over",
        "Demands above resources",
        "share of people whose mean demand score is higher than their mean resource score",
        "Bakker & Demerouti 2017, doi:10.1037/ocp0000056",
        "",
        Line(ABOVE_50, "demands as high as resources", "convention", CONVENTION, _ANYWHERE),
    ),
    Indicator(
        "I14",
        "Low wellbeing",
        "share of people at or below each line of the WHO-5 Well-Being Index",
        "Topp et al. 2015, doi:10.1159/000376585",
        "This file has no questions on general wellbeing (WHO-5).",
    ),
)

# Scales whose mean and lines are an indicator by themselves.
SCALE_INDICATORS = {
    "CBI.work": "I1",
    "CBI.personal": "I2",
    "BAT12.total": "I3",
    "BAT23.total": "I3",
    "SINGLE.burnout": "I5",
    "WHO5.wellbeing": "I14",
}
# Lines for the organisation alone: the lower line of WHO-5 is a screen for depression, never a figure of a team.
WHOLE_ONLY = {("WHO5.wellbeing", 28.0)}


def indicator(indicator_id: str) -> Indicator:
    """The definition with this id; raises ``KeyError`` for an id that is not computed."""
    return {entry.id: entry for entry in COMPUTED}[indicator_id]
