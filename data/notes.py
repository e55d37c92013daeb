"""What a unit will try until the next survey: one note per unit and wave, in its manager's own words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection, delete, insert, select

from data import catalogue
from data.records import NotPossible

LONGEST, LONGEST_NAME = 500, 80
_notes = catalogue.notes


@dataclass(frozen=True)
class Note:
    """What will be tried, who sees to it, and by when; ``written``: the moment it was written down, as text."""

    text: str
    owner: str = ""
    due: date | None = None
    written: str = ""


def checked(note: Note) -> Note:
    """The note without blanks around its texts; ``NotPossible`` when it is empty or too long."""
    text, owner = note.text.strip(), note.owner.strip()
    if not 0 < len(text) <= LONGEST:
        raise NotPossible(f"A note should have 1 to {LONGEST} characters, but this one has {len(text)}. Shorten it.")
    if len(owner) > LONGEST_NAME:
        raise NotPossible(f"A name should have at most {LONGEST_NAME} characters, but this one has {len(owner)}.")
    return Note(text, owner, note.due)


def of(connection: Connection, wave_id: str, path: str) -> Note | None:
    """The note of one unit, named by its path, in one wave; None when nothing was written down."""
    found = connection.execute(select(_notes).where(_notes.c.wave_id == wave_id, _notes.c.path == path)).first()
    if found is None:
        return None
    return Note(found.text, found.owner, date.fromisoformat(found.due) if found.due else None, found.written)


def write(connection: Connection, wave_id: str, path: str, note: Note | None, at: str) -> None:
    """Keep a note in place of the one before; None removes it. Raises ``NotPossible`` for one that cannot be kept."""
    kept = None if note is None else checked(note)
    connection.execute(delete(_notes).where(_notes.c.wave_id == wave_id, _notes.c.path == path))
    if kept is not None:
        told = {"text": kept.text, "owner": kept.owner, "due": kept.due.isoformat() if kept.due else None}
        connection.execute(insert(_notes).values(wave_id=wave_id, path=path, written=at, **told))


def forget(connection: Connection, wave_id: str) -> None:
    """Remove every note of a wave that is deleted."""
    connection.execute(delete(_notes).where(_notes.c.wave_id == wave_id))
