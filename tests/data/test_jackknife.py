"""One row less: never a second release; model figures hardly move, and are the same whoever gave which answers."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from at_rest import a_wave, rows_of

from analytics import flow
from analytics.instrument import Scale
from analytics.protect import Thresholds, model
from analytics.reliability import reliability
from analytics.score import answer_codes
from analytics.wave import Wave
from data import editions, road
from data.samples.company import WAVES, file_of
from tests.pages.conftest import small_wave

SALT = b"s" * 32
WHOLE = ("reliability", "profiles", "slope")
BETWEEN_TEAMS = ("icc1", "icc2", "rwg", "ad")  # tell of teams, so they are the same inside a team or block only
STEP = 0.01  # coefficients are told to two decimals


def refused(wave: Wave, row: int) -> bool:
    """Whether the wave without a row would not be published beside the wave."""
    less = rows_of(wave, np.delete(np.arange(len(wave)), row))
    mine, theirs = editions.signatures(less, SALT), editions.signatures(wave, SALT)
    shared = editions.shared_rows(mine, theirs)
    same = len(less) == len(wave) and editions.are_same(mine, theirs)
    found = [editions.Edition(None, "S", "W", shared, len(wave), same)] if shared else []  # type: ignore[arg-type]
    return bool(editions.refusal(found, less))


@pytest.mark.parametrize("people", [20, 60, pytest.param(300, marks=pytest.mark.long)])
def test_whichever_row_is_left_out_the_rest_is_not_published(people):
    wave = a_wave(n=people)
    wave.answers.iloc[3] = 0  # one who answered nothing
    wave.answers.iloc[4] = 3  # and one who answered all alike: their hashes tell nothing
    assert [row for row in range(people) if not refused(wave, row)] == []


@pytest.fixture(scope="module")
def company() -> Wave:
    """The invented company's latest wave."""
    return road.assemble(road.look(str(file_of(WAVES[-1], two_groups=False)), "", None), None, "S", "W", b"").wave


def trusted(wave: Wave, scale: Scale) -> dict[str, float]:
    found = reliability(answer_codes(wave.answers, scale), scale)
    cells = model.reliability({scale.id: found}, Thresholds())
    return {cell["part"]: cell["value"] for cell in cells if cell["part"] != "n"}


def test_a_row_left_out_moves_no_displayed_coefficient_by_more_than_one_step(company):
    rng = np.random.default_rng(8)
    for scale in (one for one in company.scales if len(one.items) >= 3):
        before, mean = trusted(company, scale), company.answers[[item.id for item in scale.items]].mean(axis=1)
        extreme = [int(mean.to_numpy().argmax()), int(mean.to_numpy().argmin())]
        for row in [*extreme, *rng.integers(0, len(company), 2).tolist()]:
            after = trusted(rows_of(company, np.delete(np.arange(len(company)), row)), scale)
            assert after.keys() == before.keys()
            assert all(abs(after[part] - before[part]) <= STEP + 1e-9 for part in before), (scale.id, row)


@pytest.mark.long
def test_model_figures_of_the_whole_are_the_same_whoever_gave_which_answers():
    """Answers exchanged between any two people, whatever their units: what a model says of everybody stays as it is."""
    wave = small_wave()
    told = {"created": "2026-11-25", "code_version": "test"}
    first = flow.publish(wave, Thresholds(), **told).release.cells
    for one, other in ((0, len(wave) - 1),):
        answers = wave.answers.copy()
        answers.iloc[[one, other]] = wave.answers.iloc[[other, one]].to_numpy()
        again = flow.publish(replace(wave, answers=answers), Thresholds(), **told).release.cells
        kept = [cells[cells["view"].isin(WHOLE) & ~cells["part"].isin(BETWEEN_TEAMS)] for cells in (first, again)]
        whole = [cells.drop(columns=["ci_low", "ci_high"]) for cells in kept]  # intervals use the spread inside teams
        assert set(whole[0]["view"]) >= {"reliability", "slope"}
        pd.testing.assert_frame_equal(*[cells.reset_index(drop=True) for cells in whole])
