"""Linked measures attacked as one: every example fits every figure, and what only figures together tell is not open."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from small_waves import CBI_WORK, PREFERENCE, TO_HOME, TO_WORK, a_wave, random_wave

from analytics import attack, flow
from analytics.attack import pool
from analytics.attack.opened import OUTSIDER, Open, observers
from analytics.attack.people import Crowd
from analytics.attack.seen import Edition, Group, read
from analytics.attack.sheets import asked, read_sheets
from analytics.attack.variants import KINDS, varied
from analytics.linked import links
from analytics.measured import measure
from analytics.protect import thresholds
from analytics.release import Release
from analytics.wave import Tree, Unit

SCALES = (PREFERENCE, TO_HOME, TO_WORK, CBI_WORK)
TOLD = {"created": "2026-11-25", "code_version": "1"}
HALVES = np.tile([1, 2], 36)


def in_teams(wave, sizes):
    """The same people in teams of these sizes."""
    tree = Tree((Unit("Whole organisation", -1), *(Unit(f"Team {at}", 0) for at in range(len(sizes)))))
    return replace(wave, tree=tree, unit=np.repeat(np.arange(1, len(sizes) + 1), sizes).astype(np.int32))


def split(wave, codes):
    """The same people with one attribute."""
    frame = pd.DataFrame({"Site": codes}, index=wave.answers.index, dtype=np.int16)
    return replace(wave, segments=frame, segment_labels={"Site": ("Pune", "Goa")})


@pytest.fixture(scope="module")
def published():
    wave = split(in_teams(random_wave(3, n=72, scales=SCALES), [9, 12, 21, 30]), HALVES)
    return wave, flow.publish(wave, thresholds(8), **TOLD).release


def linked_of(release, name):
    """The columns linked with one, and their cells."""
    names = next(one for one in release.manifest["links"] if name in one)
    system_of = {entry["id"]: entry["system"] for entry in release.manifest["measures"]}
    return names, release.cells[release.cells["measure"].map(system_of).isin(names)]


def answers_of(held, example, entry):
    """What everybody's sheet says on one measure in an example, worked out from the weights of the measure."""

    def told(truth):
        one = next(one for one in truth.measures if one.id == entry["id"])
        return np.asarray(one.weights, float)[truth.codes[one.column].to_numpy()]

    values = told(held.own).copy()
    others = np.concatenate([told(part) for part in held.others])
    for person, sheet in example.items():
        values[person] = others[int(np.searchsorted(held.people, person)) * KINDS + sheet]
    return values


def broken(releases, names, held, example):
    """The shown figures of some columns that do not hold in an example."""
    editions = tuple(Edition(release.cells, release.manifest) for release in releases)
    crowd, found = Crowd(held.own, editions), []
    for place, edition in enumerate(editions):
        entries = {one["id"]: one for one in edition.manifest["measures"] if one["system"] in names}
        cells = edition.cells[edition.cells["measure"].isin(entries) & edition.cells["shown"]]
        for cell in cells[cells["kind"] != "model"].itertuples():
            segment, _, category = cell.part.partition("|") if cell.view == "splits" else ("", "", cell.part)
            category, _, part = category.partition("|") if segment else ("", "", category)
            people = crowd.people(Group(place, cell.node, segment, category))
            entry = entries[cell.measure]
            values = answers_of(held, example, entry)
            if not holds(cell, entry, values[people & ~np.isnan(values)], part):
                found.append((cell.node, cell.measure, cell.part))
            inside, outside = (values[who & ~np.isnan(values)] for who in (people, crowd.people(Group(0, 0)) & ~people))
            if cell.state in ("higher", "lower") and (inside.mean() > outside.mean()) != (cell.state == "higher"):
                found.append((cell.node, cell.measure, cell.state))
    return found


def holds(cell, entry, told, part):
    """Whether a shown figure is what these answers give."""
    if entry["kind"] == "mean":
        return cell.low - 1e-6 <= told.mean() <= cell.high + 1e-6
    per_cent = 100 * (told == (entry["parts"].index(part) if entry["kind"] == "parts" else 1)).mean()
    return cell.low - 1e-6 <= per_cent and (per_cent < cell.high or cell.high >= 100 or cell.high == cell.low)


def attacked(wave, release, name, earlier=()):
    names, cells = linked_of(release, name)
    held = attack.sheets(wave, release.manifest["links"])
    return names, held, attack.attack_linked(cells, release.manifest, held, earlier)


@pytest.mark.parametrize("name", ["CBI.work", "B"])
def test_every_company_that_is_an_example_fits_every_figure(published, name):
    wave, release = published
    names, held, found = attacked(wave, release, name)
    assert broken([release], names, held, {}) == []
    some = found.examples[:: max(1, len(found.examples) // 12)]
    assert len(some) >= 3 and any(len(one) > 1 for one in some)
    assert [broken([release], names, held, one) for one in some] == [[]] * len(some)


def test_a_sheet_that_breaks_a_figure_is_found_out_by_the_test_itself(published):
    wave, release = published
    names, held, _ = attacked(wave, release, "CBI.work")
    assert sum(bool(broken([release], names, held, {0: sheet, 1: sheet})) for sheet in range(30, 40)) >= 3


def test_examples_hold_for_two_editions_and_their_splits_together(published):
    wave, release = published
    assert "splits" in set(release.cells.loc[release.cells["shown"], "view"])
    second = flow.publish(wave, thresholds(8), earlier=(release,), **TOLD).release
    _, cells = linked_of(release, "B")
    names, held, found = attacked(wave, second, "B", (Release(cells, release.manifest, {}),))
    some = found.examples[:: max(1, len(found.examples) // 8)]
    assert found.report["undecided"] == 0 and len(some) >= 3
    assert [broken([second, release], names, held, one) for one in some] == [[]] * len(some)


def test_nothing_stays_undecided_and_no_number_of_people_is_told(published):
    wave, release = published
    assert release.audit["linked"] == {"open": 100, "open_inside": 100, "undecided": 0, "sampled": False}
    again = attack.audit(release.cells, release.manifest, wave)
    assert again["findings"] == [] and again["linked"] == release.audit["linked"]
    words = " ".join(attack.in_words(release.audit))
    assert "figures taken together prove none of them" in words and "attacked apart" not in words


def test_the_words_claim_no_more_than_was_found():
    report = {"groups": 0, "people": 0, "classes_proven": 0, "cells": 1, "hidden_cells": 0, "editions": 1}
    report |= {"narrowest_interval": 60.0, "insiders": [0, 1], "sizes": "exact", "outside": {"sentence": ""}}
    linked = {"open": 99, "open_inside": 98, "undecided": 0, "sampled": False}

    def words(**told):
        return " ".join(attack.in_words(report | {"linked": linked | told, "findings": []}))

    assert "prove none of them" in words() and "about everybody, as an outsider" in words()
    assert "some people of each unit, drawn by lot" in words(sampled=True)
    assert "For 3 answers no such company was found" in words(undecided=3) and "prove none" not in words(undecided=3)
    assert "99 %" in words(undecided=3) and "98 %" in words(undecided=3)


def test_figures_that_ask_nothing_are_no_attack(published):
    wave, release = published
    names, cells = linked_of(release, "CBI.work")
    listed = [entry for entry in release.manifest["measures"] if entry["system"] in names and entry["kind"] == "share"]
    every = [{**entry, "counts": list(range(9))} for entry in listed]  # whatever is answered counts: nothing to ask
    manifest = {**release.manifest, "measures": every}
    only = cells[cells["measure"].isin([entry["id"] for entry in every])]
    found = attack.attack_linked(only, manifest, attack.sheets(wave, [names]))
    assert found.report["asked"] == found.report["undecided"] == 0 and found.examples == ()


def proving():
    """A team of 60 where the average leaves no room for anybody below the middle, since the single questions say that
    hardly anybody is above it."""
    first, second = np.full((2, 60), 3)
    first[:2], second[2:4] = 5, 5
    return a_wave({"EVK.ENAW1": first, "EVK.ENAW2": second}, [TO_HOME])


def test_what_only_figures_together_prove_is_found_and_made_coarser(monkeypatch):
    wave, turns = proving(), []
    first, coarser = [], flow.coarser_together
    linked = flow.Attacker.linked

    def watched(attacker, every, said):
        first.append((every, said, linked(attacker, every, said)))
        return first[-1][2]

    monkeypatch.setattr(flow.Attacker, "linked", watched)
    monkeypatch.setattr(flow, "coarser_together", lambda *told: turns.append(told[1]) or coarser(*told))
    release = flow.publish(wave, thresholds(8), **TOLD).release
    every, said, found = first[0]
    assert sum(one.report["undecided"] for one in found) > 0 and turns
    before = pd.DataFrame([row for rows in every.values() for row in rows])
    for _, system in before.groupby("measure"):  # each measure by itself leaves everybody's answer open
        assert attack.audit(system.reset_index(drop=True), said, attack.truth_of(wave))["findings"] == []
    assert release.audit["linked"]["undecided"] == 0 and release.audit["findings"] == []
    now = release.cells.set_index(["view", "node", "measure", "part"])["text"]
    assert (
        now.loc[list(map(tuple, before[["view", "node", "measure", "part"]].to_numpy()))] != before["text"].to_numpy()
    ).any()


def test_what_is_undecided_is_not_published(monkeypatch):
    monkeypatch.setattr(flow, "coarser_together", lambda coarse, *_: coarse)
    with pytest.raises(flow.NotPublishable):
        flow.publish(proving(), thresholds(8), **TOLD)


def asked_of(wave, truth):
    """What everybody's own sheet answers, of the figures of a release of this wave."""
    release = flow.publish(wave, thresholds(8), **TOLD).release
    systems, _ = read([Edition(release.cells, release.manifest)])
    return asked(systems, read_sheets(systems, truth))


def test_an_insider_is_told_less_by_what_they_hold_themselves():
    alike = {"EVK.ENAW1": [1] * 19 + [5], "EVK.ENAW2": [1, 2] * 10}
    wave = a_wave(alike, [TO_HOME])
    truth = attack.truth_of(wave)
    kinds = np.zeros(20, int)
    put = asked_of(wave, truth)
    watch = observers(kinds, np.arange(20), put.value[:, 0].astype(float))
    shown = Open(put, watch)
    top = int(truth.codes["EVK.ENAW1"].to_numpy().argmax())
    outsider, insider = (int(np.flatnonzero(watch.insider == who)[0]) for who in (OUTSIDER, top))
    agrees = next(at for at, one in enumerate(put.questions) if one.measure == "EVK.ENAW1:end")
    assert not shown.closed()[outsider, agrees]  # somebody agrees, and an outsider cannot tell who
    assert shown.closed()[insider, agrees]  # the one who does knows that nobody else is seen to


def test_an_answer_moves_only_the_columns_that_are_linked_with_it():
    wave = random_wave(5, n=60)
    codes = measure(wave).codes
    sets = links(wave.scales, codes.columns)
    assert sorted(name for names in sets for name in names) == sorted(codes.columns)
    for item in wave.answers:
        changed = wave.answers.assign(**{item: (wave.answers[item] % 5 + 1).astype(np.int8)})
        before, after = measure(wave), measure(replace(wave, answers=changed))
        moved = {
            name for name in codes if not np.array_equal(_coded(before, name), _coded(after, name), equal_nan=True)
        }
        assert moved <= set(next(names for names in sets if item in names))


def _coded(found, name):
    return _values(found, next(one.id for one in found.measures if one.column == name))


def test_varied_sheets_keep_gaps_and_ranges_and_do_not_change_what_was_answered():
    wave = random_wave(6, n=30)
    sets = links(wave.scales, measure(wave).codes.columns)
    other = varied(wave, np.arange(30), sets)
    real = pd.DataFrame(np.repeat(wave.answers.to_numpy(), KINDS, axis=0), columns=wave.answers.columns)
    assert ((other.answers == 0) == (real == 0)).all().all()
    assert other.answers.to_numpy().max() <= 5
    assert (other.answers != real).any(axis=1).mean() > 0.9
    assert list(pairwise(other.unit)) == list(pairwise(np.repeat(wave.unit, KINDS)))
    held = attack.sheets(wave, sets)
    assert held.people.tolist() == list(range(30)) and sum(len(part) for part in held.others) == 30 * KINDS


def test_other_sheets_are_scored_like_real_ones(monkeypatch):
    wave = random_wave(6, n=30)
    sets = links(wave.scales, measure(wave).codes.columns)
    monkeypatch.setattr(pool, "_AT_ONCE", 7)
    parts = attack.sheets(wave, sets).others
    assert len(parts) > 1
    for part, people in zip(parts, np.array_split(np.arange(30), len(parts)), strict=True):
        every = measure(varied(wave, people, sets))
        for one in every.measures:
            np.testing.assert_array_equal(_values(every, one.id), _values(part, one.id))


def _values(found, name):
    one = next(one for one in found.measures if one.id == name)
    return np.asarray(one.weights)[found.codes[one.column].to_numpy()]
