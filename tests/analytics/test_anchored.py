"""A later wave counted by the profiles that another wave displays, and what is said where that cannot be done."""

from dataclasses import replace

import numpy as np
import pytest
from releases import release
from test_groups import a_survey

from analytics import manifest, score, segment
from analytics.anchored import Anchored, anchored, cells, reference, told
from analytics.groups import Groups
from analytics.invariance import factors, meaning
from analytics.profiles import MIN_PEOPLE, fit, memberships, oriented
from analytics.protect import model
from analytics.protect.thresholds import Thresholds

SIZES = Thresholds()


def two_profiles(x, boundary):
    """The groups of a wave without the tests and criteria that publishing adds."""
    has = ~np.isnan(boundary.values)
    if has.sum() < MIN_PEOPLE:
        return Groups("too few", "Too few.", int(has.sum()), boundary.parts)
    two = oriented(x[has], fit(x[has], 2, starts=5, index=boundary.values[has]), boundary.values[has])
    chances = np.full((len(x), 2), np.nan)
    chances[has] = memberships(x[has], two.profiles)
    return Groups("two groups", "Two.", int(has.sum()), boundary.parts, profiles=two, memberships=chances)


class Worked:
    """A wave as publishing works it out: scores, groups, what its questions have in common, and what it displays."""

    def __init__(self, wave, name="Spring"):
        self.scores = score.score(wave)
        boundary = segment.boundary(self.scores, wave.scales)
        self.found = two_profiles(self.scores[list(boundary.parts)].to_numpy(np.float64), boundary)
        self.factors = factors(wave)
        listed = manifest.scale_entries(wave, self.factors, SIZES)
        self.scales = {entry["id"]: entry for entry in listed}
        parts = {"kind": "full", "parts": list(boundary.parts), "sentence": ""}
        said = {"wave": name, "scales": listed, "boundary": parts, "groups": manifest.groups(self.found)}
        self.published = release(list(model.profiles(self.found, SIZES)), **said)

    def on(self, *published):
        return anchored(published, self.scores, self.found, self.scales, self.factors)


@pytest.fixture(scope="module")
def spring():
    return Worked(a_survey("classes", 600, 1, delta=7))


@pytest.fixture(scope="module")
def autumn():
    wave = a_survey("classes", 600, 2, delta=7)
    upper = np.flatnonzero(Worked(wave).found.memberships[:, 1] > 0.9)
    kept = np.r_[np.arange(600), upper, upper]
    answers = wave.answers.iloc[kept].reset_index(drop=True)
    return Worked(replace(wave, answers=answers, unit=np.zeros(len(kept), np.int32)), "Autumn")


def test_a_wave_gets_its_own_memberships_back_from_what_it_displays(spring):
    first = reference(spring.published)
    chances = memberships(spring.scores[list(first.parts)].to_numpy(), first.profiles)
    known = ~np.isnan(spring.found.memberships[:, 0])
    assert np.abs(chances - spring.found.memberships)[known].max() < 0.2
    assert np.abs(chances - spring.found.memberships)[known].mean() < 0.01
    found = spring.on(spring.published)
    assert found.reference == "Spring" and found.agreement > 0.95 and found.n == known.sum()
    assert found.shares == pytest.approx(spring.found.profiles.profiles.shares, abs=0.01)
    assert {one.verdict for one in found.scales.values()} == {"same"}


def test_more_people_at_one_end_show_as_shares_and_do_not_move_the_profiles(spring, autumn):
    found = autumn.on(spring.published)
    assert found.reference == "Spring" and found.shares[1] > spring.found.profiles.profiles.shares[1] + 0.15
    assert found.agreement > 0.9 and sum(found.people) == found.n
    shown = list(cells(found, SIZES))
    assert [cell["part"] for cell in shown] == ["integration|share", "balance|share"]
    assert all(cell["kind"] == "model" and cell["value"] == round(cell["value"]) for cell in shown)
    said = told(found, SIZES)
    assert said["reference"] == "Spring" and said["why"] == "" and set(said["scales"].values()) == {"same"}
    assert said["release"] == spring.published.manifest["hash"]


def test_the_first_published_wave_with_the_same_questions_serves(spring, autumn):
    other = Worked(a_survey("classes", 300, 4, delta=7), "Summer")
    assert autumn.on(spring.published, other.published).reference == "Spring"
    without = release([], wave="Winter")
    assert autumn.on(without, other.published, spring.published).reference == "Summer"


def test_a_question_whose_meaning_moved_is_found_from_displayed_figures(spring, autumn):
    wave = a_survey("classes", 600, 5, delta=7)
    easier = wave.answers["EVK.PREF1"].to_numpy().copy()
    moved = np.where((easier > 0) & (easier < 5) & (np.random.default_rng(1).random(600) < 0.8), easier + 1, easier)
    wave = replace(wave, answers=wave.answers.assign(**{"EVK.PREF1": moved.astype(np.int8)}))
    found = Worked(wave).on(spring.published)
    assert found.scales["EVK.preference"].verdict == "drift"
    assert found.scales["EVK.preference"].drifting == ("EVK.PREF1",)
    assert told(found, SIZES)["scales"]["EVK.preference"] == "drift"


def test_what_cannot_be_counted_is_said(spring, autumn):
    assert autumn.on() == Anchored() and told(Anchored(), SIZES) is None
    nothing = autumn.on(release([]))
    assert not nothing.reference and "published before" in told(nothing, SIZES)["why"]
    turned = {key: {**entry, "reversed": ["Q"]} for key, entry in autumn.scales.items()}
    changed = anchored([spring.published], autumn.scores, autumn.found, turned, autumn.factors)
    assert "changed" in told(changed, SIZES)["why"] and not list(cells(changed, SIZES))
    few = Worked(a_survey("classes", 60, 3, delta=7))
    assert "too few people" in told(few.on(spring.published), SIZES)["why"]
    lopsided = replace(autumn.on(spring.published), people=(580, 20))
    assert not list(cells(lopsided, SIZES)) and "Too few people" in told(lopsided, SIZES)["why"]
    assert "agreement" not in told(lopsided, SIZES)


def test_chance_is_corrected_for_every_question_that_is_looked_at(spring, autumn):
    found = meaning(spring.scales, autumn.factors)
    assert set(found) == set(autumn.factors)
    alone = meaning({"EVK.preference": spring.scales["EVK.preference"]}, autumn.factors)
    assert alone["EVK.preference"].phi == found["EVK.preference"].phi
