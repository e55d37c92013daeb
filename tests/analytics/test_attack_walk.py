"""The walk to other companies: whatever it does, counts stay within their figures, and what fails is taken back."""

import numpy as np
from attack_companies import Style, company, publish

from analytics.attack import asked, groups, people, seen
from analytics.attack.exposures import _real
from analytics.attack.facts import facts
from analytics.attack.walk import Walk


def crossed(seed):
    """One system of a release with splits, as the attack on persons meets it."""
    made = company(seed, divisions=3)
    cells, manifest = publish(made, Style(splits=True))
    editions = (seen.Edition(cells, manifest),)
    system = next(one for one in seen.read(editions)[0] if one.name == "leaning")
    population = groups.known(system, people.Crowd(made, editions), people.answers(made, system))
    rows = facts(system, population)
    return population, rows, _real(population, rows)


def test_every_company_that_a_walk_comes_to_fits():
    population, rows, real = crossed(4)
    came_true = 0
    for region in groups.regions(population):
        walk = Walk(rows, region, np.random.default_rng(1))
        walk.start(real)
        walk.ease(20)
        assert rows.fits(walk.company())
        for place in range(0, len(region), 3):
            before = walk.count.copy()
            wanted = np.flatnonzero(before[place] == 0)[:1]
            if not len(wanted):
                continue
            if walk.wish(place, -1, wanted, patient=True):
                came_true += 1
                assert walk.count[place, wanted[0]] > 0
            else:
                assert (walk.count == before).all()
            assert rows.fits(walk.company())
    assert came_true > 20


def test_regions_hold_every_block_once_and_whole_units():
    population, _, _ = crossed(4)
    regions, homes = groups.regions(population), groups.homes(population)
    assert sorted(np.concatenate(regions).tolist()) == list(range(len(population.size)))
    for home in np.unique(homes):
        holding = [region for region in regions if (homes[region] == home).any()]
        assert len(holding) == 1


def test_a_goal_is_what_would_open_a_question():
    seen_of_one = asked.Reach(np.array([[True, False, False]]), np.array([0.0]), np.array([50.0]))
    share = asked.Question("m", "", (1, 2))
    assert [goal.classes for goal in share.goals(seen_of_one)] == [(1, 2)]
    value = asked.Question("m", "", (), 75.0)
    assert [(goal.low, goal.high) for goal in value.goals(seen_of_one)] == [(75.0, 100.0)]
