"""A wave published into a folder outside the catalogue: wave, release and report, all there or not at all."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from analytics.release import Release
from analytics.wave import Wave
from data import editions
from data.assemble import Assembled
from data.files import read_wave_files, write_release_files, write_text, write_wave_files

NO_SALT = b""  # the rows of both are at hand, and no hash is kept


def is_free(out: Path) -> bool:
    """Whether a folder can take a publication: it does not exist yet, or is empty."""
    return not out.exists() or (out.is_dir() and not any(out.iterdir()))


def shared_rows(wave: Wave, earlier: Sequence[Path]) -> str:
    """A sentence when an earlier publication was made from the same rows, else "".

    Two releases of nearly the same rows can be subtracted from one another, so the second one is not made. The rule is
    that of ``data.editions``.
    """
    mine = editions.signatures(wave, NO_SALT)
    for place, folder in enumerate(earlier, start=1):
        try:
            before = read_wave_files(folder / "wave")
        except FileNotFoundError:
            return f"The earlier release number {place} has no wave folder beside it, so its rows cannot be compared."
        shared = editions.shared_rows(mine, editions.signatures(before, NO_SALT))
        if shared:
            return (
                f"{shared:,} of {len(wave):,} rows were already published in the earlier release number {place}. "
                "Two releases of the same people can be subtracted from each other, so nothing was published."
            )
    return ""


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
