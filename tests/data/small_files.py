"""Small files by hand: what reading and recognising would hand on, without either."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from data.assemble import Assembled, assemble
from data.recipe import Recipe
from data.table import ColumnGuess, Question, RawTable, Recognition, SetAside, SourceColumn
from data.units import UnitsFile

FREQUENCY = {"never": 1, "seldom": 2, "sometimes": 3, "often": 4, "always": 5}
ONE_TO_FIVE = {str(code): code for code in range(1, 6)}
DIRECTION = Question("direction", "What does 1 mean?", (("low_first", "1 = never"), ("high_first", "1 = always")), (0,))


def item(name: str, item_id: str | None = None, codes: Mapping[str, int] = FREQUENCY, **more) -> ColumnGuess:
    """A rating column."""
    levels = more.pop("levels", max(codes.values()))
    return ColumnGuess(-1, name, more.pop("label", name), "item", item_id, levels, dict(codes), **more)


def other(name: str, role: str, **more) -> ColumnGuess:
    """A column that is no rating."""
    return ColumnGuess(-1, name, more.pop("label", name), role, **more)


class File:
    """Columns with their cells, and what is known about them."""

    def __init__(self, *columns: tuple[ColumnGuess, Sequence[str]], questions: Sequence[Question] = (), **raw) -> None:
        guesses = [ColumnGuess(**{**vars(guess), "index": place}) for place, (guess, _) in enumerate(columns)]
        cells = pd.DataFrame({place: list(values) for place, (_, values) in enumerate(columns)}, dtype=object)
        self.aside = raw.pop("aside", ())
        gone = {row.line for row in self.aside}
        lines = tuple(range(2, len(cells) + 2))
        self.raw = RawTable(
            "unknown",
            "utf-8",
            ",",
            1,
            len(cells) + 1,
            tuple(SourceColumn(guess.index, guess.name, guess.label) for guess in guesses),
            cells,
            lines,
            "0" * 64,
            **raw,
        )
        keep = tuple(place for place, line in enumerate(lines) if line not in gone)
        self.recognition = Recognition(tuple(guesses), {}, tuple(questions), keep, tuple(self.aside))

    def wave(
        self, recipe: Recipe | None = None, units: UnitsFile | None = None, salt: bytes = b"", survey: str = "Survey"
    ) -> Assembled:
        """The wave that the file makes."""
        return assemble(self.raw, self.recognition, recipe or Recipe(), units, survey, "Spring", False, salt)


def set_aside(line: int, *cells: str, kind: str = "no_answers") -> SetAside:
    """A record that is no respondent's."""
    return SetAside(line, kind, "No question was answered.", cells)


def burnout(rows: int = 12, **cells: Sequence[str]) -> list[tuple[ColumnGuess, Sequence[str]]]:
    """The six items of the personal scale, every answer "Often" unless ``cells`` says otherwise."""
    return [(item(f"PB{n}", f"CBI.PB{n}"), cells.get(f"PB{n}", ["Often"] * rows)) for n in range(1, 7)]
