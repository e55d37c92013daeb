"""The catalogue's lines about surveys, waves and releases: read and written inside a transaction of the caller's."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from sqlalchemy import Connection, Row, func, insert, select, update

from analytics.release import Release
from analytics.wave import Wave
from data import access
from data.access import Viewer
from data.catalogue import about, erasures, recipes, releases, row_hashes, surveys, waves
from data.editions import HASH, Signature
from data.records import DELETED, KEPT, PUBLISHED, UNDONE, NotPossible, WaveRecord

Line = Row[Any]
SURVEY_LENGTH, WAVE_LENGTH = 80, 120
_SALT_BYTES = 32
_OF_WAVE = erasures.c.wave_id == waves.c.id
_SINCE = (_OF_WAVE, erasures.c.published)  # rows deleted since the wave was published
_MOVED = select(erasures.c.folder).where(_OF_WAVE).order_by(erasures.c.id.desc()).limit(1).scalar_subquery()
_FOLDER = func.coalesce(_MOVED, waves.c.id)  # where the wave's files lie
_LINES = (
    select(
        waves,
        _FOLDER.label("folder"),
        func.coalesce(select(func.sum(erasures.c.rows)).where(*_SINCE).scalar_subquery(), 0).label("erased"),
        select(func.max(erasures.c.at)).where(*_SINCE).scalar_subquery().label("erased_on"),
        surveys.c.name.label("survey"),
        surveys.c.salt,
        releases.c.id.label("release_id"),
        releases.c.hash.label("release_hash"),
        releases.c.paths,
    )
    .join(surveys, surveys.c.id == waves.c.survey_id)
    .outerjoin(releases, releases.c.wave_id == waves.c.id)
)


def survey(connection: Connection, name: str, at: str) -> Line:
    """A survey's line, new when nobody has used the name yet; ``NotPossible`` for an empty or overlong name."""
    if not 0 < len(name) <= SURVEY_LENGTH or name != name.strip():
        raise NotPossible(f"A survey's name should have 1 to {SURVEY_LENGTH} characters, but this one has {len(name)}.")
    found = connection.execute(select(surveys).where(surveys.c.name == name)).first()
    if found is not None:
        return found
    made = {"id": secrets.token_hex(16), "name": name, "salt": secrets.token_bytes(_SALT_BYTES), "created": at}
    connection.execute(insert(surveys).values(**made))
    return connection.execute(select(surveys).where(surveys.c.id == made["id"])).one()


def row_salt(connection: Connection) -> bytes:
    """The salt of the hashes of rows, one for the whole catalogue."""
    return bytes.fromhex(_made_once(connection, "row_salt", _SALT_BYTES))


def catalogue_id(connection: Connection) -> str:
    """The name of this catalogue's own folder: two catalogues in one data folder leave each other's waves alone."""
    return _made_once(connection, "id", 4)


def _made_once(connection: Connection, key: str, size: int) -> str:
    """Something random about the catalogue, as hex, made when it is first asked for."""
    found = connection.scalar(select(about.c.value).where(about.c.key == key))
    if found is None:
        found = secrets.token_hex(size)
        connection.execute(insert(about).values(key=key, value=found))
    return str(found)


def line(connection: Connection, wave_id: str) -> Line | None:
    """A wave that is there, kept or published; None when there is no such wave (any more)."""
    return connection.execute(_LINES.where(waves.c.id == wave_id, waves.c.state.in_((KEPT, PUBLISHED)))).first()


def lines(connection: Connection) -> Sequence[Line]:
    """Every wave that is there, newest first."""
    return connection.execute(_LINES.where(waves.c.state.in_((KEPT, PUBLISHED))).order_by(waves.c.created.desc())).all()


def released(connection: Connection) -> Sequence[Line]:
    """Every wave that was ever published, whether it is still there or not, oldest first."""
    return connection.execute(_LINES.where(releases.c.id.is_not(None)).order_by(releases.c.created)).all()


def folders(connection: Connection) -> tuple[set[str], set[str]]:
    """The names of the folders that the catalogue holds: of waves, and of releases."""
    kept = connection.scalars(select(_FOLDER).where(waves.c.state.in_((KEPT, PUBLISHED))))
    return set(kept), set(connection.scalars(select(releases.c.id)))


def add_wave(connection: Connection, wave_id: str, wave: Wave, at: str, undo_until: str) -> None:
    """List a wave as kept."""
    survey_id = survey(connection, wave.survey, at).id
    name_is_free(connection, survey_id, wave.name)
    told = {"id": wave_id, "survey_id": survey_id, "name": wave.name, "state": KEPT, "n_rows": len(wave)}
    connection.execute(insert(waves).values(**told, sample=wave.sample, created=at, undo_until=undo_until))


def name_is_free(connection: Connection, survey_id: str, name: str) -> None:
    """Raise ``NotPossible`` when a published wave of the survey has the name: lists and addresses tell waves by it."""
    if not 0 < len(name) <= WAVE_LENGTH:
        raise NotPossible(f"A wave's name should have 1 to {WAVE_LENGTH} characters, but this one has {len(name)}.")
    same = (waves.c.survey_id == survey_id, waves.c.name == name, waves.c.state == PUBLISHED)
    if connection.execute(select(waves.c.id).where(*same)).first() is not None:
        raise NotPossible(
            "This survey has a published wave of that name already. Give this one another name, or delete the other."
        )


def add_release(
    connection: Connection, release_id: str, wave_id: str, release: Release, hashed: Iterable[Signature], at: str
) -> None:
    """List a wave's release, with what will be remembered of it: its units and the hashes of its rows."""
    paths = json.dumps(access.paths(release.manifest["units"]), ensure_ascii=False)
    told = {"id": release_id, "wave_id": wave_id, "hash": release.manifest["hash"], "paths": paths, "created": at}
    connection.execute(insert(releases).values(**told))
    for answers, hashes in hashed:
        values = {"release_id": release_id, "answers": answers, "hashes": hashes.tobytes()}
        connection.execute(insert(row_hashes).values(**values))
    connection.execute(update(waves).where(waves.c.id == wave_id).values(state=PUBLISHED, published_at=at))


def hashes_of(connection: Connection, release_id: str) -> tuple[Signature, ...]:
    """The hashes of the rows that a release was made from."""
    found = select(row_hashes.c.answers, row_hashes.c.hashes).where(row_hashes.c.release_id == release_id)
    return tuple((answers, np.frombuffer(hashes, dtype=HASH)) for answers, hashes in connection.execute(found))


def erase(connection: Connection, found: Line, rows: int, folder: str, at: str) -> None:
    """Note that rows of a wave were deleted: how many, and the folder of the rest. What was published stays as it is:
    the wave's line goes on telling how many rows its release was made from."""
    is_published = found.state == PUBLISHED
    told = {"wave_id": found.id, "rows": rows, "published": is_published, "folder": folder, "at": at}
    connection.execute(insert(erasures).values(**told))
    if not is_published:
        connection.execute(update(waves).where(waves.c.id == found.id).values(n_rows=found.n_rows - rows))


def close(connection: Connection, wave_id: str, undone: bool) -> None:
    """Say that a wave is gone; what was published of it stays known."""
    connection.execute(update(waves).where(waves.c.id == wave_id).values(state=UNDONE if undone else DELETED))


def remember_recipe(connection: Connection, fingerprint: str, recipe: str, at: str) -> None:
    """Keep a recipe for the next file with the same columns, in place of the one before."""
    values = {"recipe": recipe, "used_at": at}
    changed = connection.execute(update(recipes).where(recipes.c.header_fingerprint == fingerprint).values(**values))
    if changed.rowcount == 0:
        connection.execute(insert(recipes).values(header_fingerprint=fingerprint, **values))


def recipe(connection: Connection, fingerprint: str) -> str | None:
    """The recipe that was last used on a file with these columns."""
    found: str | None = connection.scalar(select(recipes.c.recipe).where(recipes.c.header_fingerprint == fingerprint))
    return found


def is_open_to(viewer: Viewer, found: Line) -> bool:
    """Whether a wave is in the viewer's list: every wave for an analyst, published ones with a granted unit else."""
    if viewer.is_analyst or found.state != PUBLISHED:
        return viewer.is_analyst
    return bool(access.granted(viewer, found.survey_id, json.loads(found.paths)))


def record(found: Line, now: datetime, with_rows: bool) -> WaveRecord:
    """A wave's line as lists show it."""
    until = datetime.fromisoformat(found.undo_until)
    return WaveRecord(
        found.id,
        found.survey,
        found.survey_id,
        found.name,
        found.state,
        found.sample,
        datetime.fromisoformat(found.created),
        datetime.fromisoformat(found.published_at) if found.published_at else None,
        until if until > now else None,
        found.n_rows - found.erased if with_rows else None,
        found.erased if with_rows else 0,
        datetime.fromisoformat(found.erased_on) if with_rows and found.erased_on else None,
    )
