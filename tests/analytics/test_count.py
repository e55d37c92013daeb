"""Counting: what ``tally`` gives beside pandas, in parts and whole, and what it refuses."""

from itertools import permutations

import numpy as np
import pandas as pd
import pytest

from analytics.count import MOST_CELLS, Column, merge, tables, tally

UNIT, ANSWER, SITE = Column("unit", 7), Column("answer", 6), Column("site", 3)
GROUPINGS = [(UNIT, ANSWER), (SITE, UNIT, ANSWER), (ANSWER,)]


def some_rows(n=500, seed=1):
    rng = np.random.default_rng(seed)
    return {
        "unit": rng.integers(0, 7, n).astype(np.int32),
        "answer": rng.integers(0, 6, n).astype(np.int8),
        "site": rng.integers(0, 3, n).astype(np.int16),
    }


def cut(rows, *ends):
    starts = (0, *ends)
    return [{name: codes[a:b] for name, codes in rows.items()} for a, b in zip(starts, (*ends, None), strict=True)]


def test_counts_are_those_of_a_crosstab():
    rows = some_rows()
    frame = pd.DataFrame(rows)
    two, three, one = tables(tally([rows], GROUPINGS), GROUPINGS)
    crossed = pd.crosstab(frame["unit"], frame["answer"]).reindex(index=range(7), columns=range(6), fill_value=0)
    np.testing.assert_array_equal(two, crossed.to_numpy())
    for site in range(3):
        held = frame[frame["site"] == site]
        crossed = pd.crosstab(held["unit"], held["answer"]).reindex(index=range(7), columns=range(6), fill_value=0)
        np.testing.assert_array_equal(three[site], crossed.to_numpy())
    np.testing.assert_array_equal(one, frame["answer"].value_counts().reindex(range(6), fill_value=0).to_numpy())


def test_counts_are_whole_numbers_of_64_bits_and_every_row_is_counted_once():
    rows = some_rows()
    counts = tally([rows], GROUPINGS)
    assert counts.dtype == np.int64 and counts.sum() == len(GROUPINGS) * 500


def test_batches_may_be_cut_and_merged_in_any_way():
    rows = some_rows()
    whole = tally([rows], GROUPINGS)
    parts = cut(rows, 1, 130, 130, 400)
    assert tally(parts, GROUPINGS).tobytes() == whole.tobytes()
    counted = [tally([part], GROUPINGS) for part in parts]
    before = [part.copy() for part in counted]
    for order in permutations(range(len(counted))):
        assert merge(counted[place] for place in order).tobytes() == whole.tobytes()
    for part, unchanged in zip(counted, before, strict=True):
        np.testing.assert_array_equal(part, unchanged)


def test_small_integers_do_not_wrap_when_they_are_joined():
    wide, fine = Column("wide", 100), Column("fine", 120)
    rows = {"wide": np.array([99, 99, 0], np.int8), "fine": np.array([119, 0, 119], np.int8)}
    (table,) = tables(tally([rows], [(wide, fine)]), [(wide, fine)])
    assert table.sum() == 3 and table[99, 119] == table[99, 0] == table[0, 119] == 1


@pytest.mark.parametrize(("code", "found"), [(6, "0 to 6"), (-1, "-1 to 5")])
def test_a_code_outside_its_column_is_refused_with_both_numbers(code, found):
    rows = {"unit": np.zeros(3, np.int32), "answer": np.array([0, 5, code], np.int8)}
    with pytest.raises(ValueError, match=f"answer should hold codes from 0 to 5, but got {found}"):
        tally([rows], [(UNIT, ANSWER)])


def test_one_name_with_two_sizes_is_checked_against_each():
    rows = {"answer": np.array([5], np.int8)}
    with pytest.raises(ValueError, match="from 0 to 4"):
        tally([rows], [(Column("answer", 6),), (Column("answer", 5),)])


def test_too_large_a_grouping_is_refused_before_memory_is_taken():
    wide = (Column("first", 1 << 14), Column("second", 1 << 14), Column("third", 2))
    with pytest.raises(ValueError, match=rf"at most {MOST_CELLS} combinations, but first x second x third"):
        tally([], [wide])


def test_nothing_to_count_is_nothing():
    assert tally([], []).tolist() == [] and tables(tally([], []), []) == []
    assert tally([], [(ANSWER,)]).tolist() == [0] * 6
    none = {name: codes[:0] for name, codes in some_rows().items()}
    assert tally([none], GROUPINGS).sum() == 0
