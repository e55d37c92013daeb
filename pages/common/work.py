"""Long work, always in a process of its own with limits, and a bar that names the stage."""

from __future__ import annotations

import hashlib
import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import streamlit as st

from data import jobs
from pages.common import words
from pages.common.held import Upload

MEMORY_MB = 4096
LOOK_S, PUBLISH_S = 60, 3600  # seconds of computing time
TICK = 0.2  # seconds between two looks at a running job


@dataclass(frozen=True)
class Kept:
    """What keeping a file came to: the new wave's id, or the sentence that says why not."""

    wave: str = ""
    sentence: str = ""


@dataclass(frozen=True)
class Foreseeing:
    """A running or ended look at what publishing would show; ``of`` says for what, ``folder`` holds what it reads."""

    job: jobs.Job
    of: tuple[int, str]
    folder: tempfile.TemporaryDirectory[str]

    @property
    def document(self) -> Mapping[str, Any] | None:
        """What came of it: the page of foresight, a refusal with its message; None while it runs."""
        if self.job.poll() is None:
            return None
        try:
            document: dict[str, Any] = json.loads(self.job.result().stdout)
        except ValueError:
            return {"outcome": "refuse", "message": self.job.result().reason or words.NOT_FORESEEN}
        return document


def inspect(name: str, content: bytes, recipe: Mapping[str, Any] | None = None) -> Mapping[str, Any] | str:
    """What a file is, by a recipe or else as the kept wave it is like; or the sentence that refuses it."""
    with tempfile.TemporaryDirectory(prefix="evenkeel-") as folder:
        told = ["--recall"] if recipe is None else ["--recipe", str(_written(recipe, Path(folder)))]
        argv = ["inspect", "-", "--json", "--repair", "--name", name, *told]
        done = watched(jobs.start(argv, content, MEMORY_MB, LOOK_S, LOOK_S), "Reading")
    try:
        seen: dict[str, Any] = json.loads(done.stdout)
    except ValueError:
        return refusal(done, words.FAILED)
    return seen if seen.get("outcome") == "accept" else str(seen.get("message") or words.FAILED)


def keep(upload: Upload, survey: str, wave: str) -> Kept:
    """Keep a file as a wave with what the analyst said about it; the recipe lies in a folder of ours meanwhile."""
    with tempfile.TemporaryDirectory(prefix="evenkeel-") as folder:
        argv = ["keep", "-", *_told(upload, Path(folder)), "--survey", survey, "--wave", wave]
        done = watched(jobs.start(argv, upload.content, MEMORY_MB, PUBLISH_S, PUBLISH_S), "Reading the file")
    if done.code != 0:
        return Kept(sentence=refusal(done, words.FAILED))
    return Kept(wave=str(json.loads(done.stdout)["wave"]))


def foresee(upload: Upload) -> Foreseeing:
    """The foresight of a file, which is worked out meanwhile: the one for what the analyst said last."""
    told = json.dumps([upload.recipe(), upload.k, hashlib.sha256(upload.units or b"").hexdigest()])
    running = st.session_state.get("foreseeing")
    if running is None or running.of != (id(upload), told):
        if running is not None:
            running.job.kill()
        folder = tempfile.TemporaryDirectory(prefix="evenkeel-", ignore_cleanup_errors=True)
        argv = ["foresee", "-", "--json", *_told(upload, Path(folder.name))]
        job = jobs.start(argv, upload.content, MEMORY_MB, PUBLISH_S, PUBLISH_S)
        running = st.session_state["foreseeing"] = Foreseeing(job, (id(upload), told), folder)
    return running


def forget(upload: Upload) -> None:
    """Let go of a file and of whatever is still worked out about it."""
    running = st.session_state.pop("foreseeing", None)
    if running is not None:
        running.job.kill()
    if st.session_state.get("upload") is upload:
        del st.session_state["upload"]


def publish(wave_id: str, k: int) -> None:
    """Publish a kept wave; the page says why when that cannot be."""
    done = watched(jobs.start(["release", wave_id, "--k", str(k)], b"", MEMORY_MB, PUBLISH_S, PUBLISH_S), "Publishing")
    if done.code != 0:
        before = st.session_state.get("said", "")
        st.session_state["said"] = f"{before} {refusal(done, words.NOT_PUBLISHED)}".strip()


def watched(job: jobs.Job, first: str) -> jobs.Done:
    """Follow a job with a bar until it ends."""
    bar = st.progress(0.0, text=first)
    while job.poll() is None:
        told = job.progress
        if told is not None:
            bar.progress(min(1.0, told.done / max(1, told.of)), text=told.stage)
        time.sleep(TICK)
    bar.empty()
    return job.result()


def _told(upload: Upload, folder: Path) -> list[str]:
    """What the analyst said about a file, written into a folder, as arguments of the script."""
    argv = ["--name", upload.name, "--recipe", str(_written(upload.recipe(), folder)), "--k", str(upload.k)]
    if upload.units is None:
        return argv
    listed = folder / "units.csv"
    listed.write_bytes(upload.units)
    return [*argv, "--units", str(listed)]


def _written(recipe: Mapping[str, Any], folder: Path) -> Path:
    path = folder / "recipe.json"
    path.write_text(json.dumps(recipe, ensure_ascii=False), encoding="utf-8")
    return path


def refusal(done: jobs.Done, otherwise: str) -> str:
    """Why a job ended without success: its own sentence, the limit that stopped it, or one of ours."""
    lines = [line for line in done.stderr_tail.splitlines() if line and not line.startswith("progress ")]
    return " ".join(lines) if done.code == jobs.REFUSED and lines else done.reason or otherwise
