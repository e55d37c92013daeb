"""A publication in a folder: all there or not at all, and not twice of the same rows."""

from __future__ import annotations

import stat
from types import SimpleNamespace

import numpy as np
import pytest
from at_rest import a_release, a_wave, memberships, names, rows_of

from data import files, publication
from data.recipe import Recipe


def write(out, wave, release=None):
    made = SimpleNamespace(wave=wave, recipe=Recipe(), report={"rows": len(wave)})
    publication.write(out, made, release or a_release(wave), memberships(wave), "<html></html>")


def test_a_publication_holds_wave_release_and_reports(tmp_path):
    wave, out = a_wave(), tmp_path / "new" / "out"
    write(out, wave)
    release = {"cells.parquet", "manifest.json", "audit.json", "report.html", "import_report.json"}
    assert names(out) == release | {"wave"}
    assert files.read_release_files(out).manifest == a_release(wave).manifest
    assert len(files.read_wave_files(out / "wave")) == 60
    assert stat.S_IMODE(out.stat().st_mode) == 0o700
    assert all(stat.S_IMODE(path.stat().st_mode) == 0o600 for path in out.rglob("*") if path.is_file())


def test_a_publication_that_fails_leaves_nothing(tmp_path):
    wave = a_wave()
    release = a_release(wave)
    release.cells.loc[0, "value"] = 1.0
    with pytest.raises(ValueError, match="changed"):
        write(tmp_path / "out", wave, release)
    assert names(tmp_path) == set()


def test_only_a_new_or_empty_folder_takes_a_publication(tmp_path):
    assert publication.is_free(tmp_path / "out")
    (tmp_path / "out").mkdir()
    assert publication.is_free(tmp_path / "out")
    write(tmp_path / "out", a_wave())
    assert not publication.is_free(tmp_path / "out")
    (tmp_path / "file").write_text("")
    assert not publication.is_free(tmp_path / "file")


def test_the_same_rows_are_not_published_twice(tmp_path):
    wave = a_wave(n=200)
    write(tmp_path / "first", a_wave(seed=9))
    write(tmp_path / "second", wave)
    said = publication.shared_rows(
        rows_of(wave, np.arange(1, 200), name="Other"), [tmp_path / "first", tmp_path / "second"]
    )
    assert said.startswith("199 of 199 rows were already published in the earlier release number 2.")
    assert publication.shared_rows(a_wave(seed=3), [tmp_path / "first", tmp_path / "second"]) == ""


def test_an_earlier_release_without_its_wave_cannot_be_compared(tmp_path):
    assert "number 1 has no wave" in publication.shared_rows(a_wave(), [tmp_path])
