"""Numbers leave the product only as they are displayed, and never as something that a program would run."""

from __future__ import annotations

import csv
import io

import pandas as pd
import pytest

from pages.common import show


def rows(frame):
    text = show.csv_bytes(frame).decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text)))


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_a_cell_that_a_spreadsheet_would_run_is_neutralised(start):
    found = rows(pd.DataFrame({"Team": [f"{start}SUM(A1)"]}))
    assert found[1][0] == f"'{start}SUM(A1)"


def test_a_column_name_is_neutralised_too():
    assert rows(pd.DataFrame({"=cmd": ["x"]}))[0] == ["'=cmd"]


def test_numbers_stay_numbers_and_blanks_stay_blank():
    found = rows(pd.DataFrame({"Change": [-3.0, float("nan")]}))
    assert found[1:] == [["-3.0"], [""]]


def test_the_file_opens_as_utf_8_and_quotes_every_field():
    content = show.csv_bytes(pd.DataFrame({"Team": ["सेवा", 'A "B"']}))
    assert content.startswith(b"\xef\xbb\xbf")
    assert '"A ""B"""' in content.decode("utf-8-sig")


@pytest.mark.parametrize("given", [pd.DataFrame({"a": [1]}), "text", None])
def test_only_a_drawing_is_shown(given):
    with pytest.raises(TypeError, match="show needs a Drawing, got"):
        show.drawing(given, "x")
    with pytest.raises(TypeError, match="show needs a Drawing, got"):
        show.numbers(given, "x")
