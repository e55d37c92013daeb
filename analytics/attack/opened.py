"""What examples have shown to each observer of each kind of people: which answers stay open.

People of a kind are in the same groups, so no figure tells them apart: in an example, any of them may have the sheet
that one of them has. An observer is an outsider, or an insider whose own sheet is known to them and who asks about
others; to an insider an example counts only where they keep their own sheet.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from analytics.attack.asked import OPEN_POINTS
from analytics.attack.sheets import Asked

_TINY = 1e-6
OUTSIDER = -1


@dataclass(frozen=True)
class Observers:
    """Who asks about whom, one entry per case: the ``insider`` (a person, or ``OUTSIDER``) about others of ``kind``.

    ``kinds``: each person's kind, for all people.
    """

    kind: np.ndarray
    insider: np.ndarray
    kinds: np.ndarray


def observers(kinds: np.ndarray, about: np.ndarray, value: np.ndarray) -> Observers:
    """An outsider about each kind that some people ``about`` are of, and two insiders about the others of their kind.

    Insiders are the lowest and the highest member of each kind, by ``value`` (NaN: no answer).
    """
    ends, alone = _ends(kinds, value), np.bincount(kinds) == 1
    asked = np.unique(kinds[about]).tolist()
    found = {(kind, OUTSIDER) for kind in asked}
    found |= {(kind, one) for kind in asked if not alone[kind] for one in ends.get(kind, ())}
    kind, insider = np.array(sorted(found), dtype=np.int64).reshape(-1, 2).T
    return Observers(kind, insider, kinds)


def _ends(sets: np.ndarray, value: np.ndarray) -> dict[int, tuple[int, int]]:
    """The lowest and the highest member of each set, of those with a value."""
    told = np.flatnonzero(~np.isnan(value))
    order = told[np.lexsort((value[told], sets[told]))]
    names, first = np.unique(sets[order], return_index=True)
    last = np.append(first[1:], len(order)) - 1
    ends = zip(names.tolist(), order[first].tolist(), order[last].tolist(), strict=True)
    return {name: (low, high) for name, low, high in ends}


class Open:
    """What has been seen so far, entries by questions: each side of the classes, and the ends of the value."""

    def __init__(self, put: Asked, watch: Observers) -> None:
        """``put``: everybody's own sheet; what is there in the real company has been seen."""
        self.questions, self.watch = put.questions, watch
        self.is_class = np.array([bool(question.classes) for question in put.questions])
        shape = (len(watch.kind), len(put.questions))
        self.inside, self.beside, self.asked = (np.zeros(shape, bool) for _ in range(3))
        self.low, self.high = np.full(shape, np.inf), np.full(shape, -np.inf)
        order = np.argsort(watch.kinds, kind="stable")
        names, first = np.unique(watch.kinds[order], return_index=True)
        members = dict(zip(names.tolist(), np.split(order, first[1:]), strict=True))
        for entry, (kind, insider) in enumerate(zip(watch.kind.tolist(), watch.insider.tolist(), strict=True)):
            others = members[kind][members[kind] != insider]
            self.take(np.array([entry]), put, others)
            self.asked[entry] = put.answered[others].any(axis=0)

    def closed(self, entries: np.ndarray | slice = slice(None)) -> np.ndarray:
        """Entries by questions: somebody answered, and no examples show that it could be otherwise."""
        found = ~(self.inside[entries] & self.beside[entries])
        for at in np.flatnonzero(~self.is_class):
            low, high, line = self.low[entries, at], self.high[entries, at], self.questions[at].line
            found[:, at] = high - low < OPEN_POINTS - _TINY
            if line is not None:
                found[:, at] |= (low >= line) | (high < line - _TINY)
        return np.asarray(found & self.asked[entries])

    def take(self, entries: np.ndarray, put: Asked, sheets: np.ndarray) -> None:
        """Take in that people asked about in some entries may have any of some sheets."""
        if not len(entries) or not len(sheets):
            return
        answered, inside, value = put.answered[sheets], put.inside[sheets], put.value[sheets]
        self.inside[entries] |= (answered & inside).any(axis=0)
        self.beside[entries] |= (answered & ~inside).any(axis=0)
        low = np.where(answered, value, np.inf).min(axis=0, initial=np.inf)
        high = np.where(answered, value, -np.inf).max(axis=0, initial=-np.inf)
        self.low[entries] = np.minimum(self.low[entries], low)
        self.high[entries] = np.maximum(self.high[entries], high)
