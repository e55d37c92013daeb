"""One row less: never a second release; model figures hardly move, and are the same whoever gave which answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from at_rest import a_wave, rows_of

from analytics import flow, modelled, quality_figures
from analytics.groups import Groups, groups
from analytics.measured import measure
from analytics.protect import Thresholds, steps
from analytics.protect.family import family
from analytics.wave import Wave
from data import editions, road
from data.samples.company import WAVES, file_of
from tests.pages.conftest import small_wave

SALT = b"s" * 32
WHOLE = ("reliability", "profiles", "slope")
BETWEEN_TEAMS = ("icc1", "icc2", "rwg", "ad")  # tell of teams, so they are the same inside a team or block only
SLOPES = {f"{kind}{at}" for kind in ("a", "se_a", "b") for at in range(6)}  # of a response surface
# The order of predictors that cannot be told apart; and what a drawn column explains where nothing explains anything.
UNCERTAIN = ("place", "noise|share")


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


def filled(wave: Wave, people: int, alike: bool) -> Wave:
    """Some people of a wave who answered everything: gaps as most answered, or all answers drawn anew (``alike``
    false), so that nothing hangs together and every model is at its least sure."""
    rng = np.random.default_rng(people)
    some = rows_of(wave, np.sort(rng.choice(len(wave), people, replace=False)))
    answers = some.answers.copy()
    for item in answers:
        held = answers[item].to_numpy()
        drawn = (
            rng.integers(1, 6, people) if not alike else np.where(held == 0, np.bincount(held[held > 0]).argmax(), held)
        )
        answers[item] = drawn.astype(np.int8)
    return replace(some, answers=answers)


def model_figures(wave: Wave, fitted: bool) -> dict[tuple[str, int, str, str], tuple[float, int]]:
    """What a release tells of models; ``fitted``: of profiles as well, without which nothing is drawn at random."""
    found, sizes = measure(wave), Thresholds()
    units = family(wave.tree, np.bincount(wave.unit, minlength=len(wave.tree)), sizes.k)
    tested = groups(found.scores, found.boundary, wave, blrt_draws=0) if fitted else Groups("too few", "", 0)
    cells = [*modelled.fixed(wave, found, tested, units, sizes), *quality_figures.figures(wave, found, units, sizes)]
    views = ("profiles",) if fitted else ("reliability", "quality", "fit", "drivers")
    named = [cell for cell in cells if cell["view"] in views]
    return {(c["view"], c["node"], c["measure"], c["part"]): (c["value"], c["n_low"]) for c in named}


def step_of(view: str, part: str, n: int) -> float:
    """The step that a figure of ``n`` people or more is told in."""
    if view == "quality" or part in ("npar", "replicated", "occ", "blrt"):
        return 1.0
    if part in ("aic", "bic", "sabic", "icl", "loglik"):
        return 10.0 if part == "loglik" else 20.0
    if part == "general":
        return steps.GENERAL
    if part in SLOPES or part in ("rwg", "ad"):
        return steps.slope(n) if part in SLOPES else steps.agreement(n)
    if part.endswith("|share") and view == "drivers":
        return steps.of_explained(n)
    if part in ("sem", "smallest") or (view != "reliability" and part not in ("entropy", "avepp")):
        return steps.points(n)
    return steps.coefficient(n) * (2 if part in ("icc2", "entropy", "avepp") else 1)


def moved(wave: Wave, rows: Iterable[int], fitted: bool = False) -> list[tuple[object, ...]]:
    """Every figure that moves by more than its step when one of ``rows`` is left out, with both values."""
    before, found = model_figures(wave, fitted), []
    for row in rows:
        after = model_figures(rows_of(wave, np.delete(np.arange(len(wave)), row)), fitted)
        for key in before.keys() & after.keys():
            (now, n), (then, less) = before[key], after[key]
            step = step_of(key[0], key[3], min(n, less))
            if abs(now - then) > step + 1e-6 and not key[3].endswith(UNCERTAIN):
                found.append((row, *key, now, then))
    assert before
    return found


@pytest.mark.parametrize("alike", [True, False], ids=["as answered", "at random"])
@pytest.mark.parametrize(
    ("people", "every"), [(101, 2), *(pytest.param(n, 1, marks=pytest.mark.long) for n in (101, 300))]
)
def test_whoever_is_left_out_no_model_figure_moves_by_more_than_one_step(company, people, every, alike):
    assert moved(filled(company, people, alike), range(0, people, every)) == []


@pytest.mark.long
def test_whoever_is_left_out_no_figure_of_profiles_of_300_people_moves_by_more_than_one_step(company):
    assert moved(filled(company, 300, True), range(0, 300, 4), fitted=True) == []


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
