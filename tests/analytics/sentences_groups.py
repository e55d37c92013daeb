"""Sentences on leanings, profiles and groups: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from releases import cell, hidden, mean_measure, release, scale, share_measure
from sentences_teams import LONG, Said, Table
from small_waves import TO_HOME, a_wave

from analytics import finding
from analytics.acquiescence import _said as agreeing
from analytics.acquiescence import acquiescence
from analytics.aggregation import Agreement, BetweenTeams, agreement_sentence, between_sentence
from analytics.finding.by_group import NEVER_ALONE
from analytics.honesty import SENTENCES, _too_few, _verdict
from analytics.protect import Protected
from analytics.reliability import Reliability
from analytics.reliability import verdict as trust
from analytics.stability import _said as stable

NAN = float("nan")


def leaning(**more: Any) -> Protected:
    rows = [
        cell("leanings", 0, "leaning", text, part=part)
        for part, text in (("balance", "20–40 %"), ("mixed", "20–40 %"), ("integration", "40–60 %"))
    ]
    return release(rows, **{"measures": [share_measure("leaning", "Leaning", kind="parts")], **more})


def wordy() -> Protected:
    """Leanings whose printed shares are too long for one heading."""
    text = "a share of people somewhere from 20 to 40 %"
    rows = [
        cell("leanings", 0, "leaning", "20–40 %", part=part) | {"text": text} for part in ("balance", "integration")
    ]
    return release(rows, measures=[share_measure("leaning", "Leaning", kind="parts")])


def bounded(kind: str) -> str:
    return finding.index_name(leaning(boundary={"kind": kind, "parts": [], "sentence": ""}))


def judged(verdict: str = "continuum", **more: Any) -> Protected:
    told = {"tested": True, "verdict": verdict, "sentence": "S.", "p": 0.48, "certain": 65.0, "exploratory": False}
    return release([], groups={**told, "stable_sentence": "Stable.", **more})


def steps(values: Sequence[int | None], half: float = 4.0, title: str = "") -> str:
    rows = [
        hidden("slope", 0, "CBI.work", str(step))
        if value is None
        else cell("slope", 0, "CBI.work", str(value), part=str(step), ci_low=value - half, ci_high=value + half)
        for step, value in enumerate(values, start=1)
    ]
    return finding.slope(release(rows, measures=[mean_measure("CBI.work", title)]))


UP, FLAT, FEW = (28, 34, 41, 50, 58), (40, 41, 40, 41, 40), (60, 20, None, None, None)


def fitted(**more: Any) -> str:
    row = cell("profiles", 0, "profile:2", "70", part="balance|EVK.preference", kind="model")
    return finding.profiles(release([row], **more))


def by_group(integration: int | None, balance: int | None, margin: int = 4, title: str = "Work burnout") -> str:
    rows = []
    for group, value in (("integration", integration), ("balance", balance)):
        row = hidden("profiles", 0, "outcome:CBI.work", group)
        if value is not None:
            ends = {"ci_low": float(value - margin), "ci_high": float(value + margin)}
            row = cell("profiles", 0, "outcome:CBI.work", str(value), part=group, kind="model", **ends)
        rows.append(row)
    return finding.outcomes(
        release(rows, measures=[mean_measure("CBI.work", title)], scales=[scale("CBI.work", title)])
    )


def sure(**more: Any) -> Said:
    return finding.sureness(judged(**more))


def between(icc1: float, icc2: float = 0.8) -> str:
    return between_sentence(BetweenTeams(0, 0, NAN, NAN, NAN, NAN, icc1, icc2))


def agreed(rwg: float, apart: float = 0.4) -> str:
    return agreement_sentence(Agreement(*(np.array([v]) for v in (0, NAN, rwg, NAN, apart))), 5)


def trusted(omega: float) -> str:
    return trust(Reliability(0, 0, NAN, NAN, NAN, omega, ()))[1]


def habit(strong: bool = True, burnout: bool = True) -> str:
    rng = np.random.default_rng(1)
    index = rng.normal(size=200)
    return agreeing(0.4 if strong else 0.1, index, index + rng.normal(size=200), index if burnout else None)


def one_way() -> str:
    return acquiescence(a_wave({item: [1, 2, 5] for item in TO_HOME.columns}, (TO_HOME,)), np.arange(3.0)).sentence


def tested(p_normal: float, p_peaked: float) -> str:
    return SENTENCES[_verdict(p_normal, p_peaked)]


GROUPS: Table = {
    "finding/boundary": {
        "1 or fewer": (lambda: finding.evidence(judged(p=0.01)), lambda: finding.evidence(judged(p=0.02))),
        "Boundary Index": (lambda: bounded("full"), lambda: bounded("absent")),
        "Boundary Index (preference only)": (lambda: bounded("preference only"), lambda: bounded("full")),
        "Boundary Index (work-to-home only)": (lambda: bounded("work-to-home only"), lambda: bounded("full")),
        "Boundary Index (home-to-work only)": (lambda: bounded("home-to-work only"), lambda: bounded("full")),
        "Fewer than 300 people answered: take this as a first look.": (
            lambda: finding.evidence(judged(exploratory=True)),
            lambda: finding.evidence(judged()),
        ),
        "Leanings in fixed bands{}": (lambda: finding.leanings(wordy()), lambda: finding.leanings(leaning())),
        "No clear slope along the boundary index": (lambda: steps(FLAT, title=LONG), lambda: steps(UP, title=LONG)),
        "No clear slope in {} along the boundary index": (lambda: steps(FLAT), lambda: steps(UP)),
        "No profiles are shown for this survey": (lambda: finding.profiles(release([])), fitted),
        "On one continuum alone, answers that look as divided as these would come up in {} of 100 surveys.": (
            lambda: finding.evidence(judged()),
            lambda: finding.evidence(judged(p=None)),
        ),
        "So balance-leaning and integration-leaning may be read as two groups of people with few in between.": (
            lambda: finding.evidence(judged("two groups")),
            lambda: finding.evidence(judged("uneven")),
        ),
        "So the two names describe parts of an uneven spread, and no line between them is sharp.": (
            lambda: finding.evidence(judged("uneven")),
            lambda: finding.evidence(judged("two groups")),
        ),
        "So the two names mark the ends of one scale: most people stand between them, and no line is sharp.": (
            lambda: finding.evidence(judged("continuum")),
            lambda: finding.evidence(judged("uneven")),
        ),
        "This survey has no boundary questions, so leanings are not shown": (
            lambda: finding.leanings(leaning(boundary={"kind": "absent", "parts": [], "sentence": ""})),
            lambda: finding.leanings(leaning()),
        ),
        "This survey has no burnout questions, so no slope is shown": (
            lambda: finding.slope(leaning()),
            lambda: steps(UP),
        ),
        "Too few steps to say how {} runs along the index": (lambda: steps(FEW), lambda: steps(FLAT)),
        "Too few steps to show a slope": (lambda: steps(FEW, title=LONG), lambda: steps(FLAT, title=LONG)),
        "Two fitted profiles: a description of both ends, not two groups": (
            lambda: fitted(groups={"tested": True, "verdict": "continuum"}),
            lambda: fitted(groups={"tested": True, "verdict": "two groups"}),
        ),
        "Two groups, question by question": (
            lambda: fitted(groups={"tested": True, "verdict": "two groups"}),
            lambda: fitted(groups={"tested": True, "verdict": "uneven"}),
        ),
        "Two fitted profiles; whether two groups exist is not yet tested": (
            fitted,
            lambda: fitted(groups={"tested": True}),
        ),
        "Whether people fall into two groups is not yet tested.": (
            lambda: finding.groups(release([], groups={})),
            lambda: finding.groups(judged()),
        ),
        "groups not yet tested": (
            lambda: finding.leanings(leaning()),
            lambda: finding.leanings(leaning(groups={"tested": True})),
        ),
        "{} goes with more burnout: association, not a cause": (
            lambda: steps(UP, title=LONG),
            lambda: steps(FLAT, title=LONG),
        ),
        "{} goes with more {}: association, not a cause": (lambda: steps(UP[::-1]), lambda: steps(UP, half=40.0)),
        "{} lean to balance, {} to integration{}": (
            lambda: finding.leanings(leaning()),
            lambda: finding.leanings(wordy()),
        ),
    },
    "finding/by_group": {
        " Entropy {} (1 certain, 0 a coin toss).": (lambda: sure(entropy=0.6), lambda: sure()),
        " Fitted to two halves of the people, they agree by {} (adjusted Rand index).": (
            lambda: sure(split_half=0.9),
            lambda: sure(),
        ),
        " Where classified, people belong by {} % or more on average.": (
            lambda: sure(avepp=[0.91, 0.87]),
            lambda: sure(avepp=[0.91, None]),
        ),
        "Burnout is not shown by group: two groups are not supported": (
            lambda: finding.outcomes(release([])),
            lambda: by_group(48, 39),
        ),
        "How certain: {} % of the people belong to one of the two profiles with a probability of 80 % or more; "
        "the others could be counted to either.{}{}": (lambda: sure(), lambda: sure(certain=None)),
        "How stable: {}{}": (lambda: sure(), lambda: sure(stable_sentence="")),
        "No clear difference between the groups": (lambda: by_group(44, 41, title=LONG), lambda: by_group(48, 39)),
        "No clear difference in {} between the two groups": (
            lambda: by_group(44, 40, margin=1),
            lambda: by_group(48, None),
        ),
        "These answers differ too much to fit everybody: the profiles were fitted to {} people, one drawn from each "
        "stretch of the sorted answers, and then everybody was classified by them.": (
            lambda: sure(sampled=20_000),
            lambda: sure(),
        ),
        # The table of fits always says it: tests of its chart hold it to that.
        "This table never decides by itself: on one plain continuum, too, two profiles fit better than one. "
        "Only the two-group test decides.": (lambda: NEVER_ALONE, None),
        "{}-leaning people report more burnout: association, not a cause": (
            lambda: by_group(48, 39, title=LONG),
            lambda: by_group(44, 41, title=LONG),
        ),
        "{}-leaning people report more {}: association, not a cause": (
            lambda: by_group(39, 48),
            lambda: by_group(None, 48),
        ),
    },
    "aggregation": {
        "Members of a team mostly {} (agreement {}, deviation {} of {} answers).": (
            lambda: agreed(0.9),
            lambda: agreed(NAN),
        ),
        "No team has enough answers to say whether its members agree.": (lambda: agreed(NAN), lambda: agreed(0.9)),
        "There are too few teams to say how much they differ.": (lambda: between(NAN), lambda: between(0.1)),
        "a large part": (lambda: between(0.3), lambda: between(0.1)),
        "a medium part": (lambda: between(0.1), lambda: between(0.04)),
        "do not share one view": (lambda: agreed(0.5), lambda: agreed(0.9)),
        "{}; averages {}.": (lambda: between(0.1), lambda: between(0.1, NAN)),
        "hardly tell teams apart": (lambda: between(0.1, 0.5), lambda: between(0.1, 0.8)),
        "share one view": (lambda: agreed(0.9), lambda: agreed(NAN)),
        "tell teams apart well": (lambda: between(0.1, 0.8), lambda: between(0.1, 0.5)),
        "{} % of the differences between people lie between teams, {}": (
            lambda: between(0.1),
            lambda: between(NAN),
        ),
    },
    "reliability": {
        "How well the questions hang together cannot be said: one question, or too few answers.": (
            lambda: trusted(NAN),
            lambda: trusted(0.5),
        ),
        "The questions hang together well enough to compare groups.": (lambda: trusted(0.7), lambda: trusted(0.69)),
        "The questions hardly measure one thing: groups are not compared on this scale.": (
            lambda: trusted(0.59),
            lambda: trusted(0.6),
        ),
        "The questions measure one thing only roughly: small differences say nothing.": (
            lambda: trusted(0.6),
            lambda: trusted(0.7),
        ),
        "too low": (lambda: trust(Reliability(0, 0, NAN, NAN, NAN, 0.5, ()))[0], lambda: trusted(0.7)),
    },
    "stability": {
        "The profiles change when people are resampled ({}).": (
            lambda: stable(0.5, (0.3,))[1],
            lambda: stable(0.9, (0.9,))[1],
        ),
        "The profiles come again in outline only when people are resampled ({}).": (
            lambda: stable(0.5, (0.7,))[1],
            lambda: stable(0.9, (0.9,))[1],
        ),
        "The profiles come again when people are resampled ({}).": (
            lambda: stable(0.9, (0.9,))[1],
            lambda: stable(0.5, (0.7,))[1],
        ),
        "median ARI {}; lowest Jaccard {}": (lambda: stable(0.9, (0.9,))[1], None),
    },
    "acquiescence": {
        " Without that habit, the index goes along with burnout by r = {} instead of {}.": (
            lambda: habit(),
            lambda: habit(burnout=False),
        ),
        "A habit of agreeing goes {} along with the Boundary Index (r = {}).": (lambda: habit(strong=False), one_way),
        "All answered scales point one way, so a habit of agreeing cannot be told from what is asked.": (
            one_way,
            lambda: habit(),
        ),
    },
    "honesty": {
        "One continuum; the two labels mark its ends.": (lambda: tested(0.05, NAN), lambda: tested(0.001, 0.001)),
        "Shape is uneven, separate groups are not established.": (
            lambda: tested(0.001, 0.5),
            lambda: tested(0.001, 0.001),
        ),
        "The data support two groups.": (lambda: tested(0.001, 0.001), lambda: tested(0.001, 0.5)),
        "Two groups are not looked for: that needs {} people with differing answers, and here are {}.": (
            lambda: _too_few(40).sentence,
            lambda: tested(0.5, NAN),
        ),
        "too few": (lambda: _too_few(40).verdict, lambda: _verdict(0.5, NAN)),
        "two groups": (lambda: _verdict(0.001, 0.001), lambda: _verdict(0.001, 0.5)),
    },
}
