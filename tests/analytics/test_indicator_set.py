"""The indicator definitions hold together."""

import pytest

from analytics.indicator_set import COMPUTED, OLBI_DISENGAGED, OLBI_EXHAUSTED, agree_side, at_most, indicator
from analytics.instrument import LINE_KINDS


def test_the_fourteen_are_all_defined_once():
    ids = [entry.id for entry in COMPUTED]
    assert len(ids) == len(set(ids))
    assert {name.split(".")[0] for name in ids} == {f"I{place}" for place in range(1, 15)}


def test_each_indicator_can_be_named_as_absent_exactly_once():
    families = [entry.id.split(".")[0] for entry in COMPUTED if entry.absent]
    assert sorted(families) == sorted({f"I{place}" for place in range(1, 15)})


@pytest.mark.parametrize("entry", COMPUTED, ids=lambda entry: entry.id)
def test_definitions_carry_source_formula_and_a_known_kind_of_line(entry):
    assert entry.source and entry.formula and entry.title[0].isupper()
    assert entry.line is None or (entry.line.kind in LINE_KINDS and entry.line.source and entry.line.population)


def test_an_unknown_id_is_a_key_error():
    assert indicator("I9").line.at == 60
    with pytest.raises(KeyError):
        indicator("I15")


def test_lines_lie_where_the_unrounded_mean_answers_are():
    assert (agree_side(5), agree_side(7)) == (62.5, pytest.approx(58.3333, abs=1e-4))
    assert (pytest.approx(41.667, abs=1e-3), pytest.approx(36.667, abs=1e-3)) == (OLBI_EXHAUSTED, OLBI_DISENGAGED)
    assert 50.0 < at_most(50.0) < 50.0000001 and f"{at_most(50.0):g}" == "50"
