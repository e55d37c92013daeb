"""Folders in the making: leftovers go, what others are making stays."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from at_rest import names

from data import claims
from data.claims import claim, sweep

HERE = socket.gethostname()


class Interrupted(BaseException):
    """Stands for whatever ends a process in the middle of something."""


def make(parent, name, process, machine=HERE, started=None):
    """A claim as another process would have left it."""
    began = claims._started(process) if started is None else started
    held = parent / f".{name}~{process}~{began}~{machine}"
    (held / "content").mkdir(parents=True)
    return held.name


@pytest.fixture
def ended() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


def test_a_claimed_folder_is_moved_to_its_place(tmp_path):
    with claim(tmp_path, "a") as made:
        (made.content / "file").write_text("x")
        assert not (tmp_path / "a").exists()
        made.publish()
    assert (names(tmp_path), names(tmp_path / "a")) == ({"a"}, {"file"})


@pytest.mark.parametrize("moved", [False, True])
def test_a_claim_that_fails_leaves_nothing(tmp_path, moved):
    with pytest.raises(Interrupted), claim(tmp_path, "a") as made:
        if moved:
            made.publish()
        raise Interrupted
    assert names(tmp_path) == set()


def test_what_the_catalogue_lists_stays_and_the_rest_goes(tmp_path):
    for name in ("listed", "forgotten"):
        (tmp_path / name).mkdir()
    sweep(tmp_path, lambda: {"listed", "never there"})
    assert names(tmp_path) == {"listed"}


def test_what_a_running_process_makes_stays(tmp_path):
    mine = make(tmp_path, "moved but not listed", os.getpid())
    (tmp_path / "moved but not listed").mkdir()
    other = make(tmp_path, "not moved", os.getppid())
    sweep(tmp_path, set)
    assert names(tmp_path) == {mine, other, "moved but not listed"}


def test_what_a_process_that_is_gone_was_making_goes(tmp_path, ended):
    make(tmp_path, "moved but not listed", ended, started="")
    (tmp_path / "moved but not listed").mkdir()
    make(tmp_path, "not moved", ended, started="")
    sweep(tmp_path, set)
    assert names(tmp_path) == set()


def test_a_claim_of_a_process_that_is_gone_does_not_take_what_is_listed(tmp_path, ended):
    make(tmp_path, "a", ended, started="")
    (tmp_path / "a").mkdir()
    sweep(tmp_path, lambda: {"a"})
    assert names(tmp_path) == {"a"}


@pytest.mark.skipif(not claims._started(os.getpid()), reason="the system does not tell when a process started")
def test_a_number_that_is_used_again_is_another_process(tmp_path):
    make(tmp_path, "a", os.getpid(), started="1")
    sweep(tmp_path, set)
    assert names(tmp_path) == set()


@pytest.mark.parametrize("name", [".a", ".a~", ".a~x~1~" + HERE, ".a~~~", ".a~999999999999~1~" + HERE])
def test_a_claim_that_cannot_be_read_goes(tmp_path, name):
    (tmp_path / name).mkdir()
    if HERE not in name:
        old = time.time() - 2 * 24 * 3600
        os.utime(tmp_path / name, (old, old))
    sweep(tmp_path, set)
    assert names(tmp_path) == set()


def test_another_machines_claim_is_left_alone_for_a_day(tmp_path):
    young, old = make(tmp_path, "young", 1, "elsewhere", "1"), make(tmp_path, "old", 1, "elsewhere", "1")
    before = time.time() - 25 * 3600
    os.utime(tmp_path / old, (before, before))
    sweep(tmp_path, set)
    assert names(tmp_path) == {young}


def test_the_catalogue_is_asked_last(tmp_path):
    """A process that lists its folder while others sweep must not lose it."""
    (tmp_path / "a").mkdir()

    def listed_meanwhile() -> set[str]:
        (tmp_path / "b").mkdir()  # made, moved and listed after the sweep began to look
        return {"a", "b"}

    sweep(tmp_path, listed_meanwhile)
    assert names(tmp_path) == {"a", "b"}


def test_a_claim_in_a_process_that_is_killed_is_swept(tmp_path):
    script = (
        "import os, signal, sys; from pathlib import Path; from data.claims import claim\n"
        "with claim(Path(sys.argv[1]), 'a') as made:\n"
        "    made.publish() if sys.argv[2] == 'moved' else None\n"
        "    print('there', flush=True); sys.stdin.read()\n"
    )
    for moved in ("moved", "not moved"):
        child = subprocess.Popen(
            [sys.executable, "-c", script, str(tmp_path), moved],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=Path(__file__).parents[2],
        )
        assert child.stdout.readline() == b"there\n"
        sweep(tmp_path, set)
        assert len(names(tmp_path)) == 1 + (moved == "moved")
        child.kill()
        child.wait()
        sweep(tmp_path, set)
        assert names(tmp_path) == set()
