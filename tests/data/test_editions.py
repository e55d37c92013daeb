"""Editions: the same rows are known again whatever they are called, and other people's rows are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from at_rest import a_release, a_scale, a_wave, published, rows_of
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.wave import Tree, Unit, Wave
from data import editions
from data.store import Store

SALT = b"s" * 32
DATASETS = Path(__file__).parents[2].parent / "shared" / "corpus" / "datasets"


def shared(mine: Wave, theirs: Wave) -> int:
    return editions.shared_rows(editions.signatures(mine, SALT), editions.signatures(theirs, SALT))


# In the store


def test_a_release_stays_known_after_undo_and_deletion(tmp_path):
    store, wave = Store.open(tmp_path), a_wave()
    store.undo(published(store, wave))
    store.delete(published(store, wave))
    (first, second) = store.earlier(wave)
    assert first.release.manifest == second.release.manifest == a_release(wave).manifest
    assert (first.survey, first.wave, first.shared, first.rows) == (wave.survey, wave.name, 60, 60)
    pd.testing.assert_frame_equal(first.release.cells, a_release(wave).cells)


@pytest.mark.parametrize(
    "renamed",
    [
        {"name": "Another wave"},
        {"survey": "Another survey"},
        {"tree": Tree((Unit("All", -1),)), "unit": np.zeros(60, np.int32)},
    ],
    ids=["wave", "survey", "units"],
)
def test_the_same_rows_are_known_under_any_name(tmp_path, renamed):
    store = Store.open(tmp_path)
    published(store, a_wave())
    (found,) = store.earlier(Wave(**{**vars(a_wave()), **renamed}))
    assert found.shared == 60


def test_a_wave_that_was_only_kept_is_no_edition(tmp_path):
    store = Store.open(tmp_path)
    store.keep(a_wave(), "{}")
    assert store.earlier(a_wave()) == []


def test_other_answers_of_the_same_survey_are_no_edition(tmp_path):
    store = Store.open(tmp_path)
    published(store, a_wave(seed=1))
    assert store.earlier(a_wave("Autumn", seed=2)) == []


def test_what_is_remembered_holds_no_answer_and_no_order():
    wave = a_wave(n=40)
    signatures = editions.signatures(wave, SALT)
    assert [name for name, _ in signatures] == ["rows:24", "CBI.work", "CBI.personal"]
    for (_, hashes), (_, otherwise) in zip(signatures, editions.signatures(wave, b"t" * 32), strict=True):
        assert hashes.dtype.itemsize == 8 and (hashes[1:] >= hashes[:-1]).all()
        assert not np.isin(hashes, otherwise).any()


# The rule


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(20, 300), st.integers(1, 8))
def test_a_file_with_few_rows_less_in_another_order_is_the_same_file(seed, n, less):
    wave = a_wave(seed=seed, n=n)
    order = np.random.default_rng(seed).permutation(n)[less:]
    assert shared(rows_of(wave, order), wave) >= n - less - 1  # a row without two different answers tells nothing


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10**6), st.integers(10, 400), st.integers(10, 400))
def test_two_files_of_other_people_are_two_files(seed, n, m):
    assert shared(a_wave(seed=seed, n=n), a_wave(seed=seed + 1, n=m)) == 0


@pytest.mark.parametrize("part", [0.02, 0.2, 1.0])
def test_a_file_within_another_is_known_whatever_its_size(part):
    wave = a_wave(n=1000)
    some = int(1000 * part)
    assert shared(rows_of(wave, np.arange(some)), wave) == pytest.approx(some, abs=1)


@pytest.mark.parametrize(("common", "known"), [(0, False), (3, False), (4, True), (40, True)])
def test_a_few_rows_of_many_answers_are_enough_to_subtract_by(common, known):
    one, other = a_wave(seed=1, n=400), a_wave(seed=2, n=400)
    mixed = other.answers.copy()
    mixed.iloc[:common] = one.answers.iloc[:common]
    assert (shared(rows_of(other, np.arange(400), answers=mixed), one) > 0) == known


def test_a_file_with_a_column_less_is_known_by_another_scale():
    wave = a_wave(n=200)
    less = Wave(**{**vars(wave), "answers": wave.answers.drop(columns="CBI.work.5")})
    assert shared(less, wave) == pytest.approx(200, abs=2)


def test_a_file_with_one_scale_more_is_known():
    wave = a_wave(n=200)
    more = Wave(**{**vars(wave), "scales": wave.scales[:1]})
    assert shared(more, wave) == pytest.approx(200, abs=2)


def test_a_file_turned_round_is_known():
    wave = a_wave(n=200)
    turned = wave.answers.where(wave.answers == 0, 6 - wave.answers).astype("int8")
    assert shared(Wave(**{**vars(wave), "answers": turned}), wave) == pytest.approx(200, abs=2)


def test_a_scale_of_ones_own_is_known_under_another_name():
    one, again = (a_wave(n=200, scales=(a_scale(f"custom.{name}", 12),)) for name in ("tired", "exhausted"))
    assert shared(again, one) == pytest.approx(200, abs=2)


def test_rows_with_one_answer_throughout_tell_nothing():
    one, other = a_wave(seed=1, n=100), a_wave(seed=2, n=100)
    same = pd.DataFrame(3, index=range(100), columns=one.answers.columns, dtype="int8")
    assert shared(rows_of(one, np.arange(100), answers=same), rows_of(other, np.arange(100), answers=same)) == 0


def test_a_row_with_a_corrected_answer_is_another_row():
    wave = a_wave(n=100)
    mended = wave.answers.copy()
    mended.iloc[:30, [0, 12]] = mended.iloc[:30, [0, 12]] % 5 + 1
    assert shared(rows_of(wave, np.arange(100), answers=mended), wave) == pytest.approx(70, abs=2)


# Real answers, which are much more alike than invented ones: 2,042 soldiers on leadership (11) and hostility (5 items)


def soldiers() -> pd.DataFrame:
    path = DATASETS / "o01_multilevel_lq2002.csv"
    if not path.exists():
        pytest.skip("the collection of real files is not beside this repository")
    table = pd.read_csv(path)
    return table.assign(**{name: table[name] + 1 for name in table.columns if name.startswith("HOSTIL0")})


def real_wave(table: pd.DataFrame, columns: list[str]) -> Wave:
    scale = a_scale("CBI.work", len(columns))
    answers = table[columns].set_axis([item.id for item in scale.items], axis=1).astype("int8").reset_index(drop=True)
    nothing = pd.DataFrame(index=answers.index)
    whole = Tree((Unit("Everybody", -1),))
    return Wave("S", "W", False, answers, nothing, nothing, {}, np.zeros(len(answers), np.int32), whole, (scale,))


LEADERSHIP = [f"LEAD{place:02d}" for place in range(1, 12)]
HOSTILITY = [f"HOSTIL{place:02d}" for place in range(1, 6)]


@pytest.mark.parametrize("columns", [LEADERSHIP, LEADERSHIP[:6], HOSTILITY], ids=["11 items", "6 items", "5 items"])
@pytest.mark.parametrize("part", [0.5, 0.1, 0.02])
def test_other_soldiers_with_like_answers_are_other_people(columns, part):
    table = soldiers()
    for seed in range(10):
        order = np.random.default_rng(seed).permutation(len(table))
        cut = int(part * len(table))
        few, rest = (real_wave(table.iloc[order[at]], columns) for at in (slice(cut), slice(cut, None)))
        assert shared(few, rest) == 0


@pytest.mark.parametrize("columns", [LEADERSHIP, LEADERSHIP[:6], HOSTILITY], ids=["11 items", "6 items", "5 items"])
def test_the_same_soldiers_but_one_are_the_same_people(columns):
    table = soldiers()
    assert shared(real_wave(table.iloc[1:], columns), real_wave(table, columns)) > 1400


def test_a_third_of_the_same_soldiers_is_noticed():
    table = soldiers()
    order = np.random.default_rng(5).permutation(len(table))
    one, other = order[:1000], np.r_[order[:300], order[1000:1700]]
    assert shared(real_wave(table.iloc[one], LEADERSHIP), real_wave(table.iloc[other], LEADERSHIP)) == pytest.approx(
        300, abs=40
    )
