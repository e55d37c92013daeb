"""Drivers and fit of a whole wave, unit by unit."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from small_waves import CBI_WORK, CONTROL, random_wave

from analytics.associations import associations
from analytics.score import score

BLOCKS = 30


@pytest.fixture(scope="module")
def wave():
    return random_wave(n=1500)


def worked_out(wave, inside, block=None, outcomes=("CBI.work",), **more):
    block = np.arange(len(wave)) % BLOCKS if block is None else block
    return list(associations(wave, score(wave), outcomes, block, inside, **more))


def test_each_unit_has_drivers_and_fit_of_each_outcome(wave):
    found = worked_out(wave, {0: range(BLOCKS), 3: range(15)}, outcomes=("CBI.work", "CBI.personal"))
    assert {(one.view, one.node, one.outcome) for one in found} == {
        (view, node, outcome)
        for view in ("drivers", "fit")
        for node in (0, 3)
        for outcome in ("CBI.work", "CBI.personal")
    }
    assert all(one.n < 1500 for one in found if one.node == 3)


def test_no_burnout_scale_is_a_driver_and_hours_are(wave):
    (one,) = [one for one in worked_out(wave, {0: range(BLOCKS)}) if one.view == "drivers"]
    named = {figure.part.split("|")[1] for figure in one.figures if figure.part.endswith("|share")}
    assert "hours" in named and "EVK.control" in named and not any(name.startswith("CBI") for name in named)


def test_both_levels_are_there_and_random_answers_have_no_clear_driver(wave):
    (one,) = [one for one in worked_out(wave, {0: range(BLOCKS)}) if one.view == "drivers"]
    assert {figure.part.split("|")[0] for figure in one.figures} == {"within", "between"}
    assert [figure.text for figure in one.figures if figure.part.endswith("|clear")].count("yes") == 0


def test_a_unit_with_too_few_answers_gets_nothing(wave):
    assert worked_out(wave, {5: [0]}) == []
    assert {one.view for one in worked_out(wave, {5: range(6)}, least=150)} <= {"drivers", "fit"}


def test_people_of_no_block_are_left_out(wave):
    block = np.arange(len(wave)) % BLOCKS
    block[:500] = -1
    cut = replace(wave, answers=wave.answers[500:], numbers=wave.numbers[500:], unit=wave.unit[500:])
    inside = {0: range(BLOCKS)}
    assert worked_out(wave, inside, block) == worked_out(cut, inside, block[500:])


def test_without_preference_or_supply_there_is_no_fit_and_without_predictors_no_driver():
    alone = random_wave(n=400, scales=(CBI_WORK,))
    alone = replace(alone, numbers=pd.DataFrame(index=alone.answers.index))
    assert worked_out(alone, {0: range(BLOCKS)}) == []
    assert {one.view for one in worked_out(random_wave(n=400, scales=(CBI_WORK, CONTROL)), {0: range(BLOCKS)})} == {
        "drivers"
    }


def test_the_surface_is_kept_back_when_answers_are_random(wave):
    (one,) = [one for one in worked_out(wave, {0: range(BLOCKS)}) if one.view == "fit"]
    assert next(figure.text for figure in one.figures if figure.part == "verdict") == "no curvature"
