"""The keys of the questionnaires hold together, and a broken key says what is wrong with it."""

from pathlib import Path

import pytest

from analytics.instrument import InstrumentError
from data import questionnaires
from data.vocabulary import fingerprint

GOOD = """
id = "X"
title = "X"
version = "1"
source = "s"
licence = "l"
[answers]
agreement = ["no", "yes"]
[[scales]]
id = "a"
title = "A"
role = "burnout"
high_means = "more"
items = [{ code = "A1", label = "first", answers = "agreement"%s }]
"""


def test_burnout_inventory_has_its_scales_rules_and_the_one_reversed_item() -> None:
    cbi = questionnaires.load()["CBI"]
    assert [(scale.id, len(scale.items), scale.min_answered) for scale in cbi.scales] == [
        ("CBI.personal", 6, 3),
        ("CBI.work", 7, 4),
        ("CBI.client", 6, 3),
    ]
    assert [item.id for item in cbi.items if item.reversed] == ["CBI.WB7"]
    assert all([line.at for line in scale.lines] == [50.0, 75.0] for scale in cbi.scales)
    assert {line.kind for scale in cbi.scales for line in scale.lines} == {"convention"}


def test_pilot_items_say_that_they_are_a_pilot() -> None:
    evk = questionnaires.load()["EVK"]
    assert evk.pilot and len(evk.items) == 18
    assert {item.id for item in evk.items if item.reversed} == {
        "EVK.PREF3",
        "EVK.PREF4",
        "EVK.SUP3",
        "EVK.CTL3",
        "EVK.DET2",
    }
    assert all("Pilot" in scale.caveat for scale in evk.scales)


def test_wording_that_may_not_ship_is_a_fingerprint_only() -> None:
    sps = questionnaires.load()["SPS"]
    assert all(not item.text and len(item.fingerprints) == 1 for item in sps.items)
    assert {item.levels for item in sps.items} == {7}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "broken"),
        (GOOD.replace('title = "X"\n', "", 1) % "", "title"),
        (GOOD.replace('role = "burnout"', 'role = "mood"') % "", "mood"),
        (GOOD.replace('answers = "agreement"', 'answers = "unknown"') % "", "answer levels"),
        (GOOD % ', fingerprints = [{ sha256 = "ab" }]', "read_from"),
        (GOOD % ', fingerprints = [{ sha256 = "ab", read_from = "x", read_on = 2026-01-01 }]', "64"),
    ],
)
def test_a_broken_key_names_itself_and_its_fault(tmp_path: Path, text: str, said: str) -> None:
    key = tmp_path / "broken.toml"
    key.write_text(text, encoding="utf-8")
    with pytest.raises(InstrumentError, match=said) as fault:
        questionnaires.read_key(key)
    assert "broken.toml" in str(fault.value)


def test_fingerprints_of_another_way_of_normalising_are_refused(tmp_path: Path) -> None:
    print_ = f', fingerprints = [{{ sha256 = "{fingerprint("A question")}", read_from = "x", read_on = 2026-01-01 }}]'
    key = tmp_path / "old.toml"
    key.write_text("wording_version = 0\n" + GOOD % print_, encoding="utf-8")
    with pytest.raises(InstrumentError, match="version 0"):
        questionnaires.read_key(key)


def test_a_sound_key_is_read(tmp_path: Path) -> None:
    key = tmp_path / "good.toml"
    key.write_text(GOOD % "", encoding="utf-8")
    assert questionnaires.read_key(key).scales[0].columns == ("X.A1",)
