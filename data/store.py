"""Surveys, waves and releases at rest: files in the data folder, and a catalogue that says which of them there are.

Nothing is there before the catalogue says so, and nothing is gone before it says so: a process that is killed at any
moment leaves the last good state, and what it left half made is swept away by the next ``Store.open``. ``Store.read``
is the only way to the cells of a release, and it asks ``data.access`` first.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import platformdirs
from sqlalchemy import Connection, Engine

from analytics.protect import Protected
from analytics.release import Release
from analytics.wave import Wave
from data import catalogue, editions, erasure, grants, ledger, log, notes, unit_map
from data.access import LOCAL_ANALYST, Refusal, Viewer
from data.catalogue import reading, writing
from data.claims import claim, sweep
from data.editions import Edition, Signature
from data.files import (
    make_folder,
    read_wave_files,
    remove_folder,
    touch,
    write_memberships,
    write_release_files,
    write_wave_files,
)
from data.notes import Note
from data.reader import Reader
from data.records import GONE, KEPT, Grant, NotPossible, WaveRecord
from data.remembered import Recipes

__all__ = ["Edition", "Grant", "NotPossible", "Note", "Store", "WaveRecord"]

HOME, CATALOGUE = "EVENKEEL_HOME", "EVENKEEL_CATALOGUE"  # settings: the data folder, the catalogue's URL
UNDO = timedelta(minutes=10)
_ERASED = "A row of this wave was deleted while its results were worked out. Publish the wave again."


class Store:
    """What is kept on this machine. Safe for several processes, and several threads of each, at once."""

    def __init__(self, folder: Path, engine: Engine) -> None:
        self._waves, self._releases = folder / "waves", folder / "releases"
        self._engine = engine
        self._reader = Reader(engine, self._releases, self._now)
        self.recipes = Recipes(engine, self._waves)
        self.unit_maps = unit_map.UnitMaps(engine, self._reader, self._now)
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)

    @classmethod
    def open(cls, home: Path | None = None) -> Store:
        """The store in ``home``, made when there is none, without the leftovers of processes that were killed."""
        place = (home or Path(os.environ.get(HOME) or platformdirs.user_data_path("evenkeel", False))).absolute()
        make_folder(place)
        url = os.environ.get(CATALOGUE)
        if not url:
            touch(place / "catalogue.sqlite")
            url = f"sqlite:///{place / 'catalogue.sqlite'}"
        engine = catalogue.connect(url)
        with writing(engine) as connection:
            store = cls(place / ledger.catalogue_id(connection), engine)
        for folder in (store._waves, store._releases):
            make_folder(folder)
        sweep(store._waves, lambda: store._folders()[0])
        sweep(store._releases, lambda: store._folders()[1])
        return store

    def salt(self, survey: str) -> bytes:
        """The salt of one survey's respondents; the survey is listed when its name is new."""
        with writing(self._engine) as connection:
            return bytes(ledger.survey(connection, survey, self._now()).salt)

    def keep(
        self,
        wave: Wave,
        recipe_json: str,
        *,
        respondent: np.ndarray | None = None,
        records: Sequence[int] = (),
        header_fingerprint: str = "",
    ) -> str:
        """Keep a wave and return its id; the recipe is remembered for files with the same columns.

        Raises ``NotPossible`` when the wave's name is taken or a name is too long.
        """
        wave_id, now = secrets.token_hex(16), self.clock()
        with claim(self._waves, wave_id) as made:
            write_wave_files(made.content, wave, recipe_json, respondent=respondent, records=records)
            made.publish()
            with writing(self._engine) as connection:
                ledger.add_wave(connection, wave_id, wave, _text(now), _text(now + UNDO))
                if header_fingerprint:
                    ledger.remember_recipe(connection, header_fingerprint, recipe_json, _text(now))
                self._log(connection, LOCAL_ANALYST, "keep", wave=wave_id, rows=len(wave))
        return wave_id

    def wave(self, wave_id: str) -> Wave:
        """A wave's rows, for publishing it: no page asks for them. ``NotPossible`` when there is no such wave."""
        with reading(self._engine) as connection:
            line = self._line(connection, wave_id)
        try:
            return read_wave_files(self._waves / line.folder)
        except FileNotFoundError:
            raise NotPossible(GONE) from None

    def publish(self, wave_id: str, release: Release, memberships: pd.DataFrame | None = None) -> None:
        """Publish a kept wave: its release can be read from now on, and is remembered for good.

        Raises ``NotPossible`` when the wave is published already, gone, or another one than the release tells of, or
        when its smallest group is smaller than it was before.
        """
        wave, release_id = self.wave(wave_id), secrets.token_hex(16)
        lower = self.lowers(wave, int(release.manifest["thresholds"]["k"]))
        if lower:
            raise NotPossible(lower)
        with writing(self._engine) as connection:
            line = self._may_publish(connection, wave_id, release)
            salt = ledger.row_salt(connection)
        if memberships is not None and len(memberships) != len(wave):
            raise NotPossible(_ERASED)
        hashed = editions.signatures(wave, salt)
        with claim(self._releases, release_id) as made:
            write_release_files(made.content, release)
            made.publish()
            if memberships is not None:
                write_memberships(self._waves / line.folder, memberships, made.content.parent)
            with writing(self._engine) as connection:
                if self._may_publish(connection, wave_id, release).folder != line.folder:
                    raise NotPossible(_ERASED)
                ledger.add_release(connection, release_id, wave_id, release, hashed, self._now())
                self._log(connection, LOCAL_ANALYST, "publish", wave=wave_id, release=release_id)

    def undo(self, wave_id: str, by: Viewer = LOCAL_ANALYST) -> None:
        """Take an import back within ten minutes: its rows are removed for good; later ``NotPossible``."""
        self._remove(wave_id, by, undone=True)

    def delete(self, wave_id: str, by: Viewer = LOCAL_ANALYST) -> None:
        """Remove a wave's rows for good; what was published of it can no longer be read, but stays known."""
        self._remove(wave_id, by, undone=False)

    def erase(self, wave_id: str, *, respondent: str = "", row: int = 0, by: Viewer = LOCAL_ANALYST) -> int:
        """Delete a person's rows from a wave for good: a respondent's, or that of one row of the file; returns how
        many. What was published stays as it is. Raises ``Refusal`` or ``NotPossible``."""
        return erasure.erase(self._engine, self._waves, wave_id, respondent, row, by, self._now)

    def told_by(self, wave_id: str) -> str:
        """What a person's row of a wave is named by: "respondent", "record" (its row in the file), "" for neither."""
        return erasure.told_by(self._engine, self._waves, wave_id)

    def waves(self, viewer: Viewer | None = None) -> list[WaveRecord]:
        """The waves that a viewer may know of, newest first; every wave for a script of this machine (None)."""
        asking, now = viewer or LOCAL_ANALYST, self.clock()
        with reading(self._engine) as connection:
            found = [line for line in ledger.lines(connection) if ledger.is_open_to(asking, line)]
        return [ledger.record(line, now, asking.is_analyst) for line in found]

    def read(self, viewer: Viewer, wave_id: str, node: int, view: str) -> Protected:
        """One view of a published wave at one unit: the cells that this viewer's page may show, and no others.

        Raises ``Refusal`` for whatever is not the viewer's or is not there, ``TamperedRelease`` for changed files.
        """
        return self._reader.read(viewer, wave_id, node, view)

    def units(self, viewer: Viewer, wave_id: str) -> list[dict[str, Any]]:
        """The units whose pages are the viewer's: id, name, parent, shown, and the path that a grant names."""
        return self._reader.units(viewer, wave_id)

    def audit(self, viewer: Viewer, wave_id: str) -> Mapping[str, Any]:
        """The report of the attack on a published wave, for an analyst; ``Refusal`` for anybody else."""
        return self._reader.audit(viewer, wave_id)

    def note(self, viewer: Viewer, wave_id: str, node: int) -> Note | None:
        """What the unit wrote down to try after this wave; ``Refusal`` unless the unit's page is the viewer's."""
        path = self._reader.path(viewer, wave_id, node)
        with reading(self._engine) as connection:
            return notes.of(connection, wave_id, path)

    def write_note(self, viewer: Viewer, wave_id: str, node: int, note: Note | None) -> None:
        """Keep what the unit will try, or remove it (None). Raises what ``note`` does, ``NotPossible`` if too long."""
        path = self._reader.path(viewer, wave_id, node)
        with writing(self._engine) as connection:
            notes.write(connection, wave_id, path, note, self._now())
            self._log(connection, viewer, "note", wave=wave_id, node=node)

    def earlier(self, wave: Wave) -> list[Edition]:
        """The releases ever published, of any survey, gone or not, that share more rows with a wave than chance allows.

        Two of them can be subtracted from one another; whoever publishes the wave attacks them together.
        """
        with writing(self._engine) as connection:
            salt, lines = ledger.row_salt(connection), ledger.released(connection)
        mine = editions.signatures(wave, salt) if lines else ()
        with reading(self._engine) as connection:
            theirs = [ledger.hashes_of(connection, line.release_id) for line in lines]
        found = [(line, hashes, editions.shared_rows(mine, hashes)) for line, hashes in zip(lines, theirs, strict=True)]
        return [self._edition(wave, line, rows, mine, hashes) for line, hashes, rows in found if rows]

    def lowers(self, wave: Wave, k: int) -> str:
        """A sentence when a wave of the same survey, or of the same rows, was ever published with a larger smallest
        group than ``k``, else "": thresholds are raised and never lowered."""
        with reading(self._engine) as connection:
            lines = [line for line in ledger.released(connection) if line.survey == wave.survey]
        before = [(self._reader.release(line), line.name) for line in lines]
        before += [(edition.release, edition.wave) for edition in self.earlier(wave)]
        return editions.lowers(((editions.smallest_group(release), name) for release, name in before), k)

    def recipe_for(self, fingerprint: str) -> str | None:
        """The recipe that was last used on a file with these columns, as JSON."""
        with reading(self._engine) as connection:
            return ledger.recipe(connection, fingerprint)

    def viewer(self, identity: str) -> Viewer:
        """Who somebody is to this store, with what was granted to them: by default nothing."""
        with reading(self._engine) as connection:
            return grants.viewer(connection, identity)

    def grants(self, by: Viewer) -> list[Grant]:
        """Every grant, for an analyst; raises ``Refusal`` for anybody else."""
        with reading(self._engine) as connection:
            return grants.listed(connection, by)

    def grant(self, by: Viewer, identity: str, role: str, survey_id: str = "", path: str = "") -> None:
        """Give somebody a role: analyst, or manager of one unit of one survey. ``Refusal`` unless an analyst asks."""
        with writing(self._engine) as connection:
            grants.give(connection, by, Grant(0, identity, role, survey_id, path), self._now())
            self._log(connection, by, "grant", to=identity, role=role, survey=survey_id)

    def place(self, by: Viewer, survey: str, path: str) -> tuple[str, str]:
        """What a grant names: a survey's id and a unit's path; ``NotPossible`` for a survey or a unit that is not."""
        with reading(self._engine) as connection:
            return grants.place(connection, by, survey, path)

    def revoke(self, by: Viewer, grant_id: int) -> None:
        """Take one grant back. Raises ``Refusal`` unless an analyst asks."""
        with writing(self._engine) as connection:
            taken = grants.take(connection, by, grant_id)
            self._log(connection, by, "revoke", to=taken.identity, role=taken.role, survey=taken.survey_id)

    def _edition(
        self, wave: Wave, line: ledger.Line, rows: int, mine: Sequence[Signature], theirs: Sequence[Signature]
    ) -> Edition:
        release = self._reader.release(line)
        same = line.n_rows == len(wave) and editions.are_same(mine, theirs) and editions.has_units_of(release, wave)
        return Edition(release, line.survey, line.name, rows, line.n_rows, same)

    def _remove(self, wave_id: str, by: Viewer, undone: bool) -> None:
        if not by.is_analyst:
            raise Refusal
        with writing(self._engine) as connection:
            line = self._line(connection, wave_id)
            if undone and datetime.fromisoformat(line.undo_until) <= self.clock():
                raise NotPossible("An import can be taken back for 10 minutes, and they have passed. Delete the wave.")
            ledger.close(connection, wave_id, undone)
            notes.forget(connection, wave_id)
            unit_map.forget(connection, wave_id)
            self._log(connection, by, "undo" if undone else "delete", wave=wave_id)
        remove_folder(self._waves / line.folder)

    def _may_publish(self, connection: Connection, wave_id: str, release: Release) -> ledger.Line:
        line = self._line(connection, wave_id)
        if line.state != KEPT:
            raise NotPossible("This wave is published already, and what is published never changes.")
        if (release.manifest["survey"], release.manifest["wave"]) != (line.survey, line.name):
            raise NotPossible("The release tells of another wave than the one to publish. Publish the wave again.")
        ledger.name_is_free(connection, line.survey_id, line.name)
        return line

    def _line(self, connection: Connection, wave_id: str) -> ledger.Line:
        line = ledger.line(connection, wave_id)
        if line is None:
            raise NotPossible(GONE)
        return line

    def _log(self, connection: Connection, by: Viewer, did: str, **on: Any) -> None:
        log.append(connection, self._now(), by.subject, did, **on)

    def _folders(self) -> tuple[set[str], set[str]]:
        with reading(self._engine) as connection:
            return ledger.folders(connection)

    def _now(self) -> str:
        return _text(self.clock())


def _text(moment: datetime) -> str:
    return moment.isoformat(timespec="microseconds")
