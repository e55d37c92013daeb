"""A row is deleted on request: gone from the disk, the release as it was, and no second release to subtract."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from at_rest import a_release, a_wave, inside, memberships, names, rows_of
from sqlalchemy import select

from data import catalogue, editions, erasure
from data.access import NOBODY, Refusal
from data.respondents import code_of
from data.store import NotPossible, Store

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
KEYS = [f"E{place:03d}" for place in range(60)]
MINE = 7


@pytest.fixture
def store(tmp_path) -> Store:
    opened = Store.open(tmp_path / "home")
    opened.clock = lambda: NOON
    return opened


def kept(store: Store, wave=None, published=True, keyed=True) -> str:
    wave = wave or a_wave()
    salt = store.salt(wave.survey)
    codes = np.array([code_of(key, salt) for key in KEYS]) if keyed else None
    wave_id = store.keep(wave, "{}", respondent=codes, records=range(2, len(wave) + 2))
    if published:
        store.publish(wave_id, a_release(wave), memberships(wave))
    return wave_id


def folder_of(tmp_path: Path) -> Path:
    (folder,) = inside(tmp_path / "home", "waves").iterdir()
    return folder


@pytest.mark.parametrize("published", [True, False])
@pytest.mark.parametrize("named", [{"respondent": KEYS[MINE]}, {"row": MINE + 2}], ids=["respondent", "row"])
def test_the_row_is_gone_from_every_file_of_the_wave(store, tmp_path, published, named):
    wave_id = kept(store, published=published)
    assert store.erase(wave_id, **named) == 1
    left, rest = store.wave(wave_id), rows_of(a_wave(), np.delete(np.arange(60), MINE))
    pd.testing.assert_frame_equal(left.answers, rest.answers)
    pd.testing.assert_frame_equal(left.segments, rest.segments)
    pd.testing.assert_frame_equal(left.numbers, rest.numbers)
    assert left.unit.tolist() == rest.unit.tolist() and left.tree == rest.tree and left.scales == rest.scales
    known = pd.read_parquet(folder_of(tmp_path) / "respondents.parquet")
    assert known["record"].tolist() == [row for row in range(2, 62) if row != MINE + 2]
    assert code_of(KEYS[MINE], store.salt(left.survey)) not in known["respondent"].tolist()
    if published:
        assert len(pd.read_parquet(folder_of(tmp_path) / "memberships.parquet")) == 59
    (record,) = store.waves()
    assert (record.rows, record.erased) == (59, 1 if published else 0)
    assert record.erased_on == (NOON if published else None)


def test_what_was_published_stays_as_it_was(store, tmp_path):
    wave_id = kept(store)
    (release,) = inside(tmp_path / "home", "releases").iterdir()
    before = {path.name: path.read_bytes() for path in release.iterdir()}
    store.erase(wave_id, row=2)
    assert {path.name: path.read_bytes() for path in release.iterdir()} == before


def test_what_is_written_down_tells_how_many_and_not_who(store, tmp_path):
    wave_id = kept(store)
    store.erase(wave_id, respondent=KEYS[MINE])
    with catalogue.reading(store._engine) as connection:
        line = json.loads(connection.scalars(select(catalogue.log.c.line)).all()[-1])
        noted = connection.execute(select(catalogue.erasures)).one()
    assert line == {"at": line["at"], "who": "local", "did": "erase", "wave": wave_id, "rows": 1}
    assert (noted.rows, noted.published) == (1, True)
    written = b"".join(path.read_bytes() for path in (tmp_path / "home").glob("catalogue.sqlite*"))
    assert (
        KEYS[MINE].encode() not in written and code_of(KEYS[MINE], store.salt("Lantern Works")).encode() not in written
    )


def test_several_rows_go_one_after_another_by_the_numbers_of_the_file(store):
    wave_id = kept(store, keyed=False)
    for row in (2, 61, 30):
        assert store.erase(wave_id, row=row) == 1
    assert len(store.wave(wave_id)) == 57 and store.waves()[0].erased == 3
    with pytest.raises(NotPossible, match="No answers of this wave came from that row"):
        store.erase(wave_id, row=30)


def test_every_row_of_one_respondent_goes(store):
    wave = a_wave()
    codes = np.array(
        [code_of("twice" if place in (3, 40) else KEYS[place], store.salt(wave.survey)) for place in range(60)]
    )
    wave_id = store.keep(wave, "{}", respondent=codes)
    assert store.erase(wave_id, respondent=" twice ") == 2
    assert len(store.wave(wave_id)) == 58


def test_the_same_file_without_that_row_is_no_second_release(store):
    wave_id = kept(store)
    store.erase(wave_id, respondent=KEYS[MINE])
    rest = store.wave(wave_id)
    store.delete(wave_id)
    (found,) = store.earlier(rest)
    assert not found.same
    assert "59 of these 59 rows were already published" in editions.refusal([found], rest)
    assert "which has 60 rows" in editions.refusal([found], rest)


def test_a_row_deleted_before_publishing_was_never_in_the_release(store):
    wave_id = kept(store, published=False)
    store.erase(wave_id, row=9)
    rest = store.wave(wave_id)
    store.publish(wave_id, a_release(rest), memberships(rest))
    (record,) = store.waves()
    assert (record.rows, record.erased) == (59, 0)
    (found,) = store.earlier(rest)
    assert found.same and found.rows == 59


def test_a_release_that_was_worked_out_with_the_row_is_not_published(store):
    wave_id = kept(store, published=False)
    store.erase(wave_id, row=9)
    with pytest.raises(NotPossible, match="deleted while its results were worked out"):
        store.publish(wave_id, a_release(a_wave()), memberships(a_wave()))
    assert [record.state for record in store.waves()] == ["kept"]


@pytest.mark.parametrize(
    ("keyed", "named", "said"),
    [
        (True, {"respondent": "nobody"}, "No row of this wave belongs to that respondent"),
        (True, {"row": 1}, "Count the header as row 1"),
        (False, {"respondent": KEYS[0]}, "no column with a key"),
    ],
)
def test_nothing_happens_when_nobody_is_meant(store, tmp_path, keyed, named, said):
    wave_id = kept(store, keyed=keyed)
    before = names(folder_of(tmp_path))
    with pytest.raises(NotPossible, match=said):
        store.erase(wave_id, **named)
    assert len(store.wave(wave_id)) == 60 and names(folder_of(tmp_path)) == before


def test_a_wave_says_what_its_rows_are_named_by(store):
    assert store.told_by(kept(store)) == "respondent"
    assert store.told_by(kept(store, a_wave("Summer", seed=2), keyed=False)) == "record"
    without = store.keep(a_wave("Winter", seed=3), "{}")
    assert store.told_by(without) == ""
    with pytest.raises(NotPossible, match="without the numbers of its rows"):
        store.erase(without, row=2)


def test_only_an_analyst_deletes_rows(store):
    wave_id = kept(store)
    with pytest.raises(Refusal):
        store.erase(wave_id, row=2, by=NOBODY)
    assert len(store.wave(wave_id)) == 60


def test_undo_and_delete_remove_what_is_left(store, tmp_path):
    wave_id = kept(store)
    store.erase(wave_id, row=2)
    store.clock = lambda: NOON + timedelta(minutes=1)
    store.undo(wave_id)
    assert names(inside(tmp_path / "home", "waves")) == set()
    with pytest.raises(NotPossible, match="no such wave"):
        store.erase(wave_id, row=3)


@pytest.mark.parametrize("at", ["before", "after"])
def test_killed_at_any_moment_the_wave_is_whole(store, tmp_path, monkeypatch, at):
    wave_id = kept(store)

    def killed(*told):
        raise KeyboardInterrupt

    if at == "before":  # the rest is written, the catalogue does not know it yet
        monkeypatch.setattr(erasure.ledger, "erase", killed)
    else:  # the catalogue knows, the old folder is still there
        monkeypatch.setattr(erasure, "remove_folder", killed)
    with pytest.raises(KeyboardInterrupt):
        store.erase(wave_id, row=2)
    monkeypatch.undo()
    again = Store.open(tmp_path / "home")
    assert len(again.wave(wave_id)) == (60 if at == "before" else 59)
    assert len(list(inside(tmp_path / "home", "waves").iterdir())) == 1
