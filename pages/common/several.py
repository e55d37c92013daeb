"""A file with several waves: which were found, and whether each is kept as a wave of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from pages.common import work
from pages.common.held import Upload
from pages.common.words import plain

EACH = "Keep each as a wave of its own"


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
    chosen = st.selectbox("Waves in this file", list(options), 0, options.__getitem__, key="waves")
    upload.only = chosen or ""


def each(upload: Upload) -> bool:
    """Whether every wave of the file becomes a wave of its own, named as the file names it."""
    return bool(upload.parts) and not upload.only


def keep(upload: Upload, survey: str, wave: str) -> list[work.Kept]:
    """Keep the file as one wave, or as all that it holds, in the file's order; one that cannot be kept says why."""
    if not each(upload):
        return [work.keep(upload, survey, wave)]
    made = []
    for value, name in upload.parts:
        upload.only = value
        kept = work.keep(upload, survey, name)
        made.append(kept if kept.wave else work.Kept(sentence=f"{name}: {kept.sentence}"))
    upload.only = ""
    return made
