"""Sentences on an organisation, its teams and one team: for each form, what must say it and what must not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from releases import CBI, cell, mean_measure, release, share_measure, team_release

from analytics import finding
from analytics.finding.talk import DOES_NOT_DIAGNOSE, NOTHING_CLEAR
from analytics.protect import Protected
from analytics.reading import Reading

Said = str | Iterable[str]
Case = Callable[[], Said]
Table = Mapping[str, Mapping[str, tuple[Case, Case | None]]]  # module, form: must say it; must not (None: always said)
WORK, LOW = [mean_measure("CBI.work")], share_measure("I7", "Low detachment")
LONG = "Feeling pressed to answer at once when others write in the evening"


def of(p: Protected, node: int) -> Protected:
    return Protected(p.cells, p.manifest, node, p.view, p.seal)


def teams(states: str, names: str = "ABCDEFGH", **more: Any) -> Protected:
    """Teams A, B, C ... in these states: "h" higher, "l" lower, "u" unclear, "x" hidden."""
    words = {"h": "higher", "l": "lower", "u": "unclear", "x": "hidden", "-": ""}
    found = {name: words[state] for name, state in zip(names, states, strict=False)}
    return team_release(found, **{"measures": WORK, **more})


def long(states: str, **more: Any) -> Protected:
    """The same on a measure with a title that is too long for a heading."""
    return teams(states, measures=[mean_measure("CBI.work", LONG)], **more)


def no_burnout() -> Protected:
    return release([], measures=[LOW])


def share(state: str, node: int = 1) -> Protected:
    rows = [cell("indicators", 0, "I7", "30–35 %"), cell("indicators", 1, "I7", "40–60 %", state)]
    return release(rows, ["Sales"], node=node, measures=[{**LOW, "indicator": "I7"}])


def long_share() -> Protected:
    return release([cell("indicators", 0, "I7", "30–35 %")], measures=[share_measure("I7", LONG)])


def apart(score: str, state: str) -> Protected:
    rows = [cell("indicators", 0, "CBI.work", "40"), cell("indicators", 1, "CBI.work", score, state)]
    return release(rows, ["A"], node=1, measures=WORK)


def gap_words(p: Protected) -> list[str]:
    pair = (Reading(p).cell("indicators", 1, "CBI.work"), Reading(p).cell("indicators", 0, "CBI.work"))
    return [finding.compared(*pair), finding.unsure_note([pair])]


def verdict(p: Protected) -> str:
    return finding.team_verdict(p, 1)


def two(personal: str, work: str) -> Protected:
    rows = [cell("indicators", 0, m, "40") for m in CBI[:2]]
    rows += [cell("indicators", 1, m, "50", s) for m, s in zip(CBI[:2], (personal, work), strict=True)]
    return release(rows, ["A"])


def wide() -> Protected:
    rows = [cell("indicators", 0, "CBI.work", "40")]
    rows.append(cell("indicators", 1, "CBI.work", "42", "unclear", ci_low=30.0, ci_high=54.0))
    return release(rows, ["A"], measures=WORK)


def cut() -> Protected:
    return release([cell("indicators", 0, "CBI.work", "25 or lower")], measures=WORK)


def little(states: str, part: int = 3, **more: Any) -> Protected:
    return teams(states, between={"CBI.work": part}, **more)


def line(p: Protected, node: int = 1) -> str:
    return finding.lineup(of(p, node), "CBI.work")


def heading(p: Protected) -> str:
    return finding.teams(p, "CBI.work")


def between(p: Protected) -> str:
    return finding.between(p, "CBI.work")


def points(p: Protected) -> Said:
    return finding.talking_points(p)


def why(p: Protected) -> list[str]:
    return [one.because for one in finding.suggestions(p)]


TEAMS: Table = {
    "finding/act": {
        "No team stands out clearly at the worrying end": (
            lambda: finding.act_first(teams("l")),
            lambda: finding.act_first(teams("h")),
        ),
        "Teams do not differ beyond chance": (
            lambda: finding.act_first(teams("uu", differ={})),
            lambda: finding.act_first(teams("uu")),
        ),
        "There are no teams below this unit": (
            lambda: finding.act_first(teams("")),
            lambda: finding.act_first(teams("x")),
        ),
        "{} stand out clearly: talk there first": (
            lambda: finding.act_first(teams("hhh")),
            lambda: finding.act_first(teams("huu")),
        ),
        "{} {} out clearly: talk there first": (
            lambda: finding.act_first(teams("hhu", differ={})),
            lambda: finding.act_first(teams("uul")),
        ),
    },
    "finding/lineup": {
        "Not compared with the organisation": (
            lambda: line(long("-")),
            lambda: line(long("u")),
        ),
        "clearly higher than in the organisation": (lambda: line(teams("h")), lambda: line(teams("u"))),
        "clearly lower than in the organisation": (lambda: line(teams("l")), lambda: line(teams("h"))),
        "not clearly different from the organisation": (lambda: line(teams("u")), lambda: line(teams("l"))),
        "{} was not compared with the organisation": (lambda: line(teams("-")), lambda: line(teams("x"))),
    },
    "finding/overview": {
        ". Teams are not shown, to protect anonymity.": (
            lambda: finding.overview(teams("xx")),
            lambda: finding.overview(teams("xu")),
        ),
        ". Teams do not differ beyond chance.": (
            lambda: finding.overview(teams("uu", differ={})),
            lambda: finding.overview(teams("hu", differ={})),
        ),
        "; no team can be told apart from the whole.": (
            lambda: finding.overview(teams("uu")),
            lambda: finding.overview(teams("uh")),
        ),
        "; teams hardly differ.": (
            lambda: finding.overview(little("uu")),
            lambda: finding.overview(little("uu", 12)),
        ),
        ", the others hardly differ": (
            lambda: [finding.overview(little("hu")), finding.overview(little("hl"))],
            lambda: [finding.overview(little("uu")), finding.overview(little("hu", 12))],
        ),
        "; {} {} clearly above, {} clearly below{}.": (
            lambda: finding.overview(teams("hll")),
            lambda: finding.overview(teams("hh")),
        ),
        "; {} {} clearly {}{}.": (lambda: finding.overview(teams("hu")), lambda: finding.overview(teams("uu"))),
        "No {} differs clearly from the organisation": (
            lambda: finding.scores(of(teams("u"), 1)),
            lambda: finding.scores(of(teams("h"), 1)),
        ),
        "No {} was compared with the organisation": (
            lambda: finding.scores(of(teams("-"), 1)),
            lambda: finding.scores(of(teams("u"), 1)),
        ),
        "Shares of people beyond each line": (
            lambda: finding.shares(long_share(), ["I7"]),
            lambda: finding.shares(share("", 0), ["I7"]),
        ),
        "This survey has no indicator of this kind": (
            lambda: finding.shares(teams("u"), []),
            lambda: finding.shares(teams("u"), ["I7"]),
        ),
        "{} averages {} of 100": (lambda: finding.overview(teams("u")), lambda: finding.overview(no_burnout())),
        "{} averages {}, of 100": (lambda: finding.overview(cut()), lambda: finding.overview(teams("u"))),
        "{} of 100": (lambda: finding.scores(teams("u")), lambda: finding.scores(of(teams("u"), 1))),
        "{} than in the organisation": (
            lambda: finding.scores(of(two("higher", "lower"), 1)),
            lambda: finding.scores(of(two("unclear", "unclear"), 1)),
        ),
        "{}: {} of people": (
            lambda: finding.shares(share(""), ["I7"]),
            lambda: finding.shares(share("higher"), ["I7"]),
        ),
    },
    "finding/talk": {
        "Does this picture match how the last months felt?": (
            lambda: points(share("unclear")),
            lambda: points(share("higher")),
        ),
        "What should we stop doing, or do less of?": (lambda: points(share("unclear")), None),
        "What helps us, and should stay as it is?": (lambda: points(share("higher")), None),
        "Our figure on {} differs clearly from the organisation's: what lies behind it?": (
            lambda: points(share("higher")),
            lambda: points(share("lower")),
        ),
        "{} is clearly {} than in the rest of the organisation.": (
            lambda: why(share("higher")),
            lambda: why(share("unclear")),
        ),
        "{}: {} clearly {} than the rest of the organisation.": (
            lambda: why(share("higher", 0)),
            lambda: why(share("lower", 0)),
        ),
        # Pages say it where there is no suggestion: tests/pages hold them to it.
        "Nothing in these figures stands out beyond chance, so no practice is suggested more than another.": (
            lambda: NOTHING_CLEAR if not why(share("unclear")) else "",
            lambda: NOTHING_CLEAR if not why(share("higher")) else "",
        ),
        "Scores describe answers; they do not diagnose anyone.": (lambda: DOES_NOT_DIAGNOSE, None),
    },
    "finding/teams": {
        " It reports clearly less {}.": (
            lambda: verdict(two("lower", "higher")),
            lambda: verdict(two("unclear", "higher")),
        ),
        "; the others hardly differ": (lambda: heading(little("hu")), lambda: heading(little("hu", 12))),
        "No team can be told apart from the whole": (lambda: heading(long("uu")), lambda: heading(long("uh"))),
        "No team can be told apart on {}": (lambda: heading(teams("uu")), lambda: heading(teams("ul"))),
        "Teams do not differ beyond chance": (
            lambda: heading(long("uu", differ={})),
            lambda: heading(long("hu", differ={})),
        ),
        "Teams do not differ beyond chance in {}": (
            lambda: heading(teams("uu", differ={})),
            lambda: heading(teams("hu", differ={})),
        ),
        "Teams do not differ beyond chance in {}.": (
            lambda: between(little("uu", differ={})),
            lambda: between(little("hu", differ={})),
        ),
        "Teams hardly differ": (
            lambda: heading(long("uu", between={"CBI.work": 3})),
            lambda: heading(long("uu", between={"CBI.work": 8})),
        ),
        "Teams hardly differ in {}": (lambda: heading(little("uu")), lambda: heading(little("uu", 5))),
        "Teams hardly differ in {}: {}": (lambda: between(little("uu")), lambda: between(little("uu", 5))),
        "Teams hardly differ in {}; {}": (lambda: heading(little("hhhll")), lambda: heading(little("hu"))),
        "Teams hardly differ; {}": (
            lambda: heading(long("hhhll", between={"CBI.work": 4})),
            lambda: heading(long("hhhll")),
        ),
        "There are no teams below this unit": (lambda: heading(teams("")), lambda: heading(teams("x"))),
        "Your team gave too few answers to say whether it differs from the whole organisation.": (
            lambda: verdict(wide()),
            lambda: verdict(teams("u")),
        ),
        "Your team reports about as much burnout as the whole organisation. "
        "No score differs by more than chance could explain.": (
            lambda: verdict(teams("u")),
            lambda: verdict(two("unclear", "lower")),
        ),
        "Your team reports clearly less {} than the whole organisation.": (
            lambda: verdict(teams("l")),
            lambda: verdict(teams("u")),
        ),
        "Your team reports clearly more {} than the whole organisation.{}": (
            lambda: verdict(teams("h")),
            lambda: verdict(teams("l")),
        ),
        "{} % of its differences lie between teams, the rest between people of one team.": (
            lambda: between(little("uu", 12)),
            lambda: between(teams("uu")),
        ),
        "{} Your people's answers count in {}.": (lambda: verdict(teams("x")), lambda: verdict(teams("u"))),
    },
    "finding/unsure": {
        "Grey although apart from the organisation: too few answers to be sure.": (
            lambda: gap_words(apart("58", "unclear")),
            lambda: gap_words(apart("42", "unclear")),
        ),
        "Not clear: apart, but too few answers to be sure": (
            lambda: gap_words(apart("24", "unclear")),
            lambda: gap_words(apart("58", "higher")),
        ),
    },
}
