"""What publishing makes coarser when the attack has found something: one split of one level at a time, then bands."""

from company_waves import company_wave, protected
from small_waves import CBI_WORK

from analytics.protect.cells import Coarsening
from analytics.protect.coarsen import coarser


def nothing_left(system, tried):
    return 0


def found(part, *nodes):
    return {"kind": "undecided", "measure": "CBI.work", "node": nodes[0], "nodes": list(nodes), "part": part}


def test_a_split_goes_on_its_deepest_level_first_then_for_the_organisation_then_bands_grow():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    blamed = [found("site|Site 1", 0, 1), found("site|Site 2", 2)]
    first = coarser(Coarsening(), blamed, made.counted, made.family, nothing_left)
    assert first.unsplit == {("CBI.work", 1, "site")} and not first.levels
    second = coarser(first, blamed, made.counted, made.family, nothing_left)
    assert second.unsplit == {("CBI.work", 1, "site"), ("CBI.work", 0, "site")} and not second.levels
    third = coarser(second, blamed, made.counted, made.family, nothing_left)
    assert third.unsplit == second.unsplit and third.levels


def test_the_attribute_that_most_findings_blame_goes_and_others_stay():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    blamed = [found("age|to 29", 1), found("site|Site 1", 1), found("site|Site 2", 2)]
    assert coarser(Coarsening(), blamed, made.counted, made.family, nothing_left).unsplit == {("CBI.work", 1, "site")}


def test_a_finding_that_names_no_split_makes_a_level_coarser_and_keeps_splits():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    eased = coarser(Coarsening(), [found("", 1)], made.counted, made.family, nothing_left)
    assert not eased.unsplit and eased != Coarsening()


def test_bands_grow_on_the_level_where_that_costs_least_and_leaves_no_finding():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    tried = []

    def left(system, trial):
        tried.append(dict(trial.levels))
        return 0 if any(level == 1 for _, level in trial.levels) else 1

    eased = coarser(Coarsening(), [found("", 1)], made.counted, made.family, left)
    assert {level for _, level in eased.levels} == {1} and eased.levels == tried[-1]


def test_where_nothing_that_is_tried_helps_the_trial_with_the_fewest_findings_is_taken():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))

    def left(system, trial):
        return 5 - max((steps for (_, level), steps in trial.levels.items() if level == 0), default=0)

    eased = coarser(Coarsening(), [found("", 1)], made.counted, made.family, left)
    assert eased.levels and {level for _, level in eased.levels} == {0}
