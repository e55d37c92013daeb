"""Answers as numbers on a range that a person names: whole numbers step by step, decimals in even steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from data.cells import Column
from data.numerals import decimal_sign, number
from data.table import ColumnGuess
from data.vocabulary import normalise

STEPS = 21  # even steps of a range with decimals: 5 % of it each, far finer than any person's answer is sure
MOST_STEPS = 101


def on_range(columns: Sequence[Column], lowest: float, highest: float) -> list[ColumnGuess]:
    """The columns with codes for every number between ``lowest`` and ``highest``, which may be the smaller one.

    A scale of whole numbers keeps each of them as a level, at most 101; any other number is put on the nearest of 21
    even steps, in every column of the scale. Numbers outside the range get no code: they count as not answered.
    """
    decimal = decimal_sign(text for column in columns for text in column.texts)
    read = [_inside(column, decimal, lowest, highest) for column in columns]
    width = abs(highest - lowest)
    whole = all((value - lowest).is_integer() for values in read for value in values.values())
    levels = int(width) + 1 if whole and width.is_integer() and width < MOST_STEPS else STEPS
    per_unit = (levels - 1) / (highest - lowest)
    made = []
    for column, values in zip(columns, read, strict=True):
        codes = {text: 1 + round(per_unit * (value - lowest)) for text, value in values.items()}
        missing = column.guess.missing - codes.keys()
        made.append(replace(column.guess, codes=codes, levels=levels, missing=missing))
    return made


def _inside(column: Column, decimal: str, lowest: float, highest: float) -> dict[str, float]:
    """Each distinct answer that is a number of the range, by its normalised text."""
    low, high = sorted((lowest, highest))
    found = {normalise(text): number(text, decimal) for text in column.texts}
    return {text: value for text, value in found.items() if low <= value <= high}
