"""Sentences on change, on what is missing and on who answered: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from more_releases import answered, waves
from releases import CBI, cell, mean_measure, release, scale, share_measure
from sentences_teams import Said, Table, no_burnout, of, teams

from analytics import finding
from analytics.anchored import FITTED, MEASURE, VIEW
from analytics.change import changes
from analytics.comparable import anchored, composition, difference_in_kind, moved_question
from analytics.finding.absent import new_unit
from analytics.finding.change import ARROWS, told
from analytics.lineage import lineage
from analytics.protect import Protected
from analytics.reading import Reading


def asked(*scales: str) -> Protected:
    return release([], measures=[mean_measure(scale) for scale in scales])


def pair(*values: int | str, **more: Any) -> tuple[Reading, list[Any]]:
    earlier, later = (Reading(p) for p in waves(*values, **more))
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    return later, list(changes(earlier, later, matched, [("indicators", "CBI.work")], [1]))


def broken() -> tuple[Reading, list[Any]]:
    earlier, later = Reading(waves(40)[0]), Reading(waves(60, measures=[mean_measure("CBI.work", scale="other")])[0])
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    return later, list(changes(earlier, later, matched, [("indicators", "CBI.work")], [1]))


def changed(*values: int | str) -> str:
    return finding.change(*pair(*values))


def retold(*values: int | str) -> list[str]:
    later, found = pair(*values)
    return [told(later, one) for one in found]


def kinds(**more: Any) -> str:
    """Why the second of two waves may not be joined to the first."""
    index = mean_measure("B", role="boundary", scale="")
    earlier, later = (Reading(release([], measures=[index], **one)) for one in ({}, more))
    return difference_in_kind(earlier, later, "B")


def people(earlier: Mapping[str, Any], later: Mapping[str, Any]) -> Said:
    rows = [cell("response", 0, "response", str(one.pop("rate", "70–75 %"))) for one in (earlier, later)]  # type: ignore[attr-defined]
    two = [Reading(release([row], **one)) for row, one in zip(rows, (earlier, later), strict=True)]
    return composition(*two, lineage(two[0].manifest["units"], two[1].manifest["units"]))


def several(n: int, low: int = 100, high: int = 199) -> dict[str, Any]:
    return {"n": {"low": low * n, "high": high * n}}


def named(*names: str) -> dict[str, Any]:
    return {"names": names}


EVEN, ODD, MOVED = (0.7, 0.7, 0.7, 0.7), (0.9, 0.1, 0.9, 0.1), (50, 50, 75, 50)


def meaning(wave: str, means: Sequence[int] = (50, 50, 50, 50), loadings: Sequence[float] = EVEN, n: int = 500) -> Any:
    """A wave that tells how the four questions of one scale hang together; nothing of it with ``n`` 0."""
    items = [{"id": f"Q{at}", "label": f"Question {at}"} for at in range(4)]
    factor = {"n": n, "means": list(means), "spreads": [25] * 4, "loadings": list(loadings)} if n else None
    entry = scale("S.a", "Calm", items=items, factor=factor)
    return release([], wave=wave, scales=[entry], measures=[mean_measure("S.a")])


def meant(**later: Any) -> tuple[Reading, Reading]:
    return Reading(meaning("Spring")), Reading(meaning("Autumn", **later))


def over(**later: Any) -> Said:
    return finding.meanings([meaning("Spring"), meaning("Autumn", **later)])


def counted(balance: int = 50, own: bool = False, n: int = 500, **told: Any) -> Protected:
    """A later wave counted by the profiles of spring: shares of balance and integration."""
    anchor = {"reference": "Spring", "release": "x", "agreement": 0.95, "why": "", "scales": {}, **told}
    shares = {"balance": balance, "integration": 100 - balance}
    rows = [
        cell(VIEW, 0, measure, f"{value} %", part=f"{name}|share", kind="model", n_low=n)
        for measure in ((MEASURE, FITTED) if own else (MEASURE,))
        for name, value in shares.items()
    ]
    return release(rows, groups={"tested": True, "anchored": anchor}, scales=[scale("S.a", "Calm")])


def by_spring(**told: Any) -> Said:
    return finding.counted_by(counted(**told))


def shift(before: int, after: int, n: int = 500) -> str:
    return finding.over_waves([counted(before, n=n), counted(after, n=n)])


def two_questions(n: int) -> str:
    """A scale of ``n`` questions of which the first moved."""
    items = [{"id": f"Q{at}", "label": f"Question {at}"} for at in range(n)]
    two = []
    for wave, first in (("Spring", 50), ("Autumn", 80)):
        factor = {"n": 500, "means": [first, *[50] * (n - 1)], "spreads": [25] * n, "loadings": [0.7] * n}
        entry = scale("S.a", "Calm", items=items, factor=factor)
        two.append(release([], wave=wave, scales=[entry], measures=[mean_measure("S.a")]))
    return " ".join(finding.meanings(two))


def unasked() -> Said:
    """A measure that the earlier of two waves does not have."""
    earlier, later = Reading(waves(40, measures=[mean_measure("B")])[0]), Reading(waves(40)[0])
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    return [told(later, one) for one in changes(earlier, later, matched, [("indicators", "CBI.work")], [1])]


def leanings(asked: bool) -> str:
    measure = share_measure("leaning" if asked else "I7", "Leaning", kind="parts")
    return anchored(*(Reading(release([], measures=[measure])) for _ in range(2)))


WAVES: Table = {
    "finding/absent": {
        "First survey: no change shown yet.": (lambda: finding.first_survey(1), lambda: finding.first_survey(2)),
        "No change shown: {} has no unit of this name and place. An analyst can say which unit it was.": (
            lambda: new_unit("Autumn 2025"),
            lambda: finding.first_survey(1),
        ),
        "This file has no {} questions. The other {} {} complete.": (
            lambda: finding.missing_scores(asked("CBI.work")),
            lambda: [finding.missing_scores(p) for p in (asked(*CBI), asked("OWN.tired"))],
        ),
        "This survey has no burnout questions, so no burnout score is shown.": (
            lambda: finding.overview(no_burnout()),
            lambda: finding.overview(teams("u")),
        ),
    },
    "finding/change": {
        " The change is clear.": (lambda: retold(40, 52), lambda: retold(40, 43)),
        " The change may be chance.": (lambda: retold(40, 43), lambda: [*retold(40, 40), *retold(40, 52)]),
        "No change can be shown here": (lambda: changed(40, "hidden"), lambda: changed(40, 40)),
        "Nothing has clearly changed since last time": (lambda: changed(40, 43), lambda: changed(40, 52)),
        "The questions changed: no change is shown": (
            lambda: finding.change(*broken()),
            lambda: changed(40, "hidden"),
        ),
        "not comparable": (lambda: ARROWS["broken"], lambda: retold(40, 43)),
        "not in the earlier survey.": (lambda: unasked(), lambda: retold(40, 43)),
        "{} since last time": (lambda: changed(52, 40), lambda: changed(40, "hidden")),
        "{}: no change shown.": (lambda: retold(40, "hidden"), lambda: retold(40, 40)),
        "{}: {} before, {} now; {}.{}": (lambda: retold(40, 40), lambda: retold(40, "hidden")),
    },
    "comparable": {
        "Fewer people answered than last time; part of a change may come from who answered.": (
            lambda: people(several(3), several(1)),
            lambda: people(several(1), several(1)),
        ),
        "More people answered than last time; part of a change may come from who answered.": (
            lambda: people(several(1), several(3)),
            lambda: people(several(3), several(1)),
        ),
        "The response rate changed by more than 10 points; part of a change may come from who answered.": (
            lambda: people({"rate": "60–65 %"}, {"rate": "75–80 %"}),
            lambda: people({"rate": "60–65 %"}, {"rate": "65–70 %"}),
        ),
        "Units changed: {} are new and {} are gone since {}.": (
            lambda: people(named("Sales"), named("Sales", "Pay")),
            lambda: people(named("Sales"), named("Sales")),
        ),
        "Leanings are counted in the same fixed bands of the Boundary Index in every survey (40 and 60), so a change "
        "is one of answers and not of bands.": (
            lambda: leanings(True),
            lambda: leanings(False),
        ),
        "The Boundary Index was made of other parts, so the two surveys cannot be compared on it.": (
            lambda: kinds(boundary={"kind": "preference only", "parts": ["EVK.preference"]}),
            lambda: kinds(),
        ),
        "The questions hang together differently than before, so the two surveys cannot be compared on this.": (
            lambda: difference_in_kind(*meant(loadings=ODD), "S.a"),
            lambda: difference_in_kind(*meant(), "S.a"),
        ),
        "Without it, the scale went from {} to {}.": (
            lambda: moved_question(*meant(means=MOVED), "S.a", 0),
            lambda: moved_question(*meant(means=MOVED), "S.a", 1),
        ),
        "“{}” moved by about {} points beyond the other questions since {}, so its meaning may have changed and no "
        "change is called clear.": (
            lambda: moved_question(*meant(means=MOVED), "S.a", 1),
            lambda: moved_question(*meant(means=(60, 60, 60, 60)), "S.a", 1),
        ),
        "The questions, their answers or their scoring changed, so the two surveys cannot be compared on this.": (
            lambda: [one.note for one in broken()[1]],
            lambda: kinds(),
        ),
    },
    "finding/over_waves": {
        " (of two questions it cannot be told which one)": (lambda: two_questions(2), lambda: two_questions(4)),
        " By profiles fitted to this wave alone: {} and {}.": (lambda: by_spring(own=True), lambda: by_spring()),
        "Counted by the two profiles of {}: {} balance-leaning, {} integration-leaning.{} Those profiles are not "
        "fitted again, so a shift is one of people and not of profiles.": (
            lambda: by_spring(),
            lambda: by_spring(why="Too few people."),
        ),
        "Do the boundary questions mean the same as in {}? Not surely: {}.": (
            lambda: by_spring(scales={"S.a": "drift"}),
            lambda: by_spring(scales={"S.a": "same"}),
        ),
        "In {} of {} the questions mean the same as in {}, as far as answers tell.": (
            lambda: over(),
            lambda: over(means=MOVED),
        ),
        "No clear change in the two leanings on the same profiles": (
            lambda: [shift(50, 54), shift(50, 58, 100)],
            lambda: shift(50, 60),
        ),
        "No two surveys are counted by the same profiles": (
            lambda: finding.over_waves([counted()]),
            lambda: shift(50, 50),
        ),
        "Not checked, with one question, fewer than 100 answers or questions that hardly hang together: {}.": (
            lambda: over(n=0),
            lambda: over(),
        ),
        "Not counted by the profiles of an earlier wave: {}": (
            lambda: by_spring(why="Too few people."),
            lambda: by_spring(),
        ),
        "On the same profiles, more people lean to {} than before": (
            lambda: [shift(50, 60), shift(60, 50)],
            lambda: [shift(50, 54), shift(50, 58, 100)],
        ),
        "Profiles fitted to this wave alone draw the line elsewhere (adjusted Rand index {}; alike from {}): the two "
        "profiles are not the same as in {}.": (lambda: by_spring(agreement=0.3), lambda: by_spring()),
        "Profiles fitted to this wave alone name nearly the same people (adjusted Rand index {}).": (
            lambda: by_spring(),
            lambda: by_spring(agreement=0.3),
        ),
        "The boundary questions mean the same as in {}, as far as answers tell.": (
            lambda: by_spring(scales={"S.a": "same"}),
            lambda: by_spring(scales={"S.a": "unknown"}),
        ),
        "in {} a question moved by itself since then, so read a shift with care": (
            lambda: [one.replace("calm", "{}") for one in by_spring(scales={"S.a": "drift"})],
            lambda: by_spring(scales={"S.a": "other"}),
        ),
        "in {} the questions hang together differently than then, so a shift says little": (
            lambda: by_spring(scales={"S.a": "other"}),
            lambda: by_spring(scales={"S.a": "drift"}),
        ),
        "of {} it cannot be told whether the questions mean the same": (
            lambda: by_spring(scales={"S.a": "unknown"}),
            lambda: by_spring(scales={"S.a": "same"}),
        ),
        "{}: the questions hang together differently than before (congruence {}; the same from 0.95), so no change is "
        "drawn.": (lambda: over(loadings=ODD), lambda: over()),
        "{}: {} moved by itself{}, so no change of the scale is called clear.": (
            lambda: over(means=MOVED),
            lambda: over(loadings=ODD),
        ),
    },
    "finding/response": {
        " Fewer than half: the others may see things differently.": (
            lambda: finding.response(answered("40–45 %")),
            lambda: finding.response(answered("50–55 %")),
        ),
        "{} of those invited answered.{}": (
            lambda: finding.response(answered()),
            lambda: finding.response(of(answered(), 2)),
        ),
    },
}
