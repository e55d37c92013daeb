"""Without the wave only that is found which holds for every number of people that the bands allow."""

from __future__ import annotations

import numpy as np
import pytest
from attack_companies import Style, company, publish

from analytics import attack
from analytics.attack import exposures
from analytics.attack.any_size import AnySize
from analytics.attack.asked import Question
from analytics.attack.seen import Figure, Group, System

WHOLE, TEAM = Group(0, 0), Group(0, 1)
INSIDE = np.array([[True, True], [True, False]])  # the team, and what it leaves of the whole
BANDS = {WHOLE: (12, 19), TEAM: (8, 11)}
CLASSES = 3


def counted(group, classes, low, high):
    return Figure(group, "m", "", "share", classes, low, high, *BANDS[group], "")


def every_company():
    """People by class of the team and of the rest, for every size that the bands allow."""
    ways = [(a, b, n - a - b) for n in range(1, 12) for a in range(n + 1) for b in range(n - a + 1)]
    ways = np.array(ways)
    team, rest = ways[ways.sum(axis=1) >= 8], ways
    at, beside = (one.ravel() for one in np.indices((len(team), len(rest))))
    people = team[at].sum(axis=1) + rest[beside].sum(axis=1)
    fits = (people >= 12) & (people <= 19)
    return np.stack([team[at][fits], rest[beside][fits]], axis=1)


def test_the_programs_agree_with_counting_out_every_company_of_every_size():
    every, rng, closed = every_company(), np.random.default_rng(4), 0
    extreme = np.flatnonzero((every[:, 0] <= 1).any(axis=1))
    measures = {"m": {"kind": "share", "counts": [0]}}
    for _ in range(12):
        real, figures = every[rng.choice(extreme)], []
        for group, counts in ((WHOLE, real.sum(axis=0)), (TEAM, real[0])):
            for classes in ((0,), (0, 1)):
                at = int(min(9, 10 * counts[list(classes)].sum() // counts.sum()))
                figures.append(counted(group, classes, 10.0 * at, 10.0 * (at + 1)))
        program = AnySize(System("m", CLASSES, None, tuple(figures), measures), (WHOLE, TEAM), INSIDE, np.ones(2))
        held = every[np.all([_fits(figure, every) for figure in figures], axis=0)]
        for block in range(2):
            for classes in ((0,), (1,), (2,)):
                inside = held[:, block, list(classes)].sum(axis=1)
                may_be, may_not = (inside > 0).any(), (inside < held[:, block].sum(axis=1)).any()
                assert program.ends(block, Question("m", "", classes)) == (float(not may_not), float(may_be))
                closed += not (may_be and may_not)
    assert closed  # both outcomes are compared


def _fits(figure, every):
    counts = every.sum(axis=1) if figure.group == WHOLE else every[:, 0]
    share = 100 * counts[:, list(figure.classes)].sum(axis=1) / counts.sum(axis=1)
    return (share >= figure.low) & ((share < figure.high) | (figure.high == 100))


def test_the_lowest_value_of_a_person_takes_as_many_people_as_the_band_allows():
    """A mean of 97.5 or higher of 8 to 11 people: what all of 11 lack together, one may lack alone."""
    mean = Figure(WHOLE, "m", "", "mean", (), 97.5, 100.0, 8, 11, "")
    system = System("m", 1, np.array([[0.0, 100.0]]), (mean,), {"m": {"kind": "mean"}})
    program = AnySize(system, (WHOLE,), np.array([[True]]), np.ones(1))
    low, high = program.ends(0, Question("m", "", ()))
    assert low == pytest.approx(100 - 2.5 * 11, abs=1e-3) and high == pytest.approx(100)


@pytest.mark.parametrize(("state", "highest"), [("", 100.0), ("lower", 55.0)])
def test_a_state_narrows_what_may_be(state, highest):
    """Below a whole of 5 or less, the 11 people of a team have 55 points in all at most."""
    figures = (
        Figure(WHOLE, "m", "", "mean", (), 0.0, 5.0, 20, 49, ""),
        Figure(TEAM, "m", "", "mean", (), 0.0, 50.0, 8, 11, state),
    )
    system = System("m", 1, np.array([[0.0, 100.0]]), figures, {"m": {"kind": "mean"}})
    program = AnySize(system, (WHOLE, TEAM), INSIDE, np.ones(2))
    assert program.ends(0, Question("m", "", ()))[1] == pytest.approx(highest, abs=1e-3)


CONDITIONAL = ((2, {"spread": 40.0}), (5, {"spread": 25.0, "mean_team": 12.0}))


def test_what_is_found_without_the_wave_is_found_with_it(monkeypatch):
    """And what the smallest sizes alone would tell is told apart from it."""
    conditional = by_smallest = found = 0
    for seed, more in CONDITIONAL:
        made = company(seed, **more)
        cells, manifest = publish(made, Style(rests=False))
        report, known = attack.audit(cells, manifest), attack.audit(cells, manifest, made)
        proven = {(f["node"], f["part"]) for f in report["findings"] if f["kind"] == "class_proven"}
        assert proven <= {(f["node"], f["part"]) for f in known["findings"] if f["kind"] == "class_proven"}
        assert known["conditional"] == 0
        conditional, found = conditional + report["conditional"], found + report["classes_proven"]
        said = " ".join(attack.in_words(report))
        assert ("Not counted" in said) == (report["conditional"] > 0)
        with monkeypatch.context() as patched:
            patched.setattr(exposures, "_any_size", lambda *_: None)
            by_smallest += attack.audit(cells, manifest)["classes_proven"]
    assert conditional > 0 and 0 < found < by_smallest
