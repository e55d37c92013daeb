"""The catalogue: which surveys, waves and releases there are, who was granted what, and what was done.

Names are data and stand here; folders are called by random ids. SQLite by default; another database by its URL.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Engine,
    ForeignKey,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    create_engine,
    event,
    insert,
    select,
)
from sqlalchemy.exc import OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

SCHEMA = 1
_BUSY_MS = 30_000  # how long one process waits for another's transaction
_TRIES, _PAUSE_S = 100, 0.05

_tables = MetaData()

about = Table(
    "about", _tables, Column("key", String(20), primary_key=True), Column("value", String(64), nullable=False)
)

surveys = Table(
    "surveys",
    _tables,
    Column("id", String(32), primary_key=True),
    Column("name", String(80), nullable=False, unique=True),
    Column("salt", LargeBinary, nullable=False),  # for the hashes of this survey's rows and respondents
    Column("created", String(32), nullable=False),
)

waves = Table(
    "waves",
    _tables,
    Column("id", String(32), primary_key=True),  # also the name of its folder
    Column("survey_id", ForeignKey("surveys.id"), nullable=False, index=True),
    Column("name", String(120), nullable=False),
    Column("state", String(10), nullable=False),  # kept | published | undone | deleted
    Column("n_rows", Integer, nullable=False),
    Column("sample", Boolean, nullable=False),
    Column("created", String(32), nullable=False),
    Column("undo_until", String(32), nullable=False),
    Column("published_at", String(32)),
)

# What was once published stays known after undoing and deleting: a later file with the same rows is its edition.
releases = Table(
    "releases",
    _tables,
    Column("id", String(32), primary_key=True),  # also the name of its folder
    Column("wave_id", ForeignKey("waves.id"), nullable=False, unique=True),
    Column("hash", String(64), nullable=False),  # the last link of the manifest's hash chain
    Column("paths", Text, nullable=False),  # JSON list: the path of each unit, in order
    Column("created", String(32), nullable=False),
)

# Rows that were deleted on request: how many and when, never whose. The wave lies in another folder from then on.
erasures = Table(
    "erasures",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("wave_id", ForeignKey("waves.id"), nullable=False, index=True),
    Column("rows", Integer, nullable=False),
    Column("published", Boolean, nullable=False),  # whether the wave was published by then
    Column("folder", String(32), nullable=False),
    Column("at", String(32), nullable=False),
)

row_hashes = Table(
    "row_hashes",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("release_id", ForeignKey("releases.id"), nullable=False, index=True),
    Column("answers", String(80), nullable=False),  # which answers of the row: all of them, or a scale's
    Column("hashes", LargeBinary, nullable=False),  # 8 bytes per row, salted, sorted
)

grants = Table(
    "grants",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("identity", String(512), nullable=False, index=True),  # issuer|subject
    Column("role", String(10), nullable=False),  # analyst | manager
    Column("survey_id", ForeignKey("surveys.id")),  # a manager's survey and unit
    Column("path", Text),
    Column("created", String(32), nullable=False),
)

recipes = Table(
    "recipes",
    _tables,
    Column("header_fingerprint", String(64), primary_key=True),
    Column("recipe", Text, nullable=False),
    Column("used_at", String(32), nullable=False),
)

# A manager's own words about a unit; they go with the wave.
notes = Table(
    "notes",
    _tables,
    Column("wave_id", ForeignKey("waves.id"), primary_key=True),
    Column("path", String(512), primary_key=True),
    Column("text", Text, nullable=False),
    Column("owner", String(80), nullable=False),
    Column("due", String(10)),  # a day, as YYYY-MM-DD
    Column("written", String(32), nullable=False),
)

# What earlier units are in a later wave, where their paths do not tell.
unit_maps = Table(
    "unit_maps",
    _tables,
    Column("later_id", ForeignKey("waves.id"), primary_key=True),
    Column("earlier_id", String(32), primary_key=True),  # "" where the later wave's units file says it
    Column("units", Text, nullable=False),  # JSON list of pairs of paths: earlier, later
)

log = Table(
    "log",
    _tables,
    Column("id", Integer, primary_key=True),
    Column("line", Text, nullable=False),  # JSON: when, who, what, on what, how it ended; never a value
    Column("hash", String(64), nullable=False),  # of the line and the hash before it
)


class NewerCatalogue(RuntimeError):
    """The catalogue was written by a newer Evenkeel."""


def connect(url: str) -> Engine:
    """An engine on the database at ``url`` with every table in place; safe when two processes do it at once.

    Raises ``NewerCatalogue`` when a newer version made the tables.
    """
    engine = create_engine(url)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _settings)
        event.listen(engine, "begin", _begin)
        _write_ahead(engine)
    with writing(engine) as connection:
        _tables.create_all(connection)
        found = connection.scalar(select(about.c.value).where(about.c.key == "schema"))
        if found is None:
            connection.execute(insert(about).values(key="schema", value=str(SCHEMA)))
        elif int(found) > SCHEMA:
            raise NewerCatalogue(
                f"The catalogue has format {found}, but this Evenkeel knows {SCHEMA}. Use the newer one."
            )
    return engine


@contextmanager
def writing(engine: Engine) -> Iterator[Connection]:
    """One transaction that changes something: all of it happens or nothing, and one process at a time."""
    with engine.execution_options(writes=True).begin() as connection:
        yield connection


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """One transaction that only looks; it sees one state, whatever others write meanwhile."""
    with engine.begin() as connection:
        yield connection


def _settings(connection: Any, entry: ConnectionPoolEntry) -> None:
    """Called by SQLAlchemy for every new SQLite connection."""
    connection.isolation_level = None  # transactions begin where _begin says, not where the driver guesses
    for setting in (f"busy_timeout={_BUSY_MS}", "foreign_keys=ON", "synchronous=FULL", "secure_delete=ON"):
        connection.execute(f"PRAGMA {setting}")


def _begin(connection: Connection) -> None:
    """A writer takes its turn at once: two that had both read first could not both go on to write."""
    connection.exec_driver_sql("BEGIN IMMEDIATE" if connection.get_execution_options().get("writes") else "BEGIN")


def _write_ahead(engine: Engine) -> None:
    """Switch the file to write-ahead logging, once; SQLite does not wait for others here, so this does."""
    for attempt in range(_TRIES):
        raw = engine.raw_connection()
        try:
            raw.cursor().execute("PRAGMA journal_mode=WAL")
            return
        except Exception as fault:
            if "locked" not in str(fault) or attempt == _TRIES - 1:
                raise OperationalError("PRAGMA journal_mode=WAL", None, fault) from None
            time.sleep(_PAUSE_S)
        finally:
            raw.close()
