"""Protected aggregates drawn: each chart is one file and hands over a ``Drawing``."""

from analytics.chart.change import change
from analytics.chart.counted import counted
from analytics.chart.drawing import Drawing
from analytics.chart.drivers import drivers
from analytics.chart.fit import fit, quadrants
from analytics.chart.leanings import leanings
from analytics.chart.lineup import lineup
from analytics.chart.outcomes import outcomes
from analytics.chart.profiles import profiles
from analytics.chart.quality import reliability
from analytics.chart.questions import questions
from analytics.chart.response import response
from analytics.chart.scores import scores
from analytics.chart.shares import shares
from analytics.chart.slope import slope
from analytics.chart.splits import splits
from analytics.chart.tables import fits
from analytics.chart.teams import teams

__all__ = [
    "Drawing",
    "change",
    "counted",
    "drivers",
    "fit",
    "fits",
    "leanings",
    "lineup",
    "outcomes",
    "profiles",
    "quadrants",
    "questions",
    "reliability",
    "response",
    "scores",
    "shares",
    "slope",
    "splits",
    "teams",
]
