"""Dates and times as survey tools write them."""

import pytest

from data.moments import from_serial, instants, is_moment


@pytest.mark.parametrize(
    ("text", "zone", "instant"),
    [
        ("2026/02/05 10:54:08 PM GMT+5:30", "", "2026-02-05T17:24:08Z"),  # east of Greenwich, not west
        ("2026/02/05 12:04:08 am GMT-5:30", "", "2026-02-05T05:34:08Z"),
        ("2026-01-10T09:30:00.000+05:30", "", "2026-01-10T04:00:00Z"),
        ("2026-05-03 22:56:03", "America/Denver", "2026-05-04T04:56:03Z"),
        ("2026-05-04 10:26:03", "Asia/Kolkata", "2026-05-04T04:56:03Z"),
        ("2026-05-04 10:26:03", "UTC", "2026-05-04T10:26:03Z"),
        ("2026-05-04 10:26:03", "", "2026-05-04T10:26:03"),
        ("2026-05-04", "", "2026-05-04"),
        ("2026-13-45", "", ""),
        ("1-5", "", ""),
        ("May", "", ""),
    ],
)
def test_one_cell(text: str, zone: str, instant: str) -> None:
    assert instants([text], zone) == [instant]


def test_a_part_above_twelve_decides_for_the_column() -> None:
    assert instants(["4/5/2020 9:00", "25/5/2020 9:00"]) == ["2020-05-04T09:00:00", "2020-05-25T09:00:00"]
    assert instants(["4/5/2020 9:00", "4/25/2020 9:00"]) == ["2020-04-05T09:00:00", "2020-04-25T09:00:00"]


def test_otherwise_the_shorter_time_span_decides() -> None:
    assert instants(["3/4/2020", "3/5/2020", "3/6/2020"])[0] == "2020-03-04"
    assert instants(["4/3/2020", "5/3/2020", "6/3/2020"])[0] == "2020-03-04"


def test_bands_and_bare_numbers_are_no_moments() -> None:
    assert not any(map(is_moment, ["1-5", "2026", "48", "May", "10-19"]))
    assert is_moment("7/2/20 11:00:22")


def test_months_with_names_and_days_counted_by_a_spreadsheet() -> None:
    read = instants(["Jan 10, 2026 9:30:00 PM", "10-Jan-2026", "3 March 2026 08:05"])
    assert read == ["2026-01-10T21:30:00", "2026-01-10", "2026-03-03T08:05:00"]
    assert is_moment("10 Jan 2026") and not is_moment("10 Foo 2026") and not is_moment("1-May")
    assert [from_serial("46000"), from_serial("46000.5"), from_serial("")] == ["2025-12-09", "2025-12-09T12:00:00", ""]


def test_a_zone_that_no_clock_has_is_no_zone() -> None:
    assert instants(["2026/01/05 10:00:00 AM GMT+40:00"]) == ["2026-01-05T10:00:00"]
