"""A wave published into a folder outside the catalogue: wave, release and report, all there or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analytics.release import Release, TamperedRelease
from analytics.wave import Wave
from data import editions
from data.assemble import Assembled
from data.editions import Edition
from data.files import read_release_files, read_wave_files, write_release_files, write_text, write_wave_files
from data.records import NotPossible

NO_SALT = b""  # the rows of both are at hand, and no hash is kept


def is_free(out: Path) -> bool:
    """Whether a folder can take a publication: it does not exist yet, or is empty."""
    return not out.exists() or (out.is_dir() and not any(out.iterdir()))


def editions_of(wave: Wave, earlier: Sequence[Path]) -> list[Edition]:
    """The earlier publications, each in a folder of its own, that share more rows with a wave than chance allows.

    The rule is that of ``data.editions``. Raises ``NotPossible`` for a folder without a release or without its wave:
    its rows could not be compared.
    """
    mine = editions.signatures(wave, NO_SALT)
    before = [_before(place, folder) for place, folder in enumerate(earlier, start=1)]
    found = []
    for was, release in before:
        theirs = editions.signatures(was, NO_SALT)
        shared = editions.shared_rows(mine, theirs)
        same = len(was) == len(wave) and editions.are_same(mine, theirs) and editions.has_units_of(release, wave)
        found += [Edition(release, was.survey, was.name, shared, len(was), same)] if shared else []
    return found


def lowers(earlier: Sequence[Path], k: int) -> str:
    """A sentence when an earlier publication has a larger smallest group than ``k``, else ""."""
    before = (_before(place, folder) for place, folder in enumerate(earlier, start=1))
    return editions.lowers(((editions.smallest_group(release), wave.name) for wave, release in before), k)


def _before(place: int, folder: Path) -> tuple[Wave, Release]:
    try:
        return read_wave_files(folder / "wave"), read_release_files(folder)
    except FileNotFoundError:
        raise NotPossible(
            f"The earlier release number {place} should be a folder that publish wrote, with the wave beside the "
            "release, but it is not: its rows cannot be compared. Name the folder as it was written."
        ) from None
    except TamperedRelease as reason:
        raise NotPossible(f"The earlier release number {place} cannot be used. {reason}") from None


def write(out: Path, made: Assembled, release: Release, memberships: pd.DataFrame, report: str) -> None:
    """Write everything beside ``out`` first and move it there in one step; only the owner may read it."""
    out.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f".{out.name}.", dir=out.parent))
    try:
        write_wave_files(scratch / "wave", made.wave, made.recipe.to_json(), memberships=memberships)
        write_release_files(scratch, release)
        write_text(scratch / "report.html", report)
        write_text(scratch / "import_report.json", json.dumps(made.report, ensure_ascii=False, indent=1))
        scratch.replace(out)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
