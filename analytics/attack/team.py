"""One team's people, what is still closed about them, and the sheets that would open most of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from analytics.attack.opened import OUTSIDER, Open
from analytics.attack.repair import Company, Repair
from analytics.attack.sheets import Asked
from analytics.attack.variants import KINDS

_IN_VAIN = 0.5  # what a person's other sheets are worth after each that could not be mended
_WIDE, _MOST = 30.0, 2.0  # so many points more are worth one answer; at the most so many answers


class Team:
    """People of the same units, as ``places`` among the ``people`` who are asked about.

    ``own`` and ``pool``: what everybody's own sheet answers, and the other sheets, ``KINDS`` for each place.
    """

    def __init__(
        self, places: np.ndarray, people: np.ndarray, own: Asked, pool: Asked, shown: Open, repair: Repair
    ) -> None:
        self._places, self._people = places, people
        self._own, self._pool, self._shown, self._repair = own, pool, shown, repair
        watch, mine = shown.watch, people[places]
        self.stuck: Counter[tuple[int, int]] = Counter()  # the sums that stood in the way, by group and mark
        self._entries = np.flatnonzero(np.isin(watch.kind, watch.kinds[mine]))
        self._kind, self._insider = watch.kind[self._entries], watch.insider[self._entries]
        self._about = (watch.kinds[mine][:, None] == self._kind) & (mine[:, None] != self._insider)

    def apart(self) -> None:
        """See every example in which two people have each other's sheets, or one alone has another."""
        for at, place in enumerate(self._places.tolist()):
            self.see(self._repair.company(), place)
            fits = np.flatnonzero(self._repair.breaks[place] == 0)
            self._shown.take(self._entries[self._about[at]], self._pool, place * KINDS + fits)

    def see(self, company: Company, place: int) -> None:
        """What an example shows: the sheet of a member, which others of the team may have instead."""
        may = self._repair.instead(company, place, self._places) & ~np.isin(self._places, list(company.sheet))
        at = int(np.searchsorted(self._places, place))
        may[at] = True
        changed = np.append(self._people[list(company.sheet)], self._people[place])
        kept = ~np.isin(self._insider, changed)
        seen = kept & (self._about & may[:, None]).any(axis=0)
        put, sheet = (self._pool, place * KINDS + company.sheet[place]) if company.sheet else (self._own, place)
        self._shown.take(self._entries[seen], put, np.array([sheet]))
        of_kind = kept & self._about[at]
        may &= ~np.isin(self._people[self._places], self._insider[of_kind])
        self._shown.take(self._entries[of_kind], self._own, self._places[may])

    @property
    def first(self) -> int:
        """The place of one of them."""
        return int(self._places[0])

    def shut(self) -> list[str]:
        """The measures with a question on which no example opens anybody's answer to an outsider."""
        mine = self._entries[self._insider == OUTSIDER]
        asked = self._shown.asked[mine]
        shut = asked.any(axis=0) & (self._shown.closed(mine) | ~asked).all(axis=0)
        return sorted({self._shown.questions[at].measure for at in np.flatnonzero(shut)})

    def examples(self, tries: int, in_vain: int) -> Iterator[Company]:
        """Examples from sheets tried on members, those first that open most and break least; until so many were tried,
        or so many in vain one after the other."""
        sheets = self._places[:, None] * KINDS + np.arange(KINDS)
        answered, inside = self._pool.answered[sheets], self._pool.inside[sheets]
        self._within = (answered & inside).astype(np.float32)
        self._beside, self._value = (answered & ~inside).astype(np.float32), self._pool.value[sheets]
        left = 1 / (1 + self._repair.breaks[self._places])
        gain, vain = self._gain(), 0
        for _ in range(tries):
            worth = gain * left
            at, kind = divmod(int(worth.argmax()), KINDS)
            if worth[at, kind] <= 0 or vain == in_vain:
                return
            left[at, kind] = 0
            company = self._repair.mended(int(self._places[at]), kind, self._keep(at))
            if company is None:
                left[at] *= _IN_VAIN
                vain += 1
                self.stuck.update(self._repair.stuck)
                continue
            vain = 0
            yield company
            gain = self._gain()

    def _keep(self, at: int) -> np.ndarray:
        """The insiders of whom something is still closed to which a member could open the answer."""
        entries = self._about[at] & self._shown.closed(self._entries).any(axis=1)
        keep = self._insider[entries]
        return np.flatnonzero(np.isin(self._people, keep[keep >= 0]))

    def _gain(self) -> np.ndarray:
        """Members by sheets: how many closed answers each sheet would open."""
        shown, about = self._shown, self._about.astype(np.float32)
        closed = shown.closed(self._entries)
        inside = about @ (closed & ~shown.inside[self._entries] & shown.is_class).astype(np.float32)
        beside = about @ (closed & ~shown.beside[self._entries] & shown.is_class).astype(np.float32)
        found = (self._within @ inside[:, :, None] + self._beside @ beside[:, :, None])[:, :, 0]
        for question in np.flatnonzero(~shown.is_class & closed.any(axis=0)):
            mine = self._about & closed[:, question]
            low = np.where(mine, shown.low[self._entries, question], -np.inf).max(axis=1)[:, None]
            high = np.where(mine, shown.high[self._entries, question], np.inf).min(axis=1)[:, None]
            value = self._value[:, :, question]
            wider = np.maximum(low - value, 0) + np.maximum(value - high, 0)
            told = self._within[:, :, question] + self._beside[:, :, question]
            found += told * mine.sum(axis=1)[:, None] * np.minimum(wider / _WIDE, _MOST)
        return np.asarray(found)
