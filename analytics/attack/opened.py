"""What examples have shown of everybody's answers: which of them stay open."""

from __future__ import annotations

import numpy as np

from analytics.attack.asked import OPEN_POINTS
from analytics.attack.sheets import Asked

_TINY = 1e-6


class Open:
    """What the examples have shown so far of everybody, people by questions."""

    def __init__(self, put: Asked, people: int) -> None:
        self.put = put
        self.other = np.zeros((people, len(put.questions)), bool)
        self.low, self.high = put.value[:people].copy(), put.value[:people].copy()

    def see(self, people: np.ndarray, sheets: np.ndarray, fits: np.ndarray) -> None:
        """Take in examples: person ``people[i]`` may have had sheet ``sheets[j]`` where ``fits[i, j]``."""
        put, some = self.put, fits.astype(np.float32)
        inside = put.answered[sheets] & put.inside[sheets]
        beside = put.answered[sheets] & ~put.inside[sheets]
        may_be_in, may_be_out = some @ inside.astype(np.float32) > 0, some @ beside.astype(np.float32) > 0
        self.other[people] |= np.where(put.inside[people], may_be_out, may_be_in)
        for at, question in enumerate(put.questions):
            if not question.classes:
                here, value = fits & put.answered[sheets, at], put.value[sheets, at]
                self.low[people, at] = np.minimum(self.low[people, at], np.where(here, value, np.inf).min(axis=1))
                self.high[people, at] = np.maximum(self.high[people, at], np.where(here, value, -np.inf).max(axis=1))

    def closed(self, people: np.ndarray) -> np.ndarray:
        """People by questions: who answered, and whose answer has not been shown to be open."""
        found = ~self.other[people]
        for at, question in enumerate(self.put.questions):
            if not question.classes:
                low, high = self.low[people, at], self.high[people, at]
                found[:, at] = high - low < OPEN_POINTS - _TINY
                if question.line is not None:
                    found[:, at] |= (low >= question.line) | (high < question.line - _TINY)
        return np.asarray(found & self.put.answered[people])

    def gain(self, people: np.ndarray, sheets: np.ndarray, among: np.ndarray) -> np.ndarray:
        """How much each sheet would open ``among`` some questions if all of these people could have it."""
        put, closed = self.put, self.closed(people) & among
        is_class = np.array([bool(question.classes) for question in put.questions])
        inside = ((closed & put.inside[people]).sum(axis=0) * is_class).astype(np.float32)
        beside = ((closed & ~put.inside[people]).sum(axis=0) * is_class).astype(np.float32)
        answered, within = put.answered[sheets], put.inside[sheets]
        found = (answered & ~within).astype(np.float32) @ inside + (answered & within).astype(np.float32) @ beside
        for at in np.flatnonzero(~is_class & closed.any(axis=0)):
            some = people[closed[:, at]]
            wider = np.maximum(self.low[some, at] - put.value[sheets, at, None], 0)
            wider += np.maximum(put.value[sheets, at, None] - self.high[some, at], 0)
            found = found + answered[:, at] * wider.sum(axis=1) / OPEN_POINTS
        return np.asarray(found, np.float64)

    def wholly_closed(self, people: np.ndarray) -> np.ndarray:
        """The questions that are open for none of these people, although somebody answered, as true and false."""
        answered = self.put.answered[people]
        return np.asarray((self.closed(people) == answered).all(axis=0) & answered.any(axis=0))
