"""A person's row is deleted from a kept wave on request; what was published of it is not worked out anew.

A release that was made again without one person would differ from the first by that person's answers. So the row goes
from the disk, the release stays, and the hashes of the rows stay known: whatever is published of the rest later is
refused or attacked jointly. The wave without the row is made in a folder of its own and takes the old one's place the
moment the catalogue says so.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from sqlalchemy import Engine

from analytics.wave import Wave
from data import ledger, log, respondents
from data.access import Refusal, Viewer
from data.catalogue import reading, writing
from data.claims import claim
from data.files import (
    RECORD,
    RESPONDENT,
    read_beside,
    read_wave_files,
    remove_folder,
    write_wave_files,
)
from data.records import GONE, NotPossible

_MEANWHILE = "Another row of this wave was deleted at the same time. Ask again."


def told_by(engine: Engine, waves: Path, wave_id: str) -> str:
    """What a person's row of a wave is named by: "respondent", "record" (its row in the file), or "" for neither."""
    with reading(engine) as connection:
        line = _line(ledger.line(connection, wave_id))
    return respondents.told_by(read_beside(waves / line.folder)[0])


def erase(
    engine: Engine, waves: Path, wave_id: str, respondent: str, row: int, by: Viewer, now: Callable[[], str]
) -> int:
    """Delete a person's rows from a wave for good and return how many; raises ``Refusal`` or ``NotPossible``."""
    if not by.is_analyst:
        raise Refusal
    with reading(engine) as connection:
        line = _line(ledger.line(connection, wave_id))
    before, folder = waves / line.folder, secrets.token_hex(16)
    gone = respondents.rows_of(read_beside(before)[0], respondent, row, line.salt)
    with claim(waves, folder) as made:
        _write_rest(before, made.content, gone)
        made.publish()
        with writing(engine) as connection:
            again = _line(ledger.line(connection, wave_id))
            if again.folder != line.folder:
                raise NotPossible(_MEANWHILE)
            ledger.erase(connection, again, int(gone.sum()), folder, now())
            log.append(connection, now(), by.subject, "erase", wave=wave_id, rows=int(gone.sum()))
    remove_folder(before)
    return int(gone.sum())


def without(wave: Wave, gone: np.ndarray) -> Wave:
    """A wave without the marked rows. How all people answered, which was counted with them, is forgotten."""
    kept = np.flatnonzero(~gone)
    return replace(
        wave,
        answers=_rows(wave.answers, kept),
        numbers=_rows(wave.numbers, kept),
        segments=_rows(wave.segments, kept),
        unit=wave.unit[kept],
        answering=replace(wave.answering, people=0, flags={}, everybody={}, alone=()),
    )


def _write_rest(before: Path, after: Path, gone: np.ndarray) -> None:
    kept = np.flatnonzero(~gone)
    known, memberships = read_beside(before)
    columns: tuple[str, ...] = () if known is None else tuple(known.columns)
    write_wave_files(
        after,
        without(read_wave_files(before), gone),
        (before / "recipe.json").read_text(encoding="utf-8"),
        memberships=None if memberships is None or not len(memberships.columns) else _rows(memberships, kept),
        respondent=known[RESPONDENT].to_numpy()[kept] if known is not None and RESPONDENT in columns else None,
        records=known[RECORD].to_numpy()[kept] if known is not None and RECORD in columns else (),
    )


def _rows(frame: pd.DataFrame, kept: np.ndarray) -> pd.DataFrame:
    return frame.iloc[kept].reset_index(drop=True)


def _line(found: ledger.Line | None) -> ledger.Line:
    if found is None:
        raise NotPossible(GONE)
    return found
