"""What the store hands out about waves and grants: small records, and the one way it says that something cannot be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

KEPT, PUBLISHED, UNDONE, DELETED = "kept", "published", "undone", "deleted"
GONE = "There is no such wave any more. Look at the list of waves again."
ANALYST, MANAGER = "analyst", "manager"
TOO_FEW = "Nothing can be shown of so few people without showing a person."


class NotPossible(ValueError):
    """Something that the store does not do, in a plain sentence: what is so, and what to do."""


@dataclass(frozen=True)
class WaveRecord:
    """A wave as lists show it; ``rows`` is None for whoever is not an analyst."""

    id: str
    survey: str
    survey_id: str
    name: str
    state: str  # KEPT or PUBLISHED
    sample: bool
    created: datetime
    published_at: datetime | None
    can_undo_until: datetime | None  # None when it is too late
    rows: int | None
    erased: int = 0  # rows that were deleted on request since the wave was published; 0 for others than analysts
    erased_on: datetime | None = None


@dataclass(frozen=True)
class Grant:
    """One right of one person: analyst of everything, or manager of one unit of one survey."""

    id: int
    identity: str  # issuer|subject
    role: str  # ANALYST or MANAGER
    survey_id: str = ""
    path: str = ""
