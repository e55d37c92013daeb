"""The rules of display, checked cell by cell from the release's own files."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.attack.findings import Finding
from analytics.attack.seen import Edition


def broken_rules(editions: Sequence[Edition]) -> list[Finding]:
    """Every cell that is finer, smaller or more talkative than its group allows."""
    return []
