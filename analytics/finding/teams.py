"""What the test says about teams: the heading of the team chart and a manager's one verdict, in five forms."""

from __future__ import annotations

from collections.abc import Sequence

from analytics.finding.absent import NO_BURNOUT
from analytics.finding.overview import hardly, lying_between, overview
from analytics.finding.words import capital, count, heading, in_line, inside, listed, number
from analytics.protect import Protected
from analytics.reading import WHOLE, Cell, Reading
from analytics.release import NOT_SHOWN

TOO_WIDE = 20.0  # points: an interval this wide could hide a difference of ten
FEW = 20  # answers: the lowest count at which "about the same" may be said of a figure without an interval
MOST_NAMES = 3


def teams(p: Protected, measure: str) -> str:
    """The heading over the team chart: which teams the test sets apart on one measure, or that it sets none apart."""
    read = Reading(p)
    title = inside(in_line(read.title(measure)))
    cells = [cell for team in read.teams if (cell := read.cell(read.view(measure), team, measure)).shown]
    if not cells:
        return NOT_SHOWN if read.teams else "There are no teams below this unit"
    clear = {state: [read.labels[c.node] for c in cells if c.state == state] for state in ("higher", "lower")}
    if any(clear.values()):
        return _clear_heading(read, measure, clear["higher"], clear["lower"])
    if not read.manifest.get("differ", {}).get(measure, False):
        return heading(f"Teams do not differ beyond chance in {title}", "Teams do not differ beyond chance")
    if hardly(read, measure):
        return heading(f"Teams hardly differ in {title}", "Teams hardly differ")
    return heading(f"No team can be told apart on {title}", "No team can be told apart from the whole")


def between(p: Protected, measure: str) -> str:
    """How much teams matter for a measure, as the part of its differences that lies between them; empty if untold."""
    read = Reading(p)
    part, title = lying_between(read, measure), inside(in_line(read.title(measure)))
    if part is None:
        return ""
    share = f"{part:.0f} % of its differences lie between teams, the rest between people of one team."
    some = any(read.cell(read.view(measure), team, measure).state in ("higher", "lower") for team in read.teams)
    if not some and not read.manifest.get("differ", {}).get(measure, False):
        return f"Teams do not differ beyond chance in {title}."
    return f"Teams hardly differ in {title}: {share}" if hardly(read, measure) else share


def team_verdict(p: Protected, node: int) -> str:
    """A manager's first sentence, in five forms: clearly higher, clearly lower, about the same, too few answers to
    say, not shown. The whole organisation has nothing to be held against and gets the overview sentence."""
    read = Reading(p)
    cells = [read.cell("indicators", node, measure) for measure in read.headline]
    if node == WHOLE:
        return overview(p)
    if not cells:
        return NO_BURNOUT
    shown = [cell for cell in cells if cell.shown]
    if not shown:
        return _not_shown(read, node)
    higher, lower = ([c for c in shown if c.state == state] for state in ("higher", "lower"))
    if higher:
        rider = f" It reports clearly less {_titles(read, lower)}." if lower else ""
        return f"Your team reports clearly more {_titles(read, higher)} than the whole organisation.{rider}"
    if lower:
        return f"Your team reports clearly less {_titles(read, lower)} than the whole organisation."
    if all(_too_few(cell) for cell in shown):
        return "Your team gave too few answers to say whether it differs from the whole organisation."
    return (
        "Your team reports about as much burnout as the whole organisation. "
        "No score differs by more than chance could explain."
    )


def _titles(read: Reading, cells: Sequence[Cell]) -> str:
    return listed([inside(read.title(cell.measure)) for cell in cells])


def _too_few(cell: Cell) -> bool:
    if cell.has_interval:
        return cell.ci_high - cell.ci_low > TOO_WIDE
    return cell.n_low < FEW


def _not_shown(read: Reading, node: int) -> str:
    first = read.first or ""
    over = next((unit for unit in read.above(node) if read.cell("indicators", unit, first).shown), None)
    return NOT_SHOWN if over is None else f"{NOT_SHOWN} Your people's answers count in {read.name(over)}."


def _clear_heading(read: Reading, measure: str, higher: Sequence[str], lower: Sequence[str]) -> str:
    title, entry = inside(in_line(read.title(measure))), read.measures[measure]
    burnout = entry["role"] == "burnout" and entry["kind"] == "mean"
    more, less = ("more", "less") if burnout else ("higher", "lower")
    names, word = (higher, more) if higher else (lower, less)
    verb = "report" if burnout else "are"
    said = f"clearly {word} {title}" if burnout else f"clearly {word}: {title}"
    other = f"; {number(len(lower))} clearly {less}" if higher and lower else ""
    if hardly(read, measure) and len(higher) + len(lower) > MOST_NAMES:
        found = ((higher, more), (lower, less))
        apart = ", ".join(f"{number(len(ones))} clearly {what}" for ones, what in found if ones)
        return heading(f"Teams hardly differ in {title}; {apart}", f"Teams hardly differ; {apart}")
    rest = "; the others hardly differ" if hardly(read, measure) else ""
    who = listed(names) if len(names) <= MOST_NAMES else capital(count(len(names)))
    counted = capital(count(len(names)))
    forms = [f"{subject} {_verb(verb, len(names))} {said}" for subject in (who, counted)]
    tails = (other + rest, other, "")
    return heading(*(form + tail for form in forms for tail in tails), f"{counted} clearly {word}{other}")


def _verb(verb: str, subjects: int) -> str:
    return {"report": "reports", "are": "is"}[verb] if subjects == 1 else verb
