"""Every cell of a release: safe by sets of people whatever the tree and the answers, true, and blind to who is who."""

from dataclasses import replace
from math import isnan

import numpy as np
import pandas as pd
import pytest
from company_waves import blocks_of, company_wave, moved_answers, people_of_nodes, protected, reordered, trees
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_waves import CBI_WORK, CONTROL, PREFERENCE, TO_HOME, TO_WORK

from analytics.manifest import units
from analytics.protect.cells import Coarsening
from analytics.protect.display import n_band
from analytics.protect.thresholds import thresholds
from analytics.release import CELL_TYPES, NOT_SHOWN, cells_bytes

FEW = (CBI_WORK, PREFERENCE, TO_HOME, TO_WORK, CONTROL)
PARENTS, OWN = [-1, 0, 0, 1, 1, 1, 1, 2, 2, 2], [0, 0, 0, 30, 25, 5, 4, 28, 12, 40]
NUMBERS = ["value", "low", "high", "ci_low", "ci_high"]
VARIED = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def answerers(made):
    """Who answered each system, as sets of people."""
    return {name: frozenset(np.flatnonzero(made.codes[name].to_numpy()).tolist()) for name in made.codes}


def people_of_cells(made):
    """For each system the sets of people that some shown cell is about."""
    members = people_of_nodes(made.wave, units(made.family))
    column = {measure.id: measure.column for measure in made.measures}
    who = answerers(made)
    shown = made.cells[made.cells["shown"]]
    pairs = shown[["measure", "node"]].drop_duplicates().itertuples(index=False)
    found = {}
    for measure, node in pairs:
        found.setdefault(column[measure], set()).add(members[node] & who[column[measure]])
    return found


def true_figures(made):
    """The exact mean or share (per cent) behind each shown cell, from the people themselves."""
    members = people_of_nodes(made.wave, units(made.family))
    listed = {measure.id: measure for measure in made.measures}
    for cell in made.cells[made.cells["shown"]].itertuples():
        measure = listed[cell.measure]
        codes = made.codes[measure.column].to_numpy()[sorted(members[cell.node])]
        held = np.array(measure.weights)[codes[codes > 0]]
        if measure.kind == "parts":
            held = held == measure.parts.index(cell.part)
        yield cell, len(held), held.mean() * (1 if measure.kind == "mean" else 100)


@VARIED
@given(
    tree=trees(),
    k=st.integers(5, 12),
    seed=st.integers(0, 10_000),
    extreme=st.sampled_from([0.0, 0.5, 0.9, 1.0]),
    missing=st.sampled_from([0.0, 0.05, 0.4, 0.8]),
)
def test_every_block_of_every_system_is_nobody_or_k_people_and_every_figure_is_true(tree, k, seed, extreme, missing):
    sizes = thresholds(k)
    made = protected(company_wave(*tree, seed, extreme, missing, scales=FEW), sizes)
    has_shares = {system.name: system.has_shares for system in made.systems}
    for name, shown in people_of_cells(made).items():
        least = sizes.k_share if has_shares[name] else sizes.k
        assert all(len(people) >= least for people in shown)
        assert all(n == 0 or n >= least for n in blocks_of(list(shown))), name
    for cell, n, truth in true_figures(made):
        assert cell.n_low <= n <= cell.n_high and (cell.n_low, cell.n_high) == n_band(n)
        assert cell.low - 1e-9 <= truth <= cell.high + 1e-9
    nothing_in_hidden(made.cells)


def nothing_in_hidden(cells):
    hidden = cells[~cells["shown"]]
    assert hidden[NUMBERS].isna().all().all()
    assert (hidden[["n_low", "n_high"]] == 0).all().all()
    assert set(hidden["text"]) <= {NOT_SHOWN} and set(hidden["state"]) <= {""}


@VARIED
@given(tree=trees(most_people=30), seed=st.integers(0, 10_000), extreme=st.sampled_from([0.0, 0.9]), data=st.data())
def test_coarser_and_dropped_figures_are_still_safe_and_true(tree, seed, extreme, data):
    wave = company_wave(*tree, seed, extreme, scales=FEW)
    first = protected(wave)
    coarse = Coarsening()
    for _ in range(data.draw(st.integers(1, 4))):
        rests = [group.id for group in first.family.groups if group.rest]
        system = data.draw(st.sampled_from(first.systems))
        if rests and data.draw(st.booleans()):
            coarse = coarse.without(system.name, data.draw(st.sampled_from(rests)))
        else:
            coarse = coarse.coarser(data.draw(st.sampled_from(system.measures)).id, data.draw(st.integers(0, 4)))
    made = protected(wave, coarse=coarse)
    for name, shown in people_of_cells(made).items():
        assert all(n == 0 or n >= 8 for n in blocks_of(list(shown))), name
    for cell, _, truth in true_figures(made):
        assert cell.low - 1e-9 <= truth <= cell.high + 1e-9
    for system, group in coarse.dropped:
        ids = {m.id for one in made.systems if one.name == system for m in one.measures}
        concerned = (made.cells["node"] == group) & made.cells["measure"].isin(ids)
        assert concerned.any() and not made.cells[concerned]["shown"].any()
    nothing_in_hidden(made.cells)


def test_coarsening_concerns_one_measure_on_a_whole_level():
    wave = company_wave(PARENTS, OWN)
    fine, coarse = protected(wave).cells, protected(wave, coarse=Coarsening().coarser("CBI.work>=50", 2)).cells
    level = dict(enumerate([0, 1, 1, *[2] * 7, 2]))
    changed = fine["shown"] & (fine["measure"] == "CBI.work>=50") & (fine["node"].map(level) == 2)
    assert changed.any()
    pd.testing.assert_frame_equal(fine[~changed], coarse[~changed])
    wider = (coarse["high"] - coarse["low"])[changed] > (fine["high"] - fine["low"])[changed] + 1
    assert wider.all()


def test_every_unit_and_every_measure_has_a_cell_shown_or_not():
    made = protected(company_wave(PARENTS, OWN))
    per_measure = made.cells.groupby("measure")["node"].nunique()
    assert set(per_measure) == {len(PARENTS) + 1} and set(per_measure.index) == {m.id for m in made.measures}
    assert not made.cells.duplicated(["view", "node", "measure", "part"]).any()
    assert dict(made.cells.dtypes.astype(str)) == CELL_TYPES
    assert set(made.cells.query("measure == 'leaning'")["view"]) == {"leanings"}
    assert made.cells.query("node == 5 or node == 6")["shown"].sum() == 0


def test_the_number_of_answerers_decides_and_not_the_number_of_people():
    wave = company_wave([-1, 0, 0], [0, 20, 20], missing=0.0)
    answers = wave.answers.copy()
    items = [item.id for item in CBI_WORK.items]
    answers.loc[np.flatnonzero(wave.unit == 2)[7:], items] = 0
    made = protected(replace(wave, answers=answers))
    work = made.cells.query("measure == 'CBI.work'").set_index("node")["shown"]
    other = made.cells.query("measure == 'CBI.personal'").set_index("node")["shown"]
    assert work.tolist() == [True, False, False]  # showing unit 1 would give the seven away
    assert other.all()


def people_of_blocks(made):
    """People in the same block of every system, and with the same missing answers: nothing may tell them apart."""
    keys = [made.family.place[made.wave.unit]]
    return pd.Series(range(len(made.wave))).groupby(keys[0]).apply(list)


def test_exchanging_all_answers_of_two_people_of_a_block_changes_no_byte():
    """The two stand in the same smallest group; they may be in different hidden teams."""
    made = protected(company_wave(PARENTS, OWN, extreme=0.3, missing=0.1))
    before = cells_bytes(made.cells)
    rng = np.random.default_rng(8)
    blocks = people_of_blocks(made)
    crossed = 0
    for people in blocks:
        for _ in range(4):
            one, other = rng.choice(people, 2, replace=False)
            order = np.arange(len(made.wave))
            order[one], order[other] = other, one
            crossed += made.wave.unit[one] != made.wave.unit[other]
            assert cells_bytes(protected(moved_answers(made.wave, order)).cells) == before
    assert crossed  # some pairs were of two hidden teams


@pytest.mark.parametrize("seed", range(6))
def test_what_is_hidden_says_nothing_about_answers(seed):
    """With everybody's questions answered, answers may move between any people: the same cells are shown."""
    rng = np.random.default_rng(seed)
    parents = [-1, 0, 0, 0, *rng.integers(1, 4, 14).tolist()]
    own = [0] * 4 + rng.integers(1, 25, 14).tolist()
    wave = company_wave(parents, own, seed, extreme=0.8, missing=0.0)
    made, moved = (protected(w) for w in (wave, moved_answers(wave, rng.permutation(len(wave)))))
    address = ["view", "node", "measure", "part", "shown", "n_low", "n_high"]
    pd.testing.assert_frame_equal(made.cells[address], moved.cells[address])
    assert not made.cells.equals(moved.cells)


def test_the_order_of_rows_and_columns_changes_no_byte():
    wave = company_wave(PARENTS, OWN, missing=0.1)
    before = cells_bytes(protected(wave).cells)
    rng = np.random.default_rng(3)
    assert cells_bytes(protected(reordered(wave, rng.permutation(len(wave)))).cells) == before
    columns = rng.permutation(wave.answers.columns.to_numpy())
    assert cells_bytes(protected(replace(wave, answers=wave.answers[list(columns)])).cells) == before
    assert cells_bytes(protected(wave).cells) == before


@pytest.mark.parametrize("answer", [1, 3, 5])
def test_a_team_that_answers_alike_is_shown_as_a_wide_end_and_no_reason_is_told(answer):
    wave = company_wave([-1, 0, 0], [0, 8, 40], missing=0.0)
    answers = wave.answers.copy()
    rows = wave.unit == 1
    for item in CBI_WORK.items:
        answers.loc[rows, item.id] = 6 - answer if item.reversed else answer
    made = protected(replace(wave, answers=answers))
    team = made.cells.query("node == 1").set_index("measure")
    mean = team.loc["CBI.work"]
    assert mean["text"] == {1: "25 or lower", 3: "50", 5: "75 or higher"}[answer]
    assert isnan(mean["value"]) == (answer != 3)
    share = team.loc["CBI.work>=75"]
    assert share["text"] in ("0–33 %", "67–100 %")
    assert set(made.cells["text"][~made.cells["shown"]]) <= {NOT_SHOWN}


def test_a_chain_of_units_with_the_same_people_shows_the_same_figure():
    made = protected(company_wave([-1, 0, 1], [0, 0, 30]))
    by_node = [made.cells[made.cells["node"] == node].drop(columns=["node", "state"]) for node in range(3)]
    assert by_node[0]["shown"].all()
    for other in by_node[1:]:
        pd.testing.assert_frame_equal(by_node[0].reset_index(drop=True), other.reset_index(drop=True))
