"""A publication in a folder: all there or not at all, and not twice of the same rows."""

from __future__ import annotations

import stat
from types import SimpleNamespace

import numpy as np
import pytest
from at_rest import a_release, a_wave, memberships, names, rows_of

from data import editions, files, publication
from data.recipe import Recipe
from data.records import NotPossible


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


def test_rows_that_are_in_part_the_same_are_known_among_the_earlier_ones(tmp_path):
    wave = a_wave(n=200)
    write(tmp_path / "first", a_wave(seed=9))
    write(tmp_path / "second", wave)
    earlier = [tmp_path / "first", tmp_path / "second"]
    less = rows_of(wave, np.arange(1, 200), name="Other")
    (found,) = publication.editions_of(less, earlier)
    assert (found.wave, found.shared, found.rows, found.same) == (wave.name, 199, 200, False)
    assert editions.refusal([found], less).startswith("199 of these 199 rows were already published")
    assert publication.editions_of(a_wave(seed=3), earlier) == []


def test_the_very_same_rows_are_an_edition_to_attack_together(tmp_path):
    write(tmp_path / "first", a_wave())
    (found,) = publication.editions_of(rows_of(a_wave(), np.arange(60)[::-1], name="Again"), [tmp_path / "first"])
    assert found.same and editions.refusal([found], a_wave()) == ""


def test_the_smallest_group_is_not_lowered(tmp_path):
    write(tmp_path / "first", a_wave(), a_release(a_wave(), k=12))
    assert publication.lowers([tmp_path / "first"], 12) == ""
    said = publication.lowers([tmp_path / "first"], 8)
    assert "12" in said and "8" in said and "never lowered" in said


@pytest.mark.parametrize("missing", ["wave", "manifest.json"])
def test_an_earlier_folder_that_is_not_whole_cannot_be_compared(tmp_path, missing):
    write(tmp_path / "first", a_wave())
    (tmp_path / "first" / missing).rename(tmp_path / "elsewhere")
    with pytest.raises(NotPossible, match="number 1 should be a folder that publish wrote"):
        publication.editions_of(a_wave(), [tmp_path / "first"])


def test_an_earlier_release_that_was_changed_is_refused(tmp_path):
    write(tmp_path / "first", a_wave(), a_release(a_wave(), k=12))
    manifest = tmp_path / "first" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"k":12', '"k":8'))
    with pytest.raises(NotPossible, match="changed after it was sealed"):
        publication.lowers([tmp_path / "first"], 8)
