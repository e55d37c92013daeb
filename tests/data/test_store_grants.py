"""Grants: nobody has any before an analyst gives them, and nobody gives them to themself."""

from __future__ import annotations

import pytest
from at_rest import a_wave, published

from data.access import LOCAL_ANALYST, NOBODY, Refusal, Viewer
from data.store import NotPossible, Store

ANNA, BEN = "issuer|anna", "issuer|ben"


@pytest.fixture
def store(tmp_path) -> Store:
    return Store.open(tmp_path)


@pytest.fixture
def wave(store):
    """A published wave's record."""
    published(store, a_wave())
    return store.waves()[0]


def test_by_default_somebody_who_signed_in_may_do_nothing(store):
    assert store.viewer(ANNA) == Viewer(ANNA)
    assert store.waves(store.viewer(ANNA)) == []


def test_an_analyst_sees_every_wave(store, wave):
    store.grant(LOCAL_ANALYST, ANNA, "analyst")
    assert store.viewer(ANNA) == Viewer(ANNA, is_analyst=True)
    assert store.waves(store.viewer(ANNA)) == [wave]


def test_a_manager_sees_the_units_that_were_granted(store, wave):
    for path in ("Borealis / Quartzite", "Zephyr"):
        store.grant(LOCAL_ANALYST, BEN, "manager", wave.survey_id, path)
    ben = store.viewer(BEN)
    assert [unit["name"] for unit in store.units(ben, wave.id)] == ["Zephyr", "Quartzite", "Sirocco"]
    assert len(store.read(ben, wave.id, 3, "indicators").cells) == 3
    with pytest.raises(Refusal):
        store.read(ben, wave.id, 1, "indicators")


def test_a_grant_that_is_taken_back_opens_nothing(store, wave):
    store.grant(LOCAL_ANALYST, BEN, "manager", wave.survey_id, "Zephyr")
    (given,) = store.grants(LOCAL_ANALYST)
    store.revoke(LOCAL_ANALYST, given.id)
    assert store.grants(LOCAL_ANALYST) == []
    with pytest.raises(Refusal):
        store.units(store.viewer(BEN), wave.id)


def test_the_same_grant_twice_is_one(store, wave):
    for _ in range(2):
        store.grant(LOCAL_ANALYST, BEN, "manager", wave.survey_id, "Zephyr")
        store.grant(LOCAL_ANALYST, ANNA, "analyst")
    assert [(one.identity, one.role, one.path) for one in store.grants(LOCAL_ANALYST)] == [
        (ANNA, "analyst", ""),
        (BEN, "manager", "Zephyr"),
    ]


def test_only_an_analyst_gives_takes_and_lists_grants(store, wave):
    store.grant(LOCAL_ANALYST, BEN, "manager", wave.survey_id, "")
    (given,) = store.grants(LOCAL_ANALYST)
    for asking in (NOBODY, store.viewer(BEN), Viewer("issuer|forged", nodes=frozenset({(wave.survey_id, "")}))):
        with pytest.raises(Refusal):
            store.grant(asking, ANNA, "analyst")
        with pytest.raises(Refusal):
            store.revoke(asking, given.id)
        with pytest.raises(Refusal):
            store.grants(asking)
    assert store.grants(LOCAL_ANALYST) == [given]


def test_nobody_changes_their_own_rights(store, wave):
    store.grant(LOCAL_ANALYST, ANNA, "analyst")
    anna = store.viewer(ANNA)
    with pytest.raises(NotPossible, match="their own rights"):
        store.grant(anna, ANNA, "manager", wave.survey_id, "")
    with pytest.raises(NotPossible, match="their own rights"):
        store.revoke(anna, store.grants(anna)[0].id)
    store.grant(anna, BEN, "analyst")


@pytest.mark.parametrize(
    ("identity", "role", "survey", "said"),
    [
        ("anna@example.org", "analyst", "", "issuer|subject"),
        ("|anna", "analyst", "", "issuer|subject"),
        ("issuer|", "analyst", "", "issuer|subject"),
        (ANNA, "owner", "", "analyst or manager"),
        (ANNA, "manager", "no such survey", "a survey of this catalogue"),
        (ANNA, "manager", "", "a survey of this catalogue"),
    ],
)
def test_a_grant_that_means_nothing_is_not_given(store, identity, role, survey, said):
    with pytest.raises(NotPossible) as refused:
        store.grant(LOCAL_ANALYST, identity, role, survey)
    assert said in str(refused.value)
    assert store.grants(LOCAL_ANALYST) == []


def test_a_grant_that_is_gone_is_said_to_be_gone(store):
    with pytest.raises(NotPossible, match="no such grant"):
        store.revoke(LOCAL_ANALYST, 7)
