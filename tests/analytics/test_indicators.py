"""The indicators: what is counted, at which line, and what is said when a file lacks the questions."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from small_waves import ALL_SCALES, CBI_PERSONAL, CBI_WORK, PREFERENCE, a_scale, a_wave, random_wave

from analytics import indicators
from analytics.derived import coded
from analytics.indicators import slope
from analytics.instrument import Line
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


def lined(scale, *lines):
    return replace(scale, lines=tuple(Line(at, "line", "published", "source", "people") for at in lines))


BAT12 = lined(a_scale("BAT12.total", "burnout", [f"B{i}" for i in range(12)]), 38.5, 49.0)
OLBI_E = a_scale("OLBI.exhaustion", "burnout", [f"E{i}" for i in range(8)], levels=4)
OLBI_D = a_scale("OLBI.disengagement", "burnout", [f"D{i}" for i in range(8)], levels=4)
WHO5 = lined(a_scale("WHO5.wellbeing", "wellbeing", [f"W{i}" for i in range(5)], levels=6, need=5), 50.0, 28.0)


def of_sums(scale, sums):
    """Answers of one person per sum: as even as whole answers allow."""
    k = len(scale.items)
    return {item.id: [total // k + (place < total % k) for total in sums] for place, item in enumerate(scale.items)}


def test_core_symptoms_are_counted_on_unrounded_means():
    _, _, codes, figures, absent = worked_out(a_wave(of_sums(BAT12, [30, 31, 35, 36]), [BAT12]))
    assert figure_value(codes, figures["BAT12.total>=38.5"]) == pytest.approx(3 / 4)  # 2.50 no, 2.58 yes
    assert figure_value(codes, figures["BAT12.total>=49"]) == pytest.approx(1 / 4)  # 2.92 no, 3.00 yes
    assert figures["BAT12.total>=49"].indicator == "I3" and "I3" not in absent
    assert figures["BAT12.total"].headline


def test_the_burnout_pattern_needs_both_scales_at_their_lines():
    answers = of_sums(OLBI_E, [18, 18, 17, 32, 18]) | of_sums(OLBI_D, [17, 16, 32, 17, 8])
    answers["OLBI.D0"][4] = 0
    _, _, codes, figures, absent = worked_out(a_wave(answers, [OLBI_E, OLBI_D]))
    assert codes["I4"].tolist() == [2, 1, 1, 2, 1]  # 2.25 counts, 17 of 8 questions is 2.125
    assert figures["I4"].role == "burnout" and "I4" not in absent
    _, _, _, alone, without = worked_out(random_wave(scales=(OLBI_E,)))
    assert "I4" not in alone and "disengagement" in without["I4"]


def test_the_pattern_counts_nobody_who_lacks_a_scale():
    answers = of_sums(OLBI_E, [24, 24]) | {item: [0, 3] for item in OLBI_D.columns}
    _, _, codes, _, _ = worked_out(a_wave(answers, [OLBI_E, OLBI_D]))
    assert codes["I4"].tolist() == [0, 2]


def test_three_of_five_on_a_single_question_is_its_line():
    single = lined(a_scale("SINGLE.burnout", "burnout", ["S1"]), 50.0)
    _, _, codes, figures, absent = worked_out(a_wave({"SINGLE.S1": [1, 2, 3, 5, 0]}, [single]))
    assert figure_value(codes, figures["SINGLE.burnout>=50"]) == pytest.approx(2 / 4)
    assert figures["SINGLE.burnout>=50"].indicator == "I5" and "I5" not in absent


@pytest.mark.parametrize(("levels", "sums"), [(5, [10, 11]), (7, [13, 14])])
def test_interference_counts_the_agree_side_of_its_own_answer_scale(levels, sums):
    strain = a_scale("CARLSON.strain_wif", "conflict", ["A", "B", "C"], levels=levels)
    home = a_scale("CARLSON.strain_fiw", "conflict", ["X", "Y", "Z"], levels=levels)
    wave = a_wave(of_sums(strain, sums) | of_sums(home, sums), [strain, home])
    _, _, codes, figures, absent = worked_out(wave)
    assert figure_value(codes, figures["I6.CARLSON.strain_wif"]) == pytest.approx(1 / 2)
    assert "I6" not in absent and not any("fiw" in name and name.startswith("I6") for name in figures)


def test_demands_against_resources_are_halved_about_fifty():
    demand = a_scale("COPSOQ.quantitative_demands", "demand", ["QD"])
    influence = a_scale("COPSOQ.influence", "resource", ["IN"])
    clarity = a_scale("COPSOQ.role_clarity", "resource", ["CL"])
    answers = {"COPSOQ.QD": [5, 3, 1, 4, 4], "COPSOQ.IN": [1, 3, 5, 4, 0], "COPSOQ.CL": [1, 3, 5, 2, 0]}
    _, _, codes, figures, absent = worked_out(a_wave(answers, [demand, influence, clarity]))
    mean, over = figures["I13"], figures["I13.over"]
    assert [mean.weights[code] for code in codes["I13"][:4]] == [100, 50, 0, 62.5] and codes["I13"][4] == 0
    assert figure_value(codes, over) == pytest.approx(2 / 4)  # equal is not above
    assert "I13" not in absent and mean.kind == "mean" and over.kind == "share"


def test_low_wellbeing_is_at_or_below_its_line_and_the_lower_line_is_for_the_whole_alone():
    _, _, codes, figures, absent = worked_out(a_wave(of_sums(WHO5, [5, 12, 17, 18, 30]), [WHO5]))
    low, lower = figures["WHO5.wellbeing<=50"], figures["WHO5.wellbeing<=28"]
    assert figure_value(codes, low) == pytest.approx(3 / 5)  # raw 0, 7, 12, 13, 25 of 25: 48 counts, 52 does not
    assert figure_value(codes, lower) == pytest.approx(2 / 5)
    assert lower.whole_only and not low.whole_only and low.side == "below"
    assert (
        low.burden == "high"
        and figures["WHO5.wellbeing"].burden == "low"
        and low.indicator == "I14"
        and "I14" not in absent
    )


def test_a_score_of_exactly_fifty_is_low_wellbeing():
    two = lined(a_scale("WHO5.wellbeing", "wellbeing", ["W1", "W2"], levels=3, need=2), 50.0)
    _, _, codes, figures, _ = worked_out(a_wave({"WHO5.W1": [2, 3, 1], "WHO5.W2": [2, 2, 2]}, [two]))
    assert figure_value(codes, figures["WHO5.wellbeing<=50"]) == pytest.approx(2 / 3)


def test_the_four_quadrants_split_wish_and_practice_at_fifty(full):
    scores, _, codes, figures, _ = full
    parts = figures["quadrant"].parts
    assert parts == ("chosen separation", "unwanted mixing", "chosen mixing", "unwanted separation")
    both = scores[["EVK.preference", "EVK.enactment_wh", "EVK.enactment_hw"]].dropna()
    mixes = (both["EVK.enactment_wh"] + both["EVK.enactment_hw"]) / 2
    counts = np.bincount(codes["quadrant"], minlength=5)[1:]
    assert counts.sum() == len(both)
    assert counts[1] == ((both["EVK.preference"] >= 50) & (mixes >= 50)).sum()
    assert counts[2] == ((both["EVK.preference"] < 50) & (mixes >= 50)).sum()


def test_two_scales_of_one_role_keep_their_figures_apart():
    first, second = a_scale("EVK.detachment", "detachment", ["A1"]), a_scale("REQ.detachment", "detachment", ["B1"])
    _, _, _, figures, _ = worked_out(a_wave({"EVK.A1": [1, 5], "REQ.B1": [2, 4]}, [first, second]))
    assert {"I7", "I7.REQ.detachment"} <= set(figures)
