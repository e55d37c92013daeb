"""What a survey cannot show, in words: missing scales, missing indicators, and a first survey without change."""

from __future__ import annotations

from analytics.finding.words import count, listed
from analytics.protect import Protected
from analytics.reading import Reading

NO_BURNOUT = "This survey has no burnout questions, so no burnout score is shown."
_CBI = {"CBI.personal": "personal-burnout", "CBI.work": "work-burnout", "CBI.client": "client-burnout"}


def absent(p: Protected) -> tuple[str, ...]:
    """The sentences on every indicator and score that this survey cannot show, each once."""
    given = [str(entry["sentence"]) for entry in p.manifest.get("absent", ())]
    return tuple(dict.fromkeys([sentence for sentence in (missing_scores(p), *given) if sentence]))


def missing_scores(p: Protected) -> str:
    """Which of the three Copenhagen burnout scores was not asked; empty when all or none of them were."""
    headline = set(Reading(p).headline)
    missing = [words for scale, words in _CBI.items() if scale not in headline]
    if not missing or len(missing) == len(_CBI):
        return ""
    left = len(_CBI) - len(missing)
    others, verb = ("score", "is") if left == 1 else (count(left, "score"), "are")
    return f"This file has no {listed(missing)} questions. The other {others} {verb} complete."


def first_survey(n_waves: int) -> str:
    """The sentence in place of change when a survey has one published wave; empty when it has more."""
    return "First survey: no change shown yet." if n_waves == 1 else ""


def new_unit(earlier: str) -> str:
    """The sentence in place of change when the survey before does not have the unit: its line is broken, and why."""
    return f"No change shown: {earlier} has no unit of this name and place. An analyst can say which unit it was."
