"""The store: keep, publish, undo, delete, and what stays of each; who reads what."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from at_rest import SURVEY, a_release, a_wave, inside, memberships, names, published, sound
from sqlalchemy import select

from analytics.protect import Protected
from analytics.release import TamperedRelease, seal
from data import catalogue, log
from data.access import LOCAL_ANALYST, NOBODY, Refusal, Viewer
from data.files import write_release_files
from data.store import NotPossible, Store

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


@pytest.fixture
def store(tmp_path) -> Store:
    opened = Store.open(tmp_path / "home")
    opened.clock = lambda: NOON
    return opened


def home_of(tmp_path: Path) -> Path:
    return tmp_path / "home"


def lines(store: Store) -> list[dict]:
    with catalogue.reading(store._engine) as connection:
        return [json.loads(line) for line in connection.scalars(select(catalogue.log.c.line))]


def manager(store: Store, wave_id: str, path: str) -> Viewer:
    survey_id = next(record.survey_id for record in store.waves() if record.id == wave_id)
    return Viewer("issuer|somebody", nodes=frozenset({(survey_id, path)}))


# Keeping


def test_a_kept_wave_comes_back_the_same(store):
    wave = a_wave()
    wave_id = store.keep(wave, "{}", respondent=np.array([f"{place:032x}" for place in range(len(wave))]))
    back = store.wave(wave_id)
    for name in ("answers", "numbers", "segments"):
        pd.testing.assert_frame_equal(getattr(back, name), getattr(wave, name))
    assert (back.unit == wave.unit).all() and back.unit.dtype == np.int32
    assert (back.tree, back.scales, back.segment_labels) == (wave.tree, wave.scales, {"Site": ("North", "South")})
    assert (back.survey, back.name, back.sample) == (wave.survey, wave.name, wave.sample)


def test_a_kept_wave_is_listed_but_cannot_be_read(store):
    wave_id = store.keep(a_wave(), "{}")
    (record,) = store.waves()
    assert (record.id, record.survey, record.name, record.state) == (wave_id, SURVEY, "Spring", "kept")
    assert (record.created, record.published_at, record.rows) == (NOON, None, 60)
    with pytest.raises(Refusal):
        store.read(LOCAL_ANALYST, wave_id, 0, "indicators")


def test_answers_are_small_whole_numbers_at_rest(store, tmp_path):
    wave_id = store.keep(a_wave(), "{}")
    table = pd.read_parquet(inside(home_of(tmp_path), "waves") / wave_id / "answers.parquet")
    kinds = {column.partition(":")[0]: str(table[column].dtype) for column in table.columns}
    assert kinds == {"answer": "int8", "segment": "int16", "number": "float64", "unit": "int32"}


def test_only_the_owner_may_read_what_is_kept(store, tmp_path):
    published(store, a_wave())
    for folder, _, files in os.walk(home_of(tmp_path)):
        assert stat.S_IMODE(Path(folder).stat().st_mode) == 0o700
        for name in files:
            assert stat.S_IMODE((Path(folder) / name).stat().st_mode) == 0o600


def test_a_survey_has_one_salt_of_its_own(store):
    assert store.salt("Pulse") == store.salt("Pulse") != store.salt("Annual survey")
    assert len(store.salt("Pulse")) == 32


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, " Pulse"])
def test_a_survey_needs_a_proper_name(store, name):
    with pytest.raises(NotPossible, match=f"1 to 80 characters.*{len(name)}"):
        store.salt(name)


def test_a_wave_needs_a_proper_name_and_leaves_nothing_without(store, tmp_path):
    with pytest.raises(NotPossible, match=r"1 to 120 characters.*121"):
        store.keep(a_wave("x" * 121), "{}")
    assert names(inside(home_of(tmp_path), "waves")) == set()
    assert store.waves() == []


def test_a_recipe_is_remembered_for_the_next_file_with_these_columns(store):
    assert store.recipe_for("abc") is None
    store.keep(a_wave(), '{"first": 1}', header_fingerprint="abc")
    store.keep(a_wave("Autumn"), '{"second": 2}', header_fingerprint="abc")
    store.keep(a_wave("Winter"), '{"third": 3}')
    assert store.recipe_for("abc") == '{"second": 2}'


# Publishing


def test_what_is_published_can_be_read(store):
    wave = a_wave()
    wave_id = published(store, wave)
    seen = store.read(LOCAL_ANALYST, wave_id, 0, "indicators")
    assert isinstance(seen, Protected)
    assert (seen.node, seen.view, len(seen.cells)) == (0, "indicators", 6)
    (record,) = store.waves(LOCAL_ANALYST)
    assert (record.state, record.published_at) == ("published", NOON)
    assert store.audit(LOCAL_ANALYST, wave_id) == a_release(wave).audit


def test_memberships_stay_with_the_rows(store, tmp_path):
    wave = a_wave()
    wave_id = published(store, wave)
    kept = pd.read_parquet(inside(home_of(tmp_path), "waves") / wave_id / "memberships.parquet")
    pd.testing.assert_frame_equal(kept, memberships(wave))


def test_what_is_published_never_changes(store):
    wave_id = published(store, a_wave())
    with pytest.raises(NotPossible, match="published already"):
        store.publish(wave_id, a_release(a_wave(), 41.0), None)
    assert store.read(LOCAL_ANALYST, wave_id, 0, "indicators").cells["value"].eq(40.0).all()


def test_a_release_of_another_wave_is_not_published(store, tmp_path):
    wave_id = store.keep(a_wave(), "{}")
    with pytest.raises(NotPossible, match="another wave"):
        store.publish(wave_id, a_release(a_wave("Autumn")), None)
    assert sound(home_of(tmp_path)) == ["kept"]


def test_a_changed_release_is_not_published(store, tmp_path):
    wave = a_wave()
    wave_id, release = store.keep(wave, "{}"), a_release(wave)
    release.cells.loc[0, "value"] = 99.0
    with pytest.raises(TamperedRelease):
        store.publish(wave_id, release, memberships(wave))
    assert sound(home_of(tmp_path)) == ["kept"]


def test_two_published_waves_of_a_survey_have_two_names(store):
    kept = store.keep(a_wave(seed=2), "{}")
    published(store, a_wave(seed=1))
    with pytest.raises(NotPossible, match="name"):
        store.publish(kept, a_release(a_wave(seed=2)), None)
    with pytest.raises(NotPossible, match="name"):
        store.keep(a_wave(seed=3), "{}")
    store.keep(a_wave(seed=3, survey="Pulse"), "{}")


def test_the_smallest_group_is_raised_and_never_lowered(store):
    first = store.keep(a_wave(), "{}")
    assert store.lowers(a_wave(), 5) == ""
    store.publish(first, a_release(a_wave(), k=10))
    next_one, pulse, again = (
        a_wave("Autumn", seed=2),
        a_wave("Autumn", 3, survey="Pulse"),
        a_wave("Again", survey="New"),
    )
    kept = store.keep(next_one, "{}")
    for wave in (next_one, again):  # the same survey, or the same rows
        assert "Spring was published with 10, but this asks for 9" in store.lowers(wave, 9)
        assert store.lowers(wave, 10) == ""
    assert store.lowers(pulse, 5) == ""
    store.delete(first)
    with pytest.raises(NotPossible, match="never lowered"):
        store.publish(kept, a_release(next_one, k=8))
    store.publish(kept, a_release(next_one, k=12))


@pytest.mark.parametrize("call", ["wave", "undo", "delete"])
@pytest.mark.parametrize("wave_id", ["", "0" * 32, "../../etc", "'; drop table waves"])
def test_a_wave_that_is_not_there_is_said_to_be_gone(store, call, wave_id):
    with pytest.raises(NotPossible, match="no such wave"):
        getattr(store, call)(wave_id)


# Changed files


def release_folder(home: Path) -> Path:
    (folder,) = inside(home, "releases").iterdir()
    return folder


def test_a_changed_file_is_not_shown(store, tmp_path):
    wave_id = published(store, a_wave())
    manifest = release_folder(home_of(tmp_path)) / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"k":8', '"k":5'))
    with pytest.raises(TamperedRelease):
        Store.open(home_of(tmp_path)).read(LOCAL_ANALYST, wave_id, 0, "indicators")


def test_changed_files_with_hashes_made_anew_are_not_shown(store, tmp_path):
    wave = a_wave()
    wave_id = published(store, wave)
    forged = a_release(wave)
    manifest = seal({**forged.manifest, "thresholds": {"k": 5}}, forged.cells, forged.audit)
    write_release_files(release_folder(home_of(tmp_path)), type(forged)(forged.cells, manifest, forged.audit))
    with pytest.raises(TamperedRelease, match="another one than was published"):
        Store.open(home_of(tmp_path)).read(LOCAL_ANALYST, wave_id, 0, "indicators")


# Undoing and deleting


@pytest.mark.parametrize("is_published", [False, True])
@pytest.mark.parametrize("call", ["undo", "delete"])
def test_rows_are_removed_for_good(store, tmp_path, call, is_published):
    wave_id = published(store, a_wave()) if is_published else store.keep(a_wave(), "{}")
    getattr(store, call)(wave_id)
    assert store.waves() == []
    assert names(inside(home_of(tmp_path), "waves")) == set()
    with pytest.raises(Refusal):
        store.read(LOCAL_ANALYST, wave_id, 0, "indicators")
    with pytest.raises(Refusal):
        store.units(LOCAL_ANALYST, wave_id)
    with pytest.raises(NotPossible):
        store.wave(wave_id)
    assert sound(home_of(tmp_path)) == []


def test_an_import_can_be_taken_back_for_ten_minutes(store):
    wave_id = store.keep(a_wave(), "{}")
    assert store.waves()[0].can_undo_until == NOON + timedelta(minutes=10)
    store.clock = lambda: NOON + timedelta(minutes=10)
    assert store.waves()[0].can_undo_until is None
    with pytest.raises(NotPossible, match="10 minutes"):
        store.undo(wave_id)
    store.delete(wave_id)
    assert store.waves() == []


def test_a_name_is_free_again_once_its_wave_is_gone(store):
    store.delete(published(store, a_wave()))
    published(store, a_wave())
    assert [record.state for record in store.waves()] == ["published"]


def test_only_an_analyst_removes_a_wave(store):
    wave_id = published(store, a_wave())
    for viewer in (NOBODY, manager(store, wave_id, "")):
        for call in (store.undo, store.delete):
            with pytest.raises(Refusal):
                call(wave_id, viewer)
    assert len(store.waves()) == 1


# Who reads what


def test_a_manager_reads_the_own_unit_those_above_and_those_right_below(store):
    wave_id = published(store, a_wave())
    seen = store.read(manager(store, wave_id, "Borealis"), wave_id, 1, "indicators")
    assert sorted(seen.cells["node"]) == [0, 1, 3, 4]
    assert [unit["name"] for unit in seen.manifest["units"]] == [
        "Whole organisation",
        "Borealis",
        "Quartzite",
        "Feldspar",
    ]


@pytest.mark.parametrize("node", [0, 1, 2, 4, 5, -1, 6, 99])
def test_a_manager_reads_no_other_unit(store, node):
    wave_id = published(store, a_wave())
    with pytest.raises(Refusal):
        store.read(manager(store, wave_id, "Borealis / Quartzite"), wave_id, node, "indicators")


@pytest.mark.parametrize("view", ["reliability", "splits", "profiles", "answers", "", "../answers"])
def test_a_manager_reads_no_other_view(store, view):
    wave_id = published(store, a_wave())
    with pytest.raises(Refusal):
        store.read(manager(store, wave_id, "Borealis"), wave_id, 1, view)


def test_nobody_reads_or_lists_anything(store):
    wave_id = published(store, a_wave())
    assert store.waves(NOBODY) == []
    for call in (store.units, store.audit):
        with pytest.raises(Refusal):
            call(NOBODY, wave_id)


def test_a_manager_names_the_own_units_only(store):
    wave_id = published(store, a_wave())
    told = store.units(manager(store, wave_id, "Borealis"), wave_id)
    assert told == [
        {"id": 1, "name": "Borealis", "parent": 0, "shown": True, "path": "Borealis"},
        {"id": 3, "name": "Quartzite", "parent": 1, "shown": True, "path": "Borealis / Quartzite"},
        {"id": 4, "name": "Feldspar", "parent": 1, "shown": True, "path": "Borealis / Feldspar"},
    ]
    assert len(store.units(LOCAL_ANALYST, wave_id)) == 6


def test_a_manager_lists_published_waves_of_the_own_survey_without_counts(store):
    mine, other = published(store, a_wave()), published(store, a_wave(survey="Pulse"))
    store.keep(a_wave("Autumn"), "{}")
    (record,) = store.waves(manager(store, mine, "Zephyr"))
    assert (record.id, record.rows) == (mine, None)
    assert other not in {record.id for record in store.waves(manager(store, mine, "Zephyr"))}
    assert store.waves(manager(store, mine, "A unit of the past")) == []


def test_a_manager_has_no_audit_report(store):
    wave_id = published(store, a_wave())
    with pytest.raises(Refusal):
        store.audit(manager(store, wave_id, ""), wave_id)


# The log


def test_what_was_done_is_in_the_log_and_the_log_is_whole(store):
    first = published(store, a_wave())
    store.undo(first)
    store.delete(store.keep(a_wave("Autumn"), "{}"))
    told = lines(store)
    assert [line["did"] for line in told] == ["keep", "publish", "undo", "keep", "delete"]
    assert {line["who"] for line in told} == {"local"}
    assert told[0] == {"at": NOON.isoformat(timespec="microseconds"), "did": "keep", "rows": 60, "wave": first} | {
        "who": "local"
    }
    with catalogue.reading(store._engine) as connection:
        assert log.first_broken(connection) is None


def test_refusals_are_in_the_log_without_what_was_made_up(store):
    wave_id = published(store, a_wave())
    asking = manager(store, wave_id, "Zephyr")
    for wave, node, view in ((wave_id, 3, "indicators"), ("made up", 3, "<script>")):
        with pytest.raises(Refusal):
            store.read(asking, wave, node, view)
    refused = [line for line in lines(store) if line.get("outcome") == "refused"]
    assert [(line["wave"], line["node"], line["view"]) for line in refused] == [(wave_id, 3, "indicators"), ("", 3, "")]
    assert {line["who"] for line in refused} == {"issuer|somebody"}


# Where it is


def test_the_data_folder_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_HOME", str(tmp_path / "elsewhere"))
    Store.open().keep(a_wave(), "{}")
    assert sound(tmp_path / "elsewhere") == ["kept"]


def test_the_catalogue_is_a_setting(tmp_path, monkeypatch):
    monkeypatch.setenv("EVENKEEL_CATALOGUE", f"sqlite:///{tmp_path / 'other.sqlite'}")
    Store.open(tmp_path / "home").keep(a_wave(), "{}")
    assert (tmp_path / "other.sqlite").exists() and not (tmp_path / "home" / "catalogue.sqlite").exists()


def test_another_catalogue_leaves_the_waves_of_the_first_alone(tmp_path, monkeypatch):
    """A mistyped setting, or a catalogue that was removed, must not sweep anything away."""
    home = tmp_path / "home"
    kept = Store.open(home).keep(a_wave(), "{}")
    with monkeypatch.context() as other:
        other.setenv("EVENKEEL_CATALOGUE", f"sqlite:///{tmp_path / 'other.sqlite'}")
        assert Store.open(home).waves() == []
        published(Store.open(home), a_wave("Another"))
    store = Store.open(home)
    assert [record.id for record in store.waves()] == [kept]
    assert len(store.wave(kept)) == 60


def test_two_processes_use_the_store_at_once(store, tmp_path):
    """One publishes and deletes while this one lists and reads; nobody meets half a wave."""
    script = (
        "import sys; sys.path[0:0] = sys.argv[2:4]\n"
        "from pathlib import Path; from at_rest import a_wave, published; from data.store import Store\n"
        "store = Store.open(Path(sys.argv[1]))\n"
        "for number in range(6):\n"
        "    wave_id = published(store, a_wave(str(number), seed=number))\n"
        "    store.delete(wave_id) if number % 2 else None\n"
    )
    here = Path(__file__).parent
    command = [sys.executable, "-c", script, str(home_of(tmp_path)), str(here.parents[1]), str(here)]
    child, rounds = subprocess.Popen(command), 0
    while child.poll() is None:
        rounds += 1
        published(store, a_wave(f"mine {rounds}", seed=500 + rounds))
        for record in store.waves(LOCAL_ANALYST):
            try:
                assert len(store.read(LOCAL_ANALYST, record.id, 0, "indicators").cells) == 6
            except Refusal:  # still to be published, or deleted since
                assert record.name not in {f"mine {number}" for number in range(rounds + 1)}
        Store.open(home_of(tmp_path))
    assert child.returncode == 0
    assert sound(home_of(tmp_path)).count("published") == rounds + 3
