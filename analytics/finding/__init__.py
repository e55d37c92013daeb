"""Sentences that a page may say, written by the tested result alone: each has a case in which it is silent."""

from analytics.finding.absent import absent, first_survey, missing_scores, new_unit
from analytics.finding.act import act_first, flags
from analytics.finding.boundary import evidence, groups, index_name, leanings, profiles, slope, supported
from analytics.finding.by_group import outcomes, sureness
from analytics.finding.change import change
from analytics.finding.drivers import drivers, order_note
from analytics.finding.fit import fit, quadrants
from analytics.finding.lineup import lineup
from analytics.finding.over_waves import counted_by, counted_over, meanings, over_waves
from analytics.finding.overview import overview, scores, shares
from analytics.finding.questions import questions
from analytics.finding.reliability import reliability
from analytics.finding.response import response
from analytics.finding.signs import signs
from analytics.finding.splits import splits
from analytics.finding.talk import suggestions, talking_points
from analytics.finding.teams import between, team_verdict, teams
from analytics.finding.unsure import compared, unsure_note

__all__ = [
    "absent",
    "act_first",
    "between",
    "change",
    "compared",
    "counted_by",
    "counted_over",
    "drivers",
    "evidence",
    "first_survey",
    "fit",
    "flags",
    "groups",
    "index_name",
    "leanings",
    "lineup",
    "meanings",
    "missing_scores",
    "new_unit",
    "order_note",
    "outcomes",
    "over_waves",
    "overview",
    "profiles",
    "quadrants",
    "questions",
    "reliability",
    "response",
    "scores",
    "shares",
    "signs",
    "slope",
    "splits",
    "suggestions",
    "supported",
    "sureness",
    "talking_points",
    "team_verdict",
    "teams",
    "unsure_note",
]
