"""A column of text as its distinct texts and which of them each row holds: everything is then asked once per text."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa


@dataclass(frozen=True)
class Texts:
    """``texts``: every distinct cell as written, in order of first appearance; ``places``: whole numbers, one per row,
    each the place of the row's cell in ``texts``."""

    texts: tuple[str, ...]
    places: np.ndarray = field(repr=False)

    def __len__(self) -> int:
        return len(self.places)

    @classmethod
    def of(cls, cells: Sequence[str]) -> Texts:
        """The texts of a list of cells."""
        places, texts = pd.factorize(np.array(cells, dtype=object))
        return cls(tuple(map(str, texts)), places)

    @cached_property
    def counts(self) -> np.ndarray:
        """How many rows hold each text, as whole numbers."""
        return np.bincount(self.places, minlength=len(self.texts))

    @cached_property
    def trimmed(self) -> Texts:
        """The same with blanks around each cell taken off, so that "IT" and "IT " are one text."""
        if all(text == text.strip() for text in self.texts):
            return self
        joined, texts = pd.factorize(np.array([text.strip() for text in self.texts], dtype=object))
        return Texts(tuple(map(str, texts)), joined[self.places])

    def cells(self) -> list[str]:
        """Every row's cell, in row order."""
        found: list[str] = np.array([*self.texts, ""], dtype=object)[self.places].tolist()
        return found

    def where(self, test: Callable[[str], object]) -> np.ndarray:
        """Which rows hold a text that passes, as truth values."""
        return self.spread([bool(test(text)) for text in self.texts], bool)

    def spread(self, per_text: Sequence[Any] | np.ndarray, dtype: Any) -> np.ndarray:
        """One value per row from one value per text."""
        if not len(self.texts):
            return np.zeros(len(self.places), dtype)
        spread: np.ndarray = np.asarray(per_text, dtype)[self.places]
        return spread


def texts_of(column: pd.Series, keep: Sequence[int] | np.ndarray | None = None) -> Texts:
    """The texts of a table's column over the rows at positions ``keep`` (all rows when None)."""
    whole = _whole(column)
    if keep is None or len(keep) == len(whole):
        return whole
    used, texts = pd.factorize(whole.places[np.asarray(keep, np.int64)])
    return Texts(tuple(whole.texts[text] for text in texts), used)


def _whole(column: pd.Series) -> Texts:
    if isinstance(column.dtype, pd.CategoricalDtype):
        return Texts(tuple(column.cat.categories), column.cat.codes.to_numpy())
    cells = pa.array(column, pa.string())
    # Joining the pieces first: joining their dictionaries takes minutes where every cell is different.
    whole = cells.combine_chunks() if isinstance(cells, pa.ChunkedArray) else cells
    encoded = whole.dictionary_encode()
    return Texts(tuple(encoded.dictionary.to_pylist()), encoded.indices.to_numpy())
