"""Model figures as they are shown: whole points or two decimals, each with the words that are printed."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class ModelFigure:
    """One cell of a model view: the part it stands in, its rounded value and interval (NaN when none), its text."""

    part: str
    value: float
    text: str
    low: float = math.nan
    high: float = math.nan


def points(part: str, value: float, low: float = math.nan, high: float = math.nan) -> ModelFigure:
    """A figure in whole points; its interval is rounded outwards."""
    shown = float(round(value))
    held = not math.isnan(low) and not math.isnan(high)
    ends = (float(math.floor(low)), float(math.ceil(high))) if held else (math.nan, math.nan)
    return ModelFigure(part, shown, f"{shown:.0f}", *ends)


def percent(part: str, value: float, low: float = math.nan, high: float = math.nan) -> ModelFigure:
    """A share in whole per cent; its interval is rounded outwards."""
    figure = points(part, value, low, high)
    return replace(figure, text=f"{figure.text} %")


def coefficient(part: str, value: float) -> ModelFigure:
    """A figure to two decimals."""
    shown = round(value, 2) + 0.0  # no minus before a zero
    return ModelFigure(part, shown, f"{shown:.2f}")


def word(part: str, said: str) -> ModelFigure:
    """A cell that holds a word instead of a figure."""
    return ModelFigure(part, math.nan, said)
