"""Files at rest: written whole or not at all, for their owner alone; and the files of a wave and of a release.

A wave's folder holds ``answers.parquet`` (codes), ``wave.json`` (tree, scales, labels), ``recipe.json`` and, where they
exist, ``respondents.parquet`` (salted hashes, record numbers of the file) and ``memberships.parquet``. A release's
folder holds ``cells.parquet``, ``manifest.json`` and ``audit.json``.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import os
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analytics.instrument import Item, Line, Scale
from analytics.release import Release, TamperedRelease, canonical, cells_bytes, read_cells, verify
from analytics.wave import Alone, Answering, Tree, Unit, Wave

FORMAT = 1
RESPONDENT, RECORD = "respondent", "record"  # how a row is found again when somebody asks to be deleted
_RESPONDENTS, _MEMBERSHIPS = "respondents.parquet", "memberships.parquet"
_ANSWER, _NUMBER, _SEGMENT, _UNIT = "answer:", "number:", "segment:", "unit"
_FILE_MODE, _FOLDER_MODE = 0o600, 0o700


class TamperedWave(TamperedRelease):
    """A wave's files do not belong together."""


def write_bytes(path: Path, content: bytes) -> None:
    """Write a file whole or not at all: beside its place first, on the disk, then into its place; mode 0600."""
    beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    settle(path.parent)


def write_text(path: Path, text: str) -> None:
    """Write a UTF-8 text file whole or not at all; mode 0600."""
    write_bytes(path, text.encode("utf-8"))


def make_folder(path: Path) -> None:
    """Make a folder, and those above it, that only its owner may enter (0700); what is there already stays as it is."""
    for missing in reversed([folder for folder in (path, *path.parents) if not folder.exists()]):
        missing.mkdir(mode=_FOLDER_MODE, exist_ok=True)


def move_folder(made: Path, place: Path) -> None:
    """Publish a finished folder by one rename on the same disk; the names are on the disk when this returns."""
    settle(made)
    made.rename(place)
    settle(place.parent)


def remove_folder(path: Path) -> None:
    """Remove a folder for good; raises ``OSError`` in a plain sentence when something of it stays."""
    shutil.rmtree(path, ignore_errors=True)
    if path.exists():
        raise OSError("The files could not all be removed. Check who owns the data folder, then start Evenkeel again.")
    settle(path.parent)


def touch(path: Path) -> None:
    """Make an empty file that only its owner may read; one that is there already is not even opened.

    Closing a file lets go of every lock that the process has on it, those of a database library included.
    """
    with contextlib.suppress(FileExistsError):
        os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _FILE_MODE))


def settle(folder: Path) -> None:
    """Bring a folder's list of names to the disk, where the system can do that."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def write_wave_files(
    folder: Path,
    wave: Wave,
    recipe_json: str = "{}",
    *,
    memberships: pd.DataFrame | None = None,
    respondent: np.ndarray | None = None,
    records: Sequence[int] | np.ndarray = (),
) -> None:
    """Write a wave into ``folder``, which is made when it is not there.

    ``respondent``: one salted hash per row; ``records``: each row's record number in the file that it came from.
    """
    make_folder(folder)
    answers = _answers_bytes(wave)
    write_bytes(folder / "answers.parquet", answers)
    write_text(folder / "recipe.json", recipe_json)
    known = {} if respondent is None else {RESPONDENT: respondent.astype(str)}
    known |= {RECORD: np.asarray(records, dtype=np.int64)} if len(records) else {}
    if known:
        write_bytes(folder / _RESPONDENTS, _table_bytes(pd.DataFrame(known)))
    if memberships is not None:
        write_memberships(folder, memberships, folder)
    write_bytes(folder / "wave.json", canonical(_described(wave, hashlib.sha256(answers).hexdigest())))


def write_memberships(folder: Path, memberships: pd.DataFrame, by_way_of: Path) -> None:
    """Write each row's degree of membership in the fitted groups into a wave's folder.

    It is made in the folder ``by_way_of``, which is cleared when this process is killed; a wave's folder is not.
    """
    made = by_way_of / _MEMBERSHIPS
    write_bytes(made, _table_bytes(memberships))
    if by_way_of != folder:
        made.replace(folder / made.name)
        settle(folder)


def read_wave_files(folder: Path) -> Wave:
    """The wave in a folder.

    Raises ``FileNotFoundError`` when there is none, ``TamperedWave`` when its files do not belong together.
    """
    described = (folder / "wave.json").read_bytes()
    answers = (folder / "answers.parquet").read_bytes()
    try:
        document = json.loads(described)
        if document["format"] != FORMAT:
            raise TamperedWave(
                f"A wave of format {document['format']} needs a newer Evenkeel; this one reads {FORMAT}."
            )
        if hashlib.sha256(answers).hexdigest() != document["answers_sha256"]:
            raise TamperedWave("The answers were changed after the wave was kept. Import the file again.")
        return _wave(document, pq.read_table(io.BytesIO(answers)).to_pandas())
    except (ValueError, KeyError, TypeError, pa.ArrowException) as fault:
        if isinstance(fault, TamperedWave):
            raise
        raise TamperedWave("The wave's files cannot be read. Import the file again.") from None


def read_beside(folder: Path) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """What lies beside a wave's answers, row by row: respondents and memberships, each None where there is none."""
    paths = (folder / _RESPONDENTS, folder / _MEMBERSHIPS)
    found = [pq.read_table(path).to_pandas() if path.exists() else None for path in paths]
    return found[0], found[1]


def write_release_files(folder: Path, release: Release) -> None:
    """Write a sealed release into ``folder``; raises ``TamperedRelease`` when its hashes do not hold."""
    verify(release.manifest, release.cells, release.audit)
    make_folder(folder)
    write_bytes(folder / "cells.parquet", cells_bytes(release.cells))
    write_bytes(folder / "audit.json", canonical(dict(release.audit)))
    write_bytes(folder / "manifest.json", canonical(dict(release.manifest)))


def read_release_files(folder: Path) -> Release:
    """The release in a folder, after its hash chain has been checked.

    Raises ``FileNotFoundError`` when there is none, ``TamperedRelease`` when its files do not match their hashes.
    """
    parts = [(folder / name).read_bytes() for name in ("manifest.json", "audit.json", "cells.parquet")]
    try:
        manifest, audit = (dict(json.loads(part).items()) for part in parts[:2])  # nothing but an object has items
        release = Release(read_cells(parts[2]), manifest, audit)
        verify(release.manifest, release.cells, release.audit)
    except (ValueError, KeyError, TypeError, AttributeError, pa.ArrowException) as fault:
        if isinstance(fault, TamperedRelease):
            raise
        raise TamperedRelease("The release's files cannot be read. Publish the wave again.") from None
    return release


def _answers_bytes(wave: Wave) -> bytes:
    """One Parquet table of all that is kept per row: answers int8, groups int16, units int32, numbers float64."""
    named = [(_ANSWER, wave.answers, "int8"), (_SEGMENT, wave.segments, "int16"), (_NUMBER, wave.numbers, "float64")]
    columns = {
        f"{start}{name}": frame[name].to_numpy(dtype=kind) for start, frame, kind in named for name in frame.columns
    }
    return _table_bytes(pd.DataFrame({**columns, _UNIT: np.asarray(wave.unit, dtype=np.int32)}))


def _table_bytes(frame: pd.DataFrame) -> bytes:
    sink = io.BytesIO()
    pq.write_table(pa.Table.from_pandas(frame, preserve_index=False), sink, compression="zstd")
    return sink.getvalue()


def _described(wave: Wave, answers_sha256: str) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "survey": wave.survey,
        "name": wave.name,
        "sample": wave.sample,
        "rows": len(wave),
        "answers_sha256": answers_sha256,
        "tree": [[unit.name, unit.parent] for unit in wave.tree.units],
        "segment_labels": {name: list(labels) for name, labels in wave.segment_labels.items()},
        "scales": [asdict(scale) for scale in wave.scales],
        "invited": list(wave.invited),
        "country": wave.country,
        "answering": asdict(wave.answering),
    }


def _wave(document: dict[str, Any], table: pd.DataFrame) -> Wave:
    if len(table) != document["rows"]:
        raise TamperedWave(f"The wave should have {document['rows']} rows, but its answers have {len(table)}.")
    return Wave(
        document["survey"],
        document["name"],
        document["sample"],
        _named(table, _ANSWER),
        _named(table, _NUMBER),
        _named(table, _SEGMENT),
        {name: tuple(labels) for name, labels in document["segment_labels"].items()},
        table[_UNIT].to_numpy(),
        Tree(tuple(Unit(name, parent) for name, parent in document["tree"])),
        tuple(_scale(entry) for entry in document["scales"]),
        tuple(document.get("invited", ())),
        document.get("country", ""),
        _answering(document.get("answering", {})),
    )


def _named(table: pd.DataFrame, start: str) -> pd.DataFrame:
    mine = [name for name in table.columns if name.startswith(start)]
    return table[mine].rename(columns=lambda name: name.removeprefix(start))


def _scale(entry: dict[str, Any]) -> Scale:
    items = tuple(Item(**_frozen(item)) for item in entry["items"])
    lines = tuple(Line(**_frozen(line)) for line in entry["lines"])
    return Scale(**{**_frozen(entry), "items": items, "lines": lines})


def _answering(entry: dict[str, Any]) -> Answering:
    alone = tuple(Alone(**_frozen(one)) for one in entry.get("alone", ()))
    everybody = {name: (mean, people) for name, (mean, people) in entry.get("everybody", {}).items()}
    return Answering(**{**_frozen(entry), "everybody": everybody, "alone": alone})


def _frozen(entry: dict[str, Any]) -> dict[str, Any]:
    """JSON has lists where a record has tuples."""
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
