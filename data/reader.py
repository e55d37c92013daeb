"""What may be read of the published waves: the one way to the cells of a release, by way of ``data.access``."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine

from analytics import protect
from analytics.protect import Protected
from analytics.release import VIEWS, Release, TamperedRelease
from data import access, ledger, log
from data.access import Refusal, Viewer
from data.catalogue import reading, writing
from data.files import read_release_files
from data.records import PUBLISHED

_HELD = 4  # releases that stay in memory after they were checked
_UNIT = ("id", "name", "parent", "shown")


class Reader:
    """Reads releases for viewers and writes nothing but the log; ``now`` gives the time as the log has it."""

    def __init__(self, engine: Engine, releases: Path, now: Callable[[], str]) -> None:
        self._engine, self._releases, self._now = engine, releases, now
        self._held: dict[str, Protected] = {}

    def read(self, viewer: Viewer, wave_id: str, node: int, view: str) -> Protected:
        """One view of a published wave at one unit, after the grant was checked."""
        with self._refusals_logged(viewer, "read", wave_id, node, view):
            line = self._published(wave_id)
            held = self._protected(line)
            nodes = access.readable(viewer, line.survey_id, held.manifest["units"], node, view)
        return held.select(node, view, nodes)

    def units(self, viewer: Viewer, wave_id: str) -> list[dict[str, Any]]:
        """The units whose pages are the viewer's, parents before children; a residual group has no page of its own."""
        with self._refusals_logged(viewer, "units", wave_id):
            line = self._published(wave_id)
            units = self._protected(line).manifest["units"]
            own = [at for at in sorted(access.own(viewer, line.survey_id, units)) if not units[at].get("rest")]
            if not own:
                raise Refusal
        paths = access.paths(units)
        return [{name: units[place][name] for name in _UNIT} | {"path": paths[place]} for place in own]

    def path(self, viewer: Viewer, wave_id: str, node: int) -> str:
        """The path of a unit whose page is the viewer's; ``Refusal`` for any other."""
        with self._refusals_logged(viewer, "path", wave_id, node):
            own = {unit["id"]: unit["path"] for unit in self.units(viewer, wave_id)}
            if node not in own:
                raise Refusal
        return str(own[node])

    def audit(self, viewer: Viewer, wave_id: str) -> Mapping[str, Any]:
        """The report of the attack, for an analyst."""
        with self._refusals_logged(viewer, "audit", wave_id):
            line = self._published(wave_id)
            if not viewer.is_analyst:
                raise Refusal
        return self.release(line).audit

    def release(self, line: ledger.Line) -> Release:
        """A release from its files; the last link of its hash chain must be the one that the catalogue has."""
        release = read_release_files(self._releases / line.release_id)
        if release.manifest["hash"] != line.release_hash:
            raise TamperedRelease("The release is another one than was published. Publish the wave again.")
        return release

    def held(self, wave_id: str) -> tuple[str, Protected]:
        """A published wave's survey and whole release, for what asks about grants itself; ``Refusal`` for no wave."""
        line = self._published(wave_id)
        return line.survey_id, self._protected(line)

    def _published(self, wave_id: str) -> ledger.Line:
        with reading(self._engine) as connection:
            line = ledger.line(connection, wave_id)
        if line is None or line.state != PUBLISHED:
            raise Refusal
        return line

    def _protected(self, line: ledger.Line) -> Protected:
        """A release as it was checked when it was loaded; the ones used last are held, since they never change."""
        held = self._held.pop(line.release_id, None)
        if held is None:
            release = self.release(line)
            held = protect.load(release.cells, release.manifest)
        self._held[line.release_id] = held
        for oldest in list(self._held)[:-_HELD]:
            self._held.pop(oldest, None)
        return held

    @contextmanager
    def _refusals_logged(
        self, viewer: Viewer, did: str, wave_id: str, node: int = -1, view: str = ""
    ) -> Iterator[None]:
        """Log a refusal before it goes on its way; what was asked comes from outside, so only known words are kept."""
        try:
            yield
        except Refusal:
            with writing(self._engine) as connection:
                known = wave_id if ledger.line(connection, wave_id) is not None else ""
                on = {"wave": known, "node": int(node), "view": view if view in VIEWS else ""}
                log.append(connection, self._now(), viewer.subject, did, outcome="refused", **on)
            raise
