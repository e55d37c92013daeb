"""The log: who did what to which wave and how it ended, each line chained to the one before; never a value."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import Connection, insert, select

from analytics.release import canonical
from data import catalogue


def append(connection: Connection, at: str, who: str, did: str, **on: Any) -> None:
    """Add one line inside the transaction that it tells about; ``on`` names ids, a unit's place, a view, an outcome."""
    last = select(catalogue.log.c.hash).order_by(catalogue.log.c.id.desc()).limit(1)
    before = connection.scalar(last) or ""
    line = canonical({"at": at, "who": who, "did": did, **on}).decode("utf-8")
    connection.execute(insert(catalogue.log).values(line=line, hash=_chained(before, line)))


def first_broken(connection: Connection) -> int | None:
    """The number of the first line that was changed, added or taken out afterwards; None when the log is whole."""
    before = ""
    for number, line, found in connection.execute(select(catalogue.log).order_by(catalogue.log.c.id)):
        if found != _chained(before, line):
            return int(number)
        before = found
    return None


def _chained(before: str, line: str) -> str:
    return hashlib.sha256(f"{before}\n{line}".encode()).hexdigest()
