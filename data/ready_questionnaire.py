"""A questionnaire that is ready to use: its questions, a notice for employees, and a page to print.

It has the project's own boundary questions, the Copenhagen Burnout Inventory, and the few columns that a dashboard
needs; a file collected with it is recognised without a question. ``questionnaire_files`` writes it for survey tools.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from itertools import groupby

from analytics.instrument import Instrument, Item
from data.questionnaires import load

TITLE = "Work, private life and well-being"
_LEAST = 8
_INTRO = {
    "agreement": "How far do you agree with these statements?",
    "frequency": "How often does this apply to you?",
    "degree": "To what degree does this apply to you?",
}
_LAST_WEEKS = "In the last four weeks, how often was this so?"


@dataclass(frozen=True)
class Setting:
    """Whose questionnaire it is: its organisation, whom to ask, its teams and sites, whether people work with clients,
    the smallest group behind any figure, and the country whose law the notice names ("IN", or none)."""

    organisation: str = ""
    contact: str = ""
    teams: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    with_clients: bool = True
    least: int = _LEAST
    country: str = ""


@dataclass(frozen=True)
class Background:
    """A question about the workplace: its code, its text, and its options; no options means a number."""

    code: str
    text: str
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Block:
    """Statements that share one set of answers, under one sentence."""

    code: str
    intro: str
    items: tuple[Item, ...]
    answers: tuple[str, ...]


def background(setting: Setting) -> tuple[Background, ...]:
    """The usual columns: team, site, where people work, how long they have been there, hours per week."""
    tenure = ("Under 1 year", "1-2 years", "3-5 years", "6-10 years", "Over 10 years")
    return (
        Background("TEAM", "Which team do you work in?", setting.teams or ("Team 1", "Team 2", "Team 3")),
        Background("SITE", "At which site do you work?", setting.sites or ("Site 1", "Site 2")),
        Background("MODE", "What is your usual work mode?", ("On site", "Hybrid", "Remote")),
        Background("TENURE", "How long have you worked here (tenure)?", tenure),
        Background("HOURS", "How many hours do you work in a usual week?"),
    )


def blocks(setting: Setting) -> tuple[Block, ...]:
    """The questions of both questionnaires in blocks, the client part only where people work with clients."""
    made: list[Block] = []
    for instrument in (load()["EVK"], load()["CBI"]):
        scales = [scale for scale in instrument.scales if setting.with_clients or scale.id != "CBI.client"]
        apart = instrument.id == "CBI"  # its scales stay apart; the boundary questions share one list
        items = [(scale.id if apart else "", item.answers, item) for scale in scales for item in scale.items]
        for (_, answers), same in groupby(items, key=lambda one: one[:2]):
            made.append(_block(instrument, len(made) + 1, answers, tuple(item for _, _, item in same)))
    return tuple(made)


def _block(instrument: Instrument, number: int, answers: str, items: tuple[Item, ...]) -> Block:
    weeks = instrument.id == "EVK" and answers == "frequency"
    intro = _LAST_WEEKS if weeks else _INTRO[answers]
    return Block(f"{instrument.id}{number}", intro, items, instrument.answer_sets[answers])


def notice(setting: Setting) -> tuple[str, ...]:
    """What employees are told before they answer, a paragraph each: purpose, what is never shown, whom to ask."""
    us = setting.organisation or "our organisation"
    ask = setting.contact or _SENDERS
    return (
        f"Why we ask. This survey is to show where work at {us} weighs on people, and how well work and private life "
        "can be kept apart or brought together in each team, so that something can be changed about it.",
        "Taking part is your choice. You may leave out any question, and nobody is told who took part.",
        f"What is shown. Only results of groups, and no figure that rests on fewer than {setting.least} people. Where "
        "a small group could be worked out from others, more is left out.",
        "What is never shown. No answer of a single person, no name, no list of who said what, and no judgement about "
        "anybody's health. The questions describe groups; they are no diagnosis.",
        "What is kept. Your answers without name, e-mail address or employee number, for as long as they are compared "
        "with later surveys.",
        f"Whom to ask. Questions about this survey: {ask}. If you feel unwell, please speak to somebody you trust or "
        "to your doctor; this survey cannot help you.",
        *(paragraph.format(us=us, ask=ask) for paragraph in _LAW.get(setting.country, ())),
    )


_SENDERS = "the people who sent you this survey"
# Digital Personal Data Protection Act, 2023: notice (section 5), consent and its withdrawal (6), rights (11 to 14).
_LAW = {
    "IN": (
        "Your rights under the Digital Personal Data Protection Act, 2023. Your answers are used by {us} for the "
        "purpose above and for nothing else, with your consent, which you give by sending or handing in the form. "
        "Until then you can take your consent back by leaving it. Afterwards your answers carry no name and can no "
        "longer be told from those of others; where they still can, you may have them erased.",
        "You may ask what is kept about you, have it corrected or erased, and complain to {ask}; if that does not "
        "help, to the Data Protection Board of India. You may have this notice in any language of the Eighth Schedule "
        "to the Constitution: please ask the same people.",
    )
}
COUNTRIES = {"": "No law named", "IN": "India (Digital Personal Data Protection Act, 2023)"}


def sources() -> tuple[str, ...]:
    """Where the questions come from, and under which terms."""
    return tuple(f"{one.title}: {one.source}. {one.licence}" for one in (load()["EVK"], load()["CBI"]))


def page(setting: Setting) -> str:
    """The questionnaire with its notice as one HTML page to print; nothing in it comes from elsewhere."""
    told = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in notice(setting))
    about = "".join(map(_printed, background(setting)))
    asked = "".join(map(_table, blocks(setting)))
    from_where = "".join(f"<p>{html.escape(source)}</p>" for source in sources())
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{TITLE}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{TITLE}</h1><section>{told}</section>"
        f"<h2>About your work</h2>{about}<h2>Your answers</h2>{asked}"
        f"<footer>{from_where}</footer></body></html>"
    )


def _printed(question: Background) -> str:
    boxes = "".join(f"<li>{html.escape(option)}</li>" for option in question.options)
    field = f"<ul>{boxes}</ul>" if question.options else "<p class='line'>____________</p>"
    return f"<div class='about'><p>{html.escape(question.text)}</p>{field}</div>"


def _table(block: Block) -> str:
    heads = "".join(f"<th scope='col'>{html.escape(answer)}</th>" for answer in block.answers)
    box = "<td>&#9744;</td>" * len(block.answers)
    rows = "".join(f"<tr><th scope='row'>{html.escape(item.text)}</th>{box}</tr>" for item in block.items)
    return f"<table><caption>{html.escape(block.intro)}</caption><tr><td></td>{heads}</tr>{rows}</table>"


_STYLE = (
    "body{font:11pt/1.4 sans-serif;max-width:48rem;margin:2rem auto;color:#222}h1{font-size:18pt}h2{font-size:13pt}"
    "table{border-collapse:collapse;width:100%;margin:1rem 0;page-break-inside:avoid}caption{text-align:left;"
    "font-weight:600}th,td{border-bottom:1px solid #ccc;padding:.3rem;text-align:center;font-weight:400}"
    "th[scope=row]{text-align:left;width:45%}ul{list-style:'\\2610  ';columns:2}.about{page-break-inside:avoid}"
    "footer{font-size:8pt;color:#555}@page{margin:18mm}@media print{body{margin:0;max-width:none}}"
)
