"""What publishing makes coarser when the attack has found something: one split of one level at a time, then bands."""

from company_waves import company_wave, protected
from small_waves import CBI_WORK

from analytics.protect.cells import Coarsening
from analytics.protect.coarsen import coarser


def found(part, *nodes):
    return {"kind": "undecided", "measure": "CBI.work", "node": nodes[0], "nodes": list(nodes), "part": part}


def test_a_split_goes_on_its_deepest_level_first_then_for_the_organisation_then_bands_grow():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    blamed = [found("site|Site 1", 0, 1), found("site|Site 2", 2)]
    first = coarser(Coarsening(), blamed, made.counted, made.family)
    assert first.unsplit == {("CBI.work", 1, "site")} and not first.levels
    second = coarser(first, blamed, made.counted, made.family)
    assert second.unsplit == {("CBI.work", 1, "site"), ("CBI.work", 0, "site")} and not second.levels
    third = coarser(second, blamed, made.counted, made.family)
    assert third.unsplit == second.unsplit and third.levels


def test_the_attribute_that_most_findings_blame_goes_and_others_stay():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    blamed = [found("age|to 29", 1), found("site|Site 1", 1), found("site|Site 2", 2)]
    assert coarser(Coarsening(), blamed, made.counted, made.family).unsplit == {("CBI.work", 1, "site")}


def test_a_finding_that_names_no_split_makes_a_level_coarser_and_keeps_splits():
    made = protected(company_wave([-1, 0, 0], [0, 60, 60], scales=(CBI_WORK,), hours=False))
    eased = coarser(Coarsening(), [found("", 1)], made.counted, made.family)
    assert not eased.unsplit and eased != Coarsening()
