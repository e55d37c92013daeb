"""What a unit will try: kept beside its wave, for whoever may read the unit's page, and gone with the wave."""

from __future__ import annotations

from datetime import date

import pytest
from at_rest import a_wave, published

from data import catalogue, log
from data.access import LOCAL_ANALYST, Refusal, Viewer
from data.notes import LONGEST, Note
from data.store import NotPossible, Store

OWN, OTHER = 3, 5
PLAN = Note("No meetings after five.", "Asha", date(2027, 3, 1))


@pytest.fixture
def store(tmp_path) -> Store:
    return Store.open(tmp_path)


@pytest.fixture
def wave(store):
    published(store, a_wave())
    return store.waves()[0]


def manager(wave, path="Borealis / Quartzite"):
    return Viewer("issuer|anna", nodes=frozenset({(wave.survey_id, path)}))


def test_a_note_is_read_back_as_it_was_written(store, wave):
    assert store.note(manager(wave), wave.id, OWN) is None
    store.write_note(manager(wave), wave.id, OWN, PLAN)
    found = store.note(manager(wave), wave.id, OWN)
    assert (found.text, found.owner, found.due) == (PLAN.text, PLAN.owner, PLAN.due)
    assert found.written
    assert store.note(manager(wave, "Borealis"), wave.id, OWN) == found
    assert store.note(LOCAL_ANALYST, wave.id, OWN) == found


def test_the_last_note_stands_and_none_removes_it(store, wave):
    for text in ("First.", "  Second.  "):
        store.write_note(manager(wave), wave.id, OWN, Note(text))
    assert store.note(manager(wave), wave.id, OWN).text == "Second."
    store.write_note(manager(wave), wave.id, OWN, None)
    assert store.note(manager(wave), wave.id, OWN) is None


@pytest.mark.parametrize("node", [0, 1, OTHER, 99, -1])
def test_a_note_of_another_unit_is_refused(store, wave, node):
    store.write_note(LOCAL_ANALYST, wave.id, OTHER, PLAN)
    with pytest.raises(Refusal):
        store.note(manager(wave), wave.id, node)
    with pytest.raises(Refusal):
        store.write_note(manager(wave), wave.id, node, PLAN)
    assert store.note(LOCAL_ANALYST, wave.id, OTHER).text == PLAN.text


@pytest.mark.parametrize("note", [Note(""), Note("   "), Note("x" * (LONGEST + 1)), Note("x", "y" * 81)])
def test_a_note_that_is_empty_or_too_long_is_not_kept(store, wave, note):
    store.write_note(manager(wave), wave.id, OWN, PLAN)
    with pytest.raises(NotPossible, match="characters"):
        store.write_note(manager(wave), wave.id, OWN, note)
    assert store.note(manager(wave), wave.id, OWN).text == PLAN.text


def test_notes_go_with_their_wave_and_the_log_never_holds_them(store, wave):
    store.write_note(manager(wave), wave.id, OWN, PLAN)
    store.delete(wave.id)
    with pytest.raises(Refusal):
        store.note(LOCAL_ANALYST, wave.id, OWN)
    with catalogue.reading(store._engine) as connection:
        assert connection.execute(catalogue.notes.select()).first() is None
        lines = [line.line for line in connection.execute(catalogue.log.select())]
        assert log.first_broken(connection) is None
    assert any('"did":"note"' in line for line in lines)
    assert not any(PLAN.text in line or "Asha" in line for line in lines)
