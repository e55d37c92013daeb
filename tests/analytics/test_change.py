"""Change between two waves, from what both show."""

import math

import numpy as np
import pytest
from releases import CBI, cell, hidden, mean_measure, release, scale, share_measure
from scipy import stats

from analytics.change import change, changes, joined, series
from analytics.comparable import anchored, composition, difference_in_kind
from analytics.lineage import lineage
from analytics.reading import Cell, Reading

WORK = ("indicators", "CBI.work")
SHARE = share_measure("I7", "Low detachment")
MEASURES = [mean_measure("CBI.work"), SHARE]


def mean(node, value, n=(50, 99), step=1):
    half = step / 2
    return cell(
        "indicators", node, "CBI.work", f"{value}", low=value - half, high=value + half, n_low=n[0], n_high=n[1]
    )


def share(node, low, high, n=(50, 99)):
    return cell("indicators", node, "I7", f"{low}–{high} %", n_low=n[0], n_high=n[1])


def wave(*rows, names=("A", "B", "C"), **more):
    return Reading(release(list(rows), names, **{"measures": MEASURES, **more}))


def compared(earlier, later, asked=(WORK,)):
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    return {(one.node, one.measure): one for one in changes(earlier, later, matched, asked)}


def test_a_change_of_one_step_is_steady_and_of_more_is_up_or_down():
    earlier = wave(mean(0, 40), mean(1, 40, (20, 49), 2), mean(2, 40, (20, 49), 2), mean(3, 40))
    later = wave(mean(0, 41), mean(1, 42, (20, 49), 2), mean(2, 44, (20, 49), 2), mean(3, 30))
    found = compared(earlier, later)
    assert [found[node, "CBI.work"].state for node in range(4)] == ["steady", "steady", "up", "down"]
    assert found[3, "CBI.work"].difference == -10


def test_the_coarser_of_two_steps_decides():
    found = compared(wave(mean(1, 40, (12, 19), 5)), wave(mean(1, 44, (20, 49), 2)))
    assert found[1, "CBI.work"].state == "steady"


def test_a_large_change_of_many_is_clear_and_of_few_is_not():
    earlier = wave(mean(1, 40, (100, 199)), mean(2, 40, (20, 49), 2), mean(3, 40, (12, 19), 5))
    later = wave(mean(1, 50, (100, 199)), mean(2, 46, (20, 49), 2), mean(3, 70, (12, 19), 5))
    found = compared(earlier, later)
    assert [found[node, "CBI.work"].clear for node in (1, 2, 3)] == [True, False, False]
    assert found[2, "CBI.work"].state == "up"


def test_a_sure_but_small_change_is_not_clear():
    found = compared(wave(mean(0, 40, (5000, 9999))), wave(mean(0, 44, (5000, 9999))))
    one = found[0, "CBI.work"]
    assert one.low > 0 and one.state == "up" and not one.clear


def test_the_interval_of_a_mean_is_welch_with_the_rounding_of_both():
    one = compared(wave(mean(0, 40)), wave(mean(0, 52)))[0, "CBI.work"]
    error = math.sqrt(2 * 18**2 / 50)
    with_rounding = math.sqrt(error**2 + 2 / 12)
    half = stats.t.ppf(0.975, 98) * with_rounding
    assert (one.low, one.high) == (pytest.approx(12 - half), pytest.approx(12 + half))


def test_change_of_a_share_takes_the_widest_interval_that_the_bands_allow():
    found = compared(wave(share(1, 20, 30, (100, 199))), wave(share(1, 60, 70, (100, 199))), [("indicators", "I7")])
    one = found[1, "I7"]
    assert one.state == "up" and one.clear and one.difference == 40
    assert 0 < one.low < 30 and 50 < one.high < 61
    near = compared(wave(share(1, 20, 30)), wave(share(1, 30, 40)), [("indicators", "I7")])[1, "I7"]
    assert near.state == "steady" and not near.clear and near.low < 0 < near.high


def test_many_changes_are_corrected_together():
    names = [f"T{i}" for i in range(40)]
    values = [40] * 39 + [50]
    earlier = wave(*(mean(i + 1, 40) for i in range(40)), names=names)
    later = wave(*(mean(i + 1, value) for i, value in enumerate(values)), names=names)
    alone = compared(wave(mean(1, 40)), wave(mean(1, 50)))[1, "CBI.work"]
    assert alone.clear
    assert not compared(earlier, later)[40, "CBI.work"].clear


def test_without_true_change_clear_is_rare():
    rng = np.random.default_rng(0)
    names = [f"T{i}" for i in range(20)]
    pages = 0
    for _ in range(40):
        waves = [
            wave(*(mean(i + 1, round(rng.normal(45, 18 / math.sqrt(60)))) for i in range(20)), names=names)
            for _ in "ab"
        ]
        pages += any(one.clear for one in compared(*waves).values())
    assert pages <= 4


def test_what_either_wave_hides_has_no_change():
    found = compared(
        wave(mean(1, 40), hidden("indicators", 2, "CBI.work")), wave(hidden("indicators", 1, "CBI.work"), mean(2, 60))
    )
    assert {found[node, "CBI.work"].state for node in (1, 2)} == {"hidden"}
    assert math.isnan(found[1, "CBI.work"].difference)


def test_a_unit_without_a_past_is_new():
    found = compared(wave(mean(1, 40), names=("A",)), wave(mean(1, 40), mean(2, 50), names=("A", "B")))
    assert found[2, "CBI.work"].state == "new" and found[2, "CBI.work"].note == "Not in the earlier survey."
    assert found[1, "CBI.work"].state == "steady"


@pytest.mark.parametrize(
    "entry", [{"n_items": 6}, {"levels": 7}, {"reversed": ["Tired"]}, {"min_answered": 5}, {"version": "2"}]
)
def test_other_questions_or_scoring_break_the_line(entry):
    changed = [scale("CBI.work", "Work burnout", **entry)]
    found = compared(wave(mean(1, 40)), wave(mean(1, 60), scales=changed))
    assert found[1, "CBI.work"].state == "broken" and "cannot be compared" in found[1, "CBI.work"].note
    assert not found[1, "CBI.work"].drawn


def test_another_line_breaks_a_share_and_the_same_line_does_not():
    at = {"at": 50.0, "name": "", "kind": "published", "source": "", "population": "", "caveat": ""}
    one, two = (wave(measures=[{**SHARE, "line": {**at, "at": value}}]) for value in (50.0, 62.5))
    assert difference_in_kind(one, two, "I7") and not difference_in_kind(one, one, "I7")


def test_an_index_of_one_part_is_never_joined_to_a_full_one():
    measures = [mean_measure("B", role="boundary", headline=False, scale="")]
    full = wave(measures=measures)
    part = wave(measures=measures, boundary={"kind": "preference only", "parts": ["EVK.preference"], "sentence": ""})
    assert "other parts" in difference_in_kind(full, part, "B")
    assert difference_in_kind(full, full, "B") == ""


def test_merged_units_have_the_range_that_their_figures_allow():
    one = Cell(1, "I7", "", "share", True, 20, 49, math.nan, 20.0, 30.0, text="20–30 %")
    two = Cell(2, "I7", "", "share", True, 50, 99, math.nan, 60.0, 70.0, text="60–70 %")
    both = joined([one, two])
    assert both.shown and (both.n_low, both.n_high) == (70, 148)
    assert both.low == pytest.approx((20 * 49 + 60 * 50) / 99) and both.high == pytest.approx((70 * 99 + 30 * 20) / 119)
    assert not joined([one, Cell(2, "I7")]).shown


def test_a_merged_unit_is_compared_with_what_its_parts_showed():
    earlier = wave(mean(1, 30, (20, 49), 2), mean(2, 34, (20, 49), 2), names=("A", "B"))
    later = wave(mean(1, 60), names=("AB",))
    matched = lineage(earlier.manifest["units"], later.manifest["units"], {("A",): ("AB",), ("B",): ("AB",)})
    found = change(earlier, later, matched, 1, "indicators", "CBI.work")
    assert found.state == "up" and not found.clear and found.before.low >= 29


def test_warnings_name_who_answered_and_the_units_and_are_silent_otherwise():
    few, many = wave(n={"low": 100, "high": 199}), wave(n={"low": 200, "high": 499}, names=("A", "B", "D"))
    matched = lineage(few.manifest["units"], many.manifest["units"])
    told = composition(few, many, matched)
    assert told[0].startswith("More people answered") and "1 are new and 1 are gone" in told[1]
    same = lineage(few.manifest["units"], few.manifest["units"])
    assert composition(few, few, same) == ()
    assert composition(many, few, matched)[0].startswith("Fewer people answered")


def test_a_response_rate_that_moved_more_than_ten_points_is_said():
    def rate(low, high):
        row = cell("response", 0, "response", f"{low}–{high} %")
        return wave(row, measures=[*MEASURES, share_measure("response", "Response rate")])

    matched = lineage(rate(60, 65).manifest["units"], rate(60, 65).manifest["units"])
    assert any("response rate" in told for told in composition(rate(60, 65), rate(75, 80), matched))
    assert not any("response rate" in told for told in composition(rate(60, 65), rate(65, 70), matched))


def test_leanings_say_that_their_bands_are_fixed():
    leaning = wave(measures=[share_measure("leaning", "Leaning", kind="parts")])
    assert "same fixed bands" in anchored(leaning, leaning)
    assert anchored(wave(), leaning) == ""


def test_all_headline_scores_are_asked_in_one_correction():
    every = [mean_measure(m) for m in CBI]
    rows = [cell("indicators", 1, m, "40", low=39.5, high=40.5, n_low=50, n_high=99) for m in CBI]
    found = compared(wave(*rows, measures=every), wave(*rows, measures=every), [("indicators", m) for m in CBI])
    assert len(found) == 12 and found[1, CBI[0]].state == "steady" and found[1, CBI[0]].p == 1


def test_a_series_goes_back_as_far_as_a_line_may_be_drawn():
    one, two = wave(mean(1, 40), names=("A",)), wave(mean(1, 44), names=("A",))
    three = wave(mean(2, 50), names=("New", "A"))
    matched = [lineage(a.manifest["units"], b.manifest["units"]) for a, b in ((one, two), (two, three))]
    told = series([one, two, three], matched, 2, *WORK)
    assert [cell.text for cell in told] == ["40", "44", "50"]
    assert [cell.shown for cell in series([one, two, three], matched, 1, *WORK)] == [False, False, False]
    other = wave(mean(1, 44), names=("A",), scales=[scale("CBI.work", "Work", levels=7)])
    assert [cell.shown for cell in series([one, other, three], matched, 2, *WORK)] == [False, False, True]


def test_only_the_asked_units_are_compared():
    earlier, later = wave(mean(1, 40), mean(2, 40)), wave(mean(1, 60), mean(2, 60))
    matched = lineage(earlier.manifest["units"], later.manifest["units"])
    assert [one.node for one in changes(earlier, later, matched, [WORK], nodes=[2])] == [2]
