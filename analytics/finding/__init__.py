"""Sentences that a page may say, written by the tested result alone: each has a case in which it is silent."""

from analytics.finding.absent import absent, first_survey, missing_scores
from analytics.finding.boundary import groups, index_name, leanings, profiles, slope
from analytics.finding.overview import overview, scores, shares
from analytics.finding.teams import team_verdict, teams

__all__ = [
    "absent",
    "first_survey",
    "groups",
    "index_name",
    "leanings",
    "missing_scores",
    "overview",
    "profiles",
    "scores",
    "shares",
    "slope",
    "team_verdict",
    "teams",
]
