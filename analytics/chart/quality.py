"""The quality page's tables: reliability, what lies between teams, each question, gaps, lines and their sources."""

from __future__ import annotations

from collections.abc import Sequence

from analytics import finding
from analytics.chart.drawing import Drawing, require_protected
from analytics.chart.method import method
from analytics.chart.tables import tabled, texts
from analytics.finding import quality
from analytics.finding.quality import QUALITY, RELIABILITY, labelled
from analytics.finding.reliability import one_total, trusted
from analytics.protect import Protected
from analytics.reading import Reading

RELIABILITY_COLUMNS = ("Scale", "Verdict", "Omega", "Alpha", "Alpha, 95 %", "Unsure by", "Complete answers")
TEAMS_COLUMNS = ("Scale", "ICC(1)", "ICC(2)", "Agreement r_wg(J)", "Deviation AD (steps)")
QUESTIONS_COLUMNS = ("Question", "Scale", "Goes with the rest")
GAPS_COLUMNS = ("Question", "Scale", "No answer")
LINES_COLUMNS = ("Scale", "Line", "Called", "Kind", "Drawn on", "Source")


def reliability(p: Protected) -> Drawing:
    """Omega and alpha (0-1, alpha with its 95 % interval) and the standard error of measurement (points)
    of each scale, with what they mean; raises ``TypeError`` on anything else than a ``Protected``."""
    read = Reading(require_protected(p, "chart.reliability"))
    found = trusted(read)
    means = " ".join(f"{word.capitalize()}: {sentence}" for word, sentence in dict.fromkeys(found.values()))
    asked = (
        "Omega and alpha from people who answered every question of a scale, omega in steps that grow as fewer did; it "
        f"and how unsure scores are, from 300 such people. {read.wave}."
    )
    table = [(read.title(scale), found[scale][0], *_holding(read, scale)) for scale in found]
    subline = " ".join(one for one in (asked, means, quality.unsure(p), one_total(p), _two(read, list(found))) if one)
    return tabled(finding.reliability(p), subline, method(read, list(found)), RELIABILITY_COLUMNS, table)


def agreement(p: Protected) -> Drawing:
    """How far teams differ and their members agree, per scale: the median of the teams and never one of them."""
    read = Reading(require_protected(p, "chart.agreement"))
    table = []
    for scale in read.scales:
        told = texts(read, RELIABILITY, scale, ("icc1", "icc2", "rwg", "ad"))
        if any(text != "–" for text in told):
            table.append((read.title(scale), *told))
    title = "How much teams differ, and agree" if table else "Too few answers or teams to compare teams"
    subline = (
        "ICC(1): the part of all differences between people that lies between teams. ICC(2): how reliably averages "
        "tell teams apart, from 0.70 well. r_wg(J) and AD: how far members of the team in the middle agree; from 0.70, "
        f"and for AD up to a sixth of the number of answers, they share one view. {read.wave}."
    )
    return tabled(title, subline, method(read, list(read.scales)), TEAMS_COLUMNS, table)


def questions(p: Protected) -> Drawing:
    """Each question's correlation with the others of its scale, weakest first."""
    read = Reading(require_protected(p, "chart.questions"))
    labels = labelled(read)
    cells = [
        (cell.value, labels.get(item, item), read.title(scale), cell.text)
        for (view, _, scale, part), cell in read.cells.items()
        if view == RELIABILITY and (item := part.removeprefix("item:")) != part
    ]
    table = [row[1:] for row in sorted(cells)]
    subline = f"Correlation with the rest of its scale, from -1 to 1; below 0.30 it hardly goes with it. {read.wave}."
    return tabled(quality.against(p), subline, method(read, list(read.scales)), QUESTIONS_COLUMNS, table)


def gaps(p: Protected) -> Drawing:
    """How many people gave no answer to each question (whole per cent), most first."""
    read = Reading(require_protected(p, "chart.gaps"))
    titles = {item["id"]: entry["title"] for entry in read.scales.values() for item in entry.get("items", ())}
    labels = labelled(read)
    cells = [
        (-cell.low, labels.get(cell.measure, cell.measure), titles.get(cell.measure, ""), cell.text)
        for (view, _, _, part), cell in read.cells.items()
        if (view, part) == (QUALITY, "missing")
    ]
    table = [row[1:] for row in sorted(cells)]
    subline = f"Share of all people without an answer; small shares look alike, whether nobody or a few. {read.wave}."
    return tabled(quality.gaps(p), subline, method(read, list(read.scales)), GAPS_COLUMNS, table)


def lines(p: Protected) -> Drawing:
    """Every reference line: what it is called, what kind of line it is, who drew it, and on whom."""
    read = Reading(require_protected(p, "chart.lines"))
    table = [
        (entry["title"], f"{round(line['at'], 1):g}", line["name"], line["kind"], line["population"], line["source"])
        for entry in read.scales.values()
        for line in entry.get("lines", ())
    ]
    title = "Whose lines these are" if table else "No scale of this survey has a reference line"
    subline = (
        "Published: found in a study. Convention: a point that people agreed on. Lines lie on a scale from 0 to 100, "
        f"and none is a diagnosis. {read.wave}."
    )
    return tabled(title, subline, method(read, list(read.scales)), LINES_COLUMNS, table)


def _holding(read: Reading, scale: str) -> list[str]:
    omega, alpha, low, high, sem, n = texts(
        read, RELIABILITY, scale, ("omega", "alpha", "alpha_low", "alpha_high", "sem", "n")
    )
    return [omega, alpha, f"{low} to {high}" if low != "–" else "–", sem, n]


def _two(read: Reading, scales: Sequence[str]) -> str:
    """What stands in place of omega for scales of two questions."""
    if not any(int(read.scales[scale]["n_items"]) == 2 for scale in scales):
        return ""
    return "For a scale of two questions omega is the Spearman-Brown figure."
