"""Over every real and invented file beside the project: nothing that identifies is kept, and no row is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.assemble import assemble
from data.check import looks_identifying
from data.columns import texts_of
from data.inspection import look
from data.intake import Limits
from data.recipe import Recipe
from data.table import Refused
from tests.data.mutations import every_row_is_listed
from tests.data.recognise_tables import CORPUS

FILES = [path for path in sorted(CORPUS.glob("*/*.*")) if path.suffix not in (".json", ".md")]
KEPT = ("item", "segment", "number")
pytestmark = pytest.mark.skipif(not FILES, reason="the corpus of survey files is not beside this repository")


@pytest.mark.parametrize("path", FILES, ids=[path.name for path in FILES])
def test_nothing_that_identifies_is_kept_and_no_row_is_lost(path: Path) -> None:
    content = path.read_bytes()
    try:
        seen = look(content, path.name, Recipe(), Limits())
    except Refused as refusal:
        assert refusal.message
        return
    every_row_is_listed(content, seen.raw)
    assert len(seen.recognition.keep) + len(seen.recognition.set_aside) == len(seen.raw.lines)
    for column in seen.recognition.columns:
        if column.role in KEPT:
            texts = texts_of(seen.raw.cells[column.index], seen.recognition.keep)
            filled = int(texts.counts[[bool(text) for text in texts.texts]].sum())
            for header in (column.name, column.label):
                assert looks_identifying(header, texts.texts, filled) is None, (column.name, column.role)
    answers = {question.key: question.options[-1 if question.key == "wave" else 0][0] for question in seen.questions}
    made = assemble(seen.raw, seen.recognition, Recipe(answers=answers), None, "Survey", "Wave", False, b"salt")
    said = str([made.wave.segment_labels, [unit.name for unit in made.wave.tree.units], made.report, made.said])
    assert "@" not in said.replace("mail@", "")
