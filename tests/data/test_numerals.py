"""Numbers as people write them."""

import math

import pytest

from data.numerals import decimal_sign, is_grouped, number, numbers


@pytest.mark.parametrize(
    ("text", "decimal", "value"),
    [
        ("1,03,217", ".", 103217.0),
        ("2.235,51", ",", 2235.51),
        ("25,000", ".", 25000.0),
        ("1 234", ".", 1234.0),
        ("२०", ".", 20.0),
        ("٣٫٥", ".", 3.5),
        ("20 %", ".", 20.0),
        ("-4", ".", -4.0),
        ("48.5", ".", 48.5),
    ],
)
def test_reads_what_people_write(text: str, decimal: str, value: float) -> None:
    assert number(text, decimal) == value


@pytest.mark.parametrize("text", ["", "many", "1-5", "4/5/2020", "3 to 4", "$30,000"])
def test_leaves_alone_what_is_no_number(text: str) -> None:
    assert math.isnan(number(text))


def test_decimal_sign_comes_from_the_cells_that_say() -> None:
    assert decimal_sign(["1,8", "2.235,51", "7"]) == ","
    assert decimal_sign(["1.8", "1,03,217", "7"]) == "."
    assert decimal_sign(["7", "8"]) == "."


def test_a_column_keeps_its_order_and_its_gaps() -> None:
    found = numbers(["7", "", "8", "7"])
    assert found[0] == found[3] == 7.0
    assert math.isnan(found[1])


def test_grouping_is_noticed_only_where_it_is_certain() -> None:
    assert is_grouped("1,03,217")
    assert not is_grouped("1,5")
