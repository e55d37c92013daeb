"""Linked measures attacked as one: every example fits every figure, and what only figures together tell is not open."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from small_waves import CBI_WORK, PREFERENCE, TO_HOME, TO_WORK, a_wave, random_wave

from analytics import attack, flow
from analytics.attack import repair
from analytics.attack.linked import exchanges, fits
from analytics.attack.people import Crowd
from analytics.attack.seen import Edition, read
from analytics.attack.sheets import asked, demands
from analytics.attack.variants import KINDS, varied
from analytics.linked import links
from analytics.measured import measure
from analytics.protect import thresholds
from analytics.wave import Tree, Unit

SCALES = (PREFERENCE, TO_HOME, TO_WORK, CBI_WORK)
TOLD = {"created": "2026-11-25", "code_version": "1"}


def in_teams(wave, sizes):
    """The same people in teams of these sizes."""
    tree = Tree((Unit("Whole organisation", -1), *(Unit(f"Team {at}", 0) for at in range(len(sizes)))))
    return replace(wave, tree=tree, unit=np.repeat(np.arange(1, len(sizes) + 1), sizes).astype(np.int32))


@pytest.fixture(scope="module")
def published():
    wave = in_teams(random_wave(3, n=72, scales=SCALES), [9, 12, 21, 30])
    return wave, flow.publish(wave, thresholds(8), **TOLD).release


def linked_of(release, name):
    """The columns linked with one, and their cells."""
    names = next(one for one in release.manifest["links"] if name in one)
    system_of = {entry["id"]: entry["system"] for entry in release.manifest["measures"]}
    return names, release.cells[release.cells["measure"].map(system_of).isin(names)]


def holds(cell, entry, weights):
    """Whether a shown figure is what these people's codes give, worked out from the weights of the measure."""
    told = weights[~np.isnan(weights)]
    if entry["kind"] == "mean":
        return cell.low - 1e-6 <= told.mean() <= cell.high + 1e-6
    hit = told == (entry["parts"].index(cell.part) if entry["kind"] == "parts" else 1)
    per_cent = 100 * hit.mean()
    return cell.low - 1e-6 <= per_cent and (per_cent < cell.high or cell.high >= 100 or cell.high == cell.low)


def broken(release, cells, crowd_of, held, company):
    """The shown figures that do not hold in a company: ``company[p]`` is the sheet of person p."""
    measures = {one.id: one for one in held.every.measures}
    entries = {entry["id"]: entry for entry in release.manifest["measures"]}
    found = []
    for cell in cells[cells["shown"] & (cells["kind"] != "model")].itertuples():
        one = measures[cell.measure]
        people = crowd_of(int(cell.node))
        weights = np.asarray(one.weights)[held.every.codes[one.column].to_numpy()[company[people]]]
        if not holds(cell, entries[cell.measure], weights):
            found.append((cell.node, cell.measure, cell.part))
    return found


def prepared(wave, release, name):
    _names, cells = linked_of(release, name)
    held = attack.sheets(wave, release.manifest["links"])
    editions = (Edition(cells, release.manifest),)
    crowd, (systems, _) = Crowd(held.own, editions), read(editions)

    def people(node):
        from analytics.attack.seen import Group

        return crowd.people(Group(0, node))

    return cells, held, people, demands(systems, held.every, crowd), asked(systems, held.every)


@pytest.mark.parametrize("name", ["CBI.work", "B"])
def test_every_company_that_is_an_example_fits_every_figure(published, name, monkeypatch):
    wave, release = published
    cells, held, people, rows, _put = prepared(wave, release, name)
    real = np.arange(len(wave))
    assert broken(release, cells, people, held, real) == []
    tried = 0
    for person in (0, 10, 40):
        own = len(wave) + person * KINDS + np.arange(KINDS)
        for sheet in own[fits(rows, person, own)][:8]:
            company = real.copy()
            company[person] = sheet
            assert broken(release, cells, people, held, company) == []
            tried += 1
    for one, other in np.argwhere(exchanges(rows, real, real))[::97]:
        company = real.copy()
        company[[one, other]] = company[[other, one]]
        assert broken(release, cells, people, held, company) == []
        tried += 1
    mended = repair.Repair(rows, real)
    for person in range(0, len(wave), 6):
        found = mended._mended(person, len(wave) + person * KINDS)
        if found is not None:
            company = real.copy()
            company[list(found.sheet)] = list(found.sheet.values())
            assert broken(release, cells, people, held, company) == []
            tried += 1
    assert tried > 10


def test_an_example_that_breaks_a_figure_is_not_taken(published):
    wave, release = published
    cells, held, people, rows, _ = prepared(wave, release, "CBI.work")
    real = np.arange(len(wave))
    refused = 0
    for person in (0, 5):
        own = len(wave) + person * KINDS + np.arange(KINDS)
        for sheet in own[~fits(rows, person, own)][:6]:
            company = real.copy()
            company[person] = sheet
            refused += bool(broken(release, cells, people, held, company))
    assert refused >= 10


def test_most_answers_of_an_ordinary_company_are_open_and_no_number_of_people_is_told(published):
    _, release = published
    assert set(release.audit["linked"]) == {"open", "undecided", "sampled"}
    assert release.audit["linked"]["open"] >= 80
    words = " ".join(attack.in_words(release.audit))
    assert "taken together" in words and "attacked apart" not in words


def test_the_words_claim_no_more_than_was_found():
    report = {"groups": 0, "people": 0, "classes_proven": 0, "cells": 1, "hidden_cells": 0, "editions": 1}
    report |= {"narrowest_interval": 60.0, "insiders": [0, 1], "sizes": "exact", "outside": {"sentence": ""}}
    linked = {"open": 89, "undecided": 0, "sampled": False}

    def words(undecided, *findings):
        return " ".join(attack.in_words(report | {"linked": linked | {"undecided": undecided}, "findings": findings}))

    assert "every question is open for somebody" in words(0) and "no such company" not in words(0)
    assert "no such company was found for anybody on 3 questions" in words(3) and "open for somebody" not in words(3)
    assert "open where their own figures are taken by themselves" in words(3)
    assert "taken by themselves" not in words(3, {"sentence": "Something was found."})


def test_figures_that_ask_nothing_are_no_attack(published):
    wave, release = published
    names, cells = linked_of(release, "CBI.work")
    listed = [entry for entry in release.manifest["measures"] if entry["system"] in names and entry["kind"] == "share"]
    every = [{**entry, "counts": list(range(9))} for entry in listed]  # whatever is answered counts: nothing to ask
    manifest = {**release.manifest, "measures": every}
    only = cells[cells["measure"].isin([entry["id"] for entry in every])]
    found = attack.attack_linked(only, manifest, attack.sheets(wave, [names]))
    assert found == {"asked": 0, "open": 0, "undecided": 0, "sampled": False}


def test_what_only_figures_together_tell_is_found():
    answers = {item.id: np.full(40, 5) for item in CBI_WORK.items[:6]} | {CBI_WORK.items[6].id: np.full(40, 1)}
    wave = in_teams(a_wave(answers, [CBI_WORK]), [20, 20])
    release = flow.publish(wave, thresholds(8), **TOLD).release
    names, cells = linked_of(release, "CBI.work")
    held = attack.sheets(wave, [names])
    mean = cells["measure"].eq("CBI.work") & cells["shown"]
    exact = cells.assign(low=cells["low"].where(~mean, 100.0), high=cells["high"].where(~mean, 100.0))
    items = exact[exact["measure"].eq("CBI.WB1:end")]
    alone = attack.audit(items, release.manifest, held.own)
    assert alone["findings"] == []  # by itself the question's band leaves everybody's answer open
    before = attack.attack_linked(cells, release.manifest, held)
    after = attack.attack_linked(exact, release.manifest, held)
    assert after["undecided"] > before["undecided"] and after["open"] < before["open"]


def test_an_answer_moves_only_the_columns_that_are_linked_with_it():
    wave = random_wave(5, n=60)
    codes = measure(wave).codes
    sets = links(wave.scales, codes.columns)
    assert sorted(name for names in sets for name in names) == sorted(codes.columns)
    for item in wave.answers:
        changed = wave.answers.assign(**{item: (wave.answers[item] % 5 + 1).astype(np.int8)})
        before, after = measure(wave), measure(replace(wave, answers=changed))
        moved = {
            name for name in codes if not np.array_equal(_values(before, name), _values(after, name), equal_nan=True)
        }
        assert moved <= set(next(names for names in sets if item in names))


def _values(found, name):
    one = next(one for one in found.measures if one.column == name)
    return np.asarray(one.weights)[found.codes[name].to_numpy()]


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
    own = measure(wave)
    for one in own.measures:
        mine = np.asarray(one.weights)[own.codes[one.column].to_numpy()]
        again = next(two for two in held.every.measures if two.id == one.id)
        scored = np.asarray(again.weights)[held.every.codes[again.column].to_numpy()[:30]]
        if one.kind != "parts":
            np.testing.assert_array_equal(mine, scored)
