"""What the attack says of single persons: against every possible company counted out, and on releases known to leak."""

from __future__ import annotations

from itertools import combinations_with_replacement, product

import numpy as np
import pandas as pd
import pytest
from attack_companies import SYSTEMS, Style, company, deep_company, listed, publish, truth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analytics import attack
from analytics.attack import asked as asking
from analytics.attack import persons
from analytics.attack.facts import Assignment, facts
from analytics.attack.groups import Population, homes, regions
from analytics.attack.seen import Figure, Group, System
from analytics.wave import Tree, Unit


def one_team(scores, leanings=None):
    """A company of one team whose answers are given as codes."""
    rng = np.random.default_rng(0)
    made = truth(rng, Tree((Unit("Whole", -1),)), np.zeros(len(scores), int), np.full(len(scores), 50.0), 0.0)
    codes = pd.DataFrame(
        {"score": scores, "leaning": leanings or [1 + i % 3 for i in range(len(scores))]}, dtype=np.int16
    )
    return type(made)(made.unit, made.tree, codes, made.segments, made.segment_labels, made.measures)


def counts_system(figures, n_classes=3):
    measures = {"m": {"kind": "parts", "counts": {str(c): [c] for c in range(n_classes)}}}
    return System("m", n_classes, None, tuple(figures), measures)


def share(node, classes, low, high):
    return Figure(Group(0, node), "m", "", "parts", classes, low, high, 8, 11, "")


def test_whoever_is_exposed_is_so_in_every_company_that_fits():
    """Two blocks of three and four people in three classes: all companies are counted out and compared."""
    rng = np.random.default_rng(5)
    size, inside = np.array([3, 4]), np.array([[True, True], [True, False]])
    for _ in range(60):
        real = np.array([np.bincount(rng.integers(0, 3, n), minlength=3) for n in size])
        figures = []
        for node, blocks in ((0, [0, 1]), (1, [0])):
            people = int(size[blocks].sum())
            for classes in ((0,), (1, 2)):
                hits = int(real[blocks][:, list(classes)].sum())
                slack = int(rng.integers(0, 3))
                low, high = max(0, hits - slack), min(people, hits + int(rng.integers(0, 2)))
                figures.append(share(node, classes, 100 * low / people, 100 * (high + 0.5) / people))
        figures = [f if f.high < 100 else share(f.group.node, f.classes, f.low, 100.0) for f in figures]
        system = counts_system(figures)
        population = Population((Group(0, 0), Group(0, 1)), inside, size)
        rows = facts(system, population)
        asked = asking.questions(system.measures, False, 3)
        real_one = Assignment(real, np.zeros(2))
        tried = persons.Attack(rows, real_one, asked, regions(population), homes(population), crossed=False)
        found = tried.exposed(asking.cases(population, rows, with_insiders=False))
        exposed = {(one.block, one.question.part) for one in found}
        assert exposed == _by_counting_out(rows, size)


def _by_counting_out(rows, size):
    possible = [set(), set()]
    companies = [[np.bincount(c, minlength=3) for c in combinations_with_replacement(range(3), n)] for n in size]
    for counts in product(*companies):
        if rows.fits(Assignment(np.array(counts), np.zeros(2))):
            for block, count in enumerate(counts):
                possible[block] |= {(c, c in here) for c in range(3) for here in [{p} for p in np.flatnonzero(count)]}
    return {(b, str(c)) for b in range(2) for c in range(3) if len({inside for p, inside in possible[b] if p == c}) < 2}


@pytest.mark.parametrize(
    ("scores", "leaks"),
    [([29] * 8, False), ([1] * 8, False), ([29] * 7 + [1], False), ([15] * 8, False)],
)
def test_the_display_rules_hide_a_team_of_which_all_answer_alike(scores, leaks):
    alike = one_team(scores, [1] * len(scores))
    report = attack.audit(*publish(alike), alike)
    assert bool(report["findings"]) is leaks


@pytest.mark.parametrize("scores", [[29] * 6, [29] * 5 + [1], [1] * 6])
def test_exact_shares_of_a_team_of_six_are_found(scores):
    alike = one_team(scores)
    report = attack.audit(*publish(alike, Style(k=5, safe=False, exact=True)), alike)
    assert report["classes_proven"] >= 5


def test_an_insider_proves_what_an_outsider_cannot():
    """Five of six above the line: the one below it knows about all the others, and nobody else does."""
    team = one_team([29] * 5 + [1])
    cells, manifest = publish(team, Style(k=5, safe=False, exact=True))
    cells = cells[cells["measure"] == "score>=75"].reset_index(drop=True)
    inside = [f for f in attack.audit(cells, manifest, team)["findings"] if f["kind"] == "class_proven"]
    assert [f["people"] for f in inside] == [5]
    assert not [f for f in attack.audit(cells, manifest)["findings"] if f["kind"] == "class_proven"]


def test_an_exact_mean_near_the_end_bounds_persons():
    team = one_team([29] * 7 + [27])
    cells, manifest = publish(team, Style(exact=True))
    cells = cells[cells["measure"] == "score"].reset_index(drop=True)
    report = attack.audit(cells, manifest, team)
    assert report["narrowest_interval"] < 10
    assert any(f["kind"] == "person_bounded" for f in report["findings"])


def test_recommended_means_leave_every_person_60_points():
    for seed in range(15):
        made = company(seed, spread=25.0)
        cells, manifest = publish(made, Style(rests=False))
        cells = cells[cells["measure"] == "score"].reset_index(drop=True)
        report = attack.audit(cells, manifest, made)
        assert not report["findings"]
        assert report["narrowest_interval"] >= 60


TREES = {
    "seed": st.integers(0, 10**6),
    "levels": st.integers(1, 5),
    "k": st.integers(5, 12),
    "spread": st.sampled_from([0, 15, 40]),
}


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
@given(**TREES)
def test_random_trees_give_no_group_away_and_the_report_is_the_same_twice(seed, levels, k, spread):
    no_group_given_away(seed, levels, k, spread)


@pytest.mark.long
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
@given(**TREES)
def test_many_random_trees_give_no_group_away(seed, levels, k, spread):
    no_group_given_away(seed, levels, k, spread)


def no_group_given_away(seed, levels, k, spread):
    made = deep_company(np.random.default_rng(seed), levels, size=60, spread=spread)
    cells, manifest = publish(made, Style(k=k))
    if k < 8:  # shares need eight people whatever k is
        cells = cells[cells["measure"] == "score"].reset_index(drop=True)
    if not cells["shown"].any():
        return
    first = attack.audit(cells, manifest, made)
    assert first["groups"] == 0
    assert first == attack.audit(cells, manifest, made)
    assert not [f for f in first["findings"] if f["kind"] == "contradiction"]


def test_a_state_is_an_inequality_that_the_attack_uses():
    made = company(3)
    cells, manifest = publish(made)
    score = (cells["measure"] == "score") & cells["shown"] & cells["value"].notna()
    low = cells[score & (cells["node"] > 0)].sort_values("value").index[0]
    cells.loc[low, "state"] = "higher"
    found = attack.audit(cells, manifest, made)["findings"]
    assert any(f["kind"] == "contradiction" and f["node"] == cells.loc[low, "node"] for f in found)


def test_measures_and_systems_of_the_helper_agree():
    assert {listed(m)["system"] for m in company(0).measures} == set(SYSTEMS)
