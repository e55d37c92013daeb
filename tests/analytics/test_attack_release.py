"""The attack on a whole release: rules of display, rows added by hand, editions, sizes from the bands, the words."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from attack_companies import Style, company, displayed, listed_units, members, publish, unit_rows

from analytics import attack
from analytics.attack import Edition
from analytics.release import CELL_TYPES, Release, cells_frame


def released(seed=1, **style):
    made = company(seed)
    return made, *publish(made, Style(rests=False, **style))


def changed(cells, which, **columns):
    """The cells with one cell changed: the first shown one of a kind at a team."""
    at = cells[cells["shown"] & (cells["kind"] == which) & (cells["node"] > 1)].index[0]
    other = cells.copy()
    for column, value in columns.items():
        other.loc[at, column] = value
    return other, int(cells.loc[at, "node"])


def kinds(report, node=None):
    return {found["kind"] for found in report["findings"] if node is None or found["node"] == node}


def test_an_honest_release_passes_with_and_without_the_wave():
    made, cells, manifest = released()
    for truth in (made, None):
        report = attack.audit(cells, manifest, truth)
        assert report["findings"] == []
        assert json.loads(json.dumps(report)) == report
    assert (report["sizes"], report["insiders"]) == ("worst in each band", [0])


@pytest.mark.parametrize(
    ("which", "columns", "kind"),
    [
        ("mean", {"low": 47.5, "high": 48.5, "value": 48.0, "text": "48"}, "display_too_fine"),
        ("mean", {"low": 7.5, "high": 12.5, "value": 10.0, "text": "10"}, "display_uncut_end"),
        ("mean", {"text": "48.3"}, "display_too_fine"),
        ("mean", {"low": 37.5, "high": 42.5, "value": 40.0, "text": "71"}, "display_inconsistent"),
        ("share", {"low": 10.0, "high": 15.0}, "display_too_fine"),
        ("share", {"value": 12.0}, "display_too_fine"),
        ("share", {"low": 10.0, "high": 43.4}, "display_inconsistent"),
        ("share", {"text": "14–15 %"}, "display_inconsistent"),
        ("mean", {"n_low": 9, "n_high": 10}, "display_answers"),
        ("mean", {"state": "much higher"}, "display_inconsistent"),
    ],
)
def test_a_cell_that_says_more_than_its_group_allows_is_found(which, columns, kind):
    _made, cells, manifest = released()
    other, node = changed(cells, which, **columns)
    assert kind in kinds(attack.audit(other, manifest), node)


def test_a_hidden_cell_that_keeps_a_figure_is_found():
    _made, cells, manifest = released()
    at = cells[~cells["shown"]].index[0]
    cells.loc[at, "low"] = 40.0
    assert "display_hidden_speaks" in kinds(attack.audit(cells, manifest), cells.loc[at, "node"])


def test_an_interval_that_differs_between_equal_figures_is_found():
    _made, cells, manifest = released()
    alike = cells[cells["shown"] & (cells["measure"] == "score>=75")]
    cells.loc[alike.index, ["low", "high", "text"]] = [0.0, 100 / 3, "0–33 %"]
    cells.loc[alike.index, ["n_low", "n_high"]] = [8, 11]
    cells.loc[alike.index[0], ["ci_low", "ci_high"]] = [1.0, 40.0]
    cells.loc[alike.index[1], ["ci_low", "ci_high"]] = [1.5, 41.0]
    report = attack.audit(cells, manifest)
    assert any("interval that differs" in found["sentence"] for found in report["findings"])


def hidden_units(made, manifest):
    """Hidden units that have people, with the people in them."""
    units = manifest["units"]
    return [(u["id"], members(units, u["id"], made)) for u in units if not u["shown"]]


def with_row(made, cells, node, who):
    """A release to which a hidden unit's row on the mean was added by hand."""
    code = made.codes["score"].to_numpy()[who]
    figure = displayed(np.asarray(made.measures[0].weights)[code[code > 0]], "mean", Style())
    rows = cells[~((cells["node"] == node) & (cells["measure"] == "score"))].to_dict("records")
    at = {"view": "indicators", "node": node, "measure": "score", "part": "", "kind": "mean"}
    return cells_frame([*rows, at | figure])


@pytest.mark.parametrize("seed", [1, 2, 5, *(pytest.param(seed, marks=pytest.mark.long) for seed in (0, 3, 4))])
def test_a_hidden_row_added_by_hand_is_found_and_named(seed):
    made = company(seed)
    cells, manifest = publish(made)
    tried = 0
    for node, who in hidden_units(made, manifest):
        other = with_row(made, cells, node, who)
        name = manifest["units"][node]["name"]
        found = attack.audit(other, manifest, made)["findings"]
        assert any(f["node"] == node and name in f["sentence"] for f in found)
        tried += 1
    assert tried > 0


def test_a_hidden_row_of_enough_people_is_found_even_if_the_manifest_lists_it():
    """Its own size is lawful; what gives the attack away is what is left of its siblings."""
    found = 0
    for seed in range(20):
        made = company(seed)
        cells, manifest = publish(made, Style(rests=False))
        for node, who in hidden_units(made, manifest):
            if who.sum() < 8:
                continue
            listed = [u | {"shown": u["shown"] or u["id"] == node} for u in manifest["units"]]
            report = attack.audit(with_row(made, cells, node, who), manifest | {"units": listed}, made)
            groups = [f for f in report["findings"] if f["kind"].startswith("group_")]
            assert groups
            assert any(node in f["nodes"] for f in groups)
            found += 1
    assert found >= 3


def test_figures_that_the_wave_does_not_give_are_contradictions():
    made, cells, manifest = released()
    other, node = changed(cells, "mean", low=72.5, high=77.5, value=75.0, text="75", n_low=12, n_high=19)
    assert "contradiction" in kinds(attack.audit(other, manifest, made), node)


def test_another_wave_is_told_apart():
    _, cells, manifest = released()
    report = attack.audit(cells, manifest, company(2))
    assert any("not the wave" in found["sentence"] for found in report["findings"])


def test_two_editions_that_differ_by_one_row_are_found():
    made = company(1)
    cells, manifest = publish(made, Style(exact=False))
    later = np.ones(len(made), bool)
    later[np.flatnonzero(made.codes["score"].to_numpy() > 0)[0]] = False
    units = listed_units(made.tree, np.array([u["shown"] for u in manifest["units"][: len(made.tree)]]), Style(), made)
    rows = [
        row
        for unit in units
        for row in unit_rows(made, Style(), unit["id"], members(units, unit["id"], made) & later, unit["shown"])
    ]
    before = Edition(cells_frame(rows), manifest, later)
    report = attack.audit(cells, manifest, made, (before,))
    assert report["editions"] == 2
    assert any(found["kind"].startswith("group_") and found["people"] == 1 for found in report["findings"])
    same = attack.audit(cells, manifest, made, (Release(cells, manifest, {}),))
    assert same["findings"] == attack.audit(cells, manifest, made)["findings"]


def test_splits_that_give_a_few_people_away_are_found():
    """Women of the whole and of every division but one: the women of that one are the difference."""

    def leaks(seed):
        made = company(500 + seed, divisions=3)
        cells, manifest = publish(made, Style(splits=True))
        sizes = cells[cells["measure"] == "score"].reset_index(drop=True)
        return any(kind.startswith("group_") for kind in kinds(attack.audit(sizes, manifest, made)))

    assert any(leaks(seed) for seed in range(12))


def test_the_words_say_what_was_attacked_and_what_was_not():
    _made, cells, manifest = released()
    model = {name: cells.iloc[0][name] for name in CELL_TYPES} | {"view": "profiles", "kind": "model", "measure": "B"}
    model |= {"shown": True, "n_low": 100, "n_high": 199, "value": 50.0, "low": math.nan, "high": math.nan, "node": 0}
    cells = cells_frame([*cells.to_dict("records"), model])
    words = " ".join(attack.in_words(attack.audit(cells, manifest)))
    assert "everything that all viewers together can see: 0 groups, 0 people" in words
    assert "Outside the linear attack" in words and "1 cells (profiles)" in words
    assert "Without the wave" in words
    assert "joined from several scales were attacked apart" in words  # no claim beyond what was tried
