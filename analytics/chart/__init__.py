"""Protected aggregates drawn: each chart is one file and hands over a ``Drawing``."""

from analytics.chart.drawing import Drawing
from analytics.chart.leanings import leanings
from analytics.chart.profiles import profiles
from analytics.chart.scores import scores
from analytics.chart.shares import shares
from analytics.chart.slope import slope
from analytics.chart.teams import teams

__all__ = ["Drawing", "leanings", "profiles", "scores", "shares", "slope", "teams"]
