"""The attacker: tries to learn from a release what nobody should, and says what it found.

It reads only what was published and shares no deciding code with ``protect``. With the wave at hand (``Truth``) it
knows how many people stand behind every figure, as somebody with the staff list does; without it, it takes the
smallest numbers that the published bands allow. Read ``seen`` (what is published), ``people`` (who stands behind it),
``rank`` (what sums give away exactly), ``company`` (what the figures leave possible), ``persons`` (what they say of one
person), ``display`` (the rules of display), ``linked`` (measures worked out from the same answers) in this order.
"""

from analytics.attack.audit import audit, in_words
from analytics.attack.linked import Linked, attack_linked
from analytics.attack.people import Truth, truth_of
from analytics.attack.pool import Sheets, sheets
from analytics.attack.seen import Edition
from analytics.attack.together import outside, together

__all__ = [
    "Edition",
    "Linked",
    "Sheets",
    "Truth",
    "attack_linked",
    "audit",
    "in_words",
    "outside",
    "sheets",
    "together",
    "truth_of",
]
