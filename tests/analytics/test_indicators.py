"""The indicators: what is counted, at which line, and what is said when a file lacks the questions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from small_waves import ALL_SCALES, CBI_PERSONAL, CBI_WORK, PREFERENCE, a_scale, a_wave, random_wave

from analytics import indicators
from analytics.indicators import coded, slope
from analytics.score import score
from analytics.segment import Boundary, bands, boundary


def worked_out(wave):
    scores = score(wave)
    index = boundary(scores, wave.scales)
    codes, figures, absent = indicators.measures(wave, scores, index)
    return scores, index, codes, {figure.id: figure for figure in figures}, {a.indicator: a.sentence for a in absent}


def figure_value(codes, figure):
    """Mean of the weights over everyone who answered, from counts alone."""
    counts = np.bincount(codes[figure.column], minlength=len(figure.weights))[1:]
    return (counts * figure.weights[1:]).sum() / counts.sum()


@pytest.fixture(scope="module")
def full():
    return worked_out(random_wave())


def test_every_column_fits_its_weights_and_sixteen_bits(full):
    _, _, codes, figures, _ = full
    for figure in figures.values():
        column = codes[figure.column]
        assert column.dtype == np.int16
        assert column.min() >= 0 and column.max() < len(figure.weights)
        assert np.isnan(figure.weights[0]) and not np.isnan(figure.weights[1:]).any()


def test_means_from_counts_equal_means_of_the_scores(full):
    scores, index, codes, figures, _ = full
    for name in scores:
        assert figure_value(codes, figures[name]) == pytest.approx(scores[name].mean())
    assert figure_value(codes, figures["B"]) == pytest.approx(np.nanmean(index.values))


def test_shares_from_counts_equal_shares_of_the_scores(full):
    scores, index, codes, figures, _ = full
    for name in ("CBI.work", "CBI.personal"):
        held = scores[name].dropna()
        for line in (50, 75):
            share = figures[f"{name}>={line}"]
            assert share.column == name and share.line.at == line
            assert figure_value(codes, share) == pytest.approx((held >= line).mean())
    assert figure_value(codes, figures["I7"]) == pytest.approx((scores["EVK.detachment"].dropna() < 50).mean())
    assert figure_value(codes, figures["I10"]) == pytest.approx((scores["EVK.control"].dropna() < 50).mean())
    gap = (scores["EVK.preference"] - scores["EVK.supply"]).dropna().round(9)
    assert figure_value(codes, figures["I8"]) == pytest.approx((gap >= 25).mean())
    assert figure_value(codes, figures["I8.over"]) == pytest.approx((gap <= -25).mean())
    leaning = np.nan_to_num(np.asarray(figures["leaning"].weights) + 1)[codes["B"]]
    assert (leaning == bands(index.values)).all()


def test_unwanted_mixing_needs_both_scales_at_sixty(full):
    scores, _, codes, figures, _ = full
    both = scores[["EVK.preference", "EVK.enactment_wh", "EVK.enactment_hw"]].dropna()
    enacted = (both["EVK.enactment_wh"] + both["EVK.enactment_hw"]) / 2
    expected = ((both["EVK.preference"] >= 60) & (enacted >= 60)).mean()
    assert 0 < expected < 1
    assert figure_value(codes, figures["I9"]) == pytest.approx(expected)


def test_hours_after_hours_messages_and_their_lines():
    hours = [48.0, 48.5, 54.9, 55.0, 200.0, np.nan, -1.0]
    wave = a_wave({"EVK.ENAW1": [1, 3, 4, 5, 0, 2, 5], "EVK.ENAW2": [1] * 7}, ALL_SCALES, hours)
    _, _, codes, figures, absent = worked_out(wave)
    assert codes["hours"].tolist() == [1, 2, 2, 3, 0, 0, 0]
    assert figure_value(codes, figures["I12.48"]) == pytest.approx(3 / 4)
    assert figure_value(codes, figures["I12.55"]) == pytest.approx(1 / 4)
    assert figures["I12.48"].line.kind == "statutory" and figures["I12.55"].line.kind == "published"
    assert figure_value(codes, figures["I11"]) == pytest.approx(3 / 6)
    assert "I12" not in absent and "I11" not in absent


def test_each_of_the_fourteen_is_either_shown_or_named_as_absent(full):
    _, _, _, figures, absent = full
    shown = {figure.indicator for figure in figures.values()} - {""}
    assert shown == {"I1", "I2", "I7", "I8", "I9", "I10", "I11", "I12"}
    assert shown | set(absent) == {f"I{i}" for i in range(1, 15)} and not shown & set(absent)
    assert all(sentence.startswith("This file") and sentence.endswith(".") for sentence in absent.values())


def test_a_file_with_one_questionnaire_names_all_that_it_lacks():
    wave = random_wave(scales=(PREFERENCE,))
    _, _, _, figures, absent = worked_out(replace(wave, numbers=pd.DataFrame(index=wave.answers.index)))
    assert set(figures) == {"EVK.preference", "B", "leaning"}
    assert set(absent) == {f"I{i}" for i in range(1, 15)}


def test_the_copenhagen_scales_lead_and_custom_burnout_leads_only_alone():
    own = a_scale("custom.exhaustion", "burnout", list("abc"))
    _, _, _, figures, _ = worked_out(random_wave(scales=(own, PREFERENCE, CBI_PERSONAL, CBI_WORK)))
    headlines = [figure.id for figure in figures.values() if figure.headline]
    assert headlines == ["CBI.work", "CBI.personal"] and next(iter(figures)) == "CBI.work"
    _, _, _, alone, _ = worked_out(random_wave(scales=(PREFERENCE, own)))
    assert [f.id for f in alone.values() if f.headline] == ["custom.exhaustion"]
    assert alone["custom.exhaustion"].indicator == "" and alone["custom.exhaustion"].burden == "high"


def test_an_index_of_one_part_is_titled_by_what_it_is():
    _, _, _, figures, _ = worked_out(random_wave(scales=(PREFERENCE,)))
    assert figures["B"].title == "Boundary Index (preference only)"
    assert figures["leaning"].parts == ("integration", "mixed", "balance")


def test_slope_steps_are_fifths_of_the_index():
    values = np.array([0, 19.99, 20, 60, 80, 100, np.nan])
    assert slope(Boundary(values, "full", (), "")).tolist() == [1, 1, 2, 4, 5, 5, 0]


def test_more_distinct_values_than_codes_fall_back_to_hundredths():
    values = np.random.default_rng(0).uniform(0, 100, 60_000)
    codes, distinct = coded(values)
    assert codes.dtype == np.int16 and codes.min() == 1 and len(distinct) <= 10_001
    np.testing.assert_allclose(distinct[codes - 1], values, atol=0.00501)
