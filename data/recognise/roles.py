"""The role of every column: the tool's own columns, identifying ones, questions of an instrument, and the rest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.check import looks_identifying
from data.identifiers import kinds_in
from data.recognise import choices, kinds, tools
from data.recognise.items import Found, Wordings
from data.recognise.kinds import SPECIAL
from data.recognise.ratings import Rating, ratings
from data.recognise.units import is_path
from data.recognise.view import View
from data.recognise.words import own_part_says

MOST_ANSWERS = 300  # different cells beyond which nobody has to look whether a column is a rating


@dataclass
class Roles:
    """What was found out about the columns so far, by column index."""

    role: dict[int, str] = field(default_factory=dict)
    why: dict[int, str] = field(default_factory=dict)
    unsure: set[int] = field(default_factory=set)
    found: dict[int, Found] = field(default_factory=dict)
    rating: dict[int, Rating] = field(default_factory=dict)

    def give(self, index: int, role: str, why: str) -> None:
        """Give a column its role, unless it has one."""
        if index not in self.role:
            self.role[index], self.why[index] = role, why


def assign(views: Sequence[View], wordings: Wordings) -> Roles:
    """The role of every column, in the order in which certainty falls."""
    roles = Roles()
    _tools_own(views, roles)
    options = choices.option_columns(_open(views, roles))
    # One address in every row looks like the tick of an option, and is none.
    options = {index: role for index, role in options.items() if role != "multi" or not _names_somebody(views, index)}
    _identifying([view for view in views if options.get(view.index) != "multi"], roles)
    roles.found = {view.index: found for view in _open(views, roles) if (found := wordings.find(view)) is not None}
    _special(views, roles)
    open_ = _open(views, roles)
    asked = [view for view in open_ if view.index not in options or view.index in roles.found]
    asked = [view for view in asked if len(view.counts) <= MOST_ANSWERS]
    roles.rating = ratings(asked, roles.found)
    for index in roles.rating:
        roles.give(index, "item", roles.found[index].how if index in roles.found else "answers of a rating scale")
    _choices(open_, options, roles)
    _empty(open_, roles)
    for view in _open(views, roles):
        role, why = kinds.kind(view)
        roles.give(view.index, role, why)
    _only_items_keep_their_item(roles)
    return roles


def _tools_own(views: Sequence[View], roles: Roles) -> None:
    for view in views:
        if (meta := tools.meta(view)) is None:
            continue
        if meta.role == "custom":
            _custom_data(view, roles)
        elif meta.role == "text" and view.empty:
            roles.give(view.index, "text", meta.why)
        else:
            roles.give(view.index, meta.role, meta.why)


def _custom_data(view: View, roles: Roles) -> None:
    """A field that the sender of the survey fills: often an employee number, sometimes a department."""
    if view.empty:
        roles.give(view.index, "drop", "empty")
    elif len(view.counts) <= 0.5 * sum(view.counts.values()):
        roles.unsure.add(view.index)
        roles.give(view.index, "segment", "custom data, the same few values")
    else:
        roles.give(view.index, "pii", "custom data, often an employee number")


def _identifying(views: Sequence[View], roles: Roles) -> None:
    for view in _open(views, roles):
        said = int(view.column.counts[[bool(text) for text in view.column.texts]].sum())
        for header in dict.fromkeys((view.name, view.question, view.own_part)):
            if kind := looks_identifying(header, view.column.texts, said):
                roles.give(view.index, "pii", kind)


def _names_somebody(views: Sequence[View], index: int) -> bool:
    return any(kinds_in(cell) for view in views if view.index == index for cell in view.column.texts)


def _special(views: Sequence[View], roles: Roles) -> None:
    """Religion, health and the like go, whatever shape the answers have; a statement to agree with only names them."""
    for view in _open(views, roles):
        if view.index not in roles.found and kinds.is_special(view):
            roles.give(view.index, "drop", SPECIAL)


def _choices(views: Sequence[View], options: Mapping[int, str], roles: Roles) -> None:
    summed_up = choices.summaries(views, dict(options))
    for view in views:
        if view.index in options:
            roles.give(view.index, options[view.index], "an option of a multiple choice")
        elif view.index in summed_up:
            roles.give(view.index, "multi", "the same choices again, in one cell")
        elif view.index not in roles.role and not view.empty and not is_path(view) and choices.separator(view):
            roles.give(view.index, "multi", "several choices in one cell")


def _empty(views: Sequence[View], roles: Roles) -> None:
    """An empty column is dropped, except where its words say that it is the field for "other"."""
    for view in views:
        if view.empty and view.split[0] and (own_part_says(view, "text") or own_part_says(view, "text", "short")):
            roles.give(view.index, "text", "typed beside a choice; empty in this file")
        elif view.empty:
            roles.give(view.index, "drop", "empty")


def _only_items_keep_their_item(roles: Roles) -> None:
    """A question that comes twice is an item of its instrument once; a question without ratings is none."""
    taken: set[str] = set()
    for index, found in sorted(roles.found.items()):
        if roles.role[index] != "item" or found.item.id in taken:
            del roles.found[index]
            if roles.role[index] == "item":
                roles.why[index] = f"the same question as {found.item.id} again"
                roles.unsure.add(index)
        else:
            taken.add(found.item.id)


def _open(views: Sequence[View], roles: Roles) -> list[View]:
    return [view for view in views if view.index not in roles.role]
