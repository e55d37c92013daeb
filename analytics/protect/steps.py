"""How exactly a figure of a model may be shown: in steps that grow as fewer people stand behind it.

Nothing linear is known of such figures, so no audit covers them. They are shown so coarsely instead that a person
more or less moves none of them by more than one step; alpha alone, which analysts compare with published values, is
told in hundredths and moves by no more than the step of a coefficient. What moves further is told in words or not at
all. Everything here is a function of the number of people, never of what they answered.
Checked against: every row of waves of 101 and of 300 people left out in turn; profiles with 300 only, since of about
100 people one may turn a fitted profile into another.
"""

from __future__ import annotations

from math import floor, isnan

from analytics.protect.display import Shown

# People: below, one of them may turn a factor, or a third profile, into another, or a ratio of variances around.
OMEGA_FROM, FITS_FROM, ICC2_FROM = 300, 300, 500
GENERAL_FROM, GENERAL = 1000, 0.1  # omega hierarchical, whose facets one person may turn: by up to 0.05 of 1,000
_COEFFICIENTS = ((1000, 0.01), (500, 0.02), (200, 0.05), (0, 0.1))
ALPHA = 0.01
_TENTH = 0.1
_POINTS = ((1000, 1.0), (500, 2.0), (0, 5.0))
STATISTIC = 10.0  # of a likelihood ratio
_AGREEMENT = ((1000, 0.01), (500, 0.05), (200, 0.1), (0, 0.2))
_OF_EXPLAINED = ((5000, 1.0), (2000, 2.0), (1000, 5.0), (500, 10.0), (0, 20.0))
_APART, _LIKELIER = 20.0, 10.0  # steps of what criteria and log-likelihoods lie apart


def coefficient(n: int) -> float:
    """The step of a correlation, a reliability or another figure from -1 to 1: 0.1 below 200 people, to 0.01 from
    1,000."""
    return next(step for least, step in _COEFFICIENTS if n >= least)


def points(n: int) -> float:
    """The step of a figure in points or per cent: 5 below 500 people, 2 below 1,000, else 1."""
    return next(step for least, step in _POINTS if n >= least)


def agreement(n: int) -> float:
    """The step of what holds of the team in the middle: another team may take its place."""
    return next(step for least, step in _AGREEMENT if n >= least)


def of_explained(n: int) -> float:
    """The step of a driver's share of what all explain, in per cent: where they explain little, it moves easily."""
    return next(step for least, step in _OF_EXPLAINED if n >= least)


def slope(n: int) -> float:
    """The step of a slope of a response surface, in points per ten points: 0.5 below 500 people, to 0.1 from 1,000."""
    return 10 * coefficient(n)


def rounded(value: float, step: float) -> float:
    """The multiple of ``step`` nearest to a value, NaN for NaN; no minus before a zero."""
    return value if isnan(value) else round(step * floor(value / step + 0.5), 6) + 0.0


def shown(value: float, step: float, unit: str = "") -> Shown:
    """A figure rounded to its step, with the words that are printed."""
    told = rounded(value, step)
    digits = 0 if step >= 1 else 1 if step >= _TENTH else 2
    return Shown(told, told, told, float("nan"), float("nan"), f"{told:,.{digits}f}{unit}")


def apart(value: float, from_: float) -> Shown:
    """How far a criterion that is nearly a sum over people, such as BIC, lies above the lowest: in steps of 20."""
    return shown(value - from_, _APART)


def likelier(value: float, one_profile: float) -> Shown:
    """How far a log-likelihood lies above that of one profile: in steps of 10."""
    return shown(value - one_profile, _LIKELIER)


def word(is_so: bool, yes: str, no: str) -> Shown:
    """One of two words, as 1 and 0."""
    place = float(is_so)
    return Shown(place, place, place, float("nan"), float("nan"), yes if is_so else no)
