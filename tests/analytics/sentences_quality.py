"""Sentences on splits, scales and the quality of the figures: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from releases import cell, hidden, mean_measure, release, scale, share_measure
from sentences_teams import LONG, Said, Table

from analytics import finding
from analytics.finding import quality
from analytics.finding.reliability import one_total, trusted
from analytics.protect import Protected
from analytics.reading import Reading

SITES = ("Pune", "Chennai", "Kolkata")


def split(
    *figures: str, half: float = 3.0, title: str = "Work burnout", segment: str = "Site", first: str = "Pune"
) -> str:
    rows = []
    sites = (first, *SITES[1:])
    for site, text in zip(sites, figures, strict=True):
        part = f"Site|{site}"
        ends = {} if text == "hidden" else {"ci_low": float(text) - half, "ci_high": float(text) + half}
        made = hidden("splits", 0, "CBI.work", part) if text == "hidden" else None
        rows.append(made or cell("splits", 0, "CBI.work", text, part=part, **ends))
    listed = [{"segment": "Site", "categories": list(sites)}, {"segment": "Shift", "categories": ["Day"]}]
    return finding.splits(release(rows, splits=listed, measures=[mean_measure("CBI.work", title)]), "CBI.work", segment)


def leaning(*shares: str, sites: Sequence[str] = SITES, segment: str = "Site") -> str:
    rows = []
    for site, text in zip(sites, shares, strict=True):
        for part in ("balance", "mixed", "integration"):
            low, high = (float(end) for end in text.removesuffix(" %").split("–"))
            at = {"part": f"{segment}|{site}|{part}", "kind": "parts", "ci_low": low - 3, "ci_high": high + 3}
            rows.append(cell("splits", 0, "leaning", text if part == "integration" else "30–35 %", **at))
    measure = share_measure("leaning", "Leaning", kind="parts", parts=["integration", "mixed", "balance"])
    p = release(rows, splits=[{"segment": segment, "categories": list(sites)}], measures=[measure])
    return finding.splits(p, "leaning", segment)


FAR = "Customer care of the eastern and the western region at night"


def trust(*omega: str) -> Protected:
    rows = []
    for at, value in enumerate(omega):
        rows.append(cell("reliability", 0, f"s{at}", "500–999", part="n", kind="model"))
        if value:
            rows.append(cell("reliability", 0, f"s{at}", value, part="omega", kind="model"))
    return release(rows, measures=[], scales=[scale(f"s{at}", f"Scale {at}") for at in range(len(omega))])


def words(*omega: str) -> list[str]:
    return [word for word, _ in trusted(Reading(trust(*omega))).values()]


def general(value: str) -> str:
    rows = [cell("reliability", 0, "s0", value, part="general", kind="model")] if value else []
    return one_total(release(rows, measures=[], scales=[scale("s0", "Core burnout symptoms")]))


def answering(**more: Any) -> Protected:
    """What a release tells of how people answered."""
    return release([], answering=more, scales=[scale("OWN.a", "Calm")], measures=[])


def flagged(flag: str) -> Said:
    return quality.answering(answering(flags=[{"flag": flag, "low": 12, "high": 19}] if flag else []))


def left_out(out: bool = True, **more: Any) -> Protected:
    band = {"low": 12, "high": 19} if out else None
    return answering(exclusions=["speeder", "duplicate_respondent"], left_out=band, **more)


def effect(everybody: str) -> Said:
    return quality.effects(left_out(effects=[{"scale": "OWN.a", "published": "50", "everybody": everybody}]))


def items(view: str, part: str, *figures: float, label: str = "Tired", **more: Any) -> Protected:
    """Questions with one figure each in a view of the quality page."""
    rows = [
        cell(view, 0, f"Q{at}", f"{value}", part=part.format(f"Q{at}"), kind="model")
        for at, value in enumerate(figures)
    ]
    listed = [{"id": f"Q{at}", "label": f"{label} {at}"} for at in range(len(figures))]
    return release(rows, scales=[scale("OWN.a", "Calm", items=listed)], measures=[], **more)


def gaps(*missing: float, label: str = "Tired") -> str:
    return quality.gaps(items("quality", "missing", *missing, label=label))


def against(*rest: float, label: str = "Tired") -> str:
    return quality.against(items("reliability", "item:{}", *rest, label=label))


def complete(there: str) -> str:
    return quality.complete(
        release([cell("quality", 0, "answers", there, part="there", kind="model")] if there else [])
    )


def alone(*columns: str) -> Said:
    return quality.singled_out(
        answering(alone=[{"columns": columns, "alone": "12 %", "small": "30 %"}] if columns else [])
    )


def of_teams(role: str = "supply", rwg: float = 0.5, **more: Any) -> Said:
    found = {"icc1": 0.1, "icc2": 0.8, "rwg": rwg, "ad": 0.6}
    rows = [cell("reliability", 0, "OWN.a", f"{value}", part=part, kind="model") for part, value in found.items()]
    return quality.of_teams(release(rows, scales=[scale("OWN.a", "Norms", role=role)], measures=[], **more))


def unsure(known: bool) -> str:
    rows = [cell("reliability", 0, "OWN.a", "9", part="sem", kind="model")] if known else []
    return quality.unsure(release(rows, measures=[]))


FLAGS = tuple(quality.FLAGS)

QUALITY: Table = {
    "finding/quality": {
        "By {}{}, {} of the people stand alone, and {} are in groups of fewer than five.": (
            lambda: alone("Team", "Age"),
            lambda: alone(),
        ),
        "Every question goes with the rest of its scale": (lambda: against(0.3, 0.5), lambda: against(0.29, 0.5)),
        "Hardly goes with its scale: {}": (lambda: against(0.29, 0.5), lambda: against(0.3, 0.5)),
        "It was chosen before publishing to leave out people who {}.": (
            lambda: quality.exclusions(left_out()),
            lambda: quality.exclusions(answering()),
        ),
        "Many people gave no answer to: {}": (lambda: gaps(20, 4), lambda: gaps(19, 4)),
        "No question was left out by a fifth of the people": (lambda: gaps(19, 4), lambda: gaps(20, 4)),
        "Nobody answered in a way that stands out, or too few people did to be counted here.": (
            lambda: flagged(""),
            lambda: flagged("speeder"),
        ),
        "Nobody stands alone by any three of the groups of this file, or there are too few people to say.": (
            lambda: alone(),
            lambda: alone("Team"),
        ),
        "Nobody was left out for how they answered.": (
            lambda: quality.exclusions(answering()),
            lambda: quality.exclusions(left_out(out=False)),
        ),
        "Nobody was left out: too few people would have been, or nobody.": (
            lambda: quality.exclusions(left_out(out=False)),
            lambda: quality.exclusions(left_out()),
        ),
        "Other ways of answering carelessly: nobody, or too few people to be counted here.": (
            lambda: flagged("speeder"),
            lambda: flagged(""),
        ),
        "So a team's average is no shared view of its workplace.": (
            lambda: of_teams(rwg=0.5),
            lambda: [*of_teams(rwg=0.9), *of_teams("burnout", 0.5)],
        ),
        "That is why splits are shown one at a time, in large units and for large groups only.": (
            lambda: alone("Team"),
            lambda: alone(),
        ),
        "The average does not change with them: {}.": (lambda: effect("50"), lambda: effect("51")),
        "Too few complete answers to say how each question fits its scale": (
            lambda: against(),
            lambda: against(0.5),
        ),
        "Too few people to say how complete the answers are": (lambda: complete(""), lambda: complete("97 %")),
        "Too few people to say which questions were left out": (lambda: gaps(), lambda: gaps(4)),
        "Unsure by: how many points one person's score may lie from the true one through the questions alone (two in "
        "three lie nearer); averages of groups are far surer.": (lambda: unsure(True), lambda: unsure(False)),
        "What each person feels or wants needs no shared view for a team's average to describe its members; "
        "what a workplace allows does.": (
            lambda: of_teams(),
            lambda: quality.of_teams(release([])),
        ),
        "What that changes is not shown, to protect the people who were left out.": (
            lambda: quality.effects(left_out()),
            lambda: [*effect("51"), *quality.effects(left_out(out=False))],
        ),
        "{} averages {} of 100; with them it would be {}.": (lambda: effect("51"), lambda: effect("50")),
        "{} fit badly": (lambda: against(*[0.1] * 3, label=LONG), lambda: against(*[0.5] * 3, label=LONG)),
        "{} left out by a fifth of the people or more": (lambda: gaps(*[30] * 3, label=LONG), lambda: gaps(30, 4)),
        "{} of all answers are there": (lambda: complete("97 %"), lambda: complete("")),
        "{} to {} people": (lambda: flagged("speeder"), lambda: flagged("")),
        "{} were left out; their answers are not kept.": (
            lambda: quality.exclusions(left_out()),
            lambda: quality.exclusions(left_out(out=False)),
        ),
        **{
            words: (lambda flag=flag: flagged(flag), lambda flag=flag: flagged(FLAGS[FLAGS.index(flag) - 1]))
            for flag, words in quality.FLAGS.items()
        },
    },
    "finding/reliability": {
        "All {} hang": (lambda: finding.reliability(trust(*["0.8"] * 3)), lambda: finding.reliability(trust("0.8"))),
        "Both scales hang": (
            lambda: finding.reliability(trust("0.8", "0.7")),
            lambda: finding.reliability(trust("0.8", "0.69")),
        ),
        "Omega hierarchical: how much of all differences in a total comes from one thing behind all of its parts, in "
        "steps of 0.1.": (lambda: general("0.8"), lambda: general("")),
        "one total does not stand for its parts, so read the parts in its place": (
            lambda: general("0.4"),
            lambda: general("0.5"),
        ),
        "one total stands for its parts": (lambda: general("0.8"), lambda: general("0.4")),
        "one total stands for its parts only roughly, so read the parts beside it": (
            lambda: general("0.5") + general("0.7"),
            lambda: general("0.4") + general("0.8"),
        ),
        "{}: {} (omega hierarchical {}).": (lambda: general("0.8"), lambda: general("")),
        "The scale hangs": (lambda: finding.reliability(trust("0.8")), lambda: finding.reliability(trust("0.6"))),
        "Too few complete answers to say how well the questions hang together": (
            lambda: finding.reliability(trust()),
            lambda: finding.reliability(trust("0.5")),
        ),
        "not known": (lambda: words(""), lambda: words("0.5", "0.8")),
        "too low": (lambda: words("0.59"), lambda: words("0.6", "")),
        "{} to take lightly": (
            lambda: finding.reliability(trust(*["0.5"] * 5)),
            lambda: finding.reliability(trust(*["0.8"] * 5)),
        ),
        "{} together well enough": (
            lambda: finding.reliability(trust("0.8")),
            lambda: finding.reliability(trust("0.8", "")),
        ),
        "{}: take small differences lightly": (
            lambda: finding.reliability(trust("0.6", "0.8")),
            lambda: finding.reliability(trust("0.8", "0.8")),
        ),
    },
    "finding/splits": {
        "From {} to {} by {}": (
            lambda: split("52", "46", "40", title=LONG),
            lambda: split("44", "43", "40", title=LONG),
        ),
        "Leaning to {} runs from {} to {}": (
            lambda: leaning("70–75 %", "50–55 %", sites=(FAR, "Pune")),
            lambda: leaning("70–75 %", "65–70 %", sites=(FAR, "Pune")),
        ),
        "No clear difference by {}": (
            lambda: split("44", "43", "40", title=LONG),
            lambda: split("52", "46", "40", title=LONG),
        ),
        "No clear difference in leanings": (
            lambda: leaning("30–35 %", "25–30 %", "25–30 %", segment=FAR),
            lambda: leaning("70–75 %", "50–55 %", "25–30 %", segment=FAR),
        ),
        "No clear difference in leanings by {}": (
            lambda: leaning("30–35 %", "25–30 %", "25–30 %"),
            lambda: leaning("70–75 %", "50–55 %", "25–30 %"),
        ),
        "No clear difference in {} by {}": (
            lambda: split("44", "42", "40", half=0.5),
            lambda: split("52", "46", "40"),
        ),
        "Only one group of this attribute is shown, so there is nothing to compare": (
            lambda: [split("52", "hidden", "hidden"), leaning("30–35 %", sites=["Pune"])],
            lambda: split("52", "hidden", "50"),
        ),
        "This part of the organisation is too small to split by an attribute": (
            lambda: split("52", "46", "40", segment="Shift"),
            lambda: split("hidden", "hidden", "hidden"),
        ),
        "This survey has no attribute to split by": (
            lambda: split("52", "46", "40", segment="Grade"),
            lambda: split("52", "46", "40", segment="Shift"),
        ),
        "{} is highest for {}: {}, lowest {}": (
            lambda: split("52", "46", "40"),
            lambda: [split("44", "42", "40", half=0.5), split("52", "46", "40", half=9.0)],
        ),
        "{} leans most to {}: {}, lowest {}": (
            lambda: leaning("70–75 %", "50–55 %", "25–30 %"),
            lambda: leaning("30–35 %", "25–30 %", "25–30 %"),
        ),
        "{} runs from {} to {} by {}": (
            lambda: split("52", "46", "40", first=FAR),
            lambda: split("44", "43", "40", first=FAR),
        ),
    },
}
