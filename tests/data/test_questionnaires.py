"""The keys of the questionnaires hold together, and a broken key says what is wrong with it."""

from pathlib import Path

import pytest

from analytics.instrument import LICENCE_CLASSES, LINE_KINDS, ROLES, InstrumentError
from data import questionnaires
from data.vocabulary import fingerprint

GOOD = """
id = "X"
title = "X"
version = "1"
source = "s"
licence = "l"
licence_class = "text"
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


def test_text_ships_only_where_it_may() -> None:
    known = questionnaires.load()
    assert {name for name, one in known.items() if one.licence_class == "text"} == {"EVK", "CBI"}
    for one in known.values():
        assert all(bool(item.text) == (one.licence_class == "text") for item in one.items), one.id
        assert one.licence_class != "link" or one.link.startswith("https://"), one.id


def test_every_line_says_who_drew_it_and_on_whom() -> None:
    for one in questionnaires.load().values():
        for scale in one.scales:
            assert scale.source and scale.caveat, scale.id
            assert all(line.source and line.population and line.name and 0 < line.at < 100 for line in scale.lines)


def test_every_key_has_all_that_a_key_should_have() -> None:
    """The 16 keys, walked: role, direction, missing rule, lines with source, kind and population, licence, badge."""
    known = questionnaires.load()
    assert len(known) == 16
    for one in known.values():
        assert one.licence_class in LICENCE_CLASSES and one.licence and one.source and one.version, one.id
        assert all(len(entry.country) == 2 and entry.source for entry in one.validated), one.id
        assert one.badge("ZZ") and one.badge(""), one.id
        for scale in one.scales:
            assert scale.role in ROLES and scale.high_means and scale.title, scale.id
            assert 1 <= scale.min_answered <= len(scale.items), scale.id
            assert (scale.pilot, list(scale.validated)) == (one.pilot, [entry.country for entry in one.validated])
            assert all(line.kind in LINE_KINDS and line.source and line.population for line in scale.lines), scale.id
            assert "Not validated" not in scale.caveat, scale.id  # the badge says it, for the wave's own country
            assert all(isinstance(item.reversed, bool) and item.levels >= 2 and item.label for item in scale.items)


def test_the_keys_that_are_asked_for_are_there_with_their_roles() -> None:
    roles = {scale.id: scale.role for one in questionnaires.load().values() for scale in one.scales}
    assert {
        "SPS.preference": "preference",
        "SSS.supply": "supply",
        "WLI.interruption_wh": "enactment_wh",
        "WLI.interruption_hw": "enactment_hw",
        "WLI.control": "control",
        "REQ.detachment": "detachment",
        "TELE.telepressure": "demand",
        "NETEMEYER.wfc": "conflict",
        "CARLSON.strain_wif": "conflict",
        "COPSOQ.quantitative_demands": "demand",
        "COPSOQ.influence": "resource",
        "COPSOQ.work_life_conflict": "conflict",
        "WHO5.wellbeing": "wellbeing",
        "SINGLE.burnout": "burnout",
        "UWES3.engagement": "other",
        "OLBI.exhaustion": "burnout",
        "BAT12.total": "burnout",
        "BAT23.total": "burnout",
    }.items() <= roles.items()


def test_no_two_questionnaires_share_an_item_code() -> None:
    """Else a column named by its bare code could be offered as the wrong question."""
    codes = [item.id.partition(".")[2].casefold() for one in questionnaires.load().values() for item in one.items]
    lettered = [code for code in codes if not code.isdecimal()]
    assert len(lettered) == len(set(lettered))


def test_lines_of_the_burnout_assessment_tool_are_shares_of_the_range() -> None:
    scales = {scale.id: scale for name in ("BAT12", "BAT23") for scale in questionnaires.load()[name].scales}
    assert [line.at for line in scales["BAT12.total"].lines] == [38.5, 49.0]
    assert [line.at for line in scales["BAT23.total"].lines] == [39.75, 50.5]
    assert len(questionnaires.load()["BAT23"].items) == 23
    assert "caution" in scales["BAT23.mental_distance"].lines[0].caveat


def test_the_badge_says_where_a_questionnaire_is_not_validated() -> None:
    known = questionnaires.load()
    assert known["BAT12"].badge("NL") == ""
    assert known["BAT12"].badge("IN") == "Not validated in this population (India)."
    assert known["BAT12"].badge("") == (
        "Not validated outside Netherlands, Belgium, Finland, and where these people work is not said."
    )
    assert "Pilot" in known["EVK"].badge("IN")
    assert "any population" in known["SPS"].badge("")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("id = ", "broken"),
        (GOOD.replace('title = "X"\n', "", 1) % "", "title"),
        (GOOD.replace('role = "burnout"', 'role = "mood"') % "", "mood"),
        (GOOD.replace('licence_class = "text"', 'licence_class = "free"') % "", "free"),
        (GOOD.replace("items = [", 'items = ["A9", ') % "", "A9"),
        (GOOD.replace("items = [", 'items = [{ code = "A1", label = "x", answers = "agreement" }, ') % "", "twice"),
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
