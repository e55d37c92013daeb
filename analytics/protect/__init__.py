"""Which cells may be shown, and how exactly: the only place where a ``Protected`` aggregate is made.

Read in this order: ``thresholds`` (minimum sizes), ``tree`` (the rule and the best choice under it), ``family`` (the
groups of a wave), ``display`` (steps, bands, cut ends), ``cells`` (every figure), ``model`` (figures outside the linear
audit), ``sealed`` (what a release becomes when it is read again).
"""

from analytics.protect.sealed import Protected, load
from analytics.protect.thresholds import Thresholds, thresholds

__all__ = ["Protected", "Thresholds", "load", "thresholds"]
