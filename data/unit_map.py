"""Which unit of one wave is which of the wave before: what a units file or an analyst says of renamed, moved or merged
units, kept in the catalogue; and a unit's figures in earlier waves, found by it."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import pairwise

from sqlalchemy import Connection, Engine, delete, insert, or_, select

from analytics.lineage import WHOLE, Path, applicable, lineage
from analytics.protect import Protected
from data import access, catalogue, ledger, log, notes
from data.access import Refusal, Viewer
from data.catalogue import reading, writing
from data.labels import clean_label
from data.notes import Note
from data.reader import Reader
from data.records import PUBLISHED, WaveRecord
from data.units_file import UnitsFile, after_merging, key

FILE = ""  # stands for the earlier wave where a units file speaks: it knows no waves
_maps = catalogue.unit_maps


def merged(file: UnitsFile | None) -> dict[Path, Path]:
    """What a units file says by ``merged_into``: the path that a unit had -> the path of the unit it is part of now.

    Paths begin below the one unit at the top, where there is one. Nothing without a file, or from one with problems.
    """
    if file is None or file.problems.blocking:
        return {}
    rows = {key(row.name): row for row in file.rows}
    paths, part_of, _ = after_merging(file)
    tops = {path[0] for path in paths.values()}
    above = 1 if len(tops) == 1 and any(len(path) > 1 for path in paths.values()) else 0
    found: dict[Path, Path] = {}
    for own, row in rows.items():
        if row.merged_into:
            line = [row]
            while line[0].parent:
                line.insert(0, rows[key(line[0].parent)])
            found[tuple(clean_label(one.name) for one in line)[above:]] = paths[part_of[own]][above:]
    return {was: now for was, now in found.items() if was and now}


class UnitMaps:
    """What was said of units between waves. Analysts say it; whoever may open a unit's page sees what it was."""

    def __init__(self, engine: Engine, reader: Reader, now: Callable[[], str]) -> None:
        self._engine, self._reader, self._now = engine, reader, now

    def between(self, earlier_id: str, later_id: str) -> dict[Path, Path]:
        """Earlier path -> later path of two waves; what an analyst said goes before what the units file said."""
        with reading(self._engine) as connection:
            told = _of(connection, FILE, later_id) | _of(connection, earlier_id, later_id)
        return {was: now for was, now in told.items() if now != WHOLE}

    def say(self, by: Viewer, earlier_id: str, later_id: str, told: Mapping[Path, Path]) -> None:
        """Keep what earlier units are now (the empty path: nothing, their line ends), beside what was said before.

        Raises ``Refusal`` unless an analyst says it of two waves of one survey.
        """
        if not by.is_analyst or self._reader.held(earlier_id)[0] != self._reader.held(later_id)[0]:
            raise Refusal
        with writing(self._engine) as connection:
            _write(connection, earlier_id, later_id, _of(connection, earlier_id, later_id) | dict(told))
            log.append(connection, self._now(), by.subject, "units", wave=later_id, rows=len(told))

    def read_from(self, file: UnitsFile | None, later_id: str) -> None:
        """Keep what the units file of a wave says of units that were merged; nothing where it says nothing."""
        if told := merged(file):
            with writing(self._engine) as connection:
                _write(connection, FILE, later_id, told)

    def waves(self, viewer: Viewer, wave_id: str, node: int) -> list[WaveRecord]:
        """The published waves of a unit's survey, whether or not the unit was in them; ``Refusal`` unless its
        page is the viewer's."""
        self._reader.path(viewer, wave_id, node)
        survey, now = self._reader.held(wave_id)[0], datetime.fromisoformat(self._now())
        with reading(self._engine) as connection:
            found = [ledger.record(line, now, viewer.is_analyst) for line in ledger.lines(connection)]
        return [one for one in found if one.survey_id == survey and one.state == PUBLISHED]

    def over_time(self, viewer: Viewer, wave_ids: Sequence[str], node: int, view: str) -> list[Protected]:
        """One view of a unit in the given waves of its survey, oldest first, as far back as it can be followed.

        ``node``: the unit in the last of the waves, whose page must be the viewer's (``Refusal`` otherwise). Where
        several units were merged into it, the table holds them all and is the last one back.
        """
        found = [self._reader.read(viewer, wave_ids[-1], node, view)]
        self._reader.path(viewer, wave_ids[-1], node)
        for later, earlier in pairwise(reversed(wave_ids)):
            places = self._before(earlier, later, found[-1].node)
            table = self._seen(viewer, earlier, places, view)
            if table is None:
                break
            found.append(table)
            if len(places) > 1:
                break
        return found[::-1]

    def notes_before(self, viewer: Viewer, earlier_id: str, later_id: str, node: int) -> list[Note]:
        """What was planned by what a unit was in the wave before; ``Refusal`` unless its page is the viewer's."""
        self._reader.path(viewer, later_id, node)
        named = access.paths(self._reader.held(earlier_id)[1].manifest["units"])
        places = self._before(earlier_id, later_id, node)
        with reading(self._engine) as connection:
            found = [notes.of(connection, earlier_id, named[at]) for at in places]
        return [note for note in found if note is not None]

    def _before(self, earlier_id: str, later_id: str, node: int) -> tuple[int, ...]:
        """The places that a unit's people had in the wave before; none when it is new, or of another survey."""
        (one, before), (two, after) = self._reader.held(earlier_id), self._reader.held(later_id)
        units = before.manifest["units"], after.manifest["units"]
        told = applicable(self.between(earlier_id, later_id), *units)
        return lineage(*units, told).before.get(node, ()) if one == two else ()

    def _seen(self, viewer: Viewer, wave_id: str, places: tuple[int, ...], view: str) -> Protected | None:
        """What whoever was granted these units would see of them; None where there are none, or two share a path."""
        survey, held = self._reader.held(wave_id)
        units = held.manifest["units"]
        named = access.paths(units)
        then = viewer if viewer.is_analyst else replace(viewer, nodes=frozenset((survey, named[at]) for at in places))
        try:
            nodes = [access.readable(then, survey, units, at, view) for at in places]
        except Refusal:
            return None
        return held.select(places[0], view, frozenset().union(*nodes)) if places else None


def forget(connection: Connection, wave_id: str) -> None:
    """Remove what was said of a wave that is deleted."""
    connection.execute(delete(_maps).where(or_(_maps.c.later_id == wave_id, _maps.c.earlier_id == wave_id)))


def _of(connection: Connection, earlier_id: str, later_id: str) -> dict[Path, Path]:
    at = (_maps.c.earlier_id == earlier_id) & (_maps.c.later_id == later_id)
    text = connection.scalar(select(_maps.c.units).where(at))
    return {tuple(was): tuple(now) for was, now in json.loads(text or "[]")}


def _write(connection: Connection, earlier_id: str, later_id: str, told: Mapping[Path, Path]) -> None:
    at = (_maps.c.earlier_id == earlier_id) & (_maps.c.later_id == later_id)
    connection.execute(delete(_maps).where(at))
    units = json.dumps([[list(was), list(now)] for was, now in told.items()], ensure_ascii=False)
    connection.execute(insert(_maps).values(earlier_id=earlier_id, later_id=later_id, units=units))
