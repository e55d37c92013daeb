"""Every sentence that a page can say: data in which it must appear, and data in which it must not."""

from __future__ import annotations

import re

import pytest
from sentence_forms import ANALYTICS, forms, forms_in, pattern
from sentences_figures import FIGURES
from sentences_groups import GROUPS
from sentences_quality import QUALITY
from sentences_signs import SIGNS
from sentences_teams import TEAMS, Case
from sentences_waves import WAVES

# Modules that say sentences: all findings, and those whose verdicts a release or a page repeats.
BESIDE = ("aggregation", "reliability", "stability", "acquiescence", "honesty", "comparable")
MODULES = (*(f"finding/{path.stem}" for path in sorted((ANALYTICS / "finding").glob("*.py"))), *BESIDE)
NO_SENTENCES = {"meaning since {}"}  # what a reading is kept under
PAGES = ANALYTICS.parent / "pages"
VERDICT = re.compile(r"\b(clear(ly)?|differs?|higher|lower|above|below|chance|more \{\}|less \{\})\b")
TABLE = {**TEAMS, **GROUPS, **FIGURES, **QUALITY, **SIGNS, **WAVES}
EVERY = [(module, form) for module, listed in TABLE.items() for form in listed]


def said(case: Case) -> str:
    found = case()
    return found if isinstance(found, str) else "\n".join(found)


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_of_a_module_is_in_the_table_and_the_table_has_no_other(module: str) -> None:
    listed = set(TABLE.get(module, {}))
    assert forms(module) - listed - NO_SENTENCES == set() and listed - forms(module, least=1) == set()


@pytest.mark.parametrize(("module", "form"), EVERY)
def test_a_sentence_appears_where_it_must_and_not_where_it_must_not(module: str, form: str) -> None:
    must, must_not = TABLE[module][form]
    assert pattern(form).search(said(must)), said(must)
    if must_not is not None:
        assert not pattern(form).search(said(must_not)), said(must_not)


def test_pages_write_no_verdict_of_their_own() -> None:
    found = {form for path in PAGES.rglob("*.py") for form in forms_in(path) if "{}" in form}
    assert found and [form for form in found if VERDICT.search(form)] == []


def test_only_sentences_that_hold_for_any_data_are_always_said() -> None:
    always = [form for module, form in EVERY if TABLE[module][form][1] is None]
    assert len(always) <= 8
