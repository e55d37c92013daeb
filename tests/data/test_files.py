"""Files at rest: whole or not at all, for their owner alone, and nothing else than was written."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading

import numpy as np
import pandas as pd
import pytest
from at_rest import a_release, a_wave, memberships, names

from analytics.release import TamperedRelease
from data import files
from data.files import TamperedWave


class Interrupted(BaseException):
    """Stands for whatever ends a process in the middle of something."""


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(params=[0o000, 0o022, 0o077], ids=oct)
def umask(request):
    """File modes must not depend on what the process was started with."""
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def test_files_and_folders_are_for_their_owner_alone(umask, tmp_path):
    files.make_folder(tmp_path / "made")
    files.write_text(tmp_path / "made" / "text", "नमस्ते")
    files.touch(tmp_path / "made" / "empty")
    assert mode(tmp_path / "made") == 0o700
    assert mode(tmp_path / "made" / "text") == mode(tmp_path / "made" / "empty") == 0o600
    assert (tmp_path / "made" / "text").read_text(encoding="utf-8") == "नमस्ते"


def test_a_file_is_replaced_whole_and_keeps_no_open_mode(tmp_path):
    place = tmp_path / "file"
    place.write_bytes(b"before")
    place.chmod(0o644)
    files.write_bytes(place, b"after")
    assert (place.read_bytes(), mode(place), names(tmp_path)) == (b"after", 0o600, {"file"})


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_an_interrupted_write_leaves_what_was_there(tmp_path, monkeypatch, step):
    place = tmp_path / "file"
    files.write_bytes(place, b"before")

    def interrupted(*args, **kwargs):
        raise Interrupted

    monkeypatch.setattr(os, step, interrupted) if step == "fsync" else monkeypatch.setattr(
        type(place), step, interrupted
    )
    with pytest.raises(Interrupted):
        files.write_bytes(place, b"after")
    monkeypatch.undo()
    assert (place.read_bytes(), names(tmp_path)) == (b"before", {"file"})


def test_contents_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    steps = []
    real = os.fsync, type(tmp_path).replace
    monkeypatch.setattr(os, "fsync", lambda handle: steps.append("fsync") or real[0](handle))
    monkeypatch.setattr(type(tmp_path), "replace", lambda one, to: steps.append("rename") or real[1](one, to))
    files.write_bytes(tmp_path / "file", b"x")
    assert steps == ["fsync", "rename", "fsync"]  # the contents, the new name, the folder that holds it


def test_a_reader_never_meets_half_a_file(tmp_path):
    place, seen, over = tmp_path / "file", set(), threading.Event()
    contents = [bytes([letter]) * 200_000 for letter in b"ab"]
    files.write_bytes(place, contents[0])

    def read():
        while not over.is_set():
            seen.add(place.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(20):
        files.write_bytes(place, contents[turn % 2])
    over.set()
    reader.join()
    assert seen <= set(contents)


def test_touching_a_file_leaves_its_contents(tmp_path):
    files.write_bytes(tmp_path / "file", b"x")
    files.touch(tmp_path / "file")
    assert (tmp_path / "file").read_bytes() == b"x"


@pytest.mark.skipif(os.name != "posix", reason="locks of this kind are a POSIX matter")
def test_touching_a_file_lets_go_of_no_lock_on_it(tmp_path):
    import fcntl

    place = tmp_path / "file"
    script = "import fcntl, sys; fcntl.lockf(open(sys.argv[1], 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    with place.open("w") as held:
        fcntl.lockf(held, fcntl.LOCK_EX)
        files.touch(place)
        other = subprocess.run([sys.executable, "-c", script, str(place)], stderr=subprocess.DEVNULL, check=False)
        assert other.returncode != 0
    subprocess.run([sys.executable, "-c", script, str(place)], check=True)


def test_folders_above_are_for_their_owner_alone_too(tmp_path):
    files.make_folder(tmp_path / "a" / "b" / "c")
    assert [mode(tmp_path / place) for place in ("a", "a/b", "a/b/c")] == [0o700] * 3
    tmp_path.chmod(0o755)
    files.make_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_a_removed_folder_is_gone_and_one_that_is_gone_is_no_fault(tmp_path):
    files.write_wave_files(tmp_path / "wave", a_wave())
    files.remove_folder(tmp_path / "wave")
    files.remove_folder(tmp_path / "wave")
    assert names(tmp_path) == set()


def test_a_folder_that_stays_is_said_to_stay(tmp_path, monkeypatch):
    files.make_folder(tmp_path / "wave")
    monkeypatch.setattr(files.shutil, "rmtree", lambda *args, **kwargs: None)
    with pytest.raises(OSError, match="could not all be removed") as told:
        files.remove_folder(tmp_path / "wave")
    assert str(tmp_path) not in str(told.value)


# Waves


def test_a_wave_of_nothing_but_answers_comes_back(tmp_path):
    wave = a_wave(n=5)
    bare = type(wave)(
        **{**vars(wave), "numbers": wave.numbers[[]], "segments": wave.segments[[]], "segment_labels": {}}
    )
    files.write_wave_files(tmp_path / "wave", bare)
    back = files.read_wave_files(tmp_path / "wave")
    pd.testing.assert_frame_equal(back.answers, bare.answers)
    assert (len(back), back.numbers.shape, back.segments.shape) == (5, (5, 0), (5, 0))


def test_missing_numbers_stay_missing_and_names_may_hold_anything(tmp_path):
    wave = a_wave(n=3)
    numbers = pd.DataFrame({"hours": [38.5, np.nan, 40.0], "answer:odd": [1.0, 2.0, np.nan]})
    files.write_wave_files(tmp_path / "wave", type(wave)(**{**vars(wave), "numbers": numbers, "name": "Frühling „26“"}))
    back = files.read_wave_files(tmp_path / "wave")
    pd.testing.assert_frame_equal(back.numbers, numbers)
    assert back.name == "Frühling „26“"


def test_what_goes_with_a_wave_lies_beside_it(tmp_path):
    wave = a_wave(n=4)
    ids = np.array(["a", "", "c", "d"])
    files.write_wave_files(tmp_path / "w", wave, '{"tool": "x"}', memberships=memberships(wave), respondent=ids)
    assert json.loads((tmp_path / "w" / "recipe.json").read_text()) == {"tool": "x"}
    assert pd.read_parquet(tmp_path / "w" / "respondents.parquet")["respondent"].tolist() == ids.tolist()
    pd.testing.assert_frame_equal(pd.read_parquet(tmp_path / "w" / "memberships.parquet"), memberships(wave))


def test_memberships_come_by_way_of_another_folder(tmp_path):
    wave = a_wave(n=4)
    files.write_wave_files(tmp_path / "wave", wave)
    files.make_folder(tmp_path / "by_way")
    files.write_memberships(tmp_path / "wave", memberships(wave), tmp_path / "by_way")
    assert names(tmp_path / "by_way") == set()
    assert "memberships.parquet" in names(tmp_path / "wave")


def test_a_wave_that_is_not_there_is_not_found(tmp_path):
    with pytest.raises(FileNotFoundError):
        files.read_wave_files(tmp_path / "nothing")


@pytest.mark.parametrize(
    "change",
    [
        {"answers.parquet": b"not parquet"},
        {"wave.json": b"{"},
        {"wave.json": b"[]"},
        {"wave.json": b'{"format": 1}'},
        {"wave.json": b"\xff\xfe"},
    ],
)
def test_a_wave_whose_files_do_not_belong_together_is_not_read(tmp_path, change):
    files.write_wave_files(tmp_path, a_wave())
    for name, content in change.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(TamperedWave) as told:
        files.read_wave_files(tmp_path)
    assert str(tmp_path) not in str(told.value)


def test_the_answers_of_another_wave_are_not_taken_for_this_ones(tmp_path):
    for place, seed in (("one", 1), ("other", 2)):
        files.write_wave_files(tmp_path / place, a_wave(seed=seed))
    (tmp_path / "one" / "answers.parquet").write_bytes((tmp_path / "other" / "answers.parquet").read_bytes())
    with pytest.raises(TamperedWave, match="changed after the wave was kept"):
        files.read_wave_files(tmp_path / "one")


def test_a_wave_of_a_newer_format_asks_for_a_newer_evenkeel(tmp_path):
    files.write_wave_files(tmp_path, a_wave())
    document = json.loads((tmp_path / "wave.json").read_text()) | {"format": 2}
    (tmp_path / "wave.json").write_text(json.dumps(document))
    with pytest.raises(TamperedWave, match="format 2 needs a newer Evenkeel; this one reads 1"):
        files.read_wave_files(tmp_path)


# Releases


def test_a_release_comes_back_the_same(tmp_path):
    release = a_release(a_wave())
    files.write_release_files(tmp_path / "release", release)
    back = files.read_release_files(tmp_path / "release")
    pd.testing.assert_frame_equal(back.cells, release.cells)
    assert (back.manifest, back.audit) == (release.manifest, release.audit)


def test_a_release_that_does_not_hold_is_not_written(tmp_path):
    release = a_release(a_wave())
    release.cells.loc[0, "shown"] = False
    with pytest.raises(TamperedRelease):
        files.write_release_files(tmp_path / "release", release)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("name", ["cells.parquet", "manifest.json", "audit.json"])
@pytest.mark.parametrize("content", [b"", b"{}", b"null", b"\x00\xff"])
def test_a_release_with_a_changed_file_is_not_read(tmp_path, name, content):
    files.write_release_files(tmp_path, a_release(a_wave()))
    (tmp_path / name).write_bytes(content)
    with pytest.raises(TamperedRelease) as told:
        files.read_release_files(tmp_path)
    assert str(tmp_path) not in str(told.value)


def test_a_release_with_the_cells_of_another_is_not_read(tmp_path):
    for place, value in (("one", 40.0), ("other", 41.0)):
        files.write_release_files(tmp_path / place, a_release(a_wave(), value))
    (tmp_path / "one" / "cells.parquet").write_bytes((tmp_path / "other" / "cells.parquet").read_bytes())
    with pytest.raises(TamperedRelease, match="cells were changed"):
        files.read_release_files(tmp_path / "one")
