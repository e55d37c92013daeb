"""What is said and drawn of leanings over waves, and lines whose questions have come to mean something else."""

from dataclasses import replace

import numpy as np
import pytest
from releases import cell, mean_measure, release, share_measure
from test_anchored import SIZES, Worked
from test_groups import a_survey

from analytics import chart, finding
from analytics.anchored import Anchored, anchored, cells, told
from analytics.change import change, changes
from analytics.comparable import difference_in_kind, moved_question, same_meaning
from analytics.lineage import lineage
from analytics.manifest import groups
from analytics.protect import model
from analytics.reading import Reading

SCALE = "EVK.preference"


def entry(means=(60, 60, 60, 60), loadings=(0.7, 0.7, 0.7, 0.7), n=500):
    """A scale as a manifest tells it, with what its questions have in common."""
    items = [{"id": f"EVK.PREF{at}", "label": f"Question {at}"} for at in range(1, 5)]
    factor = {"n": n, "means": list(means), "spreads": [25] * 4, "loadings": list(loadings)} if n else None
    told = {"id": SCALE, "title": "Segmentation preference", "role": "preference", "n_items": 4, "min_answered": 2}
    return {**told, "levels": 5, "reversed": [], "source": "", "caveat": "", "items": items, "factor": factor}


def wave(name, figure="60", **factor):
    rows = [cell("indicators", 0, SCALE, figure, n_low=500, n_high=999)]
    return release(rows, wave=name, scales=[entry(**factor)], measures=[mean_measure(SCALE)])


def compared(before, after):
    one, two = Reading(before), Reading(after)
    matched = lineage(one.manifest["units"], two.manifest["units"])
    return changes(one, two, matched, [("indicators", SCALE)])[0]


def test_a_change_of_every_question_is_a_change():
    before, after = wave("Spring"), wave("Autumn", "70", means=(70, 70, 71, 69))
    found = compared(before, after)
    assert found.state == "up" and found.clear and found.note == ""
    (sentence,) = finding.meanings([before, after])
    assert "one scale of 1" in sentence and "mean the same as in Spring" in sentence


def test_a_question_that_moved_by_itself_is_named_and_no_change_is_clear():
    before, after = wave("Spring"), wave("Autumn", "66", means=(84, 60, 61, 59))
    found = compared(before, after)
    assert found.drawn and not found.clear
    assert "“Question 1” moved by about +24 points" in found.note and "from 60 to 60" in found.note
    assert found.note in chart.change([before, after], [SCALE]).numbers["In words"].iloc[0]
    (sentence,) = finding.meanings([before, after])
    assert sentence.startswith(f"{SCALE}: “Question 1” moved by itself, so no change")
    assert "Without it" not in moved_question(Reading(before), Reading(after), SCALE, node=3)


def test_questions_that_hang_together_otherwise_break_the_line():
    before, after = wave("Spring"), wave("Autumn", loadings=(0.9, -0.3, 0.1, 0.8))
    assert compared(before, after).state == "broken"
    assert "hang together differently" in difference_in_kind(Reading(before), Reading(after), SCALE)
    assert "congruence 0." in finding.meanings([before, after])[0]


def test_without_figures_of_the_questions_nothing_is_held_against_a_change():
    before, after = wave("Spring", n=0), wave("Autumn", "70")
    assert compared(before, after).clear
    assert finding.meanings([before, after])[0].startswith("Not checked") and finding.meanings([after]) == ()


def test_the_index_rests_on_all_of_its_parts():
    rows = [cell("leanings", 0, "leaning", "60–65 %", part="balance")]
    asked = {
        "measures": [share_measure("leaning", "Leaning", role="boundary", scale="")],
        "boundary": {"kind": "full", "parts": [SCALE]},
    }
    before, after = (
        Reading(release(rows, wave=name, scales=[entry(means=means)], **asked))
        for name, means in (("Spring", (60,) * 4), ("Autumn", (84, 60, 61, 59)))
    )
    assert same_meaning(before, after)[SCALE].verdict == "drift"
    assert "Question 1" in moved_question(before, after, "leaning", 0)
    matched = lineage(before.manifest["units"], after.manifest["units"])
    assert change(before, after, matched, 0, "leanings", "leaning", "balance").note


@pytest.fixture(scope="module")
def three():
    """Spring's profiles; summer and autumn are counted by them, with more people at the balance end in autumn."""
    spring = Worked(a_survey("classes", 600, 1, delta=7), "Spring")
    summer = later(spring, a_survey("classes", 600, 2, delta=7), "Summer")
    start = a_survey("classes", 600, 3, delta=7)
    upper = np.flatnonzero(Worked(start).found.memberships[:, 1] > 0.9)
    kept = np.r_[np.arange(600), upper, upper]
    more = replace(start, answers=start.answers.iloc[kept].reset_index(drop=True), unit=np.zeros(len(kept), np.int32))
    return [spring.published, summer, later(spring, more, "Autumn")]


def later(first, answers, name):
    """What a later wave displays of its own profiles and of those it was counted by."""
    one = Worked(answers, name)
    placed = one.on(first.published)
    said = groups(one.found) | {"tested": True, "anchored": told(placed, SIZES)}
    rows = [*model.profiles(one.found, SIZES), *cells(placed, SIZES)]
    parts = {"kind": "full", "parts": list(one.found.scales), "sentence": ""}
    return release(rows, wave=name, scales=list(one.scales.values()), boundary=parts, groups=said)


def test_shares_on_the_same_profiles_are_drawn_and_only_a_clear_shift_is_told(three):
    assert finding.over_waves(three[:2]) == "No clear change in the two leanings on the same profiles"
    assert finding.over_waves(three) == "On the same profiles, more people lean to balance than before"
    made = chart.counted(three)
    assert list(made.numbers["Survey"]) == ["Spring", "Summer", "Autumn"] and len(made.rows) == 3
    assert all(text.endswith(" %") for text in made.numbers["Balance-leaning"])
    alone = chart.counted(three[:1])
    assert not alone.rows and alone.title == "No two surveys are counted by the same profiles"
    with pytest.raises(ValueError, match="1 survey or more"):
        chart.counted([])


def test_a_later_wave_says_by_whose_profiles_it_was_counted(three):
    first, agreement, same = finding.counted_by(three[1])
    assert first.startswith("Counted by the two profiles of Spring: ") and "not fitted again" in first
    assert "nearly the same people" in agreement and "mean the same as in Spring" in same
    assert finding.counted_by(three[0]) == ()


def test_what_keeps_a_wave_from_being_counted_is_said(three):
    for why in (Anchored(why="The questions changed."), Anchored("Spring", "hash", 60, (0.5, 0.5), (30, 30))):
        said = finding.counted_by(release([], groups={"tested": True, "anchored": told(why, SIZES)}))
        assert len(said) == 1 and said[0].startswith("Not counted by the profiles of an earlier wave")


def test_other_groups_and_other_meanings_are_said_plainly():
    told = {"reference": "Spring", "release": "x", "why": "", "agreement": 0.4, "scales": {SCALE: "other"}}
    rows = [model.share("profiles", "anchored:2", f"{end}|share", 0.5, 200) for end in ("balance", "integration")]
    _, agreement, same = finding.counted_by(release(rows, scales=[entry()], groups={"anchored": told}))
    assert "not the same as in Spring" in agreement and "hang together differently" in same
    assert anchored([], None, None, {}, {}) == Anchored()
