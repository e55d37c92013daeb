"""The record that publishing takes: verdicts, figures, and what must not change them."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from simulated import EVK, answers
from small_waves import PREFERENCE, TO_HOME, TO_WORK, a_wave

from analytics.groups import group_codes, groups
from analytics.instrument import Scale
from analytics.score import score
from analytics.segment import boundary

SCALES = (PREFERENCE, TO_HOME, TO_WORK)
TURNED = ("EVK.PREF3", "EVK.PREF4", "EVK.ENAW1", "EVK.ENAW2", "EVK.ENAH1", "EVK.ENAH2")


def a_survey(kind, n, seed=0, delta=0.0, gaps=0.03):
    """A wave of the boundary questions as people answer them, some reversed, some left out."""
    rng = np.random.default_rng(seed)
    codes = answers(kind, n, EVK, rng, delta)
    items = [item.id for scale in SCALES for item in scale.items]
    table = {item: 6 - column if item in TURNED else column for item, column in zip(items, codes.T, strict=True)}
    return a_wave({item: np.where(rng.random(n) < gaps, 0, column) for item, column in table.items()}, SCALES)


def found_in(wave, **options):
    scores = score(wave)
    return groups(scores, boundary(scores, wave.scales), wave, **options)


@pytest.fixture(scope="module")
def clear():
    return found_in(a_survey("classes", 500, 1, delta=7), blrt_draws=19)


def test_two_clear_groups_with_everything_that_is_shown(clear):
    assert clear.verdict == "two groups" and clear.sentence == "The data support two groups."
    assert clear.statistic > 10 and clear.p < 0.05 and clear.p_peaked < 0.1
    assert clear.people == 500 and 450 < clear.tested <= 500 and clear.fitted == 500 and not clear.exploratory
    assert [row.k for row in clear.fits] == [1, 2, 3, 4, 5]
    assert clear.fits[1].blrt_p == pytest.approx(0.05)
    assert clear.profiles.names == ("integration", "balance")
    assert clear.stability.verdict == "stable" and clear.stability.split_half > 0.8
    assert min(clear.certainty.avepp) > 0.8 and 0.7 < clear.certainty.certain <= 1
    assert clear.certainty.entropy == clear.fits[1].entropy
    assert abs(clear.acquiescence.r) < 0.2 and clear.acquiescence.pairs == 2


def test_people_are_given_to_a_group_only_where_that_is_likely(clear):
    codes = group_codes(clear)
    assert set(codes) == {1, 2, 3}
    assert (clear.memberships[codes == 3, 1] >= 0.8).all() and (clear.memberships[codes == 1, 0] >= 0.8).all()
    assert (clear.memberships[codes == 2].max(axis=1) < 0.8).all()


def test_one_continuum_has_figures_but_no_groups():
    found = found_in(a_survey("continuum", 300, 2), blrt_draws=0)
    assert found.verdict == "continuum" and found.p >= 0.05
    assert len(found.fits) == 5 and (group_codes(found) == 0).all()


@pytest.fixture(scope="module")
def plain():
    """A wave and what is found in it, to compare with the same wave told otherwise."""
    wave = a_survey("classes", 200, 3, delta=6)
    return wave, found_in(wave, blrt_draws=0)


@pytest.mark.parametrize("case", ["rows", "columns", "scales", "seed"])
def test_order_and_seed_change_nothing(plain, case):
    wave, before = plain
    order, seed = np.arange(len(wave)), 0
    if case == "rows":
        order = np.random.default_rng(0).permutation(len(wave))
    elif case == "seed":
        seed = 7
    changed = replace(wave, answers=wave.answers.iloc[order])
    if case == "columns":
        changed = replace(wave, answers=wave.answers[wave.answers.columns[::-1]])
    if case == "scales":
        changed = replace(wave, scales=wave.scales[::-1])
    after = found_in(changed, seed=seed, blrt_draws=0)
    assert after.verdict == before.verdict and after.statistic == pytest.approx(before.statistic, abs=1e-8)
    np.testing.assert_allclose(after.memberships, before.memberships[order], atol=1e-8)
    if case != "seed":
        assert (after.p, after.p_peaked) == (before.p, before.p_peaked)
        assert after.stability.ari == pytest.approx(before.stability.ari)
        for new, old in zip(after.fits, before.fits, strict=True):
            assert new.bic == pytest.approx(old.bic, abs=1e-6)


def swapped(scale: Scale) -> Scale:
    return replace(scale, items=tuple(replace(item, reversed=not item.reversed) for item in scale.items))


def test_swapping_every_key_swaps_the_labels(plain):
    wave, before = plain
    turned = found_in(replace(wave, scales=tuple(swapped(scale) for scale in wave.scales)), blrt_draws=0)
    np.testing.assert_allclose(turned.memberships, before.memberships[:, ::-1], atol=1e-8)
    assert (turned.verdict, turned.p, turned.p_peaked) == (before.verdict, before.p, before.p_peaked)
    assert turned.statistic == pytest.approx(before.statistic, abs=1e-8)
    codes = group_codes(before)
    np.testing.assert_array_equal(group_codes(turned), np.where(codes > 0, 4 - codes, 0))


def test_too_few_people_have_no_groups_and_are_told_why():
    found = found_in(a_survey("classes", 99, 5, delta=6, gaps=0))
    assert found.verdict == "too few" and "100" in found.sentence and "99" in found.sentence
    assert found.fits == () and found.profiles is None
    with pytest.raises(ValueError, match="no profiles"):
        group_codes(found)


def test_a_file_without_boundary_questions_says_so():
    wave = a_survey("continuum", 150, 6)
    bare = replace(wave, scales=())
    found = groups(pd.DataFrame(index=wave.answers.index), boundary(score(bare), ()), bare)
    assert found.verdict == "too few" and "no questions" in found.sentence and found.people == 0


def test_one_score_for_all_has_no_groups():
    wave = a_survey("continuum", 150, 7, gaps=0)
    same = wave.answers.assign(**{item: np.int8(3) for item in PREFERENCE.columns})
    assert found_in(replace(wave, answers=same)).verdict == "too few"


def test_preference_alone_is_tested_on_its_own():
    wave = a_survey("continuum", 300, 8)
    found = found_in(replace(wave, scales=(PREFERENCE,)), blrt_draws=0)
    assert found.scales == ("EVK.preference",) and found.verdict == "continuum"


def test_few_people_are_called_exploratory():
    assert found_in(a_survey("continuum", 150, 9), blrt_draws=0).exploratory


def test_too_many_different_answers_are_fitted_on_a_sample_and_all_are_classified(monkeypatch):
    monkeypatch.setattr("analytics.groups.MOST_PATTERNS", 150)
    wave = a_survey("classes", 300, 10, delta=6)
    found = found_in(wave, blrt_draws=0)
    assert found.fitted == 150 and found.people == 300
    assert (~np.isnan(found.memberships[:, 0])).sum() == 300
    order = np.random.default_rng(1).permutation(300)
    again = found_in(replace(wave, answers=wave.answers.iloc[order]), blrt_draws=0)
    np.testing.assert_allclose(again.memberships, found.memberships[order], atol=1e-8)
