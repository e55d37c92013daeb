"""How exactly figures are displayed: never finer than the rules, never wrong, and never more telling than n allows."""

from fractions import Fraction
from itertools import pairwise
from math import ceil, isnan, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.protect import display
from analytics.protect.display import HIDDEN, mean, mean_step, n_band, share, share_bands, wilson
from analytics.release import NOT_SHOWN

SIZES = range(8, 401)
# From so many people on, the most bands that a share may be shown in and the smallest step of a mean.
MOST_BANDS = ((8, 3), (12, 4), (15, 5), (30, 10), (60, 20), (300, 100))
LEAST_STEP = ((0, 5), (20, 2), (50, 1))


def limit(n, table):
    return [most for start, most in table if n >= start][-1]


def test_the_number_of_answers_is_shown_as_a_band_that_holds_it():
    starts = (5, 8, 12, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000, 50_000, 100_000)
    for first, after in pairwise(starts):
        for n in (first, (first + after) // 2, after - 1):
            assert n_band(n) == (first, after - 1)
    assert n_band(4) == n_band(0) == (0, 4)


@pytest.mark.parametrize("insiders", [1, 2])
@pytest.mark.parametrize("coarser", [0, 1, 2])
def test_every_band_of_a_share_holds_two_counts_more_than_insiders(insiders, coarser):
    for n in SIZES if coarser == 0 else SIZES[::9]:
        bands = {}
        for hits in range(n + 1):
            shown = share(hits, n, insiders, coarser)
            bands.setdefault((shown.low, shown.high), []).append(hits)
        if share_bands(n, insiders, coarser) == 0:
            assert all(isnan(low) for low, _ in bands)
            continue
        assert len(bands) == share_bands(n, insiders, coarser)
        assert min(len(counts) for counts in bands.values()) >= insiders + 2, n


def test_shares_are_never_in_more_bands_and_means_never_in_smaller_steps_than_agreed():
    for n in SIZES:
        assert share_bands(n, 1) == limit(n, MOST_BANDS)
        assert share_bands(n, 2) <= limit(n, MOST_BANDS)
        assert mean_step(n) == limit(n, LEAST_STEP)
    for n in range(5, 8):
        assert share_bands(n, 1) <= 3 and mean_step(n) == 5


def test_coarser_levels_only_ever_get_coarser_until_nothing_is_shown():
    for n in (5, 8, 14, 29, 59, 200, 400):
        bands = [share_bands(n, 1, coarser) for coarser in range(9)]
        steps = [mean_step(n, coarser) for coarser in range(7)]
        assert bands == sorted(bands, reverse=True) and bands[-1] == 0
        assert len(set(bands) - {0}) == sum(b > 0 for b in bands)
        held = [step for step in steps if step]
        assert held == sorted(set(held)) and steps[-1] == 0
        assert share(2, n, 1, 8) is HIDDEN and mean(50.0, n, 1, 10.0, 6) is HIDDEN


@pytest.mark.parametrize("insiders", [1, 2])
def test_the_true_share_lies_in_its_band(insiders):
    for n in SIZES:
        bands = share_bands(n, insiders)
        for hits in range(n + 1):
            shown = share(hits, n, insiders)
            at = round(shown.low * bands / 100)
            assert at * n <= hits * bands < (at + 1) * n or (hits == n and at == bands - 1)
            assert abs(shown.low - 100 * at / bands) < 1e-9 and abs(shown.high - 100 * (at + 1) / bands) < 1e-9
            assert isnan(shown.value)


def test_a_share_is_worded_as_its_band():
    assert [share(hits, 8, 1).text for hits in (0, 3, 8)] == ["0–33 %", "33–67 %", "67–100 %"]
    assert share(3, 12, 1).text == "25–50 %" and share(45, 300, 1).text == "15–16 %"


@given(
    n=st.integers(5, 5000),
    insiders=st.integers(1, 2),
    coarser=st.integers(0, 5),
    part=st.fractions(min_value=0, max_value=100, max_denominator=600),
)
def test_the_true_mean_lies_in_the_range_that_is_displayed(n, insiders, coarser, part):
    raw = Fraction(round(part * n * 6), 6 * n)  # a mean of n scores that are multiples of a sixth
    shown = mean(float(raw), n, insiders, 18.0, coarser)
    if shown is HIDDEN:
        assert mean_step(n, coarser) == 0 or 100 * (insiders + 1) / n_band(n)[0] > 50 - mean_step(n, coarser)
        return
    assert shown.low - 1e-9 <= raw <= shown.high + 1e-9
    assert 0 <= shown.low < shown.high <= 100
    step = mean_step(n, coarser)
    if not isnan(shown.value):
        assert shown.value % step == 0
        assert (shown.low, shown.high) == (shown.value - step / 2, shown.value + step / 2)
        assert shown.text == f"{shown.value:.0f}"


@given(n=st.integers(5, 5000), insiders=st.integers(1, 3), coarser=st.integers(0, 4), raw=st.floats(0, 100))
def test_a_mean_that_is_shown_as_a_point_leaves_room_for_one_more_than_the_insiders(n, insiders, coarser, raw):
    shown = mean(raw, n, insiders, 18.0, coarser)
    if not isnan(shown.value):
        assert n * shown.low >= 100 * (insiders + 1)
        assert n * shown.high <= 100 * (n - insiders - 1)


@given(n=st.integers(5, 5000), insiders=st.integers(1, 2), raw=st.floats(0, 100))
def test_cut_ends_are_those_of_the_smallest_number_of_answers_in_the_band(n, insiders, raw):
    step = limit(n, LEAST_STEP)
    cut = step * ceil(Fraction(100 * (insiders + 1), n_band(n)[0] * step))
    shown = mean(raw, n, insiders, 18.0)
    if cut >= 50:
        assert shown is HIDDEN
    elif raw < cut + step / 2:
        assert (shown.low, shown.high, shown.text) == (0.0, cut + step / 2, f"{cut} or lower")
    elif raw >= 100 - cut - step / 2:
        assert (shown.low, shown.high, shown.text) == (100 - cut - step / 2, 100.0, f"{100 - cut} or higher")
    else:
        assert shown.value in (step * (raw // step), step * (raw // step + 1))
    if "or" in shown.text and shown is not HIDDEN:
        assert isnan(shown.value) and isnan(shown.ci_low) and isnan(shown.ci_high)


def test_eight_answers_show_means_from_30_to_70_in_steps_of_5():
    texts = list(dict.fromkeys(mean(raw / 10, 8, 1, 18.0).text for raw in range(1001)))
    assert texts == ["25 or lower", "30", "35", "40", "45", "50", "55", "60", "65", "70", "75 or higher"]


def test_too_many_insiders_for_a_small_group_leave_nothing_to_show():
    assert mean(50.0, 6, 2, 18.0) is HIDDEN and mean(50.0, 10, 3, 18.0) is HIDDEN
    assert share(4, 8, 3) is HIDDEN
    assert HIDDEN.text == NOT_SHOWN
    assert all(isnan(number) for number in (HIDDEN.value, HIDDEN.low, HIDDEN.high, HIDDEN.ci_low, HIDDEN.ci_high))


def test_an_interval_says_no_more_of_n_and_of_the_figure_than_what_is_displayed():
    for n, other in ((8, 11), (12, 19), (20, 49), (50, 99), (100, 199)):
        assert mean(50.0, n, 1, 18.0) == mean(50.0, other, 1, 18.0)
        step = mean_step(n)
        assert mean(50.0 - step / 3, n, 1, 18.0) == mean(50.0 + step / 3, n, 1, 18.0)
    assert (mean(50.0, 8, 1, 18.0).ci_low, mean(50.0, 8, 1, 18.0).ci_high) == (37.5, 62.5)  # 1.96 x 18 / sqrt(8)
    assert isnan(mean(50.0, 8, 1, nan).ci_low) and mean(50.0, 8, 1, nan).value == 50.0


def test_the_interval_of_a_share_holds_that_of_every_count_and_n_that_its_band_allows():
    for low_n in (8, 12, 20, 50, 100):
        first, last = n_band(low_n)
        for bands in {share_bands(n, 1) for n in range(first, last + 1)}:
            sizes = [n for n in range(first, last + 1) if share_bands(n, 1) == bands]
            drawn = {}
            for n in sizes:
                for hits in range(n + 1):
                    shown = share(hits, n, 1)
                    drawn.setdefault((shown.low, shown.high), set()).add((shown.ci_low, shown.ci_high))
                    low, high = wilson(hits / n, n)
                    assert shown.ci_low <= 100 * low + 0.05 and 100 * high - 0.05 <= shown.ci_high
            assert all(len(ends) == 1 for ends in drawn.values())  # the band decides, not the count


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilson_gives_the_published_intervals(hits, n, low, high):
    """Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<857::AID-SIM777>3.0.CO;2-E, Table I, method 3."""
    assert wilson(hits / n, n) == pytest.approx((low, high), abs=6e-5)


def test_steps_and_bands_are_whole_divisions():
    assert all(50 % step == 0 for step in display.STEPS if step <= 10)
    assert all(coarse < fine for fine, coarse in pairwise(display.BANDS))
