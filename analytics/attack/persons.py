"""What the figures say of one person: whether a class is proven, and how narrow the interval of their value is.

Each person is asked about as an outsider sees them and as one member of their own block sees them, who takes out their
own answer first: the lowest and the highest of every class in the block. Examples settle most people at once: companies
that fit every figure and in which the person answered differently. Only who is left over is put to the solver alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from analytics.attack import room
from analytics.attack.alone import Alone, Exposed
from analytics.attack.any_size import AnySize
from analytics.attack.asked import Cases, Question
from analytics.attack.examples import Examples
from analytics.attack.facts import Assignment, Facts


class Attack:
    """The questions of one system, put about a person of each block, and what examples have shown so far.

    ``company`` fits all facts. ``regions``: the blocks in parts, each small enough for one program. ``homes``: the
    smallest unit of each block. ``crossed``: whether groups cross, so that programs are slow and only few persons can
    be asked about one by one. ``any_size``: where the sizes are only assumed, companies of all others; ``conditional``
    counts the answers that would be told by the assumed sizes alone.
    """

    def __init__(
        self,
        facts: Facts,
        company: Assignment,
        questions: Sequence[Question],
        regions: Sequence[np.ndarray],
        homes: np.ndarray,
        crossed: bool,
        any_size: AnySize | None = None,
    ) -> None:
        self._facts, self._company, self._questions, self._regions = facts, company, questions, regions
        self._homes, self._crossed, self._any_size = homes, crossed, any_size
        self.narrowest, self.conditional = 100.0, 0

    def exposed(self, asked: Cases) -> list[Exposed]:
        """Everybody about whom a question is not open; notes the narrowest interval of anybody's value."""
        if not len(asked.block) or not self._questions:
            return []
        seen = room.reach(self._facts, self._company, asked.block, asked.group, asked.value)
        closed = np.any([~question.open(seen) for question in self._questions], axis=0)
        found: list[Exposed] = []
        for region, rows in self._left_over(asked, closed):
            examples = Examples(self._facts, self._questions, region, asked.at(rows), seen.at(rows))
            alone = Alone(self._facts, self._company, region, examples, self._crossed)
            examples.walked(self._company)
            if self._crossed:  # there, nearly everybody left over is open, and a program costs more than a walk
                examples.sought(self._company)
            exposed = list(alone.exposed_at_home(self._homes))
            if not self._crossed:
                examples.sought(self._company)
            exposed = [self._whatever_size(one) for one in (*exposed, *alone.exposed())]
            seen.put(rows, examples.seen)
            for one in exposed:
                if not one.question.classes:
                    seen.low[rows[one.case]], seen.high[rows[one.case]] = one.interval
            held = [one for one in exposed if not one.question.open_between(one.low, one.high)]
            self.conditional += len(exposed) - len(held)
            found += held
        if any(not question.classes for question in self._questions):
            self.narrowest = min(self.narrowest, float((seen.high - seen.low).min()))
        return found

    def _whatever_size(self, one: Exposed) -> Exposed:
        """The same person with the ends that hold whatever the sizes are."""
        if self._any_size is None:
            return one
        low, high = self._any_size.ends(one.block, one.question)
        return replace(one, low=low, high=high)

    def _left_over(self, asked: Cases, closed: np.ndarray) -> Iterator[tuple[np.ndarray, np.ndarray]]:
        """Each region in which a question is left, and the cases that it is left of."""
        region_of = np.full(len(self._facts.size), -1)
        for number, region in enumerate(self._regions):
            region_of[region] = number
        rows = np.flatnonzero(closed)
        rows = rows[np.argsort(region_of[asked.block[rows]], kind="stable")]
        numbers, first = np.unique(region_of[asked.block[rows]], return_index=True)
        for place, some in zip(numbers, np.split(rows, first[1:]), strict=False):  # no numbers, no parts
            yield self._regions[place], some
