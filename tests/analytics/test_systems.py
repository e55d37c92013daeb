"""Joint systems: every answer falls into one class, classes come from lines, and every share is a union of classes."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from company_waves import company_wave, protected
from small_waves import CBI_WORK, CONTROL, a_scale, a_wave, random_wave

from analytics import indicators, segment
from analytics.instrument import Line
from analytics.measure import Measure
from analytics.score import score
from analytics.systems import counts_from, systems


def systems_of(wave):
    scores = score(wave)
    codes, figures, _ = indicators.measures(wave, scores, segment.boundary(scores, wave.scales))
    return codes, {system.name: system for system in systems(figures)}


@pytest.fixture(scope="module")
def full():
    return systems_of(random_wave(n=400))


def test_measures_of_one_column_form_one_system_in_their_order(full):
    _, found = full
    assert {m.id for m in found["CBI.work"].measures} == {"CBI.work", "CBI.work>=50", "CBI.work>=75"}
    assert [m.id for m in found["B"].measures] == ["B", "leaning"]
    assert {m.id for m in found["hours"].measures} == {"I12.48", "I12.55"}
    assert {m.id for m in found["gapS"].measures} == {"I8", "I8.over"}
    assert all(m.column == name for name, system in found.items() for m in system.measures)


def test_ranges_are_those_between_the_lines(full):
    _, found = full
    assert found["CBI.work"].ranges == ((0.0, 50.0), (50.0, 75.0), (75.0, 100.0))
    assert found["B"].ranges == ((0.0, 40.0), (40.0, 60.0), (60.0, 100.0))
    assert found["EVK.control"].ranges == ((0.0, 50.0), (50.0, 100.0))
    assert found["EVK.preference"].ranges == ((0.0, 100.0),)
    assert found["hours"].ranges == (None, None, None)


def test_every_answer_is_in_one_class_and_its_value_in_the_range_of_that_class(full):
    codes, found = full
    for name, system in found.items():
        assert system.classes[0] == -1 and (system.classes[1:] >= 0).all()
        assert system.classes[1:].max() < len(system.ranges)
        assert len(system.classes) > codes[name].max()
        mean = next((m for m in system.measures if m.kind == "mean"), None)
        for code in range(1, len(system.classes)) if mean else ():
            low, high = system.ranges[system.classes[code]]
            assert low <= mean.weights[code] <= high


def test_a_share_counts_exactly_the_answers_in_its_classes(full):
    _, found = full
    for system in found.values():
        for measure, counts in zip(system.measures, system.counts, strict=True):
            in_class = system.classes[1:]
            weights = np.array(measure.weights[1:])
            if measure.kind == "mean":
                assert counts is None
            elif measure.kind == "share":
                np.testing.assert_array_equal(np.isin(in_class, counts), weights == 1.0)
            else:
                for place, part in enumerate(measure.parts):
                    np.testing.assert_array_equal(np.isin(in_class, counts[part]), weights == place)
                assert sorted(c for part in counts.values() for c in part) == list(range(len(system.ranges)))


def test_the_ends_of_the_middle_band_belong_to_the_leanings():
    boundary = segment.Boundary(np.array([39.9, 40.0, 40.1, 59.9, 60.0, 60.1]), "full", (), "")
    wave = random_wave(n=6)
    _, figures, _ = indicators.measures(wave, score(wave), boundary)
    (system,) = [one for one in systems(figures) if one.name == "B"]
    assert system.classes.tolist() == [-1, 0, 0, 1, 1, 2, 2]


def test_scores_exactly_at_a_line_are_at_or_above_it():
    """Seven answers of 3 of 5 make exactly 50; six of 4 and one of 4 turned round make exactly 75 and less."""
    wave = a_wave({item.id: [3, 2 if item.reversed else 4, 1] for item in CBI_WORK.items}, [CBI_WORK])
    codes, found = systems_of(wave)
    classes = found["CBI.work"].classes[codes["CBI.work"].to_numpy()]
    assert classes.tolist() == [1, 2, 0]


def calm_company():
    """Nobody scores above the middle on anything."""
    wave = company_wave([-1, 0, 0], [0, 60, 60], missing=0.0)
    answers = wave.answers.copy()
    for scale in wave.scales:
        for item in scale.items:
            held = answers[item.id].clip(upper=2)
            answers[item.id] = (item.levels + 1 - held if item.reversed else held).astype(np.int8)
    return replace(wave, answers=answers)


def test_classes_come_from_lines_and_not_from_answers():
    lively = {s.name: s for s in protected(company_wave([-1, 0, 0], [0, 60, 60], missing=0.0)).systems}
    calm = {s.name: s for s in protected(calm_company()).systems}
    for name in ("CBI.work", "CBI.personal", "B", "EVK.control", "EVK.detachment", "EVK.preference"):
        assert calm[name].ranges == lively[name].ranges
        assert calm[name].counts == lively[name].counts
        assert [m.id for m in calm[name].measures] == [m.id for m in lively[name].measures]
    assert calm["CBI.work"].classes.max() == 0 and lively["CBI.work"].classes.max() == 2


def test_classes_of_answers_without_a_mean_come_from_the_lines_too():
    """Nobody works more than 48 hours, everybody does: the classes and what each share counts stay the same."""
    some = of_hours([40, 50, 60])
    for hours in ([40, 40, 41], [60, 60, 61], [50, 50, 50]):
        one = of_hours(hours)
        assert one.ranges == some.ranges and one.counts == some.counts
        np.testing.assert_array_equal(one.classes, some.classes)


def of_hours(hours):
    return systems_of(a_wave({"EVK.PREF1": [1, 2, 3]}, [], hours=hours))[1]["hours"]


@pytest.mark.parametrize("at", [0.0, 33.0, 100.0])
def test_a_line_of_the_analysts_own_may_lie_anywhere(at):
    lines = (Line(at, "line", "convention", "us", "nobody"),)
    scale = a_scale("own.tired", "burnout", ["a", "b", "c"], lines=lines)
    wave = a_wave({f"own.{code}": [1, 2, 3, 4, 5] for code in "abc"}, [scale])
    codes, found = systems_of(wave)
    (system,) = found.values()
    share = system.measures[1]
    beyond = np.isin(system.classes[codes["own.tired"].to_numpy()], system.counts[1])
    np.testing.assert_array_equal(beyond, np.array([0, 25, 50, 75, 100]) >= share.line.at)
    assert all(low <= high for low, high in system.ranges)
    assert [a[1] == b[0] for a, b in pairwise(system.ranges)] == [True] * (len(system.ranges) - 1)


def test_a_share_below_its_line_counts_the_other_side():
    _, found = systems_of(random_wave(scales=(CONTROL,)))
    mean, below = found["EVK.control"].measures
    assert not counts_from(below) and counts_from(mean) and found["EVK.control"].counts[1] == (0,)


def test_a_share_of_a_scale_without_a_line_is_refused():
    mean = Measure("m", "mean", "m", "m", (np.nan, 10.0, 90.0))
    share = replace(mean, id="s", kind="share", weights=(np.nan, 0.0, 1.0))
    with pytest.raises(ValueError, match="should have a line, but s has none"):
        systems([mean, share])


def test_no_measures_no_systems():
    assert systems([]) == ()
