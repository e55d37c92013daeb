"""A file with several waves: which were found, and whether each is kept as a wave of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from data.records import TOO_FEW
from pages.common import confirm, load, work
from pages.common.held import Upload
from pages.common.words import plain

WAVES = "Waves in this file"
EACH = "Keep each as a wave of its own"
NONE_KEPT = work.Kept(
    sentence="Nothing of this file was kept. Choose another survey name, or the one wave that you want under "
    f'"{WAVES}".'
)


def asked(upload: Upload) -> Mapping[str, Any] | None:
    """The question which wave a file is, None for a file with one wave."""
    return next((one for one in upload.seen["questions"] if one["key"] == "wave"), None)


def panel(upload: Upload) -> None:
    """Which waves the file holds; they are all kept unless somebody wants one, or says that they are no waves."""
    question = asked(upload)
    if question is None:
        return
    found = dict(upload.parts)
    st.markdown(f":material/check: {plain(question['text'].removesuffix('Which one is this?').strip())}")
    st.caption(plain(", ".join(words for value, words in question["options"] if value in found)))
    options = {"": EACH} | {value: f"Only {name}" for value, name in found.items()}
    options |= {value: words for value, words in question["options"] if value not in found}
    chosen = st.selectbox(WAVES, list(options), 0, options.__getitem__, key="waves")
    upload.only = chosen or ""


def each(upload: Upload) -> bool:
    """Whether every wave of the file becomes a wave of its own, named as the file names it."""
    return bool(upload.parts) and not upload.only


def keep(upload: Upload, survey: str, wave: str) -> list[work.Kept]:
    """Keep the file as one wave, or as all that it holds, the earliest first.

    Waves of too few people are left out and say so. Where another one cannot be kept, none is: half of a file would
    stand among the waves, and the next try would bring it twice.
    """
    if not each(upload):
        return [work.keep(upload, survey, wave)]
    made = []
    for value, name in upload.parts:
        upload.only = value
        kept = work.keep(upload, survey, name)
        made.append(kept if kept.wave else work.Kept(sentence=f"{name}: {kept.sentence}"))
    upload.only = ""
    refused = [one for one in made if one.sentence and TOO_FEW not in one.sentence]
    if not refused:
        return made
    for one in made:
        if one.wave:
            load.store().undo(one.wave)
    return refused if confirm.is_about_directions(refused[0].sentence) else [*refused, NONE_KEPT]
