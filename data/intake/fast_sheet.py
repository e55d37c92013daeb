"""The fast way from a long worksheet to its table: the same table as the careful way, or nothing at all."""

from __future__ import annotations

import numpy as np
import pandas as pd

from data.intake import fast
from data.intake.grid import is_blank
from data.intake.limits import Limits
from data.intake.sheet import Sheet
from data.intake.summaries import refuse_summaries
from data.intake.table import find_layout
from data.intake.workbook import Workbook
from data.table import RawTable, Refused

FROM_ROWS = 1_000
_HEAD = 500  # rows in which the header and the tool are looked for
_MOST_BLANK = 100


def read(book: Workbook, sha256: str, limits: Limits) -> RawTable | None:
    """The table of a long clean worksheet, None when the careful way has to read it."""
    if len(book.data.codes) < FROM_ROWS:
        return None
    head = book.grid(_HEAD)
    if sum(map(is_blank, head.records)) > _MOST_BLANK:
        return None
    try:
        refuse_summaries(head.records)
        layout = find_layout(head)
    except Refused:
        return None
    if not fast.suits(layout) or len(layout.records[0]) != book.data.codes.shape[1]:
        return None
    return fast.people_only(head, layout, _cells(book.data, layout.below), len(book.data.codes), sha256, limits)


def _cells(sheet: Sheet, below: int) -> pd.DataFrame:
    width = sheet.codes.shape[1]
    return pd.DataFrame({place: _column(sheet.texts, sheet.codes[below:, place]) for place in range(width)})


def _column(texts: np.ndarray, codes: np.ndarray) -> pd.Series:
    places, used = pd.factorize(codes)
    if 2 * len(used) > len(codes):
        return pd.Series(texts[codes], dtype="str")
    return pd.Series(pd.Categorical.from_codes(places, pd.Index(texts[used], dtype="str")))
